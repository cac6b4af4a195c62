"""One fact of a facts.toml written anew, with every other byte of the file as it was."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import tomli_w

from campaign.content.facts import OWN, Fact, read_facts
from campaign.content.post import LANGUAGES
from campaign.core.finding import Finding
from campaign.core.toml_file import UnreadableFile, key_lines, read_toml_text

Value = str | int | date
KEYS = (
    *("kind", "status", "claim.en", "claim.fr", "figure", "source", "url", "url_fr", "year"),
    *("counted", "counted_on", "asked", "vouched_by"),
    *("region", "review_by", "cite.en", "cite.fr", "note"),
)
"""What can be written of a fact, in the order in which new keys are put in."""
_BOM = "\ufeff"
_VALUE = re.compile(
    r"""^(\s*[^=]+?\s*=\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'\[{#]+)(\s*(?:#.*)?)$"""
)


class CannotRewrite(Exception):
    """The fact is written in the file in a way that only a person can change."""


def values_of(fact: Fact) -> dict[str, Value]:
    """What a fact says, by the keys of its table and in their order; no key for what it leaves out."""
    values: dict[str, Value] = {
        "status": fact.status.value,
        "figure": fact.figure,
        "source": fact.source,
        "url": fact.url,
        "url_fr": fact.url_fr,
        "year": fact.year or 0,
        "region": fact.region,
        "note": fact.note,
    }
    for language, claim in fact.claims.items():
        values[f"claim.{language}"] = claim
    if own := fact.own:
        values |= {"kind": OWN, "counted": own.counted.value, "counted_on": own.on}
        values |= {"asked": own.asked, "vouched_by": own.vouched_by}
    else:
        values |= {f"cite.{language}": said for language, said in fact.citations.items()}
    if fact.review_by != date.min:
        values["review_by"] = fact.review_by
    return {key: values[key] for key in KEYS if values.get(key)}


def lines_of(identity: str, values: Mapping[str, Value]) -> str:
    """The whole table of a fact as TOML, for a person to put into the file."""
    lines = ["[[fact]]", _line("id", identity)]
    for key in KEYS:
        if values.get(key):
            lines.append(_line(key, values[key]))
    return "\n".join(lines) + "\n"


def rewritten(
    text: str,
    identity: str,
    values: Mapping[str, Value],
    languages: Sequence[str] = LANGUAGES,
) -> str:
    """The file's whole text with this fact saying `values` (by KEYS; what is empty is left out).

    Raises CannotRewrite when it is not there, or is not written one key a line.
    """
    facts, problems = _read(text, languages)
    if identity not in facts or problems:
        raise CannotRewrite
    index = list(facts).index(identity)
    old = values_of(facts[identity])
    lines = text.split("\n")
    for key in reversed(KEYS):  # from the end, so that lines that are put in move no other
        if values.get(key) != old.get(key):
            _write(lines, index, key, values.get(key) or None)
    new = "\n".join(lines)
    after, problems = _read(new, languages)
    if problems or not _says(facts, after, identity, values):
        raise CannotRewrite
    return new


def problems_with(
    identity: str, values: Mapping[str, Value], languages: Sequence[str] = LANGUAGES
) -> list[Finding]:
    """What is wrong with a fact that says this."""
    table = read_toml_text(lines_of(identity, values), identity)
    read_facts(table, languages)
    return table.file.findings


def _read(text: str, languages: Sequence[str]) -> tuple[dict[str, Fact], list[Finding]]:
    try:
        table = read_toml_text(_plain(text), "facts.toml")
    except UnreadableFile as problem:
        raise CannotRewrite from problem
    return read_facts(table, languages), table.file.findings


def _plain(text: str) -> str:
    return text.removeprefix(_BOM).replace("\r\n", "\n")


def _write(lines: list[str], index: int, key: str, value: Value | None) -> None:
    """Replaces a key's line in the fact at this place of the file, puts it in, or takes it out."""
    known, _ = key_lines(_plain("\n".join(lines)))
    heading = lines[known["fact", index] - 1]
    end = "\r" if heading.endswith("\r") else ""
    at = known.get(("fact", index, *key.split(".")))
    if at is not None:
        _replace(lines, at - 1, value, end)
    elif value is not None:
        of_fact = [line for path, line in known.items() if path[:2] == ("fact", index)]
        _insert(lines, max(of_fact), _line(key, value), end)


def _replace(lines: list[str], at: int, value: Value | None, end: str) -> None:
    """Gives the key on this line (from 0) another value, its comment kept, or deletes the line for None."""
    match = _VALUE.match(lines[at].removesuffix("\r"))
    if match is None:
        raise CannotRewrite
    if value is None:
        del lines[at]
    else:
        lines[at] = f"{match[1]}{_said(value)}{match[3]}{end}"


def _insert(lines: list[str], after: int, line: str, end: str) -> None:
    """Puts a line in after so many others."""
    if after == len(lines):  # the file ends without an end of line, and goes on doing so
        lines[-1] += end
        lines.append(line)
    else:
        lines.insert(after, line + end)


def _says(
    before: Mapping[str, Fact],
    after: Mapping[str, Fact],
    identity: str,
    values: Mapping[str, Value],
) -> bool:
    """Whether the facts say what was meant, and all others what they said before, in the same order."""
    meant = {key: values_of(fact) for key, fact in before.items()}
    meant[identity] = {key: value for key, value in values.items() if value}
    said = {key: values_of(fact) for key, fact in after.items()}
    return said == meant and list(after) == list(before)


def _line(key: str, value: Value) -> str:
    return f"{key} = {_said(value)}"


def _said(value: Value) -> str:
    return tomli_w.dumps({"value": value}).removeprefix("value = ").rstrip("\n")
