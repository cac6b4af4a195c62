"""Hospitals and towns that a text names: with a few other words they lead to a person."""

from collections.abc import Iterator, Sequence

from campaign.checks.people.written import LIST, Written, by_language, listed
from campaign.checks.reading.phrases import PhraseFound, Phrases
from campaign.checks.reading.reading import tokens
from campaign.checks.reading.spans import Span, merged

_LONGEST = 4
"""Words with a capital in the name of a place, at the most."""


def _as_phrases(names: Sequence[str]) -> Phrases:
    return Phrases(" ".join(word.low for word in tokens(name)) for name in names)


_HOSPITALS = _as_phrases(LIST["hospitals"]["names"])
_ENDS = listed(LIST["hospitals"]["en"])
_ENDS_IN_TWO = frozenset(tuple(words.split()) for words in LIST["hospitals"]["en_two"])
_BEGINS = listed(LIST["hospitals"]["fr"])
_BEGIN_IN_TWO = frozenset(tuple(words.split()) for words in LIST["hospitals"]["fr_two"])
_MAY_END = _ENDS | {first for first, _ in _ENDS_IN_TWO}
_MAY_BEGIN = _BEGINS | {first for first, _ in _BEGIN_IN_TWO}
_TREATED = listed(LIST["hospitals"]["treated"])
_PARTICLES = listed(LIST["hospitals"]["particles"])
_TOWNS = _as_phrases(LIST["towns"]["names"].split())
_SURE = listed(LIST["towns"]["sure"])
_COMMON = listed(LIST["common"])
_PROVINCES = listed(LIST["towns"]["provinces"])
_BEFORE = by_language("towns", "before_")
_INTO = by_language("towns", "into_")
_AT = {"en": frozenset(("at",)), "fr": frozenset(("à", "au"))}
_NO_TOWNS = listed(LIST["towns"]["not_towns"])
_GIVEN = listed(LIST["given"])


def hospitals(written: Written) -> list[Span]:
    """Where a hospital or a clinic is named; "my hospital" names none."""
    return merged([*_known_hospitals(written), *_called_hospitals(written)])


def _known_hospitals(written: Written) -> Iterator[Span]:
    for match in _HOSPITALS.find(written.plain, written.words):
        is_single = match.first == match.last
        is_short = is_single and len(written.low(match.first)) <= len("qeii")
        # CHU is a hospital, and "chu" is what "je suis" is in Québec.
        if written.has_capital(match.first) and (
            not is_short or written.is_acronym(match.first)
        ):
            yield match.start, match.end


def _called_hospitals(written: Written) -> Iterator[Span]:
    if written.language == "en":
        yield from _ending_so(written)
    else:
        yield from _beginning_so(written)
    yield from _where_treated(written)


def _ending_so(written: Written) -> Iterator[Span]:
    for index in written.indexes(_MAY_END):
        first = _name_before(written, index)
        if first < index and _ends_name(written, index):
            yield written.span(first, index)


def _beginning_so(written: Written) -> Iterator[Span]:
    for index in written.indexes(_MAY_BEGIN):
        two = (written.low(index), written.low(index + 1))
        if two[0] not in _BEGINS and two not in _BEGIN_IN_TWO:
            continue
        last = _name_after(written, index)
        if last > index:
            yield written.span(index, last)


def _ends_name(written: Written, index: int) -> bool:
    low = written.low(index)
    return low in _ENDS or (low, written.low(index + 1)) in _ENDS_IN_TWO


def _name_before(written: Written, index: int) -> int:
    """The index of the first of the words with a capital that end right before this one."""
    first = index
    while first > max(0, index - _LONGEST) and _is_name(written, first - 1):
        first -= 1
    return first


def _is_name(written: Written, index: int) -> bool:
    if not written.has_capital(index) or not written.beside(index):
        return False
    low = written.low(index)
    is_word = written.begins(index) and low in _COMMON  # "Another hospital"
    return low not in _NO_TOWNS and not is_word


def _name_after(written: Written, index: int) -> int:
    """The index of the last word of the name that begins here, such as "hôpital de la Miséricorde"; `index` where no name
    follows."""
    last = at = index
    while at - index < 2 * _LONGEST and written.beside(at):
        at += 1
        if written.has_capital(at):
            last = at
        elif written.low(at) not in _PARTICLES:
            break
    return last


def _where_treated(written: Written) -> Iterator[Span]:
    """What is named after "at" or "à" in a sentence about treatment."""
    for index in written.indexes(_AT[written.language]):
        if not written.has_capital(index + 1):
            continue
        name = written.low(index + 1)
        if name not in _NO_TOWNS and _is_of_treatment(written, index):
            last = _last_of_name(written, index + 1)
            if not _is_town(written, index + 1, last):
                yield written.span(index + 1, last)


def _is_of_treatment(written: Written, index: int) -> bool:
    number = written.sentence(index)
    before = (at for at in range(max(0, index - 8), index) if written.sentence(at) == number)
    return any(written.low(at) in _TREATED for at in before)


def _last_of_name(written: Written, index: int) -> int:
    while written.beside(index) and written.has_capital(index + 1):
        index += 1
    return index


def _is_town(written: Written, first: int, last: int) -> bool:
    words = written.words[first : last + 1]
    return any(True for _ in _TOWNS.find(written.plain, words))


def towns(written: Written) -> list[Span]:
    """Where a town is named."""
    return merged([*_known_towns(written), *_where_one_is(written)])


def _known_towns(written: Written) -> Iterator[Span]:
    for match in _TOWNS.find(written.plain, written.words):
        if written.has_capital(match.first) and _names_town(written, match):
            yield match.start, match.end


def _names_town(written: Written, match: PhraseFound) -> bool:
    """Many names of towns are names of people, or words: those need a word that leads to a place."""
    low = written.low(match.first)
    if low in _SURE or written.low(match.last + 1) in _PROVINCES:
        return True
    if match.first < match.last and low not in _GIVEN:
        return True
    return _leads_to_place(written, match.first - 1)


def _leads_to_place(written: Written, index: int) -> bool:
    if index < 0 or written.low(index) not in _BEFORE[written.language]:
        return False
    return written.beside(index)


def _where_one_is(written: Written) -> Iterator[Span]:
    """Any other name behind "in" or "à", or before a province: "in Flesherton", "Flesherton, Ontario"."""
    for index in written.indexes(_PROVINCES):
        if index and _is_before_province(written, index - 1):
            yield written.span(index - 1, index - 1)
    for index in written.indexes(_INTO[written.language]):
        at = index + 1
        if written.beside(index) and written.has_capital(at) and not _is_no_town(written, at):
            yield written.span(at, _last_of_name(written, at))


def _is_before_province(written: Written, index: int) -> bool:
    if not written.has_capital(index) or _is_no_town(written, index):
        return False
    return written.gap(index) == ", "


def _is_no_town(written: Written, index: int) -> bool:
    low = written.low(index)
    return low in _NO_TOWNS or low in _GIVEN or written.is_acronym(index) or low.isdigit()
