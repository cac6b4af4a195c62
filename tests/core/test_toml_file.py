"""Every file a person writes is read with the line of each key, and nothing in it can stop the program."""

import datetime as dt
import errno
import os
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaign.core.finding import Finding, KeyPath
from campaign.core.toml_file import (
    MAX_BYTES,
    MAX_DOTS,
    Table,
    UnreadableFile,
    key_lines,
    read_toml,
    read_toml_text,
)

KEYS = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)


def table_of(tmp_path: Path, text: str) -> Table:
    path = tmp_path / "post.toml"
    path.write_text(text, "utf-8", newline="")
    return read_toml(path, "post.toml")


def refusal(path: Path) -> Finding:
    with pytest.raises(UnreadableFile) as caught:
        read_toml(path, "post.toml")
    return caught.value.finding


def refused(tmp_path: Path, content: str | bytes) -> Finding:
    path = tmp_path / "post.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return refusal(path)


def complaints(table: Table) -> list[str]:
    return [str(finding) for finding in table.file.findings]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("kind",), 1),
        (("claim",), 3),
        (("claim", "fr"), 4),
        (("en", "short"), 7),
        (("en", "after"), 11),
        (("media", 0), 14),
        (("media", 0, "alt"), 16),
        (("media", 0, "alt", "en"), 17),
        (("media", 1, "file"), 19),
        (("media", 1, "parts", 0, "name"), 21),
        (("media", 1, "parts", 1, "name"), 23),
        (("quoted.key", "other key"), 25),
        (("nothing", "like", "it"), 1),
        (("en", "nothing"), 6),
    ],
)
def test_the_line_of_every_key_is_known(tmp_path: Path, path: KeyPath, line: int) -> None:
    text = '''kind = "story"

claim.en = "a"
claim . fr = 'b'

[en]
short = """
kind = "not a key"
[not.a.table]
"""
after = """one""" # a comment
facts = ["a", "b"]

[[media]]
file = "a.jpg"
[media.alt]
en = "text"
[[ media ]] # another
file = "b.jpg"
[[media.parts]]
name = "p"
[[media.parts]]
name = "q"
["quoted.key"]
"other key" = 1
'''
    tomllib.loads(text)
    assert table_of(tmp_path, text).file.place(path).line == line


def test_the_words_of_a_text_begin_below_three_quotes_that_stand_alone(tmp_path: Path) -> None:
    table = table_of(
        tmp_path, 'a = """\nx"""\nb = """x"""\nc = \'\'\'\nx\'\'\'\nd = """ \nx"""\ne = "x"\n'
    )
    assert [table.text_place(key).line for key in "abcde"] == [2, 3, 5, 6, 8]


@st.composite
def generated_files(draw: st.DrawFn) -> tuple[str, dict[KeyPath, int]]:
    lines: list[str] = []
    expected: dict[KeyPath, int] = {}

    def add_keys(table: KeyPath) -> None:
        for key in draw(st.lists(KEYS, max_size=3, unique=True)):
            lines.append(
                draw(
                    st.sampled_from(
                        [f'{key} = "x"', f'  {key}="""', f"{key} = '''one'''", f"'{key}' = 1"]
                    )
                )
            )
            expected[(*table, key)] = len(lines)
            if lines[-1].endswith('="""'):
                lines.extend(
                    draw(
                        st.lists(
                            st.sampled_from(["[x]", "a = 1", "", "[[y]]", "''' '"]), max_size=3
                        )
                    )
                )
                lines.append('"""')
            lines.extend(draw(st.lists(st.sampled_from(["", "# [x]", "# a = 1"]), max_size=1)))

    add_keys(())
    for name in draw(st.lists(KEYS, max_size=4, unique=True)):
        table = f"t-{name}"
        if draw(st.booleans()):
            lines.append(f"[{table}]")
            expected[table,] = len(lines)
            add_keys((table,))
            continue
        for index in range(draw(st.integers(1, 3))):
            lines.append(f"[[{table}]]")
            expected[table, index] = len(lines)
            add_keys((table, index))
            lines.append(f"[{table}.table-inside]")
            expected[table, index, "table-inside"] = len(lines)
            add_keys((table, index, "table-inside"))
    return "\n".join(lines), expected


@given(generated_files())
def test_key_lines_finds_every_key_of_a_file(generated: tuple[str, dict[KeyPath, int]]) -> None:
    text, expected = generated
    tomllib.loads(text)
    lines, _ = key_lines(text)
    assert {path: lines.get(path) for path in expected} == expected


@pytest.mark.parametrize(
    "text", ["x = [\n  [ ]\n]\n", "x = [\n[ ],\n[ ]\n]\n", "x = [\n[[ ]]\n]\ny = 1\n"]
)
def test_an_empty_list_on_a_line_of_its_own_is_no_table(text: str) -> None:
    assert tomllib.loads(text)
    lines, _ = key_lines(text)
    assert ("x",) in lines


@given(st.text() | st.text("[]=#.,\n 'x\""))
def test_key_lines_takes_any_text(text: str) -> None:
    key_lines(text)


@given(st.binary())
@example(b"a = " + b"9" * 5000)
@example(b"a = " + b"[" * 20_000)
@example(b"a = " + b"{a=" * 20_000)
@example(b"a" + b".a" * 100_000 + b" = 1")
@example(b"a = 2027-02-30")
@example(b"\xff\xfea\x00")
@example(b"a = 1\r")
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(content)
    with suppress(UnreadableFile):
        read_toml(path)


@pytest.mark.parametrize(
    "text",
    [
        "x = [\n[" + " " * 400_000 + "\n]]",
        "x = [\n" + " " * 400_000 + "\n]",
        "x = [\n'" + "a" * 400_000 + "'\n]",
    ],
    ids=["blanks in brackets", "blanks", "one word"],
)
def test_a_hostile_line_does_not_hold_the_reader_up(tmp_path: Path, text: str) -> None:
    table_of(tmp_path, text)


def test_broken_toml_is_told_with_its_line(tmp_path: Path) -> None:
    finding = refused(tmp_path, 'kind = "story"\nwhen = 09:00 tomorrow\n')
    assert (finding.code, finding.place.line) == ("bad-toml", 2)
    assert finding.message.startswith("This is not valid TOML here: expected newline")


def test_a_text_that_is_never_closed_is_told_at_the_line_where_it_begins(
    tmp_path: Path,
) -> None:
    finding = refused(tmp_path, 'kind = "story"\nshort = """\nnever closed\n[fr]\n')
    assert finding.place.line == 2
    assert finding.message.endswith('begins there and is never closed: write """ at its end.')


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("kind = “action”", 'TOML does not take “ for a quotation mark: write " on both'),
        ("kind = ‘action’", 'TOML does not take ‘ for a quotation mark: write " on both'),
        ("kind = « action »", 'TOML does not take « for a quotation mark: write " on both'),
        (
            'channels = ["x-en", “x-fr”]',
            'TOML does not take “ for a quotation mark: write " on',
        ),
        ("“kind” = 1", "TOML does not take “ for a quotation mark"),
        ('kind = "action”', 'begins with " and ends with ”: write " there as well'),
        (
            r'file = "C:\Users\ana\bench.jpg"',
            'Between " the sign \\ begins an escape: write / or \\\\ for it',
        ),
        (r'file = "photos\garden.jpg"', "write / or"),
        ('short = "He said "hi" to me."', "ends at its second quotation mark"),
        ("short = 'C'est l'heure.'", "ends at its second quotation mark"),
        ("kind = action", 'A text stands between quotation marks: write " on both sides'),
        ("example = True", "Write true or false, in small letters"),
        ("example = oui", "Write true or false, in small letters"),
        ("when =", "A value is missing behind the sign ="),
        (
            "when = 2026-10-13 9h",
            'The value ends there, and more follows: put a text between ".',
        ),
        ('kind: "action"', "Write = and not : between a key and its value"),
        ('kind\u00a0= "action"', "A sign stands there that nobody sees (U+00A0)"),
        ('\u200bkind = "action"', "A sign stands there that nobody sees (U+200B)"),
        ('kind = "act\x02ion"', "A sign stands there that nobody sees (U+0002)"),
        ('channels = ["a" "b"]', "Put a comma between the parts"),
        ('kind = "action', 'is not closed on its line: write " at its end'),
        ('one = "a"\none = "b"', "It stands there twice: keep one of the two"),
    ],
)
def test_a_slip_of_who_writes_by_hand_is_told_with_what_to_write(
    tmp_path: Path, line: str, what: str
) -> None:
    finding = refused(tmp_path, f"# A post\n{line}\n# The end\n")
    assert what in finding.message
    assert finding.place.line in (2, 3)


@given(st.text() | st.text("[]=#.,\n '\x92“”x\"\\:", max_size=30))
def test_any_text_is_read_or_refused_in_a_sentence_with_its_line(text: str) -> None:
    try:
        read_toml_text(text, "post.toml")
    except UnreadableFile as problem:
        assert (
            problem.finding.place.line is None
            or 1 <= problem.finding.place.line <= text.count("\n") + 1
        )


def test_no_value_stands_in_the_sentence_about_broken_toml(tmp_path: Path) -> None:
    for text in (
        'key = "s3cret\n',
        "key = s3cret\n",
        'key = "s3cret" "s3cret"\n',
        'key = "s3cret"\nkey = "s3cret"\n',
    ):
        assert "s3cret" not in str(refused(tmp_path, text))


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\xff", "not-text", "save it again as UTF-8"),
        ("a = 1".encode("utf-16"), "not-text", "save it again as UTF-8"),
        (b"#" * (MAX_BYTES + 1), "too-big", "larger than 1000 kB"),
        (b"#" * 10_000_000, "too-big", "larger than 1000 kB"),
        (b"a = " + b"[" * 100_000, "bad-toml", "nested too deep"),
        (b"a = " + b"9" * 5_000, "bad-toml", "too many digits"),
        (
            b"a" + b".a" * (MAX_DOTS + 1) + b" = 1",
            "too-many-dots",
            "break it into several lines",
        ),
    ],
    ids=["picture", "utf-16", "just too big", "10 MB", "nested", "digits", "dots"],
)
def test_what_is_no_post_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes, code: str, words: str
) -> None:
    finding = refused(tmp_path, content)
    assert finding.code == code
    assert words in finding.message


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    assert table_of(tmp_path, "a = 1\n" + "#" * (MAX_BYTES - 6)).data == {"a": 1}


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    finding = refusal(tmp_path / "none.toml")
    assert finding.code == "unreadable"
    assert "no such file" in finding.message


def test_a_folder_or_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    assert "not a plain file" in refusal(tmp_path).message
    assert "not a plain file" in refusal(tmp_path / "pipe.toml").message


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "post.toml"
    path.write_text("a = 1")

    def denied(
        *_: object, **__: object
    ) -> None:  # root may read everything, so the refusal is played
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", denied)
    monkeypatch.setattr(Path, "read_bytes", denied)
    assert "permission denied" in refusal(path).message


def test_windows_files_are_read(tmp_path: Path) -> None:
    table = table_of(tmp_path, '\ufeffa = 1\r\nb = """\r\none\r\ntwo"""\r\n')
    assert table.data == {"a": 1, "b": "one\ntwo"}
    assert table.place("b").line == 2


def test_an_unknown_key_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'kind = "x"\n\n[en]\nshrt = "x"\n')
    inner = table.table("en")
    inner.text("short")
    inner.close()
    table.text("kind")
    table.close()
    assert complaints(table) == [
        'post.toml:4: error: "en.shrt" is not a known key; did you mean "short"?'
    ]


def test_unknown_keys_are_told_in_the_order_of_the_file(tmp_path: Path) -> None:
    table = table_of(tmp_path, "".join(f"key{number} = 1\n" for number in range(20)))
    table.close()
    assert [finding.place.line for finding in table.file.findings] == list(range(1, 21))


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        ("1", str, "a text in quotes"),
        ('"yes"', bool, "true or false"),
        ("1", bool, "true or false"),
        ("true", int, "a whole number"),
        ("1.5", int, "a whole number"),
        ('"a"', list, "a list"),
        ("[1]", dict, "a table"),
        ('"2027-10-13"', dt.date, "a date"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(
    tmp_path: Path, value: str, kind: type, words: str
) -> None:
    table = table_of(tmp_path, f"\nkey = {value}\n")
    assert table.take("key", kind, None) is None
    assert complaints(table)[0].startswith(f'post.toml:2: error: "key" must be {words}')


def test_lists_hold_texts_or_dates_and_nothing_else(tmp_path: Path) -> None:
    table = table_of(
        tmp_path,
        'a = ["x", 1]\nb = [2027-01-01, "x"]\nc = [2027-01-01, 2028-01-01]\nd = ["x"]\n',
    )
    assert (table.texts("a"), table.dates("b")) == ((), ())
    assert table.dates("c") == (dt.date(2027, 1, 1), dt.date(2028, 1, 1))
    assert table.texts("d") == ("x",)
    assert [finding.place.line for finding in table.file.findings] == [1, 2]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2027-10-13T09:00:00", "has a time of day"),
        ("2027-10-13 09:00:00Z", "has a time of day"),
        ("0001-01-01", "between the years 2000 and 2100"),
        ("9999-12-31", "between the years 2000 and 2100"),
        ('"2027-10-13"', "must be a date"),
        ("09:00:00", "must be a date"),
    ],
)
def test_a_date_that_is_none_is_refused_and_never_taken_as_absent(
    tmp_path: Path, value: str, words: str
) -> None:
    table = table_of(tmp_path, f"day = {value}\ndays = [{value}]\n")
    assert table.date("day") is None
    assert table.dates("days") == ()
    assert words in complaints(table)[0]
    assert len(complaints(table)) == 2


def test_a_date_is_read_and_an_absent_one_is_no_complaint(tmp_path: Path) -> None:
    table = table_of(tmp_path, "day = 2027-10-13\n")
    assert (table.date("day"), table.date("other"), complaints(table)) == (
        dt.date(2027, 10, 13),
        None,
        [],
    )


def test_a_required_text_that_is_missing_or_empty_is_told(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'empty = " "\nnumber = 1\n')
    assert [table.required(key) for key in ("empty", "number", "absent")] == ["", "", ""]
    assert [finding.code for finding in table.file.findings] == [
        "missing-key",
        "wrong-type",
        "missing-key",
    ]


def test_an_array_of_tables_may_hold_tables_only(tmp_path: Path) -> None:
    table = table_of(tmp_path, 'fact = [{ id = "a" }, "b"]\n')
    assert [item.text("id") for item in table.tables("fact")] == ["a"]
    assert complaints(table) == [
        'post.toml:1: error: "fact" must be tables, each under [[fact]].'
    ]
