"""How far the words of a text differ from those that were told: not at all, in spelling and length, or further.

"Spelling, and making it shorter" is what a person may allow without being asked about each word. A sentence may go, a word
may be spelled otherwise; a "not" that goes, or a figure that changes, is more than that. What this rule does not recognise as
little counts as much: the person is then shown what was changed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from campaign.consent.rule import Change
from campaign.content.compared import WordRun, compared
from campaign.content.post import FORMS
from campaign.stories.papers import Tale

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_NEGATION = re.compile(
    r"(?:not|no|never|nor|nobody|nothing|none|without|cannot|.+n't"
    r"|ne|n'.+|pas|jamais|rien|plus|aucune?|sans|ni|non|personne)"
)
_SPELLED_ALIKE = 0.75
"""Of 1: "realy" and "really" have 0.9, "recieve" and "receive" 0.86, "hospital" and "hopital" 0.93; other words have less."""
_END = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True, slots=True)
class ToldBeside:
    """The words of a text beside those that were told."""

    change: Change
    runs: tuple[WordRun, ...] = ()  #: both, word by word; none where they are in two languages


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


def _is_lighter(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether a sentence is another one with words spelled otherwise or left out, and denies neither more nor less."""
    if _negations(old) != _negations(new):
        return False
    if "".join(old) == "".join(new):
        return True
    left = iter(old)
    return all(any(_is_respelled(word, other) for word in left) for other in new)


def _negations(words: Iterable[str]) -> list[str]:
    return [word for word in words if _NEGATION.fullmatch(word)]


def _is_respelled(old: str, new: str) -> bool:
    if old == new:
        return True
    if any(map(str.isdigit, old + new)):
        return False
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= _SPELLED_ALIKE


def _sentences(text: str) -> list[list[str]]:
    """The words of each sentence, in small letters; what has no words is none."""
    plain = text.casefold().replace("’", "'")
    words = [_WORD.findall(sentence) for sentence in _END.split(plain)]
    return list(filter(None, words))
