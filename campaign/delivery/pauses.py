"""Pauses: a person stops everything, or what is of a campaign, a channel or a language, and starts it again."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen
from campaign.database import events
from campaign.database.sql import writing
from campaign.delivery import queue
from campaign.models import ChannelState, Delivery, Pause
from campaign.states import Status

ITSELF = "resume"
"""Who resumes when a pause ends at its own time; no person can have this name."""


def pause(
    campaign: str,
    channel: str,
    reason: str,
    by: str,
    now: datetime,
    *,
    language: str = "",
    until: datetime | None = None,
) -> None:
    """Stops publishing from the next claim on; what is being sent at this moment ends.

    With `until` it ends then by itself. Raises Problem when paused already, without a reason, or when the end is past.
    """
    reason = " ".join(reason.split())
    if not is_seen(reason):
        raise Problem(Sentence("Say why: everybody who reads the log will want to know."))
    if until is not None and until <= now:
        raise Problem(
            Sentence("The end of the pause is in the past: name a time that is still to come.")
        )
    what = describe(campaign, channel, language)
    with writing():
        if _open(campaign, channel, language).exists():
            raise Problem(Sentence("{0} is paused already.", what))
        Pause.objects.create(
            campaign=campaign,
            channel=channel,
            language=language,
            reason=reason,
            started_by=by,
            started_at=now,
            until=until,
        )
        ending = (
            Sentence("{0}, until {1}: {2}", what, f"{localtime(until):%Y-%m-%d %H:%M}", reason)
            if until
            else Sentence("{0}: {1}", what, reason)
        )
        events.note(None, "", "", now, actor=by, action="paused", reason=ending)


def resume(
    campaign: str, channel: str, reason: str, by: str, now: datetime, *, language: str = ""
) -> int:
    """Ends a pause. What came due meanwhile becomes *missed*, for a person to decide, so that nothing goes out in a burst;
    what another pause is on as well stays paused.

    Returns how many were missed. Raises Problem when nothing is paused.
    """
    with writing():
        found = _open(campaign, channel, language).first()
        if found is None:
            raise Problem(Sentence("{0} is not paused.", describe(campaign, channel, language)))
        return _end(found, by, reason, now)


def end_over(now: datetime) -> int:
    """Ends the pauses whose own end has come, as `resume` does; part of a transaction. Returns how many were missed."""
    over = Pause.objects.filter(ended_at=None, until__lte=now).order_by("until", "id")
    return sum(_end(one, ITSELF, Sentence("Its end had come."), now) for one in over)


def _end(one: Pause, by: str, reason: str, now: datetime) -> int:
    """Missed is what this pause held back: what came due until now, or before the end that was chosen."""
    Pause.objects.filter(pk=one.pk).update(ended_at=min(now, one.until or now), ended_by=by)
    held = (
        on(one).filter(due_at__lte=now)
        if one.until is None or now < one.until
        else on(one, before=one.until)
    )
    under_another = standing_pauses().filter(
        Q(campaign="") | Q(campaign=OuterRef("post__campaign")),
        Q(channel="") | Q(channel=OuterRef("channel")),
        Q(language="") | Q(language=OuterRef("language")),
    )
    missed = list(held.exclude(Exists(under_another)).values_list("id", flat=True))
    why = Sentence("It was held back by a pause: send it now, give it a new time, or drop it.")
    queue.move_all(
        missed, Status.QUEUED, Status.MISSED, now, actor=ITSELF, action="held back", reason=why
    )
    what = describe(one.campaign, one.channel, one.language)
    events.note(
        None, "", "", now, actor=by, action="resumed", reason=Sentence("{0}: {1}", what, reason)
    )
    return len(missed)


def on(one: Pause, before: datetime | None = None) -> QuerySet[Delivery]:
    """The queued deliveries that a pause is on; only those due before a moment, when one is named."""
    found = Delivery.objects.filter(status=Status.QUEUED)
    found = found.filter(post__campaign=one.campaign) if one.campaign else found
    found = found.filter(channel=one.channel) if one.channel else found
    found = found.filter(language=one.language) if one.language else found
    return found.filter(due_at__lt=before) if before else found


def covering(pauses: Iterable[Pause], campaign: str, channel: str, language: str) -> Pause | None:
    """The first of these pauses that is on a delivery of this campaign, channel and language."""
    return next(
        (
            one
            for one in pauses
            if one.campaign in ("", campaign)
            and one.channel in ("", channel)
            and one.language in ("", language)
        ),
        None,
    )


def covers_all(one: Pause) -> bool:
    """Whether a pause is on everything."""
    return not (one.campaign or one.channel or one.language)


def describe(campaign: str, channel: str, language: str = "") -> str:
    """What a pause is put on, at the beginning of a sentence."""
    if campaign:
        return Sentence("Campaign {0}", campaign)
    if language:
        return Sentence("Everything in {0}", language)
    return Sentence("Channel {0}", channel) if channel else Sentence("Publishing")


def standing_pauses() -> QuerySet[Pause]:
    """Every pause that is on, the oldest first."""
    return Pause.objects.filter(ended_at=None).order_by("started_at", "id")


def standing() -> list[str]:
    """A sentence for each pause that is on."""
    return [sentence(one) for one in standing_pauses()]


def sentence(one: Pause) -> str:
    """What a pause is on, until when, and why. Times are those of the site."""
    what = describe(one.campaign, one.channel, one.language)
    if one.until is not None:
        end = f"{localtime(one.until):%Y-%m-%d %H:%M}"
        return Sentence("{0} is paused until {1}: {2}", what, end, one.reason)
    return Sentence("{0} is paused: {1}", what, one.reason)


def resting(now: datetime, zone: ZoneInfo) -> list[str]:
    """A sentence for each channel that is in trouble, and until when it rests."""
    found = ChannelState.objects.filter(rest_until__gt=now, troubles__gt=0).order_by("name")
    return [
        Sentence(
            "Channel {0} rests until {1}: {2}",
            one.name,
            f"{one.rest_until.astimezone(zone):%H:%M:%S}",
            one.rest_reason,
        )
        for one in found
        if one.rest_until
    ]


def _open(campaign: str, channel: str, language: str) -> QuerySet[Pause]:
    return Pause.objects.filter(
        ended_at=None, campaign=campaign, channel=channel, language=language
    )
