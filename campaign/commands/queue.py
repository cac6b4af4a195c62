"""The queue on the command line."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from zoneinfo import ZoneInfo

from campaign.commands.frame.call import WELL, Call
from campaign.commands.frame.output import plural, print_json_rows, print_table, say
from campaign.commands.frame.rows import delivery_row, known_campaign, known_channel
from campaign.delivery.clocks import agreement
from campaign.delivery.lookback.waiting import sentences
from campaign.delivery.pauses import resting, standing
from campaign.listings.paging import Wanted, day_start
from campaign.listings.rows import DeliveryRow, ShownRow, rows_of
from campaign.models import Delivery
from campaign.publishers import titles_of
from campaign.states import Status

COLUMNS = ("no.", "due", "channel", "post", "status", "attempts", "what to know")


def show_queue(call: Call) -> int:
    """Prints every delivery that the filters leave, in due order."""
    wanted = _wanted(call)
    if call.arguments.json:
        print_json_rows(map(delivery_row, rows_of(DeliveryRow, wanted)))
        return WELL
    zone = call.config.site.timezone
    titles = titles_of(call.config.channels.values())
    told = agreement.standing(titles, call.config.publishing.clock_limit)
    wrong = [each.sentence for each in told]
    for sentence in (*standing(), *wrong, *sentences(zone), *resting(call.clock(), zone)):
        say(sentence)
    listed = rows_of(ShownRow, wanted)
    first = next(listed, None)
    if first is None:
        say(_nothing())
        return WELL
    shown: Counter[str] = Counter()
    print_table("", COLUMNS, _counted(chain([first], listed), zone, shown))
    say(_summary(shown))
    return WELL


def _counted(
    listed: Iterable[ShownRow], zone: ZoneInfo, shown: Counter[str]
) -> Iterator[list[str]]:
    """The rows of the table one by one; each is counted by its status as it goes by."""
    for delivery in listed:
        shown[delivery.status] += 1
        yield _row(delivery, zone)


def _summary(shown: Counter[str]) -> str:
    """How many there are, and how many of each status, in the order of the statuses."""
    per_status = [f"{shown[status]} {status}" for status in Status if shown[status]]
    return f"{plural(shown.total(), 'delivery', 'deliveries')}: {', '.join(per_status)}."


def _nothing() -> str:
    if Delivery.objects.exists():
        return "No delivery is like that: ask for less, or see all of them with: scheduler.py queue"
    return "Nothing is loaded yet. Bring posts in with: scheduler.py load"


def _row(delivery: ShownRow, zone: ZoneInfo) -> list[str]:
    local = delivery.due_at.astimezone(zone).replace(tzinfo=None)
    return [
        str(delivery.id),
        local.isoformat(" ", "minutes"),
        delivery.channel,
        delivery.post,
        delivery.status,
        str(delivery.attempts),
        delivery.reason or delivery.url,
    ]


def _wanted(call: Call) -> Wanted:
    zone = call.config.site.timezone
    asked = vars(call.arguments)  # by name, since "from" is a word of Python
    status, first, last = asked["status"], asked["from"], asked["to"]
    return Wanted(
        channel=known_channel(call, asked["channel"]) if asked["channel"] else "",
        campaign=known_campaign(asked["campaign"]) if asked["campaign"] else "",
        statuses=frozenset({Status(status)} if status else ()),
        since=day_start(first, zone) if first else None,
        until=day_start(last, zone, days=1) if last else None,
    )
