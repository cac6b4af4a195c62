"""The health of somebody else: who has not been asked."""

from collections.abc import Iterator

from campaign.checks.lists import by_language, listed
from campaign.checks.people.written import LIST, Written
from campaign.checks.reading.spans import Span

_RELATIONS = by_language(LIST["relations"])
_ILLNESSES = by_language(LIST["health"])
_HAS = by_language(LIST["health"], "has_")
_SELF = listed(LIST["health"]["self"])
_REACH = 10
"""Words between a person and what they have, at the most."""


def health_of_others(written: Written) -> Iterator[Span]:
    """Where a text says what a relative, a friend or a neighbour has: "my neighbour, who has HIV"."""
    for index in written.indexes(_ILLNESSES[written.language]):
        who = _whose(written, index)
        if who is not None:
            yield written.span(who, index)


def _whose(written: Written, illness: int) -> int | None:
    """The index of the person of whom this illness is said; None where it is the writer, or nobody."""
    language, has_it = written.language, False
    for at in range(illness - 1, max(-1, illness - _REACH - 1), -1):
        if written.sentence(at) != written.sentence(illness):
            return None
        low = written.low(at)
        if low in _SELF:
            return None
        has_it = has_it or low in _HAS[language]
        if low in _RELATIONS[language] and written.is_owned(at):
            return at if has_it else None
    return None
