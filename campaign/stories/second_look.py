"""A second look, when one member of the team notes that many people take their stories back on one day.

Whoever counts references up could have everything deleted, and on a network that cannot be undone. So from the fourth on
each person is put on hold at once, which protects them, and the story is taken back once another member has looked, or
an hour is over. What a person does through their own link, and the command line, never waits."""

from contextlib import suppress
from datetime import datetime

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.sql import writing
from campaign.models import Event
from campaign.models.stories import Storyteller, TakingBack, Withdrawal
from campaign.stories.erasing.erasure import need_right_clock
from campaign.stories.holding import hold, release
from campaign.stories.many import is_one_of_many, note_one
from campaign.stories.storyteller import HoldReason, note
from campaign.stories.withdrawal import Via, asked_before, withdraw


def ask(
    storyteller: Storyteller, scope: str, via: Via, by: str, now: datetime
) -> Withdrawal | None:
    """Takes a story back as `withdraw` does; None when it waits for a second look, with everything on hold."""
    with writing():
        known = Storyteller.objects.get(pk=storyteller.pk)
        if asked_before(known, scope) or not is_one_of_many(by, now):
            return withdraw(storyteller, scope, via, by, now)
        _note(known, scope, via, by, now)
    storyteller.refresh_from_db()
    return None


def waiting() -> list[TakingBack]:
    """Those that wait for a second look, the nearest first."""
    still_open = TakingBack.objects.filter(decided_at=None).select_related("storyteller")
    return list(still_open.order_by("due_at", "pk"))


def confirm(number: int, by: str, now: datetime) -> Withdrawal:
    """A second person has looked: the story is taken back. Raises Problem for who noted it, and when it is decided."""
    with writing():
        return _carry_out(_decide(number, by, now), now)


def dismiss(number: int, by: str, now: datetime) -> None:
    """A second person has looked, and it is a mistake: everything goes on. Raises Problem as `confirm`."""
    with writing():
        taking = _decide(number, by, now)
        note(taking.storyteller, "taking back was a mistake", by, now, f"({taking.scope}).")
        _let_go(taking.storyteller, by, now)


def work_off(now: datetime) -> list[Withdrawal]:
    """Carries out those at which nobody has looked for an hour. Returns the withdrawals."""
    made: list[Withdrawal] = []
    with suppress(
        Problem
    ):  # by a clock that is wrong no hour is over; everything is on hold meanwhile
        need_right_clock(now)
        made = _work_off(now)
    return made


def _work_off(now: datetime) -> list[Withdrawal]:
    made = []
    for taking in waiting():
        if taking.due_at > now:
            break
        # Who has agreed anew since then has said what counts now: a person has to look. Of whom nothing is left, nobody has.
        if not taking.storyteller.erased_at and _has_agreed_since(taking):
            continue
        # Of two programs, and a person who decides at this moment, one does it. What is erased meanwhile is closed, too.
        with writing(), suppress(Problem):
            if _close(taking.pk, "", now):
                made.append(_carry_out(taking, now))
    return made


def _has_agreed_since(taking: TakingBack) -> bool:
    # Not by the versions of their consent: one that allows less, as a part that is taken back makes it, is no new yes.
    given = Event.objects.filter(action="consent given", at__gt=taking.asked_at)
    return given.filter(reason__startswith=f"{taking.storyteller.reference} ").exists()


def _note(storyteller: Storyteller, scope: str, via: Via, by: str, now: datetime) -> None:
    # Of whom the record is erased nothing can go out any more.
    if not storyteller.held_at and not storyteller.erased_at:
        hold(storyteller, HoldReason.LOOK, by, now)
    note_one(storyteller, scope, via, by, now)


def _decide(number: int, by: str, now: datetime) -> TakingBack:
    taking = TakingBack.objects.select_related("storyteller").get(pk=number)
    if taking.by == by:
        raise Problem(Sentence("You noted it yourself: somebody else has to look at it."))
    if not _close(number, by, now):
        raise Problem(Sentence("This is decided already; nothing has changed."))
    return taking


def _close(number: int, by: str, now: datetime) -> bool:
    """Whether it was open until now."""
    still_open = TakingBack.objects.filter(pk=number, decided_at=None)
    return bool(still_open.update(decided_at=now, decided_by=by))


def _carry_out(taking: TakingBack, now: datetime) -> Withdrawal:
    made = withdraw(taking.storyteller, taking.scope, Via(taking.via), taking.by, now)
    _let_go(taking.storyteller, taking.by, now)
    return made


def _let_go(storyteller: Storyteller, by: str, now: datetime) -> None:
    """Ends the hold that came with it, once nothing else waits for a look; a hold for another reason stays."""
    is_last = not storyteller.takings_back.filter(decided_at=None).exists()
    if is_last and storyteller.hold_reason == HoldReason.LOOK:
        release(storyteller, by, now)
