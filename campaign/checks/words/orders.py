"""Orders about a treatment in a text: "Take vitamin D", "You should avoid soy", "If you have pain, get a scan".

An order is one of a list of words where nobody is its subject: at the beginning of a sentence, after "you should" and the
like, after "consider". What it is about stands within a few words of it.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from campaign.checks.lists import by_language, listed, read_list
from campaign.checks.reading.drugs import is_drug
from campaign.checks.reading.phrases import Phrases, phrases_by_language, together
from campaign.checks.reading.reading import Token, sentences
from campaign.checks.reading.spans import Span, quoted
from campaign.content.post import LANGUAGES

REACH = 5
"""How many words may stand between an order and what it is about."""
_NEAR = 8
"""How many words may stand between an order and the "and" behind which another one goes on."""
ADVICE = read_list("advice.toml")
_OF_ORDERS = ADVICE["order"]


_TREATMENT = by_language(ADVICE["treatment"])
_TEST = by_language(ADVICE["test"])
_FOOD = by_language(ADVICE["food"])
_OF_WISHES = listed(_OF_ORDERS["of_wishes"])
_OF_COMPANY = listed(_OF_ORDERS["of_company"])
_ORDER = by_language(_OF_ORDERS)
_DOING = by_language(_OF_ORDERS, "doing_")
_EITHER = {language: orders | _DOING[language] for language, orders in _ORDER.items()}
_GOES_ON = by_language(ADVICE["goes_on"])
_BY = listed(ADVICE["goes_on"]["by"])
_COMPOUNDS = listed(ADVICE["otherwise"]["compounds"])
_OTHERWISE = listed(ADVICE["otherwise"]["words"])
_IF = listed(_OF_ORDERS["if"])
_NOT = listed(_OF_ORDERS["not"])
_AND = listed(_OF_ORDERS["and"])
_DENIES = by_language(ADVICE["said"], "denies_")


def phrases_of(section: str, before: str = "") -> dict[str, Phrases]:
    """The phrases of a list in each language; <test> and <thing> are what advice is about."""
    classes = {language: _classes(language) for language in LANGUAGES}
    return phrases_by_language(ADVICE[section], before, classes)


def _classes(language: str) -> dict[str, str]:
    """The lists of words that a phrase may name."""
    test = ADVICE["test"][language]
    food = ADVICE["food"][language]
    treatment = ADVICE["treatment"][language]
    number = ADVICE["said"][f"number_{language}"]
    thing = f"{test} {food} {treatment}"
    return {"test": test, "thing": thing, "number": number}


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
            at = self._about(index)
            order, about = self.words[index], self.words[at]
            if at and self._is_order(index, about):
                yield index, (order.start, about.end)

    def _about(self, index: int) -> int:
        """The index of the treatment that the order at this index is about; 0 when it is about none."""
        order = self.words[index]
        last = min(index + REACH, len(self.words) - 1)
        before = order
        for at in range(index + 1, last + 1):
            word = self.words[at]
            if not self._joins(before, word):
                return 0
            if self._is_subject(word, order):
                return 0 if self._is_compound(at) else at
            is_next = at == index + 1
            is_way = is_next and self._goes_on(order, word)
            if word.low in _OTHERWISE and not is_way:
                return 0
            before = word
        return 0

    def _goes_on(self, order: Token, word: Token) -> bool:
        """Whether the order goes on with a word that says how, which else would lead to something else."""
        may_go_on = order.low in _GOES_ON[self.language]
        return may_go_on and word.low in _BY

    def _joins(self, before: Token, word: Token) -> bool:
        # A comma parts the thousands of a dose: 2,000 IU.
        if before.low.isdigit() and word.low.isdigit():
            return True
        return together(self.text, before, word)

    def _is_subject(self, word: Token, order: Token) -> bool:
        low, language = word.low, self.language
        if low in _TREATMENT[language] or low in _TEST[language]:
            return True
        if low in _FOOD[language]:
            return order.low not in _OF_COMPANY
        return is_drug(low)

    def _is_compound(self, index: int) -> bool:
        """Whether the treatment is only a part of a name: a treatment guide."""
        if index + 1 >= len(self.words):
            return False
        following = self.words[index + 1]
        return following.low in _COMPOUNDS

    def _is_order(self, index: int, about: Token) -> bool:
        low = self.words[index].low
        if low in _DOING[self.language]:
            return index in self._duties
        if index not in self._of_all:
            return index in self._duties or self._begins(index)
        if low not in _OF_WISHES:
            return True
        return about.low not in _TREATMENT[self.language]

    def _begins(self, index: int) -> bool:
        """Whether nobody is the subject of the word at this index."""
        if index in self._firsts:
            return True
        before = self.words[index - 1]
        if before.low in _NOT:
            return self._begins_with_not(index - 1)
        if before.low in _AND:
            first = max(0, index - _NEAR)
            earlier = range(first, index - 1)
            return any(self._is_first_order(at) for at in earlier)
        return self._is_after_if(index)

    def _begins_with_not(self, index: int) -> bool:
        """The same of an order that is denied: "Do not take", « Ne prenez pas »."""
        first = index
        while first > 0 and first not in self._firsts:
            before = self.words[first - 1]
            if before.low not in _NOT:
                break
            first -= 1
        return first in self._firsts or self._is_after_if(first)

    def _is_first_order(self, index: int) -> bool:
        if index not in self._firsts:
            return False
        word = self.words[index]
        return word.low in _ORDER[self.language]

    def _is_after_if(self, index: int) -> bool:
        """Whether a comma stands before the word, in a sentence that begins with "if" and the like."""
        if index == 0:
            return False
        before, word = self.words[index - 1], self.words[index]
        gap = self.text[before.end : word.start]
        if "," not in gap:
            return False
        firsts = [at for at in self._firsts if at <= index]
        first = max(firsts, default=0)
        return self.words[first].low in _IF

    @cached_property
    def _firsts(self) -> set[int]:
        """The indexes of the first words of sentences and quotations."""
        spans = [*sentences(self.text), *quoted(self.text)]
        word_starts = [word.start for word in self.words]
        return {bisect_left(word_starts, start) for start, _ in spans}

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
            nearest = max(0, match.first - 2)
            before = self.words[nearest : match.first]
            lows = [word.low for word in before]
            if denies.isdisjoint(lows):
                behind.add(match.last + 1)
        return behind
