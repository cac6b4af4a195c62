"""How a contribution stands and what happened to it, in words for the person who wrote it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from campaign.authoring.contributing.contributed import Contribution
from campaign.core.clock import local_day
from campaign.models import Delivery, Event
from campaign.states import MAY_BE_OUT, Stage, Status
from campaign.web.frame.moments import day
from campaign.web.frame.networks import listed, network


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a contribution: when, what, and the words that came with it."""

    at: datetime
    sentence: str
    words: str = ""
    url: str = ""


def state_of(contribution: Contribution, now: datetime, zone: ZoneInfo) -> str:
    """The state of a contribution, in one or two sentences."""
    stage = Stage(contribution.post.stage)
    if stage is Stage.WRITING:
        return _("You are still writing it. Submit it when you are ready.")
    if stage is Stage.SUBMITTED:
        return _submitted(contribution, now, zone)
    if stage is Stage.RETURNED:
        return _returned(contribution)
    if stage is Stage.TAKEN_BACK:
        return _taken_back(contribution)
    return _planned(contribution)


def happened(contribution: Contribution) -> list[Happened]:
    """What happened, the oldest first. What the team did several times in a row is said once."""
    steps = [*_of_post(contribution), *_of_deliveries(contribution.deliveries)]
    shown: list[Happened] = []
    for step in sorted(steps, key=lambda step: step.at):
        if shown and not step.words and shown[-1].sentence == step.sentence:
            shown.pop()
        shown.append(step)
    return shown


def networks(deliveries: Iterable[Delivery]) -> str:
    """Where these deliveries go, as a person would list it."""
    return listed({delivery.network for delivery in deliveries})


def _submitted(contribution: Contribution, now: datetime, zone: ZoneInfo) -> str:
    came = contribution.handed_in()
    today = local_day(now, zone)
    if came is None or local_day(came.at, zone) == today:
        return _("The team has it since today. You will see here what becomes of it.")
    return _("The team has it since %(day)s. You will see here what becomes of it.") % {
        "day": day(came.at)
    }


def _returned(contribution: Contribution) -> str:
    event = contribution.last("returned")
    if event is None:
        return _("It was returned to you. Change it and submit it again.")
    return _("Returned by %(name)s. Change it and submit it again.") % {"name": event.actor}


def _taken_back(contribution: Contribution) -> str:
    if any(delivery.status in MAY_BE_OUT for delivery in contribution.deliveries):
        return _(
            "You took it back. Nothing more of it goes out, and the team takes down what is out."
        )
    event = contribution.last("taken back")
    author = contribution.post.author if event else None
    if event and author and event.actor != author.username:
        return _("The team has set it aside. Nothing of it goes out.")
    return _("You took it back. Nothing of it goes out.")


def _planned(contribution: Contribution) -> str:
    if contribution.post.example:
        return _("It is an example, and examples are never published.")
    by_status: dict[Status, list[Delivery]] = {}
    for delivery in contribution.deliveries:
        by_status.setdefault(Status(delivery.status), []).append(delivery)
    queued, published = by_status.get(Status.QUEUED, []), by_status.get(Status.PUBLISHED, [])
    if published and queued:
        return _("Published on %(networks)s. More of it follows on %(day)s.") % {
            "networks": networks(published),
            "day": day(queued[0].due_at),
        }
    if published:
        return _("Published on %(networks)s. Thank you!") % {"networks": networks(published)}
    if queued:
        return _("Planned for %(day)s on %(networks)s.") % {
            "day": day(queued[0].due_at),
            "networks": networks(queued),
        }
    if Status.DRAFT in by_status:
        return _(
            "The team has given it a time, and somebody reads it once more before it goes out."
        )
    if Status.REMOVED in by_status:
        return _("It was taken down again.")
    if not set(by_status) - {Status.CANCELLED, Status.WITHDRAWN}:
        return _("It will not go out. The team can tell you more.")
    return _("It was to go out, and the team is looking after it.")


def _of_post(contribution: Contribution) -> Iterator[Happened]:
    author = contribution.post.author
    own_name = author.username if author else ""
    for event in contribution.events:
        sentence = _own(event) if event.actor == own_name else _teams(event)
        if sentence:
            words = event.reason if event.action in ("returned", "handed in") else ""
            yield Happened(event.at, sentence, words)


def _own(event: Event) -> str:
    if event.action == "handed in":
        return _("You submitted it.")
    own = {
        "contributed": _("You wrote it."),
        "changed": _("You changed it."),
        "agreed": _("You said that its person agrees to sharing it."),
        "taken back": _("You took it back."),
        "brought back": _("You brought it back."),
    }
    return own.get(event.action, "")


def _teams(event: Event) -> str:
    teams = {
        "changed": _("The team worked on it."),
        "handed in": _("The team gave it a time."),
        "returned": _("%(name)s returned it.") % {"name": event.actor},
        "taken back": _("The team set it aside."),
        "brought back": _("The team works on it again."),
    }
    return teams.get(event.action, "")


def _of_deliveries(deliveries: Iterable[Delivery]) -> Iterator[Happened]:
    for delivery in deliveries:
        if delivery.published_at:
            name = network(delivery.network)
            sentence = _("It was published on %(network)s.") % {"network": name}
            # What was taken down has no address any more.
            url = delivery.url if delivery.status == Status.PUBLISHED else ""
            yield Happened(delivery.published_at, sentence, url=url)
