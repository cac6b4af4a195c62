"""A post that told a person's story and tells another one's by now: what is left of the first goes, what is the other's stays."""

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from PIL import Image

from campaign.authoring import drafts, uploads, versions
from campaign.content.fields import ConsentFields, Fields, PictureFields
from campaign.content.source import write_source
from campaign.database import events
from campaign.models import Attempt, Delivery, Event, Post, Upload, Version
from campaign.models.stories import Storyteller
from campaign.people.roles import Role, add_user
from campaign.states import Status
from campaign.stories import final_word
from campaign.stories.erasing import erasure, keeping
from campaign.stories.final_word import FinalAnswer
from campaign.stories.withdrawal import ALL, PICTURES, Via, withdraw
from tests.deliveries import NOON, TORONTO, consent, delivery, person, post, story

pytestmark = pytest.mark.django_db
FIRST, OTHER = "zqfirst", "zqother"
"""Every word of the one and of the other person."""
HOUR = timedelta(hours=1)
CHANGED = NOON + HOUR


def jpeg(width: int = 40) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, 30), "green").save(made, "JPEG")
    return made.getvalue()


def fields(of: Storyteller | None, word: str, *pictures: Upload) -> Fields:
    return Fields(
        kind="story",
        template="story",
        consent=ConsentFields(storyteller=of.reference) if of else None,
        pictures=tuple(PictureFields(one.file_name, {"en": f"{word} alt"}) for one in pictures),
        texts={"en": {"long": f"{word} version"}},
    )


def _delivery(of: Post, channel: str, word: str, picture: Upload, status: Status) -> Delivery:
    shown = [{"file": picture.file_name, "sha256": picture.digest, "alt": f"{word} alt"}]
    made = delivery(
        of.name,
        channel,
        of=of,
        status=status,
        text=f"{word} text",
        reason=f"{word} reason",
        pictures=json.dumps(shown),
    )
    Attempt.objects.create(
        delivery=made,
        number=1,
        worker="w",
        text=f"{word} sent",
        started_at=NOON,
        finished_at=NOON,
        detail=f"{word} answer",
    )
    events.note(made.pk, "", "", NOON, actor="vera", action="x", reason=f"{word} asked for it")
    return made


class Handed:
    """A story of the first person, with everything that was made of it, and then of the other."""

    def __init__(self, folder: Path) -> None:
        user, _ = add_user("vera", Role.STAFF)
        self.user: User = user
        self.first, self.other = person("Zoé A"), person("Bea B")
        consent(self.first), consent(self.other)
        self.post = story(self.first, was_story=True)
        shown = uploads.keep(jpeg(), "a.jpg", folder, user, NOON, self.post)
        self.taken_out = uploads.keep(jpeg(41), "b.jpg", folder, user, NOON, self.post)
        self.shown = shown
        self._save(fields(None, FIRST, shown), NOON)
        self._save(fields(self.first, FIRST, shown), NOON)
        self.answered = _delivery(self.post, "x-en", FIRST, shown, Status.DRAFT)
        final_word.answer(
            *(self.first, self.answered.pk, self.answered.fingerprint, FinalAnswer.YES, NOON)
        )
        Delivery.objects.filter(pk=self.answered.pk).update(status=Status.CANCELLED)
        _delivery(self.post, "x-fr", FIRST, shown, Status.CANCELLED)
        follows = _delivery(self.post, "page-en", FIRST, shown, Status.DRAFT)
        events.note(
            *(None, "", "", NOON),
            actor="vera",
            action="x",
            reason=f"{FIRST} handed in",
            post=self.post.pk,
        )
        typed = fields(self.first, FIRST, shown)
        drafts.keep_draft(self.post, user, typed, FIRST, 2, NOON)
        self._becomes_the_others(folder, follows)

    def _becomes_the_others(self, folder: Path, follows: Delivery) -> None:
        Post.objects.filter(pk=self.post.pk).update(storyteller=self.other.reference)
        self.post.refresh_from_db()
        self.of_other = uploads.keep(
            jpeg(42), "c.jpg", folder, self.user, CHANGED + HOUR, self.post
        )
        self._save(fields(self.other, OTHER, self.of_other), CHANGED)
        Delivery.objects.filter(pk=follows.pk).update(
            text=f"{OTHER} text", reason=f"{OTHER} reason", pictures=""
        )
        said = f"{OTHER} handed in"
        events.note(
            None,
            *("", "", CHANGED + HOUR),
            actor="vera",
            action="x",
            reason=said,
            post=self.post.pk,
        )
        bob, _ = add_user("bob", Role.STAFF)
        typed = fields(self.other, OTHER, self.of_other)
        drafts.keep_draft(self.post, bob, typed, OTHER, 3, CHANGED + HOUR)

    def _save(self, said: Fields, at) -> None:
        source = write_source(said)
        versions.save_version(self.post, source, self.user, at, based_on=self.post.version)


def words(word: str) -> list[str]:
    """Every row of every table in which the word stands."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith("campaign_") and "_words" not in table:
                cursor.execute(f'SELECT * FROM "{table}"')
                found += [f"{table}: {row}" for row in cursor.fetchall() if word in str(row)]
    return found


def there(folder: Path, *pictures: Upload) -> list[bool]:
    return [(folder / picture.file_name).exists() for picture in pictures]


def test_what_is_left_of_the_first_person_in_the_other_ones_post_is_erased(tmp_path):
    made = Handed(tmp_path)
    of_other = words(OTHER)
    assert words(FIRST)
    done = erasure.erase(made.first, Via.STAFF, tmp_path, "ana", CHANGED + 2 * HOUR)
    assert (words(FIRST), words(OTHER)) == ([], of_other)
    assert done.pictures == 2
    assert there(tmp_path, made.shown, made.taken_out, made.of_other) == [False, False, True]
    kept = Post.objects.get(pk=made.post.pk)
    assert (kept.emptied_at, kept.storyteller) == (None, made.other.reference)


def test_a_story_that_is_taken_back_is_erased_in_the_other_ones_post_after_a_week(tmp_path):
    made = Handed(tmp_path)
    of_other = words(OTHER)
    withdraw(made.first, ALL, Via.LINK, "", CHANGED + HOUR)
    later = CHANGED + timedelta(days=8)
    keeping.work_off(tmp_path, timedelta(days=30), TORONTO, later)
    assert (words(FIRST), words(OTHER)) == ([], of_other)
    assert there(tmp_path, made.shown, made.taken_out, made.of_other) == [False, False, True]


def test_pictures_that_are_taken_back_go_from_the_other_ones_post_too(tmp_path):
    made = Handed(tmp_path)
    withdraw(made.first, PICTURES, Via.LINK, "", CHANGED + HOUR)
    later = CHANGED + timedelta(days=8)
    keeping.work_off(tmp_path, timedelta(days=30), TORONTO, later)
    before = Version.objects.get(post=made.post, number=2).source
    assert (f"{FIRST} version" in before, made.shown.digest in before) == (True, False)
    assert there(tmp_path, made.of_other) == [True]


def test_a_picture_that_the_other_ones_post_shows_stays(tmp_path):
    made = Handed(tmp_path)
    said = write_source(fields(made.other, OTHER, made.shown))
    at = CHANGED + HOUR
    versions.save_version(made.post, said, made.user, at, based_on=made.post.version)
    erasure.erase(made.first, Via.STAFF, tmp_path, "ana", at)
    assert there(tmp_path, made.shown, made.taken_out) == [True, False]


def test_what_the_other_person_gave_their_word_on_is_theirs(tmp_path):
    made = Handed(tmp_path)
    Delivery.objects.filter(pk=made.answered.pk).update(
        status=Status.DRAFT, text=f"{OTHER} said", reason="", fingerprint="b" * 64
    )
    final_word.answer(made.other, made.answered.pk, "b" * 64, FinalAnswer.YES, CHANGED + HOUR)
    Delivery.objects.filter(pk=made.answered.pk).update(
        status=Status.PUBLISHED, remote_id="7", part_ids="7"
    )
    zone, later = TORONTO, CHANGED.replace(year=2030)
    erasure.erase_overdue(made.first, timedelta(days=30), zone, tmp_path, "ana", later)
    assert Delivery.objects.get(pk=made.answered.pk).text == f"{OTHER} said"
    assert Event.objects.filter(delivery=made.answered.pk, reason__contains=FIRST).count() == 0


def test_a_picture_that_came_in_for_another_post_first_goes_with_the_story_it_was_taken_out_of(
    tmp_path,
):
    who = person()
    consent(who)
    message, of_story = post("message"), story(who)
    user, _ = add_user("vera", Role.STAFF)
    for of in (message, of_story, message):
        picture = uploads.keep(jpeg(), "a.jpg", tmp_path, user, NOON, of)
    assert Upload.objects.get().post == of_story
    erasure.erase(who, Via.STAFF, tmp_path, "ana", NOON)
    assert there(tmp_path, picture) == [False]
    assert not Upload.objects.exists()


def test_a_picture_that_another_post_shows_stays_though_it_came_in_for_a_story_too(tmp_path):
    who = person()
    consent(who)
    message, of_story = post("message"), story(who)
    user, _ = add_user("vera", Role.STAFF)
    for of in (message, of_story):
        picture = uploads.keep(jpeg(), "a.jpg", tmp_path, user, NOON, of)
    said = write_source(fields(None, OTHER, picture))
    versions.save_version(message, said, user, NOON, based_on=0)
    erasure.erase(who, Via.STAFF, tmp_path, "ana", NOON)
    assert there(tmp_path, picture) == [True]
