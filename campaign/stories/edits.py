"""How far the words of a text differ from those that were told: not at all, in spelling and length, or further.

"Spelling, and making it shorter" is what a person may allow without being asked about each word. A sentence may go, or a single
word of it, and a word may be spelled otherwise; a "not" or an "almost" that goes, a number that goes or changes, another
person or another word is more than that. What this rule does not recognise as little counts as much: the person is then shown
what was changed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, chain

from django.conf import settings

from campaign.authoring.versions import latest_fields
from campaign.consent.rule import Change
from campaign.content.compared import WordRun, compared
from campaign.content.post import FORMS
from campaign.core.typed import unaccented
from campaign.models import Delivery
from campaign.models.stories import Storyteller
from campaign.stories.papers import Tale, tale_of

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
# What a sentence says is another thing without these: words that deny or doubt, and numbers.
_DENIES = (
    "not no never nor neither nobody nothing none nowhere without cannot non no-one hardly barely scarcely rarely seldom few "
    "almost nearly maybe perhaps might if unless dont cant wont didnt doesnt isnt wasnt arent werent couldnt wouldnt shouldnt "
    "havent hasnt hadnt ne pas jamais rien plus aucun aucune aucunement nul nulle sans ni personne peine guere presque quasi "
    "quasiment peut-etre si sauf failli rarement"
)
_COUNTS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety hundred thousand million billion dozen half once "
    "twice thrice double triple first second third fourth fifth sixth seventh eighth ninth tenth un une deux trois quatre cinq "
    "sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante septante huitante "
    "nonante cent mille milliard dizaine douzaine quinzaine vingtaine trentaine quarantaine cinquantaine soixantaine centaine "
    "millier demi demie moitie tiers quart premier premiere deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme "
    "neuvieme dixieme"
)


def _any_of(words: str) -> str:
    return "|".join(words.split())


_NUMBER = f"(?:{_any_of(_COUNTS)})s?"
_BEARS_THE_SENSE = re.compile(
    rf"(?:[a-z]{{1,2}}')?(?:{_any_of(_DENIES)})(?:'s)?|.+n't|n'.+|non-.+|{_NUMBER}(?:-(?:et-)?{_NUMBER})*|.*\d.*"
)
_TURNS_ROUND = re.compile(r"(?:un|in|im|il|ir|dis|mis|mal|des|de|non|anti)")
"""What makes the contrary of a word it stands before: incurable, unhappy, malheureuse."""
_SPELLED_ALIKE = 0.85
"""Of 1: "realy" and "really" have 0.9, "recieve" and "receive" 0.86; "better" and "bitter", "living" and "loving" have 0.83."""
_SHORTEST = 5
"""Letters of a word that may have one more or one less: "cure" and "curse", or "pain" and "plain", are other words."""
_SHORTEST_OF_SAME = 4
"""Letters of a word in which some may have changed places: "form" and "from"."""
_DOUBLED = re.compile(r"(\w)\1+")
_MARKS = re.compile(r"['-]")
_CLAUSE_END = re.compile(r"[,;:—–]\s+")
_Sentence = list[list[str]]
"""The words of what stands between its commas."""
_MOST_GONE = 1
"""Words that may go in a row: with more, what is left of a sentence may tell of somebody else."""
_END = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True, slots=True)
class ToldBeside:
    """The words of a text beside those that were told."""

    change: Change
    runs: tuple[WordRun, ...] = ()  #: both, word by word; none where they are in two languages


def told_beside(
    storyteller: Storyteller, deliveries: Iterable[Delivery]
) -> dict[int, ToldBeside]:
    """The words of these deliveries beside those that the person told, by the delivery's number; one question for all.

    Raises Locked when what was told cannot be read."""
    wanted = list(deliveries)
    tale = tale_of(settings.CONFIG.web.uploads, storyteller.reference)
    written_in = latest_fields([delivery.post_id for delivery in wanted])
    seen = {}
    for delivery in wanted:
        fields = written_in.get(delivery.post_id)
        texts = fields.texts.get(delivery.language, {}) if fields else {}
        seen[delivery.pk] = beside(tale, texts, delivery.text, delivery.language)
    return seen


def beside(tale: Tale | None, texts: Mapping[str, str], text: str, language: str) -> ToldBeside:
    """A finished text compared with what was told.

    `texts` are the words that its post has in the language of the text, by form; `text` is what goes out, with its template
    around those words. Where it is not made of any of them as they stand, all of it is compared.
    """
    if tale is None or not tale.words.strip():
        return ToldBeside(Change.UNTOLD)
    if tale.language != language:
        return ToldBeside(Change.TRANSLATED)
    own = _own(texts, text)
    told = tale.words.strip()
    runs = tuple(compared(told, own or text))
    return ToldBeside(_change(told, own), runs)


def _change(told: str, own: str) -> Change:
    if not own:
        return Change.REWRITTEN
    if told == own:
        return Change.SAME
    return Change.LIGHT if is_light(told, own) else Change.REWRITTEN


def is_light(told: str, own: str) -> bool:
    """Whether nothing but spelling has changed, and whole sentences or single words have gone: each sentence is one that was
    told, in their order."""
    left = iter(_sentences(told))
    # Asked of an iterator, `any` goes on behind the sentence that fitted last: none is used twice.
    return all(any(_is_lighter(old, new) for old in left) for new in _sentences(own))


def _own(texts: Mapping[str, str], text: str) -> str:
    """The words of the post that stand in the finished text, the longest; "" for none."""
    finished = _bare(text)
    for form in reversed(FORMS):
        own = texts.get(form, "").strip()
        if own and _bare(own) in finished:
            return own
    return ""


def _bare(text: str) -> str:
    """The words alone: a template may break lines anew, and a thread has marks between its parts."""
    return " ".join(_WORD.findall(text))


def _is_lighter(old: _Sentence, new: _Sentence) -> bool:
    """Whether a sentence is another one, perhaps up to a comma of it, with words spelled otherwise or single ones left out, and
    denies and counts the same."""
    words = _words(new)
    if _bearing(_words(old)) != _bearing(words):
        return False
    return any(_is_shorter(begin, words) for begin in accumulate(old))


def _is_shorter(old: Sequence[str], new: Sequence[str]) -> bool:
    if "".join(old) == "".join(new):
        return True
    at = 0
    for word in new:
        behind = at + _MOST_GONE + 1
        nearest = old[at:behind]
        fits = [is_respelled(other, word) for other in nearest]
        if True not in fits:
            return False
        at += fits.index(True) + 1
    return len(old) - at <= _MOST_GONE


def _words(sentence: _Sentence) -> list[str]:
    return list(chain.from_iterable(sentence))


def _bearing(words: Iterable[str]) -> list[str]:
    """The words that deny or count, as they are compared: "dont" is "don't"."""
    plain = map(unaccented, words)
    return [_letters(word) for word in plain if _BEARS_THE_SENSE.fullmatch(word)]


def is_respelled(old: str, new: str) -> bool:
    """Whether two words, in small letters, are one word: accents and doubled letters aside, or with a slip of the pen in a long
    one. Another ending is another word, and so is what turns a word into its contrary."""
    if old == new:
        return True
    if any(map(str.isdigit, old + new)):
        return False
    before, after = _letters(old), _letters(new)
    if _undoubled(before) == _undoubled(after):
        return True
    if _MARKS.search(old + new) or _is_contrary(before, after):
        return False
    return _is_slip(before, after)


def _is_slip(before: str, after: str) -> bool:
    """Whether letters have changed places, or few are wrong, between the first and the last of them."""
    shorter = min(len(before), len(after))
    if shorter < _SHORTEST_OF_SAME:
        return False
    begins_alike = before[0] == after[0]
    ends_alike = before[-1] == after[-1]
    if not (begins_alike and ends_alike):
        return False
    if sorted(before) == sorted(after):
        return True
    alike = SequenceMatcher(None, before, after, autojunk=False).ratio()
    return shorter >= _SHORTEST and alike >= _SPELLED_ALIKE


def _is_contrary(before: str, after: str) -> bool:
    """Whether one of two words has a syllable before it that the other has not, such as the "in" of "inimaginable"."""
    shorter, longer = sorted((before, after), key=len)
    if longer.endswith(shorter):
        more = longer.removesuffix(shorter)
        return _TURNS_ROUND.fullmatch(more) is not None
    return _may_be_contrary(before) != _may_be_contrary(after)


def _may_be_contrary(word: str) -> bool:
    return _TURNS_ROUND.match(word) is not None


def _letters(word: str) -> str:
    return _MARKS.sub("", unaccented(word))


def _undoubled(letters: str) -> str:
    return _DOUBLED.sub(r"\1", letters)


def _sentences(text: str) -> list[_Sentence]:
    """Each sentence, in small letters; what has no words is none."""
    plain = text.casefold().replace("’", "'")
    sentences = _END.split(plain)
    parted = map(_clauses, sentences)
    return list(filter(_words, parted))


def _clauses(sentence: str) -> _Sentence:
    return [_WORD.findall(clause) for clause in _CLAUSE_END.split(sentence)]
