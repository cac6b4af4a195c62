"""The folders are read whole: what cannot be used is told, and the rest is read all the same."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from campaign.content.library import Library, read_library, shown
from tests.folders import CALENDAR, CAMPAIGN, FACT, Folder, make_folder, with_code


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path)


def messages(library: Library) -> list[str]:
    return [str(finding) for finding in library.findings]


def test_everything_in_the_folders_is_read(folder: Folder) -> None:
    folder.post()
    library = folder.library()
    assert library.findings == ()
    assert (list(library.posts), list(library.campaigns)) == (["know/one"], ["know"])
    assert (list(library.facts), list(library.days), library.templates) == (
        ["spread"],
        ["mbc-day"],
        ("fact",),
    )
    assert library.campaign(library.posts["know/one"]).utm == "know"
    assert library.days["mbc-day"].on(2027) == date(2027, 10, 13)
    assert library.whole


def test_a_broken_post_does_not_hide_the_others(folder: Folder) -> None:
    folder.post("one")
    folder.write("posts/know/two.toml", 'when = "never"\n')
    folder.write("posts/know/three.toml", "when = \n")
    library = folder.library()
    assert list(library.posts) == ["know/one"]
    assert library.broken == {"know/two", "know/three"}
    assert [finding.place.file for finding in library.findings] == [
        "posts/know/three.toml",
        "posts/know/two.toml",
    ]
    assert all(finding.place.line == 1 for finding in library.findings)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("know/listen.toml.txt", "rename it to listen.toml, or"),
        ("know/listen.TOML", "rename it to listen.toml, or"),
        ("know/listen.toml~", "rename it to listen.toml, or"),
        ("know/listen.toml.bak", "rename it to listen.toml, or"),
        ("know/listen.tml", "rename it to listen.toml, or"),
        ("know/.listen.toml", "rename it to listen.toml, or"),
        ("know/Campaign.toml", "write its name in small letters, campaign.toml."),
        ("Facts.toml", "write its name in small letters, facts.toml."),
        ("know/facts.toml", "only posts/facts.toml is read"),
        ("know/calendar.toml", "only posts/calendar.toml is read"),
        ("know/notes.docx", "it is no post"),
        ("README.md", "it is no post"),
        ("know/Garden.JPG", "No post shows this picture"),
    ],
)
def test_whatever_lies_among_the_posts_and_is_not_read_gets_a_line(
    folder: Folder, name: str, told: str
) -> None:
    folder.post()
    folder.write(f"posts/{name}", "x = 1")
    [finding] = folder.library().findings
    assert told in finding.message
    assert finding.place.file == f"posts/{name}"
    assert finding.code == (
        "passed-over" if "toml" in name.lower() or "tml" in name else "unused-file"
    )
    assert list(folder.library().posts) == ["know/one"]


def test_a_picture_of_a_post_and_what_systems_leave_there_get_no_line(folder: Folder) -> None:
    folder.post(head='when = "next-slot"\nmedia = [{ file = "img/a.jpg" }]')
    for name in ("know/img/a.jpg", "know/.DS_Store", "know/._one.toml", ".git/config"):
        folder.write(f"posts/{name}", "")
    assert folder.library().findings == ()


def test_of_a_picture_nothing_is_said_while_not_every_post_is_known(folder: Folder) -> None:
    path = folder.post()
    folder.write("posts/know/b.jpg", "")
    assert folder.library(path.parent).findings == ()
    folder.write("posts/know/two.toml", "when = \n")
    assert [finding.code for finding in folder.library().findings] == ["bad-toml"]


def test_posts_of_several_campaigns_are_read_in_the_order_of_their_names(
    folder: Folder,
) -> None:
    folder.post("b")
    folder.post("a")
    folder.write("posts/other/a.toml", 'when = "next-slot"\n')
    assert list(folder.library().posts) == ["know/a", "know/b", "other/a"]


def test_a_campaign_may_lack_its_file(folder: Folder) -> None:
    folder.write("posts/plain/one.toml", 'when = "next-slot"\n')
    library = folder.library()
    assert library.findings == ()
    assert library.campaigns["plain"].names["en"] == "plain"


@pytest.mark.parametrize("text", ["name = \n", 'nam.en = "x"\n'])
def test_a_broken_campaign_keeps_its_posts_waiting_and_no_others(
    folder: Folder, text: str
) -> None:
    folder.post()
    folder.write("posts/plain/one.toml", 'when = "next-slot"\n')
    folder.write("posts/know/campaign.toml", text)
    library = folder.library()
    assert [str(finding.place) for finding in library.findings] == [
        "posts/know/campaign.toml:1"
    ]
    assert [library.campaigns[slug].usable for slug in ("know", "plain")] == [False, True]


def test_an_unknown_day_of_a_campaign_is_told_with_its_line(folder: Folder) -> None:
    folder.post()
    folder.write("posts/know/campaign.toml", CAMPAIGN.replace("mbc-day +18d", "mbc-days +18d"))
    assert messages(folder.library()) == [
        'posts/know/campaign.toml:7: error: "mbc-days" is not a day of the calendar; did you mean "mbc-day"?'
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            CALENDAR.replace("fixed", "fxied"),
            'posts/calendar.toml:4: error: The rule "fxied 10-13" is not known',
        ),
        (
            CALENDAR.replace('rule = "fixed 10-13"', ""),
            'posts/calendar.toml:2: error: "day.rule" is missing: add it.',
        ),
        (
            CALENDAR.replace('id = "mbc-day"', ""),
            'posts/calendar.toml:2: error: "day.id" is missing: add it.',
        ),
        (
            CALENDAR.replace("name.fr", "name.de"),
            'posts/calendar.toml:6: error: "day.name.de" is not a known key',
        ),
        (
            CALENDAR.replace('name.fr = "Journée CSM"', ""),
            'posts/calendar.toml:5: error: The day "mbc-day" has no name.fr',
        ),
        (CALENDAR * 2, 'posts/calendar.toml:10: error: The day "mbc-day" stands here twice'),
        (
            CALENDAR + "quiet = 1\n",
            'posts/calendar.toml:8: error: "day.quiet" must be true or false.',
        ),
        (
            CALENDAR + 'dates = ["x"]\n',
            'posts/calendar.toml:8: error: "day.dates" must be a list of dates',
        ),
        (CALENDAR + "dates = [2027-04-18]\n", 'dates belong to the rule "manual" alone'),
        (
            CALENDAR.replace("[[day]]", "[[days]]"),
            'posts/calendar.toml:2: error: "days" is not a known key',
        ),
        ("[[day]\n", "posts/calendar.toml:1: error: This is not valid TOML here"),
    ],
)
def test_a_fault_of_the_calendar_is_told_with_its_line(
    folder: Folder, text: str, expected: str
) -> None:
    folder.write("posts/calendar.toml", text)
    assert expected in "\n".join(messages(folder.library()))


def test_a_manual_day_is_read(folder: Folder) -> None:
    folder.write(
        "posts/calendar.toml",
        CALENDAR.replace("fixed 10-13", "manual") + "dates = [2027-04-18]\nquiet = true",
    )
    day = folder.library().days["mbc-day"]
    assert (day.on(2027), day.on(2028), day.quiet) == (date(2027, 4, 18), None, True)


def test_broken_facts_are_told_and_the_posts_are_read(folder: Folder) -> None:
    folder.post()
    folder.write("posts/facts.toml", FACT.replace('id = "spread"', "id = 3"))
    library = folder.library()
    assert list(library.posts) == ["know/one"]
    assert messages(library) == [
        'posts/facts.toml:3: error: "fact.id" must be a text in quotes, such as "…".'
    ]


def test_only_the_files_asked_for_are_read(folder: Folder) -> None:
    one, _ = folder.post("one"), folder.post("two")
    folder.write("posts/other/a.toml", 'when = "next-slot"\n')
    assert list(folder.library(one).posts) == ["know/one"]
    assert list(folder.library(one.parent).posts) == ["know/one", "know/two"]
    assert list(folder.library(one, one.parent, Path("posts/know/../know/one.toml")).posts) == [
        "know/one",
        "know/two",
    ]
    assert list(folder.library(one.parent / "campaign.toml").posts) == ["know/one", "know/two"]
    assert list(folder.library(folder.posts / "facts.toml").posts) == []
    assert not folder.library(one).whole
    assert list(folder.library(one).facts) == ["spread"]


def test_a_post_outside_of_the_folder_can_be_checked_by_its_path(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.write("draft/new/one.toml", 'when = "next-slot"\n')
    assert list(folder.library(Path("draft/new/one.toml")).posts) == ["new/one"]
    monkeypatch.chdir(path.parent)
    for written in ("one.toml", "./one.toml", "../new/one.toml", "."):
        assert list(folder.library(Path(written)).posts) == ["new/one"]


def test_a_path_that_is_not_there_is_told(folder: Folder) -> None:
    library = folder.library(Path("posts/know/none.toml"))
    assert [(finding.code, finding.place.file) for finding in library.findings] == [
        ("unreadable", "posts/know/none.toml")
    ]
    assert library.broken == {"know/none"}


def test_hidden_files_and_folders_are_left_alone(folder: Folder) -> None:
    folder.post()
    for name in (".git/one.toml", "know/.one.toml.swp"):
        folder.write(f"posts/{name}", "not TOML")
    library = folder.library()
    assert (list(library.posts), library.findings) == (["know/one"], ())


def test_a_folder_that_is_named_like_a_post_is_a_folder(folder: Folder) -> None:
    folder.write("posts/know.toml/one.toml", 'when = "next-slot"\n')
    assert list(folder.library().posts) == ["know.toml/one"]


def test_links_in_a_circle_end(folder: Folder) -> None:
    folder.post()
    for name in ("a", "b", "c"):
        (folder.posts / "know" / name).symlink_to(folder.posts)
    (folder.posts / "know" / "self.toml").symlink_to("self.toml")
    (folder.posts / "know" / "gone.toml").symlink_to("nowhere.toml")
    library = folder.library()
    assert list(library.posts) == ["know/one"]
    assert sorted(finding.place.file for finding in library.findings) == [
        "posts/know/gone.toml",
        "posts/know/self.toml",
    ]
    assert library.broken == {"know/self", "know/gone"}


def test_a_link_that_leads_nowhere_is_told_and_not_taken_for_nothing(folder: Folder) -> None:
    folder.post()
    for name in ("facts.toml", "calendar.toml", "know/campaign.toml"):
        (folder.posts / name).unlink()
        (folder.posts / name).symlink_to("nowhere")
    library = folder.library()
    assert len(with_code(library, "unreadable")) == 3
    assert not library.campaigns["know"].usable


def test_a_second_folder_of_the_same_name_is_refused(folder: Folder) -> None:
    folder.post()
    folder.write("posts/later/know/one.toml", 'when = "next-slot"\n')
    folder.write("posts/later/know/two.toml", 'when = "next-slot"\n')
    library = folder.library()
    assert list(library.posts) == ["know/one"]
    assert library.broken == {"know/two"}
    assert messages(library) == [
        'posts/later/know: error: There is another campaign "know" in posts/know: give one of the folders another name.'
    ]


def test_a_missing_folder_of_posts_is_told_and_takes_nothing_for_gone(tmp_path: Path) -> None:
    library = read_library(tmp_path / "none", tmp_path / "none")
    assert [finding.code for finding in library.findings] == ["no-folder"]
    assert not library.whole
    assert (library.posts, library.facts, library.templates) == ({}, {}, ())


def test_a_missing_folder_of_posts_does_not_stand_for_the_working_folder(
    folder: Folder,
) -> None:
    folder.write("facts.toml", FACT)
    assert read_library(folder.root / "none", folder.templates).facts == {}


def test_a_name_that_cannot_be_shown_is_told(folder: Folder) -> None:
    folder.post()
    Path(os.fsdecode(bytes(folder.posts / "know") + b"/caf\xe9.toml")).write_text(
        'when = "next-slot"\n'
    )
    library = folder.library()
    assert list(library.posts) == ["know/one"]
    assert [finding.code for finding in library.findings] == ["bad-name"]
    str(library.findings[0]).encode("utf-8")


@pytest.fixture
def open_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """A folder that other users can reach, for tests that become somebody whom permissions concern."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        monkeypatch.chdir(root)
        yield make_folder(root)


@contextmanager
def not_root() -> Iterator[None]:
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("mode", [0o000, 0o444], ids=["closed", "listed only"])
def test_a_folder_that_may_not_be_read_is_told_and_takes_nothing_for_gone(
    open_folder: Folder, mode: int
) -> None:
    open_folder.post()
    open_folder.write("posts/open/one.toml", 'when = "next-slot"\n')
    (open_folder.posts / "know").chmod(mode)
    with not_root():
        library = open_folder.library()
    (open_folder.posts / "know").chmod(0o755)
    assert (library.whole, list(library.posts)) == (False, ["open/one"])
    assert messages(library) == [
        "posts/know: error: This folder cannot be read (permission denied): check that it may be read."
    ]


def test_a_folder_of_posts_that_may_not_be_reached_is_told(open_folder: Folder) -> None:
    open_folder.post()
    open_folder.root.chmod(0o700)
    with not_root():
        library = open_folder.library()
    assert (library.whole, library.posts) == (False, {})
    assert library.findings


def test_a_path_is_shown_from_the_working_folder(folder: Folder) -> None:
    assert shown(folder.posts / "know" / ".." / "a.toml") == "posts/a.toml"
    assert shown(Path("posts/a.toml")) == "posts/a.toml"
    assert shown(Path("/elsewhere/a.toml")) == "/elsewhere/a.toml"
