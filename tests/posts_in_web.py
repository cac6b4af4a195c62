"""Posts that are written in the web, for tests of its pages."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from campaign.authoring import compose
from campaign.authoring.compose import Desk
from campaign.config import Channel, Content
from campaign.content.fields import Fields
from campaign.models import Post
from campaign.web.frame import site
from tests.deliveries import NOON
from tests.folders import Folder, make_folder
from tests.pages import Visitor

CHANNELS = {
    "x-en": Channel("x-en", "twitter", "en", slots=("daily 09:00",)),
    "x-fr": Channel("x-fr", "twitter", "fr", slots=("daily 09:00",)),
    "fb-fr": Channel("fb-fr", "facebook", "fr", slots=("daily 09:00",)),
}
TEXTS = {"en": {"short": "Hello."}, "fr": {"short": "Bonjour."}}
FIELDS = Fields(channels=tuple(CHANNELS), when="2027-10-20 09:00", texts=TEXTS)
FORM = {
    "title": "A first post",
    "base": "1",
    "kind": "awareness",
    "template": "fact",
    "channels": list(CHANNELS),
    "when_mode": "time",
    "when_date": "2027-10-20",
    "when_time": "09:00",
    "en.short": "Hello.",
    "fr.short": "Bonjour.",
    "en.long": "",
    "fr.long": "",
}
"""What a browser sends of it."""
Write = Callable[..., Post]


@pytest.fixture
def folder(tmp_path, monkeypatch, settings: Any) -> Folder:
    """The site works in a small folder of its own."""
    monkeypatch.chdir(tmp_path)
    made = make_folder(tmp_path)
    read = settings.CONFIG
    settings.CONFIG = replace(
        read,
        content=Content(made.posts, made.templates),
        channels=CHANNELS,
        web=replace(read.web, uploads=tmp_path / "uploads"),
    )
    return made


def desk() -> Desk:
    """What the pages of that site write with."""
    return Desk(site.config(), site.library())


def begun(by: Visitor, title: str = "A first post", kind: str = "awareness") -> Post:
    """A post with its first, empty version."""
    assert by.user
    return compose.create("know", kind, title, by.user, desk(), NOON)


def written(by: Visitor, fields: Fields = FIELDS, title: str = "A first post") -> Post:
    """A post that is saved as its second version."""
    post = begun(by, title, fields.kind)
    assert by.user
    compose.save(post, fields, by.user, 1, desk(), NOON)
    return post


def planned(by: Visitor, fields: Fields = FIELDS, title: str = "A first post") -> Post:
    """A post that is handed in."""
    post = written(by, fields, title)
    assert by.user
    compose.submit(post, by.user, desk(), NOON)
    return post
