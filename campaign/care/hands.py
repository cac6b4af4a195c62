"""Raised hands: somebody's words tell of distress, and it is seen until a person of the team has been in touch with them.

Whoever tells is never kept from telling: what goes wrong in here is no problem of theirs. Neither a hand nor the log keeps a
word of what they said."""

import logging
from datetime import datetime
from enum import StrEnum
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from campaign.care import duty
from campaign.checks.distress import distress
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import writing
from campaign.models import Post
from campaign.models.care import Hand
from campaign.models.stories import Storyteller
from campaign.people.roles import need_decider

log = logging.getLogger(__name__)
BY_ITSELF = "scheduler"
Whose = Storyteller | Post


class Source(StrEnum):
    """In which words it was."""

    STORY = "story"
    REMARK = "remark"  #: on a text that was to go out
    CONTRIBUTION = "contribution"


def heed(whose: Whose, words: str, source: Source, now: datetime) -> None:
    """Raises a hand when words tell of distress. `whose`: the storyteller, or a contributed post.

    While a hand of theirs is up, what they say further belongs to it. Of what is erased no hand is raised. Raises nothing,
    whatever happens."""
    if not _sounds_of_distress(words):
        return
    try:
        # Within a transaction it is a savepoint: what fails in here takes nothing of the telling with it.
        with writing():
            _raise(whose, source, now)
    except Exception as surprise:
        log.exception("A hand could not be raised: %s", type(surprise).__name__, exc_info=False)
    else:
        transaction.on_commit(partial(_tell_duty, now))


def up(whose: Whose) -> bool:
    """Whether a hand is up: of this person, or for what somebody contributed."""
    return whose.hands.filter(in_touch_at=None).exists()


def raised() -> QuerySet[Hand]:
    """Every hand that is up, the longest first."""
    still_up = Hand.objects.filter(in_touch_at=None).order_by("raised_at", "pk")
    return still_up.select_related("storyteller", "post__author")


def in_touch(number: int, by: User, now: datetime) -> None:
    """Somebody of the team has been in touch with the person: the hand goes down.

    Raises Problem for who may not decide, and when somebody has noted it before."""
    need_decider(by)
    with writing():
        hand = Hand.objects.select_related("storyteller", "post").get(pk=number)
        # Of two who note it at once, one does: the log says once who spoke with the person.
        still_up = Hand.objects.filter(pk=number, in_touch_at=None)
        if not still_up.update(in_touch_at=now, in_touch_by=by.username):
            raise Problem(
                Sentence("{0} has noted it already; nothing has changed.", hand.in_touch_by)
            )
        _note(hand.storyteller or hand.post, "been in touch", by.username, now)


def _tell_duty(now: datetime) -> None:
    """Once the words are kept. What fails here is tried again by the chores of the minute."""
    try:
        duty.tell(now)
    except Exception as surprise:
        # Of Django's own `robust`, the log would say what the trouble said.
        log.exception("No letter went out: %s", type(surprise).__name__, exc_info=False)


def _sounds_of_distress(words: str) -> bool:
    try:
        return bool(distress(words))
    except Exception as surprise:
        # Rather once too often: a person reads what the program could not.
        log.exception("Words could not be read: %s", type(surprise).__name__, exc_info=False)
        return True


def _is_erased(whose: Whose) -> bool:
    """Whether nothing is known of them any more, so that nobody could get in touch: as the database has it now."""
    if isinstance(whose, Storyteller):
        return Storyteller.objects.filter(pk=whose.pk).exclude(erased_at=None).exists()
    return Post.objects.filter(pk=whose.pk).exclude(emptied_at=None).exists()


def _raise(whose: Whose, source: Source, now: datetime) -> None:
    if _is_erased(whose):
        return
    of = {"storyteller" if isinstance(whose, Storyteller) else "post": whose}
    values = {"source": source.value, "raised_at": now}
    hand, is_new = Hand.objects.get_or_create(**of, in_touch_at=None, defaults=values)
    if is_new:
        _note(whose, "hand raised", BY_ITSELF, now)
    elif hand.told_at and hand.told_at <= now - duty.A_WHILE:
        # They have said more since: those on duty hear of it again.
        Hand.objects.filter(pk=hand.pk).update(told_at=None)


def _note(whose: Whose | None, action: str, by: str, now: datetime) -> None:
    """Writes into the log what was done, and for whom: never why."""
    post, reference = None, ""
    if isinstance(whose, Storyteller):
        reference = whose.reference
    elif whose is not None:
        post = whose.pk
    events.note(None, "", "", now, actor=by, action=action, reason=reference, post=post)
