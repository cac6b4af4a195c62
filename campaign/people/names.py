"""What a person may be called here: letters that are easily told apart, and no name that looks like another."""

import re
import unicodedata
from collections.abc import Iterable

_SIGNS = re.compile(r"[A-Za-z0-9.@+_\-À-ÖØ-öø-ſƠơƯưḀ-ỿ]+")
"""Latin letters, those of French and Vietnamese among them: one from another script looks the same and is not."""
_ALIKE = str.maketrans({"0": "o", "O": "o", "1": "l", "I": "l", "ı": "i"})
_PAIRS = (("rn", "m"), ("vv", "w"))


def is_readable(name: str) -> bool:
    """Whether it is written in signs that people can tell apart and type."""
    return bool(_SIGNS.fullmatch(name))


def like(name: str, others: Iterable[str]) -> str | None:
    """The first of the others that looks like the name to somebody who reads quickly; None when none does."""
    own = _looks(name)
    return next((other for other in others if own & _looks(other)), None)


def _looks(name: str) -> frozenset[str]:
    """A capital I looks like an l, and is an i as well."""
    return frozenset((_drawn(name), _drawn(name.casefold())))


def _drawn(name: str) -> str:
    """How a name looks: without accents and case, and one sign for those that are drawn alike."""
    plain = unicodedata.normalize("NFKD", name.translate(_ALIKE))
    drawn = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    for written, seen in _PAIRS:
        drawn = drawn.replace(written, seen)
    return drawn
