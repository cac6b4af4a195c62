"""What people type, as it is kept."""

import unicodedata


def visible(text: str) -> str:
    """The text in Unicode form NFC, with line ends as one sign, and without control signs, which nobody can see and
    not every database keeps; nothing blank around it."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()
