"""What people type, as it is kept."""

import unicodedata

FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Characters that Unicode counts among letters and symbols, and that are blank."""


def visible(text: str) -> str:
    """The text in Unicode form NFC, stripped, its line ends "\\n", its tabs spaces, without control characters and
    surrogates; "" where no character of it can be seen."""
    lines = (
        unicodedata.normalize("NFC", text)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\t", " ")
    )
    kept = "".join(filter(_may_be_kept, lines)).strip()
    return kept if is_seen(kept) else ""


def _may_be_kept(character: str) -> bool:
    """False for what nobody can see and not every database keeps."""
    return character == "\n" or unicodedata.category(character) not in ("Cc", "Cs")


def is_seen(text: str) -> bool:
    """Whether a person sees anything of a text: joiners, marks of direction and fillers alone are nothing."""
    return any(map(_is_seen_character, text))


def _is_seen_character(character: str) -> bool:
    if character.isspace() or character in FILLERS:
        return False
    return unicodedata.category(character) not in ("Cc", "Cf")
