"""Settling what may be out, and taking down what is."""

from campaign.delivery import leases
from campaign.delivery.lookback import waiting
from campaign.models import Attempt
from campaign.states import Status
from tests.acts.frame import COMMAND, DAY, Act, Case, Scene, World, command, page
from tests.deliveries import NOON, delivery, post


def looked(status: Status, url: str = "https://x.com/i/web/status/77") -> Scene:
    def scene(_: World) -> Case:
        one = delivery(status=status, due=NOON - DAY, of=post("a", "know"))
        Attempt.objects.create(
            delivery=one, number=1, worker="w", text="t", started_at=NOON, outcome="unconfirmed"
        )
        return Case(one, {"url": url})

    return scene


IS_OUT = Act(
    "say that it is out",
    {
        COMMAND: command("resolve", "{id}", "--published", "{url}"),
        "page of a delivery": page("/queue/{id}/is-out/"),
    },
    {
        "it is out already": looked(Status.PUBLISHED),
        "it waits for its time": looked(Status.QUEUED),
        "no address of a post": looked(Status.UNCONFIRMED, "https://x.com"),
        "a link that is none": looked(Status.UNCONFIRMED, "javascript:alert(1)//x"),
        "nothing": looked(Status.UNCONFIRMED),
    },
)
IS_NOT_OUT = Act(
    "say that it is not out",
    {
        COMMAND: command("resolve", "{id}", "--not-published"),
        "queue, many": page("/queue/decide/", action="not_out"),
    },
    {
        "it is out": looked(Status.PUBLISHED),
        "it waits for its time": looked(Status.QUEUED),
        "nothing": looked(Status.UNCONFIRMED),
    },
)


def waits(*, for_a_look: bool = True) -> Scene:
    def scene(_: World) -> Case:
        leases.ensure(["x-en"])
        if for_a_look:
            waiting.look_first([], NOON, NOON, DAY, "A backup was restored.")
        return Case(None, {})

    return scene


LOOKED = Act(
    "say that an account was looked at",
    {COMMAND: command("looked", "x-en")},
    {
        "it does not wait for that": waits(for_a_look=False),
        "nothing": waits(),
    },
)


def out(
    status: Status = Status.PUBLISHED,
    *,
    live: bool = True,
    on: str = "x-en",
    why: str = "Asked for.",
) -> Scene:
    def scene(world: World) -> Case:
        if live:
            world.live()
        one = delivery(
            status=status,
            due=NOON - DAY,
            of=post("a", "know"),
            on=on,
            remote_id="7",
            part_ids="7",
        )
        return Case(one, {"reason": why})

    return scene


TAKE_DOWN = Act(
    "take down",
    {
        COMMAND: command("remove", "{id}", "--reason", "{reason}"),
        "page of a delivery": page("/queue/{id}/take-down/"),
    },
    {
        "no reason": out(why=" \u200b "),
        "it is not out": out(Status.QUEUED),
        "a dry run": out(live=False),
        "its channel is not in the configuration": out(on="gone"),
        "nothing": out(),
    },
)
