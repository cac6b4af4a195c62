"""A campaign is copied, with its posts as drafts or without; nobody's story ever is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from campaign.authoring import compose
from campaign.authoring.compose import Desk
from campaign.authoring.shared.campaign_source import CampaignFields
from campaign.authoring.shared.campaigns import (
    make,
    need_campaign,
    of_persons,
    slug_of,
    version_of,
)
from campaign.authoring.versions import latest_fields, save_version
from campaign.content.campaigns import Campaign
from campaign.content.dates.when import AtTime, BadWhen, When, parse_when
from campaign.content.library import Library
from campaign.content.source import fields_of, write_source
from campaign.core.clock import local_day
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.sql import writing
from campaign.models import Post
from campaign.people.roles import need_decider
from campaign.states import Stage

MOST = 200
"""Posts that are copied with a campaign, at the most."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A post that is copied: what its time says, and what that of the copy says; None for what says no time yet."""

    post: Post
    before: When | None
    after: When | None


@dataclass(frozen=True, slots=True)
class Copying:
    """What a copy of a campaign would be."""

    campaign: Campaign
    posts: tuple[Laid, ...]
    stories: int  #: that stay where they are
    moved: (
        timedelta | None
    )  #: how far fixed dates are moved; None where one of the campaigns has no first day


def what_is_copied(slug: str, fields: CampaignFields, desk: Desk, now: datetime) -> Copying:
    """What a copy of the campaign, as typed in `fields`, would be, with all of its posts. Changes nothing.

    Raises NoCampaign for what is no campaign, and Problem when it has too many posts."""
    typed = need_campaign(fields, slug_of(fields.names), desk).campaign
    moved = _moved(desk.library.campaigns[slug], typed, desk, now)
    posts = _posts(slug, desk.library)
    stories = of_persons(slug).count()
    whens = _whens(posts, desk)
    laid = []
    for post in posts:
        when = whens[post.pk]
        laid.append(Laid(post, when, _later(when, moved)))
    return Copying(typed, tuple(laid), stories, moved)


def copy(
    slug: str,
    fields: CampaignFields,
    by: User,
    desk: Desk,
    now: datetime,
    *,
    with_posts: bool,
) -> str:
    """Makes a campaign as typed in `fields`, and its posts anew from those of `slug`: as drafts of this person, that each wait
    to be submitted. Pressed twice, it is made once. Returns the copy's name in addresses. Raises as `what_is_copied`."""
    need_decider(by)
    copying = what_is_copied(slug, fields, desk, now) if with_posts else None
    with writing():
        is_made = version_of(slug_of(fields.names)) is not None
        made = make(fields, by, desk, now)
        if copying and not is_made:
            campaigns = {**desk.library.campaigns, made: copying.campaign}
            beside = replace(desk, library=replace(desk.library, campaigns=campaigns))
            for laid in copying.posts:
                _copy_post(laid, made, by, beside, now)
    return made


def _copy_post(laid: Laid, campaign: str, by: User, desk: Desk, now: datetime) -> None:
    post = laid.post
    fields, _number = compose.current_fields(post, desk, now)
    if isinstance(laid.after, AtTime):
        after = laid.after
        fields = replace(fields, when=f"{after.date} {after.time:%H:%M}")
    new = compose.create(campaign, post.kind, post.called, by, desk, now)
    save_version(new, write_source(fields), by, now, based_on=new.version)


def _posts(slug: str, library: Library) -> list[Post]:
    """Those that have words of their own, tell of nobody, and were not put away."""
    whole = Post.objects.filter(campaign=slug, emptied_at=None)
    of_nobody = whole.exclude(pk__in=of_persons(slug))
    wanted = of_nobody.exclude(stage=Stage.TAKEN_BACK)
    posts = list(wanted.order_by("id")[: MOST + 1])
    if len(posts) > MOST:
        raise Problem(
            Sentence(
                "This campaign has more than {0} posts: copy it without them, and then those that you need.",
                MOST,
            )
        )
    # One that only repeats another has neither a version nor a file.
    return [post for post in posts if post.version or post.key in library.posts]


def _whens(posts: Sequence[Post], desk: Desk) -> dict[int, When | None]:
    """What the time of each post says, by the post's number."""
    fields = latest_fields([post.pk for post in posts])
    whens: dict[int, When | None] = {}
    for post in posts:
        file = desk.library.posts.get(post.key)
        of_file = fields_of(file) if file else None
        said = fields.get(post.pk, of_file)
        whens[post.pk] = _when(said.when) if said else None
    return whens


def _when(said: str) -> When | None:
    try:
        return parse_when(said)
    except BadWhen:
        return None


def _later(when: When | None, moved: timedelta | None) -> When | None:
    """A fixed date so much later; whatever else says a time stays, since it finds its own in the new days."""
    if isinstance(when, AtTime) and moved is not None:
        return replace(when, date=when.date + moved)
    return when


def _moved(old: Campaign, new: Campaign, desk: Desk, now: datetime) -> timedelta | None:
    today = local_day(now, desk.config.site.timezone)
    was, _end = old.dates(desk.library.days, today)
    begins, _end = new.dates(desk.library.days, today)
    return begins - was if begins and was else None
