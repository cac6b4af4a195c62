"""Every address, by a stranger and in every role: what is open to whom is what the docs say."""

import os
from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from campaign.authoring.versions import save_version
from campaign.models import Attempt, Event, Post
from campaign.web.frame.access import AccessMiddleware
from tests.access import READERS, Address, addresses, table, tried
from tests.deliveries import NOON, delivery
from tests.pages import Visitor
from tests.stage import ROOT

DOCS = ROOT / "docs" / "access.md"
BEGIN = "<!-- The table below is held by a test. -->\n"


@pytest.fixture
def known(staff: Visitor) -> dict[str, object]:
    """Something to put into each place of an address: a post that Maria of communications wrote, and what is with it."""
    one = delivery()
    Post.objects.filter(pk=one.post.pk).update(author=staff.user)
    version = save_version(one.post, "", staff.user, NOON, based_on=0)
    assert version
    event = Event.objects.create(at=NOON, actor="maria", action="approved", delivery=one)
    attempt = Attempt.objects.create(
        delivery=one, number=1, worker="w", text="x", started_at=NOON
    )
    assert staff.user
    return {
        "post": one.post.pk,
        "delivery": one.pk,
        "attempt": attempt.pk,
        "event": event.pk,
        "person": staff.user.pk,
        "user": staff.user.pk,
        "invitation": 1,
        "pause": 1,
        "version": version.number,
        "number": version.number,
        "slug": "mbc-awareness",
        "name": "twitter-en",
        "channel": "twitter-en",
        "campaign": "mbc-awareness",
        "key": "no-such-key",
        "uidb36": "1",
        "fact": "mbc-definition",
        "reference": "S-0001",
        "takedown": 1,
        "hand": 1,
        "incident": 1,
        "evergreen": 1,
        "taking": 1,
        "withdrawal": 1,
        "digest": "0" * 64,
        "day": "2027-10-13",
        "form": "short",
        "language": "en",
    }


def _give_password(visitor: Visitor) -> None:
    """As everybody has one who signs in; without one, what asks for it again is closed."""
    assert visitor.user
    visitor.user.set_password("a password of theirs")
    visitor.user.save()
    visitor.client.force_login(visitor.user)


def test_what_is_open_to_whom_is_what_the_docs_say(
    known: dict[str, object],
    stranger: Visitor,
    volunteer: Visitor,
    second: Visitor,
    admin: Visitor,
) -> None:
    visitors = dict(zip(READERS, (stranger, volunteer, second, admin), strict=True))
    for member in (volunteer, second, admin):
        _give_password(member)
    rows: list[tuple[Address, list[str]]] = []
    for address in addresses():
        rows.append((address, [tried(address, known, visitors[reader]) for reader in READERS]))
    head = DOCS.read_text("utf-8").split(BEGIN)[0] if DOCS.exists() else ""
    if os.environ.get("CAMPAIGN_WRITE_DOCS"):
        DOCS.write_text(f"{head}{BEGIN}\n{table(rows)}", "utf-8")
    assert DOCS.read_text("utf-8") == f"{head}{BEGIN}\n{table(rows)}"


def test_a_page_that_says_nothing_of_its_readers_is_open_to_nobody(admin: Visitor) -> None:
    def forgotten() -> None: ...

    middleware = AccessMiddleware(lambda request: HttpResponse())
    request = admin.client.get("/").wsgi_request
    with pytest.raises(PermissionDenied):
        middleware.process_view(request, forgotten, (), {})  # type: ignore[arg-type]


def _views(patterns: list[URLPattern | URLResolver]) -> Iterator[object]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns)
        else:
            yield pattern.callback


def test_every_page_of_ours_says_for_whom_it_is() -> None:
    for view in _views(get_resolver().url_patterns):
        assert hasattr(view, "readers") or view.__module__.startswith("allauth."), view
