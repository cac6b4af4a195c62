"""A finding: something about a file, a text or a date that a person should know."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from campaign.core.sentence import Sentence


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"  #: the post cannot be approved or sent
    WARNING = "warning"  #: a person should look
    INFO = "info"  #: worth knowing


KeyPath = tuple[str | int, ...]
"""The keys that lead to a value in a file of tables, and the places in its lists: ("media", 0, "alt", "en")."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is: a file as the user named it, a line counted from 1, and the key that it is about, also where that
    key stands on no line."""

    file: str
    line: int | None = None
    path: KeyPath = field(default=(), compare=False)

    def about(self, *path: str | int) -> "Place":
        """The same place, for another key."""
        return replace(self, path=path)

    def after(self, lines: int) -> "Place":
        """So many lines below, in the same value."""
        return replace(self, line=(self.line or 1) + lines)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that is safe to make without asking back: `replace` instead of `find`, wherever it stands."""

    find: str
    replace: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence for a person, with a code that programs and tests can rely on."""

    level: Level
    code: str
    message: str
    place: Place
    fix: Fix | None = None
    accepted: str = ""  #: the reason with which a person lets it pass

    def __str__(self) -> str:
        reason = f" (Accepted: {self.accepted})" if self.accepted else ""
        return f"{self.place}: {self.level}: {self.message}{reason}"


def error(code: str, message: str, place: Place, fix: Fix | None = None) -> Finding:
    """A finding that stops a post."""
    return Finding(Level.ERROR, code, message, place, fix)


def warning(code: str, message: str, place: Place, fix: Fix | None = None) -> Finding:
    """A finding that a person should look at."""
    return Finding(Level.WARNING, code, message, place, fix)


def info(code: str, message: str, place: Place, fix: Fix | None = None) -> Finding:
    """A finding that is worth knowing."""
    return Finding(Level.INFO, code, message, place, fix)


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: the nearest known word, or the known words."""
    choices = sorted(set(known))
    near = difflib.get_close_matches(written, choices, n=1, cutoff=0.6)
    if near:
        return Sentence('did you mean "{0}"?', near[0])
    if choices:
        return Sentence("known here: {0}.", ", ".join(choices))
    return Sentence("none is known here.")
