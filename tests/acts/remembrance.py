"""Letting a delivery out on a day of remembrance."""

from datetime import datetime
from typing import Any

from campaign.content.dates.days import Day, parse_rule
from campaign.delivery.remembrance import keep_quiet_days
from campaign.people.roles import Role, add_user
from campaign.states import Status
from tests.acts.frame import COMMAND, DAY, Act, Case, Scene, World, command, page, person_of
from tests.deliveries import NOON, delivery, post

QUIET = datetime(2027, 10, 20, 16, tzinfo=NOON.tzinfo)
"""Noon on the world's day of remembrance."""
RULE = "fixed 10-20"


def waiting(why: str = "It helps.", due: datetime = QUIET, **values: Any) -> Scene:
    """A delivery that somebody else has approved for the day."""

    def scene(_: World) -> Case:
        keep_quiet_days(
            [Day("remembrance-day", parse_rule(RULE), {}, quiet=True, written=RULE)],
            is_whole=True,
        )
        approver, _is_new = add_user("who.approved", Role.STAFF)
        kept = {"of": post("a", "know"), "approved_by": approver, **values}
        return Case(delivery(due=due, **kept), {"reason": why, "why": why})

    return scene


def own(world: World) -> Case:
    return waiting(approved_by=person_of(world.staff))(world)


ALLOW = Act(
    "let out on a day of remembrance",
    {
        COMMAND: command("allow", "{id}", "--reason", "{reason}"),
        "page of a delivery": page("/queue/{id}/allow/"),
    },
    {
        "no reason": waiting(" \u200b "),
        "who asks has approved it": own,
        "it is not approved": waiting(status=Status.DRAFT),
        "it is out": waiting(status=Status.PUBLISHED),
        "it waits on no such day": waiting(due=QUIET + DAY),
        "it is written for that day": waiting(for_day="remembrance-day"),
        "nothing": waiting(),
    },
)
