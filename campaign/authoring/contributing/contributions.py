"""Contributions: a message or a story in one language, in the words of who hands it in; the team writes the other one.

Nothing of it goes out before the team has planned it and somebody else has approved it. Who wrote it stays its author."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.contrib.auth.models import User

from campaign.authoring import once
from campaign.authoring.closed import need_open
from campaign.authoring.contributing import contributed
from campaign.authoring.contributing.contributed import language_of, words_of
from campaign.authoring.versions import latest_version, save_version
from campaign.care import hands
from campaign.care.hands import Source
from campaign.consent.locks import need_unlocked
from campaign.content.fields import Fields
from campaign.content.post import LANGUAGES, TEMPLATE_OF_KIND, Kind
from campaign.content.source import fields_of, read_source, write_source
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import readable, visible
from campaign.database import events
from campaign.database.sql import writing
from campaign.delivery import queue
from campaign.models import Delivery, Post, Version
from campaign.planning.asked_times import AskedTime
from campaign.publishers import form_of
from campaign.states import MAY_BE_OUT, NOT_OUT_YET, OUT, Stage, Status

KINDS = (Kind.AWARENESS, Kind.STORY)
LONGEST = 5_000
"""Characters that a contribution may have: room for a long story where a network has it."""
LONGEST_NOTE = 1_000
CHANGEABLE = frozenset({Stage.WRITING, Stage.SUBMITTED, Stage.RETURNED})
"""Stages in which its author may change a contribution."""
TAKEN_BACK = Sentence("It was taken back by the person who wrote it.")


class Whose(StrEnum):
    """Whose story it is. The name of the person is never asked for here."""

    OWN = "own"
    OTHER = "other"


AGREED: Mapping[Whose, str] = {
    Whose.OWN: Sentence("It is their own story, and they say yes to sharing it."),
    Whose.OTHER: Sentence(
        "It is somebody else’s story, and that person has said yes to sharing it."
    ),
}
"""What the log keeps of the answers about a story. The written consent is asked for by the team, outside of the form."""


def contribute(
    kind: Kind,
    words: str,
    language: str,
    campaign: str,
    by: User,
    now: datetime,
    form: str = "",
    asked: AskedTime = AskedTime(),  # noqa: B008 - nobody can change it
) -> Post:
    """A new contribution, kept for its author until they hand it in; the same `form` once more makes no other. A time that
    was `asked` for is the team's to keep or to change. Raises Problem for words that cannot be kept."""
    if not by.groups.exists():
        raise Problem(
            Sentence(
                "{0} cannot contribute yet: an admin has to give them a role first.",
                by.username,
            )
        )
    if kind not in KINDS or language not in LANGUAGES:
        raise Problem(
            Sentence(
                "Choose what it is, a message or a story, and the language that you write in."
            )
        )
    need_open(campaign)
    words = kept(words)
    fields = Fields(
        kind=kind.value,
        template=TEMPLATE_OF_KIND[kind],
        channels=asked.channels,
        when=asked.when,
        texts={language: {form_of(words): words}},
    )
    with writing():
        if before := once.made_with(form, by):
            return before
        name = _free_name(campaign, now)
        post = Post.objects.create(
            key=f"{campaign}/{name}",
            campaign=campaign,
            name=name,
            kind=kind.value,
            # No title is made of its words: they may well begin with a name, and titles stand in lists and in the log for good.
            title="",
            author=by,
            stage=Stage.WRITING,
            loaded_at=now,
            form=once.number_of(form, by),
        )
        save_version(post, write_source(fields), by, now, based_on=0)
        _note(post, "", Stage.WRITING, by, "contributed", "", now)
    return Post.objects.get(pk=post.pk)


def change(post: Post, words: str, by: User, now: datetime, *, based_on: int) -> bool:
    """Replaces its author's words, and nothing that the team wrote in the other language. False when they are the same.

    Raises Outdated when somebody has changed it since version `based_on`, and Problem when it cannot be changed now.
    """
    words = kept(words)
    with writing():
        post = _own(post, by)
        need_unlocked(post)
        latest = latest_version(post)
        if latest is None or post.file_digest:
            raise Problem(
                Sentence(
                    "It came from a file: change it there, and have the file loaded again."
                )
            )
        if post.stage not in CHANGEABLE:
            raise Problem(
                Sentence(
                    "It is planned already, so it cannot be changed here: tell the team what should be different."
                )
            )
        if words == words_of(latest.source, language_of(post)):
            return False
        saved = save_version(post, _source(post, latest, words), by, now, based_on=based_on)
        _note(post, post.stage, Stage(post.stage), by, "changed", "", now)
        if post.stage == Stage.SUBMITTED:
            # Until then they are their author's alone.
            hands.heed(post, words, Source.CONTRIBUTION, now)
    return saved is not None


def hand_in(
    post: Post, by: User, now: datetime, *, note: str = "", whose: Whose | None = None
) -> None:
    """The team has it from now on, with a note for them.

    `whose` says, for a story, whose it is, and that this person has said yes to sharing it. Raises Problem without.
    """
    note = visible(note)
    if len(note) > LONGEST_NOTE:
        raise Problem(
            Sentence(
                "Your note is too long: {0} characters of {1}. Shorten it a little.",
                len(note),
                LONGEST_NOTE,
            )
        )
    with writing():
        post = _own(post, by)
        need_unlocked(post)
        if post.stage not in (Stage.WRITING, Stage.RETURNED):
            raise Problem(
                Sentence("This cannot be submitted now: the team has it, or you took it back.")
            )
        if whose:
            _note(post, post.stage, Stage(post.stage), by, "agreed", AGREED[whose], now)
        elif post.kind == Kind.STORY and not post.events.filter(action="agreed").exists():
            raise Problem(
                Sentence(
                    "A story is submitted once its person has said yes to sharing it. Your words are kept."
                )
            )
        Post.objects.filter(pk=post.pk).update(stage=Stage.SUBMITTED, stage_reason="")
        _note(post, post.stage, Stage.SUBMITTED, by, "handed in", note, now)
        words = f"{contributed.own_words(post)}\n\n{note}"
        hands.heed(post, words, Source.CONTRIBUTION, now)


def take_back(post: Post, by: User, now: datetime) -> list[Delivery]:
    """Takes one's contribution back; no reason is asked for. Nothing that still waits goes out.

    A message can be taken back until it is approved, a story always. Returns what of a story is out already, or on its
    way: the team has to take that down. Raises Problem for a message that is approved, and for what is taken back.
    """
    with writing():
        post = _own(post, by)
        if post.stage == Stage.TAKEN_BACK:
            raise Problem(
                Sentence("You have taken it back already: nothing more of it goes out.")
            )
        deliveries = list(post.deliveries.order_by("due_at", "id"))
        out = [delivery for delivery in deliveries if delivery.status in MAY_BE_OUT]
        if post.kind != Kind.STORY:
            _check_still_here(deliveries)
        for delivery in deliveries:
            if delivery.status in NOT_OUT_YET:
                old = Status(delivery.status)
                queue.move(
                    delivery.pk,
                    old,
                    Status.CANCELLED,
                    now,
                    actor=by.username,
                    action="taken back",
                    reason=TAKEN_BACK,
                )
        Post.objects.filter(pk=post.pk).update(stage=Stage.TAKEN_BACK)
        _note(post, post.stage, Stage.TAKEN_BACK, by, "taken back", "", now)
    return out


def bring_back(post: Post, by: User, now: datetime) -> None:
    """Undoes taking back: the contribution has its earlier stage again. What was approved has to be approved anew.

    Raises Problem when it is not taken back.
    """
    with writing():
        post = _own(post, by)
        need_unlocked(post)
        last = post.events.filter(action="taken back").order_by("-id").first()
        if post.stage != Stage.TAKEN_BACK or last is None:
            raise Problem(Sentence("It is not taken back; nothing has changed."))
        if last.actor != by.username:
            raise Problem(
                Sentence(
                    "The team has set it aside: ask them, if you would like to go on with it."
                )
            )
        for delivery in post.deliveries.filter(status=Status.CANCELLED, reason=TAKEN_BACK):
            queue.move(
                delivery.pk,
                Status.CANCELLED,
                Status.DRAFT,
                now,
                actor=by.username,
                action="brought back",
                reason="",
            )
        stage = Stage(last.from_status or Stage.WRITING)
        Post.objects.filter(pk=post.pk).update(stage=stage)
        _note(post, post.stage, stage, by, "brought back", "", now)


def kept(words: str) -> str:
    """Words as they are kept. Raises Problem for none, for too many, and for a sign in them that nobody can read."""
    if len(words) > 4 * LONGEST:
        # What is far too long is not looked through.
        raise Problem(_too_long(len(words)))
    seen = readable(words)
    if not seen:
        raise Problem(Sentence("Write your words first; a few lines are enough."))
    if len(seen) > LONGEST:
        raise Problem(_too_long(len(seen)))
    return seen


def _too_long(length: int) -> str:
    return Sentence(
        "Your text is too long: {0} characters of {1}. Shorten it a little, or submit two.",
        length,
        LONGEST,
    )


def _own(post: Post, by: User) -> Post:
    """The post as it is now. Raises Problem when somebody else wrote it."""
    now = Post.objects.get(pk=post.pk)
    if now.author_id != by.pk:
        raise Problem(
            Sentence("Somebody else wrote this: only they can change it here or take it back.")
        )
    return now


def _check_still_here(deliveries: list[Delivery]) -> None:
    """Raises Problem when one of them is out, or approved and waiting."""
    statuses = {Status(delivery.status) for delivery in deliveries}
    if statuses & OUT:
        raise Problem(
            Sentence(
                "It is out already: ask the team to take it down, they do not need a reason."
            )
        )
    if Status.QUEUED in statuses:
        raise Problem(
            Sentence(
                "It is approved and waits for its time: ask the team to take it out, they do not need a reason."
            )
        )


def _source(post: Post, latest: Version, words: str) -> str:
    """The latest version with other words in the language of the contribution."""
    read = read_source(latest.source, post.campaign, post.name, Path(latest.folder))
    if read.post is None:
        raise Problem(
            Sentence(
                "The team is in the middle of changing it: try again in a while, or write to them."
            )
        )
    fields = fields_of(read.post)
    texts = {**fields.texts, language_of(post): {form_of(words): words}}
    return write_source(replace(fields, texts=texts))


def _free_name(campaign: str, now: datetime) -> str:
    """A name for the post's key. It says nothing of the words: keys are in logs and links."""
    name, number = f"contribution-{now:%Y%m%d-%H%M%S}", 1
    wanted = name
    while Post.objects.filter(key=f"{campaign}/{wanted}").exists():
        number += 1
        wanted = f"{name}-{number}"
    return wanted


def _note(
    post: Post, old: str, new: Stage, by: User, action: str, reason: str, now: datetime
) -> None:
    events.note(
        None, old, new, now, actor=by.username, action=action, reason=reason, post=post.pk
    )
