"""TOML files read into tables that remember where each key stands, and that refuse what they do not know."""

import datetime as dt
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from campaign.core.finding import Finding, KeyPath, Place, did_you_mean, error
from campaign.core.foreign import as_sentence, reason_of
from campaign.core.sentence import Sentence, joined
from campaign.core.toml_hints import hint
from campaign.core.typed import is_seen

MAX_BYTES = 1_000_000
"""A larger file is not a post: it is refused before it is parsed."""
MAX_DOTS = 300
"""On one line. The parser's memory grows with the square of a dotted key's length; no text has a line like that."""
YEARS = range(2000, 2101)
"""A date outside of them is a slip of the pen, and near the ends of the calendar nothing can be counted from it."""

# Both take a time in step with the line's length, whatever stands in it: a hostile file must not hold the reader up.
_PART = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_HEADER = re.compile(r"^\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
_KEY = re.compile(rf"^\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=(.*)$")
_PARTS = re.compile(_PART)
_KINDS: Mapping[type, str] = {
    str: Sentence('a text in quotes, such as "…"'),
    bool: Sentence("true or false"),
    int: Sentence("a whole number"),
    list: Sentence('a list, such as ["…", "…"]'),
    dict: Sentence("a table of keys"),
    dt.date: Sentence("a date, such as 2027-10-13"),
}
T = TypeVar("T")


class UnreadableFile(Exception):
    """The file cannot be used at all; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


@dataclass
class TomlFile:
    """One file while it is being read: its name for messages, the lines of its keys, what is wrong with it."""

    name: str
    lines: Mapping[KeyPath, int] = field(default_factory=dict)
    #: The texts whose first line is the one below their key.
    opened_above: frozenset[KeyPath] = frozenset()
    findings: list[Finding] = field(default_factory=list)
    text: str = field(default="", repr=False)  #: all of it, as it was read

    def place(self, path: KeyPath) -> Place:
        """The line of a key, or of the nearest table around it."""
        for length in range(len(path), 0, -1):
            line = self.lines.get(path[:length])
            if line is not None:
                return Place(self.name, line, path)
        return Place(self.name, 1, path)


@dataclass
class Table:
    """A table of a file: its keys are taken by their type, and `close` refuses those that nobody took."""

    data: dict[str, object]
    file: TomlFile
    path: KeyPath = ()
    taken: set[str] = field(default_factory=set)

    def place(self, *keys: str) -> Place:
        """Where a key of this table stands."""
        return self.file.place(self.path + keys)

    def text_place(self, key: str) -> Place:
        """The line on which the words of a text begin: the one below its key when it opens with three quotes."""
        place = self.place(key)
        below = (*self.path, key) in self.file.opened_above
        return place.after(1) if below else place

    def complain(self, code: str, message: str, *keys: str) -> None:
        """Adds an error about this table, or about one of its keys, to the file's findings."""
        self.file.findings.append(error(code, message, self.place(*keys)))

    def take(self, key: str, kind: type[T], default: T) -> T:
        """The value of a key if it is of this kind; otherwise the default, with a complaint unless the key is absent."""
        self.taken.add(key)
        value = self.data.get(key)
        if value is None:
            return default
        # In Python, true is a whole number.
        is_bool_for_int = kind is int and isinstance(value, bool)
        if not isinstance(value, kind) or is_bool_for_int:
            message = Sentence("{0} must be {1}.", self.say(key), _KINDS[kind])
            self.complain("wrong-type", message, key)
            return default
        return value

    def text(self, key: str, default: str = "") -> str:
        """A text; the default when it is absent."""
        return self.take(key, str, default)

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts."""
        values = self.take(key, list, list(default))
        if not all(isinstance(value, str) for value in values):
            self.complain(
                "wrong-type",
                Sentence('{0} must be a list of texts, such as ["…", "…"].', self.say(key)),
                key,
            )
            return default
        return tuple(values)

    def required(self, key: str) -> str:
        """A text that must be there, stripped; "" and a complaint when it is not, or when nobody can see any of it."""
        value = self.text(key).strip()
        if is_seen(value):
            return value
        # What is there and is no text has a complaint already.
        if key not in self.data or isinstance(self.data[key], str):
            self.complain(
                "missing-key", Sentence("{0} is missing: add it.", self.say(key)), key
            )
        return ""

    def date(self, key: str) -> dt.date | None:
        """A date without a time of day; None when absent."""
        value = self.take(key, dt.date, dt.date.min)
        if not isinstance(self.data.get(key), dt.date):
            return None
        return value if self._is_date(value, key) else None

    def dates(self, key: str) -> tuple[dt.date, ...]:
        """A list of dates."""
        values = self.take(key, list, [])
        if not all(isinstance(value, dt.date) for value in values):
            self.complain(
                "wrong-type",
                Sentence("{0} must be a list of dates, such as [2027-04-18].", self.say(key)),
                key,
            )
            return ()
        return tuple(value for value in values if self._is_date(value, key))

    def _is_date(self, value: dt.date, key: str) -> bool:
        if isinstance(value, dt.datetime):
            self.complain(
                "wrong-type",
                Sentence(
                    "{0} has a time of day: leave it out, as in 2027-10-13.", self.say(key)
                ),
                key,
            )
            return False
        if value.year not in YEARS:
            message = Sentence(
                "{0} is not between the years {1} and {2}: correct it.",
                self.say(key),
                YEARS[0],
                YEARS[-1],
            )
            self.complain("bad-date", message, key)
            return False
        return True

    def table(self, key: str) -> "Table":
        """A table inside this one; an empty one when it is absent."""
        return Table(dict(self.take(key, dict, {})), self.file, (*self.path, key))

    def tables(self, key: str) -> Iterator["Table"]:
        """An array of tables, such as [[fact]]."""
        for index, value in enumerate(self.take(key, list, [])):
            if isinstance(value, dict):
                yield Table(value, self.file, (*self.path, key, index))
            else:
                self.complain(
                    "wrong-type",
                    Sentence("{0} must be tables, each under [[{1}]].", self.say(key), key),
                    key,
                )

    def close(self) -> None:
        """Refuses every key that was not taken, naming the nearest known one."""
        for key in self.data:
            if key not in self.taken:
                nearest = did_you_mean(key, self.taken)
                message = Sentence("{0} is not a known key; {1}", self.say(key), nearest)
                self.complain("unknown-key", message, key)

    def say(self, key: str) -> str:
        """A key with the table it stands in, in quotes, as a person would name it: "media.file"."""
        names = [part for part in (*self.path, key) if isinstance(part, str)]
        return f'"{".".join(names)}"'


def read_toml(path: Path, name: str | None = None) -> Table:
    """The whole file as a table. Raises UnreadableFile with a finding when it is no readable TOML."""
    label = name or str(path)
    return read_toml_text(_read_text(path, label), label)


def read_toml_text(text: str, name: str) -> Table:
    """A file's whole text as a table; messages call it by its name. Raises UnreadableFile as `read_toml` does."""
    if len(text) > MAX_BYTES:
        raise _too_big(name)
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MAX_DOTS:
            message = Sentence(
                "This line has more than {0} dots: break it into several lines.", MAX_DOTS
            )
            raise UnreadableFile(error("too-many-dots", message, Place(name, number)))
    return Table(_parsed(text, name), TomlFile(name, *key_lines(text), text=text))


def _parsed(text: str, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise UnreadableFile(_broken(name, str(problem), text)) from None
    except RecursionError:
        why = Sentence("is nested too deep: write it with fewer brackets inside brackets.")
    except ValueError:
        # Not of tomllib, whose own error is one too: of int(), which refuses such a number.
        why = Sentence("has a number with too many digits: correct it.")
    raise _refused("bad-toml", name, why)


def _read_text(path: Path, label: str) -> str:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # A pipe would be waited for without end.
            raise _refused(
                "unreadable", label, Sentence("is not a plain file: name one, or take it away.")
            )
        if status.st_size > MAX_BYTES:
            raise _too_big(label)
        # Some editors put a mark (BOM) in front, which utf-8-sig takes away.
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise _refused(
            "not-text", label, Sentence("is not a text file in UTF-8: save it again as UTF-8.")
        ) from None
    except OSError as problem:
        reason = reason_of(problem)
        raise _refused(
            "unreadable",
            label,
            Sentence("cannot be read ({0}): check that it exists and may be read.", reason),
        ) from None


def _too_big(label: str) -> UnreadableFile:
    return _refused(
        "too-big",
        label,
        Sentence("is larger than {0} kB, which no post is: shorten it.", MAX_BYTES // 1000),
    )


def _refused(code: str, label: str, sentence: str) -> UnreadableFile:
    return UnreadableFile(error(code, Sentence("This file {0}", sentence), Place(label)))


def _broken(
    label: str,
    problem: str,
    text: str,
) -> Finding:
    """What tomllib found wrong, and what to write; its words end with the place, as in "(at line 3, column 1)"."""
    at = re.search(r"at line (\d+), column (\d+)", problem)
    line, column = (int(at[1]), int(at[2])) if at else (_last_line(text), MAX_BYTES)
    reason = re.sub(r"\s*\(at .*\)$", "", problem)
    words = as_sentence(reason[:1].lower() + reason[1:])
    message = Sentence("This is not valid TOML here: {0}.", words)
    told = joined((message, hint(reason, text.split("\n")[line - 1], column)))
    return error("bad-toml", told, Place(label, line))


def _last_line(text: str) -> int:
    """The line of what is not closed at the end of a text: that of the three quotes that open it, else the last with
    words."""
    opened, closing = 0, ""
    for number, line in enumerate(text.rstrip().split("\n"), 1):
        if closing:
            closing = "" if closing in line else closing
        else:
            closing, opened = _opened(line), number
    return opened


def key_lines(text: str) -> tuple[dict[KeyPath, int], frozenset[KeyPath]]:
    """The line of every table header and key, and the keys whose text begins on the line below.

    It is found without a parser, for messages only: a wrong guess costs a wrong line number, nothing else.
    """
    lines: dict[KeyPath, int] = {}
    below: set[KeyPath] = set()
    table: KeyPath = ()
    counts: dict[KeyPath, int] = {}
    closing = ""
    for number, line in enumerate(text.split("\n"), 1):
        if closing:
            closing = "" if closing in line else closing
        elif (header := _HEADER.match(line)) and _split(header[2]):
            is_array = header[1] == "[["
            table = _header_path(is_array, _split(header[2]), counts)
            lines.setdefault(table, number)
            if isinstance(table[-1], int):
                lines.setdefault(table[:-1], number)
        elif key := _KEY.match(line):
            parts, value = _split(key[1]), key[2]
            path = table + parts
            lines.setdefault((*table, parts[0]), number)
            lines.setdefault(path, number)
            closing = _opened(value)
            if closing and value.lstrip() == closing:
                below.add(path)
    return lines, frozenset(below)


def _header_path(is_array: bool, parts: KeyPath, counts: dict[KeyPath, int]) -> KeyPath:
    """The path of a header's table. A part that names an array of tables means the last table of it so far."""
    path: KeyPath = ()
    for part in parts[:-1]:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path])
    path += parts[-1:]
    if not is_array:
        return path
    counts[path] = counts.get(path, -1) + 1
    return (*path, counts[path])


def _split(dotted: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in _PARTS.findall(dotted))


def _opened(value: str) -> str:
    """The three quotes that a line opens and does not close; "" when it closes what it opens."""
    for quotes in ('"""', "'''"):
        if value.count(quotes) % 2:
            return quotes
    return ""
