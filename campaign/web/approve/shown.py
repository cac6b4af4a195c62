"""A post as it is approved: how each delivery will look, who may not approve it, what can be undone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from campaign.checks.reading.urls import find_links
from campaign.consent.rule import was_of_a_person
from campaign.content.compared import WordRun
from campaign.content.dates.month import name_of
from campaign.content.post import LANGUAGES
from campaign.decisions import approving
from campaign.listings.approvals import Review, Sheet
from campaign.models import Delivery
from campaign.states import OUT, Stage, Status
from campaign.web.frame.languages import reader_language
from campaign.web.frame.names import channel_name
from campaign.web.frame.site import config
from campaign.web.posts.preview import Piece, pieces

AROUND = 120
"""Characters that are shown before and after a change."""


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day of the calendar, by its name in the reader's language."""

    name: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class ApprovalPanel:
    """A delivery as it is looked at: how it will look, and what is said of it."""

    sheet: Sheet
    channel: str
    parts: tuple[tuple[Piece, ...], ...]
    links: tuple[str, ...]
    days: tuple[NamedDay, ...]
    changes: tuple[WordRun, ...]  #: since the last approval; what has not changed is shortened


@dataclass(frozen=True, slots=True)
class Column:
    """What is in one language on a network: what waits, and what does not."""

    language: str
    panels: tuple[ApprovalPanel, ...]
    others: tuple[Delivery, ...]


@dataclass(frozen=True, slots=True)
class NetworkRow:
    """The deliveries on a network, side by side: a column for each language."""

    network: str
    columns: tuple[Column, ...]

    @property
    def is_pair(self) -> bool:
        """Whether something waits in each language."""
        return all(column.panels for column in self.columns)


def rows_of(seen: Review) -> list[NetworkRow]:
    """What waits, network by network, the languages side by side."""
    panels = [_panel(sheet) for sheet in seen.sheets]
    networks = sorted({panel.sheet.delivery.network for panel in panels}, reverse=True)
    return [
        NetworkRow(network, tuple(_column(panels, seen, network, tongue) for tongue in LANGUAGES))
        for network in networks
    ]


def against(seen: Review, user: User, *, own: bool) -> str:
    """Why this person cannot approve this post now, in a sentence; "" when they can."""
    post = seen.post
    if post.stage == Stage.RETURNED:
        return _("It was returned. It can be approved when it has been handed in again.")
    if post.stage == Stage.TAKEN_BACK:
        return _("It was taken back by the person who wrote it, so nothing of it is approved.")
    if post.stage != Stage.PLANNED:
        return _(
            "It is not planned yet: give it a time and its channels, and write the other language, first."
        )
    if not seen.sheets:
        return _("Nothing of it waits for approval.")
    is_open = own and not was_of_a_person(post)
    if user.pk in approving.writers([post])[post.pk] and not is_open:
        if user.pk == post.author_id:
            return _(
                "You wrote this post, so somebody else approves it: four eyes see more than two."
            )
        return _(
            "You worked on this post, so somebody else approves it: four eyes see more than two."
        )
    if all(sheet.reasons for sheet in seen.sheets):
        return _("Nothing of it can go out as it stands. The reasons are beside each text.")
    return ""


def is_returnable(seen: Review) -> bool:
    """Whether it can be returned: it is handed in and not planned, or planned and nothing of it waits for its time."""
    if seen.post.stage == Stage.SUBMITTED:
        return True
    statuses = {one.status for one in seen.others}
    is_waiting = bool(statuses & {Status.QUEUED, Status.SENDING, Status.UNCONFIRMED})
    return seen.post.stage == Stage.PLANNED and bool(seen.sheets) and not is_waiting


def approved_last(seen: Review) -> Delivery | None:
    """One of what was approved last, while nothing that was approved with it has gone out."""
    queued = {one.approved_at: one for one in seen.others if one.status == Status.QUEUED}
    newest = max((at for at in queued if at), default=None)
    together = [one for one in seen.others if newest and one.approved_at == newest]
    has_gone = any(one.status in OUT or one.part_ids for one in together)
    return None if has_gone or newest is None else queued[newest]


def shortened(runs: Sequence[WordRun]) -> Iterator[WordRun]:
    """Changes with as much of the words around them as it takes to know the place."""
    for number, run in enumerate(runs):
        if not run.same or len(run.old) <= 2 * AROUND:
            yield run
            continue
        start = "" if number == 0 else run.old[:AROUND].rsplit(" ", 1)[0]
        end = "" if number == len(runs) - 1 else run.old[-AROUND:].split(" ", 1)[-1]
        text = f"{start} … {end}".strip(" ")
        yield WordRun(text, text)


def _panel(sheet: Sheet) -> ApprovalPanel:
    one = sheet.delivery
    return ApprovalPanel(
        changes=tuple(shortened(sheet.changes)),
        sheet=sheet,
        channel=channel_name(one.channel, config()),
        parts=tuple(pieces(text, one.network) for text in sheet.parts),
        links=_links(sheet.parts),
        days=tuple(NamedDay(name_of(day, reader_language()), day.quiet) for day in sheet.days),
    )


def _links(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.url for text in texts for link in find_links(text)))


def _column(panels: Sequence[ApprovalPanel], seen: Review, network: str, language: str) -> Column:
    there = [panel for panel in panels if _is(panel.sheet.delivery, network, language)]
    return Column(
        language, tuple(there), tuple(one for one in seen.others if _is(one, network, language))
    )


def _is(one: Delivery, network: str, language: str) -> bool:
    return (one.network, one.language) == (network, language)
