"""A picture that cannot be sent, or is not described, is told before anyone approves its post."""

import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from campaign.checks.pictures import check_alt, check_number, check_picture
from campaign.content.pictures import MAX_SOURCE
from campaign.content.post import PostPicture
from campaign.core.finding import Finding, Level, Place

PLACE = Place("posts/know/one.toml", 9)
STAYS = "It will not be sent, but it stays in the file."
GOOD = "Two women laugh on a bench in a garden."


def written(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").resize((32, 24)).save(out, kind, **options)
    return out.getvalue()


def told(tmp_path: Path, name: str, data: bytes) -> list[Finding]:
    path = tmp_path / name
    path.write_bytes(data)
    findings = list(check_picture(path, PLACE))
    assert all(finding.place == PLACE for finding in findings)
    return findings


def with_place() -> Image.Exif:
    exif = Image.Exif()
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (45.0, 30.0, 12.0)
    return exif


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.jpg", "JPEG"),
        ("a.JPEG", "JPEG"),
        ("a.png", "PNG"),
        ("a.webp", "WEBP"),
        ("a.jpg", "MPO"),
    ],
)
def test_a_picture_that_is_what_its_name_says_is_well(
    tmp_path: Path, name: str, kind: str
) -> None:
    assert told(tmp_path, name, written(kind)) == []


@pytest.mark.parametrize("name", ["face.png", "face.heic", "face"])
def test_a_name_that_says_something_else_is_warned_of(tmp_path: Path, name: str) -> None:
    [finding] = told(tmp_path, name, written("JPEG"))
    assert (finding.level, finding.code) == (Level.WARNING, "picture-name")
    assert finding.message == f"The picture {name} is really a JPEG: rename it to end in .jpg."


def test_a_text_named_as_a_picture_is_refused(tmp_path: Path) -> None:
    [finding] = told(tmp_path, "face.jpg", b"Dear all,\n")
    assert str(finding) == (
        "posts/know/one.toml:9: error: The picture face.jpg is no JPEG, PNG or WEBP, whatever its name says: "
        "save it as JPEG or PNG."
    )
    assert finding.code == "picture-type"


def test_a_picture_of_another_kind_is_refused_even_under_a_good_name(tmp_path: Path) -> None:
    [finding] = told(tmp_path, "face.png", written("GIF"))
    assert (finding.level, finding.code) == (Level.ERROR, "picture-type")


def test_a_picture_cut_off_is_refused(tmp_path: Path) -> None:
    [finding] = told(tmp_path, "face.jpg", written("JPEG")[:-200])
    assert (finding.level, finding.code) == (Level.ERROR, "picture-broken")
    assert finding.message.startswith(
        "The picture face.jpg cannot be read, it is damaged or cut off"
    )


def test_an_animation_is_refused(tmp_path: Path) -> None:
    moving = written("PNG", save_all=True, append_images=[Image.new("RGB", (32, 24))])
    [finding] = told(tmp_path, "face.png", moving)
    assert (finding.level, finding.code) == (Level.ERROR, "picture-animated")


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    [finding] = told(tmp_path, "face.png", bomb.getvalue())
    assert (finding.level, finding.code) == (Level.ERROR, "picture-too-large")


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "face.jpg"
    with path.open("wb") as file:
        file.truncate(MAX_SOURCE + 1)
    monkeypatch.setattr(Path, "open", None)
    [finding] = check_picture(path, PLACE)
    assert (
        finding.message
        == "The picture face.jpg has 30 megabytes, and 30 at most are read: save a smaller one."
    )


@pytest.mark.parametrize(
    ("named", "on_the_disk"),
    [
        ("garden.jpg", "Garden.JPG"),
        ("Garden.jpg", "garden.jpg"),
        ("garden.jpg", "garden.jpeg"),
        ("été.png", "e\u0301te\u0301.png"),
        ("Our garden.jpg", "our_garden.jpg"),
        ("C:\\Users\\ana\\garden.jpg", "garden.jpg"),
        ("garden", "Garden.webp"),
    ],
)
def test_a_picture_of_nearly_that_name_is_named(
    tmp_path: Path, named: str, on_the_disk: str
) -> None:
    (tmp_path / "notes.txt").write_text("")
    (tmp_path / on_the_disk).write_bytes(written("JPEG"))
    [finding] = check_picture(tmp_path / named, PLACE)
    assert (finding.level, finding.code) == (Level.ERROR, "no-picture")
    assert finding.message.startswith(
        f"The picture {named} is not there, and {on_the_disk} is:"
    )


def test_a_picture_behind_the_strokes_of_windows_is_named(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "garden.jpg").write_bytes(written("JPEG"))
    [finding] = check_picture(tmp_path / "photos\\Garden.jpg", PLACE)
    assert "and photos/garden.jpg is" in finding.message


@pytest.mark.parametrize(
    "name", ["photos\bench.jpg", "a\new.jpg", "a\table.jpg", "odd\0name.jpg"]
)
def test_an_escape_in_the_name_of_a_picture_is_told(tmp_path: Path, name: str) -> None:
    [finding] = check_picture(tmp_path / name, PLACE)
    assert finding.message.endswith(
        "holds a sign that nobody can read: write / for each \\ in it."
    )


def test_another_picture_is_not_offered(tmp_path: Path) -> None:
    (tmp_path / "bench.jpg").write_bytes(written("JPEG"))
    (tmp_path / "garden.txt").write_text("")
    [finding] = check_picture(tmp_path / "garden.jpg", PLACE)
    assert finding.message.endswith("put it beside the post.")


@pytest.mark.parametrize("name", ["missing.jpg", "folder", "pipe"])
def test_what_cannot_be_opened_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    [finding] = check_picture(tmp_path / name, PLACE)
    assert (finding.level, finding.code) == (Level.ERROR, "no-picture")
    assert finding.message == f"The picture {name} cannot be opened: put it beside the post."


def test_a_place_is_told_and_never_shown(tmp_path: Path) -> None:
    [finding] = told(tmp_path, "face.jpg", written("JPEG", exif=with_place()))
    assert (finding.level, finding.code) == (Level.INFO, "picture-location")
    assert finding.message == f"The picture face.jpg holds location data. {STAYS}"
    assert not any(figure in str(finding) for figure in ("45", "30", "12"))


def test_other_data_are_told_and_never_shown(tmp_path: Path) -> None:
    [finding] = told(tmp_path, "face.jpg", written("JPEG", comment="Marie Tremblay"))
    assert (finding.level, finding.code) == (Level.INFO, "picture-metadata")
    assert finding.message.endswith(STAYS)
    assert "Marie" not in str(finding)


@pytest.mark.parametrize(("language", "alt"), [("en", ""), ("fr", " \n\u00a0")])
def test_a_picture_without_a_description_is_refused(language: str, alt: str) -> None:
    [finding] = check_alt(alt, language, PLACE, 1000)
    assert (finding.level, finding.code, finding.place) == (Level.ERROR, "missing-alt", PLACE)
    assert f"no alt.{language}" in finding.message


@pytest.mark.parametrize(
    "alt",
    [
        GOOD,
        "Deux femmes rient sur un banc.",
        "x" * 15,
        "x" * 250,
        "Photographer at work, smiling.",
    ],
)
def test_a_description_of_good_length_is_well(alt: str) -> None:
    assert list(check_alt(alt, "en", PLACE, 1000)) == []


def codes(alt: str, limit: int = 1000) -> list[tuple[Level, str]]:
    return [(finding.level, finding.code) for finding in check_alt(alt, "fr", PLACE, limit)]


def test_a_description_over_the_limit_is_refused_and_says_by_how_much() -> None:
    [finding] = check_alt("x" * 1003, "fr", PLACE, 1000)
    assert (finding.level, finding.code) == (Level.ERROR, "alt-too-long")
    assert (
        finding.message
        == "The alt.fr is 1003 characters, 3 more than the 1000 allowed: shorten it."
    )
    assert codes("x" * 1000) == [(Level.INFO, "alt-long")]


def test_a_description_that_is_long_to_listen_to_is_mentioned() -> None:
    assert codes("x" * 251) == [(Level.INFO, "alt-long")]


def test_a_description_of_a_word_or_two_is_warned_of() -> None:
    assert codes("x" * 14) == codes("  A garden.  ") == [(Level.WARNING, "alt-short")]


@pytest.mark.parametrize(
    "alt",
    [
        "marie-tremblay.jpg",
        "Marie_in_the_garden_2026.PNG",
        "IMG_20261013_091500",
        "DSC00012345.tiff",
    ],
)
def test_the_name_of_a_file_is_no_description(alt: str) -> None:
    assert codes(alt) == [(Level.WARNING, "alt-file-name")]


@pytest.mark.parametrize(
    ("alt", "says"),
    [
        ("Image of two women in a garden", "Image of"),
        ("a photo of two women in a garden", "a photo of"),
        ("Picture showing two women", "Picture showing"),
        ("Photo de deux femmes au jardin", "Photo de"),
        ("Une photo d’une femme au jardin", "Une photo d’"),
        ("L'image des deux femmes", "L'image des"),
    ],
)
def test_a_description_does_not_say_that_it_is_a_picture(alt: str, says: str) -> None:
    [finding] = check_alt(alt, "fr", PLACE, 1000)
    assert (finding.level, finding.code) == (Level.WARNING, "alt-says-picture")
    assert f'begins with "{says}"' in finding.message


@pytest.mark.parametrize(
    "alt", [f"{GOOD} #MBC", f"{GOOD} https://example.org", f"{GOOD} (www.example.org)"]
)
def test_a_description_holds_no_links_and_hashtags(alt: str) -> None:
    assert codes(alt) == [(Level.WARNING, "alt-link")]


def test_a_number_sign_is_no_hashtag() -> None:
    assert codes("A runner wears a bib with the # sign.") == []


@given(st.text(), st.integers(1, 2000))
def test_only_an_empty_or_too_long_description_is_refused(alt: str, limit: int) -> None:
    refused = any(level is Level.ERROR for level, _ in codes(alt, limit))
    assert refused == (not alt.strip() or len(alt.strip()) > limit)


def pictures(number: int) -> list[PostPicture]:
    return [
        PostPicture(Path(f"{index}.jpg"), {}, Place("one.toml", index))
        for index in range(number)
    ]


def test_four_pictures_are_well_and_a_fifth_is_refused_where_it_stands() -> None:
    assert list(check_number(pictures(4), 4)) == list(check_number([], 4)) == []
    [finding] = check_number(pictures(6), 4)
    assert (finding.level, finding.code, finding.place) == (
        Level.ERROR,
        "too-many-pictures",
        Place("one.toml", 4),
    )
    assert finding.message == "A post can have 4 pictures, and here are 6: leave some out."
