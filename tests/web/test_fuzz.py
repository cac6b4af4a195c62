"""Every address with every field that it reads, sent what no browser sends: it is answered, and never with a failure.

A short form of it runs here, other values for each address; CAMPAIGN_FUZZ=long sends every value to each."""

import inspect
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache as cache_forever
from types import ModuleType
from typing import Any

import pytest
from django import forms
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse

from campaign.models import Attempt, Event
from campaign.web.queue.filters import ListFilters
from tests.access import Address, addresses
from tests.deliveries import NOON, delivery
from tests.pages import Visitor
from tests.posts_in_web import folder  # noqa: F401 - a fixture
from tests.stage import ROOT
from tests.stories_in_web import stories  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stories")]
IS_LONG = os.environ.get("CAMPAIGN_FUZZ") == "long"
AT_A_TIME = 1
"""Values that each address gets in the short form."""
IN_ADDRESS = 1_500
"""Characters of a value in an address."""
VALUES: Mapping[str, str] = {
    "nul": "a\0b",
    "nul alone": "\0",
    "deep": "[" * 20_000,
    "deep and closed": "[" * 2_000 + "]" * 2_000,
    "objects": '{"a":' * 5_000,
    "number": "9" * 40,
    "long number": "9" * 5_000,
    "negative": "-1",
    "other digits": "\u0661\u0662\u00b2",
    "past": "0001-01-01",
    "future": "9999-12-31",
    "no day": "2027-02-30",
    "moment": "9999-12-31T23:59",
    "place": "99991231T235959.999999-999999999999999999-9",
    "words": "a " * 5_000,
    "surrogate": '["en_short", "", "\\ud800"]',
    "turned": "\u202etxt.exe",
    "markup": "<script>alert(1)</script>{{ 7*7 }}{% if %}",
    "lines": "a\r\nb\tc\u2028d",
    "path": "../../../etc/passwd",
    "percent": "%00%ff%%s%(a)s{0}",
    "list": '["a", "b", "c"]',
    "not a list": '{"a": 1e999}',
    "quotes": "'\";--",
    "nothing": "",
}
READ = re.compile(r"""(?:GET|POST|FILES|\.get|\.getlist)[(\[]\s*["'](\w+)["']""")
NAMED = re.compile(r'name="(\w+)"')
TEMPLATES = ROOT / "campaign" / "web" / "templates"
EVERYWHERE = ("next", "q", "after", "before", "from", "to", "do", "page")


@pytest.fixture
def known(admin: Visitor) -> dict[str, object]:
    """What stands in each place of an address: rows that there are."""
    row = delivery()
    event = Event.objects.create(at=NOON, actor="a", action="approved", delivery=row)
    attempt = Attempt.objects.create(
        delivery=row, number=1, worker="w", text="x", started_at=NOON
    )
    numbers = dict.fromkeys(("invitation", "pause", "version", "number", "takedown"), 1)
    return numbers | {
        "post": row.post.pk,
        "delivery": row.pk,
        "attempt": attempt.pk,
        "event": event.pk,
        "person": admin.user.pk if admin.user else 0,
        "user": admin.user.pk if admin.user else 0,
        "withdrawal": 1,
        "slug": "mbc",
        "name": "x-en",
        "channel": "x-en",
        "campaign": "mbc",
        "key": "no-such-key",
        "uidb36": "1",
        "fact": "a-fact",
        "reference": "S-0001",
        "digest": "0" * 64,
        "day": "2027-10-13",
        "form": "short",
        "language": "en",
    }


def modules_of(url: str) -> Iterator[ModuleType]:
    """The module of the page's view, and those of ours that it takes its names from."""
    view: Callable[..., object] = inspect.unwrap(resolve(url).func)
    module = sys.modules[view.__module__]
    yield module
    for value in vars(module).values():
        if getattr(value, "__module__", "").startswith("campaign.web"):
            yield sys.modules[value.__module__]


@cache_forever
def fields_of_forms() -> frozenset[str]:
    """The names of all fields that a template writes; "base" and the languages' are put together elsewhere."""
    written = "".join(path.read_text("utf-8") for path in TEMPLATES.rglob("*.html"))
    texts = {f"{language}_{part}" for language in ("en", "fr") for part in ("short", "long")}
    return frozenset(NAMED.findall(written)) | texts | {"base", "stamp"}


def fields_of(url: str) -> list[str]:
    """The names of what a page reads of the address or of a form, as its module and those beside it name them."""
    names = set(EVERYWHERE)
    for module in modules_of(url):
        names.update(READ.findall(inspect.getsource(module)))
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, forms.BaseForm):
                names.update(getattr(value, "base_fields", ()))
    return sorted(names)


def filters_of(url: str) -> list[str]:
    """The names of what a list is asked for in its own module."""
    module = next(modules_of(url))
    names = set(READ.findall(inspect.getsource(module))) | {"after", "before", "q"}
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, ListFilters):
            names.update(value.base_fields, ("from", "to"))
    return sorted(names)


@dataclass
class Asked:
    """A visitor who asks anew each time, signed in whatever the page before did to that."""

    visitor: Visitor

    def client(self) -> Client:
        client = Client()
        if self.visitor.user:
            client.force_login(self.visitor.user)
        return client

    def is_answered(self, url: str, sent: Mapping[str, str]) -> None:
        told = {name: value[:40] for name, value in sent.items()}
        # The server passes on no longer address than of 256 KiB, which is shared by some fifty fields.
        in_address = {name: value[:IN_ADDRESS] for name, value in sent.items()}
        for ask, fields in ((Client.get, in_address), (Client.post, sent)):
            answer: Any = ask(self.client(), url, fields)
            assert answer.status_code < 500, (url, told)
            _read(answer)


def _read(answer: Any) -> None:
    """A file is made while it is read."""
    if answer.streaming:
        b"".join(answer.streaming_content)


def url_of(address: Address, known: Mapping[str, object]) -> str:
    # One that is not known by its name is a number.
    return reverse(
        address.name, kwargs={name: known.get(name, 1) for name in address.arguments}
    )


def test_every_page_answers_whatever_its_fields_hold(
    admin: Visitor, known: dict[str, object]
) -> None:
    asked, names = Asked(admin), list(VALUES)
    for place, address in enumerate(addresses()):
        cache.clear()
        url = url_of(address, known)
        fields = fields_of(url)
        begin = place * AT_A_TIME % len(names)
        chosen = names if IS_LONG else (names + names)[begin : begin + AT_A_TIME]
        for name in chosen:
            asked.is_answered(url, dict.fromkeys({*fields, *fields_of_forms()}, VALUES[name]))
        if IS_LONG:  # each field alone, so that none hides behind another's trouble
            for field in fields:
                for name in names:
                    asked.is_answered(url, {field: VALUES[name]})


@pytest.mark.parametrize("value", ["nul", "number", "future"])
def test_lists_answer_each_of_their_filters(
    admin: Visitor, known: dict[str, object], value: str
) -> None:
    client = Asked(admin).client()
    for url in ("/queue/", "/log/", "/log/log.csv", "/log/log.json", "/posts/", "/calendar/"):
        for field in filters_of(url):
            answer: Any = client.get(url, {field: VALUES[value]})
            assert answer.status_code < 500, (url, field)
            _read(answer)


@pytest.mark.parametrize("value", ["9" * 30, "a%00b", "%ff", "a" * 3_000])
def test_every_page_answers_whatever_stands_in_its_address(
    admin: Visitor, known: dict[str, object], value: str
) -> None:
    asked = Asked(admin)
    for address in addresses():
        if not address.arguments:
            continue
        marked = dict.fromkeys(address.arguments, "MARK")
        url = _with_mark(address, marked)
        for method in ("get", "post"):
            answer = getattr(asked.client(), method)(url.replace("MARK", value) or "/")
            assert answer.status_code < 500, url


def _with_mark(address: Address, marked: Mapping[str, object]) -> str:
    """The address with MARK where a value stands, be it of letters or of digits; "" where it takes neither."""
    for mark in ("MARK", 7_777_777, "7777777-7777777"):
        with suppress(NoReverseMatch):
            url = reverse(address.name, kwargs=dict.fromkeys(marked, mark))
            return url.replace(str(mark), "MARK")
    return ""


@pytest.mark.parametrize(
    "cookie", ["campaign_session", "campaign_csrf", "campaign_language", "messages"]
)
@pytest.mark.parametrize(
    "value", ['"a\\000b"', f'"{"a" * 20}\\000b"', "a" * 4_000, "é", "[[", ""]
)
def test_no_cookie_stops_a_page(db: None, cookie: str, value: str) -> None:
    for url in ("/sign-in/", "/tell/", "/", "/queue/"):
        client = Client(headers={"cookie": f"{cookie}={value}"})
        assert client.get(url).status_code < 500
        assert client.post(url).status_code < 500


@pytest.mark.parametrize(
    "header", ["accept-language", "referer", "hx-current-url", "hx-request", "x-forwarded-for"]
)
@pytest.mark.parametrize("value", ["a\0b", "fr;q=" + "9" * 400, "é", ",".join("ab" * 2_000)])
def test_no_header_stops_a_page(staff: Visitor, header: str, value: str) -> None:
    for url in ("/sign-in/", "/tell/", "/queue/"):
        answer = Asked(staff).client().get(url, headers={header: value})
        assert answer.status_code < 500


def test_a_file_may_be_called_anything(admin: Visitor, known: dict[str, object]) -> None:
    for name in ("a\0b.png", "../../x.png", "é" * 500, "a\r\nb.png"):
        for url in (f"/posts/{known['post']}/pictures/", "/tell/"):
            file: Any = SimpleUploadedFile("x.png", b"no")
            file.name = name
            answer = Asked(admin).client().post(url, {"picture": file})
            assert answer.status_code < 500, (url, name)


def test_the_fields_of_a_page_are_known(admin: Visitor, known: dict[str, object]) -> None:
    assert {"language", "channel", "who", "what"} <= set(fields_of("/log/"))
    assert "fix" in fields_of(f"/posts/{known['post']}/fix/")
    assert {"words", "stamp", "whose"} <= set(fields_of("/tell/"))
    assert {"base", "reason", "en_short"} <= fields_of_forms()
