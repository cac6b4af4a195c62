"""Where a network takes a post's link as an attachment, it goes out beside the text, and not in it."""

from pathlib import Path

import pytest

from campaign.content.links import is_moved_beside
from campaign.planning.plan import Planned
from campaign.publishers import NETWORKS
from tests.folders import Folder, make_folder, with_code

LONG = """{{ text }}

{% if link() %}
Learn more: {{ link() }}
{% endif %}

{{ hashtags | join(" ") }}
"""
PICTURE = '\n[[media]]\nfile = "a.png"\nalt.en = "A garden."\nalt.fr = "Un jardin."'
SITE = "https://survivornet.ca/mbc/"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    folder = make_folder(tmp_path)
    folder.template(LONG)
    folder.write("templates/fact/short.txt.j2", "{{ text }}\n\n{{ link() }}")
    return folder


def planned(folder: Folder, channel: str = "facebook-en") -> Planned:
    [planned] = [one for one in folder.plan().planned if one.channel.name == channel]
    return planned


def test_the_address_is_beside_the_text_and_the_line_that_led_to_it_is_gone(
    folder: Folder,
) -> None:
    folder.post()
    on_facebook, on_x = planned(folder), planned(folder, "twitter-en")
    assert on_facebook.text == "Hello.\n\n#MBC #Cancer"
    assert on_facebook.link.startswith(SITE + "?utm_source=facebook&")
    assert on_x.link == ""
    assert SITE in on_x.text


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("", "Look here: {{ link() }}."),
        (PICTURE, "Hello."),
        ('\nkind = "story"\n[consent]\nstoryteller = "s-1"\nchannels = ["facebook-en"]\ngiven_on = 2027-01-01', "Hello."),
        ('\nlink = "https://www.facebook.com/events/1"', "Hello."),
        ('\nlink = "http://localhost:8000/tell"', "Hello."),
    ],
    ids=["the text asks for it", "pictures", "a story", "a page of Facebook's", "a page inside"],
)  # fmt: skip
def test_it_stays_in_the_text_where_it_cannot_go_beside_it(
    folder: Folder, head: str, words: str
) -> None:
    folder.post(head=f'when = "mbc-day 09:00"\ntemplate = "fact"{head}', en=words)
    stays = planned(folder)
    assert stays.link == ""
    assert "http" in stays.text


def test_a_post_without_a_link_and_a_template_that_never_asks_for_it_have_none_beside(
    folder: Folder,
) -> None:
    folder.post(head='when = "mbc-day 09:00"\nlink = "none"')
    assert planned(folder).link == ""
    folder.post()
    folder.template("{{ text }}")
    assert planned(folder).link == ""


def test_texts_that_differ_in_the_link_beside_them_are_not_the_same_text(
    folder: Folder,
) -> None:
    folder.post()
    head = 'when = "mbc-day 10:00"\nlink = "https://survivornet.ca/other/"'
    folder.post("two", head=head)
    assert not with_code(planned_of(folder, "know/two"), "same-text")
    folder.post("two", head='when = "mbc-day 10:00"')
    assert with_code(planned_of(folder, "know/two"), "same-text")


def planned_of(folder: Folder, key: str) -> Planned:
    every = [one for one in folder.plan().planned if one.channel.name == "facebook-en"]
    return next(one for one in every if one.post.key == key)


def test_only_a_line_with_the_link_may_be_missing_in_a_text_that_has_it_beside_now() -> None:
    before = f"Hello.\n\nLearn more: {SITE}\n\n#MBC"
    assert is_moved_beside(SITE, before, "Hello.\n\n#MBC")
    assert not is_moved_beside(SITE, before, "Hello you.\n\n#MBC")
    assert not is_moved_beside(SITE, "Hello.\n\n#MBC", "Hello.\n\n#MBC")
    assert not is_moved_beside("", before, "Hello.\n\n#MBC")


def test_facebook_takes_pages_of_the_web_as_attachments_and_x_takes_none() -> None:
    facebook, x = NETWORKS["facebook"].attaches_link, NETWORKS["twitter"].attaches_link
    for address in (
        "https://survivornet.ca",
        "http://a.example.org/b?c#d",
        "https://é.example.org/",
    ):
        assert facebook(address)
        assert not x(address)
    for address in (
        "",
        "https://m.facebook.com/a",
        "https://fb.me/a",
        "https://10.0.0.1/",
        "https://intranet/a",
    ):
        assert not facebook(address)
