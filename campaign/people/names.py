"""What a person may be called here: letters that are easily told apart, and no name that looks like another."""

import re
from collections.abc import Iterable

from campaign.core.typed import unaccented

_SIGNS = re.compile(r"[A-Za-z0-9.@+_\-À-ÖØ-öø-ſƠơƯưḀ-ỿ]+")
"""Latin letters, those of French and Vietnamese among them: one from another script looks the same and is not."""
_ALIKE = str.maketrans("0O1IıĸłøđðħŧŋŉŀþŁØĐÐĦŦŊĿÞ", "oollikloddhtnnlploddhtnlp")
_PAIRS = (("œ", "oe"), ("æ", "ae"), ("vv", "w"), ("cl", "d"))
_LIKE_M = ("rn", "nn")
"""Each looks like an m, and they do not look like each other: anne and arne are two names."""
_BETWEEN = str.maketrans("", "", "._-")
"""What nobody remembers of a name."""


def is_readable(name: str) -> bool:
    """Whether it is written in signs that people can tell apart and type."""
    return bool(_SIGNS.fullmatch(name))


def like(name: str, others: Iterable[str]) -> str | None:
    """The first of the others that looks like the name to somebody who reads quickly; None when none does."""
    own = _looks(name)
    return next((other for other in others if own & _looks(other)), None)


def _looks(name: str) -> frozenset[str]:
    """A capital I looks like an l, and is an i as well; and each in the ways of looking like an m."""
    return frozenset(
        f"{pair} {_drawn(written, pair)}"
        for written in (name, name.casefold())
        for pair in _LIKE_M
    )


def _drawn(name: str, like_m: str) -> str:
    """How a name looks: without accents, case and what stands between its parts, and one sign for those that are drawn
    alike."""
    drawn = unaccented(name.translate(_ALIKE)).casefold()
    for written, seen in (*_PAIRS, (like_m, "m")):
        drawn = drawn.replace(written, seen)
    return drawn.translate(_BETWEEN)
