"""The French catalogue, kept without GNU gettext: python -m tests.catalogue update | compile | missing.

update   brings django.po up to date with the source: texts of the pages, and templates of the sentences that the heart of the
         program says. What is new stands there without French. A text of a page that is gone is dropped; a template is kept,
         since rows of the log go on saying it
compile  writes django.mo, which Django reads
missing  lists what has no French yet
"""

import ast
import io
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "campaign" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
PAGES = ("web/templates/**/*.html", "web/templates/**/*.txt", "**/*.py")
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
METADATA = {
    "Project-Id-Version": "campaign",
    "Language": "fr_CA",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}
HEADER = """The pages and the program's sentences in Canadian French.
Words: docs/glossary.md, to which tests/project/test_glossary.py holds them.
Typography: ’; a no-break space before : and inside « », none before ; ! and ?."""
SAID = "A sentence of the program. {0}, {1}, … are its values."
KEPT = "A sentence that the program no longer says, and that rows of the log still do."
Key = tuple[str | None, str]
Said = tuple[str | tuple[str, str], list[str], str | None]
"""English, or that for one and for many; what its translators are told; its context."""


def extracted() -> dict[Key, polib.POEntry]:
    """Every text of the pages by its context and English, with the files that it stands in and no French."""
    found: dict[Key, polib.POEntry] = {}
    for path in sorted(
        {path for pattern in PAGES for path in (ROOT / "campaign").glob(pattern)}
    ):
        for messages, comments, context in _texts(path):
            english, plural = messages if isinstance(messages, tuple) else (messages, "")
            entry = found.setdefault(
                (context, english), polib.POEntry(msgid=english, msgctxt=context)
            )
            entry.msgid_plural = entry.msgid_plural or plural
            entry.comment = entry.comment or "\n".join(comments)
            occurrence = (path.relative_to(ROOT).as_posix(), "")
            entry.occurrences += [] if occurrence in entry.occurrences else [occurrence]
    return found


@cache
def _texts(path: Path) -> tuple[Said, ...]:
    return tuple(_read_texts(path))


def _read_texts(path: Path) -> Iterator[Said]:
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        lines = templatize(source, origin=str(path)).split("\n")
        # A page's indentation is not Python's.
        source = "\n".join(line.strip() for line in lines)
    elif "Sentence(" in source or "marked(" in source:
        yield from ((template, [SAID], None) for template in _templates(source))
    stream = io.BytesIO(source.encode())
    for _, messages, comments, context in extract(
        "python", stream, KEYWORDS, ("Translators:",)
    ):
        yield (
            (messages if isinstance(messages, str) else (messages[0], messages[1])),
            comments,
            context,
        )


def _templates(source: str) -> Iterator[str]:
    """The templates of the sentences of a file; their values are f-strings now and then, over which Babel stumbles."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(
                func=ast.Name(id="Sentence" | "marked"),
                args=[ast.Constant(value=str(template)), *_],
            ):
                yield template


def updated(old: Iterable[polib.POEntry]) -> polib.POFile:
    """A catalogue of what the pages say now, with the French of the old one."""
    new = polib.POFile(wrapwidth=110)
    new.metadata, new.header = METADATA, HEADER
    known: dict[Key, polib.POEntry] = {
        (entry.msgctxt, entry.msgid): entry for entry in old if not entry.obsolete
    }
    for key, entry in sorted(
        extracted().items(), key=lambda item: (item[0][1], item[0][0] or "")
    ):
        before = known.get(key)
        if entry.msgid_plural:
            entry.msgstr_plural = (before.msgstr_plural if before else None) or {0: "", 1: ""}
        elif before:
            entry.msgstr = before.msgstr
        new.append(entry)
    gone = known.keys() - {(entry.msgctxt, entry.msgid) for entry in new}
    for entry in sorted(
        (known[key] for key in gone if known[key].comment in (SAID, KEPT)),
        key=lambda one: one.msgid,
    ):
        new.append(polib.POEntry(msgid=entry.msgid, msgstr=entry.msgstr, comment=KEPT))
    return new


def read() -> polib.POFile:
    """The catalogue as it is kept; an empty one where there is none."""
    return polib.pofile(str(PO)) if PO.exists() else polib.POFile()


@cache
def kept() -> polib.POFile:
    """As it is kept, read once for all who only read it."""
    return read()


def is_translated(entry: polib.POEntry) -> bool:
    """Whether there is French for it, in both numbers."""
    return all(entry.msgstr_plural.values()) if entry.msgid_plural else bool(entry.msgstr)


def _update() -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    updated(read()).save(str(PO))


def _compile() -> None:
    read().save_as_mofile(str(MO))


def _missing() -> None:
    for entry in read():
        if not is_translated(entry):
            print(f"django.po: {entry.msgid!r}")


if __name__ == "__main__":
    {"update": _update, "compile": _compile, "missing": _missing}[sys.argv[1]]()
