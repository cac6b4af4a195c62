"""What people type or paste, as it is kept: which signs of it nobody can see or read, and what was meant by them.

Words are never changed without a trace: a sign that a program made of another is set right only where it is sure what was
meant, and any other sign that nobody can read stays until its writer has seen it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence

FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Characters that Unicode counts among letters and symbols, and that are blank."""
STAND_IN = "▯"
"""Shown in a sentence for a sign that nobody can see."""
LOST = "\ufffd"
"""What a program writes for a sign that it could not read."""
AROUND = 12
"""Letters that are shown on each side of a sign, so that it is found."""

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")
# The last two signs of each plane, and a row of others, are promised to stand for nothing (Unicode, 23.7).
_NO_SIGNS = "\ufdd0-\ufdef" + "".join(
    chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17)
)
_UNREADABLE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffc\ufffd{_NO_SIGNS}]")
# Bullets and a tick of Word, whose own fonts alone have them at these places.
_OF_WORD = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0fc": "✓"}
_MENDABLE = re.compile("[\x80-\x9f\uf0a7\uf0b7\uf0fc]")
_BLANKS = "\t\n \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKABLE = re.compile(r"[^\S\u00a0]+")
_AT_THE_ENDS = re.compile(f"^[{_BLANKS}]+|[{_BLANKS}]+\\Z")
# Of Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties.txt) what is no format character by its category.
_IGNORABLE = re.compile(
    "[\u034f\u17b4\u17b5\u180b-\u180f\u2065\ufe00-\ufe0f\ufff0-\ufff8\U000e0000-\U000e0fff\ufffc]"
)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A sign that nobody can read: where it stands in the text, and the letters around it on its line."""

    at: int
    sign: str
    around: str

    @property
    def number(self) -> str:
        """Its number in Unicode, such as "U+000B"."""
        return numbered(self.sign)

    @property
    def meant(self) -> str:
        """The sign that was meant, "" where that is not sure."""
        return meant_by(self.sign)

    def sentence(self) -> Sentence:
        """What it is, where, and what to write."""
        if self.sign == LOST:
            return Sentence(
                "In “{0}” a sign was lost where “{1}” stands: type this word again.",
                self.around,
                STAND_IN,
            )
        if self.meant:
            return Sentence(
                "In “{0}”, “{1}” is a sign that nobody can read ({2}): write “{3}” there.",
                self.around,
                STAND_IN,
                self.number,
                self.meant,
            )
        return Sentence(
            "In “{0}”, “{1}” is a sign that nobody can read ({2}): delete it, or type these words again.",
            self.around,
            STAND_IN,
            self.number,
        )


def on_one_line(text: str) -> str:
    """A text on one line, with single spaces. No-break spaces stay: French has one before a colon."""
    return _BREAKABLE.sub(" ", text).strip()


def with_line_ends(text: str) -> str:
    """The text with each line's end as "\\n", whatever a system or a program of slides writes there."""
    return _LINE_ENDS.sub("\n", text)


def unaccented(text: str) -> str:
    """The text without accents, its signs taken apart first: ligatures and letters in a circle become plain ones (Unicode form
    NFKD)."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def stripped(text: str) -> str:
    """The text without blanks around it. Python's own strip takes signs away that nobody can read, and so nobody would
    learn of."""
    return _AT_THE_ENDS.sub("", text)


def meant_by(sign: str) -> str:
    """The sign that was meant by one that nobody can read; "" where that is not sure.

    From U+0080 to U+009F it is that of Windows, read by a program that knew no Windows, as browsers take it too
    (https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state).
    """
    if not "\x80" <= sign <= "\x9f":
        return _OF_WORD.get(sign, "")
    return bytes([ord(sign)]).decode("cp1252", "ignore")


def mended(text: str) -> str:
    """The text with what was surely meant in place of signs that nobody can read; the others stay."""
    return _MENDABLE.sub(lambda match: meant_by(match[0]) or match[0], text)


def unreadable(text: str) -> Iterator[Unreadable]:
    """Each sign of a text that stands for nothing that a person could read, in order."""
    for match in _UNREADABLE.finditer(text):
        yield Unreadable(match.start(), match[0], around(text, *match.span()))


def around(
    text: str,
    start: int,
    end: int,
) -> str:
    """The letters around text[start:end] on its line, with STAND_IN for it, and for all that cannot be read beside it."""
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    return _UNREADABLE.sub(STAND_IN, f"{before}{STAND_IN}{after}")


def numbered(sign: str) -> str:
    """A sign's number in Unicode, such as "U+000B"."""
    return f"U+{ord(sign):04X}"


def visible(text: str) -> str:
    """The text in Unicode form NFC, without blanks around it, its line ends "\\n", its tabs spaces, what was surely meant
    for a sign that nobody can read, and LOST for any other; "" where no character of it can be seen."""
    kept = _UNREADABLE.sub(LOST, _tidied(text))
    return kept if is_seen(kept) else ""


def readable(text: str) -> str:
    """As `visible`. Raises Problem that shows where a sign stands that nobody can read, where it is not sure what was
    meant: its writer may know."""
    for sign in unreadable(_tidied(text)):
        raise Problem(sign.sentence())
    return visible(text)


def _tidied(text: str) -> str:
    composed = unicodedata.normalize("NFC", with_line_ends(text))
    return stripped(mended(composed.replace("\t", " ")))


def is_seen(text: str) -> bool:
    """Whether a person sees anything of a text: joiners, marks of direction and fillers alone are nothing."""
    return any(map(_is_seen_character, text))


def _is_seen_character(character: str) -> bool:
    if character.isspace() or character in FILLERS or _IGNORABLE.match(character):
        return False
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs")
