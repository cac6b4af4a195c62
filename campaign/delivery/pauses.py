"""Pauses: a person stops everything, or a campaign, a channel or a language alone, and starts it again."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen, on_one_line
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
    except_help: bool = False,
) -> None:
    """Stops publishing from the next claim on; what is being sent at this moment is not interrupted.

    With `until` (aware) it ends then by itself. With `except_help`, help lines go out all the same. Raises Problem when paused
    already, without a reason, or when the end is past.
    """
    reason = on_one_line(reason)
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
            except_help=except_help,
            reason=reason,
            started_by=by,
            started_at=now,
            until=until,
        )
        if except_help:
            what = Sentence("{0}, but for help lines", what)
        why = Sentence("{0}: {1}", what, reason)
        if until:
            end = f"{localtime(until):%Y-%m-%d %H:%M}"
            why = Sentence("{0}, until {1}: {2}", what, end, reason)
        events.note(None, "", "", now, actor=by, action="paused", reason=why)


def resume(
    campaign: str, channel: str, reason: str, by: str, now: datetime, *, language: str = ""
) -> int:
    """Ends a pause. What came due meanwhile becomes *missed*, for a person to decide, so that nothing goes out in a burst;
    what another pause covers as well stays paused.

    Returns how many were missed. Raises Problem when nothing is paused.
    """
    with writing():
        pause = _open(campaign, channel, language).first()
        if pause is None:
            raise Problem(Sentence("{0} is not paused.", describe(campaign, channel, language)))
        return _end(pause, by, reason, now)


def end_over(now: datetime) -> int:
    """Ends the pauses whose own end has come, as `resume` does; part of a transaction. Returns how many were missed."""
    over = Pause.objects.filter(ended_at=None, until__lte=now).order_by("until", "id")
    return sum(_end(pause, ITSELF, Sentence("Its end had come."), now) for pause in over)


def _end(pause: Pause, by: str, reason: str, now: datetime) -> int:
    """Missed is what this pause held back: what came due until now, or before the end that was chosen."""
    until = pause.until
    # Read as open in this very transaction, so that nobody else has ended it. A program that was off at the chosen end
    # notices it later: the pause was over at its end all the same.
    Pause.objects.filter(pk=pause.pk).update(ended_at=min(now, until or now), ended_by=by)
    held = on(pause).filter(due_at__lte=now)
    if until is not None and until <= now:
        held = on(pause, before=until)
    under_another = standing_pauses().filter(
        Q(campaign="") | Q(campaign=OuterRef("post__campaign")),
        Q(channel="") | Q(channel=OuterRef("channel")),
        Q(language="") | Q(language=OuterRef("language")),
        # One that leaves help lines out covers what is none.
        Q(except_help=False) | ~Q(except_help=OuterRef("post__is_help")),
    )
    missed = list(held.exclude(Exists(under_another)).values_list("id", flat=True))
    why = Sentence("It was held back by a pause: send it now, give it a new time, or drop it.")
    queue.move_all(
        missed, Status.QUEUED, Status.MISSED, now, actor=ITSELF, action="held back", reason=why
    )
    what = describe(pause.campaign, pause.channel, pause.language)
    why = Sentence("{0}: {1}", what, reason)
    events.note(None, "", "", now, actor=by, action="resumed", reason=why)
    return len(missed)


def on(pause: Pause, before: datetime | None = None) -> QuerySet[Delivery]:
    """The queued deliveries that a pause covers; only those due before a moment (aware), when one is named."""
    held = Delivery.objects.filter(status=Status.QUEUED)
    if pause.except_help:
        held = held.filter(post__is_help=False)
    if pause.campaign:
        held = held.filter(post__campaign=pause.campaign)
    if pause.channel:
        held = held.filter(channel=pause.channel)
    if pause.language:
        held = held.filter(language=pause.language)
    if before:
        held = held.filter(due_at__lt=before)
    return held


def covering(pauses: Iterable[Pause], delivery: Delivery) -> Pause | None:
    """The first of these pauses that covers a delivery, which has its post; None when none does."""
    of_post = delivery.post
    for pause in pauses:
        if pause.except_help and of_post.is_help:
            continue
        if (
            pause.campaign in ("", of_post.campaign)
            and pause.channel in ("", delivery.channel)
            and pause.language in ("", delivery.language)
        ):
            return pause
    return None


def covers_all(pause: Pause) -> bool:
    """Whether a pause covers every delivery there is."""
    return not (pause.campaign or pause.channel or pause.language or pause.except_help)


def describe(campaign: str, channel: str, language: str = "") -> str:
    """What a pause covers, as the beginning of a sentence."""
    if campaign:
        return Sentence("Campaign {0}", campaign)
    if language:
        return Sentence("Everything in {0}", language)
    return Sentence("Channel {0}", channel) if channel else Sentence("Publishing")


def standing_pauses() -> QuerySet[Pause]:
    """Every pause that has not ended, the oldest first."""
    return Pause.objects.filter(ended_at=None).order_by("started_at", "id")


def standing() -> list[str]:
    """A sentence for each pause that has not ended, the oldest first."""
    return [sentence(pause) for pause in standing_pauses()]


def sentence(pause: Pause) -> str:
    """What a pause covers, until when, and why, as a sentence. Times are in the site's time zone."""
    what = describe(pause.campaign, pause.channel, pause.language)
    if pause.except_help:
        what = Sentence("{0}, but for help lines,", what)
    if pause.until is None:
        return Sentence("{0} is paused: {1}", what, pause.reason)
    end = f"{localtime(pause.until):%Y-%m-%d %H:%M}"
    return Sentence("{0} is paused until {1}: {2}", what, end, pause.reason)


def resting(now: datetime, zone: ZoneInfo) -> list[str]:
    """A sentence for each channel that is in trouble, and until when it rests."""
    states = ChannelState.objects.filter(rest_until__gt=now, troubles__gt=0).order_by("name")
    sentences: list[str] = []
    for state in states:
        if state.rest_until:
            until = f"{state.rest_until.astimezone(zone):%H:%M:%S}"
            why = Sentence(
                "Channel {0} rests until {1}: {2}", state.name, until, state.rest_reason
            )
            sentences.append(why)
    return sentences


def _open(campaign: str, channel: str, language: str) -> QuerySet[Pause]:
    return Pause.objects.filter(
        ended_at=None, campaign=campaign, channel=channel, language=language
    )
