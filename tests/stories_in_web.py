"""Stories told through the pages, for tests."""

import io
from typing import Any

import pytest
from PIL import Image

from campaign.models.stories import Storyteller
from campaign.stories import storyteller
from campaign.stories.agreeing import parties
from campaign.web.frame import site
from campaign.web.stories import floods
from campaign.web.stories.consenting import steps
from tests.deliveries import FakeClock
from tests.folders import Folder
from tests.pages import Page, Visitor
from tests.posts_in_web import folder  # noqa: F401 - fixture

HOSTILE = "<script>alert('x')</script>"
NAME, CONTACT = "Zoé Ferragamo", "514 555-0199"
PDF = b"%PDF-1.7 signed by Zoe"
ANSWERS: dict[str, Any] = {
    "identity": "none",
    "named_as": "",
    "pictures": "no",
    "channels": ["x-en", "x-fr"],
    "purposes": ["awareness"],
    "until": "12",
    "until_day": "",
    "details": ["diagnosis"],
    "edits": "light",
    "if_ill": "ask",
    "if_died": "remove",
    "if_ended": "keep",
    "trusted": "Paul Roy",
    "trusted_contact": "514 555-0111",
    "may_tell": [],
}
TOLD: dict[str, Any] = {
    "whose": "self",
    "about": "",
    "words": "Every good day counts.",
    "language": "en",
    "name": NAME,
    "contact": CONTACT,
    "contact_language": "en",
}
ENTERED: dict[str, Any] = {
    **ANSWERS,
    **TOLD,
    "told": ["copies", "withdraw", "terms", "free", "risks"],
    "method": "paper",
    "given_on": "2027-10-12",
}


@pytest.fixture
def stories(folder: Folder, site_clock: FakeClock) -> Folder:  # noqa: F811 - as above
    """The site works in a small folder, in which stories have a template."""
    folder.template("{{ text }}", "story")
    return folder


def opened(clock: FakeClock, seconds: float = 60) -> str:
    """The stamp of a form that was opened so long ago."""
    written = floods.stamp(clock())
    clock.advance(seconds=seconds)
    return written


def tells(visitor: Visitor, clock: FakeClock, *, expect: int = 303, **more: Any) -> Page:
    """Sends the public form."""
    return visitor.post("/tell/", {**TOLD, "stamp": opened(clock), **more}, expect=expect)


def told(visitor: Visitor, clock: FakeClock, **more: Any) -> tuple[Storyteller, str]:
    """A story that was told; whose it is, and the address of their private page."""
    went = tells(visitor, clock, **more).went_to
    return Storyteller.objects.latest("pk"), went.removesuffix("welcome/")


def agrees(visitor: Visitor, link: str, *, expect: int = 303, **more: Any) -> Page:
    """Reads what sharing means, answers every step, and says yes on the private page."""
    who = storyteller.by_key(link.split("/")[2])
    assert who
    for step in steps.steps_of(parties.party_of(who))[:-1]:
        given = {name: value for name, value in (ANSWERS | more).items() if name in step.fields}
        visitor.post(f"{link}consent/{step.slug}/", {**given, "do": "next"}, expect=303)
    page = visitor.get(f"{link}consent/read/")
    shown = page.one("input[name=page]")["value"]
    said = {"do": "agree", "agreed": "yes", "page": shown}
    return visitor.post(f"{link}consent/read/", said | more, expect=expect)


def agreed(visitor: Visitor, clock: FakeClock, **more: Any) -> tuple[Storyteller, str]:
    """A story that was told, and what its person agreed to afterwards."""
    of_story = {name: value for name, value in more.items() if name in (*TOLD, "files")}
    of_consent = {name: value for name, value in more.items() if name in ANSWERS}
    who, link = told(visitor, clock, **of_story)
    agrees(visitor, link, **of_consent)
    who.refresh_from_db()
    return who, link


def link_for(who: Storyteller) -> str:
    """The address of a new private page."""
    return f"/my-story/{storyteller.new_link(who, 'maria', site.now())}/"


def picture(place: bool = True) -> bytes:
    """A small picture that tells where it was taken."""
    made, exif = io.BytesIO(), Image.Exif()
    if place:
        exif.get_ifd(0x8825)[1] = "N"
        exif[0x010E] = "Zoé at home"
    Image.new("RGB", (60, 40), (90, 140, 160)).save(made, "JPEG", exif=exif)
    return made.getvalue()
