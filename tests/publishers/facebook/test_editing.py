"""Facebook: the words of a post that is out are changed where they are, and what it says of that."""

from collections.abc import Iterator

import pytest

from campaign.publishers.facebook.publisher import Facebook
from campaign.publishers.publisher import (
    Message,
    NotThere,
    Published,
    Refused,
    TryLater,
    Unconfirmed,
)
from tests.doubles import DoubleServer, Graph, Ledger, doubles, faults, script
from tests.doubles.channels import PAGE, PAGE_KEYS
from tests.doubles.opened import posted, quick_page

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
TOKEN, SECRET = PAGE_KEYS["page_access_token"], PAGE_KEYS["app_secret"]
BETTER = Message("Better words: 1 800 555-0100 & <more>.")


@pytest.fixture
def server() -> Iterator[DoubleServer]:
    with doubles(graph=Graph(Ledger(), tokens={TOKEN: PAGE}, app_secret=SECRET)) as server:
        yield server


@pytest.fixture
def page(server: DoubleServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Facebook]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    publisher = quick_page(server.url)
    yield publisher
    publisher.session.close()


def graph_of(server: DoubleServer) -> Graph:
    [graph] = [site for site in server.sites if isinstance(site, Graph)]
    return graph


def out(page: Facebook) -> str:
    outcome = posted(page, Message("Wrong words."))
    assert isinstance(outcome, Published)
    return outcome.remote_id


def test_the_words_are_changed_and_twice_is_as_once(server, page):
    post_id = out(page)
    for _ in range(2):
        assert page.edit(post_id, BETTER) == Published(post_id, "")
    assert server.ledger.texts() == [BETTER.text]
    assert TOKEN not in server.ledger.requests[-1].target


def test_a_post_that_is_gone_is_told_as_gone_and_wrong_keys_are_not(server, page):
    post_id = out(page)
    page.delete(post_id)
    assert page.edit(post_id, BETTER) == NotThere()
    graph_of(server).tokens = {"another": PAGE}
    refused = page.edit(post_id, BETTER)
    assert isinstance(refused, TryLater)
    assert refused.whole_channel


def test_what_another_app_has_made_is_not_changed(server, page):
    post_id = out(page)
    graph_of(server).by_others.add(post_id)
    refused = page.edit(post_id, BETTER)
    assert isinstance(refused, Refused)
    assert "the app that made it" in refused.reason
    assert server.ledger.texts() == ["Wrong words."]


@pytest.mark.parametrize("wrong", ["", "x", "1/../2", f"{PAGE}_1/comments"])
def test_what_is_no_id_is_not_asked_for(server, page, wrong):
    assert isinstance(page.edit(wrong, BETTER), Refused)
    assert server.ledger.requests == []


def test_a_text_without_words_is_refused(page):
    assert isinstance(page.edit(out(page), Message("")), Refused | Unconfirmed)


def test_another_pages_post_is_not_changed(server, page):
    refused = page.edit("999_1001", BETTER)
    assert isinstance(refused, Refused | TryLater)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (faults.close_after(), Unconfirmed),
        (faults.answer(500, {"error": {"code": 1, "message": "Trouble"}}), Unconfirmed),
        (faults.answer(200, {}), Unconfirmed),
        (faults.answer(400, {"error": {"code": 32, "message": "Limit"}}), TryLater),
        (faults.answer(400, {"error": {"code": 190, "message": "Expired"}}), TryLater),
        (faults.answer(400, {"error": {"code": 100, "message": "Too long"}}), Refused),
    ],
)
def test_what_goes_wrong_is_an_outcome(server, page, fault, outcome):
    post_id = out(page)
    server.faults = script(fault)
    assert isinstance(page.edit(post_id, BETTER), outcome)
