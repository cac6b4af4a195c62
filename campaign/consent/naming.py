"""Which parts of a person's name a text may show, as they chose to be named: a pure rule."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from campaign.checks.reading.tags import parted, tags
from campaign.core.typed import unaccented

_WORD = re.compile(r"[^\W_]+")
_SURELY_A_NAME = 5
"""Letters of a name that is taken for one within a tag whose words run together: shorter ones stand in many words."""


class Identity(StrEnum):
    """How the person is named, from most to least."""

    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    INITIALS = "initials"
    CHOSEN_NAME = "chosen_name"  #: a name that they chose for it
    NONE = "none"


def revealed(text: str, identity: Identity, name: str, named_as: str = "") -> set[str]:
    """The parts of a person's name in a text that their choice does not allow, folded; initials never count."""
    parts_of_name = folded(name)
    may_be_told = set(allowed(identity, name, named_as))
    kept_back = {part for part in parts_of_name if len(part) > 1} - may_be_told
    words = folded(text)
    whole = "".join(parts_of_name)  # as in a hashtag
    if whole and any(whole in word for word in words):
        return kept_back
    told = {*words, *folded(parted(text))}
    run_together = _run_together(text, may_be_told)
    return {part for part in kept_back if _is_told(part, told, run_together)}


def _run_together(text: str, may_be_told: Iterable[str]) -> list[str]:
    """The hashtags and @names of a text, folded, without the names that are allowed."""
    tags_of_text: list[str] = []
    for start, end in tags(text):
        tag = "".join(folded(text[start:end]))
        for name in may_be_told:
            tag = tag.replace(name, " ")
        tags_of_text.append(tag)
    return tags_of_text


def _is_told(part: str, words: set[str], run_together: Iterable[str]) -> bool:
    """Whether a part of a name is among the words, or several are called by it, or a tag in small letters has it."""
    if part in words or f"{part}s" in words:
        return True
    return len(part) >= _SURELY_A_NAME and any(part in tag for tag in run_together)


def allowed(identity: Identity, name: str, named_as: str) -> list[str]:
    """The parts of a name that may be told, folded."""
    match identity:
        case Identity.FULL_NAME:
            return folded(name)
        case Identity.FIRST_NAME:
            return folded(name)[:1]
        case Identity.CHOSEN_NAME:
            return folded(named_as)
    return []


def folded(text: str) -> list[str]:
    """The words of a text in small letters, without accents."""
    # Taken apart first: a bold or a circled capital becomes small only once it is a plain letter.
    small = unicodedata.normalize("NFKD", text).casefold()
    return _WORD.findall(unaccented(small))
