"""What is approved goes out as it was approved: the link beside a text is part of it, and what was approved before links went
beside texts keeps its address in the text."""

from pathlib import Path

import pytest

from campaign.config import Channel
from campaign.decisions import approving
from campaign.delivery.attachments import fingerprint
from campaign.models import Delivery
from campaign.states import Status
from tests.authoring.loading import Files, files_in

pytestmark = pytest.mark.django_db
TEMPLATE = "{{ text }}\n\n{% if link() %}\nLearn more: {{ link() }}\n{% endif %}\n\nBye."
PAGE = Channel("fb-en", "facebook", "en")


@pytest.fixture
def files(tmp_path: Path) -> Files:
    files = files_in(tmp_path)
    files.folder.template(TEMPLATE)
    files.channels(**{"x-en": None, "x-fr": None, "fb-en": PAGE})
    return files


def the() -> Delivery:
    return Delivery.objects.get()


def as_before(delivery: Delivery) -> str:
    """As an earlier version of the program has approved it: with the address in the text."""
    text = delivery.text.replace("\n\nBye.", f"\n\nLearn more: {delivery.link}\n\nBye.")
    known = fingerprint(text)
    kept = {"text": text, "approved_text": text, "link": ""}
    Delivery.objects.update(fingerprint=known, approved_fingerprint=known, **kept)
    return text


def test_a_link_beside_the_text_is_approved_with_it_and_another_one_takes_the_approval(
    files: Files,
) -> None:
    files.post("one")
    files.load()
    files.approve()
    before = the()
    assert before.status == Status.QUEUED
    assert before.link.startswith("https://survivornet.ca/mbc/")
    assert before.approved_fingerprint == fingerprint(before.text, "", before.link)
    files.post("one", 'link = "https://survivornet.ca/other/"\n')
    loaded = files.load()
    after = the()
    assert after.status == Status.DRAFT
    assert (after.text, after.link != before.link) == (before.text, True)
    assert "Its link has changed" in loaded.lost_approvals[0]
    changes = approving.changed_since_approval(after)
    assert "".join(run.new for run in changes if not run.same)


def test_what_was_approved_with_the_address_in_its_text_stays_as_it_was(files: Files) -> None:
    files.post("one")
    files.load()
    files.approve()
    text = as_before(the())
    loaded = files.load()
    assert not loaded.lost_approvals
    assert (the().status, the().text, the().link) == (Status.QUEUED, text, "")
    files.folder.template(TEMPLATE.replace("Bye", "Goodbye"))
    files.load()
    assert the().status == Status.DRAFT
    assert the().link


def test_a_draft_follows_and_has_its_link_beside_the_text(files: Files) -> None:
    files.post("one")
    files.load()
    as_before(the())
    Delivery.objects.update(approved_fingerprint="")
    files.load()
    assert the().link
    assert the().link not in the().text
