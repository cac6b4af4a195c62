"""Today: the first thing that anybody sees."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from campaign.care import duty
from campaign.care import hands as care
from campaign.config import Channel
from campaign.content.post import Kind
from campaign.core.clock import local_day
from campaign.delivery.clocks import agreement
from campaign.delivery.pauses import covers_all, standing_pauses
from campaign.listings import channels
from campaign.listings import today as overview
from campaign.listings.today import Expiring, Needs
from campaign.listings.writing import evergreen
from campaign.models import ChannelState, Delivery, Post
from campaign.people.roles import Role
from campaign.publishers import NETWORKS, titles_of
from campaign.states import Stage, Status
from campaign.stories.rights.waiting import waiting
from campaign.web.frame.access import Request, for_members
from campaign.web.frame.languages import reader_language
from campaign.web.frame.names import channel_name
from campaign.web.frame.site import config, library, now, zone
from campaign.web.today import drafts, first_steps, hands, installed
from campaign.web.today.coming import lines
from campaign.web.today.first_steps import steps

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
    """A fact to review, as it reads in the reader's language; by its key where no file has it."""

    expiring: Expiring
    claim: str


@dataclass(frozen=True, slots=True)
class Own:
    """A contribution of the reader's, its status or its stage, and its deliveries with an address."""

    post: Post
    name: str  #: "" where it has no title, and its words may begin with a name
    status: str
    deliveries: list[Delivery]


@for_members
@require_GET
def show_today(request: Request) -> HttpResponse:
    """What the team has to know and do today; for volunteers, what became of what they handed in."""
    if request.role is Role.VOLUNTEER:
        return render(
            request, "today/today_volunteer.html", {"now": now(), "own": _own(request)}
        )
    moment = now()
    today = local_day(moment, zone())
    coming = lines(overview.coming(), moment)
    claims = [_claim(expiring) for expiring in overview.expiring_facts(today)]
    needs, troubled = _needs(request, moment), _troubled(moment)
    told = agreement.standing(
        titles_of(config().channels.values()), config().publishing.clock_limit
    )
    without_keys, forgotten = _without_keys(), channels.forgotten(list(config().channels))
    raised, stories = list(care.raised()[: hands.SHORT + 1]), waiting(moment)
    ended = evergreen.ended()
    asks = ended or _asks_for_somebody(needs)
    is_quiet = not (told or troubled or without_keys or forgotten or asks)
    context = {
        "now": moment,
        "is_empty": overview.is_empty(),
        "steps": steps(request),
        "hands": hands.lines(raised[: hands.SHORT]),
        "has_more_hands": len(raised) > hands.SHORT,
        "is_unheard": bool(raised) and not duty.is_heard(),
        "stories": stories,
        "needs": needs,
        "troubled": troubled,
        "clocks": told,
        "without_keys": without_keys,
        "forgotten": forgotten,
        "ended": ended,
        "is_quiet": is_quiet,
        "is_all_well": is_quiet and not (stories.is_any or raised),
        "to_confirm": overview.facts_to_confirm(),
        "consents": overview.ending_consents(today),
        "claims": [claim for claim in claims if claim.expiring.queued],
        "other_claims": [claim for claim in claims if not claim.expiring.queued],
        "coming": coming,
        "next": next((line.going for line in coming if line.going.pause is None), None),
        "just_out": lines(overview.just_out(moment), moment),
        "is_all_paused": any(map(covers_all, standing_pauses())),
    }
    return render(request, "today/today.html", context)


def _needs(request: Request, moment: datetime) -> Needs:
    return overview.needs(request.user, moment, own=config().publishing.own_approval)


def _troubled(moment: datetime) -> list[tuple[str, ChannelState]]:
    """The channels in trouble, each with what it is called."""
    states = overview.channels_in_trouble(moment)
    return [(channel_name(state.name, config()), state) for state in states]


def _asks_for_somebody(needs: Needs) -> bool:
    late = needs.overdue and not config().publishing.dry_run
    waiting = needs.submitted or needs.to_approve or needs.own_to_approve or needs.to_let_out
    troubled = needs.unconfirmed or needs.copies or needs.missed or needs.failed
    return bool(troubled or late or waiting)


def _claim(expiring: Expiring) -> FactClaim:
    fact = library().facts.get(expiring.key)
    claims = fact.claims if fact else {}
    return FactClaim(expiring, claims.get(reader_language(), expiring.key))


def _without_keys() -> list[str]:
    """What the channels are called that cannot publish because a key is missing."""
    if config().publishing.dry_run:  # then none is needed
        return []
    channels = config().channels.items()
    names = [name for name, channel in channels if _lacks_a_key(channel)]
    return [channel_name(name, config()) for name in names]


def _lacks_a_key(channel: Channel) -> bool:
    required = NETWORKS[channel.network].required_keys
    return any(name not in channel.keys or channel.keys[name].problem for name in required)


def _own(request: Request) -> list[Own]:
    contributions = []
    for post in overview.contributions_of(request.user):
        deliveries = list(post.deliveries.all())
        with_address = [delivery for delivery in deliveries if delivery.url]
        status = _status(post, deliveries)
        contributions.append(Own(post, _name(post, deliveries), status, with_address))
    return contributions


def _name(post: Post, deliveries: Iterable[Delivery]) -> str:
    """Its title, else its text in the reader's language; "" where the day on which it came says which one it is."""
    if post.title:
        return post.title
    if post.kind == Kind.STORY:  # its first words may be a person's name
        return ""
    texts = (delivery.text for delivery in deliveries if delivery.language == reader_language())
    return next(texts, "")


def _status(post: Post, deliveries: Iterable[Delivery]) -> str:
    """The stage of a post that is not planned, or has no delivery; else the status that ORDER names first."""
    statuses = {Status(delivery.status) for delivery in deliveries}
    if post.stage != Stage.PLANNED or not statuses:
        return post.stage
    return next(status for status in ORDER if status in statuses).value


urlpatterns = [
    path("", show_today, name="today"),
    *hands.urlpatterns,
    *drafts.urlpatterns,
    *first_steps.urlpatterns,
    *installed.urlpatterns,
]
