"""Days of remembrance as the queue knows them: which there are, and what a second person has allowed on them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from campaign.content.dates.days import Day, parse_rule
from campaign.content.dates.month import Span, named_days, span_of
from campaign.content.dates.remembrance import Remembrance, remembrances
from campaign.core.clock import local_day
from campaign.database.sql import ask, marks
from campaign.models.remembrance import QuietDay

_COUNTS = (
    "y.fingerprint = {delivery}.approved_fingerprint AND y.by_id <> {delivery}.approved_by_id"
)
"""Whether an allowance counts: it was of the very words that are approved, and by somebody else than who approved them."""
_ALLOWED = f"""
SELECT y.delivery_id AS delivery, y.day AS day FROM campaign_allowance y
JOIN campaign_delivery d ON d.id = y.delivery_id
WHERE {_COUNTS.format(delivery="d")} AND y.delivery_id IN
"""
_LETS_OUT = f"""
      AND (q.is_help OR n.part_ids <> '' OR n.for_day = %s OR n.due_at < %s OR n.due_at >= %s
           OR EXISTS (SELECT 1 FROM campaign_allowance y WHERE y.delivery_id = n.id AND y.day = %s
                      AND {_COUNTS.format(delivery="n")}))
"""
"""What one day of remembrance lets out; as `days_waited_on`. A thread that has begun is finished."""


class AllowedRow(NamedTuple):
    """A day of remembrance on which a delivery may go out."""

    delivery: int
    day: date


def keep_quiet_days(days: Iterable[Day], *, is_whole: bool) -> None:
    """Writes the days of remembrance of the calendar down, as they are now. Part of a transaction.

    `is_whole`: all of the calendar could be read. Otherwise those that are known and missing in it stay."""
    wanted: dict[str, tuple[str, str]] = {}
    for day in days:
        if day.quiet:
            wanted[day.id] = (day.written, " ".join(map(str, day.dates)))
    known = {row.key: (row.rule, row.dates) for row in QuietDay.objects.all()}
    if not is_whole:
        wanted = known | wanted
    if wanted == known:
        return
    QuietDay.objects.all().delete()
    rows = [QuietDay(key=key, rule=rule, dates=dates) for key, (rule, dates) in wanted.items()]
    QuietDay.objects.bulk_create(rows)


def days_soon(now: datetime, zone: ZoneInfo, within: timedelta) -> Span | None:
    """From the first day of remembrance that is today or comes within so long, to the end of the last; None without one."""
    today = local_day(now, zone)
    soon = list(named_days(_known(), today, today + within))
    if not soon:
        return None
    return Span(span_of(soon[0], zone).start, span_of(soon[-1], zone).end)


def remembrances_at(now: datetime, zone: ZoneInfo) -> list[Remembrance]:
    """Those that keep something back at this moment (aware)."""
    return remembrances(_known(), local_day(now, zone), zone)


def _known() -> list[Day]:
    days: list[Day] = []
    for row in QuietDay.objects.all():
        dates = [date.fromisoformat(written) for written in row.dates.split()]
        days.append(
            Day(
                row.key,
                parse_rule(row.rule, dates),
                {},
                quiet=True,
            )
        )
    return days


def letting_out(kept: Sequence[Remembrance]) -> tuple[str, list[str | date | datetime]]:
    """The condition on a delivery n of a post q that none of these keeps it back, and its values."""
    values: list[str | date | datetime] = []
    for remembrance in kept:
        values += [remembrance.day_id, remembrance.start, remembrance.end, remembrance.on]
    return _LETS_OUT * len(kept), values


def allowed_days(deliveries: Collection[int]) -> dict[int, set[date]]:
    """The days of remembrance on which each of these deliveries may go out, by its number."""
    if not deliveries:
        return {}
    allowed: dict[int, set[date]] = {}
    for row in ask(AllowedRow, f"{_ALLOWED} ({marks(deliveries)})", *deliveries):
        allowed.setdefault(row.delivery, set()).add(row.day)
    return allowed
