"""Whatever happens in whatever order (lost answers, crashes between any two steps, people), no post is ever doubled,
and none is lost."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from campaign.core.problem import Problem
from campaign.decisions import rescheduling, settling
from campaign.delivery import leases, pauses, queue, reconcile
from campaign.delivery.leases import LEASE
from campaign.delivery.publish import AttemptAnswer, Look, turn
from campaign.models import Attempt, Delivery, Event
from campaign.publishers.publisher import (
    Outcome,
    Published,
    Refused,
    RemotePost,
    TryLater,
    Unconfirmed,
)
from campaign.states import MOVES, Status
from tests.deliveries import NOON, RULES, FakeClock, channel, delivery, worker

X = channel()
STORED = {Status.PUBLISHED}
MAY_BE_STORED = {Status.SENDING, Status.UNCONFIRMED}


class Queue(RuleBasedStateMachine):
    """A queue, an account that stores what reaches it, and a program that may die at any moment."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.clock = FakeClock()
        self.account: list[RemotePost] = []
        self.claims = []
        self.answers = []
        self.program = 0

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @property
    def worker(self):
        return worker(self.clock, f"program-{self.program}")

    @initialize(number=st.integers(1, 3), same=st.booleans())
    def fill(self, number, same):
        leases.ensure(["x-en"])
        for n in range(number):
            text = "The same words." if same else f"Post {n}.\n---\nPost {n}, second part."
            delivery(
                f"p{n}", due=NOON + timedelta(seconds=n), text=text, grace=timedelta(days=30)
            )

    @rule()
    def take_turn(self):
        claims = turn(self.answers, [], [] if self.claims else [X], self.worker)
        self.answers = []
        self.claims += claims

    @precondition(lambda self: self.claims)
    @rule(
        what=st.sampled_from(["stored", "stored and lost", "lost", "refused", "later", "busy"])
    )
    def network_answers(self, what):
        claim = self.claims.pop(0)
        outcomes: dict[str, Outcome] = {
            "refused": Refused("no"),
            "later": TryLater("busy"),
            "busy": TryLater("limit", whole_channel=True),
        }
        outcome = outcomes.get(what)
        if what.startswith("stored"):
            remote_id = str(len(self.account) + 1)
            self.account.append(
                RemotePost(remote_id, f"https://x.com/{remote_id}", claim.text, self.clock())
            )
            outcome = Published(remote_id, f"https://x.com/{remote_id}")
        self.answers.append(
            AttemptAnswer(
                claim,
                X,
                outcome if what != "stored and lost" and outcome else Unconfirmed("lost"),
            )
        )

    @rule(stored=st.booleans())
    def crash(self, stored):
        """The program dies; what it had sent may have arrived."""
        if stored:
            for claim in self.claims:
                remote_id = str(len(self.account) + 1)
                self.account.append(
                    RemotePost(
                        remote_id, f"https://x.com/{remote_id}", claim.text, self.clock()
                    )
                )
        self.claims, self.answers = [], []
        self.program += 1
        self.clock.now += LEASE + timedelta(seconds=1)
        queue.settle_interrupted(self.clock(), "It died.")

    @rule(minutes=st.integers(1, 90))
    def time_passes(self, minutes):
        self.clock.advance(minutes=minutes)
        leases.renew(["x-en"], self.worker.name, self.clock())

    @precondition(lambda self: not self.claims and not self.answers)
    @rule()
    def look(self):
        doubts = reconcile.doubts_of("x-en", self.clock())
        if doubts:
            sight = reconcile.Sight(
                [
                    post
                    for post in self.account
                    if post.at >= min(d.since for d in doubts) - timedelta(minutes=5)
                ]
            )
            turn([], [Look(X, doubts, sight)], [], self.worker)

    @rule(
        index=st.integers(0, 2),
        what=st.sampled_from(["cancel", "retry", "reschedule", "pause", "resume"]),
    )
    def person_decides(self, index, what):
        one = list(Delivery.objects.order_by("id"))[index % Delivery.objects.count()]
        try:
            if what == "cancel" and not one.part_ids:
                settling.cancel(one, "anna", "", self.clock())
            elif what == "retry":
                rescheduling.retry(one, "anna", self.clock(), RULES, answered=True)
            elif what == "reschedule":
                due = self.clock() + timedelta(minutes=1)
                rescheduling.reschedule([one], due, "anna", self.clock(), RULES, answered=True)
            elif what == "pause":
                pauses.pause("", "", "news", "anna", self.clock())
            elif what == "resume":
                pauses.resume("", "", "over", "anna", self.clock())
        except Problem:
            pass

    @invariant()
    def nothing_is_doubled(self):
        texts = [post.text for post in self.account]
        expected = Delivery.objects.filter(text="The same words.").count() or 1
        assert all(texts.count(text) <= expected for text in texts)

    @invariant()
    def nothing_is_lost(self):
        for one in Delivery.objects.all():
            out = one.part_ids.split()
            on_account = {post.remote_id for post in self.account}
            assert set(out) <= on_account
            if one.status in STORED:
                assert len(out) == one.text.count("\n---\n") + 1

    @invariant()
    def only_what_may_be_out_is_out_unknown(self):
        owned = {
            remote
            for ids in Delivery.objects.values_list("part_ids", flat=True)
            for remote in ids.split()
        }
        unknown = [post for post in self.account if post.remote_id not in owned]
        waiting = Delivery.objects.filter(status__in=MAY_BE_STORED).count()
        assert len(unknown) <= waiting

    @invariant()
    def every_event_is_a_legal_move(self):
        for event in Event.objects.exclude(from_status="").exclude(to_status=""):
            old, new = Status(event.from_status), Status(event.to_status)
            assert old == new or new in MOVES[old]

    @invariant()
    def attempts_are_numbered_without_a_gap(self):
        for one in Delivery.objects.all():
            numbers = list(
                Attempt.objects.filter(delivery=one)
                .order_by("number")
                .values_list("number", flat=True)
            )
            assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.django_db
def test_no_order_of_events_doubles_or_loses_a_post():
    # Of PostgreSQL only the SQL is in question.
    examples = 25 if connection.vendor == "sqlite" else 8
    run_state_machine_as_test(
        Queue,
        settings=settings(
            max_examples=examples, stateful_step_count=30, deadline=None, database=None
        ),
    )
