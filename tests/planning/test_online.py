"""`check --online` tells of links that are dead, have moved, or lead to the other language."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from campaign.config import Config
from campaign.core.finding import Finding
from campaign.planning import online
from campaign.planning.online import check_online
from campaign.publishers.pages import State, WebPage
from tests.folders import ALL_CHANNELS, NOW, Folder, make_folder

HERE = WebPage(State.HERE)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    made = make_folder(tmp_path)
    made.template("{{ text }} {{ link() }}")
    made.post()
    return made


class Asked:
    """Stands for the web: what is asked, and by whom; pages by their address, all others are here."""

    def __init__(self, **pages: WebPage) -> None:
        self.pages = {f"https://survivornet.ca/{key}/": page for key, page in pages.items()}
        self.addresses: list[str] = []
        self.agent = ""

    def __call__(self, addresses: Iterable[str], agent: str) -> dict[str, WebPage]:
        self.addresses, self.agent = list(addresses), agent
        return {address: self.pages.get(address, HERE) for address in self.addresses}


def told(
    folder: Folder,
    asked: Asked,
    monkeypatch: pytest.MonkeyPatch,
    config: Config = ALL_CHANNELS,
) -> list[Finding]:
    monkeypatch.setattr(online, "ask", asked)
    return check_online(folder.library(), folder.plan(NOW, config), config)


def test_links_of_texts_facts_and_campaigns_are_asked_without_their_tags(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.post(en="See cbcn.ca/en/help", fr="Voir https://cbcn.ca/fr/aide")
    asked = Asked()
    assert told(folder, asked, monkeypatch) == []
    assert set(asked.addresses) == {
        "https://example.org/spread",
        "https://survivornet.ca/mbc/",
        "https://survivornet.ca/fr/csm/",
        "https://cbcn.ca/en/help",
        "https://cbcn.ca/fr/aide",
    }
    assert "https://survivornet.ca" in asked.agent


def test_a_dead_link_is_an_error_where_it_stands(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(mbc=WebPage(State.DEAD, "it answers 404"))
    findings = told(folder, asked, monkeypatch)
    places = [(finding.code, finding.place.file) for finding in findings]
    assert places == [("dead-link", "posts/know/campaign.toml")]
    assert "is dead (it answers 404): correct the link" in findings[0].message


def test_a_dead_link_of_a_post_alone_is_told_at_its_text(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.post(en="See https://survivornet.ca/own/", fr="Voir cbcn.ca")
    asked = Asked(own=WebPage(State.SILENT, "the connection was refused"))
    [finding] = told(folder, asked, monkeypatch)
    assert (finding.code, str(finding.place)) == ("dead-link", "posts/know/one.toml:3")


def test_when_no_page_answers_at_all_the_links_are_not_blamed(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(addresses: Iterable[str], _agent: str) -> dict[str, WebPage]:
        return dict.fromkeys(addresses, WebPage(State.SILENT, "its name was not found"))

    monkeypatch.setattr(online, "ask", silent)
    [finding] = check_online(folder.library(), folder.plan(NOW), ALL_CHANNELS)
    assert (finding.code, finding.level.value) == ("offline", "error")
    assert "Not one of 3 links could be reached" in finding.message


def test_a_link_that_leads_on_is_told_with_where(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(mbc=WebPage(State.HERE, moved_to="https://survivornet.ca/new/"))
    [first, *_] = told(folder, asked, monkeypatch)
    assert (first.code, first.level.value) == ("moved-link", "info")
    assert "leads on to https://survivornet.ca/new/" in first.message


def test_a_page_in_the_other_language_is_told_to_those_who_read_another(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(**{"fr/csm": WebPage(State.HERE, language="en"), "mbc": HERE})
    findings = told(folder, asked, monkeypatch)
    assert {finding.code for finding in findings} == {"page-language"}
    assert "is a page in English: link one in French" in findings[0].message


def test_a_source_may_be_in_any_language_and_its_french_page_is_in_french(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts = (folder.posts / "facts.toml").read_text("utf-8")
    address = "https://survivornet.ca/src/"
    folder.write("posts/facts.toml", facts.replace("https://example.org/spread", address))
    asked = Asked(src=WebPage(State.HERE, language="fr"))
    folder.post(en=f"See {address}", fr=f"Voir {address}")
    assert told(folder, asked, monkeypatch) == []
    french = facts.replace("review_by", f'url_fr = "{address}"\nreview_by')
    folder.write("posts/facts.toml", french)
    folder.post()
    asked = Asked(src=WebPage(State.HERE, language="en"))
    assert [finding.code for finding in told(folder, asked, monkeypatch)] == ["page-language"]


def test_what_could_not_be_seen_is_not_called_dead(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(mbc=WebPage(State.SHUT, "it answers 403 to programs"))
    findings = told(folder, asked, monkeypatch)
    assert {(finding.code, finding.level.value) for finding in findings} == {
        ("unseen-link", "info")
    }


def test_a_check_of_links_can_be_switched_off(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(mbc=WebPage(State.DEAD, "it answers 404"))
    config = Config(channels=ALL_CHANNELS.channels, checks={"dead-link": None})
    assert told(folder, asked, monkeypatch, config) == []
