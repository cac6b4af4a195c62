"""Keys and tokens: read from the configuration, shown to nobody."""

import os
from pathlib import Path

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.toml_file import Table


class Secret:
    """A key or a token. Only `reveal` gives its value away: neither str nor repr do."""

    __slots__ = ("_value", "problem")

    def __init__(self, value: str, problem: str = "") -> None:
        self._value = value
        #: why there is no value (an environment variable that is not set, a file that cannot be read); else ""
        self.problem = problem

    def reveal(self) -> str:
        """The value itself, for the network only. Raises Problem when there is none."""
        if self.problem:
            raise Problem(self.problem)
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Secret)
            and self._value == other._value
            and self.problem == other.problem
        )

    def __hash__(self) -> int:
        return hash((self._value, self.problem))


def read_secret(table: Table, key: str, folder: Path) -> Secret:
    """Reads a text, { env = "NAME" } or { file = "path" }; a path is relative to the folder. Where the variable or the file
    has no value, the secret has a problem, which whoever needs it reports; anything else is added to the file's findings."""
    table.taken.add(key)
    match table.data.get(key):
        case str(value):
            return Secret(value)
        case {"env": str(name), **rest} if not rest:
            return _from_environment(table, key, name)
        case {"file": str(path), **rest} if not rest:
            return _from_file(table, key, folder / path)
    table.complain(
        "bad-secret",
        Sentence('{0} must be a text, { env = "NAME" } or { file = "path" }.', table.say(key)),
        key,
    )
    return Secret("")


def _from_environment(table: Table, key: str, name: str) -> Secret:
    value = os.environ.get(name, "").strip()
    if value:
        return Secret(value)
    where = (table.say(key), table.file.name)
    return Secret(
        "",
        Sentence(
            "{0} in {1} is to come from the environment variable {2}, which is not set: set it.",
            *where,
            name,
        ),
    )


def _from_file(table: Table, key: str, path: Path) -> Secret:
    try:
        value = path.read_text("utf-8-sig").strip()
    except (OSError, ValueError):
        value = ""
    if value:
        return Secret(value)
    where = (table.say(key), table.file.name)
    return Secret(
        "",
        Sentence(
            "{0} in {1} is to come from the file {2}, which is empty or cannot be read: check it.",
            *where,
            path,
        ),
    )
