"""How a contribution stands and what happened to it, in words for the person who wrote it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from campaign.authoring.contributed import Contribution
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


def state_of(one: Contribution, now: datetime, zone: ZoneInfo) -> str:
    """How it stands, in one or two sentences."""
    stage = Stage(one.post.stage)
    if stage is Stage.WRITING:
        return _("You are still writing it. Hand it in when you are ready.")
    if stage is Stage.SUBMITTED:
        return _submitted(one, now, zone)
    if stage is Stage.RETURNED:
        return _returned(one)
    if stage is Stage.TAKEN_BACK:
        return _taken_back(one)
    return _planned(one)


def happened(one: Contribution) -> list[Happened]:
    """What happened, the oldest first. What the team did several times in a row is said once."""
    found: list[Happened] = []
    for step in sorted([*_of_post(one), *_of_deliveries(one.deliveries)], key=lambda step: step.at):
        if found and not step.words and found[-1].sentence == step.sentence:
            found.pop()
        found.append(step)
    return found


def networks(deliveries: Iterable[Delivery]) -> str:
    """Where these deliveries go, as a person would list it."""
    return listed({one.network for one in deliveries})


def _submitted(one: Contribution, now: datetime, zone: ZoneInfo) -> str:
    came = one.handed_in()
    if came is None or came.at.astimezone(zone).date() == now.astimezone(zone).date():
        return _("The team has it since today. You will see here what becomes of it.")
    return _("The team has it since %(day)s. You will see here what becomes of it.") % {
        "day": day(came.at)
    }


def _returned(one: Contribution) -> str:
    event = one.last("returned")
    if event is None:
        return _("It was returned to you. Change it and hand it in again.")
    return _("Returned by %(name)s. Change it and hand it in again.") % {"name": event.actor}


def _taken_back(one: Contribution) -> str:
    if any(delivery.status in MAY_BE_OUT for delivery in one.deliveries):
        return _(
            "You took it back. Nothing more of it goes out, and the team takes down what is out."
        )
    event = one.last("taken back")
    if event and one.post.author and event.actor != one.post.author.username:
        return _("The team has put it away. Nothing of it goes out.")
    return _("You took it back. Nothing of it goes out.")


def _planned(one: Contribution) -> str:
    if one.post.example:
        return _("It is an example, and examples are never published.")
    by_status: dict[Status, list[Delivery]] = {}
    for delivery in one.deliveries:
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


def _of_post(one: Contribution) -> Iterator[Happened]:
    author = one.post.author.username if one.post.author else ""
    for event in one.events:
        sentence = _own(event) if event.actor == author else _teams(event)
        if sentence:
            words = event.reason if event.action in ("returned", "handed in") else ""
            yield Happened(event.at, sentence, words)


def _own(event: Event) -> str:
    if event.action == "handed in":
        return _("You handed it in.")
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
        "taken back": _("The team put it away."),
        "brought back": _("The team works on it again."),
    }
    return teams.get(event.action, "")


def _of_deliveries(deliveries: Iterable[Delivery]) -> Iterator[Happened]:
    for one in deliveries:
        if one.published_at:
            sentence = _("It was published on %(network)s.") % {"network": network(one.network)}
            yield Happened(
                one.published_at, sentence, url=one.url if one.status == Status.PUBLISHED else ""
            )
