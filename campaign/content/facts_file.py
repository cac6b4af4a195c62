"""One fact of a facts.toml written anew, with every other byte of the file as it was."""

import re
from collections.abc import Mapping
from datetime import date

import tomli_w

from campaign.content.facts import Fact, read_facts
from campaign.core.finding import Finding
from campaign.core.toml_file import UnreadableFile, key_lines, read_toml_text

Value = str | int | date
KEYS = (
    *("status", "claim.en", "claim.fr", "figure", "source", "url", "year", "region", "review_by"),
    *("cite.en", "cite.fr", "note"),
)
"""What can be written of a fact, in the order in which new keys are put in."""
_BOM = "\ufeff"
_VALUE = re.compile(
    r"""^(\s*[^=]+?\s*=\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'\[{#]+)(\s*(?:#.*)?)$"""
)


class CannotRewrite(Exception):
    """The fact stands in the file in a way that only a person can change."""


def values_of(fact: Fact) -> dict[str, Value]:
    """What a fact says, by the keys of its table; nothing for what it leaves out."""
    found: dict[str, Value] = {
        "status": fact.status.value,
        "figure": fact.figure,
        "source": fact.source,
    }
    found |= {"url": fact.url, "year": fact.year or 0, "region": fact.region, "note": fact.note}
    for name, texts in (("claim", fact.claims), ("cite", fact.citations)):
        found |= {f"{name}.{language}": text for language, text in texts.items()}
    if fact.review_by != date.min:
        found["review_by"] = fact.review_by
    return {key: found[key] for key in KEYS if found.get(key)}


def lines_of(identity: str, values: Mapping[str, Value]) -> str:
    """The whole table of a fact, for a person to put into the file."""
    lines = [_line(key, values[key]) for key in KEYS if values.get(key)]
    return "\n".join(["[[fact]]", _line("id", identity), *lines]) + "\n"


def rewritten(text: str, identity: str, values: Mapping[str, Value]) -> str:
    """The file's whole text with this fact saying `values` (by KEYS; what is empty is left out).

    Raises CannotRewrite when it is not there, or is not written one key a line.
    """
    facts, problems = _read(text)
    index = list(facts).index(identity) if identity in facts else -1
    if index < 0 or problems:
        raise CannotRewrite
    old, lines = values_of(facts[identity]), text.split("\n")
    for key in reversed(KEYS):  # from the end, so that lines that are put in move no other
        if values.get(key) != old.get(key):
            _write(lines, index, key, values.get(key) or None)
    new = "\n".join(lines)
    _compare(facts, new, identity, values)
    return new


def problems_with(identity: str, values: Mapping[str, Value]) -> list[Finding]:
    """What is wrong with a fact that says this."""
    table = read_toml_text(lines_of(identity, values), identity)
    read_facts(table)
    return table.file.findings


def _read(text: str) -> tuple[dict[str, Fact], list[Finding]]:
    try:
        table = read_toml_text(_plain(text), "facts.toml")
    except UnreadableFile as problem:
        raise CannotRewrite from problem
    return read_facts(table), table.file.findings


def _plain(text: str) -> str:
    return text.removeprefix(_BOM).replace("\r\n", "\n")


def _write(lines: list[str], index: int, key: str, value: Value | None) -> None:
    """Replaces a key's line in the fact at this place of the file, puts it in, or takes it out."""
    known, _ = key_lines(_plain("\n".join(lines)))
    at = known.get(("fact", index, *key.split(".")))
    end = "\r" if lines[known["fact", index] - 1].endswith("\r") else ""
    if at is None:
        if value is not None:
            last = max(line for path, line in known.items() if path[:2] == ("fact", index))
            if last == len(lines):  # the file ends without an end of line, and goes on doing so
                lines[-1], end = lines[-1] + end, ""
            lines.insert(last, _line(key, value) + end)
        return
    match = _VALUE.match(lines[at - 1].removesuffix("\r"))
    if match is None:
        raise CannotRewrite
    if value is None:
        del lines[at - 1]
    else:
        lines[at - 1] = f"{match[1]}{_said(value)}{match[3]}{end}"


def _compare(
    before: Mapping[str, Fact], text: str, identity: str, values: Mapping[str, Value]
) -> None:
    """Whether the new text says what was meant, and of all other facts what it said before."""
    after, problems = _read(text)
    others = all(
        values_of(after[key]) == values_of(fact)
        for key, fact in before.items()
        if key != identity and key in after
    )
    wanted = {key: value for key, value in values.items() if value}
    if (
        problems
        or list(after) != list(before)
        or not others
        or values_of(after[identity]) != wanted
    ):
        raise CannotRewrite


def _line(key: str, value: Value) -> str:
    return f"{key} = {_said(value)}"


def _said(value: Value) -> str:
    return tomli_w.dumps({"value": value}).removeprefix("value = ").rstrip("\n")
