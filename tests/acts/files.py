"""What files and facts take from what is approved: loading them, and changing a fact on its page."""

from datetime import timedelta

from campaign.authoring.approvals import FEW
from campaign.authoring.shared.written import keep
from campaign.models import Delivery
from campaign.models.shared import SharedKind
from campaign.states import Status
from tests.acts.frame import COMMAND, DAY, Act, Case, Scene, World, command, page, person_of
from tests.deliveries import NOON, delivery, post
from tests.folders import FACT
from tests.pages import Page

WORDS = ("Hello there.", "Bonjour à vous.")
CITES = "{{ fact('spread') }}"


def stays(world: World) -> None:
    """A post of the campaign whose file is there."""
    world.stage.post("stays", 'when = "2027-10-25 09:00"', *WORDS)


def queued_without_files(number: int, campaign: str = "know") -> None:
    for each in range(number):
        delivery(due=NOON + DAY, of=post(f"gone-{each}", campaign))


def many_gone(world: World) -> Case:
    stays(world)
    queued_without_files(FEW + 1)
    return Case()


def few_gone(world: World) -> Case:
    stays(world)
    queued_without_files(FEW)
    return Case()


def empty(world: World) -> Case:
    stays(world)
    queued_without_files(1, "hope")
    return Case()


def another_time(world: World) -> Case:
    """It is approved for an hour before what its file means now."""
    world.stage.post("timed", 'when = "2027-10-20 09:00"', *WORDS, on=["x-en"])
    world.stage.run("load").well()
    [timed] = Delivery.objects.filter(post__name="timed")
    before = timed.due_at - timedelta(hours=1)
    Delivery.objects.filter(pk=timed.pk).update(
        status=Status.QUEUED, planned_at=before, due_at=before, next_at=before
    )
    return Case()


def new(world: World) -> Case:
    stays(world)
    return Case()


LOAD = Act(
    "load",
    {COMMAND: command("load")},
    {
        "more than a few approvals would be lost": many_gone,
        "a campaign has no file any more": empty,
        "what is approved would get another time by itself": another_time,
        "a few approvals would be lost": few_gone,
        "nothing": new,
    },
)


def leaning(world: World) -> Case:
    """Posts lean on the fact, more than a few deliveries, all approved."""
    for number in range(FEW):
        words = f"Word {number}: {CITES}"
        when = f'when = "2027-10-{20 + number} 09:00"'
        world.stage.post(f"leans-{number}", when, words, words)
    world.stage.run("load").well()
    Delivery.objects.update(status=Status.QUEUED)
    return Case()


def page_of_a_fact(world: World, case: Case, before: Page | None) -> Page:
    """Its form with another claim; then what the page that was shown sends."""
    address = "/facts/spread/"
    if before:
        hidden = {each["name"]: each["value"] for each in before.all("input[type=hidden]")}
        return world.staff.sends(address, {**hidden, "do": "change"})
    form = {each["name"]: each["value"] for each in world.staff.get(address).all("input[name]")}
    claims = {"claim.en": "It has spread far.", "claim.fr": "Il s’est propagé loin."}
    return world.staff.sends(address, {**form, **claims, "status": "ok", "do": "look"})


CHANGE_FACT = Act(
    "change a fact",
    {"page of a fact": page_of_a_fact},
    {"more than a few approvals would be lost": leaning},
)


FACT_TYPED = {
    "status": "ok",
    "claim.en": "Nobody is alone.",
    "claim.fr": "Personne n’est seul.",
    "source": "Canadian Network",
    "url": "https://example.org/alone",
    "review_by": "2030-01-01",
}


def typed_fact(**typed: str) -> Scene:
    return lambda _: Case(None, {**FACT_TYPED, "name": "alone", **typed})


ADD_FACT = Act(
    "add a fact",
    {"page of a fact": page("/facts/new/")},
    {
        "another fact has its name": typed_fact(name="spread"),
        "it is said in one language alone": typed_fact(**{"claim.fr": ""}),
        "it has no source": typed_fact(source=""),
        "nothing": typed_fact(),
    },
)


def written_fact(*, by_asker: bool = False, number: str = "1") -> Scene:
    """A fact of the pages, by Vera or by who asks."""

    def scene(world: World) -> Case:
        writer = person_of(world.staff if by_asker else world.volunteer)
        source = FACT.replace('"spread"', '"alone"')
        keep(SharedKind.FACT, "alone", source, writer, NOON, based_on=0)
        return Case(None, {"number": number})

    return scene


CONFIRM_FACT = Act(
    "confirm a fact",
    {"page of a fact": page("/facts/alone/", do="confirm")},
    {
        "who asks wrote it": written_fact(by_asker=True),
        "another version was read": written_fact(number="2"),
        "nothing": written_fact(),
    },
)


DAY_TYPED = {
    "name.en": "Walk Day",
    "name.fr": "Journée de la marche",
    "source": "https://example.org/walk",
    "kind": "fixed",
    "fixed_month": "11",
    "fixed_day": "5",
}


def typed_day(**typed: str) -> Scene:
    return lambda _: Case(None, {**DAY_TYPED, "name": "walk-day", **typed})


ADD_DAY = Act(
    "add a day",
    {"page of a day": page("/days/new/", do="keep")},
    {
        "another day has its name": typed_day(name="mbc-day"),
        "it has a name in one language alone": typed_day(**{"name.fr": ""}),
        "no page announces it": typed_day(source=""),
        "its rule gives no date": typed_day(fixed_day="31"),
        "nothing": typed_day(),
    },
)
