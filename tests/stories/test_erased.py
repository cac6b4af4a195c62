"""Truly erased: words and marks are planted in every field that takes a text or a picture, and looked for in the whole folder,
the pages of the database's file included, after a story was taken back, ended, its person died, or asked to be erased."""

import base64
import io
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from django.db.models import CharField, TextField
from PIL import Image

from campaign.authoring import drafts, load, uploads, versions
from campaign.config import Channel, Config
from campaign.content.fields import ConsentFields, Fields, PictureFields
from campaign.content.source import write_source
from campaign.database import events, sweeping
from campaign.delivery import takedown
from campaign.models import Attempt, Delivery, Event, Post, Upload
from campaign.models.checks import CalledWrong
from campaign.models.stories import Consent, Leftover, Storyteller
from campaign.people.roles import Role, add_user
from campaign.states import Status
from campaign.stories import consent as consents
from campaign.stories import final_word, holding, papers, storyteller, vault
from campaign.stories.agreeing import answers, parties
from campaign.stories.agreeing.trusted import Trusted
from campaign.stories.consent import After, Identity
from campaign.stories.erasing import erasure, keeping, leftovers
from campaign.stories.erasing.leftovers import LeftoverKind
from campaign.stories.final_word import FinalAnswer
from campaign.stories.papers import Tale
from campaign.stories.storyteller import HoldReason
from campaign.stories.withdrawal import ALL, NAME, PICTURES, Via, of_channel, withdraw
from tests.deliveries import NOON, TORONTO, consent, delivery, person, post, terms
from tests.folders import make_folder
from tests.stories.test_withdrawal import Account

AFTER = timedelta(days=30)
WEEK = timedelta(days=8)
MARK = "zq"
"""How every planted word begins: no other word of the program or of its database does."""


@pytest.fixture(autouse=True)
def _nothing_is_written_over(transactional_db: None) -> Iterator[None]:
    """As SQLite is built for most systems; Debian's writes over what it deletes, and then these tests would say less."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    before = connection.connection.execute("PRAGMA secure_delete").fetchone()[0]
    connection.connection.execute("PRAGMA secure_delete = OFF")
    yield
    connection.ensure_connection()
    connection.connection.execute(f"PRAGMA secure_delete = {before}")


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
    address = f"{word('contact')}@example.org"
    who = storyteller.make(word("name"), address, "fr", "anna", NOON)
    given = {
        "identity": Identity.CHOSEN_NAME,
        "named_as": word("chosen name"),
        "proof_digest": papers.keep(folder, who.reference, b"%PDF-" + word("proof").encode()),
    }
    parties.speaks_for(who, parties.Party.DECIDER, word("speaker"))
    speaker = parties.Speaker(planted.texts["speaker"], word("relationship"), "law")
    address = f"{word('contact of trust')}@example.org"
    trusted = Trusted(word("person of trust"), address, may_tell=True)
    people = {"speaker": speaker, "trusted": trusted}
    consents.give(who, terms(**{**given, **people, **of}), "anna", NOON)
    answers.keep(who, {"named_as": [word("answer")]}, NOON)
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
    # Without a reason it has words to search for all the same: those of the post's title.
    events.note(None, "", "", NOON, actor="vera", action="begun", reason="", post=story.pk)
    for reason in ("handed in", "removed because"):
        events.note(
            None, "", "", NOON, actor="vera", action="x", reason=word(reason), post=story.pk
        )
    Post.objects.filter(pk=story.pk).update(title=word("second title"))
    CalledWrong.objects.create(
        post=story,
        code="fear",
        digest="a" * 64,
        sentence=word("called wrong"),
        by=user,
        at=NOON,
    )
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE"
            )  # as the server does by itself: it keeps examples of what is in each column
    return planted, who


def _delivery(
    planted: Planted, story: Post, place: str, status: Status, pictures: str
) -> Delivery:
    ids = "7" if status is Status.PUBLISHED else ""
    channel = {"live": "x-en", "waits": "x-fr", "dropped": "page-en"}[place]
    made = delivery(
        story.name,
        channel,
        of=story,
        status=Status.DRAFT,
        text=f"Of {planted.word(f'{place} text')}.",
        pictures=pictures,
        link=planted.word(f"{place} link"),
        approved_text=planted.word(f"{place} approved"),
        reason=planted.word(f"{place} reason"),
        remote_id=ids,
        part_ids=ids,
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
        link=planted.word(f"{place} sent link"),
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
    """What stands in the folder, in the names of its files, and in the files of the database."""
    for file in (*folder.rglob("*"), *_of_database()):
        yield str(file), str(file).encode()
        if file.is_file():
            yield str(file), file.read_bytes()


def _of_database() -> list[Path]:
    """SQLite's file and what is beside it; PostgreSQL's tables and indexes, without the server's own write-ahead log."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        file = Path(str(settings["NAME"]))
        return list(file.parent.glob(f"{file.name}*"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        (number,) = cursor.fetchone()
        cursor.execute("CHECKPOINT")  # what the server holds in memory is in its files then
    base = Path(settings["HOST"]) / "data" / "base" / str(number)
    files = list(base.glob("*"))
    assert files
    return files


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
    read += [
        vault.unseal(text)
        for text in (known.speaker_sealed, known.trusted_sealed, known.answers_sealed)
    ]
    read += [vault.unseal(given.named_as_sealed) for given in Consent.objects.all()]
    read += [
        final_word.remark_of(said)
        for given in Consent.objects.all()
        for said in given.final_words.all()
    ]
    for path in (planted.folder / "stories").rglob("*"):
        if path.is_file():
            text = vault.unseal(path.read_text())
            read.append(text)
            read.append(_unpacked(text))
    return {
        place for place, word in planted.texts.items() if any(word in text for text in read)
    }


def _unpacked(text: str) -> str:

    try:
        return base64.b64decode(text, validate=True).decode("latin-1")
    except ValueError:
        return ""


SEALED = {
    *("name", "contact", "chosen name", "proof", "tale", "trusted"),
    *("live remark", "waits remark", "dropped remark"),
    *("speaker", "relationship", "person of trust", "contact of trust", "answer"),
}
"""What never stands in the clear."""
OF_THE_RECORD = {"name", "contact", "chosen name", "proof", "speaker", "relationship"}
"""What is kept, sealed, of who took their story back, until its time is over."""


def keep(folder: Path, now: datetime, account: Account | None = None) -> None:
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
    holding.hold(who, HoldReason.DIED, "command line", NOON)
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


OF_THE_PROGRAM = {
    # What the program writes there itself, out of lists of its own: nobody types it.
    "post": {
        *("campaign", "kind", "storyteller", "consent_channels", "stage", "file_digest"),
        *("form", "consent_purpose"),
    },
    "version": {"folder"},
    "draft": set(),
    "upload": {"digest", "media_type", "cut_from", "people"},
    "variant": {"frozen", "problem"},
    "repetition": {"channel"},
    "delivery": {
        *(
            "channel",
            "network",
            "language",
            "status",
            "when",
            "for_day",
            "fingerprint",
            "facts",
        ),
        *("approved_fingerprint", "claimed_by", "remote_id", "url", "part_ids"),
    },
    "allowance": {"fingerprint"},
    "attempt": {"worker", "outcome", "status", "remote_id", "url"},
    "event": {"actor", "action", "from_status", "to_status"},
    "storyteller": {
        *("reference", "language", "held_by", "hold_reason", "made_by", "link_digest", "form"),
        *("name_sealed", "contact_sealed", "speaker_sealed", "trusted_sealed"),
        *("answers_sealed", "party"),
    },
    "consent": {
        *("channels", "languages", "purposes", "identity", "details", "edits", "if_ill"),
        *("if_died", "if_ended", "told", "form_version", "form_language", "form_digest"),
        *("method", "proof_digest", "collected_by", "named_as_sealed"),
        "second_voice",
    },
    "finalword": {"fingerprint", "answer", "recorded_by", "remark_sealed", "change"},
    "calledwrong": {"code", "digest"},
    "withdrawal": {"scope", "via", "received_by"},
    "takedown": {"done_by", "problem"},
    "takingback": {"scope", "via", "by", "decided_by"},
    "lockedpicture": {"digest"},
    "leftover": {"kind", "place", "problem"},
    "hand": {"source", "in_touch_by"},
}
"""Of the tables that know of a person; `test_what_is_planted_is_seen_before` sees what is sealed."""
OF_NOBODY = {
    "tally",
    *("profile", "invitation", "channelstate", "stray", "installation", "fact", "pause"),
    *("secondcopy", "shownpage", "incident", "quietday", "linkedpage"),
    # What posts share; and what no story is written in: a series has none, a set has a name for the team.
    *("shared", "closing", "series", "evergreen"),
}
"""Tables that know nothing of a person whose story is told."""


@pytest.mark.django_db(transaction=True)
def test_every_column_that_takes_a_text_is_planted(tmp_path):
    """A new column that people write in has to be planted above, or these tests would not look for it."""
    plant(tmp_path)
    missing = {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_app_config("campaign").get_models()
        if model._meta.model_name not in OF_NOBODY
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField)
        and field.name not in OF_THE_PROGRAM.get(str(model._meta.model_name), set())
        and not model._default_manager.filter(**{f"{field.name}__contains": MARK}).exists()
    }
    assert missing == set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("scope", "gone", "stays"),
    [
        (of_channel("x-en"), {"live text", "live reason", "live event"}, {"waits text"}),
        (
            PICTURES,
            {"alt", "alt 0", "alt 1", "upload", "taken out", "typed", "live text"},
            {"version 1", "second title"},
        ),
        (NAME, {"live text", "waits text"}, {"version 1"}),
    ],
)
def test_a_part_that_is_taken_back_is_gone_and_the_rest_goes_on(tmp_path, scope, gone, stays):
    planted, who = plant(tmp_path)
    withdraw(who, scope, Via.LINK, "", NOON)
    keep(tmp_path, NOON, Account())
    assert seen(planted) >= gone | stays
    keep(tmp_path, NOON + WEEK)
    left = seen(planted)
    assert (left & gone, stays - left) == (set(), set())
    told = papers.tale_of(tmp_path, who.reference)
    assert told is not None
    assert (told.words, bool(told.pictures)) == (planted.texts["tale"], scope != PICTURES)
    assert "proof" in sealed(planted)


@pytest.mark.django_db(transaction=True)
def test_who_agrees_again_has_their_words_to_go_on_with(tmp_path):
    planted, who = plant(tmp_path)
    withdraw(who, ALL, Via.LINK, "", NOON)
    consent(who)
    keep(tmp_path, NOON, Account())
    keep(tmp_path, NOON + WEEK)
    left = seen(planted)
    assert not {"live text", "waits text"} & left
    assert {"version 1", "upload"} <= left
    assert "tale" in sealed(planted)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_emptied_while_a_copy_stands_or_before_second_thoughts_are_over(tmp_path):
    planted, who = plant(tmp_path)
    withdraw(who, ALL, Via.LINK, "", NOON)
    keep(tmp_path, NOON + WEEK)
    assert "version 1" in seen(planted)
    keep(tmp_path, NOON + WEEK, Account())
    assert "version 1" in seen(planted)
    keep(tmp_path, NOON + WEEK)
    assert seen(planted) == set()


def _directory(path: Path) -> None:
    """Stands where a file is: no program can delete it as one, not even that of root."""
    path.unlink()
    path.mkdir()


@pytest.mark.django_db(transaction=True)
def test_a_picture_that_cannot_be_deleted_is_on_the_list_until_it_is_gone(tmp_path):
    _planted, who = plant(tmp_path)
    file = tmp_path / Upload.objects.order_by("pk")[0].file_name
    _directory(file)
    done = erasure.erase(who, Via.STAFF, tmp_path, "ana", NOON)
    [left] = done.left
    assert (left.kind, left.place, left.tries) == (LeftoverKind.UPLOAD, file.name, 1)
    assert "could not be deleted" in left.problem
    leftovers.work_off(tmp_path, NOON + timedelta(seconds=1))
    assert Leftover.objects.get().tries == 1  # it is not time yet
    leftovers.work_off(tmp_path, NOON + timedelta(minutes=1))
    assert Leftover.objects.get().tries == 2
    assert not Event.objects.filter(action="nothing is left").exists()
    file.rmdir()
    leftovers.work_off(tmp_path, NOON + timedelta(hours=2))
    assert not Leftover.objects.exists()
    assert Event.objects.filter(action="nothing is left").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "problem", [PermissionError(13, "Permission denied"), OSError(5, "I/O")]
)
def test_what_was_handed_in_is_on_the_list_while_the_disk_does_not_let_it_go(
    tmp_path, monkeypatch, problem
):
    def fails(*_: object, **__: object) -> None:
        raise problem

    planted, who = plant(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", fails)
        done = erasure.erase(who, Via.STAFF, tmp_path, "ana", NOON)
        assert [left.kind for left in done.left] == [LeftoverKind.RECORD]
    assert {"tale", "proof"} <= sealed(planted)
    keep(tmp_path, NOON + timedelta(minutes=1))
    assert (sealed(planted), list(leftovers.left())) == (set(), [])


@pytest.mark.django_db(transaction=True)
def test_the_words_of_what_is_in_doubt_go_once_it_is_settled(tmp_path):
    planted, who = plant(tmp_path)
    doubt = Delivery.objects.filter(channel="x-en")
    doubt.update(status=Status.UNCONFIRMED, remote_id="", part_ids="")
    done = erasure.erase(who, Via.STAFF, tmp_path, "ana", NOON)
    assert [(left.kind, left.place) for left in done.left] == [
        (LeftoverKind.WORDS, str(doubt.get().pk))
    ]
    assert doubt.get().text  # by which it is known on the account
    assert not {"version 1", "second title", "waits text"} & seen(planted)
    doubt.update(status=Status.PUBLISHED, remote_id="7", part_ids="7")
    keep(tmp_path, NOON + timedelta(hours=2), Account())
    assert (seen(planted), list(leftovers.left())) == (set(), [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("status", [Status.QUEUED, Status.FAILED])
def test_what_was_in_doubt_and_is_not_out_never_goes_out(tmp_path, status):
    planted, who = plant(tmp_path)
    doubt = Delivery.objects.filter(channel="x-en")
    doubt.update(status=Status.SENDING, remote_id="", part_ids="")
    erasure.erase(who, Via.STAFF, tmp_path, "ana", NOON)
    doubt.update(status=status)
    keep(tmp_path, NOON + timedelta(hours=2))
    assert (doubt.get().status, seen(planted)) == (Status.WITHDRAWN, set())


@pytest.mark.django_db(transaction=True)
def test_a_file_that_a_person_wrote_is_named_until_they_delete_it_and_loading_brings_nothing_back(
    tmp_path,
):
    of = person()
    consent(of)
    folder = make_folder(tmp_path)
    folder.template("{{ text }}", "story")
    picture = folder.posts / "know" / "zqgarden.png"
    Image.new("RGB", (30, 20), "green").save(picture)
    config = Config(channels={"x-en": Channel("x-en", "twitter", "en")})

    def load_all() -> None:
        plan, library = folder.plan(NOON, config), folder.library()
        load.load(plan, library, NOON, None)

    head = (
        f'kind = "story"\nwhen = "2027-10-18 09:00"\n[[media]]\nfile = "{picture.name}"\n'
        f'alt.en = "zqalt"\nalt.fr = "zqalt"\n[consent]\nstoryteller = "{of.reference}"\n'
    )
    written = folder.post("zqzoe", head, "Every zqword counts.", "Oui.")
    load_all()
    delivered = Delivery.objects.get()
    assert "zqword" in delivered.text and "zqalt" in delivered.pictures
    done = erasure.erase(of, Via.STAFF, tmp_path / "uploads", "ana", NOON)
    files = {left.place for left in done.left}
    assert files == {str(path.resolve()) for path in (written, picture)}
    assert {str(left.problem) for left in done.left} == {str(leftovers.BY_PEOPLE)}
    load_all()
    other = folder.post("other", head, "Every zqword counts.", "Oui.")
    load_all()
    assert "zqword" not in str(_rows())
    for path in (written, picture, other):
        path.unlink()
    keep(tmp_path / "uploads", NOON + timedelta(hours=2))
    assert not Leftover.objects.exists()
    assert MARK not in str(_rows())
    words = (b"zqword", b"zqalt", b"zqgarden", b"zqzoe")
    assert [
        path for path, read in everything(tmp_path) if any(word in read for word in words)
    ] == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no such file")
@pytest.mark.django_db(transaction=True)
def test_the_file_of_the_database_is_written_anew_once_nobody_reads_what_was_there_before(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(sweeping, "PATIENCE", 10)
    planted, who = plant(tmp_path)
    with closing(sqlite3.connect(str(connection.settings_dict["NAME"]))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM campaign_post").fetchall()
        done = erasure.erase(who, Via.STAFF, tmp_path, "ana", NOON)
        assert [left.kind for left in done.left] == [LeftoverKind.DATABASE]
        assert "in use" in done.left[0].problem
        assert "second title" in seen(planted)
    keep(tmp_path, NOON + timedelta(minutes=1))
    assert (seen(planted), list(leftovers.left())) == (set(), [])


@pytest.mark.django_db(transaction=True)
def test_halves_of_files_that_a_stopped_program_left_are_swept_away(tmp_path):
    folder = tmp_path / "stories" / "S-0001"
    folder.mkdir(parents=True)
    halves = [tmp_path / ".upload-abc", folder / ".half-abc"]
    young = tmp_path / ".upload-young"
    for path in (*halves, young):
        path.write_bytes(b"half")
        seconds = NOON.timestamp() - (0 if path == young else 90_000)
        os.utime(path, (seconds, seconds))
    leftovers.work_off(tmp_path, NOON)
    assert [path.exists() for path in (*halves, young)] == [False, False, True]


REFUSED = (
    "UPDATE campaign_event SET reason = 'another' WHERE reason <> ''",
    "UPDATE campaign_event SET reason = '', actor = 'another' WHERE reason <> ''",
    "UPDATE campaign_event SET at = at, reason = '' WHERE reason <> ''",
    "DELETE FROM campaign_event",
    "UPDATE campaign_attempt SET text = '', detail = ''",
    "DELETE FROM campaign_attempt",
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", REFUSED)
def test_the_log_is_never_changed_for_the_sake_of_anybody_else(tmp_path, statement):
    """Only entries about a post whose words are erased may become empty, and nothing else of them may change."""
    plant(tmp_path)
    with pytest.raises(DatabaseError, match="never"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    ["reason = 'another'", "actor = 'another'", "at = at, action = 'z'", "post_id = NULL"],
)
def test_of_an_erased_post_too_the_log_may_become_empty_and_nothing_else(tmp_path, change):
    _planted, who = plant(tmp_path)
    erasure.erase(who, Via.STAFF, tmp_path, "ana", NOON)
    before = Event.objects.count()
    with pytest.raises(DatabaseError, match="never"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE campaign_event SET {change} WHERE post_id IS NOT NULL")
    assert Event.objects.count() == before
    assert Event.objects.filter(actor="vera", action="x", reason="").count() == 5
