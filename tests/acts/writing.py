"""What is written: handing in, taking one's own back, planning, letting a finding pass."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from campaign.authoring import stages
from campaign.authoring.contributing import contributions
from campaign.authoring.contributing.contributions import Whose
from campaign.content.post import Kind
from campaign.decisions import correcting
from campaign.models import Delivery, Event, Post, Version
from campaign.states import Stage, Status
from campaign.stories.withdrawal import ALL, Via, withdraw
from tests.acts.frame import Act, Case, Door, Scene, World, command, page, person_of
from tests.deliveries import NOON, consent, delivery, person
from tests.posts_in_web import FIELDS, FORM, desk, planned, written

WORDS = "My neighbour drove me to every appointment."
Before = Callable[[Post, World], object]


def contributed(
    *before: Before, kind: Kind = Kind.AWARENESS, by_another: bool = False
) -> Scene:
    """What a volunteer has written, after what was done with it before; they act themselves."""

    def scene(world: World) -> Case:
        author = person_of(world.staff if by_another else world.volunteer)
        written_post = contributions.contribute(kind, WORDS, "en", "know", author, NOON)
        for act in before:
            act(written_post, world)
        world.staff = world.volunteer
        number = Post.objects.get(pk=written_post.pk)
        return Case(
            None, {"post": str(number.pk), "words": WORDS, "based_on": str(number.version)}
        )

    return scene


def handed_in(of: Post, world: World) -> None:
    contributions.hand_in(
        of, person_of(world.volunteer), NOON, whose=Whose.OWN if of.kind == Kind.STORY else None
    )


def taken_back(of: Post, world: World) -> None:
    contributions.take_back(of, person_of(world.volunteer), NOON)


def with_status(status: Status) -> Before:
    """It has a delivery."""

    def act(of: Post, _: World) -> None:
        Post.objects.filter(pk=of.pk).update(stage=Stage.PLANNED)
        delivery(of=of, status=status)

    return act


HAND_IN = Act(
    "hand in",
    {
        "page of a contribution": page("/contributions/{post}/hand-in/"),
        "form of a contribution": page("/contributions/{post}/change/"),
    },
    {
        "somebody else wrote it": contributed(by_another=True),
        "the team has it already": contributed(handed_in),
        "it was taken back": contributed(taken_back),
        "its person has not said yes": contributed(kind=Kind.STORY),
        "nothing": contributed(),
    },
)
TAKE_OWN_BACK = Act(
    "take one's own back",
    {"page of a contribution": page("/contributions/{post}/take-back/")},
    {
        "somebody else wrote it": contributed(by_another=True),
        "it is taken back already": contributed(taken_back),
        "it is a message, and approved": contributed(with_status(Status.QUEUED)),
        "it is a message, and out": contributed(with_status(Status.PUBLISHED)),
        "nothing": contributed(),
    },
)


def put_away(of: Post, world: World) -> None:
    stages.take_back(Post.objects.get(pk=of.pk), person_of(world.staff), NOON)


BRING_OWN_BACK = Act(
    "bring one's own back",
    {"page of a contribution": page("/contributions/{post}/bring-back/")},
    {
        "it is not taken back": contributed(),
        "the team has put it away": contributed(put_away),
        "nothing": contributed(taken_back),
    },
)


# What the team writes.


def composed(*before: Before, make: Callable[..., Post] = written, **of: Any) -> Scene:
    """A post that is written in the web, and sent as it stands there."""

    def scene(world: World) -> Case:
        fields = replace(FIELDS, channels=("x-en", "x-fr"))
        made = make(world.staff, fields)
        Post.objects.filter(pk=made.pk).update(**of)
        for act in before:
            act(made, world)
        form = {
            **FORM,
            "channels": ["x-en", "x-fr"],
            "base": str(Post.objects.get(pk=made.pk).version),
        }
        return Case(None, {"post": str(made.pk), **form})  # type: ignore[dict-item]  # a field with two values

    return scene


def locked(of: Post, _: World) -> None:
    """Its storyteller has taken it back."""
    who = person()
    consent(who)
    withdraw(who, ALL, Via.LINK, "", NOON)
    Post.objects.filter(pk=of.pk).update(storyteller=who.reference)


def by_its_author(of: Post, world: World) -> None:
    """It is a volunteer's, and they took it back."""
    Post.objects.filter(pk=of.pk).update(author=world.volunteer.user)
    contributions.take_back(Post.objects.get(pk=of.pk), person_of(world.volunteer), NOON)


def sent(**fields: str) -> Door:
    """The composer's form, sent with that button."""
    return page("/posts/{post}/", **fields)


def with_an_error(world: World) -> Case:
    made = composed()(world)
    return replace(made, typed={**made.typed, "en.short": "Hello {{ nobody }}."})


PLAN = Act(
    "plan",
    {"composer": sent(do="submit")},
    {
        "it has an error": with_an_error,
        "its storyteller has taken it back": composed(locked),
        "its author has taken it back": composed(by_its_author),
        "the team has put it away": composed(put_away),
        "nothing": composed(),
    },
    lambda: Post.objects.filter(stage=Stage.PLANNED).count(),
)
PUT_AWAY = Act(
    "put away",
    {"composer": page("/posts/{post}/take-back/")},
    {
        "it is planned": composed(make=planned),
        "nothing": composed(),
    },
)
PICK_UP = Act(
    "pick up again",
    {"composer": page("/posts/{post}/take-back/", undo="1")},
    {
        "it was not put away": composed(),
        "its storyteller has taken it back": composed(put_away, locked),
        "its author has taken it back": composed(by_its_author),
        "nothing": composed(put_away),
    },
)


# Letting a finding pass.


def passing(code: str, reason: str = "It is her own word.") -> Scene:
    """With that code and that reason, in the form and in a file."""

    def scene(world: World) -> Case:
        case = composed()(world)
        accepted = f'[[accept]]\ncode = "{code}"\nreason = "{reason}"\n'
        world.stage.post(
            "passed",
            f'when = "2027-10-20 09:00"\n{accepted}',
            "Hello there.",
            "Bonjour à vous.",
        )
        return replace(case, typed={**case.typed, f"accepted.{code}": reason})

    return scene


LET_PASS = Act(
    "let a finding pass",
    {"composer": sent(do="save"), "file": command("load", "posts/know/passed.toml")},
    {
        "no reason": passing("kind-words", " \u200b "),
        "no check has that name": passing("no-such-check"),
        "it guards people": passing("not-allowed"),
        "it guards what a network takes": passing("too-long"),
        "nothing": passing("kind-words"),
    },
    lambda: Event.objects.filter(action="accepted").count(),
)


# Copies.

COPY = Act(
    "copy a post",
    {"composer": page("/posts/{post}/duplicate/")},
    {
        "it tells of a person": composed(kind="story"),
        "it told of one once": composed(was_story=True),
        "its storyteller has taken it back": composed(locked),
        "it was taken back": composed(put_away),
        "nothing": composed(),
    },
    Post.objects.count,
)


# What is out.


def standing(*statuses: Status, why: str = "A wrong number.", on: str = "x-en") -> Scene:
    """A post whose deliveries have these statuses, in the order of their channels."""

    def act(of: Post, _: World) -> None:
        deliveries = of.deliveries.order_by("channel")
        for waiting, status in zip(deliveries, statuses, strict=True):
            Delivery.objects.filter(pk=waiting.pk).update(status=status, remote_id="7")

    def scene(world: World) -> Case:
        case = composed(act, make=planned)(world)
        return replace(case, typed={**case.typed, "why": why, "channels": on})

    return scene


def corrected_already(world: World) -> Case:
    case = standing(Status.PUBLISHED, Status.PUBLISHED)(world)
    first, by = Post.objects.get(pk=case.typed["post"]), person_of(world.staff)
    correcting.correct(first, ["x-en"], "A reason.", by, desk(), NOON, title="Corrected")
    return case


def corrected_and_taken_back(world: World) -> Case:
    case = standing(Status.PUBLISHED, Status.PUBLISHED)(world)
    locked(Post.objects.get(pk=case.typed["post"]), world)
    return case


CORRECT_OUT = Act(
    "correct what is out",
    {"composer": page("/posts/{post}/correct/")},
    {
        "no reason": standing(Status.PUBLISHED, Status.PUBLISHED, why=" \u200b "),
        "it is not out there": standing(Status.QUEUED, Status.PUBLISHED),
        "it is being corrected": corrected_already,
        "its storyteller has taken it back": corrected_and_taken_back,
        "nothing": standing(Status.PUBLISHED, Status.PUBLISHED),
    },
    Post.objects.count,
)
WRITE_OVER = Act(
    "write over what waits",
    {"composer": sent(do="save", **{"en.short": "Other words."})},
    {
        "it is out": standing(Status.PUBLISHED, Status.REMOVED),
        "a part of it still waits": standing(Status.PUBLISHED, Status.DRAFT, on="x-fr"),
        "nothing": standing(Status.DRAFT, Status.DRAFT),
    },
    Version.objects.count,
)
