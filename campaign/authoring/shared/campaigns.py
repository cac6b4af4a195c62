"""Campaigns that are made and changed in the pages: what a change does to what waits is shown before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils.text import slugify

from campaign.authoring import load
from campaign.authoring.approvals import standing
from campaign.authoring.closed import need_open
from campaign.authoring.compose import Desk
from campaign.authoring.following import Loaded
from campaign.authoring.shared.campaign_source import (
    CampaignFields,
    ReadCampaign,
    fields_of,
    normal,
    read_fields,
    texts_of,
)
from campaign.authoring.shared.effects import (
    MOST,
    Effect,
    effects_between,
    files_of,
    need_shown,
    note_editor,
    stop,
)
from campaign.authoring.shared.written import keep, newest, newest_number, stands_in_file
from campaign.content.campaigns import Campaign
from campaign.content.library import Library, with_posts, without_posts
from campaign.content.post import LANGUAGES, Kind, PostFile
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence, joined
from campaign.database import events
from campaign.database.sql import writing
from campaign.models import Delivery, Post
from campaign.models.shared import Shared, SharedKind
from campaign.people.roles import need_decider
from campaign.planning.known import known_now
from campaign.planning.plan import Plan, plan
from campaign.states import NOT_OUT_YET

UNNAMED = "campaign"
"""What findings of a campaign name that has no name yet."""
LONGEST_SLUG = 80


class NoCampaign(Problem):
    """What was typed is no campaign; `read` has what is wrong, by the field."""

    def __init__(self, read: ReadCampaign) -> None:
        super().__init__(
            Sentence("Nothing is kept yet: some of the fields have to be corrected first.")
        )
        self.read = read


@dataclass(frozen=True, slots=True)
class Difference:
    """One text of a campaign that changes, by the key that it has in its file."""

    key: str
    old: str
    new: str


def slug_of(names: Mapping[str, str]) -> str:
    """What a campaign of this name is called in addresses and in the links that count; "" where the name has no letters."""
    for language in LANGUAGES:
        whole = slugify(names.get(language, ""))
        slug = whole[:LONGEST_SLUG].strip("-_")
        if slug:
            return slug
    return ""


def read(fields: CampaignFields, slug: str, desk: Desk) -> ReadCampaign:
    """What was typed, checked as its file would be. Changes nothing."""
    days, languages = desk.library.days, desk.config.site.languages
    return read_fields(fields, slug or UNNAMED, days, languages)


def need_campaign(fields: CampaignFields, slug: str, desk: Desk) -> ReadCampaign:
    """What was typed, as a campaign. Raises NoCampaign when something is wrong with it."""
    typed = read(fields, slug, desk)
    if typed.findings:
        raise NoCampaign(typed)
    return typed


def make(fields: CampaignFields, by: User, desk: Desk, now: datetime) -> str:
    """A new campaign; pressed twice, it is made once. Returns its name in addresses.

    Raises NoCampaign for what is none, and Problem when there is one of that name."""
    need_decider(by)
    slug = slug_of(fields.names)
    source = need_campaign(fields, slug, desk).source
    with writing():
        if not _is_made(slug, source, by):
            need_free(slug, desk.library)
            keep(SharedKind.CAMPAIGN, slug, source, by, now, based_on=0)
            _note("campaign made", slug, by, now)
    return slug


def what_changes(slug: str, fields: CampaignFields, desk: Desk, now: datetime) -> list[Effect]:
    """What would become of every delivery of the campaign that is not out yet, if it said this. Changes nothing.

    Raises NoCampaign for what is no campaign, and Problem when too much waits to be looked at."""
    after = need_campaign(fields, slug, desk).campaign
    return _Change(slug, after, desk, now).effects()


def change(
    slug: str,
    fields: CampaignFields,
    by: User,
    desk: Desk,
    now: datetime,
    *,
    based_on: int,
    shown: str = "",
) -> Loaded:
    """Keeps what was typed as the campaign's next version, and lets its deliveries follow; both, or neither.

    `based_on` is the number of the version that the form began with, `shown` is `seen` of the effects that the person has
    read. Raises NoCampaign for what is none; Problem when it stands in a file, is closed, or was changed meanwhile; and
    Asked when more than a few approvals would be lost that nobody was shown."""
    need_decider(by)
    need_of_pages(slug, desk.library)
    need_open(slug)
    typed = need_campaign(fields, slug, desk)
    changing = _Change(slug, typed.campaign, desk, now)
    said = difference_of(changing.before, fields)
    with writing():
        approved = standing(now)
        effects = changing.effects()
        keep(SharedKind.CAMPAIGN, slug, typed.source, by, now, based_on=based_on)
        loaded = load.bring(changing.plan_after(), changing.library_after(), now, None)
        note_editor([effect for effect in effects if not effect.stops], by)
        stop([effect for effect in effects if effect.stops], changing.because, by, now)
        need_shown(effects, shown, approved, now)
        _note("campaign changed", _said(slug, said), by, now)
    return loaded


def difference_of(campaign: Campaign, fields: CampaignFields) -> list[Difference]:
    """What of a campaign would read otherwise."""
    old = texts_of(fields_of(campaign))
    new = texts_of(normal(fields))
    differences = []
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key, ""), new.get(key, "")
        if before != after:
            differences.append(Difference(key, before, after))
    return differences


def need_of_pages(slug: str, library: Library) -> None:
    """Raises Problem for a campaign that stands in a file: it is changed there."""
    campaign = library.campaigns.get(slug)
    if campaign and stands_in_file(campaign):
        raise Problem(
            Sentence(
                "This campaign is written in {0}: change it there, then load it.",
                campaign.place.file,
            )
        )


def take_over(slug: str, by: User, desk: Desk, now: datetime) -> None:
    """Keeps what a campaign's file says in the pages too: from the moment when the file is taken away, it counts.

    Raises Problem where there is no file, or something else was written in the pages."""
    need_decider(by)
    campaign = desk.library.campaigns.get(slug)
    if not (campaign and stands_in_file(campaign)):
        raise Problem(Sentence("This campaign has no file that could be taken over."))
    source = need_campaign(fields_of(campaign), slug, desk).source
    with writing():
        kept = newest(SharedKind.CAMPAIGN, slug)
        if kept is None or kept.source != source:
            number = kept.number if kept else 0
            keep(SharedKind.CAMPAIGN, slug, source, by, now, based_on=number)
            _note("campaign taken over", slug, by, now)


def version_of(slug: str) -> Shared | None:
    """What was last written in the pages of this campaign; None where nothing was."""
    return newest(SharedKind.CAMPAIGN, slug)


def of_persons(slug: str) -> QuerySet[Post]:
    """The campaign's posts that tell of a person, or did once: they are neither copied nor written out."""
    tells = Q(kind=Kind.STORY) | Q(was_story=True) | ~Q(storyteller="")
    return Post.objects.filter(tells, campaign=slug)


def versions_of(slug: str, most: int) -> list[Shared]:
    """What was written in the pages of this campaign, the newest first."""
    versions = Shared.objects.filter(kind=SharedKind.CAMPAIGN, key=slug)
    newest_first = versions.select_related("by").order_by("-number")
    return list(newest_first[:most])


@dataclass(frozen=True, slots=True)
class _Change:
    """A campaign before and after, with what of it waits."""

    slug: str
    after: Campaign
    desk: Desk
    now: datetime

    @property
    def before(self) -> Campaign:
        return self.desk.library.campaigns[self.slug]

    def effects(self) -> list[Effect]:
        waiting = self.waiting()
        files = self.files(waiting)
        before = self.planned(self.before, files)
        return effects_between(self.planned(self.after, files), before, waiting)

    def plan_after(self) -> Plan:
        return self.planned(self.after, self.files(self.waiting()))

    def library_after(self) -> Library:
        return self.library_with(self.after)

    def library_with(self, campaign: Campaign) -> Library:
        alone = without_posts(self.desk.library)
        return replace(alone, campaigns={**alone.campaigns, self.slug: campaign})

    def planned(self, campaign: Campaign, files: Mapping[str, PostFile]) -> Plan:
        """The posts of it that wait, and no others, planned with the campaign as given."""
        library = with_posts(self.library_with(campaign), files)
        known = known_now(self.now, list(files))
        return plan(library, self.desk.config, self.now, known)

    def files(self, waiting: Sequence[Delivery]) -> dict[str, PostFile]:
        return files_of({delivery.post for delivery in waiting}, self.desk)

    def waiting(self) -> list[Delivery]:
        """Raises Problem when that is too much for a page."""
        of_it = Delivery.objects.filter(post__campaign=self.slug, part_ids="")
        not_out = of_it.filter(status__in=NOT_OUT_YET).select_related("post")
        waiting = list(not_out.order_by("due_at", "id")[: MOST + 1])
        if len(waiting) > MOST:
            raise Problem(
                Sentence(
                    "More than {0} deliveries of this campaign wait, too many to look at here: write it out as a file, "
                    "change it there and load it.",
                    MOST,
                )
            )
        return waiting

    def because(self, stops: str) -> Sentence:
        return Sentence("The campaign {0} has changed: {1}", self.slug, stops)


def _is_made(slug: str, source: str, by: User) -> bool:
    """Whether this person has made this very campaign already: they have pressed twice."""
    versions = Shared.objects.filter(kind=SharedKind.CAMPAIGN, key=slug)
    made = versions.filter(number=1, by=by, source=source).exists()
    return made and newest_number(SharedKind.CAMPAIGN, slug) == 1


def need_free(slug: str, library: Library) -> None:
    """Raises Problem when there is a campaign of this name, or posts of it."""
    if not slug:
        raise Problem(Sentence("Give the campaign a name with letters or digits in it."))
    of_it = Post.objects.filter(campaign=slug)
    if slug in library.campaigns or of_it.exists():
        raise Problem(
            Sentence("There is a campaign with this name already: give this one another name.")
        )


def _said(slug: str, differences: Sequence[Difference]) -> Sentence:
    said = [
        Sentence("{0} was “{1}”, is “{2}”", each.key, each.old, each.new)
        for each in differences
    ]
    return Sentence("{0}: {1}.", slug, joined(said, "; "))


def _note(action: str, reason: str, by: User, now: datetime) -> None:
    events.note(None, "", "", now, actor=by.username, action=action, reason=reason)
