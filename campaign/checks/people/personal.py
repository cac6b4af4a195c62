"""What in a text leads to a person who did not agree to it: names, places of care, towns, ways to reach somebody, the
numbers of cards, the health of others."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from campaign.checks.people.contact import addresses, cards, mails, telephones
from campaign.checks.people.health import health_of_others
from campaign.checks.people.names import names
from campaign.checks.people.places import hospitals, towns
from campaign.checks.people.written import Written
from campaign.checks.reading.spans import Span


class Sort(StrEnum):
    """What it is; each is the code of a check."""

    CARD = "card-number"
    TELEPHONE = "telephone-told"
    MAIL = "mail-told"
    ADDRESS = "address-told"
    HOSPITAL = "hospital-named"
    PERSON = "person-named"
    TOWN = "town-named"
    HEALTH = "health-of-others"


@dataclass(frozen=True, slots=True)
class Personal:
    """Something personal in a text: text[start:end], as it is written there."""

    sort: Sort
    start: int
    end: int
    words: str


def personal(
    text: str, language: str, own_names: Collection[str] | None = ()
) -> tuple[Personal, ...]:
    """All that leads to a person, in the order of the text, none overlapping another of a sort above it.

    `own_names` are the names under which the storyteller agrees to appear: these alone are free ("Anne" does not free "Anne
    Gagnon"). None where they are not known: then the name with which a text introduces its writer is free.
    """
    sorts = _by_sort(text, Written(text, language), own_names)
    told = [Personal(sort, start, end, text[start:end]) for sort, (start, end) in apart(sorts)]
    return tuple(sorted(told, key=lambda part: (part.start, part.end)))


def apart(sorts: Iterable[tuple[Sort, Iterable[Span]]]) -> Iterator[tuple[Sort, Span]]:
    """Each place of each sort, but those that overlap one that came before."""
    taken: list[Span] = []
    for sort, spans in sorts:
        for start, end in spans:
            if any(start < last and first < end for first, last in taken):
                continue
            # Whose health it is may be named, too: both are told.
            if sort is not Sort.HEALTH:
                taken.append((start, end))
            yield sort, (start, end)


def _by_sort(
    text: str, written: Written, own_names: Collection[str] | None
) -> Iterator[tuple[Sort, Iterable[Span]]]:
    """The surest sorts first: what is the number of a card is no telephone."""
    yield Sort.HEALTH, health_of_others(written)
    yield Sort.CARD, cards(text)
    yield Sort.TELEPHONE, telephones(text)
    yield Sort.MAIL, mails(text)
    yield Sort.ADDRESS, addresses(text)
    yield Sort.HOSPITAL, hospitals(written)
    yield Sort.PERSON, names(written, own_names)
    yield Sort.TOWN, towns(written)
