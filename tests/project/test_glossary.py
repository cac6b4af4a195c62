"""The words of docs/glossary.md are the words of the program, in both languages."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polib
import pytest

from tests import catalogue
from tests.stage import ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"
RECEIPT = ROOT / "campaign" / "stories" / "report.py"
"""The letter that a storyteller gets; its French begins with `_french`, and nothing English follows but code."""
TERMS, NEVER, NOT_ENGLISH = (
    "Words, and what they mean",
    "Words that stand nowhere in French",
    "Words that stand on no English page",
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{[^}]*\}")
CODE = re.compile(r'"[^"]*"|\[[\w.]+\]|\S+/\S*|\w+\.(?:toml|url)\b|\w+_\w+|\w+\(')
"""What people type is not in any language."""


@dataclass(frozen=True)
class Term:
    """A row of the glossary: what English says, what French says, and what French does not."""

    english: re.Pattern[str]
    french: re.Pattern[str]
    wrong: re.Pattern[str] | None
    row: str


def rows(heading: str) -> list[list[str]]:
    """The rows of the table under a heading, without its own two lines."""
    section = GLOSSARY.read_text("utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def pattern(forms: str) -> re.Pattern[str] | None:
    """Whether one of the forms of a cell stands in a text as a word of its own; None for an empty cell."""
    alternatives = "|".join(map(_form, forms.split(", ")))
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE) if forms else None


def _form(form: str) -> str:
    """A middle dot begins what may differ; three dots stand for up to three words."""
    stem, dot, _ = form.partition("·")
    written = re.escape(stem).replace(r"\ …\ ", "…").replace(" … ", "…")
    several = written.replace("…", r"(?:\s\S+){0,3}?\s")
    return several + (r"\w*" if dot else "(?:s|e|es)?")


@cache
def terms() -> tuple[Term, ...]:
    """The first table."""
    return tuple(
        Term(always(english), always(french), pattern(wrong), english)
        for english, french, _, wrong in rows(TERMS)
    )


def always(forms: str) -> re.Pattern[str]:
    compiled = pattern(forms)
    assert compiled is not None, "the glossary has a row without a word"
    return compiled


def english_of(entry: polib.POEntry) -> str:
    return CODE.sub("", PLACEHOLDER.sub("", f"{entry.msgid} {entry.msgid_plural}"))


def french_of(entry: polib.POEntry) -> str:
    written = " ".join(entry.msgstr_plural.values()) or entry.msgstr
    return CODE.sub("", PLACEHOLDER.sub("", written))


def said_otherwise(entries: Iterable[polib.POEntry]) -> list[str]:
    """The texts whose French does not have the French word for a term of the English."""
    return [
        f"{term.row}: {entry.msgid!r} is {french_of(entry)!r}"
        for entry in entries
        for term in terms()
        if term.english.search(english_of(entry)) and not term.french.search(french_of(entry))
    ]


def said_wrongly(entries: Iterable[polib.POEntry]) -> list[str]:
    """The texts whose French has a word that is not for a term of the English, nor for another term in it."""
    wrong = []
    for entry in entries:
        said = [term for term in terms() if term.english.search(english_of(entry))]
        for term in said:
            match = term.wrong and term.wrong.search(french_of(entry))
            if match and not any(other.french.fullmatch(match[0]) for other in said):
                wrong.append(f"{term.row}: {match[0]!r} stands in {french_of(entry)!r}")
    return wrong


@cache
def to_avoid(heading: str) -> tuple[re.Pattern[str], ...]:
    """The words of a table of words to avoid."""
    return tuple(always(forms) for forms, *_ in rows(heading))


def avoided(text: str, heading: str) -> list[str]:
    """Those of them that stand in a text."""
    return [match[0] for word in to_avoid(heading) for match in word.finditer(text)]


def kept() -> list[polib.POEntry]:
    return list(catalogue.read())


def today() -> list[polib.POEntry]:
    return [entry for entry in kept() if entry.comment != catalogue.KEPT]


def checks() -> list[polib.POEntry]:
    """What every check says, in both languages."""
    listed = tomllib.loads((ROOT / "campaign/checks/lists/catalog.toml").read_text("utf-8"))
    says = [check["says"] for check in listed["check"]]
    return [polib.POEntry(msgid=words["en"], msgstr=words["fr"]) for words in says]


PAGES = ("docs/guide/fr/*.md", "docs/fr/*.md", "templates/**/*.j2")
POSTS = "posts/**/*.toml"


def read_in_french() -> dict[str, str]:
    """What is written in French outside of the catalogue, by its place."""
    pages = [place for pattern in PAGES for place in ROOT.glob(pattern)]
    texts = {place.relative_to(ROOT).as_posix(): _words(place) for place in pages}
    for place in ROOT.glob(POSTS):
        table = tomllib.loads(place.read_text("utf-8"))
        texts[place.relative_to(ROOT).as_posix()] = "\n".join(_in_french(table))
    return texts | {"the receipt": RECEIPT.read_text("utf-8").partition("def _french")[2]}


def _in_french(value: object, french: bool = False) -> Iterator[str]:
    """The texts of a table of TOML that stand under a key `fr`."""
    if isinstance(value, dict):
        for key, under in value.items():
            yield from _in_french(under, french or key == "fr")
    elif isinstance(value, list):
        for under in value:
            yield from _in_french(under, french)
    elif french:
        yield str(value)


def _words(place: Path) -> str:
    return re.sub(r"`[^`]*`|\]\([^)]*\)|\{[{%#].*?[%}#]\}", "", place.read_text("utf-8"))


def test_the_tables_are_read() -> None:
    assert len(terms()) > 40
    assert len(rows(NEVER)) > 8
    assert len(rows(NOT_ENGLISH)) > 4
    french = read_in_french()
    assert {"docs/fr/vie-privee.md", "docs/guide/fr/equipe.md", "posts/facts.toml"} <= set(
        french
    )
    assert all(french.values())


def test_what_comes_before_a_middle_dot_is_long_enough_to_be_no_other_word() -> None:
    stems = re.findall(r"(\w+)·", GLOSSARY.read_text("utf-8"))
    assert [stem for stem in stems if len(stem) < 4] == []


def test_where_english_says_a_term_french_says_its_own() -> None:
    assert said_otherwise([*today(), *checks()]) == []


def test_no_french_word_that_is_for_something_else_stands_for_a_term() -> None:
    assert said_wrongly([*kept(), *checks()]) == []


def test_no_word_to_avoid_stands_in_the_french_of_the_pages() -> None:
    found = [
        f"{words}: {french_of(entry)!r}"
        for entry in [*kept(), *checks()]
        if (words := avoided(french_of(entry), NEVER))
    ]
    assert found == []


def test_no_word_to_avoid_stands_in_what_else_is_read_in_french() -> None:
    found = {place: avoided(text, NEVER) for place, text in read_in_french().items()}
    assert {place: words for place, words in found.items() if words} == {}


def set_otherwise(text: str) -> list[str]:
    """Where a straight apostrophe, or a space that is none of Canadian French, stands in a text."""
    return re.findall(r"\w'\w|« | »|\w :\s|\w[ \xa0\u202f][!?;]", text)


def test_what_else_is_read_in_french_is_set_as_french_is_set_in_canada() -> None:
    found = {place: set_otherwise(text) for place, text in read_in_french().items()}
    assert {place: marks for place, marks in found.items() if marks} == {}


@pytest.mark.parametrize(
    "text", ["l'aide", "Voici : ceci", "« ceci\xa0»", "Vraiment !", "un; deux ; trois"]
)
def test_what_is_set_otherwise_is_found(text: str) -> None:
    assert len(set_otherwise(text)) == 1


def test_no_word_to_avoid_stands_on_an_english_page_or_in_a_guide() -> None:
    pages = [entry.msgid for entry in today() if entry.comment != catalogue.SAID]
    guides = [place.read_text("utf-8") for place in (ROOT / "docs/guide/en").glob("*.md")]
    texts = [*pages, *guides]
    found = [(words, text) for text in texts if (words := avoided(text, NOT_ENGLISH))]
    assert found == []


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("Take my story back", "Reprendre mon témoignage"),
        ("The rehearsal is going", "La répétition est en cours"),
        ("See the channels", "Voir les comptes"),
        ("Submitted", "Remis"),
        ("Tell your story", "Racontez votre histoire"),
    ],
)
def test_another_word_is_found(english: str, french: str) -> None:
    entry = polib.POEntry(msgid=english, msgstr=french)
    assert said_otherwise([entry])
    assert said_wrongly([entry])


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("Take my story back", "Retirer mon témoignage"),
        ("Resume the campaign", "Reprendre la campagne"),
        ("The account of channel {0}", "Le compte du canal {0}"),
        ("Write to posts@example.org", "Écrivez à la publication"),
        ("Its facts stand in facts.toml", "Ses faits sont dans facts.toml"),
    ],
)
def test_the_right_word_is_let_be(english: str, french: str) -> None:
    entry = polib.POEntry(msgid=english, msgstr=french)
    assert said_otherwise([entry]) == []
    assert said_wrongly([entry]) == []


def test_a_word_to_avoid_is_found_however_it_is_written_large_and_not_within_another() -> None:
    assert avoided("Récit. Rien n’apparaît.", NEVER) == ["Récit"]
