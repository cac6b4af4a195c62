"""A database that is older than what went out looks at the accounts before anything is sent."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.thread import joined
from campaign.core.sentence import Sentence
from campaign.delivery import candidates, leases, queue
from campaign.delivery.engine import Engine
from campaign.delivery.lookback import strays, waiting
from campaign.delivery.reconcile import Sight
from campaign.models import ChannelState, Event
from campaign.models.lookback import Stray
from campaign.publishers.matching import Trace, same_text
from campaign.publishers.publisher import CannotLook, RemotePost, Unreachable
from campaign.states import MAY_BE_FOUND_OUT, Status
from tests.deliveries import (
    NOON,
    TORONTO,
    FakeClock,
    FakePublisher,
    channel,
    delivery,
    status_of,
    worker,
)

pytestmark = pytest.mark.django_db(transaction=True)
BACKED_UP = NOON - timedelta(hours=3)
WAIT = timedelta(minutes=1)
WHY = Sentence("A backup was restored")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def looks_first(clock, *names):
    waiting.look_first(names or ["x-en"], BACKED_UP, clock(), WAIT, WHY)
    clock.now += WAIT


def run(publisher, clock, name="x-en"):
    """`run --once`."""
    who = worker(clock)
    engine = Engine({name: channel(name)}, {name: publisher}, who, 2)
    engine.work_off()
    assert engine.end()


def out(text, remote_id="77", at=NOON - timedelta(minutes=5)):
    return RemotePost(remote_id, f"https://x.com/{remote_id}", text, at)


def test_what_is_out_is_adopted_and_what_is_not_goes_out_once(clock):
    first, second = delivery("a"), delivery("b")
    looks_first(clock)
    publisher = FakePublisher(account=[out(first.text)])
    run(publisher, clock)
    first.refresh_from_db()
    assert (first.status, first.remote_id, first.url) == ("published", "77", "https://x.com/77")
    assert first.published_at == NOON - timedelta(minutes=5)
    assert (publisher.sent, status_of(second)) == ([second.text], Status.PUBLISHED)
    assert not waiting.is_waiting("x-en")
    actions = [event.action for event in Event.objects.order_by("id")]
    assert actions == ["looks first", "found", "looked back"]


def test_nothing_is_sent_before_the_account_was_looked_at(clock):
    one = delivery()
    waiting.look_first(["x-en"], BACKED_UP, clock(), WAIT, WHY)
    publisher = FakePublisher()
    run(publisher, clock)
    assert (publisher.sent, status_of(one)) == ([], Status.QUEUED)
    assert candidates.waiting(clock()).channels == []


@pytest.mark.parametrize(
    "problem", [Unreachable("Down."), CannotLook("No leave."), ValueError("odd")]
)
def test_an_account_that_cannot_be_read_waits_and_asks_a_person(clock, problem):
    one = delivery()
    looks_first(clock)
    publisher = FakePublisher(account=problem)
    for _ in range(4):
        run(publisher, clock)
        clock.advance(minutes=6)
    assert (publisher.sent, status_of(one)) == ([], Status.QUEUED)
    [said] = waiting.sentences(TORONTO)
    assert isinstance(said, Sentence)
    assert "could not be looked at" in said
    publisher.account = [out(one.text)]
    run(publisher, clock)
    assert (publisher.sent, status_of(one)) == ([], Status.PUBLISHED)


def test_a_person_who_has_looked_lets_the_channel_go_on(clock):
    one = delivery()
    looks_first(clock)
    publisher = FakePublisher(account=CannotLook("No leave."))
    run(publisher, clock)
    assert waiting.looked_at("x-en", "ana", clock())
    run(publisher, clock)
    assert status_of(one) == Status.PUBLISHED
    assert not waiting.looked_at("x-en", "ana", clock())


@pytest.mark.parametrize("status", sorted(MAY_BE_FOUND_OUT))
def test_it_is_adopted_whatever_the_old_database_says_of_it(clock, status):
    one = delivery(status=status)
    looks_first(clock)
    publisher = FakePublisher(account=[out(one.text)])
    run(publisher, clock)
    assert (status_of(one), publisher.sent) == (Status.PUBLISHED, [])


def test_what_came_too_late_meanwhile_is_looked_for_before_it_is_called_missed(clock):
    one, other = (delivery(name, grace=timedelta(minutes=1)) for name in "ab")
    looks_first(clock)
    clock.advance(hours=1)
    who = worker(clock)
    engine = Engine(
        {"x-en": channel()}, {"x-en": FakePublisher(account=[out(one.text)])}, who, 2
    )
    queue.settle_late(clock(), TORONTO)
    assert status_of(one) == Status.QUEUED
    engine.work_off()
    engine.end()
    run(FakePublisher(), clock)
    assert (status_of(one), status_of(other)) == (Status.PUBLISHED, Status.MISSED)


def test_a_thread_goes_on_at_the_part_that_is_missing(clock):
    one = delivery(text=joined(["First.", "Second.", "Third."]))
    looks_first(clock)
    publisher = FakePublisher(account=[out("First.", "1"), out("Second.", "2")])
    run(publisher, clock)
    one.refresh_from_db()
    assert publisher.sent == ["Third."]
    assert (one.status, one.part_ids.split()[:2], one.url) == (
        "published",
        ["1", "2"],
        "https://x.com/1",
    )


def test_a_text_with_marks_is_looked_for_as_the_one_post_that_a_network_without_threads_has(
    clock,
):
    own = delivery(text="First.\n---\nSecond.", network="facebook")
    looks_first(clock)
    publisher = FakePublisher(account=[out("First.\n\nSecond.")])
    run(publisher, clock)
    assert (publisher.sent, status_of(own)) == ([], Status.PUBLISHED)


def test_a_post_that_a_delivery_owns_is_nobody_elses(clock):
    delivery("a", status=Status.PUBLISHED, text="The same.", remote_id="77")
    other = delivery("b", text="The same.")
    looks_first(clock)
    publisher = FakePublisher(account=[out("The same.", "77")])
    run(publisher, clock)
    assert (publisher.sent, status_of(other)) == (["The same."], Status.PUBLISHED)


def test_of_two_with_the_same_words_the_one_that_was_due_is_adopted(clock):
    later = delivery("b", text="The same.", due=NOON + timedelta(days=7))
    earlier = delivery("a", text="The same.")
    looks_first(clock)
    run(FakePublisher(account=[out("The same.")]), clock)
    assert (status_of(earlier), status_of(later)) == (Status.PUBLISHED, Status.QUEUED)
    clock.now = NOON + timedelta(days=7)
    run(FakePublisher(), clock)
    assert status_of(later) == Status.PUBLISHED


def test_what_is_loaded_again_after_the_look_is_not_sent_again(clock):
    looks_first(clock)
    run(FakePublisher(account=[out("Loaded anew.")]), clock)
    one = delivery("a", text="Loaded anew.", due=NOON - timedelta(minutes=6))
    publisher = FakePublisher()
    run(publisher, clock)
    assert (publisher.sent, status_of(one)) == ([], Status.PUBLISHED)


def test_of_a_thread_that_is_loaded_again_after_the_look_the_part_that_is_out_is_not_sent(
    clock,
):
    looks_first(clock)
    run(FakePublisher(account=[out("First.")]), clock)
    one = delivery("a", text=joined(["First.", "Second."]), due=NOON - timedelta(minutes=6))
    publisher = FakePublisher()
    run(publisher, clock)
    one.refresh_from_db()
    assert (publisher.sent, one.status) == (["Second."], Status.PUBLISHED)
    assert one.part_ids.split()[0] == "77"


def test_words_that_are_out_and_due_again_later_ask_a_person_once(clock):
    looks_first(clock)
    run(FakePublisher(account=[out("Every week.")]), clock)
    one = delivery("a", text="Every week.", due=NOON + timedelta(days=7))
    clock.now = NOON + timedelta(days=7)
    publisher = FakePublisher()
    run(publisher, clock)
    one.refresh_from_db()
    assert (publisher.sent, one.status) == ([], Status.MISSED)
    assert "https://x.com/77" in one.reason
    queue.move(
        one.pk, Status.MISSED, Status.QUEUED, clock(), actor="ana", action="again", reason=""
    )
    run(publisher, clock)
    assert status_of(one) == Status.PUBLISHED


def test_a_post_of_pictures_alone_is_not_taken_for_one_whose_words_were_erased(clock):
    erased = delivery(text="", status=Status.MISSED)
    looks_first(clock)
    run(FakePublisher(account=[out("")]), clock)
    assert status_of(erased) == Status.MISSED
    assert Stray.objects.count() == 1


def test_the_same_words_a_year_later_are_meant(clock):
    looks_first(clock)
    run(FakePublisher(account=[out("Every year.")]), clock)
    one = delivery("a", text="Every year.", due=NOON + timedelta(days=365))
    clock.now = NOON + timedelta(days=365)
    run(FakePublisher(), clock)
    assert status_of(one) == Status.PUBLISHED


def test_a_second_call_looks_back_as_far_as_the_first_and_a_look_before_it_settles_nothing(
    clock,
):
    delivery()
    looks_first(clock)
    waiting.look_first(["x-en"], NOON, clock(), WAIT, WHY)
    assert waiting.since_of("x-en", clock() + WAIT) == BACKED_UP
    earlier = BACKED_UP - timedelta(days=1)
    waiting.look_first(["x-en"], earlier, clock(), WAIT, WHY)
    strays.settle("x-en", BACKED_UP, Sight(), clock(), WAIT)
    assert waiting.is_waiting("x-en")


def test_every_channel_that_the_database_knows_looks_first(clock):
    leases.ensure(["x-fr"])
    waiting.look_first(["x-en"], BACKED_UP, clock(), WAIT, WHY)
    waits = ChannelState.objects.exclude(look_since=None).values_list("name", flat=True)
    assert sorted(waits) == ["x-en", "x-fr"]


def test_a_strays_words_are_not_kept(clock):
    looks_first(clock)
    run(FakePublisher(account=[out("Zoé told us this.")]), clock)
    [stray] = Stray.objects.values()
    assert not [value for value in stray.values() if "Zo" in str(value)]


WORDS = st.lists(
    st.sampled_from(
        [
            "café",
            "cafe\u0301",
            "https://t.co/abc",
            "https://a.ca/é",
            "https://a.ca/%C3%A9",
            "a.ca",
            "\n",
            " ",
            "x",
        ]
    ),
    max_size=6,
).map("".join)


@given(WORDS, WORDS)
def test_texts_that_count_as_the_same_have_traces_that_fit(one, other):
    if same_text(one, other):
        assert Trace.of(one).fits(Trace.of(other))


@given(WORDS)
def test_a_trace_fits_its_own_text(text):
    assert Trace.of(text).fits(Trace.of(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("One.", "Two."),
        ("See https://a.ca/1", "See https://a.ca/2"),
        ("a https://a.ca b", "a b"),
    ],
)
def test_traces_of_other_texts_do_not_fit(one, other):
    assert not Trace.of(one).fits(Trace.of(other))
