"""Giving a new time, and trying again: every door, every rule."""

from datetime import datetime, timedelta
from typing import Any

from campaign.states import Status
from campaign.stories import holding, storyteller
from tests.acts.frame import COMMAND, DAY, Act, Case, Scene, World, command, page
from tests.deliveries import NOON, TORONTO, delivery, good_story, post

LATER = NOON + 2 * DAY


def typed(moment: datetime) -> dict[str, str]:
    local = moment.astimezone(TORONTO)
    return {"date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"}


def moved(due: datetime = LATER, **values: Any) -> Scene:
    """A delivery of tomorrow that is to stand at another time."""

    def scene(_: World) -> Case:
        return Case(delivery(due=NOON + DAY, **{"of": post("a", "know"), **values}), typed(due))

    return scene


def skipped(_: World) -> Case:
    return Case(
        delivery(due=NOON + DAY, of=post("a", "know")), {"date": "2028-03-12", "time": "02:30"}
    )


def its_day(_: World) -> Case:
    return Case(
        delivery(due=NOON + DAY, of=post("a", "know"), when="mbc-day 09:00"), typed(LATER)
    )


def without_consent(due: datetime = LATER, **values: Any) -> Scene:
    def scene(_: World) -> Case:
        held = good_story(due=NOON + DAY, **values)
        holding.hold(
            storyteller.find(held.post.storyteller), storyteller.HoldReason.ILL, "anna", NOON
        )
        return Case(held, typed(due))

    return scene


def unknown_fact(_: World) -> Case:
    return Case(
        delivery(due=NOON + DAY, of=post("a", "know"), facts="no-such-fact"), typed(LATER)
    )


def close(_: World) -> Case:
    delivery("b", due=LATER, of=post("b", "know"), on="x-fr", language="fr")
    return Case(
        delivery(due=NOON + DAY, of=post("a", "know"), on="x-fr", language="fr"), typed(LATER)
    )


def too_many(_: World) -> Case:
    """Where the account has no number of its own."""
    for hour in range(-6, -3):
        name, due = f"b{hour}", LATER + timedelta(hours=hour + 2)
        delivery(name, due=due, of=post(name, "know"), on="x-fr", language="fr")
    return Case(
        delivery(due=NOON + DAY, of=post("a", "know"), on="x-fr", language="fr"), typed(LATER)
    )


def crowded(_: World) -> Case:
    delivery("b", due=LATER - timedelta(hours=3), of=post("b", "know"))
    return Case(delivery(due=NOON + DAY, of=post("a", "know")), typed(LATER))


def other_language(_: World) -> Case:
    delivery(due=NOON + DAY, of=post("a", "know"), on="x-fr", language="fr")
    return Case(delivery(due=NOON + DAY, of=post("a", "know")), typed(LATER))


RESCHEDULE = Act(
    "give a new time",
    {
        COMMAND: command("reschedule", "{id}", "--to", "{date} {time}"),
        "queue, many": page("/queue/decide/", action="reschedule"),
        "page of a delivery": page("/queue/{id}/new-time/"),
        "calendar": page("/calendar/move/{id}/"),
    },
    {
        "it is out": moved(status=Status.PUBLISHED),
        "it is being sent": moved(status=Status.SENDING),
        "it was cancelled": moved(status=Status.CANCELLED),
        "the time is past": moved(NOON - DAY),
        "the clocks skip that time": skipped,
        "it failed, and its text is not approved": moved(
            status=Status.FAILED, approved_fingerprint="older"
        ),
        "its text speaks of its day": its_day,
        "the person does not allow it": without_consent(),
        "a fact is not known": unknown_fact,
        "a day of remembrance": moved(datetime(2027, 10, 20, 16, tzinfo=NOON.tzinfo)),
        "outside its campaign": moved(NOON + 40 * DAY),
        "another post stands there": close,
        "the day is full": crowded,
        "three posts stand on that day": too_many,
        "at night": moved(datetime(2027, 10, 16, 2, tzinfo=NOON.tzinfo)),
        "the other language stays behind": other_language,
        "nothing": moved(),
    },
)


def missed(**values: Any) -> Scene:
    def scene(_: World) -> Case:
        before = {
            "due": NOON - timedelta(hours=2),
            "status": Status.MISSED,
            "of": post("a", "know"),
        }
        return Case(delivery(**{**before, **values}))

    return scene


def on_a_quiet_day(world: World) -> Case:
    world.clock.now = world.stage.now = datetime(2027, 10, 20, 16, tzinfo=NOON.tzinfo)
    return missed(due=NOON)(world)


def day_over(world: World) -> Case:
    world.clock.now = world.stage.now = NOON + DAY
    return missed(due=NOON, when="mbc-day 09:00")(world)


RETRY = Act(
    "try again",
    {COMMAND: command("retry", "{id}"), "queue, many": page("/queue/decide/", action="retry")},
    {
        "it waits for its time": missed(status=Status.QUEUED),
        "it is out": missed(status=Status.PUBLISHED),
        "its text is not approved": missed(approved_fingerprint="older"),
        "its text speaks of a day that is over": day_over,
        "the person does not allow it": without_consent(status=Status.MISSED),
        "a day of remembrance": on_a_quiet_day,
        "nothing": missed(),
    },
)
