"""A post as it is approved: how each delivery will look, who may not approve it, what can be undone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from campaign.checks.reading.urls import find_links
from campaign.checks.texts import with_link
from campaign.consent.rule import was_of_a_person
from campaign.content.compared import WordRun
from campaign.content.dates.month import name_of
from campaign.content.post import LANGUAGES
from campaign.decisions import approving
from campaign.listings.approvals import Review, Sheet
from campaign.models import Delivery
from campaign.states import OUT, Stage, Status
from campaign.stories.edits import ToldBeside
from campaign.web.frame.languages import reader_language
from campaign.web.frame.names import channel_name, place
from campaign.web.frame.site import config, library
from campaign.web.posts.look.cards import Cards, LinkCard
from campaign.web.posts.look.pieces import Piece, pieces

MOST_NAMED = 2
"""Of how many texts a button names the places."""
AROUND = 120
"""Characters of unchanged text that are shown before and after a change."""


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day of the calendar, by its name in the reader's language."""

    name: str
    quiet: bool


@dataclass(frozen=True, slots=True)
class ApprovalPanel:
    """A delivery as the page shows it: how it will look, its links, and the named days that it falls on."""

    sheet: Sheet
    channel: str
    parts: tuple[tuple[Piece, ...], ...]
    links: tuple[str, ...]
    days: tuple[NamedDay, ...]
    changes: tuple[WordRun, ...]  #: since the last approval; what has not changed is shortened
    told: ToldBeside | None  #: of a story, its words beside those that its person told
    card: LinkCard | None  #: what the network makes of the link


@dataclass(frozen=True, slots=True)
class Column:
    """The deliveries in one language on a network: what waits for approval, and the others."""

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


def rows_of(seen: Review, told: Mapping[int, ToldBeside]) -> list[NetworkRow]:
    """What waits, network by network, the languages side by side. `told`: of a story, by the delivery's number, its words
    beside those that were told."""
    wholes = [with_link(sheet.delivery.text, sheet.delivery.link) for sheet in seen.sheets]
    cards = Cards.of(wholes, config(), library())
    panels = [_panel(sheet, told.get(sheet.delivery.pk), cards) for sheet in seen.sheets]
    networks = {panel.sheet.delivery.network for panel in panels}
    rows = []
    for network in sorted(networks, reverse=True):
        columns = [_column(panels, seen, network, language) for language in LANGUAGES]
        rows.append(NetworkRow(network, tuple(columns)))
    return rows


def against(seen: Review, user: User, *, own: bool) -> str:
    """Why this person cannot approve this post now, in a sentence; "" when they can."""
    post = seen.post
    if post.stage == Stage.RETURNED:
        return _("It was returned. It can be approved when it has been submitted again.")
    if post.stage == Stage.TAKEN_BACK:
        return _("It was taken back by the person who wrote it, so nothing of it is approved.")
    if post.stage != Stage.PLANNED:
        return _(
            "It is not planned yet: give it a time and its channels, and write the other language, first."
        )
    if not seen.sheets:
        return _("Nothing of it waits for approval.")
    is_open = own and not was_of_a_person(post)
    writers = approving.writers([post])[post.pk]
    if user.pk in writers and not is_open:
        if user.pk == post.author_id:
            return _(
                "You wrote this post, so somebody else approves it: two pairs of eyes see more than one."
            )
        return _(
            "You worked on this post, so somebody else approves it: two pairs of eyes see more than one."
        )
    if all(sheet.reasons for sheet in seen.sheets):
        return _("Nothing of it can go out as it stands. The reasons are beside each text.")
    return ""


def is_returnable(seen: Review) -> bool:
    """Whether it can be returned: it is handed in and not planned; or planned, with something that waits for approval and
    nothing that is approved and may still go out."""
    if seen.post.stage == Stage.SUBMITTED:
        return True
    statuses = {delivery.status for delivery in seen.others}
    is_approved = bool(statuses & {Status.QUEUED, Status.SENDING, Status.UNCONFIRMED})
    return seen.post.stage == Stage.PLANNED and bool(seen.sheets) and not is_approved


def approving_words(seen: Review) -> str:
    """What the button says: what its press approves, where that is not the whole post."""
    open_sheets = [sheet.delivery for sheet in seen.sheets if not sheet.reasons]
    number = len(open_sheets)
    if seen.others or number < len(seen.sheets):
        return _part_in_words(open_sheets, number)
    languages = {delivery.language for delivery in open_sheets}
    if len(languages) > 1:
        return _("Approve, in both languages")
    return _("Approve")


def _part_in_words(deliveries: Sequence[Delivery], number: int) -> str:
    if number > MOST_NAMED:
        said = _("Approve these %(count)s texts")
        return said % {"count": number}
    places = [place(delivery.network, delivery.language) for delivery in deliveries]
    said = _("Approve for %(places)s")
    return said % {"places": " · ".join(places)}


def approved_last(seen: Review) -> Delivery | None:
    """One of the deliveries that were approved last; None when none is queued, or one that was approved with it has gone
    out."""
    queued: dict[datetime, Delivery] = {}
    for delivery in seen.others:
        if delivery.status == Status.QUEUED and delivery.approved_at:
            queued[delivery.approved_at] = delivery
    if not queued:
        return None
    newest = max(queued)
    together = [delivery for delivery in seen.others if delivery.approved_at == newest]
    if any(_has_gone(delivery) for delivery in together):
        return None
    return queued[newest]


def _has_gone(delivery: Delivery) -> bool:
    # Of a thread, the first part is enough.
    return delivery.status in OUT or bool(delivery.part_ids)


def shortened(runs: Sequence[WordRun]) -> Iterator[WordRun]:
    """The runs, where of a long unchanged one only the words next to a change are kept, with "…" for the others."""
    last = len(runs) - 1
    for number, run in enumerate(runs):
        text = run.old
        if not run.same or len(text) <= 2 * AROUND:
            yield run
            continue
        # Cut at a blank, so that no word is torn.
        start = "" if number == 0 else text[:AROUND].rsplit(" ", 1)[0]
        end = "" if number == last else text[-AROUND:].split(" ", 1)[-1]
        text = f"{start} … {end}".strip(" ")
        yield WordRun(text, text)


def _panel(sheet: Sheet, told: ToldBeside | None, cards: Cards) -> ApprovalPanel:
    delivery, language = sheet.delivery, reader_language()
    parts = [pieces(text, delivery.network) for text in sheet.parts]
    days = [NamedDay(name_of(day, language), day.quiet) for day in sheet.days]
    return ApprovalPanel(
        changes=tuple(shortened(sheet.changes)),
        sheet=sheet,
        channel=channel_name(delivery.channel, config()),
        parts=tuple(parts),
        links=_links((*sheet.parts, delivery.link)),
        days=tuple(days),
        told=told,
        card=cards.card(
            delivery.text,
            delivery.link,
            has_pictures=bool(sheet.pictures),
        ),
    )


def _links(texts: Sequence[str]) -> tuple[str, ...]:
    """The addresses that the texts link to, each once, in their order."""
    addresses: dict[str, None] = {}
    for text in texts:
        addresses |= dict.fromkeys(link.url for link in find_links(text))
    return tuple(addresses)


def _column(
    panels: Sequence[ApprovalPanel], seen: Review, network: str, language: str
) -> Column:
    def is_here(delivery: Delivery) -> bool:
        return delivery.network == network and delivery.language == language

    here = [panel for panel in panels if is_here(panel.sheet.delivery)]
    return Column(language, tuple(here), tuple(filter(is_here, seen.others)))
