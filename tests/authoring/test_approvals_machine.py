"""Whatever files and people do in whatever order: no text is queued that nobody approved, much is never taken away without a
yes, and what comes back unchanged stands as it stood."""

import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from campaign.authoring.approvals import FEW
from campaign.config import Channel
from campaign.core.problem import Asked, Problem
from campaign.decisions import approving, many, settling
from campaign.models import Delivery, Post
from campaign.people.roles import Role, add_user
from campaign.states import Status
from tests.authoring.loading import CHANNELS, NAMES, Files, everything, files_in, queue

PLACES = ("posts", "posts/know", *(f"posts/know/{name}.toml" for name in NAMES))


class Loading(RuleBasedStateMachine):
    """Three posts in two languages; files and channels come and go, and people approve and decide."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.root = Path(tempfile.mkdtemp())
        self.files = files_in(self.root)
        self.away: list[Callable[[], object]] = []
        #: the texts that a person has approved, by the number of the delivery
        self.approved: dict[int, set[str]] = {}

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)
        shutil.rmtree(self.root)

    @initialize()
    def begin(self):
        for name in ("bob", "ana"):
            add_user(name, Role.STAFF)
        self.files.three()
        self.load(answered=False)
        self.approve("bob")

    @rule(answered=st.booleans())
    def load(self, answered):
        before, queued = everything(), self.queued()
        try:
            self.files.load(answered=answered)
        except Asked:
            assert not answered
            assert everything() == before
        else:
            self.check_words()
        now_queued = self.queued()
        lost = [number for number in queued if number not in now_queued]
        moved = [n for n in queued if n in now_queued and queued[n] != now_queued[n]]
        if not answered:
            assert len(lost) + len(moved) <= FEW

    @rule(by=st.sampled_from(["bob", "ana"]))
    def approve(self, by):
        self.files.approve(by)
        for delivery in Delivery.objects.filter(status=Status.QUEUED):
            self.approved.setdefault(delivery.pk, set()).add(delivery.text)

    @precondition(lambda self: not self.away)
    @rule(place=st.sampled_from(PLACES))
    def take_away(self, place):
        if (self.root / place).exists():
            self.away.append(self.files.aside(place))
            if place == "posts":
                self.files.folder.posts.mkdir()

    @precondition(lambda self: self.away)
    @rule(is_loaded=st.booleans(), rewritten=st.sampled_from([None, *NAMES]))
    def bring_back(self, is_loaded, rewritten):
        if is_loaded:
            self.load(answered=True)
        self.away.pop()()
        if rewritten and not self.away:
            self.write(rewritten, "hear")
            self.load(answered=True)

    @precondition(lambda self: not self.away)
    @rule(name=st.sampled_from(NAMES), words=st.sampled_from(["know", "hear"]))
    def write(self, name, words):
        """Its words from before, or others."""
        path = self.files.post(name, number=NAMES.index(name))
        path.write_text(path.read_text("utf-8").replace("know", words), "utf-8")

    @rule(name=st.sampled_from(tuple(CHANNELS)), there=st.booleans())
    def set_channel(self, name, there):
        spare = {"y": Channel("y", "twitter", "en")}
        self.files.channels(**spare, **{name: CHANNELS[name] if there else None})

    @rule(name=st.sampled_from(NAMES), what=st.sampled_from(["unapprove", "cancel", "revive"]))
    def decide(self, name, what):
        post, ana = Post.objects.filter(name=name).first(), self.person("ana")
        if post is None:
            return
        try:
            if what == "unapprove":
                approving.unapprove(post, ana, self.files.now)
                return
            delivery = post.deliveries.order_by("id").first()
            if delivery and what == "cancel":
                settling.cancel(delivery, "ana", "No.", self.files.now)
            elif delivery:
                many.bring_back(delivery, "ana", self.files.now)
        except Problem:
            pass

    @rule(hours=st.integers(1, 24 * 9))
    def wait(self, hours):
        self.files.now += timedelta(hours=hours)

    def check_words(self):
        """What is queued says what its file says, where that has no error."""
        queued = Delivery.objects.filter(status=Status.QUEUED).select_related("post")
        for delivery in queued.exclude(post__key__in=self.files.with_errors):
            file = self.files.folder.posts / f"{delivery.post.key}.toml"
            assert f'"{delivery.text}"' in file.read_text("utf-8")

    def person(self, name):
        return User.objects.get(username=name)

    def queued(self):
        rows = Delivery.objects.filter(status=Status.QUEUED)
        return dict(rows.values_list("pk", "due_at"))

    @invariant()
    def nothing_is_queued_that_nobody_approved(self):
        queued = Delivery.objects.filter(status=Status.QUEUED).select_related("approved_by")
        for delivery in queued:
            assert delivery.approved_fingerprint == delivery.fingerprint
            assert delivery.approved_by is not None
            assert delivery.text in self.approved[delivery.pk]

    @invariant()
    def the_log_says_by_whom_and_when_it_was_approved(self):
        queued = Delivery.objects.filter(status=Status.QUEUED).select_related("approved_by")
        for delivery in queued.prefetch_related("events"):
            events = sorted(delivery.events.all(), key=lambda event: event.pk)
            event = [event for event in events if event.action == "approved"][-1]
            assert delivery.approved_by is not None
            assert (event.actor, event.at) == (
                delivery.approved_by.username,
                delivery.approved_at,
            )
            # Whatever a person did since then counts.
            assert not [
                later for later in events if later.pk > event.pk and later.actor != "load"
            ]


@pytest.mark.django_db
def test_whatever_happens_nothing_is_queued_that_nobody_approved():
    run_state_machine_as_test(
        Loading,
        settings=settings(
            max_examples=10, stateful_step_count=20, deadline=None, database=None
        ),
    )


@pytest.mark.django_db
@settings(max_examples=12, deadline=None, database=None)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from([*PLACES, *CHANNELS]), st.booleans()), min_size=1, max_size=6
    )
)
def test_with_the_files_as_they_were_the_queue_ends_as_it_began(steps):
    """Whatever was taken away, in whatever order, with a loading after it or without."""
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        files = files_in(Path(folder)).approved()
        before = queue()
        away = [_taken(files, what, is_loaded) for what, is_loaded in steps]
        for back in reversed(away):
            back()
        files.load(answered=True)
        assert queue() == before
        assert files.load().counts == {"posts known": 3, "deliveries unchanged": 6}
        transaction.set_rollback(True)


def _taken(files: Files, what: str, is_loaded: bool) -> Callable[[], object]:
    """Takes a channel, a folder or a file away, if it is there, and loads. Returns what brings it back."""
    config = files.config

    def back() -> object:
        files.config = config
        return None

    if what in CHANNELS:
        files.channels(**{what: None})
    elif (files.folder.root / what).exists():
        back = files.aside(what)
        if what == "posts":
            files.folder.posts.mkdir()
    if is_loaded:
        files.load(answered=True)
    return back
