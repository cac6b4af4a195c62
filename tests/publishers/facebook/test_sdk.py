"""facebook-sdk: what it does to a call by itself, and what is made of it here."""

import importlib.util
import inspect
import sys
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from campaign.publishers.facebook import graph
from campaign.publishers.facebook.publisher import Facebook
from campaign.publishers.publisher import Message
from tests.doubles import DoubleServer, Graph, Ledger, doubles, faults
from tests.doubles.channels import PAGE, PAGE_KEYS
from tests.doubles.opened import posted, quick_page

pytestmark = pytest.mark.allow_hosts(["127.0.0.1"])
SDK = vars(graph)["facebook"]
"""As the program has imported it: without the warning that it gives where it is not compiled yet."""
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HELLO = Message("Hello & <you>: https://example.org/é\nSecond line")
TOKEN, SECRET = PAGE_KEYS["page_access_token"], PAGE_KEYS["app_secret"]


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


def test_the_version_of_the_configuration_is_called(
    server: DoubleServer, page: Facebook
) -> None:
    # The SDK's own check refuses every version after 3.1, and any of two digits.
    with pytest.raises(SDK.GraphAPIError):
        SDK.GraphAPI("token", version="26.0")
    posted(page, HELLO)
    assert server.ledger.requests[0].path == f"/v26.0/{PAGE}/feed"


def test_lists_and_truth_values_are_written_as_the_graph_api_reads_them(
    server: DoubleServer, page: Facebook
) -> None:
    listed = [{"media_fbid": "9"}]
    with pytest.raises(SDK.GraphAPIError):
        page._graph.put_object(
            PAGE, "feed", message="m", published=False, attached_media=listed, place=None
        )
    form = server.ledger.requests[0].form
    assert form["published"] == "false"
    assert form["attached_media"] == '[{"media_fbid": "9"}]'
    assert "place" not in form


def test_the_sdk_itself_corrupts_lists(server: DoubleServer) -> None:
    # The trap that the test above guards against.
    session = page_session = requests.Session()
    sdk = SDK.GraphAPI(TOKEN, session=session)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SDK, "FACEBOOK_GRAPH_URL", server.url + "/")
        sdk.version = "v26.0"
        with pytest.raises(SDK.GraphAPIError):
            sdk.put_object(
                PAGE, "feed", message="m", published=False, attached_media=[{"media_fbid": "9"}]
            )
    page_session.close()
    assert server.ledger.requests[0].form["attached_media"] == "media_fbid"
    assert server.ledger.requests[0].form["published"] == "False"


def test_trouble_without_an_error_in_it_is_success_to_the_sdk_itself(
    server: DoubleServer,
) -> None:
    # The trap that the test above guards against: a 503 that is handed back as a result.
    server.faults = faults.always(faults.server_error(503, store=False))
    with requests.Session() as session, pytest.MonkeyPatch.context() as patch:
        patch.setattr(SDK, "FACEBOOK_GRAPH_URL", server.url + "/")
        assert (
            SDK.GraphAPI(TOKEN, session=session).put_object(PAGE, "feed", message="m")["status"]
            == 503
        )


def test_the_package_is_imported_without_a_warning_on_any_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on a new machine, where nothing is compiled yet: Python warns of the package then, and only then.
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    for name in ("facebook", "facebook.version"):
        monkeypatch.delitem(sys.modules, name)
    spec = importlib.util.spec_from_file_location("a_copy", inspect.getfile(graph))
    assert spec
    assert spec.loader
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
    assert "facebook" in sys.modules
