"""The French of the web's pages: complete, true to its placeholders, set as Canada sets French, and compiled."""

import ast
import re

import polib
import pytest

from tests import catalogue
from tests.stage import ROOT

WORDED_BY = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "Sentence",
}
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z0-9_]*\}|<[^>]+>")


@pytest.fixture(scope="module")
def po() -> polib.POFile:
    return catalogue.read()


def french_of(entry: polib.POEntry) -> list[str]:
    return (
        [entry.msgstr_plural[0], entry.msgstr_plural[1]]
        if entry.msgid_plural
        else [entry.msgstr]
    )


def test_the_catalogue_holds_what_the_pages_say_and_nothing_else(po):
    kept = {(entry.msgctxt, entry.msgid) for entry in po if entry.comment != catalogue.KEPT}
    wanted = set(catalogue.extracted())
    assert sorted(map(str, wanted - kept)) == [], (
        "run: python -m tests.catalogue update, then translate"
    )
    assert sorted(map(str, kept - wanted)) == [], "run: python -m tests.catalogue update"


def test_no_text_for_people_stands_within_a_formatted_string():
    """Nobody could translate it: on Python 3.11 what collects the texts does not look into such strings."""
    within = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in (ROOT / "campaign").rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in WORDED_BY
    ]
    assert within == []


def test_what_words_a_text_has_a_name_that_is_collected():
    """Under a name of its own, as in `import gettext_lazy as lazy`, nothing of it would ever be translated."""
    aliases = [
        f"{path.relative_to(ROOT)}: {name.name} as {name.asname}"
        for path in (ROOT / "campaign").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.name in WORDED_BY and (name.asname or name.name) not in WORDED_BY
    ]
    assert aliases == []


def test_an_update_changes_nothing(po):
    assert str(catalogue.updated(po)).rstrip() == catalogue.PO.read_text("utf-8").rstrip()


def test_a_sentence_that_is_no_longer_said_is_kept_with_its_french_and_a_text_of_a_page_is_not(
    po,
):
    gone = [
        polib.POEntry(
            msgid="It rained on {0}.", msgstr="Il a plu le {0}.", comment=catalogue.SAID
        ),
        polib.POEntry(msgid="A button that is gone", msgstr="Un bouton disparu"),
    ]
    again = catalogue.updated(catalogue.updated([*po, *gone]))
    assert [
        (entry.msgstr, entry.comment) for entry in again if entry.msgid == gone[0].msgid
    ] == [("Il a plu le {0}.", catalogue.KEPT)]
    assert gone[1].msgid not in {entry.msgid for entry in again}


def test_every_text_has_its_french_in_both_numbers(po):
    assert [entry.msgid for entry in po if not catalogue.is_translated(entry)] == []


def test_nothing_is_guessed_or_left_over(po):
    assert [
        entry.msgid for entry in po if entry.fuzzy or entry.obsolete or entry.previous_msgid
    ] == []


def test_both_languages_have_the_same_placeholders_and_tags(po):
    for entry in filter(catalogue.is_translated, po):
        wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for french in french_of(entry):
            found = sorted(PLACEHOLDER.findall(french))
            singular = sorted(PLACEHOLDER.findall(entry.msgid))
            assert found in (wanted, singular), entry.msgid


def test_the_french_is_set_as_canada_sets_it(po):
    assert {
        french: wrong
        for entry in po
        for french in french_of(entry)
        if (wrong := badly_set(french))
    } == {}


def test_the_compiled_catalogue_is_the_one_that_people_edit(po, tmp_path):
    po.save_as_mofile(str(tmp_path / "django.mo"))
    compiled = (tmp_path / "django.mo").read_bytes()
    assert compiled == catalogue.MO.read_bytes(), "run: python -m tests.catalogue compile"


def test_spaces_apostrophes_and_quotation_marks_are_looked_at():
    assert badly_set("Il y a ici : deux fautes ?") == [" :", " ?"]
    assert badly_set("l'envoi") == ["'"]
    assert badly_set("Voir «\u00a0ici\u00a0»\u00a0: c’est bien!") == []


def badly_set(french: str) -> list[str]:
    """The slips of French typography in a text, without what stands as code in it."""
    words = re.sub(
        r"https?://\S+|\"[^\"]*\"|\{[^}]*\}|%\(\w+\)s|\d\d:\d\d|scheduler\.py.*|[,;] ?: comme %3A|<[^>]+>",
        "x",
        french,
    )
    return re.findall(
        r"(?<=\w)'(?=\w)|[ \u202f][:;!?](?=\s|$)|(?<=\w)[:](?=\s|$)|«[^\u00a0]|[^\u00a0]»|\d %",
        words,
    )
