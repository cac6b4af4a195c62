"""Truly erased: words and marks are planted in every field that takes a text or a picture, and looked for in the whole folder,
the pages of the database's file included, after a story was taken back, ended, its person died, or asked to be erased."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from PIL import Image

from campaign.authoring import drafts, uploads, versions
from campaign.content.source import ConsentFields, Fields, PictureFields, write_source
from campaign.database import events
from campaign.delivery import takedown
from campaign.models import Attempt, Delivery, Post
from campaign.models.stories import Consent, Leftover, Storyteller
from campaign.people.roles import Role, add_user
from campaign.states import Status
from campaign.stories import (
    consent as consents,
)
from campaign.stories import (
    erasure,
    final_word,
    holding,
    keeping,
    papers,
    storyteller,
)
from campaign.stories.consent import After, Identity
from campaign.stories.final_word import FinalAnswer
from campaign.stories.papers import Tale
from campaign.stories.storyteller import HoldReason
from campaign.stories.withdrawal import ALL, Via, withdraw
from tests.deliveries import NOON, TORONTO, delivery, post, terms
from tests.stories.test_withdrawal import Account

AFTER = timedelta(days=30)
WEEK = timedelta(days=8)
MARK = "zq"
"""How every planted word begins: no other word of the program or of its database does."""


class Planted:
    """A person's story with a word of its own in every place; `texts` are the words, `pictures` their bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts: dict[str, str] = {}
        self.pictures: dict[str, bytes] = {}
        self.user, _ = add_user("vera", Role.STAFF)

    def word(self, place: str) -> str:
        word = f"{MARK}{place.replace(' ', '')}{len(self.texts)}"
        self.texts[place] = word
        return word

    def picture(self, place: str) -> bytes:
        made = io.BytesIO()
        size = (24 + len(self.pictures), 17)
        Image.effect_noise(size, 80).convert("RGB").save(made, "PNG")
        self.pictures[place] = made.getvalue()
        return made.getvalue()


def plant(folder: Path, **of: object) -> tuple[Planted, Storyteller]:
    """One live delivery, one that waits, one that was cancelled; with the marks of a long life."""
    planted = Planted(folder)
    word, user = planted.word, planted.user
    who = storyteller.make(word("name"), word("contact"), "fr", "anna", NOON)
    given = {
        "identity": Identity.CHOSEN_NAME,
        "named_as": word("chosen name"),
        "proof_digest": papers.keep(folder, who.reference, b"%PDF-" + word("proof").encode()),
    }
    consents.give(who, terms(**{**given, **of}), "anna", NOON)
    told = papers.keep(folder, who.reference, planted.picture("told"))
    tale = Tale(word("tale"), "fr", (told,), word("trusted"))
    papers.keep_tale(folder, who.reference, tale)
    story = post(
        word("key"),
        kind="story",
        storyteller=who.reference,
        title=word("title"),
        stage_reason=word("returned because"),
        was_story=True,
    )
    shown = uploads.keep(planted.picture("upload"), "a.png", folder, user, NOON)
    uploads.keep(planted.picture("taken out"), "b.png", folder, user, NOON, story)
    typed = uploads.keep(planted.picture("typed"), "c.png", folder, user, NOON)
    for number in range(2):
        fields = Fields(
            kind="story",
            template="story",
            consent=ConsentFields(storyteller=who.reference),
            pictures=(PictureFields(shown.file_name, {"en": word(f"alt {number}")}),),
            texts={"en": {"long": word(f"version {number}")}},
            accepted={"tone": word(f"accepted {number}")},
        )
        versions.save_version(story, write_source(fields), user, NOON, based_on=number)
    fields = replace(fields, pictures=(PictureFields(typed.file_name),))
    drafts.keep_draft(
        story, user, replace(fields, day=word("draft")), word("draft title"), 2, NOON
    )
    frozen = json.dumps(
        [
            {
                "file": str((folder / shown.file_name).resolve()),
                "sha256": shown.digest,
                "alt": word("alt"),
            }
        ]
    )
    for place, status in (
        ("live", Status.PUBLISHED),
        ("waits", Status.QUEUED),
        ("dropped", Status.CANCELLED),
    ):
        _delivery(planted, story, place, status, frozen)
    for reason in ("handed in", "removed because"):
        events.note(
            None, "", "", NOON, actor="vera", action="x", reason=word(reason), post=story.pk
        )
    Post.objects.filter(pk=story.pk).update(title=word("second title"))
    return planted, who


def _delivery(
    planted: Planted, story: Post, place: str, status: Status, pictures: str
) -> Delivery:
    ids = {"remote_id": "7", "part_ids": "7"} if status is Status.PUBLISHED else {}
    channel = {"live": "x-en", "waits": "x-fr", "dropped": "page-en"}[place]
    made = delivery(
        story.name,
        channel,
        of=story,
        status=Status.DRAFT,
        text=f"Of {planted.word(f'{place} text')}.",
        pictures=pictures,
        approved_text=planted.word(f"{place} approved"),
        reason=planted.word(f"{place} reason"),
        **ids,
    )
    final_word.answer(
        storyteller.find(story.storyteller),
        made.pk,
        made.fingerprint,
        FinalAnswer.REMARK,
        NOON,
        remark=planted.word(f"{place} remark"),
    )
    Delivery.objects.filter(pk=made.pk).update(status=status)
    Attempt.objects.create(
        delivery=made,
        number=1,
        worker="w",
        text=planted.word(f"{place} sent"),
        started_at=NOON,
        finished_at=NOON,
        outcome="published",
        status=status,
        detail=planted.word(f"{place} answer"),
    )
    reason = planted.word(f"{place} event")
    events.note(made.pk, "", "", NOON, actor="vera", action="x", reason=reason)
    return made


def everything(folder: Path) -> Iterator[tuple[str, bytes]]:
    """What stands in the folder, in the names of its files, and in what is beside the database."""
    beside = Path(str(connection.settings_dict["NAME"]))
    files = [*folder.rglob("*"), *beside.parent.glob(f"{beside.name}*")]
    for file in files:
        yield str(file), str(file).encode()
        if file.is_file():
            yield str(file), file.read_bytes()


def seen(planted: Planted) -> set[str]:
    """The places whose word or picture is still to be seen anywhere."""
    places = set()
    for _, data in everything(planted.folder):
        low = data.lower()
        places |= {place for place, word in planted.texts.items() if word.encode() in low}
        places |= {
            place
            for place, picture in planted.pictures.items()
            if _pixels(picture) in _pixels_of(data)
        }
    for place, word in planted.texts.items():
        if any(word in str(row).lower() for row in _rows()):
            places.add(f"{place} (in a table)")
    return places


def _pixels(picture: bytes) -> bytes:
    with Image.open(io.BytesIO(picture)) as image:
        return image.convert("RGB").tobytes()


def _pixels_of(data: bytes) -> bytes:
    try:
        return _pixels(data)
    except (OSError, ValueError, SyntaxError):
        return b""


def _rows() -> list[object]:
    rows: list[object] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("campaign_"):
                cursor.execute(f'SELECT * FROM "{table}"')
                rows += cursor.fetchall()
    return rows


def sealed(planted: Planted) -> set[str]:
    """What can still be read with the key: of the record, and of what was handed in."""
    known = Storyteller.objects.get()
    read = [storyteller.name_of(known), storyteller.contact_of(known)]
    read += [final_word.unseal(given.named_as_sealed) for given in Consent.objects.all()]
    read += [
        final_word.remark_of(said)
        for given in Consent.objects.all()
        for said in given.final_words.all()
    ]
    for path in (planted.folder / "stories").rglob("*"):
        if path.is_file():
            text = final_word.unseal(path.read_text())
            read.append(text)
            read.append(_unpacked(text))
    return {
        place for place, word in planted.texts.items() if any(word in text for text in read)
    }


def _unpacked(text: str) -> str:
    import base64

    try:
        return base64.b64decode(text, validate=True).decode("latin-1")
    except ValueError:
        return ""


SEALED = {
    *("name", "contact", "chosen name", "proof", "tale", "trusted"),
    *("live remark", "waits remark", "dropped remark"),
}
"""What never stands in the clear."""
OF_THE_RECORD = {"name", "contact", "chosen name", "proof"}
"""What is kept, sealed, of who took their story back, until its time is over."""


def keep(folder: Path, now: object, account: Account | None = None) -> None:
    """What a program that runs does then; with `account`, the networks delete what they are asked to."""
    keeping.work_off(folder, AFTER, TORONTO, now)
    if account:
        takedown.work_off({"x-en": account}, now)


def ended(planted: Planted, who: Storyteller) -> None:
    keep(planted.folder, NOON.replace(year=2028, month=2, day=20))


def ended_with_a_wish(planted: Planted, who: Storyteller) -> None:
    account, new_year = Account(), NOON.replace(year=2028, month=1, day=1)
    Consent.objects.update(if_ended=After.REMOVE.value)
    keep(planted.folder, new_year, account)
    assert account.asked == ["7"]
    keep(planted.folder, new_year + WEEK)


def taken_back(planted: Planted, who: Storyteller) -> None:
    withdraw(who, ALL, Via.LINK, "", NOON)
    keep(planted.folder, NOON, Account())
    keep(planted.folder, NOON + WEEK)


def died(planted: Planted, who: Storyteller) -> None:
    account = Account()
    Consent.objects.update(if_died=After.REMOVE.value)
    holding.hold(who, HoldReason.DIED, "anna", NOON)
    keep(planted.folder, NOON, account)
    assert account.asked == ["7"]
    keep(planted.folder, NOON + WEEK)


def erased(planted: Planted, who: Storyteller) -> None:
    account = Account()
    done = erasure.erase(who, Via.STAFF, planted.folder, "ana", NOON)
    assert done.left == ()
    takedown.work_off({"x-en": account}, NOON)
    assert account.asked == ["7"]


ENDS = (taken_back, ended, ended_with_a_wish, died, erased)
WHOLE = (ended, erased)
"""After these nothing of the record is left either."""


@pytest.mark.django_db(transaction=True)
def test_what_is_planted_is_seen_before(tmp_path):
    """The search itself finds what there is, or the tests below would say nothing."""
    planted, _ = plant(tmp_path)
    in_the_clear = planted.texts.keys() - SEALED
    assert seen(planted) >= in_the_clear | {"upload", "taken out", "typed"}
    assert not seen(planted) & SEALED
    assert sealed(planted) == SEALED


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_nothing_that_was_planted_is_left_anywhere(tmp_path, end):
    planted, who = plant(tmp_path)
    end(planted, who)
    assert seen(planted) == set()
    assert sealed(planted) == (set() if end in WHOLE else OF_THE_RECORD)
    assert not Leftover.objects.exists()
    assert list((tmp_path / "stories").rglob("*")) == [] or end not in WHOLE
    if end not in WHOLE:
        keep(tmp_path, NOON.replace(year=2029))
        assert sealed(planted) == set()
        assert seen(planted) == set()
    known = Storyteller.objects.get()
    assert known.erased_at
    assert Post.objects.get().emptied_at
