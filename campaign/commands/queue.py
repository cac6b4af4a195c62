"""The queue on the command line."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, QuerySet

from campaign.commands.frame.call import WELL, Call
from campaign.commands.frame.output import plural, print_json, print_table, say
from campaign.commands.frame.rows import delivery_row, known_campaign, known_channel
from campaign.delivery.pauses import resting, standing
from campaign.listings.paging import Wanted, day_start, deliveries
from campaign.models import Delivery
from campaign.states import Status

COLUMNS = ("no.", "due", "channel", "post", "status", "attempts", "what to know")


def show_queue(call: Call) -> int:
    """Every delivery that the filters leave, in due order."""
    found = list(_filtered(call))
    if call.arguments.json:
        print_json([delivery_row(delivery) for delivery in found])
        return WELL
    zone = call.config.site.timezone
    rows = [_row(delivery, delivery.due_at.astimezone(zone)) for delivery in found]
    for sentence in (*standing(), *resting(call.clock(), zone)):
        say(sentence)
    if rows:
        print_table("", COLUMNS, rows)
    say(_summary(found) if rows else _nothing())
    return WELL


def _summary(found: Sequence[Delivery]) -> str:
    """How many there are, and how they stand."""
    per_status = Counter(delivery.status for delivery in found)
    how = ", ".join(f"{per_status[status]} {status}" for status in Status if per_status[status])
    return f"{plural(len(found), 'delivery', 'deliveries')}: {how}."


def _nothing() -> str:
    if Delivery.objects.exists():
        return "No delivery is like that: ask for less, or see all of them with: scheduler.py queue"
    return "Nothing is loaded yet. Bring posts in with: scheduler.py load"


def _row(delivery: Delivery, local: datetime) -> list[str]:
    told = delivery.reason or delivery.url
    attempts = str(getattr(delivery, "attempt_count", ""))
    when = f"{local:%Y-%m-%d %H:%M}"
    return [
        str(delivery.pk),
        when,
        delivery.channel,
        delivery.post.key,
        delivery.status,
        attempts,
        told,
    ]


def _filtered(call: Call) -> QuerySet[Delivery]:
    asked, zone = vars(call.arguments), call.config.site.timezone
    wanted = Wanted(
        channel=known_channel(call, asked["channel"]) if asked["channel"] else "",
        campaign=known_campaign(asked["campaign"]) if asked["campaign"] else "",
        statuses=frozenset({Status(asked["status"])}) if asked["status"] else frozenset(),
        since=day_start(asked["from"], zone) if asked["from"] else None,
        until=day_start(asked["to"], zone, days=1) if asked["to"] else None,
    )
    return deliveries(wanted).annotate(attempt_count=Count("attempts"))
