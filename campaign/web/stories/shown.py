"""How a story stands, in words: its state, what is out, what was taken back, and what became of that."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.config import Config
from campaign.models import Delivery, Post
from campaign.models.stories import Consent, FinalWord, Storyteller, Takedown, Withdrawal
from campaign.states import NOT_OUT_YET, Status
from campaign.stories import withdrawal
from campaign.stories.consent import Identity, warns
from campaign.stories.final_word import FinalAnswer
from campaign.web.frame.names import channel_name


@dataclass(frozen=True, slots=True)
class State:
    """How everything about a person stands: words, and the look of the badge."""

    words: str
    look: str
    icon: str


@dataclass(frozen=True, slots=True)
class Removal:
    """A copy that was taken back, and how far that is."""

    where: str
    url: str
    delivery: int
    asked_at: datetime
    gone_at: datetime | None
    by_hand: bool
    due_by: datetime | None
    is_late: bool
    done_by: str
    problem: str
    was_out: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was asked for, and what became of it."""

    what: str
    asked_at: datetime
    via: str
    received_by: str
    pulled: int
    gone: tuple[Removal, ...]
    going: tuple[Removal, ...]
    by_hand: tuple[Removal, ...]

    @property
    def is_done(self) -> bool:
        """Whether nothing stands any more."""
        return not (self.going or self.by_hand)


def state_of(who: Storyteller, consent: Consent | None, unsaid: int, today: date) -> State:
    """The most important thing to know of a person's record. `unsaid`: texts that wait for their yes."""
    if who.erased_at:
        return State(_("Erased"), "cancelled", "trash")
    if who.withdrawn_at:
        return State(_("Taken back"), "withdrawn", "lock")
    if who.held_at:
        return State(_("On hold"), "paused", "pause")
    if consent is None:
        return State(_("No consent yet"), "warning", "warning")
    if consent.ended_at or consent.valid_until < today:
        return State(_("Consent ended"), "error", "cross")
    if not consent.channels:
        return State(_("No channel is allowed"), "warning", "warning")
    if unsaid:
        return State(_("Waits for their yes"), "submitted", "clock")
    if warns(consent.valid_until, today):
        days = (consent.valid_until - today).days
        said = ngettext("Consent ends in %(count)d day", "Consent ends in %(count)d days", days)
        return State(said % {"count": days}, "warning", "clock")
    return State(_("Consent on file"), "ok", "check")


def state_by_reference(reference: str, today: date) -> State | None:
    """How a story stands that a post names, for the pages of posts; None when there is no such reference."""
    who = Storyteller.objects.filter(reference=reference).first()
    if who is None:
        return None
    known = current_consents([who])
    return state_of(who, known.get(who.pk), unsaid_of([who], known).get(who.pk, 0), today)


def without_post(people: Collection[Storyteller]) -> set[int]:
    """Those of whose stories nobody has made a post yet."""
    names = {one.reference: one.pk for one in people if not (one.withdrawn_at or one.erased_at)}
    return set(names.values()) - {
        names[reference]
        for reference in Post.objects.filter(storyteller__in=names).values_list(
            "storyteller", flat=True
        )
    }


def current_consents(people: Collection[Storyteller]) -> dict[int, Consent]:
    """The consent that counts, by storyteller; one question whatever their number."""
    numbers = {one.pk: one.consent_number for one in people}
    found = Consent.objects.filter(storyteller__in=numbers)
    return {one.storyteller_id: one for one in found if one.number == numbers[one.storyteller_id]}


def unsaid_of(people: Collection[Storyteller], consents: Mapping[int, Consent]) -> dict[int, int]:
    """How many texts of each person wait for their yes; two questions whatever their number."""
    by_reference = {one.reference: one.pk for one in people}
    waiting = Delivery.objects.filter(post__storyteller__in=by_reference, status__in=NOT_OUT_YET)
    texts = list(waiting.values_list("pk", "fingerprint", "post__storyteller"))
    said = FinalWord.objects.filter(
        delivery__in=[one[0] for one in texts], consent__in=list(consents.values())
    )
    last = {(one.delivery_id, one.fingerprint): one.answer for one in said.order_by("pk")}
    counts: dict[int, int] = defaultdict(int)
    for delivery, fingerprint, reference in texts:
        counts[by_reference[reference]] += last.get((delivery, fingerprint)) != FinalAnswer.YES
    return counts


def receipts(who: Storyteller, config: Config, now: datetime) -> list[Receipt]:
    """All that a person took back, the latest first, and what became of each copy."""
    asked = list(Withdrawal.objects.filter(storyteller=who).order_by("-asked_at", "-pk"))
    copies: dict[int, list[Removal]] = defaultdict(list)
    rows = (
        Takedown.objects.filter(withdrawal__in=asked)
        .select_related("delivery")
        .order_by("delivery__due_at", "pk")
    )
    for row in rows:
        copies[row.withdrawal_id].append(_removal(row, config, now))
    return [_receipt(one, copies[one.pk], config) for one in asked]


def scope_in_words(scope: str, config: Config) -> str:
    """What was taken back."""
    if scope == withdrawal.ALL:
        return _("Everything")
    if scope == withdrawal.PICTURES:
        return _("The pictures")
    if scope == withdrawal.NAME:
        return _("The name")
    return channel_name(scope.removeprefix("channel:"), config)


def _receipt(asked: Withdrawal, copies: Sequence[Removal], config: Config) -> Receipt:
    return Receipt(
        what=scope_in_words(asked.scope, config),
        asked_at=asked.asked_at,
        via=asked.via,
        received_by=asked.received_by,
        pulled=asked.pulled,
        gone=tuple(one for one in copies if one.gone_at),
        going=tuple(one for one in copies if not one.gone_at and not one.by_hand),
        by_hand=tuple(one for one in copies if not one.gone_at and one.by_hand),
    )


def _removal(row: Takedown, config: Config, now: datetime) -> Removal:
    one = row.delivery
    return Removal(
        where=channel_name(one.channel, config),
        url=one.url,
        delivery=one.pk,
        asked_at=row.asked_at,
        gone_at=row.gone_at,
        by_hand=row.by_hand,
        due_by=row.due_by,
        is_late=bool(row.due_by and not row.gone_at and row.due_by < now),
        done_by=row.done_by,
        problem=row.problem,
        was_out=one.status in (Status.PUBLISHED, Status.REMOVED),
    )


def parts_of(consent: Consent, config: Config) -> list[tuple[str, str]]:
    """What can be taken back of a consent on its own: scope, and words."""
    scopes = [withdrawal.of_channel(name) for name in consent.channels.split()]
    scopes = scopes if len(scopes) > 1 else []
    scopes += [withdrawal.PICTURES] if consent.pictures else []
    scopes += [withdrawal.NAME] if consent.identity != Identity.NONE else []
    return [(scope, scope_in_words(scope, config)) for scope in scopes]
