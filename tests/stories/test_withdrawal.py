"""Taking back: one action, at once, in both languages and all channels; proven copy by copy."""

import io
import threading
from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from PIL import Image

from campaign.authoring import load, stages, uploads
from campaign.config import Channel, Config
from campaign.consent.locks import is_locked_picture, need_unlocked
from campaign.core.problem import Problem
from campaign.database import events, sweeping
from campaign.database.sql import writing
from campaign.decisions import approving, settling
from campaign.delivery import queue, takedown
from campaign.delivery.attempts import Ended, Result
from campaign.models import Delivery, Draft, Event, Post, Upload, Version
from campaign.models.stories import Consent, Storyteller, Takedown, Withdrawal
from campaign.people import letters
from campaign.people.roles import Role, add_user
from campaign.publishers.publisher import Deleted, NotDeleted, NotThere
from campaign.states import NOT_OUT_YET, AttemptOutcome, Status
from campaign.stories import consent as consents
from campaign.stories import holding, report, storyteller, withdrawal
from campaign.stories.consent import Identity
from campaign.stories.erasing import erasure, keeping
from campaign.stories.storyteller import HoldReason
from campaign.stories.withdrawal import ALL, NAME, PICTURES, Via, of_channel, withdraw
from tests.deliveries import (
    NOON,
    TORONTO,
    FakePublisher,
    consent,
    delivery,
    good_story,
    person,
    post,
    says,
    status_of,
    story,
)
from tests.folders import make_folder
from tests.stage import PATIENCE
from tests.stories.test_consent import claim

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=10)
PICTURE = "b" * 64


class Account(FakePublisher):
    """A network that answers deletions as it is told, by the id of the post."""

    def __init__(self, **answers):
        super().__init__()
        self.answers, self.asked = answers, []

    def delete(self, remote_id):
        self.asked.append(remote_id)
        answer = self.answers.get(f"p{remote_id}", Deleted())
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture(autouse=True)
def _unswept(monkeypatch):
    """These tests are transactions, in which no database can be written anew: `test_erased` sees to it."""
    monkeypatch.setattr(sweeping, "sweep", lambda: None)


@pytest.fixture
def who():
    of = person()
    consent(of, channels=("x-en", "x-fr", "page-en"))
    return of


def one(who, status, on="x-en", **values):
    """A delivery of their story to whose text they have said yes."""
    of = story(who)
    made = delivery("story-1", on, of=of, status=Status.DRAFT, text=f"On {on}.", **values)
    says(made)
    Delivery.objects.filter(pk=made.pk).update(
        status=status, approved_fingerprint=made.fingerprint
    )
    made.refresh_from_db()
    return made


def out(who, on="x-en", ids="1", **values):
    return one(
        who,
        Status.PUBLISHED,
        on,
        remote_id=ids.split()[0],
        part_ids=ids,
        url=f"https://x.com/{on}",
        **values,
    )


def now_agreed(who):
    found = consents.current(who)
    assert found
    return found


def take_all(who, now=NOON):
    return withdraw(who, ALL, Via.LINK, "", now)


@pytest.mark.parametrize("status", sorted(NOT_OUT_YET))
def test_everything_that_is_not_out_is_withdrawn_at_once_on_every_channel_and_in_both_languages(
    who, status
):
    theirs = [one(who, status, on) for on in ("x-en", "x-fr", "page-en")]
    other = delivery("other", status=status)
    made = take_all(who)
    assert {status_of(each) for each in theirs} == {Status.WITHDRAWN}
    assert (status_of(other), made.pulled) == (status, 3)
    assert (who.withdrawn_at, now_agreed(who).ended_at) == (NOON, NOON)
    assert not [
        claimed for claimed in claim("x-en", "x-fr", "page-en") if claimed.delivery != other.pk
    ]


def test_no_reason_is_asked_and_the_log_keeps_the_reference_alone(who):
    one(who, Status.QUEUED)
    take_all(who)
    said = str(list(Event.objects.filter(action__contains="withdrawn").values()))
    assert who.reference in said
    assert "Zoé" not in said and "On x-en." not in said


def test_asked_twice_the_second_finds_the_first_and_changes_nothing(who):
    out(who)
    first, second = take_all(who), take_all(who, NOON + LATER)
    assert (first, Withdrawal.objects.count(), Takedown.objects.count()) == (second, 1, 1)
    assert who.withdrawn_at == NOON


def test_after_a_new_consent_it_can_be_taken_back_anew(who):
    first = take_all(who)
    consent(who)
    assert who.withdrawn_at is None
    assert take_all(who, NOON + LATER) != first


def test_what_is_live_is_deleted_and_the_report_says_when_each_copy_was_gone(who):
    live = [out(who, "x-en", "1 2 3"), out(who, "x-fr", "7")]
    made = take_all(who)
    accounts = {"x-en": Account(), "x-fr": Account(p7=NotThere())}
    assert withdrawal.take_down(made, accounts, NOON + timedelta(seconds=9)) == []
    assert accounts["x-en"].asked == ["3", "2", "1"]
    assert {status_of(each) for each in live} == {Status.REMOVED}
    found = report.report(made)
    assert [copy.took for copy in found.copies] == [timedelta(seconds=9)] * 2
    assert (found.standing, found.ended_at, found.reference) == (
        (),
        NOON + timedelta(seconds=9),
        who.reference,
    )


def test_what_a_network_does_not_delete_is_tried_again_and_becomes_a_persons_with_a_deadline(
    who,
):
    live = out(who)
    made = take_all(who)
    account, now = Account(p1=NotDeleted("X does not allow it.")), NOON
    for _ in range(takedown.ENOUGH_TRIES):
        assert [copy.by_hand for copy in report.report(made).copies] == [False]
        withdrawal.take_down(made, {"x-en": account}, now)
        now += LATER
    [todo] = withdrawal.checklist()
    assert (todo.delivery, todo.problem, todo.delivery.url) == (
        live,
        "X does not allow it.",
        "https://x.com/x-en",
    )
    assert todo.due_by == NOON + timedelta(days=2)  # a Wednesday
    account.answers.clear()
    withdrawal.take_down(made, {"x-en": account}, now + timedelta(hours=1))
    assert (withdrawal.checklist(), status_of(live)) == ([], Status.REMOVED)


def test_a_person_notes_that_they_deleted_it_by_hand(who):
    live = out(who)
    made = take_all(who)
    assert [todo.by_hand for todo in withdrawal.take_down(made, {}, NOON)] == [True]
    assert takedown.done_by_hand(live.pk, "anna", NOON + LATER)
    assert not takedown.done_by_hand(live.pk, "anna", NOON + LATER)
    [copy] = report.report(made).copies
    assert (copy.done_by, copy.gone_at, status_of(live)) == (
        "anna",
        NOON + LATER,
        Status.REMOVED,
    )


@pytest.mark.parametrize("surprise", [KeyError("x"), NotDeleted("No.")])
def test_of_a_thread_that_is_deleted_in_part_only_the_rest_is_told(who, surprise):
    live = out(who, ids="1 2")
    made = take_all(who)
    withdrawal.take_down(made, {"x-en": Account(p1=surprise)}, NOON)
    assert (status_of(live), len(report.report(made).standing)) == (Status.PUBLISHED, 1)
    assert list(live.events.filter(action="deleted").values_list("reason", flat=True)) == ["2"]


def test_a_program_killed_between_deleting_and_noting_asks_again_and_hears_that_it_is_gone(who):
    live = out(who)
    made = take_all(who)
    [errand] = takedown.begin({"x-en"}, NOON)
    takedown.delete(Account(), errand)  # and dies here
    assert takedown.begin({"x-en"}, NOON + timedelta(seconds=1)) == []
    again = Account(p1=NotThere())
    assert takedown.work_off({"x-en": again}, NOON + timedelta(seconds=46)) == 1
    assert (status_of(live), report.report(made).standing) == (Status.REMOVED, ())


def test_a_delivery_that_is_being_sent_meanwhile_is_taken_down_as_soon_as_it_is_out(who):
    sent = one(who, Status.QUEUED)
    [claimed] = claim()
    made = take_all(who)
    assert (status_of(sent), made.pulled) == (Status.SENDING, 0)
    account = Account()
    takedown.work_off({"x-en": account}, NOON)
    assert account.asked == []
    with writing():
        queue.record(
            [
                Ended(
                    claimed,
                    Result(
                        AttemptOutcome.PUBLISHED, Status.PUBLISHED, "", "77", "https://x.com/77"
                    ),
                )
            ],
            NOON,
        )
    assert takedown.work_off({"x-en": account}, NOON + timedelta(seconds=1)) == 1
    assert (account.asked, status_of(sent)) == (["77"], Status.REMOVED)


@pytest.mark.parametrize(
    ("outcome", "status"),
    [(AttemptOutcome.TRY_LATER, Status.QUEUED), (AttemptOutcome.REFUSED, Status.FAILED)],
)
def test_a_delivery_that_was_being_sent_and_did_not_go_out_never_will(who, outcome, status):
    sent = one(who, Status.QUEUED)
    [claimed] = claim()
    made = take_all(who)
    with writing():
        queue.record([Ended(claimed, Result(outcome, status, "why"), NOON)], NOON)
    takedown.work_off({"x-en": Account()}, NOON + timedelta(seconds=1))
    assert status_of(sent) == Status.WITHDRAWN
    [copy] = report.report(made).copies
    assert copy.problem == takedown.NEVER_OUT


def test_what_is_put_off_is_not_sent_again_though_nobody_works_off_the_takedowns(who):
    sent = one(who, Status.QUEUED)
    [claimed] = claim()
    take_all(who)
    with writing():
        queue.record(
            [Ended(claimed, Result(AttemptOutcome.TRY_LATER, Status.QUEUED, "why"), NOON)], NOON
        )
    assert claim() == []
    assert status_of(sent) == Status.WITHDRAWN


def test_the_parts_of_a_thread_that_are_out_are_taken_down_and_the_others_stay_here(who):
    begun = one(who, Status.QUEUED)
    Delivery.objects.filter(pk=begun.pk).update(
        part_ids="1 2", remote_id="1", text="a\n---\nb\n---\nc"
    )
    take_all(who)
    account = Account()
    takedown.work_off({"x-en": account}, NOON)
    assert (account.asked, status_of(begun)) == (["2", "1"], Status.WITHDRAWN)
    assert takedown.work_off({"x-en": account}, NOON + LATER) == 0


def test_what_is_in_doubt_is_taken_down_when_it_is_found_and_a_person_is_asked_meanwhile(who):
    doubt = one(who, Status.UNCONFIRMED)
    made = take_all(who)
    assert takedown.work_off({"x-en": Account()}, NOON + LATER) == 0
    assert withdrawal.checklist()[0].problem == takedown.IN_DOUBT
    settling.resolve_published(doubt, "https://x.com/a/status/5", "anna", NOON)
    account = Account()
    withdrawal.take_down(made, {"x-en": account}, NOON + LATER)
    assert (account.asked, withdrawal.checklist()) == (["5"], [])


def test_a_post_without_an_address_is_a_persons(who):
    one(who, Status.PUBLISHED)
    withdrawal.take_down(take_all(who), {"x-en": Account()}, NOON)
    assert withdrawal.checklist()[0].problem == takedown.NO_ADDRESS


def test_one_channel_can_be_taken_back_and_the_yes_for_the_others_holds_on(who):
    gone, stays = one(who, Status.QUEUED), one(who, Status.QUEUED, "x-fr", language="fr")
    live = out(who, "page-en")
    withdraw(who, of_channel("x-en"), Via.STAFF, "anna", NOON)
    assert (status_of(gone), status_of(stays), status_of(live)) == (
        Status.WITHDRAWN,
        Status.QUEUED,
        Status.PUBLISHED,
    )
    assert now_agreed(who).channels == "x-fr page-en"
    assert [claimed.delivery for claimed in claim("x-en", "x-fr")] == [stays.pk]
    assert not Takedown.objects.exists()


def test_the_pictures_alone_can_be_taken_back_and_are_locked_everywhere(who):
    pictures = f'[{{"file": "/u/{PICTURE}.jpg", "sha256": "{PICTURE}", "alt": "A garden"}}]'
    shown, plain = one(who, Status.QUEUED, pictures=pictures), one(who, Status.QUEUED, "x-fr")
    withdraw(who, PICTURES, Via.LINK, "", NOON)
    assert (status_of(shown), status_of(plain)) == (Status.WITHDRAWN, Status.QUEUED)
    assert is_locked_picture(PICTURE)
    other = delivery("other", pictures=pictures)
    assert [claimed.delivery for claimed in claim("x-en", "x-fr")] == [plain.pk]
    assert "use another one" in Delivery.objects.get(pk=other.pk).reason
    consent(who)
    assert not is_locked_picture(PICTURE)


def test_the_name_alone_can_be_taken_back_and_what_names_nobody_stays(who):
    named = one(who, Status.QUEUED)
    withdraw(who, NAME, Via.VOLUNTEER, "vic", NOON)
    assert (status_of(named), now_agreed(who).identity) == (Status.WITHDRAWN, Identity.NONE)
    nameless = person("Ana Costa")
    consent(nameless, identity=Identity.NONE)
    kept = good_story("story-2", "x-fr", of=nameless)
    withdraw(nameless, NAME, Via.LINK, "", NOON)
    assert status_of(kept) == Status.QUEUED


@pytest.mark.parametrize("scope", ["", "some", "channel:", "channel:x en", "Zoé"])
def test_what_cannot_be_taken_back_is_asked_for_again(who, scope):
    with pytest.raises(Problem, match="Say what is taken back"):
        withdraw(who, scope, Via.LINK, "", NOON)


def test_a_person_on_hold_can_take_it_back_too(who):
    waiting = one(who, Status.QUEUED)
    holding.hold(who, HoldReason.ILL, "anna", NOON)
    take_all(who)
    assert status_of(waiting) == Status.WITHDRAWN


def test_what_was_taken_back_is_locked(who):
    of = one(who, Status.QUEUED).post
    take_all(who)
    with pytest.raises(Problem, match="locked"):
        need_unlocked(of)
    with pytest.raises(Problem, match="locked"):
        stages.bring_back(of, add_user("anna", Role.STAFF)[0], NOON)
    need_unlocked(post("other"))
    again = delivery("story-1", "x-fr", of=of, status=Status.DRAFT)
    number, said = approving.approve(of, add_user("ana", Role.ADMIN)[0], NOON, TORONTO)
    assert (number, status_of(again)) == (0, Status.DRAFT)
    assert "has taken their story back" in said[0]


def test_what_was_taken_back_does_not_become_another_kind_of_post_by_its_file(who, tmp_path):
    folder = make_folder(tmp_path)
    for name in ("fact", "story"):
        folder.template("{{ text }}", name)
    config = Config(
        channels={name: Channel(name, "twitter", "en") for name in ("x-en", "x-fr")}
    )

    def loaded(head):
        folder.post(head=f'when = "2027-10-18 09:00"\n{head}')
        load.load(folder.plan(NOON, config), folder.library(), NOON, None)
        return Post.objects.get()

    loaded(f'kind = "story"\nchannels = ["x-en"]\n[consent]\nstoryteller = "{who.reference}"\n')
    take_all(who)
    of = loaded('kind = "awareness"\nchannels = ["x-en", "x-fr"]\n')
    assert (of.kind, of.storyteller) == ("story", who.reference)
    assert approving.approve(of, add_user("ana", Role.ADMIN)[0], NOON, TORONTO)[0] == 0


def test_a_picture_that_was_taken_back_is_not_taken_in_again(who, tmp_path):
    source = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(source, "PNG")
    digest = uploads.keep(source.getvalue(), "a.png", tmp_path, None, NOON).digest
    one(
        who,
        Status.QUEUED,
        pictures=f'[{{"file": "x", "sha256": "{digest}", "alt": "A garden"}}]',
    )
    withdraw(who, PICTURES, Via.LINK, "", NOON)
    with pytest.raises(Problem, match="use another one"):
        uploads.keep(source.getvalue(), "b.png", tmp_path, None, NOON)


def test_a_delivery_they_were_asked_about_is_theirs_though_the_post_names_another_now(who):
    live = out(who)
    Post.objects.filter(pk=live.post_id).update(storyteller="")
    assert [todo.delivery for todo in withdrawal.still_standing(take_all(who))] == [live]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_receipt_says_what_was_done_in_their_language_and_names_nobody(who, language):
    one(who, Status.QUEUED)
    out(who, "x-fr")
    found = report.report(take_all(who))
    said = report.receipt(found, language, TORONTO)
    assert ("2027" in said, "Zoé" in said, "On x-en" in said) == (True, False, False)
    assert ("October 15" in said) == (language == "en")
    assert ("15 octobre" in said) == (language == "fr")


def test_the_receipt_is_mailed_when_mail_is_set_up_and_the_contact_is_an_address(who, settings):
    made = take_all(who)
    assert not report.send_receipt(made, TORONTO)
    settings.EMAIL_HOST = "mail.example.org"
    assert report.send_receipt(made, TORONTO)
    letters.send_later(mail.EmailMessage()).result()
    assert mail.outbox[0].to == ["zoe@example.org"]
    assert "Votre demande de retrait" in mail.outbox[0].subject
    storyteller.change(who, "Zoé", "514 555-0199", "fr", "anna", NOON)
    made.storyteller.refresh_from_db()
    assert not report.send_receipt(made, TORONTO)


@pytest.mark.parametrize(
    "contact",
    [
        "a0<victim@example.org>",
        "victim@example.org.",
        "a,victim@example.org",
    ],
)
def test_no_receipt_goes_to_what_is_no_address_and_nothing_beside_it(who, settings, contact):
    settings.EMAIL_HOST = "mail.example.org"
    storyteller.change(who, "Zoé", contact, "fr", "anna", NOON)
    assert not report.send_receipt(take_all(who), TORONTO)


def test_working_days_leave_weekends_out():
    friday = NOON + timedelta(days=2)
    assert withdrawal.working_days_after(friday, 2) == friday + timedelta(days=4)
    assert withdrawal.working_days_after(friday + timedelta(days=1), 1) == friday + timedelta(
        days=3
    )


def test_after_the_time_of_keeping_what_tells_of_the_person_is_erased_and_a_tombstone_stays(
    who, tmp_path
):
    live = out(who, pictures=f'[{{"file": "x", "sha256": "{PICTURE}", "alt": "A garden"}}]')
    Version.objects.create(post=live.post, number=1, source="Her words.", at=NOON)
    Upload.objects.create(digest=PICTURE, media_type="image/jpeg", width=1, height=1, at=NOON)
    (tmp_path / f"{PICTURE}.jpg").write_bytes(b"x")
    made = take_all(who)
    after = timedelta(days=730)
    withdrawal.take_down(made, {"x-en": Account()}, NOON)
    assert erasure.due(NOON + after - timedelta(seconds=1), after, TORONTO) == []
    [found] = erasure.due(NOON + after, after, TORONTO)
    assert (found.storyteller, found.since, found.posts) == (who, NOON, 1)
    done = erasure.erase_overdue(who, after, TORONTO, tmp_path, "anna", NOON + after)
    assert done == erasure.Erased(1, ())
    assert not list(tmp_path.glob("*.jpg"))
    live.refresh_from_db()
    assert (live.text, live.pictures, live.fingerprint != "") == ("", "", True)
    assert (who.name_sealed, who.contact_sealed, who.erased_at) == ("", "", NOON + after)
    assert Version.objects.get().source == ""
    assert [copy.gone_at for copy in report.report(made).copies] == [NOON]
    assert Consent.objects.get().form_version == ""
    with pytest.raises(Problem, match="erased already"):
        erasure.erase(who, Via.STAFF, tmp_path, "anna", NOON + after)
    with pytest.raises(Problem, match="erased already"):
        erasure.erase_overdue(who, after, TORONTO, tmp_path, "anna", NOON + after)
    assert erasure.due(NOON + after, after, TORONTO) == []


@pytest.mark.parametrize("where", ["delivery", "version", "draft"])
def test_a_picture_goes_with_its_person_however_their_consent_ended_and_stays_while_another_post_shows_it(
    who, tmp_path, where
):
    """Nothing was taken back here: the consent has merely run out, and so no picture was ever locked."""
    tale = post("story", storyteller=who.reference)
    shown = f'[{{"file": "x", "sha256": "{PICTURE}"}}]'
    delivery(of=tale, status=Status.CANCELLED, pictures=shown)
    shared = "c" * 64
    for digest in (PICTURE, shared):
        Upload.objects.create(
            digest=digest, media_type="image/jpeg", width=1, height=1, at=NOON
        )
        (tmp_path / f"{digest}.jpg").write_bytes(b"x")
    source = f'media = [{{ file = "{shared}.jpg" }}]'
    Version.objects.create(post=tale, number=1, source=source, at=NOON)
    _shows(post("other"), where, source)
    assert erasure.erase(who, Via.STAFF, tmp_path, "anna", NOON).pictures == 1
    assert [one.name for one in tmp_path.glob("*.jpg")] == [f"{shared}.jpg"]
    assert Upload.objects.get().digest == shared


def _shows(other, where, source):
    if where == "delivery":
        delivery(of=other, pictures=source)
    elif where == "version":
        Version.objects.create(post=other, number=1, source=source, at=NOON)
    else:
        user, _ = add_user("vera", Role.VOLUNTEER)
        Draft.objects.create(post=other, user=user, based_on=1, fields=source, saved_at=NOON)


@pytest.mark.parametrize(
    "where", ["campaign.stories.erasing.emptying._empty_posts", "pathlib.Path.unlink"]
)
def test_what_was_killed_while_it_erased_is_erased_by_the_next_attempt(
    who, tmp_path, monkeypatch, where
):
    """In the midst of the transaction nothing has changed; after it, the list tells what is still to be deleted."""
    out(who, pictures=f'[{{"file": "x", "sha256": "{PICTURE}", "alt": "A garden"}}]')
    Delivery.objects.update(status=Status.REMOVED)
    Upload.objects.create(digest=PICTURE, media_type="image/jpeg", width=1, height=1, at=NOON)
    (tmp_path / f"{PICTURE}.jpg").write_bytes(b"x")
    with monkeypatch.context() as patch:
        patch.setattr(where, _killed)
        with pytest.raises(KeyboardInterrupt):
            erasure.erase(who, Via.STAFF, tmp_path, "anna", NOON)
    was_in_transaction = "_empty_posts" in where
    assert Storyteller.objects.filter(erased_at=None).exists() == was_in_transaction
    if was_in_transaction:
        erasure.erase(who, Via.STAFF, tmp_path, "anna", NOON)
    assert keeping.work_off(tmp_path, LATER, TORONTO, NOON) is None
    assert Storyteller.objects.get().erased_at == NOON
    assert not Upload.objects.exists()
    assert not list(tmp_path.glob("*.jpg"))


def _killed(*_, **__):
    raise KeyboardInterrupt


def test_what_is_out_may_stand_and_a_hold_may_last_and_the_record_ends_all_the_same(
    who, tmp_path
):
    """What they let stand stays on the network. What waited goes, and nobody is kept for ever for the sake of a hold."""
    live, waits = out(who), one(who, Status.QUEUED, "x-fr")
    storyteller_since = NOON.replace(year=2028, month=3, day=1)
    held = person("Ana")
    holding.hold(held, HoldReason.TIME, "anna", NOON)
    after = timedelta(days=30)
    due = erasure.due(storyteller_since, after, TORONTO)
    assert [each.storyteller for each in due] == [who, held]
    for each in due:
        erasure.erase_overdue(
            each.storyteller, after, TORONTO, tmp_path, "anna", storyteller_since
        )
    live.refresh_from_db()
    assert (status_of(live), live.text, live.remote_id) == (Status.PUBLISHED, "", "1")
    assert status_of(waits) == Status.WITHDRAWN
    assert not Takedown.objects.exists()
    assert not Storyteller.objects.filter(erased_at=None).exists()


@pytest.mark.parametrize("status", sorted({*NOT_OUT_YET, Status.CANCELLED}))
def test_a_part_of_a_thread_that_broke_off_is_taken_down_when_the_record_ends(
    who, tmp_path, status
):
    one(who, status, remote_id="1", part_ids="1 2")
    later = NOON.replace(year=2030)
    erasure.erase_overdue(who, LATER, TORONTO, tmp_path, "anna", later)
    account = Account()
    takedown.work_off({"x-en": account}, later)
    assert account.asked == ["2", "1"]
    assert not Takedown.objects.filter(gone_at=None).exists()


def test_who_says_yes_again_while_others_are_erased_is_kept(who, tmp_path):
    """`erase` asks who is due, and goes through them one by one: what was true of the last one need not be so any more."""
    later = NOON.replace(year=2031)
    after = timedelta(days=30)
    [due] = erasure.due(later, after, TORONTO)
    consent(who, given_on=date(2031, 1, 1), start=date(2031, 1, 1), until=date(2032, 1, 1))
    assert (
        erasure.erase_overdue(due.storyteller, after, TORONTO, tmp_path, "anna", later) is None
    )
    assert storyteller.name_of(Storyteller.objects.get()) == "Zoé Ferragamo"


def test_nobody_is_erased_by_a_clock_that_is_known_to_be_wrong(who, tmp_path):
    later = NOON.replace(year=2031)
    for wrong in (
        lambda now: erasure.erase_overdue(who, LATER, TORONTO, tmp_path, "anna", now),
        lambda now: keeping.work_off(tmp_path, LATER, TORONTO, now),
        lambda now: keeping.take_down_ended(who, TORONTO, now),
    ):
        events.note(None, "", "", later + timedelta(hours=2), actor="a", action="x", reason="")
        with pytest.raises(Problem, match="clock of this machine is wrong"):
            wrong(later)
    assert not Storyteller.objects.exclude(erased_at=None).exists()
    keeping.work_off(tmp_path, LATER, TORONTO, later + timedelta(hours=1))
    assert Storyteller.objects.get().erased_at


def test_a_consent_that_is_over_is_kept_for_as_long_after_its_last_day(who):
    after = timedelta(days=30)
    assert erasure.due(NOON.replace(year=2028, month=1, day=30), after, TORONTO) == []
    [found] = erasure.due(NOON.replace(year=2028, month=2, day=1), after, TORONTO)
    assert found.since.date() == date(2027, 12, 31)


@pytest.mark.django_db(transaction=True)
def test_of_two_withdrawals_at_once_one_is_made_and_everything_is_pulled_once(db):
    of = person()
    consent(of)
    waiting = one(of, Status.QUEUED)
    found, start = [], threading.Barrier(2)

    def ask():
        try:
            start.wait(PATIENCE)
            found.append(take_all(Storyteller.objects.get()))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert [each.pk for each in found] == [found[0].pk] * 2
    assert waiting.events.filter(action="withdrawn").count() == 1
    assert sorted(each.pulled for each in Withdrawal.objects.all()) == [1]
