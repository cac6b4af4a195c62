"""Pausing, and resuming."""

from datetime import datetime

from campaign.delivery import pauses
from campaign.models import Pause
from tests.acts.frame import COMMAND, DAY, Act, Case, Scene, World, command, page
from tests.acts.times import typed
from tests.deliveries import NOON


def stopping(why: str = "Sad news.", until: datetime | None = None) -> Scene:
    def scene(_: World) -> Case:
        end = typed(until) if until else {"date": "2027-10-20", "time": "09:00"}
        return Case(
            None,
            {
                "reason": why,
                "until_day": end["date"],
                "until_hour": end["time"],
                "on": "",
                **end,
            },
        )

    return scene


def paused(world: World) -> Case:
    pauses.pause("", "", "Before.", "ana", NOON)
    return stopping()(world)


PAUSE = Act(
    "pause",
    {
        COMMAND: command("pause", "--reason", "{reason}", "--until", "{date} {time}"),
        "pauses": page("/pauses/start/"),
    },
    {
        "no reason": stopping(" \u200b "),
        "its end is past": stopping(until=NOON - DAY),
        "it is paused already": paused,
        "nothing": stopping(),
    },
)


def stopped(*, ended: bool = False) -> Scene:
    """A pause that is on, or one that has ended."""

    def scene(_: World) -> Case:
        pauses.pause("", "", "Before.", "ana", NOON)
        pause = Pause.objects.get()
        if ended:
            pauses.resume("", "", "It is over.", "ana", NOON)
        return Case(None, {"pause": str(pause.pk), "reason": "It is over."})

    return scene


RESUME = Act(
    "resume",
    {
        COMMAND: command("resume", "--reason", "{reason}"),
        "pauses": page("/pauses/{pause}/end/"),
    },
    {"it has ended already": stopped(ended=True), "nothing": stopped()},
)
