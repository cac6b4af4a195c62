"""Approving a post, taking that back, and returning a post."""

from dataclasses import replace
from typing import Any

from campaign.models import Delivery
from campaign.states import Stage, Status
from tests.acts.frame import COMMAND, DAY, Act, Case, Scene, World, command, page
from tests.acts.queue import standing
from tests.deliveries import NOON, delivery, post
from tests.pages import Page


def draft(**of: Any) -> Scene:
    def scene(world: World) -> Case:
        one = delivery(status=Status.DRAFT, due=NOON + DAY, of=post("a", "know", **of))
        return Case(one, shown(one))

    return scene


def shown(one: Delivery) -> dict[str, str]:
    """What both pages of approval send of what they have shown, and a reason for the one that returns."""
    return {"shown": f"{one.post_id}:{one.pk}:{one.fingerprint}", "reason": "Say it shorter."}


def own(**of: Any) -> Scene:
    def scene(world: World) -> Case:
        return draft(author=world.staff.user, **of)(world)

    return scene


def own_story(world: World) -> Case:
    world.settings.CONFIG = replace(
        world.config, publishing=replace(world.config.publishing, own_approval=True)
    )
    text = (world.stage.root / "config.toml").read_text("utf-8")
    world.stage.folder.write(
        "config.toml", text.replace("dry_run = true", "dry_run = true\nown_approval = true")
    )
    return own(was_story=True)(world)


def changed(world: World) -> Case:
    case = draft()(world)
    return replace(case, typed={**case.typed, "shown": f"{case.post}:{case.number}:another"})


def approve_on_its_page(world: World, case: Case, before: Page | None) -> Page | str:
    """That page sends the fingerprints without the post's number."""
    return page("/approve/{post}/")(
        world, replace(case, typed={"shown": case.typed["shown"].split(":", 1)[1]}), before
    )


APPROVE = Act(
    "approve",
    {
        COMMAND: command("approve", "{post}"),
        "queue, many": page("/queue/decide/", action="approve"),
        "page of approval": approve_on_its_page,
    },
    {
        "it is of who approves": own(),
        "it was a story once, of who approves, whatever the setting": own_story,
        "it was returned": draft(stage=Stage.RETURNED),
        "it is not handed in": draft(stage=Stage.WRITING),
        "it is an example": draft(example=True),
        "it tells of a person who has agreed to nothing": draft(kind="story"),
        "it reads otherwise than it was shown": changed,
        "nothing": draft(),
    },
)


def no_reason(world: World) -> Case:
    return replace(draft()(world), typed={"reason": " \u200b "})


RETURN = Act(
    "return",
    {
        "queue, many": page("/queue/decide/", action="return"),
        "page of approval": page("/approve/{post}/return/"),
    },
    {
        "no reason": no_reason,
        "it waits for its time, approved": standing(Status.QUEUED),
        "it is not handed in": draft(stage=Stage.WRITING),
        "nothing": draft(),
    },
)


def approved(*beside: Status) -> Scene:
    """Approved together with others, of which some have gone on."""

    def scene(_: World) -> Case:
        of = post("a", "know")
        for number, status in enumerate(beside):
            delivery(of=of, on=f"x-{number}", status=status, due=NOON + DAY, approved_at=NOON)
        return Case(delivery(of=of, due=NOON + DAY, approved_at=NOON))

    return scene


UNAPPROVE = Act(
    "take the approval back",
    {"page of approval": page("/approve/{post}/undo/")},
    {
        "nothing of it is approved": draft(),
        "a part of it is out": approved(Status.PUBLISHED),
        "a part of it may be out": approved(Status.UNCONFIRMED),
        "nothing": approved(Status.QUEUED),
    },
)
