"""A correction takes the place of what it corrects: changed where it is, or taken down first; never two at once, and never
nothing for what then does not go out."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.config import Channel
from campaign.delivery import leases, pauses, queue, reconcile
from campaign.delivery.engine import Engine
from campaign.delivery.errands import agenda
from campaign.delivery.publish import AttemptAnswer, Worker, send, turn
from campaign.delivery.takedown import delete
from campaign.models import Attempt, Delivery, Event, SecondCopy
from campaign.models.corrections import Correction, Replacement
from campaign.publishers.publisher import (
    Deleted,
    Message,
    NotDeleted,
    NotThere,
    Published,
    Publisher,
    Refused,
    Removal,
    TryLater,
    Unconfirmed,
)
from campaign.states import Status
from tests.deliveries import (
    NOON,
    FakeClock,
    FakePublisher,
    channel,
    delivery,
    ours,
    status_of,
    worker,
)
from tests.doubles import Fault, Graph, Ledger, doubles
from tests.doubles.faults import close_after
from tests.doubles.messages import Request
from tests.doubles.opened import posted, quick_page, quick_x

pytestmark = pytest.mark.django_db
X, PAGE = channel(), Channel("page-en", "facebook", "en")
HOUR = timedelta(hours=1)


class Account(FakePublisher):
    """A network that deletes as it is told, and remembers what."""

    def __init__(self) -> None:
        super().__init__()
        self.removals: list[Removal] = []
        self.deleted: list[str] = []

    def delete(self, remote_id: str) -> Removal:
        self.deleted.append(remote_id)
        return self.removals.pop(0) if self.removals else Deleted()


@pytest.fixture(autouse=True)
def channels() -> None:
    leases.ensure([X.name, PAGE.name])


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def account() -> Account:
    return Account()


def pair(
    on: Channel = X, ids: str = "7", status: Status = Status.PUBLISHED, **values: object
) -> tuple[Delivery, Delivery]:
    """What is out, and its correction, approved and due."""
    first = delivery(
        "a",
        on.name,
        status=status,
        due=NOON - HOUR,
        network=on.network,
        remote_id=ids.split(" ")[0],
        part_ids=ids,
        url=f"https://example.org/{ids.split(' ')[0]}",
    )
    corrected = delivery("a-corrected", on.name, network=on.network, **values)  # type: ignore[arg-type]  # a test's own
    Correction.objects.get_or_create(post=corrected.post, first=first.post)
    return first, corrected


def take_turn(who: Worker, publisher: FakePublisher, on: Channel = X) -> list[AttemptAnswer]:
    """Claims, and calls the network."""
    claims = turn([], [], [on], who)
    return [AttemptAnswer(claim, on, send(publisher, claim, who, ours)) for claim in claims]


def work(who: Worker, publisher: FakePublisher, on: Channel = X) -> None:
    turn(take_turn(who, publisher, on), [], [], who)


def delete_what_is_due(publisher: FakePublisher, clock: FakeClock, on: Channel = X) -> None:
    for errand in agenda.begin({on.name}, clock()):
        agenda.settle(delete(publisher, errand), clock())


# Taken down first


def test_what_it_corrects_is_taken_down_before_it_goes_out(clock, account):
    first, corrected = pair()
    who = worker(clock)
    work(who, account)
    assert (account.sent, status_of(first)) == ([], Status.PUBLISHED)
    corrected.refresh_from_db()
    assert corrected.reason == "The post that it corrects is being taken down first."
    delete_what_is_due(account, clock)
    assert (account.deleted, status_of(first)) == (["7"], Status.REMOVED)
    first.refresh_from_db()
    assert first.reason == "Corrected: mbc/a-corrected takes its place."
    work(who, account)
    assert (len(account.sent), status_of(corrected)) == (1, Status.PUBLISHED)
    assert not Replacement.objects.exists()
    assert list(Event.objects.order_by("id").values_list("action", flat=True)) == [
        "deleted",
        "corrected",
    ]


def test_nothing_else_takes_its_turn_while_its_place_is_made_free(clock, account):
    strict = replace(X, max_per_day=1, minimum_gap=HOUR)
    first, corrected = pair()
    other = delivery("other", due=NOON)
    who = worker(clock)
    work(who, account, strict)
    work(who, account, strict)
    delete_what_is_due(account, clock)
    work(who, account, strict)
    assert (status_of(first), status_of(corrected)) == (Status.REMOVED, Status.PUBLISHED)
    assert status_of(other) == Status.QUEUED


def test_a_thread_is_taken_down_from_its_end(clock, account):
    pair(ids="7 8 9")
    work(worker(clock), account)
    delete_what_is_due(account, clock)
    assert account.deleted == ["9", "8", "7"]


def test_while_what_it_corrects_still_stands_it_waits_and_others_go_out(clock, account):
    first, corrected = pair()
    other = delivery("other", due=NOON)
    who = worker(clock)
    account.removals = [NotDeleted("X does not answer.")]
    work(who, account)
    delete_what_is_due(account, clock)
    work(who, account)
    assert (status_of(first), status_of(corrected)) == (Status.PUBLISHED, Status.QUEUED)
    assert status_of(other) == Status.PUBLISHED
    corrected.refresh_from_db()
    assert "still stands, so it waits: X does not answer." in corrected.reason
    clock.advance(minutes=2)
    work(who, account)
    delete_what_is_due(account, clock)
    work(who, account)
    assert (status_of(first), status_of(corrected)) == (Status.REMOVED, Status.PUBLISHED)


def test_nothing_is_taken_down_for_what_may_not_go_out(clock, account):
    first, corrected = pair()
    pauses.pause("", "", "A reason.", "anna", NOON)
    work(worker(clock), account)
    Delivery.objects.filter(pk=corrected.pk).update(approved_fingerprint="another")
    delete_what_is_due(account, clock)
    assert (account.deleted, status_of(first)) == ([], Status.PUBLISHED)


def test_a_try_in_vain_is_made_again_only_while_it_may_still_go_out(clock, account):
    first, _corrected = pair()
    account.removals = [NotDeleted("X does not answer.")]
    who = worker(clock)
    work(who, account)
    delete_what_is_due(account, clock)
    pauses.pause("", "", "A reason.", "anna", clock())
    clock.advance(hours=1)
    work(who, account)
    delete_what_is_due(account, clock)
    assert (account.deleted, status_of(first)) == (["7"], Status.PUBLISHED)


def test_after_a_while_in_which_no_program_ran_it_is_asked_anew_whether_it_may_go_out(
    clock, account
):
    first, corrected = pair()
    who = worker(clock)
    work(who, account)
    clock.advance(hours=1)
    pauses.pause("", "", "A reason.", "anna", clock())
    delete_what_is_due(account, clock)
    work(who, account)
    delete_what_is_due(account, clock)
    assert (account.deleted, status_of(first)) == ([], Status.PUBLISHED)
    corrected.refresh_from_db()
    assert corrected.reason == ""  # it is not being taken down


def test_where_nothing_speaks_against_it_then_it_goes_out_after_all(clock, account):
    first, corrected = pair()
    who = worker(clock)
    work(who, account)
    clock.advance(hours=1)
    for _ in range(3):
        delete_what_is_due(account, clock)
        work(who, account)
    assert (status_of(first), status_of(corrected)) == (Status.REMOVED, Status.PUBLISHED)


def test_a_correction_that_is_cancelled_leaves_what_is_out_where_it_is(clock, account):
    first, corrected = pair()
    work(worker(clock), account)
    queue.move(
        *(corrected.pk, Status.QUEUED, Status.CANCELLED, NOON),
        actor="anna",
        action="cancelled",
        reason="",
    )
    delete_what_is_due(account, clock)
    assert (account.deleted, status_of(first)) == ([], Status.PUBLISHED)
    assert not Replacement.objects.exists()


def test_one_that_was_cancelled_while_the_network_was_asked_is_told_as_taken_down(
    clock, account
):
    first, corrected = pair()
    work(worker(clock), account)
    [errand] = agenda.begin({X.name}, clock())
    answered = delete(account, errand)
    Delivery.objects.filter(pk=corrected.pk).update(status=Status.CANCELLED)
    agenda.settle(answered, clock())
    assert (status_of(first), status_of(corrected)) == (Status.REMOVED, Status.CANCELLED)


def test_what_was_taken_down_by_hand_is_not_asked_for_and_the_corrected_one_goes_out(
    clock, account
):
    first, corrected = pair()
    who = worker(clock)
    work(who, account)
    Delivery.objects.filter(pk=first.pk).update(status=Status.REMOVED)
    delete_what_is_due(account, clock)
    work(who, account)
    assert (account.deleted, status_of(corrected)) == ([], Status.PUBLISHED)


def test_two_workers_do_not_ask_the_network_at_once_and_a_dead_one_is_followed(clock, account):
    first, _ = pair()
    work(worker(clock), account)
    assert len(agenda.begin({X.name}, clock())) == 1
    assert agenda.begin({X.name}, clock()) == []
    clock.advance(minutes=1)
    account.removals = [NotThere()]
    delete_what_is_due(account, clock)
    assert status_of(first) == Status.REMOVED


@pytest.mark.parametrize("status", [Status.QUEUED, Status.UNCONFIRMED, Status.FAILED])
def test_it_waits_while_it_is_open_whether_what_it_corrects_goes_out(clock, account, status):
    first, corrected = pair(ids="", status=status)
    Delivery.objects.filter(pk=first.pk).update(due_at=NOON + HOUR, next_at=NOON + HOUR)
    other = delivery("other")
    work(worker(clock), account)
    assert (status_of(first), status_of(corrected)) == (status, Status.QUEUED)
    assert status_of(other) == Status.PUBLISHED


# Changed where it is


def test_where_the_network_can_the_words_are_changed_in_place(clock, account):
    first, corrected = pair(PAGE, "p_7")
    work(worker(clock), account, PAGE)
    assert account.edits == [("p_7", corrected.text)]
    assert (account.sent, account.deleted) == ([], [])
    first.refresh_from_db()
    corrected.refresh_from_db()
    assert (first.status, corrected.status) == (Status.REMOVED, Status.PUBLISHED)
    assert first.reason == "Corrected in place: mbc/a-corrected has changed its words there."
    assert (corrected.remote_id, corrected.part_ids) == ("p_7", "p_7")
    assert corrected.url == "https://example.org/p_7"
    attempt = Attempt.objects.get()
    assert attempt.text == corrected.text
    assert attempt.detail == "The words of the post that was out were changed where they are."


def test_with_another_picture_it_is_taken_down_and_posted_anew(clock, account):
    frozen = '[{"alt": "A dog", "file": "/a.png", "sha256": "1"}]'
    _, corrected = pair(PAGE, "p_7")
    Delivery.objects.filter(post__name="a").update(pictures=frozen)
    work(worker(clock), account, PAGE)
    assert Replacement.objects.count() == 1
    assert account.edits == []
    same = frozen.replace("/a.png", "/elsewhere/a.png")
    Replacement.objects.all().delete()
    Delivery.objects.filter(pk=corrected.pk).update(pictures=same)
    work(worker(clock), account, PAGE)
    assert account.edits == [("p_7", corrected.text)]


def test_with_another_link_beside_it_it_is_taken_down_and_posted_anew(clock, account):
    _, corrected = pair(PAGE, "p_7")
    Delivery.objects.filter(post__name="a").update(link="https://example.org/wrong")
    work(worker(clock), account, PAGE)
    assert Replacement.objects.count() == 1
    assert account.edits == []
    assert status_of(corrected) == Status.QUEUED


def test_a_lost_answer_to_a_change_is_a_change_once_more(clock, account):
    first, corrected = pair(PAGE, "p_7")
    account.edit_answers = [Unconfirmed("The answer was lost.")]
    who = worker(clock)
    work(who, account, PAGE)
    assert (status_of(first), status_of(corrected)) == (Status.PUBLISHED, Status.UNCONFIRMED)
    clock.advance(minutes=2)
    doubts = reconcile.doubts_of(PAGE.name, clock())
    sight = reconcile.look(account, doubts)
    reconcile.settle(doubts, sight, clock(), timedelta(minutes=1))
    assert status_of(corrected) == Status.QUEUED
    work(who, account, PAGE)
    assert (status_of(first), status_of(corrected)) == (Status.REMOVED, Status.PUBLISHED)
    assert len(account.edits) == 2
    assert account.sent == []


def test_what_is_not_there_any_more_is_posted_anew(clock, account):
    first, corrected = pair(PAGE, "p_7")
    account.edit_answers = [NotThere()]
    who = worker(clock)
    work(who, account, PAGE)
    assert (status_of(first), status_of(corrected)) == (Status.REMOVED, Status.QUEUED)
    clock.advance(minutes=2)
    work(who, account, PAGE)
    assert (account.sent, status_of(corrected)) == ([corrected.text], Status.PUBLISHED)


def test_a_change_that_is_refused_leaves_what_is_out(clock, account):
    first, corrected = pair(PAGE, "p_7")
    account.edit_answers = [Refused("Not ours.")]
    work(worker(clock), account, PAGE)
    assert (status_of(first), status_of(corrected)) == (Status.PUBLISHED, Status.FAILED)


def test_a_change_while_it_was_taken_down_by_hand_is_in_doubt(clock, account):
    first, corrected = pair(PAGE, "p_7")
    who = worker(clock)
    answers = take_turn(who, account, PAGE)
    Delivery.objects.filter(pk=first.pk).update(status=Status.REMOVED)
    turn(answers, [], [], who)
    assert status_of(corrected) == Status.UNCONFIRMED


def test_a_late_answer_to_a_change_is_no_second_copy(clock, account):
    first, corrected = pair(PAGE, "p_7")
    slow, quick = worker(clock, "slow"), worker(clock, "quick")
    late = take_turn(slow, account, PAGE)
    clock.advance(minutes=5)
    queue.settle_interrupted(clock(), "It is gone.")
    doubts = reconcile.doubts_of(PAGE.name, clock())
    reconcile.settle(doubts, reconcile.look(account, doubts), clock(), timedelta(minutes=1))
    work(quick, account, PAGE)
    turn(late, [], [], slow)
    assert (status_of(first), status_of(corrected)) == (Status.REMOVED, Status.PUBLISHED)
    assert not SecondCopy.objects.exists()
    assert Attempt.objects.filter(outcome="published").count() == 1


def test_a_worker_that_slept_changes_nothing(clock, account):
    pair(PAGE, "p_7")
    who = worker(clock)
    [claim] = turn([], [], [PAGE], who)
    clock.advance(seconds=40)
    assert isinstance(send(account, claim, who, ours), TryLater)
    assert account.edits == []


# As the program does it


def test_a_run_that_ends_by_itself_takes_down_and_posts(clock):
    first, corrected = pair()
    account = Account()
    engine = Engine({X.name: X}, {X.name: account}, worker(clock), 1)
    engine.work_off()
    assert engine.end()
    assert (status_of(first), status_of(corrected)) == (Status.REMOVED, Status.PUBLISHED)
    assert (account.deleted, len(account.sent)) == (["7"], 1)


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_on_networks_that_speak_http_the_words_are_there_once_whatever_is_lost(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    on_page = Channel("page-en", "facebook", "en")
    with doubles(graph=Graph(Ledger())) as server:
        server.clock = lambda: clock().timestamp()
        x, page = quick_x(server.url), quick_page(server.url)
        publishers: dict[str, Publisher] = {X.name: x, on_page.name: page}
        engine = Engine({X.name: X, on_page.name: on_page}, publishers, worker(clock), 1)
        ids = {}
        for name, publisher in publishers.items():
            outcome = posted(publisher, Message(f"Wrong words on {name}."))
            assert isinstance(outcome, Published)
            ids[name] = outcome.remote_id
        pairs = [pair(X, ids[X.name]), pair(on_page, ids[on_page.name])]
        lost = [close_after()]
        is_change = re.compile(r"/v[0-9.]+/[0-9]+_[0-9]+").fullmatch

        def lose_the_answer_to_a_change(request: Request) -> Fault | None:
            is_meant = request.method == "POST" and is_change(request.path)
            return lost.pop() if lost and is_meant else None

        server.faults = lose_the_answer_to_a_change
        engine.work_off()
        assert engine.end()
        x.session.close()
        page.session.close()
        assert [status_of(first) for first, _ in pairs] == [Status.REMOVED] * 2
        assert lost == []
        texts = [corrected.text for _, corrected in pairs]
        assert sorted(server.ledger.texts()) == sorted(texts)
