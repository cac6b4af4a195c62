"""The documents lead where they say, show what they say, and exist alike in both languages."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import catalogue

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GUIDES = (("volunteers", "benevoles"), ("staff", "equipe"), ("admins", "administration"))
PICTURES = ROOT / "docs" / "pictures"
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```|^(?: {4}|\t).*?$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#{1,6}) (.+)$", re.MULTILINE)
documents = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)
pairs = pytest.mark.parametrize(("english", "french"), GUIDES)


def links(document: Path) -> Iterator[tuple[bool, str, str]]:
    """Whether it is a picture, its words, and where it leads; what stands in code is none."""
    for mark, words, target in LINK.findall(CODE.sub("", document.read_text("utf-8"))):
        yield mark == "!", words, target


def guide(language: str, name: str) -> str:
    return (ROOT / "docs" / "guide" / language / f"{name}.md").read_text("utf-8")


def anchor(heading: str) -> str:
    """As GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@documents
def test_every_link_and_picture_is_there(document: Path) -> None:
    missing = []
    for _, _, target in links(document):
        path, _, part = target.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        there = (document.parent / path).resolve() if path else document
        if not there.exists() or (part and anchor_is_missing(there, part)):
            missing.append(target)
    assert missing == []


def anchor_is_missing(document: Path, part: str) -> bool:
    return part not in {
        anchor(words) for _, words in HEADING.findall(document.read_text("utf-8"))
    }


@documents
def test_every_picture_is_described(document: Path) -> None:
    assert [
        target
        for is_picture, words, target in links(document)
        if is_picture and len(words) < 20
    ] == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_guide_shows_the_pictures_of_its_own_language(language: str) -> None:
    for guide_file in (ROOT / "docs" / "guide" / language).glob("*.md"):
        shown = [target for is_picture, _, target in links(guide_file) if is_picture]
        assert shown
        assert all(target.startswith(f"../../pictures/{language}/") for target in shown)


def test_every_picture_is_shown_somewhere() -> None:
    shown = {
        (document.parent / target).resolve()
        for document in DOCUMENTS
        for _, _, target in links(document)
    }
    assert (
        sorted(path.name for path in PICTURES.rglob("*.png") if path.resolve() not in shown)
        == []
    )


def test_the_pictures_are_the_same_in_both_languages_and_light() -> None:
    english, french = (
        sorted(path.name for path in (PICTURES / language).glob("*.png"))
        for language in ("en", "fr")
    )
    assert english == french
    assert sum(path.stat().st_size for path in PICTURES.rglob("*.png")) < 3_000_000


@pairs
def test_both_languages_of_a_guide_have_the_same_parts(english: str, french: str) -> None:
    levels = [
        [len(marks) for marks, _ in HEADING.findall(guide(*one))]
        for one in (("en", english), ("fr", french))
    ]
    assert levels[0] == levels[1]


@pairs
def test_both_languages_of_a_guide_show_the_same_pictures_and_lead_to_each_other(
    english: str, french: str
) -> None:
    folder = ROOT / "docs" / "guide"
    shown = [
        [Path(target).name for is_picture, _, target in links(folder / path) if is_picture]
        for path in (f"en/{english}.md", f"fr/{french}.md")
    ]
    assert shown[0] == shown[1]
    assert f"(../fr/{french}.md)" in guide("en", english)
    assert f"(../en/{english}.md)" in guide("fr", french)


@pairs
def test_a_guide_in_french_is_set_as_french_is_set_in_canada(english: str, french: str) -> None:
    text = CODE.sub("", guide("fr", french))
    assert re.findall(r"\w'\w", text) == []  # the typographic apostrophe
    # A no-break space inside « » and before a colon, none else.
    assert re.findall(r"« | »|\w :\s|[ \xa0\u202f][!?;]", text) == []


@pairs
def test_every_button_and_heading_that_a_guide_names_is_on_a_page(
    english: str, french: str
) -> None:
    there = on_pages()
    assert [name for name in named(guide("en", english)) if name not in there] == []
    assert [name for name in named(guide("fr", french)) if name not in there] == []


def on_pages() -> set[str]:
    """Everything that the pages say, in both languages, without what they fill in."""
    said = {"JSON"}
    for entry in catalogue.kept():
        said |= {entry.msgid, entry.msgid_plural, entry.msgstr, *entry.msgstr_plural.values()}
    return set(map(_bare, said))


def named(text: str) -> list[str]:
    """What is bold in a guide and begins with a capital; what ends with a full stop or a colon is the guide's own."""
    bold = re.findall(r"\*\*(.+?)\*\*", " ".join(text.split()))
    return [_bare(words) for words in bold if words[0].isupper() and words[-1] not in ".:"]


def _bare(text: str) -> str:
    return re.sub(r"%\(\w+\)[sd]", "", text).replace("\xa0", " ").rstrip("….:?! ")


def test_the_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) < 140


def test_what_is_said_of_privacy_is_said_alike_in_both_languages() -> None:
    english = (ROOT / "docs" / "privacy.md").read_text("utf-8")
    french = (ROOT / "docs" / "fr" / "vie-privee.md").read_text("utf-8")
    for pattern in (r"^#+ ", r"^\| ", r"^[0-9]+\. "):
        alike = [re.findall(pattern, text, re.MULTILINE) for text in (english, french)]
        assert alike[0] == alike[1] != []
    assert "(fr/vie-privee.md)" in english
    assert "(../privacy.md)" in french
    text = CODE.sub("", french)
    assert re.findall(r"\w'\w", text) == []
    assert re.findall(r"« | »|\w :\s|[ \xa0\u202f][!?;]", text) == []
