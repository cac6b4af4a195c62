"""Who may open which page, found out by trying: every address, by a stranger and in every role.

The table stands in docs/access.md, and a test holds it to what happens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.pages import Visitor

READERS = ("stranger", "volunteer", "staff", "admin")
ANSWERS: Mapping[int, str] = {403: "no", 404: "not found", 401: "sign in"}


@dataclass(frozen=True)
class Address:
    """A page's name and its path, with the names of what stands in it."""

    name: str
    route: str
    arguments: tuple[str, ...]


def addresses() -> Iterator[Address]:
    """Every address of the program, in the order of their paths."""
    yield from sorted(_below(get_resolver().url_patterns, ""), key=lambda one: one.route)


def _below(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            yield from _below(pattern.url_patterns, route)
        else:
            assert pattern.name, f"{route} has no name"
            yield Address(pattern.name, route, tuple(pattern.pattern.regex.groupindex))


def tried(address: Address, known: Mapping[str, object], visitor: Visitor) -> str:
    """What comes of asking for the page: "yes", "no", "sign in" or "not found"."""
    url = reverse(address.name, kwargs={name: known[name] for name in address.arguments})
    response = visitor.client.get(url)
    if response.status_code in (301, 302, 303) and "/sign-in/" in response.headers["Location"]:
        return "sign in" if not visitor.user else "yes"
    if response.status_code in ANSWERS:
        return ANSWERS[response.status_code]
    assert response.status_code < 500, f"{url}: {response.status_code}"
    return "yes"


def table(rows: list[tuple[Address, list[str]]]) -> str:
    """The table for the docs."""
    lines = [f"| page | address | {' | '.join(READERS)} |", "|---" * (2 + len(READERS)) + "|"]
    lines += [
        f"| {address.name} | `/{address.route}` | {' | '.join(answers)} |"
        for address, answers in rows
    ]
    return "\n".join(lines) + "\n"
