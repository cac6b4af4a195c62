"""Where a post's link leads is checked before anybody is led there."""

from dataclasses import replace
from pathlib import Path

import pytest

from campaign.config import Config, Stories, Web
from campaign.core.finding import Finding
from tests.folders import ALL_CHANNELS, CAMPAIGN, NOW, Folder, make_folder, with_code

OUTSIDE = replace(ALL_CHANNELS, web=Web(address="https://posts.survivornet.ca"))
WHEN = 'when = "mbc-day 09:00"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path)


def missing(folder: Folder, head: str, config: Config = OUTSIDE) -> list[Finding]:
    folder.post(head=WHEN + head)
    return with_code(folder.plan(NOW, config), "missing-address")


def test_a_place_without_an_address_is_told_with_file_and_key(folder: Folder) -> None:
    folder.write("posts/know/campaign.toml", f'{CAMPAIGN}[links.join-council]\nen = ""\n')
    [finding] = missing(folder, 'action = "join-council"')
    assert finding.place.file == "posts/know/campaign.toml"
    assert finding.place.line == CAMPAIGN.count("\n") + 1
    assert finding.place.path == ("links", "join-council")
    assert (
        "write links.join-council.en, links.join-council.fr in campaign.toml" in finding.message
    )
    assert finding.level.value == "warning"


def test_one_language_without_an_address_is_told_alone(folder: Folder) -> None:
    folder.write(
        "posts/know/campaign.toml", f'{CAMPAIGN}[links.share]\nen = "https://survivornet.ca"\n'
    )
    [finding] = missing(folder, 'action = "share"')
    assert "write links.share.fr in" in finding.message


def test_a_place_with_its_addresses_and_a_post_with_its_own_page_are_well(
    folder: Folder,
) -> None:
    folder.write(
        "posts/know/campaign.toml", f'{CAMPAIGN}[links]\nresources = "https://cbcn.ca/"\n'
    )
    assert missing(folder, 'link = "resources"') == []
    assert missing(folder, 'action = "share"\nlink = "https://survivornet.ca/share"') == []
    assert missing(folder, 'action = "share"\nlink = "none"') == []
    assert missing(folder, "") == []


def test_stories_are_told_at_the_form_of_the_program(folder: Folder) -> None:
    assert missing(folder, 'action = "tell-your-story"') == []


@pytest.mark.parametrize(
    "config",
    [ALL_CHANNELS, replace(OUTSIDE, stories=Stories(open=False))],
    ids=["no address", "closed"],
)
def test_a_form_that_nobody_can_reach_is_told(folder: Folder, config: Config) -> None:
    [finding] = missing(folder, 'action = "tell-your-story"', config)
    assert "nobody outside can reach the form" in finding.message
    own = '[links]\ntell-your-story = "https://survivornet.ca/stories"\n'
    folder.write("posts/know/campaign.toml", CAMPAIGN + own)
    assert missing(folder, 'action = "tell-your-story"', config) == []


def test_a_network_that_nobody_knows_is_told_with_the_nearest(folder: Folder) -> None:
    folder.post(head=WHEN + 'link.not_on = ["twiter"]')
    [finding] = with_code(folder.plan(), "unknown-network")
    assert '"twiter" is not a network; did you mean "twitter"?' in finding.message
    assert finding.place.line == 2


@pytest.mark.parametrize("link", ['link = "none"', 'link.not_on = ["twitter"]'])
def test_a_text_that_asks_for_a_link_that_is_not_there_is_told(
    folder: Folder, link: str
) -> None:
    folder.post(head=WHEN + link, en="Write to us: {{ link() }}.")
    assert len(with_code(folder.plan(), "no-link")) == 1
    folder.post(head=WHEN + link, en="See {{ link('https://cbcn.ca/') }}.")
    assert with_code(folder.plan(), "no-link") == []
    folder.post(head=WHEN, en="Write to us: {{ link() }}.")
    assert with_code(folder.plan(), "no-link") == []
