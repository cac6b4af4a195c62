"""What a text and a template may say, what they may not, and that nothing they say runs away."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from campaign.content.templates.sandbox import NameProblem, Sandbox, TemplateError


@dataclass(frozen=True)
class Post:
    title: str = "Hope"
    kind: str = "story"


def fact(identity: str) -> str:
    if identity != "mbc-definition":
        raise NameProblem(f'"{identity}" is not a fact; did you mean "mbc-definition"?')
    return "Breast cancer that has spread."


def broken() -> str:
    raise OSError("/secret/path is missing")


NAMES: Mapping[str, object] = {
    "post": Post(),
    "fact": fact,
    "broken": broken,
    "language": "en",
    "hashtags": ("#MBC", "#Hope"),
    "numbers": [1, 2, 3],
    "settings": {"a": 1},
    "nothing": None,
    "due": datetime(2027, 10, 13, 9, tzinfo=UTC),
}
SANDBOX = Sandbox(None)


def text(source: str) -> str:
    return SANDBOX.render_text(source, NAMES)


def text_error(source: str) -> TemplateError:
    with pytest.raises(TemplateError) as caught:
        text(source)
    return caught.value


ASKED = [
    '{{ fact("mbc-definition") }}',
    "{{language}}",
    "{{ fact('mbc-definition') }}",
    '{{ fact("other") }}',
    "{{ broken() }}",
]
MISTAKES = [
    "{{ nothing }}",
    "{{ unknown }}",
    "{{ fact }}",
    "{{ not }}",
    "{{ hashtags }}",
    '{{ fact("") }}',
    "{{ true }}",
    "{{",
    "}}",
    "{",
]
PIECES = st.lists(
    st.sampled_from([*ASKED, *MISTAKES, "Hope", " ", "\n", "\r\n", "\u2028", "#}", "'", '"']),
    max_size=8,
).map("".join)


@given(PIECES.filter(lambda source: "{" in source))
@example('Hope\n{{ fact("mbc-definition") }} {{ language }}')
@example('Hope\n{{ language }} {{ fact("other") }}')
def test_a_text_put_together_from_pieces_is_what_its_whole_would_be(source: str) -> None:
    # With a tag in it, a text is always read as a whole.
    whole = "{% if true %}{% endif %}" + source
    assert told(source) == told(whole)
    known = ("fact", "language", "hashtags")
    assert names_told(source, known) == names_told(whole, known)


def told(source: str) -> tuple[object, ...]:
    try:
        return (SANDBOX.render_text(source, NAMES),)
    except TemplateError as problem:
        return re.sub(r" at \d+", "", problem.message), problem.line, problem.file


def names_told(source: str, known: tuple[str, ...]) -> list[tuple[object, ...]]:
    problems = SANDBOX.undefined_names(source, known)
    return [
        (re.sub(r" at \d+", "", problem.message), problem.line, problem.file)
        for problem in problems
    ]


class Folder:
    """A folder of templates that a test writes into."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sandbox = Sandbox(path)

    def write(self, name: str, source: str) -> None:
        (self.path / name).parent.mkdir(exist_ok=True)
        (self.path / name).write_text(source, encoding="utf-8")

    def render(self, source: str) -> str:
        self.write("a.txt.j2", source)
        return self.sandbox.render_file("a.txt.j2", NAMES)

    def error(self, source: str) -> TemplateError:
        with pytest.raises(TemplateError) as caught:
            self.render(source)
        return caught.value


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


# A post's own text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Plain.\r\nText\n", "Plain.\r\nText\n"),
        ("{{ fact('mbc-definition') }}\n", "Breast cancer that has spread.\n"),
        ("{% if language == 'fr' %}oui{% elif 1 < 2 <= 2 %}yes{% else %}no{% endif %}", "yes"),
        (
            "{{ post.title|upper ~ 1 }} {{ 'a' + 'b' * 2 }} {{ 7 % 4 }} {{ 2 ** 5 }}",
            "HOPE1 abb 3 32",
        ),
        (
            "{{ hashtags|join(' ') }} {{ '%02d'|format(9) }} {{ '%s!' % 'a' }}",
            "#MBC #Hope 09 a!",
        ),
        ("{{ hashtags[0] }}{{ post['title'][1:] }}{{ settings.a }}", "#MBCope1"),
        ("{{ due.strftime('%H:%M') }} {{ post.title.replace('o', 'a') }}", "09:00 Hape"),
        ("{% raw %}{{ x }}{% endraw %}{# unseen #}", "{{ x }}"),
        (
            "{{ missing|default('none') }}{{ 'a' if false }}{{ missing is defined }}",
            "noneFalse",
        ),
        (
            "{{ '<b> & ' }}{{ [3, 1]|sort|first }}{{ numbers|map('string')|list|join }}",
            "<b> & 1123",
        ),
    ],
)
def test_a_text_says_what_its_expressions_mean(source: str, expected: str) -> None:
    assert text(source) == expected


@pytest.mark.parametrize(
    ("source", "tag"),
    [
        ("{% for x in numbers %}{% endfor %}", "for"),
        ("{% set x = 1 %}", "set"),
        ("{% set x %}a{% endset %}", "set"),
        ("{% macro m() %}{% endmacro %}", "macro"),
        ("{% call fact() %}{% endcall %}", "call"),
        ("{% filter upper %}a{% endfilter %}", "filter"),
        ("{% with x = 1 %}{% endwith %}", "with"),
        ("{% block b %}{% endblock %}", "block"),
        ("{% include 'a' %}", "include"),
        ("{% import 'a' as a %}", "import"),
        ("{% from 'a' import b %}", "from"),
        ("{% extends 'a' %}", "extends"),
        ("{% autoescape true %}{% endautoescape %}", "autoescape"),
    ],
)
def test_a_text_that_uses_another_tag_is_refused_at_its_line(source: str, tag: str) -> None:
    error = text_error(f"{{% if 1 %}}\n{source}{{% endif %}}")
    assert error.message.startswith(f"{{% {tag} %}} cannot be used")
    assert (error.line, error.file) == (2, None)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("{{ fcat('x') }}", '"fcat" is not a name that a text can use; did you mean "fact"?'),
        (
            "{{ post.titel }}",
            '"post.titel" is not a name that a text can use; did you mean "title"?',
        ),
        (
            "{{ settings.b.c }}",
            '"settings.b" is not a name that a text can use; known here: a.',
        ),
        (
            "{{ nothing.name }}",
            'There is no "name" here: what it should belong to is empty or too short.',
        ),
        (
            "{{ numbers[7] }}",
            'There is no "7" here: what it should belong to is empty or too short.',
        ),
        ("{{ fact('mbc') }}", '"mbc" is not a fact; did you mean "mbc-definition"?'),
        ("{{ broken() }}", "This part of the template cannot be worked out (OSError)."),
        ("{{ 1 / 0 }}", "This part of the template cannot be worked out: division by zero."),
        (
            "{{ post.title|uper }}",
            '"uper" is not a filter that a template can use; did you mean "upper"?',
        ),
        *(
            (asked, 'This is a function and has to be called, for example fact("…").')
            for asked in (
                "{{ fact }}",
                "{{ fact|string }}",
                "{{ '%s'|format(fact) }}",
                "{{ '%s' % fact }}",
                "{{ '%s %s' % ('a', fact) }}",
                "{{ 'a' ~ fact }}",
                "{{ ['a', fact]|join(' ') }}",
                "{{ ['a', [fact]]|string }}",
                "{{ dict(a=fact)|string }}",
                "{{ fact|upper }}",
                "{{ ''|default(fact, true) }}",
                "{{ 'a'.upper|string }}",
                "{{ dict|string }}",
            )
        ),
        (
            "{{ nothing }}",
            "This is nothing (None), not a text or a number, and cannot stand in a post.",
        ),
        (
            "{{ hashtags }}",
            "This is a tuple, not a text or a number, and cannot stand in a post.",
        ),
        (
            "{{ post.title",
            "This template cannot be read: unexpected end of template, expected 'end of print statement'.",
        ),
    ],
)
def test_a_mistake_is_one_sentence_with_its_line(source: str, sentence: str) -> None:
    error = text_error(f"first\n\n{source}")
    assert (error.message, str(error), error.line) == (sentence, sentence, 3)


def test_a_changed_text_is_rendered_anew() -> None:
    assert [SANDBOX.render_text("{{ x }}", {"x": x}) for x in (1, 2)] == ["1", "2"]


# Escapes


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ ''['__class__'].__mro__ }}",
        "{{ fact.__globals__ }}",
        "{{ post|attr('__class__') }}",
        "{{ [post]|map(attribute='__class__')|first }}",
        "{{ '{0.__class__}'.format(post) }}",
        "{{ '{a.__class__}'.format_map({'a': post}) }}",
        "{{ ['{0.__class__}']|map('format', post)|first.__class__ }}",
        "{{ ('{0.__class__}'|string).format(post) }}",
        "{{ post._secret }}",
        "{{ numbers.append(4) }}",
        "{{ settings.update(a=2) }}",
        "{{ dict.update(settings, a=2) }}",
        "{{ settings.fromkeys('abc') }}",
        "{{ self._TemplateReference__context }}",
        "{{ range.mro() }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ cycler.__init__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ (1).to_bytes(1, 'big') }}",
        "{{ 'a'|safe }}",
        "{{ [1]|random }}",
    ],
)
def test_nothing_inside_python_is_reached(source: str) -> None:
    assert text_error(source).line == 1
    assert NAMES["numbers"] == [1, 2, 3]
    assert NAMES["settings"] == {"a": 1}


# Files


def test_a_file_may_use_all_of_jinja(folder: Folder) -> None:
    folder.write("base.j2", "[{% block body %}{% endblock %}]")
    folder.write(
        "macros.j2",
        "{% macro tag(x) %}<{{ x }}{{ language }}{{ caller() if caller is defined }}>{% endmacro %}",
    )
    folder.write("part.j2", "part {{ word }}")
    source = """{% extends "base.j2" %}{% block body %}{% from "macros.j2" import tag %}{% set word = "w" -%}
    {% for x in hashtags if x %}{{ loop.index }}{{ tag(x) }}{{ "," if not loop.last }}{% endfor -%}
    {% call tag("c") %}!{% endcall %}{% filter upper %}u{% endfilter %}{% include "part.j2" -%}
    {% set ns = namespace(n=0) %}{% for x in numbers recursive %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n -}}
    {% include "missing.j2" ignore missing %}{{ super() }}{% endblock %}"""
    assert folder.render(source) == "[1<#MBCen>,2<#Hopeen><cen!>Upart w6]"


def test_an_edited_file_is_read_again(folder: Folder) -> None:
    assert folder.render("old") == "old"
    assert folder.render("newer") == "newer"


def test_no_value_is_kept_from_one_rendering_to_the_next(folder: Folder) -> None:
    folder.write("state.j2", "{% set ns = namespace(n=0) %}")
    source = "{% import 'state.j2' as s %}{% set n = s.ns %}{% set n.n = n.n + 1 %}{{ n.n }}"
    assert [folder.render(source), folder.render(source)] == ["1", "1"]


@pytest.mark.parametrize(
    "name",
    ["../out.j2", "/etc/hostname", "link.j2", "a\0b", "..\\out.j2", "sub", "./../out.j2"],
)
def test_only_files_inside_the_folder_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "out.j2").write_text("secret")
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "link.j2").symlink_to(tmp_path / "out.j2")
    inside = Folder(tmp_path / "in")
    with pytest.raises(TemplateError):
        inside.sandbox.render_file(name, NAMES)
    assert "There is no template" in inside.error(f"{{% include {name!r} %}}").message


def test_a_missing_file_is_named(folder: Folder) -> None:
    with pytest.raises(TemplateError) as caught:
        folder.sandbox.render_file("fact/x.j2", NAMES)
    assert caught.value.file == str(folder.path / "fact/x.j2")
    assert '"fact/x.j2"' in caught.value.message
    inside = folder.error("\n{% include 'b.j2' %}")
    assert (inside.line, inside.file) == (2, str(folder.path / "a.txt.j2"))


def test_without_a_folder_every_template_is_missing() -> None:
    with pytest.raises(TemplateError, match="There is no template"):
        SANDBOX.render_file("a.j2", NAMES)


def test_a_file_that_is_not_utf8_is_named_with_its_line(folder: Folder) -> None:
    (folder.path / "b.j2").write_bytes(b"a\nb\xe9\n")
    error = folder.error("{% include 'b.j2' %}")
    assert "UTF-8" in error.message
    assert (error.line, error.file) == (2, str(folder.path / "b.j2"))


def test_an_error_inside_an_included_file_has_that_files_line(folder: Folder) -> None:
    folder.write("b.j2", "\n\n{{ post.titel }}")
    folder.write("c.j2", "\n{% if %}")
    for name, line in (("b.j2", 3), ("c.j2", 2)):
        error = folder.error(f"{{% include '{name}' %}}")
        assert (error.line, error.file) == (line, str(folder.path / name))


def test_html_escaping_cannot_be_switched_on(folder: Folder) -> None:
    assert folder.error("a\n{% autoescape true %}{% endautoescape %}").line == 2


# Names, without rendering


def test_unknown_names_are_found_where_rendering_does_not_come_by() -> None:
    errors = SANDBOX.undefined_names(
        "{% if false %}\n{{ fcat('x') }}\n{{ psot.title|default(y) }}{% endif %}", NAMES
    )
    assert [error.line for error in errors] == [2, 3, 3]
    assert errors[0].message == '"fcat" is not a name that a text can use; did you mean "fact"?'


def test_names_that_a_file_gives_itself_are_known(folder: Folder) -> None:
    folder.write("b.j2", "{% macro shout(x) %}{{ x }}{% endmacro %}")
    source = """{% from "b.j2" import shout as s %}{% import "b.j2" as b %}{% set a, c = 1, 2 %}
    {{ s(a) }}{{ b.shout(c) }}
    {% for x, y in [] %}{{ loop.index }}{{ x }}{{ y }}{% endfor %}{% macro m(p, q=1) %}{{ p }}{{ q }}{{ caller() }}
    {{ varargs }}{{ kwargs }}{% endmacro %}{{ m() }}{% with w = 1 %}{{ w }}{% endwith %}{{ range(1) }}{{ self.z() }}
    {% block z %}{{ super() }}{% endblock %}{% call(k) m() %}{{ k }}{% endcall %}{% set d %}{% endset %}{{ d }}
    {% set ns = namespace(n=1) %}{% set ns.n = 2 %}{{ ns.n }}
    {{ x }}{{ p }}{{ w }}{{ k }}"""
    folder.write("a.txt.j2", source)
    errors = folder.sandbox.undefined_names("a.txt.j2", NAMES)
    assert [error.message[:3] for error in errors] == ['"k"', '"p"', '"w"', '"x"']
    assert {(error.line, error.file) for error in errors} == {
        (7, str(folder.path / "a.txt.j2"))
    }


def test_what_cannot_be_read_is_one_error_among_the_names(folder: Folder) -> None:
    assert [error.line for error in SANDBOX.undefined_names("\n{% for", NAMES)] == [2]
    assert [error.line for error in SANDBOX.undefined_names("{% set x = y %}", NAMES)] == [1]
    assert len(folder.sandbox.undefined_names("missing.j2", NAMES)) == 1


def test_a_function_may_render_a_text_of_its_own() -> None:
    names = {"inner": lambda: SANDBOX.render_text("{{ x }}", {"x": "in"})}
    assert SANDBOX.render_text("{{ inner() }}{{ inner() }}", names) == "inin"


# Any text at all

WORDS = """{{ }} {% %} {# #} if endif else elif raw endraw for in is not defined - post fact ( ) [ ] { } . title | upper
~ + * ** % / 'a' 9 1e9 , = == : é __class__ format x \\ \""""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n"])
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.lists(PIECES, max_size=25).map(" ".join)


def rendered_or_refused(source: str) -> str:
    try:
        return text(source)
    except TemplateError as error:
        return error.message


@given(TEXTS | st.text())
@example("{{ fact(a=1, a=2) }}")
@example("{{ numbers[1:2, 3] }}")
@example("{{ " + "9" * 5000 + " }}")
@example("{{ \ud800 }}")
def test_any_text_becomes_a_text_or_a_template_error(source: str) -> None:
    assert isinstance(rendered_or_refused(source), str)
    assert isinstance(SANDBOX.undefined_names(source, NAMES), list)


@given(TEXTS)
def test_any_expression_becomes_a_text_or_a_template_error(expression: str) -> None:
    assert isinstance(rendered_or_refused("{{ " + expression + " }}"), str)


@given(st.text(st.characters(exclude_characters="{}")))
def test_a_text_without_braces_stays_as_it_is(source: str) -> None:
    assert text(source) == source
