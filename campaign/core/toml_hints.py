"""What to write where a file is no valid TOML: the slips of people who change a file by hand, in any editor.

No value of the file stands in these sentences, since one may be a secret: they name the sign, and what to write."""

import re
from dataclasses import dataclass

from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen, numbered

_CURLY = frozenset("“”„‟«»‹›‘’‚‛`´″′＂＇")
"""What editors and keyboards write for quotation marks, and TOML takes for none."""
_EXOTIC = re.compile(r"[^\S \t\n]")
"""Blanks that TOML does not take for blanks."""
_ESCAPES = ("Unescaped '\\'", "Invalid hex value", "Escaped character")
_OPEN = ("Illegal character '\\n'", "Unterminated string")
_TWICE = (
    "Cannot overwrite",
    "Cannot declare",
    "Duplicate inline table key",
    "Cannot mutate",
    "Cannot redefine",
)


@dataclass(frozen=True, slots=True)
class _Slip:
    """Where the reader stopped, and what it said: the line's text, and what of it stands before and behind that place."""

    said: str
    line: str
    before: str
    sign: str  #: at that place; "" at the end of the line, or of the file


def hint(
    said: str,
    line: str,
    column: int,
) -> str:
    """What to write, by the reader's words and the place where it stopped in a line (counted from 1; behind the line at
    the end of the file); "" where nobody knows."""
    slip = _Slip(said, line, line[: column - 1], line[column - 1 : column])
    for find in (_of_quotes, _of_a_sign, _of_a_backslash, _of_a_key, _of_a_text, _of_a_value):
        if sentence := find(slip):
            return sentence
    return ""


def _of_quotes(slip: _Slip) -> str:
    if slip.sign in _CURLY and slip.sign:
        return Sentence(
            'TOML does not take {0} for a quotation mark: write " on both sides of the text.',
            slip.sign,
        )
    curly = [sign for sign in slip.line if sign in _CURLY]
    if curly and slip.said.startswith(_OPEN):
        return Sentence(
            'The text begins with " and ends with {0}: write " there as well.', curly[-1]
        )
    return ""


def _of_a_sign(slip: _Slip) -> str:
    """A sign that is not seen: between keys and values, or anywhere if it is a control sign."""
    if slip.sign and (
        _EXOTIC.match(slip.sign) or (not is_seen(slip.sign) and not slip.sign.isspace())
    ):
        return Sentence(
            "A sign stands there that nobody sees ({0}): delete it, or write a usual space.",
            numbered(slip.sign),
        )
    return ""


def _of_a_backslash(slip: _Slip) -> str:
    if slip.said.startswith(_ESCAPES):
        return Sentence(
            "Between \" the sign {0} begins an escape: write / or {0}{0} for it, or put the text between single quotes (').",
            "\\",
        )
    return ""


def _of_a_key(slip: _Slip) -> str:
    if slip.said.startswith(_TWICE):
        return Sentence("It stands there twice: keep one of the two.")
    if slip.said.startswith("Expected '='") and slip.sign in (":", "："):
        return Sentence("Write = and not {0} between a key and its value.", slip.sign)
    return ""


def _of_a_text(slip: _Slip) -> str:
    if slip.said.startswith(_OPEN):
        quotes = next((three for three in ('"""', "'''") if three in slip.line), "")
        if quotes:
            return Sentence(
                "The text begins there and is never closed: write {0} at its end.", quotes
            )
        return Sentence(
            "The text is not closed on its line: write {0} at its end, or put all of it between {1}.",
            '"',
            '"""',
        )
    if not slip.said.startswith("Expected newline"):
        return ""
    if slip.before.rstrip().endswith(('"', "'")):
        return Sentence(
            "The text ends at its second quotation mark, and more follows: put it between {0}.",
            '"""',
        )
    return Sentence('The value ends there, and more follows: put a text between ".')


def _of_a_value(slip: _Slip) -> str:
    if slip.said.startswith(("Unclosed array", "Unclosed inline table")):
        return Sentence(
            "Put a comma between the parts of a list or a table, and close it at its end."
        )
    if not slip.said.startswith("Invalid value"):
        return ""
    rest = slip.line[len(slip.before) :]
    if re.match(r"(?i)(true|false|yes|no|oui|non)\b", rest):
        return Sentence("Write true or false, in small letters and without quotation marks.")
    if slip.sign in ("", "#"):
        return Sentence("A value is missing behind the sign =: write one, or delete the key.")
    return Sentence('A text stands between quotation marks: write " on both sides of it.')
