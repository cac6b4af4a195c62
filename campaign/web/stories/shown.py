"""How a story stands, in words: its state, what is out, what was taken back, and what became of that."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.config import Config
from campaign.models import Delivery, Post
from campaign.models.stories import (
    Consent,
    FinalWord,
    Leftover,
    Storyteller,
    Takedown,
    Withdrawal,
)
from campaign.states import NOT_OUT_YET, Status
from campaign.stories import papers, withdrawal
from campaign.stories.agreeing.parties import SecondVoice
from campaign.stories.consent import Identity, warns
from campaign.stories.edits import ToldBeside, told_beside
from campaign.stories.erasing.leftovers import LeftoverKind
from campaign.stories.final_word import FinalAnswer
from campaign.stories.vault import Locked
from campaign.web.frame.names import channel_name


@dataclass(frozen=True, slots=True)
class State:
    """The state of a person's record: words, and the colour and icon of the badge."""

    words: str
    look: str
    icon: str


@dataclass(frozen=True, slots=True)
class Removal:
    """A published copy of what was taken back: when it is to be deleted, when it was, and by whom."""

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
        """Whether every copy is gone."""
        return not (self.going or self.by_hand)


def told_if_readable(who: Storyteller, deliveries: Iterable[Delivery]) -> dict[int, ToldBeside]:
    """The words of these deliveries beside those that their person told; nothing where these cannot be read here."""
    try:
        return told_beside(who, deliveries)
    except Locked:
        return {}


def file_answer(data: bytes | None, disposition: str, name: str) -> HttpResponse:
    """A picture or a proof that was handed in, kept by no browser. Raises Http404 where there is none, or it is neither."""
    kind = papers.media_type(data) if data else ""
    if not data or not kind:
        raise Http404
    headers = {
        "Content-Disposition": f'{disposition}; filename="{name}.{kind.split("/")[1]}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    return HttpResponse(data, content_type=kind, headers=headers)


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
    if consent.second_voice == SecondVoice.WAITS:
        return State(_("Waits for the young person’s yes"), "submitted", "clock")
    if unsaid:
        return State(_("Waits for their yes"), "submitted", "clock")
    if warns(consent.valid_until, today):
        days = (consent.valid_until - today).days
        said = ngettext("Consent ends in %(count)d day", "Consent ends in %(count)d days", days)
        return State(said % {"count": days}, "warning", "clock")
    return State(_("Consent on file"), "ok", "check")


def state_by_reference(reference: str, today: date) -> State | None:
    """The state of the story that a post names; None when there is no such reference."""
    who = Storyteller.objects.filter(reference=reference).first()
    if who is None:
        return None
    consents = current_consents([who])
    unsaid = unsaid_of([who], consents).get(who.pk, 0)
    return state_of(who, consents.get(who.pk), unsaid, today)


def without_post(people: Collection[Storyteller]) -> set[int]:
    """The primary keys of those of whose stories nobody has made a post yet."""
    waiting = {
        who.reference: who.pk for who in people if not (who.withdrawn_at or who.erased_at)
    }
    posts = Post.objects.filter(storyteller__in=waiting)
    for reference in set(posts.values_list("storyteller", flat=True)):
        del waiting[reference]
    return set(waiting.values())


def current_consents(people: Collection[Storyteller]) -> dict[int, Consent]:
    """The consent that counts, by storyteller; one question whatever their number."""
    numbers = {who.pk: who.consent_number for who in people}
    current = {}
    for consent in Consent.objects.filter(storyteller__in=numbers):
        if consent.number == numbers[consent.storyteller_id]:
            current[consent.storyteller_id] = consent
    return current


def unsaid_of(
    people: Collection[Storyteller], consents: Mapping[int, Consent]
) -> dict[int, int]:
    """How many texts of each person wait for their yes; two questions whatever their number."""
    by_reference = {who.reference: who.pk for who in people}
    waiting = Delivery.objects.filter(
        post__storyteller__in=by_reference, status__in=NOT_OUT_YET
    )
    texts = list(waiting.values_list("pk", "fingerprint", "post__storyteller"))
    deliveries = [delivery for delivery, _fingerprint, _reference in texts]
    said = FinalWord.objects.filter(
        delivery__in=deliveries, consent__in=list(consents.values()), is_second=False
    )
    # The latest answer to a text takes the place of those before it.
    last = {(word.delivery_id, word.fingerprint): word.answer for word in said.order_by("pk")}
    counts: dict[int, int] = defaultdict(int)
    for delivery, fingerprint, reference in texts:
        if last.get((delivery, fingerprint)) != FinalAnswer.YES:
            counts[by_reference[reference]] += 1
    return counts


def receipts(who: Storyteller, config: Config, now: datetime) -> list[Receipt]:
    """All that a person took back, the latest first, and what became of each copy."""
    withdrawals = list(Withdrawal.objects.filter(storyteller=who).order_by("-asked_at", "-pk"))
    takedowns = Takedown.objects.filter(withdrawal__in=withdrawals).select_related("delivery")
    copies: dict[int, list[Removal]] = defaultdict(list)
    for takedown in takedowns.order_by("delivery__due_at", "pk"):
        copies[takedown.withdrawal_id].append(_removal(takedown, config, now))
    return [_receipt(asked, copies[asked.pk], config) for asked in withdrawals]


def leftovers_in_words(left: Iterable[Leftover]) -> list[tuple[str, str, Leftover]]:
    """What could not be deleted yet: whose it is, and what it is, in words."""
    whats = {
        LeftoverKind.UPLOAD: _("A picture: %(place)s"),
        LeftoverKind.TOLD: _("What was submitted"),
        LeftoverKind.TOLD_PICTURES: _("The pictures that were submitted"),
        LeftoverKind.RECORD: _("Everything that was submitted"),
        LeftoverKind.WORDS: _("The words of delivery %(place)s"),
        LeftoverKind.OF_PEOPLE: _("A file: %(place)s"),
        LeftoverKind.DATABASE: _("Traces in the database"),
    }
    lines = []
    for leftover in left:
        whose = leftover.storyteller.reference if leftover.storyteller else ""
        what = whats[LeftoverKind(leftover.kind)] % {"place": leftover.place}
        lines.append((whose, what, leftover))
    return lines


def scope_in_words(scope: str, config: Config) -> str:
    """What a withdrawal's scope means, in the reader's language."""
    if scope == withdrawal.ALL:
        return _("Everything")
    if scope == withdrawal.PICTURES:
        return _("The pictures")
    if scope == withdrawal.NAME:
        return _("The name")
    if scope == withdrawal.REST:
        return _("What was not finished when the consent was over")
    return channel_name(scope.removeprefix("channel:"), config)


def _receipt(asked: Withdrawal, copies: Sequence[Removal], config: Config) -> Receipt:
    gone = [copy for copy in copies if copy.gone_at]
    left = [copy for copy in copies if not copy.gone_at]
    return Receipt(
        what=scope_in_words(asked.scope, config),
        asked_at=asked.asked_at,
        via=asked.via,
        received_by=asked.received_by,
        pulled=asked.pulled,
        gone=tuple(gone),
        going=tuple(copy for copy in left if not copy.by_hand),
        by_hand=tuple(copy for copy in left if copy.by_hand),
    )


def _removal(takedown: Takedown, config: Config, now: datetime) -> Removal:
    delivery = takedown.delivery
    due_by, gone_at = takedown.due_by, takedown.gone_at
    return Removal(
        where=channel_name(delivery.channel, config),
        url=delivery.url,
        delivery=delivery.pk,
        asked_at=takedown.asked_at,
        gone_at=gone_at,
        by_hand=takedown.by_hand,
        due_by=due_by,
        is_late=bool(due_by and not gone_at and due_by < now),
        done_by=takedown.done_by,
        problem=takedown.problem,
        was_out=delivery.status in (Status.PUBLISHED, Status.REMOVED),
    )


def parts_of(consent: Consent, config: Config) -> list[tuple[str, str]]:
    """What can be taken back of a consent on its own, as pairs of scope and words."""
    scopes = [withdrawal.of_channel(name) for name in consent.channels.split()]
    if len(scopes) == 1:  # to take back the only channel is to take back everything
        scopes = []
    if consent.pictures:
        scopes.append(withdrawal.PICTURES)
    if consent.identity != Identity.NONE:
        scopes.append(withdrawal.NAME)
    return [(scope, scope_in_words(scope, config)) for scope in scopes]
