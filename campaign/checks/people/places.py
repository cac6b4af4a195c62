"""Hospitals and towns that a text names: with a few other words they lead to a person."""

from collections.abc import Iterable, Iterator, Sequence

from campaign.checks.lists import by_language, listed
from campaign.checks.people.written import LIST, Written
from campaign.checks.reading.phrases import PhraseFound, Phrases
from campaign.checks.reading.reading import tokens
from campaign.checks.reading.spans import Span, merged

_LONGEST = 4
"""Words with a capital in the name of a place, at the most."""
_NEAR = 8
"""Words between one of treatment and the "at" or "à" that leads to a hospital, at the most."""
_SHORT = len("qeii")
"""Letters of a hospital's name that is written in capitals, at the most."""
_OF_HOSPITALS = LIST["hospitals"]
_OF_TOWNS = LIST["towns"]


def _as_phrases(names: Sequence[str]) -> Phrases:
    phrases: list[str] = []
    for name in names:
        lows = [word.low for word in tokens(name)]
        phrases.append(" ".join(lows))
    return Phrases(phrases)


def _pairs(names: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Names of two words, each as its words."""
    pairs = map(str.split, names)
    return frozenset(map(tuple, pairs))


def _firsts(pairs: Iterable[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(first for first, _ in pairs)


_HOSPITALS = _as_phrases(_OF_HOSPITALS["names"])
_ENDS = listed(_OF_HOSPITALS["en"])
_ENDS_IN_TWO = _pairs(_OF_HOSPITALS["en_two"])
_BEGINS = listed(_OF_HOSPITALS["fr"])
_BEGIN_IN_TWO = _pairs(_OF_HOSPITALS["fr_two"])
_MAY_END = _ENDS | _firsts(_ENDS_IN_TWO)
_MAY_BEGIN = _BEGINS | _firsts(_BEGIN_IN_TWO)
_TREATED = listed(_OF_HOSPITALS["treated"])
_PARTICLES = listed(_OF_HOSPITALS["particles"])
_TOWNS = _as_phrases(_OF_TOWNS["names"].split())
_SURE = listed(_OF_TOWNS["sure"])
_COMMON = listed(LIST["common"])
_PROVINCES = listed(_OF_TOWNS["provinces"])
_BEFORE = by_language(_OF_TOWNS, "before_")
_INTO = by_language(_OF_TOWNS, "into_")
_AT = {"en": listed("at"), "fr": listed("à au")}
_NO_TOWNS = listed(_OF_TOWNS["not_towns"])
_GIVEN = listed(LIST["given"])


def hospitals(written: Written) -> list[Span]:
    """Where a hospital or a clinic is named; "my hospital" names none."""
    return merged([*_known_hospitals(written), *_called_hospitals(written)])


def _known_hospitals(written: Written) -> Iterator[Span]:
    for match in _HOSPITALS.find(written.plain, written.words):
        if written.has_capital(match.first) and _is_hospital(written, match):
            yield match.start, match.end


def _is_hospital(written: Written, match: PhraseFound) -> bool:
    """CHU is a hospital, and "chu" is what "je suis" is in Québec."""
    if match.first < match.last:
        return True
    low = written.low(match.first)
    if len(low) > _SHORT:
        return True
    return written.is_acronym(match.first)


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
        last = _name_after(written, index)
        if last > index and _begins_name(written, index):
            yield written.span(index, last)


def _begins_name(written: Written, index: int) -> bool:
    low = written.low(index)
    if low in _BEGINS:
        return True
    following = written.low(index + 1)
    return (low, following) in _BEGIN_IN_TWO


def _ends_name(written: Written, index: int) -> bool:
    low = written.low(index)
    if low in _ENDS:
        return True
    following = written.low(index + 1)
    return (low, following) in _ENDS_IN_TWO


def _name_before(written: Written, index: int) -> int:
    """The index of the first of the words with a capital that end right before this one."""
    first = index
    lowest = max(0, index - _LONGEST)
    while first > lowest and _is_name(written, first - 1):
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
    # Half of them may be particles.
    highest = index + 2 * _LONGEST
    while at < highest and written.beside(at):
        at += 1
        if written.has_capital(at):
            last = at
        elif written.low(at) not in _PARTICLES:
            break
    return last


def _where_treated(written: Written) -> Iterator[Span]:
    """What is named after "at" or "à" in a sentence about treatment."""
    leading = _AT[written.language]
    for index in written.indexes(leading):
        first = index + 1
        if not written.has_capital(first):
            continue
        if written.low(first) in _NO_TOWNS:
            continue
        if not _is_of_treatment(written, index):
            continue
        last = _last_of_name(written, first)
        if not _is_town(written, first, last):
            yield written.span(first, last)


def _is_of_treatment(written: Written, index: int) -> bool:
    number = written.sentence(index)
    first = max(0, index - _NEAR)
    for at in range(first, index):
        is_treated = written.low(at) in _TREATED
        if is_treated and written.sentence(at) == number:
            return True
    return False


def _last_of_name(written: Written, index: int) -> int:
    while written.beside(index) and written.has_capital(index + 1):
        index += 1
    return index


def _is_town(written: Written, first: int, last: int) -> bool:
    words = written.words[first : last + 1]
    named = _TOWNS.find(written.plain, words)
    return next(named, None) is not None


def towns(written: Written) -> list[Span]:
    """Where a town is named."""
    return merged([*_known_towns(written), *_where_one_is(written)])


def _known_towns(written: Written) -> Iterator[Span]:
    for match in _TOWNS.find(written.plain, written.words):
        if _is_town_as_written(written, match):
            yield match.start, match.end


def _is_town_as_written(written: Written, match: PhraseFound) -> bool:
    """A name that is nothing but a town's needs no capital: hashtags and messages have none."""
    is_sure = written.low(match.first) in _SURE
    return is_sure or (written.has_capital(match.first) and _names_town(written, match))


def _names_town(written: Written, match: PhraseFound) -> bool:
    """Many names of towns are names of people, or words: those need a word that leads to a place."""
    low = written.low(match.first)
    if low in _SURE:
        return True
    following = written.low(match.last + 1)
    if following in _PROVINCES:
        return True
    if match.first < match.last and low not in _GIVEN:
        return True
    return _leads_to_place(written, match.first - 1)


def _leads_to_place(written: Written, index: int) -> bool:
    if index < 0:
        return False
    leading = _BEFORE[written.language]
    if written.low(index) not in leading:
        return False
    return written.beside(index)


def _where_one_is(written: Written) -> Iterator[Span]:
    """Any other name behind "in" or "à", or before a province: "in Flesherton", "Flesherton, Ontario"."""
    for index in written.indexes(_PROVINCES):
        at = index - 1
        if index and _is_before_province(written, at):
            yield written.span(at, at)
    leading = _INTO[written.language]
    for index in written.indexes(leading):
        first = index + 1
        if written.beside(index) and _may_be_town(written, first):
            last = _last_of_name(written, first)
            yield written.span(first, last)


def _is_before_province(written: Written, index: int) -> bool:
    if not _may_be_town(written, index):
        return False
    return written.gap(index) == ", "


def _may_be_town(written: Written, index: int) -> bool:
    """Whether the word is written as a town is, and is no other name that is known."""
    if not written.has_capital(index) or written.is_acronym(index):
        return False
    low = written.low(index)
    if low in _NO_TOWNS or low in _GIVEN:
        return False
    return not low.isdigit()
