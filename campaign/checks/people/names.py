"""Names of people in a text: with a title, as somebody's relation, or known given names."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator

from campaign.checks.lists import by_language, listed
from campaign.checks.people.written import LIST, Written
from campaign.checks.reading.phrases import phrases_by_language
from campaign.checks.reading.reading import tokens
from campaign.checks.reading.spans import Span

_GIVEN = listed(LIST["given"])
_GIVEN_WORDS = listed(LIST["given_words"])
_CARERS = listed(LIST["carers"])
_TITLES = _CARERS | listed(LIST["titles"])
_NOT_AFTER_TITLE = listed(LIST["not_after_title"])
_NO_PERSON = listed(LIST["no_person"])
_PARTICLES = listed(LIST["name_particles"])
_NO_NAMES = listed(LIST["towns"]["not_towns"])
_RELATIONS = by_language(LIST["relations"])
_WITHOUT_RELATION = _GIVEN | _GIVEN_WORDS | _TITLES
_ANNOUNCES = {
    language: relations | _WITHOUT_RELATION for language, relations in _RELATIONS.items()
}
_INTRODUCES = phrases_by_language(LIST, "introduces_")
_CALLED = listed(LIST["called"])
_IS = frozenset(("is", "est"))
_NAME = frozenset(("name", "nom", "prénom"))
_LONGEST = 4
"""Words of a name, at the most."""
_DASH = re.compile(r"(?:^|(?<=\s))[—–-]\s?(?=\w)")
_TITLE_GAP = re.compile(r"\.?[ \u00a0\u202f]{1,2}")
_NAME_GAP = re.compile(r",?[ \u00a0\u202f]")


def names(written: Written, own_names: Collection[str] | None) -> Iterator[Span]:
    """Where people are named whose names are not among the storyteller's own. Where those are not known (None), a name with
    which the text introduces itself is theirs."""
    own = _own_words(written, own_names)
    announcing = _ANNOUNCES[written.language]
    end = -1
    for index in written.indexes(announcing):
        if index <= end:
            continue
        first = _first_of_name(written, index)
        if first is None:
            continue
        end = _last(written, first)
        lows = {written.low(at) for at in range(first, end + 1)}
        if not lows <= own and not _is_thing(written, lows, end):
            yield written.span(index, end)


def has_carer(words: frozenset[str]) -> bool:
    """Whether one of the words, in small letters, is the title of somebody who cares for patients."""
    return not _CARERS.isdisjoint(words)


def doctors(written: Written) -> Iterator[Span]:
    """Where somebody who cares for patients is named with a title."""
    for index in written.indexes(_CARERS):
        if not _is_titled(written, index):
            continue
        last = _last(written, index + 1)
        if written.low(last + 1) not in _NO_PERSON:
            yield written.span(index, last)


def _own_words(written: Written, own_names: Collection[str] | None) -> set[str]:
    """The words, in small letters, of which the storyteller's own names are made."""
    own: set[str] = set()
    if own_names is None:
        for index in _introduced(written):
            own.add(written.low(index))
        return own
    for name in own_names:
        own.update(word.low for word in tokens(name))
    return own


def _is_thing(written: Written, lows: Collection[str], last: int) -> bool:
    """Whether one of these words of a name, or the one behind them, says that it is no person's."""
    if not _NO_PERSON.isdisjoint(lows):
        return True
    return written.low(last + 1) in _NO_PERSON


def _introduced(written: Written) -> frozenset[int]:
    """The indexes of the words with which the writer says their own name, or signs."""
    indexes: set[int] = set()
    for first in (*_behind_introductions(written), *_behind_dashes(written)):
        if written.has_capital(first):
            last = _last(written, first)
            indexes.update(range(first, last + 1))
    return frozenset(indexes)


def _behind_introductions(written: Written) -> Iterator[int]:
    introduces = _INTRODUCES[written.language]
    for match in introduces.find(written.plain, written.words):
        yield match.last + 1


def _behind_dashes(written: Written) -> Iterator[int]:
    starts = [word.start for word in written.words]
    for dash in _DASH.finditer(written.plain):
        yield bisect_left(starts, dash.end())


def _first_of_name(written: Written, index: int) -> int | None:
    """Where the name begins that this word announces or is itself; None where it does neither."""
    low = written.low(index)
    if low in _TITLES and _is_titled(written, index):
        return index + 1
    if low in _RELATIONS[written.language]:
        return _name_of_relation(written, index)
    if _is_given(written, index):
        return index
    return None


def _is_titled(written: Written, index: int) -> bool:
    name = index + 1
    if not written.has_capital(name):
        return False
    gap = written.gap(index)
    if not _TITLE_GAP.fullmatch(gap):
        return False
    if written.low(index) == "m" and not gap.startswith("."):
        return False
    return written.low(name) not in _NOT_AFTER_TITLE


def _name_of_relation(written: Written, index: int) -> int | None:
    """Where the name stands in "my husband Marc", "my sister, Léa" and "ma sœur s’appelle Léa"."""
    if not written.is_owned(index):
        return None
    at = index + 1
    while at < index + _LONGEST and _calls(written, at):
        at += 1
    if at >= len(written.words) or not _may_follow(written, at):
        return None
    is_name = written.has_capital(at) and written.low(at) not in _NO_NAMES
    return at if is_name or written.low(at) in _GIVEN else None


def _calls(written: Written, at: int) -> bool:
    """Whether the word leads to a name: "called", or the "is" of "her name is"."""
    if written.low(at) in _IS:
        return written.low(at - 1) in _NAME
    return written.low(at) in _CALLED


def _may_follow(written: Written, at: int) -> bool:
    gap = written.gap(at - 1)
    if not _NAME_GAP.fullmatch(gap):
        return False
    return not written.begins(at)


def _is_given(written: Written, index: int) -> bool:
    if not written.has_capital(index):
        return False
    following = written.low(index + 1)
    if following == "t":  # Don’t
        return False
    low = written.low(index)
    if low not in _GIVEN_WORDS:
        return low in _GIVEN
    if written.begins(index):
        return False
    return not written.is_acronym(index)


def _last(written: Written, first: int) -> int:
    """The index of the last word of the name that begins here."""
    last = at = first
    number = written.sentence(first)
    while at - first < _LONGEST and written.beside(at):
        at += 1
        is_within = written.sentence(at) == number
        if is_within and written.has_capital(at):
            last = at
        elif written.low(at) not in _PARTICLES:
            break
    return last
