"""What of people's stories waits for somebody of the team, for the page *Today*: references, and not a word of theirs.

Each question looks at no more than the latest FAR rows, however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from campaign.models import Post
from campaign.models.stories import Consent, FinalWord, Storyteller, Takedown, Withdrawal
from campaign.states import NOT_OUT_YET, Status
from campaign.stories import aside, second_look
from campaign.stories.consent import After
from campaign.stories.final_word import FinalAnswer
from campaign.stories.storyteller import HoldReason
from campaign.stories.withdrawal import REST

FAR = 200
SHORT = 8
"""Lines of a short list."""
NEWS = timedelta(days=7)
"""So long it is told that somebody took their story back."""


@dataclass(frozen=True, slots=True)
class Wished:
    """Somebody is too ill or has died: what they wished for then waits for a person."""

    reference: str
    has_died: bool
    wish: After
    since: datetime


@dataclass(frozen=True, slots=True)
class StoriesWaiting:
    """References by what waits; the lists are short, and begin with what waits longest, but for `taken_back`."""

    new: tuple[str, ...]  #: nobody has made a post of it yet
    answered: tuple[str, ...]  #: they said no, or left a remark, on a text that is not out
    agreed: tuple[str, ...]  #: they said yes to a text that waits for its approval
    taken_back: tuple[str, ...]  #: the latest first: of these days
    wished: tuple[Wished, ...]
    second_looks: int
    by_hand: int  #: copies that a person has to delete
    aside: int

    @property
    def has_news(self) -> bool:
        """Whether there is anything to tell, be it only for people to know."""
        return self.is_any or bool(self.agreed or self.taken_back)

    @property
    def is_any(self) -> bool:
        """Whether something waits for somebody."""
        lists = (self.new, self.answered, self.wished)
        return any(lists) or bool(self.second_looks or self.by_hand or self.aside)


def waiting(now: datetime) -> StoriesWaiting:
    """All of it."""
    last_words = _last_words()
    return StoriesWaiting(
        new=_new(),
        answered=_short(map(_reference, filter(_is_unhappy, last_words))),
        agreed=_short(map(_reference, filter(_waits_for_approval, last_words))),
        taken_back=_taken_back(now),
        wished=_wished(),
        second_looks=len(second_look.waiting()),
        by_hand=Takedown.objects.filter(gone_at=None, by_hand=True).count(),
        aside=aside.waiting(),
    )


def _new() -> tuple[str, ...]:
    standing = Storyteller.objects.filter(withdrawn_at=None, erased_at=None, is_aside=False)
    latest = standing.order_by("-pk").values_list("reference", flat=True)[:FAR]
    references = sorted(latest)
    told = Post.objects.filter(storyteller__in=references)
    begun = set(told.values_list("storyteller", flat=True))
    return _short(reference for reference in references if reference not in begun)


def _last_words() -> list[FinalWord]:
    """The last word on each text that is not out, as that reads now; what waits longest first."""
    waits = FinalWord.objects.filter(delivery__status__in=NOT_OUT_YET)
    latest = waits.select_related("delivery", "consent__storyteller").order_by("-pk")[:FAR]
    last: dict[int, FinalWord] = {}
    for word in latest:
        last.setdefault(word.delivery_id, word)
    current = [word for word in last.values() if word.fingerprint == word.delivery.fingerprint]
    return current[::-1]


def _is_unhappy(word: FinalWord) -> bool:
    return word.answer != FinalAnswer.YES


def _waits_for_approval(word: FinalWord) -> bool:
    is_draft = word.delivery.status == Status.DRAFT
    return is_draft and word.answer == FinalAnswer.YES


def _reference(word: FinalWord) -> str:
    return word.consent.storyteller.reference


def _taken_back(now: datetime) -> tuple[str, ...]:
    asked = Withdrawal.objects.filter(asked_at__gt=now - NEWS).exclude(scope=REST)
    latest = asked.order_by("-pk")[:FAR]
    return _short(latest.values_list("storyteller__reference", flat=True))


def _wished() -> tuple[Wished, ...]:
    held = Storyteller.objects.filter(
        held_at__isnull=False,
        hold_reason__in=(HoldReason.ILL, HoldReason.DIED),
        withdrawn_at=None,
        erased_at=None,
    )
    people = list(held.order_by("held_at", "pk")[:SHORT])
    given = Consent.objects.filter(storyteller__in=people)
    consents = {(consent.storyteller_id, consent.number): consent for consent in given}
    wishes = []
    for who in people:
        consent = consents.get((who.pk, who.consent_number))
        if consent and who.held_at:
            wishes.append(_wish(who, consent, who.held_at))
    return tuple(wishes)


def _wish(who: Storyteller, consent: Consent, since: datetime) -> Wished:
    has_died = who.hold_reason == HoldReason.DIED
    wish = consent.if_died if has_died else consent.if_ill
    return Wished(who.reference, has_died, After(wish), since)


def _short(references: Iterable[str]) -> tuple[str, ...]:
    """Each once, the first of them."""
    return tuple(dict.fromkeys(references))[:SHORT]
