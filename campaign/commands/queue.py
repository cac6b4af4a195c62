"""The queue on the command line."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, QuerySet

from campaign.commands.frame.call import WELL, Call
from campaign.commands.frame.output import plural, print_json, print_table, say
from campaign.commands.frame.rows import delivery_row, known_campaign, known_channel
from campaign.delivery.clocks import agreement
from campaign.delivery.lookback.waiting import sentences
from campaign.delivery.pauses import resting, standing
from campaign.listings.paging import Wanted, day_start, deliveries
from campaign.models import Delivery
from campaign.publishers import titles_of
from campaign.states import Status

COLUMNS = ("no.", "due", "channel", "post", "status", "attempts", "what to know")


def show_queue(call: Call) -> int:
    """Prints every delivery that the filters leave, in due order."""
    kept = list(_filtered(call))
    if call.arguments.json:
        print_json([delivery_row(delivery) for delivery in kept])
        return WELL
    zone = call.config.site.timezone
    rows = [_row(delivery, delivery.due_at.astimezone(zone)) for delivery in kept]
    titles = titles_of(call.config.channels.values())
    told = agreement.standing(titles, call.config.publishing.clock_limit)
    wrong = [each.sentence for each in told]
    for sentence in (*standing(), *wrong, *sentences(zone), *resting(call.clock(), zone)):
        say(sentence)
    if rows:
        print_table("", COLUMNS, rows)
    say(_summary(kept) if rows else _nothing())
    return WELL


def _summary(shown: Sequence[Delivery]) -> str:
    """How many there are, and how many of each status, in the order of the statuses."""
    numbers = Counter(delivery.status for delivery in shown)
    per_status = [f"{numbers[status]} {status}" for status in Status if numbers[status]]
    return f"{plural(len(shown), 'delivery', 'deliveries')}: {', '.join(per_status)}."


def _nothing() -> str:
    if Delivery.objects.exists():
        return "No delivery is like that: ask for less, or see all of them with: scheduler.py queue"
    return "Nothing is loaded yet. Bring posts in with: scheduler.py load"


def _row(delivery: Delivery, local: datetime) -> list[str]:
    return [
        str(delivery.pk),
        f"{local:%Y-%m-%d %H:%M}",
        delivery.channel,
        delivery.post.key,
        delivery.status,
        str(getattr(delivery, "attempt_count", "")),  # annotated by _filtered
        delivery.reason or delivery.url,
    ]


def _filtered(call: Call) -> QuerySet[Delivery]:
    zone = call.config.site.timezone
    asked = vars(call.arguments)  # by name, since "from" is a word of Python
    status, first, last = asked["status"], asked["from"], asked["to"]
    wanted = Wanted(
        channel=known_channel(call, asked["channel"]) if asked["channel"] else "",
        campaign=known_campaign(asked["campaign"]) if asked["campaign"] else "",
        statuses=frozenset({Status(status)} if status else ()),
        since=day_start(first, zone) if first else None,
        until=day_start(last, zone, days=1) if last else None,
    )
    return deliveries(wanted).annotate(attempt_count=Count("attempts"))
