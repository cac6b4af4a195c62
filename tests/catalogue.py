"""The French catalogues, kept without GNU gettext: python -m tests.catalogue update | compile | missing.

update   brings django.po (the web's pages) and sentences.toml (what the heart of the program says) up to date with the
         source; what is new stands there without French, what is gone is dropped
compile  writes django.mo, which Django reads
missing  lists what has no French yet
"""

import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from campaign.web.frame import sentences
from tests import sentences_extractor

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "campaign" / "locale" / "fr" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
SENTENCES = sentences.FOLDER / "fr" / sentences.FILE
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
HEADER = """The web's pages in Canadian French.
Words: post = publication; delivery = envoi; channel = compte; campaign = campagne; queue = file d’attente;
draft = brouillon; queued = programmé; sending = en cours d’envoi; published = publié; failed = échoué;
unconfirmed = à vérifier; missed = manqué; cancelled = annulé; withdrawn = retiré (consentement);
removed = supprimé du réseau; approve = approuver; return = renvoyer; contribution = contribution;
communications staff = équipe des communications; volunteer = bénévole; admin = administration;
dry run = essai à blanc; publish log = journal de publication; consent = consentement; story = témoignage;
awareness message = message de sensibilisation; action = appel à l’action; slot = créneau;
pause, resume = suspendre, reprendre; reschedule = déplacer; template = modèle; hashtag = mot-clic;
storyteller = personne qui témoigne; log = journal; thread = fil; sign in = se connecter;
rehearsal = répétition; take back = reprendre (a story), on hold = en attente; finding = remarque; go out = paraître.
Typography: ’; a no-break space before : and inside « », none before ; ! and ?."""
TOML_HEADER = """\
# The program's own sentences in French. {0}, {1}, … stand for values and are the same in both languages.
# [[sentence]]: what the program's source says; python -m tests.catalogue update finds it.
# [[other]]: what joins sentences, and what the libraries underneath say. [words]: values that are the program's words.
"""
Key = tuple[str | None, str]


def extracted() -> dict[Key, polib.POEntry]:
    """Every text of the pages by its context and English, with the files that it stands in and no French."""
    found: dict[Key, polib.POEntry] = {}
    for path in sorted({path for pattern in PAGES for path in (ROOT / "campaign").glob(pattern)}):
        for messages, comments, context in _texts(path):
            english, plural = messages if isinstance(messages, tuple) else (messages, "")
            entry = found.setdefault((context, english), polib.POEntry(msgid=english, msgctxt=context))
            entry.msgid_plural = entry.msgid_plural or plural
            entry.comment = entry.comment or "\n".join(comments)
            occurrence = (path.relative_to(ROOT).as_posix(), "")
            entry.occurrences += [] if occurrence in entry.occurrences else [occurrence]
    return found


def _texts(path: Path) -> Iterator[tuple[str | tuple[str, str], list[str], str | None]]:
    source = path.read_text("utf-8")
    if path.suffix != ".py":
        lines = templatize(source, origin=str(path)).split("\n")
        source = "\n".join(line.strip() for line in lines)  # a page's indentation is not Python's
    stream = io.BytesIO(source.encode())
    for _, messages, comments, context in extract("python", stream, KEYWORDS, ("Translators:",)):
        yield (messages if isinstance(messages, str) else (messages[0], messages[1])), comments, context


def updated(old: polib.POFile) -> polib.POFile:
    """A catalogue of what the pages say now, with the French of the old one."""
    new = polib.POFile(wrapwidth=110)
    new.metadata, new.header = METADATA, HEADER
    known: dict[Key, polib.POEntry] = {(entry.msgctxt, entry.msgid): entry for entry in old if not entry.obsolete}
    for key, entry in sorted(extracted().items(), key=lambda item: (item[0][1], item[0][0] or "")):
        before = known.get(key)
        if entry.msgid_plural:
            entry.msgstr_plural = (before.msgstr_plural if before else None) or {0: "", 1: ""}
        elif before:
            entry.msgstr = before.msgstr
        new.append(entry)
    return new


def read() -> polib.POFile:
    """The catalogue as it is kept; an empty one where there is none."""
    return polib.pofile(str(PO)) if PO.exists() else polib.POFile()


def is_translated(entry: polib.POEntry) -> bool:
    """Whether there is French for it, in both numbers."""
    return all(entry.msgstr_plural.values()) if entry.msgid_plural else bool(entry.msgstr)


def heart() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """The French of the source's sentences, of others, and of words; "" where there is none yet."""
    sentence, other, words = sentences.parts(SENTENCES)
    return {english: sentence.get(english, "") for english in sentences_extractor.extracted()}, other, words


def written(sentence: Mapping[str, str], other: Mapping[str, str], words: Mapping[str, str]) -> str:
    """The sentences' file."""
    parts = [TOML_HEADER]
    for name, pairs in (("sentence", sentence), ("other", other)):
        parts += [f"[[{name}]]\nen = {_quoted(en)}\nfr = {_quoted(pairs[en])}\n" for en in sorted(pairs)]
    named = [f"{_quoted(word)} = {_quoted(words[word])}" for word in sorted(words)]
    return "\n".join([*parts, "\n".join(["[words]", *named, ""])])


def _quoted(text: str) -> str:
    if "'" not in text and "\n" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _update() -> None:
    PO.parent.mkdir(parents=True, exist_ok=True)
    updated(read()).save(str(PO))
    SENTENCES.write_text(written(*heart()), "utf-8")


def _compile() -> None:
    read().save_as_mofile(str(MO))


def _missing() -> None:
    for entry in read():
        if not is_translated(entry):
            print(f"django.po: {entry.msgid!r}")
    for english, french in heart()[0].items():
        if not french:
            print(f"sentences.toml: {english!r}")


if __name__ == "__main__":
    {"update": _update, "compile": _compile, "missing": _missing}[sys.argv[1]]()
