"""Cancelling a delivery, and bringing it back."""

from typing import Any

from campaign.states import Stage, Status
from tests.acts.frame import COMMAND, DAY, Act, Case, Scene, World, command, page
from tests.deliveries import NOON, delivery, post


def standing(status: Status, **values: Any) -> Scene:
    def scene(_: World) -> Case:
        return Case(
            delivery(status=status, due=NOON + DAY, of=post("a", "know"), **values),
            {"reason": "A reason."},
        )

    return scene


CANCEL = Act(
    "cancel",
    {
        COMMAND: command("cancel", "{id}", "--reason", "{reason}"),
        "queue, many": page("/queue/decide/", action="cancel"),
    },
    {
        "it is out": standing(Status.PUBLISHED),
        "it is being sent": standing(Status.SENDING),
        "it may be out": standing(Status.UNCONFIRMED),
        "it was cancelled": standing(Status.CANCELLED),
        "nothing": standing(Status.QUEUED),
    },
)


def back(_: World) -> Case:
    of = post("a", "know", stage=Stage.TAKEN_BACK)
    return Case(delivery(status=Status.CANCELLED, due=NOON + DAY, of=of))


BRING_BACK = Act(
    "bring back",
    {"page of a delivery": page("/queue/{id}/bring-back/")},
    {
        "it was not cancelled": standing(Status.QUEUED),
        "its post is not planned": back,
        "nothing": standing(Status.CANCELLED),
    },
)
