"""A template that would run away is stopped, by counting, wherever it grows."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from campaign.content.templates.sandbox import Sandbox, TemplateError
from tests.stage import PATIENCE

DUE = datetime(2027, 10, 13, 9, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def render(folder: Path, source: str) -> str:
    (folder / "a.txt.j2").write_text(source, encoding="utf-8")
    return Sandbox(folder).render_file("a.txt.j2", {"due": DUE})


def error(folder: Path, source: str) -> str:
    with pytest.raises(TemplateError) as caught:
        render(folder, source)
    return caught.value.message


GROW = (
    "{% set ns = namespace(x=START) %}{% for i in range(90) %}{% set ns.x = NEXT %}{% endfor %}"
)


def grown(start: str, following: str) -> str:
    return GROW.replace("START", start).replace("NEXT", following)


@pytest.mark.parametrize(
    "source",
    [
        "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",
        "{% for i in range(5001) %}.{% endfor %}{% for i in 'x' * 5000 %}.{% endfor %}",
        "{% for i in range(10001) %}{% endfor %}",
        "{% for i in range(9999) if false %}{% endfor %}{% for i in 'ab' if false %}{% endfor %}",
        "{% for i in range(99) recursive %}{{ loop(range(99)) if loop.depth < 4 }}{% endfor %}",
        "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% macro m() %}{% endmacro %}{% for i in range(5001) %}{{ m() }}{{ m() }}{% endfor %}",
        "{% block b %}{{ self.b() }}{{ self.b() }}{% endblock %}",
        "{% include 'a.txt.j2' %}{% include 'a.txt.j2' %}",
        "{% extends 'a.txt.j2' %}",
        "{% import 'a.txt.j2' as a %}",
        "{{ 'x' * 10 ** 10 }}",
        "{{ 10 ** 10 * [1] }}",
        "{{ 9 ** 9 ** 9 ** 99 }}",
        grown("3", "ns.x * ns.x"),
        grown("'ab'", "ns.x + ns.x"),
        grown("'ab'", "ns.x ~ ns.x"),
        grown("[1]", "[ns.x, ns.x]"),
        grown("(1,)", "(ns.x, ns.x)"),
        grown("{}", "{'a': ns.x, 'b': ns.x}"),
        grown("{}", "dict(a=ns.x, b=ns.x)"),
        grown("'ab'", "'%s%s' % (ns.x, ns.x)"),
        grown("'ab'", "[ns.x, ns.x]|join"),
        grown("'ab'", "ns.x %}{% set y %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = y"),
        "{% macro m(n) %}{{ m(n - 1, varargs, varargs) if n }}{{ varargs|length }}{% endmacro %}{{ m(99, 1, 1) }}",
        "{{ ('%(a)s' * 9000) % {'a': 'x' * 9000} }}",
        "{{ 'x'|center(10 ** 9) }}",
        "{{ ('\\n' * 50000)|indent(10 ** 5) }}",
        "{{ ('x' * 50000)|replace('x', 'y' * 50000) }}",
        "{{ ('x' * 50000).replace('', 'y' * 50000) }}",
        "{{ range(9000)|join('x' * 50000) }}",
        "{{ [1]|batch(10 ** 9, 'x')|list }}",
        "{{ [1]|slice(10 ** 9)|list }}",
        "{{ 1|round(10 ** 9, 'ceil') }}",
        "{{ due.strftime('%9999999d' * 9000) }}",
        "{{ ('é' * 30000)|urlencode }}",
        "{{ range(9999)|map('string')|map('upper')|list }}",
        "{{ range(9999)|map(attribute='" + "real." * 9999 + "real')|list }}",
        "{% set x %}{% for i in range(9999) %}" + "d" * 9999 + "{% endfor %}{% endset %}",
        "{% for i in range(9999) %}" + "d" * 99 + "{% endfor %}",
        "{% set x = 'x' * 90000 %}{% for i in range(9999) %}{% if 'ab' in x %}{% endif %}{% endfor %}",
        "{% set x = 'x' * 90000 %}{% for i in range(9999) %}{% if x.count('ab') %}{% endif %}{% endfor %}",
        "{% set x = 'x' * 90000 %}{% for i in range(9999) %}{% set y = x[1:] %}{% endfor %}",
        "{% for i in range(9999) %}" + "{% if i %}{% endif %}" * 1200 + "{% endfor %}",
        "{% set z = [-10 ** 9]|map('body cost')|list %}{% for i in range(9999) %}{% set x = 'x' * 999 %}{% endfor %}",
        "{{ " + "(" * 9999 + "1" + ")" * 9999 + " }}",
        "{{ 1 }}" * 9999,
        "x" * 100_001,
    ],
)
def test_a_runaway_is_stopped(folder: Path, source: str) -> None:
    assert "the template does too much" in error(folder, source)


@pytest.mark.parametrize("spec", ["%1000d", "%*d", "%.1000f", "%((a)b)1000d", "%r", "%"])
@pytest.mark.parametrize("use", ["{{ 'SPEC'|format(5) }}", "{{ 'SPEC' % 5 }}"])
def test_a_format_with_a_giant_width_is_refused(folder: Path, spec: str, use: str) -> None:
    assert "format cannot be used" in error(folder, use.replace("SPEC", spec))


@pytest.mark.parametrize(
    "method", ["ljust(9)", "zfill(9)", "expandtabs(9)", "translate({})", "encode()", "join([])"]
)
def test_methods_that_amplify_are_not_there(folder: Path, method: str) -> None:
    assert "cannot be used in a template" in error(folder, f"{{{{ 'x'.{method} }}}}")


def test_what_a_template_may_do_is_enough(folder: Path) -> None:
    assert render(folder, "{% for i in range(10000) %}.{% endfor %}") == "." * 10_000
    nested = "{% for i in range(99) %}{% for j in range(99) %}{{ j }}{% endfor %}{% endfor %}"
    assert len(render(folder, nested)) == 99 * (10 + 2 * 89)
    assert len(render(folder, "{{ 'x' * 100000 }}")) == 100_000


def test_a_runaway_names_its_line_and_leaves_the_next_rendering_alone(folder: Path) -> None:
    (folder / "a.txt.j2").write_text(
        "\n{% for i in range(9999) %}\n{% for j in 'ab' %}{% endfor %}{% endfor %}"
    )
    with pytest.raises(TemplateError) as caught:
        Sandbox(folder).render_file("a.txt.j2", {})
    assert caught.value.line == 3
    assert render(folder, "{% for i in range(9999) %}{% endfor %}ok") == "ok"


def test_renderings_in_several_threads_count_each_for_itself(folder: Path) -> None:
    (folder / "a.txt.j2").write_text(
        "{% for i in range(6000) %}{{ wait() if i == 3000 }}{% endfor %}ok"
    )
    sandbox = Sandbox(folder)
    barrier = threading.Barrier(4, timeout=PATIENCE)

    def wait() -> str:
        barrier.wait()
        return ""

    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(sandbox.render_file, "a.txt.j2", {"wait": wait}) for _ in range(4)]
        assert [job.result() for job in jobs] == ["ok"] * 4
