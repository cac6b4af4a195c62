"""What people type, as it is kept."""

import unicodedata

FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Signs that Unicode counts among letters and symbols, and that are blank."""


def visible(text: str) -> str:
    """The text in Unicode form NFC, with line ends as one sign, and without control signs, which nobody can see and
    not every database keeps; nothing blank around it. "" where no sign of it can be seen."""
    lines = (
        unicodedata.normalize("NFC", text)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\t", " ")
    )
    kept = "".join(
        sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs")
    ).strip()
    return kept if is_seen(kept) else ""


def is_seen(text: str) -> bool:
    """Whether a person sees anything of a text: joiners, marks of direction and fillers alone are nothing."""
    return any(
        not sign.isspace()
        and sign not in FILLERS
        and unicodedata.category(sign) not in ("Cc", "Cf")
        for sign in text
    )
