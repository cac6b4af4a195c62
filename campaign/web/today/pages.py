"""Today: the first thing that anybody sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from campaign.config import Channel
from campaign.content.post import Kind
from campaign.delivery.pauses import covers_all, standing_pauses
from campaign.listings import channels
from campaign.listings import today as overview
from campaign.listings.today import Expiring, Needs
from campaign.models import ChannelState, Delivery, Post
from campaign.people.roles import Role
from campaign.publishers import NETWORKS
from campaign.states import Stage, Status
from campaign.web.frame.access import Request, for_members
from campaign.web.frame.languages import reader_language
from campaign.web.frame.names import channel_name
from campaign.web.frame.site import config, library, now, zone
from campaign.web.today.coming import lines

ORDER = (
    *(
        Status.UNCONFIRMED,
        Status.FAILED,
        Status.MISSED,
        Status.SENDING,
        Status.DRAFT,
        Status.QUEUED,
    ),
    *(Status.PUBLISHED, Status.WITHDRAWN, Status.REMOVED, Status.CANCELLED),
)
"""Of several deliveries, the one that stands first here tells most about the post."""


@dataclass(frozen=True, slots=True)
class FactClaim:
    """A fact to review, in the reader's words where its file is here."""

    expiring: Expiring
    claim: str


@dataclass(frozen=True, slots=True)
class Own:
    """A contribution of the reader's, and how it stands in a word."""

    post: Post
    name: str  #: "" for a story without a title, whose words may begin with a name
    status: str
    deliveries: list[Delivery]


@for_members
@require_GET
def show_today(request: Request) -> HttpResponse:
    """What everybody of the team has to know today; volunteers see what became of what they handed in."""
    if request.role is Role.VOLUNTEER:
        return render(request, "today/today_volunteer.html", {"now": now(), "own": _own(request)})
    moment = now()
    today = moment.astimezone(zone()).date()
    coming = lines(overview.coming(), moment)
    claims = [_claim(one) for one in overview.expiring_facts(today)]
    needs, troubled = _needs(request, moment), _troubled(moment)
    without_keys, forgotten = _without_keys(), channels.forgotten(list(config().channels))
    context = {
        "now": moment,
        "is_empty": overview.is_empty(),
        "needs": needs,
        "troubled": troubled,
        "without_keys": without_keys,
        "forgotten": forgotten,
        "is_quiet": not (troubled or without_keys or forgotten or _asks_for_somebody(needs)),
        "consents": overview.ending_consents(today),
        "claims": [one for one in claims if one.expiring.queued],
        "other_claims": [one for one in claims if not one.expiring.queued],
        "coming": coming,
        "next": next((line.going for line in coming if line.going.pause is None), None),
        "just_out": lines(overview.just_out(moment), moment),
        "is_all_paused": any(covers_all(one) for one in standing_pauses()),
    }
    return render(request, "today/today.html", context)


def _needs(request: Request, moment: datetime) -> Needs:
    return overview.needs(request.user, moment, own=config().publishing.own_approval)


def _troubled(moment: datetime) -> list[tuple[str, ChannelState]]:
    return [(channel_name(one.name, config()), one) for one in overview.channels_in_trouble(moment)]


def _asks_for_somebody(needs: Needs) -> bool:
    late = needs.overdue and not config().publishing.dry_run
    waiting = needs.submitted or needs.to_approve or needs.own_to_approve
    return bool(needs.unconfirmed or needs.missed or needs.failed or late or waiting)


def _claim(one: Expiring) -> FactClaim:
    fact = library().facts.get(one.key)
    return FactClaim(one, fact.claims.get(reader_language(), one.key) if fact else one.key)


def _without_keys() -> list[str]:
    """The channels that cannot publish because a key is missing. In a dry run none is needed."""
    if config().publishing.dry_run:
        return []
    return [
        channel_name(name, config())
        for name, channel in config().channels.items()
        if _lacks_a_key(channel)
    ]


def _lacks_a_key(channel: Channel) -> bool:
    required = NETWORKS[channel.network].required_keys
    return any(name not in channel.keys or channel.keys[name].problem for name in required)


def _own(request: Request) -> list[Own]:
    found = []
    for post in overview.contributions_of(request.user):
        deliveries = list(post.deliveries.all())
        words = [one.text for one in deliveries if one.language == reader_language()]
        name = post.title or ("" if post.kind == Kind.STORY else (words or [post.name])[0])
        found.append(
            Own(post, name, _status(post, deliveries), [one for one in deliveries if one.url])
        )
    return found


def _status(post: Post, deliveries: Iterable[Delivery]) -> str:
    statuses = {Status(one.status) for one in deliveries}
    if post.stage != Stage.PLANNED or not statuses:
        return post.stage
    return next(status for status in ORDER if status in statuses).value


urlpatterns = [path("", show_today, name="today")]
