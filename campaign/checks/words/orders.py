"""Orders about a treatment in a text: "Take vitamin D", "You should avoid soy", "If you have pain, get a scan".

An order is one of a list of words where nobody is its subject: at the beginning of a sentence, after "you should" and the
like, after "consider". What it is about stands within a few words of it.
"""

import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from campaign.checks import LISTS
from campaign.checks.reading.drugs import is_drug
from campaign.checks.reading.phrases import Phrases, together
from campaign.checks.reading.reading import Token, sentences
from campaign.checks.reading.spans import Span, quoted

REACH = 5
"""How many words may stand between an order and what it is about."""
LANGUAGES = ("en", "fr")
ADVICE = tomllib.loads((LISTS / "advice.toml").read_text(encoding="utf-8"))


def listed(section: str, key: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset(ADVICE[section][key].split())


def by_language(section: str, before: str = "") -> dict[str, frozenset[str]]:
    """The words of a list in each language."""
    return {language: listed(section, before + language) for language in LANGUAGES}


_TREATMENT = by_language("treatment")
_TEST = by_language("test")
_FOOD = by_language("food")
_OF_WISHES = listed("order", "of_wishes")
_OF_COMPANY = listed("order", "of_company")
_ORDER = by_language("order")
_DOING = by_language("order", "doing_")
_EITHER = {language: orders | _DOING[language] for language, orders in _ORDER.items()}
_GOES_ON = by_language("goes_on")
_BY = listed("goes_on", "by")
_COMPOUNDS = listed("otherwise", "compounds")
_OTHERWISE = listed("otherwise", "words")
_IF = listed("order", "if")
_NOT = listed("order", "not")
_AND = listed("order", "and")
_DENIES = by_language("said", "denies_")


def phrases_of(section: str, before: str = "") -> dict[str, Phrases]:
    """The phrases of a list in each language; <test> and <thing> are what advice is about."""
    made: dict[str, Phrases] = {}
    for language in LANGUAGES:
        test, food, treatment = (
            ADVICE[sort][language] for sort in ("test", "food", "treatment")
        )
        number = ADVICE["said"][f"number_{language}"]
        classes = {"test": test, "thing": f"{test} {food} {treatment}", "number": number}
        made[language] = Phrases(ADVICE[section][before + language], language, classes)
    return made


_DUTY = phrases_of("duty")
_OF_ALL = phrases_of("duty", "of_all_")


class Orders:
    """The orders about a treatment in one text."""

    def __init__(self, text: str, words: Sequence[Token], language: str) -> None:
        self.text = text
        self.words = words
        self.language = language

    def find(self) -> Iterator[tuple[int, Span]]:
        """Each by the index of its word, with where it stands, to the end of what it is about."""
        orders = _EITHER[self.language]
        indexes = [index for index, word in enumerate(self.words) if word.low in orders]
        for index in indexes:
            about = self._about(index)
            if about and self._is_order(index, self.words[about]):
                yield index, (self.words[index].start, self.words[about].end)

    def _about(self, order: int) -> int:
        """The index of the treatment that the word at `order` is about; 0 when it is about none."""
        may_go_on = self.words[order].low in _GOES_ON[self.language]
        last = min(order + REACH, len(self.words) - 1)
        for at in range(order + 1, last + 1):
            word, before = self.words[at], self.words[at - 1]
            if not self._joins(before, word):
                return 0
            is_way = may_go_on and at == order + 1 and word.low in _BY
            if self._is_subject(word, self.words[order]):
                return 0 if self._is_compound(at) else at
            if word.low in _OTHERWISE and not is_way:
                return 0
        return 0

    def _joins(self, before: Token, word: Token) -> bool:
        # A comma parts the thousands of a dose: 2,000 IU.
        is_number = before.low.isdigit() and word.low.isdigit()
        return is_number or together(self.text, before, word)

    def _is_subject(self, word: Token, order: Token) -> bool:
        if word.low in _TREATMENT[self.language] or word.low in _TEST[self.language]:
            return True
        if word.low in _FOOD[self.language]:
            return order.low not in _OF_COMPANY
        return is_drug(word.low)

    def _is_compound(self, index: int) -> bool:
        """Whether the treatment is only a part of a name: a treatment guide."""
        following = self.words[index + 1 : index + 2]
        return bool(following) and following[0].low in _COMPOUNDS

    def _is_order(self, index: int, about: Token) -> bool:
        if self.words[index].low in _DOING[self.language]:
            return index in self._duties
        if index in self._of_all:
            is_wish = self.words[index].low in _OF_WISHES
            return not is_wish or about.low not in _TREATMENT[self.language]
        return index in self._duties or self._begins(index)

    def _begins(self, index: int) -> bool:
        """Whether nobody is the subject of the word at this index."""
        if index in self._firsts:
            return True
        before = self.words[index - 1]
        if before.low in _NOT:  # "Do not take", « Ne prenez pas »
            first = index - 1
            while first > 0 and first not in self._firsts and self.words[first - 1].low in _NOT:
                first -= 1
            return first in self._firsts or self._is_after_if(first)
        if before.low in _AND:
            return any(self._is_first_order(at) for at in range(max(0, index - 8), index - 1))
        return self._is_after_if(index)

    def _is_first_order(self, at: int) -> bool:
        return at in self._firsts and self.words[at].low in _ORDER[self.language]

    def _is_after_if(self, index: int) -> bool:
        """Whether a comma stands before the word, in a sentence that begins with "if" and the like."""
        if (
            index == 0
            or "," not in self.text[self.words[index - 1].end : self.words[index].start]
        ):
            return False
        first = max((at for at in self._firsts if at <= index), default=0)
        return self.words[first].low in _IF

    @cached_property
    def _firsts(self) -> set[int]:
        """The indexes of the first words of sentences and quotations."""
        starts = [start for start, _ in (*sentences(self.text), *quoted(self.text))]
        word_starts = [word.start for word in self.words]
        return {bisect_left(word_starts, start) for start in starts}

    @cached_property
    def _duties(self) -> set[int]:
        """The indexes of the words behind "you should" and the like."""
        return self._behind(_DUTY[self.language])

    @cached_property
    def _of_all(self) -> set[int]:
        """The indexes of the words behind what everybody should do."""
        return self._behind(_OF_ALL[self.language]) - self._duties

    def _behind(self, phrases: Phrases) -> set[int]:
        denies = _DENIES[self.language]
        behind: set[int] = set()
        for match in phrases.find(self.text, self.words):
            before = self.words[max(0, match.first - 2) : match.first]
            if denies.isdisjoint(word.low for word in before):
                behind.add(match.last + 1)
        return behind
