"""What is done with a campaign as a whole: it is made, changed, copied, closed and opened again."""

from campaign.authoring.approvals import FEW
from campaign.authoring.compose import Desk
from campaign.authoring.shared import campaigns
from campaign.authoring.shared.campaign_source import CampaignFields
from campaign.authoring.shared.written import newest_number
from campaign.decisions import closing
from campaign.models import Delivery, Event
from campaign.models.closing import Closing
from campaign.models.shared import Shared, SharedKind
from campaign.states import Status
from campaign.web.frame import site
from tests.acts.frame import Act, Case, Door, Scene, World, person_of, with_volunteers
from tests.deliveries import NOON, delivery, post
from tests.pages import Page

WALK = {"name.en": "Winter walk", "name.fr": "Marche d’hiver"}
SPRING = {"name.en": "Spring walk", "name.fr": "Marche du printemps"}
PAGE = "page of a campaign"


def state() -> object:
    """All that is kept of campaigns, and what was done."""
    standing = Closing.objects.filter(opened_at=None).count()
    return Shared.objects.count(), standing, Event.objects.count()


def walk(world: World) -> str:
    fields = CampaignFields(names={"en": WALK["name.en"], "fr": WALK["name.fr"]})
    desk = Desk(site.config(), site.library())
    return campaigns.make(fields, person_of(world.staff), desk, NOON)


def of_pages(**typed: str) -> Scene:
    """A campaign that was written in the pages."""

    def scene(world: World) -> Case:
        return Case(None, {"slug": walk(world), **typed})

    return scene


def of_file(world: World) -> Case:
    return Case(None, {"slug": "know", **SPRING})


def closed(world: World) -> Case:
    slug = walk(world)
    closing.close(slug, person_of(world.staff), NOON)
    return Case(None, {"slug": slug, **SPRING})


def waits(world: World) -> Case:
    case = of_pages()(world)
    delivery(of=post("one", case.typed["slug"]))
    return case


def many_approved(world: World) -> Case:
    """Each text names its campaign."""
    world.stage.folder.template("{{ text }} {{ campaign.name }}")
    for number in range(FEW):
        when = f'when = "2027-10-{20 + number} 09:00"'
        world.stage.post(f"named-{number}", when, f"Word {number}.", f"Mot {number}.")
    world.stage.run("load").well()
    Delivery.objects.update(status=Status.QUEUED)
    campaigns.take_over(
        "know", person_of(world.staff), Desk(site.config(), site.library()), NOON
    )
    (world.stage.root / "posts" / "know" / "campaign.toml").unlink()
    return Case(None, {"slug": "know", **SPRING})


def form(address: str, do: str) -> Door:
    """The form of a campaign as its page shows it, with what is typed; then what the page that it leads to sends."""

    def act(world: World, case: Case, before: Page | None) -> Page:
        url = address.format_map({"slug": "", **case.typed})
        if before:
            hidden = {each["name"]: each["value"] for each in before.all("input[type=hidden]")}
            return world.staff.sends(url, {**hidden, "do": do})
        typed = {name: text for name, text in case.typed.items() if name != "slug"}
        base = newest_number(SharedKind.CAMPAIGN, case.typed.get("slug", ""))
        sent = world.staff.sends(url, {"base": str(base), **typed, "do": "look"})
        return followed(world, sent)

    return act


def followed(world: World, sent: Page) -> Page:
    while sent.went_to:
        sent = world.staff.sends(sent.went_to)
    return sent


def press(address: str) -> Door:
    """A button of a page; of what waits, that it is cancelled, once that was asked."""

    def act(world: World, case: Case, before: Page | None) -> Page:
        rest = {"rest": closing.Rest.CANCELLED.value} if before else {}
        url = address.format_map(case.typed)
        return followed(world, world.staff.sends(url, rest))

    return act


MAKE = Act(
    "make a campaign",
    {PAGE: form("/new-campaign/", "make")},
    {
        "there is one of that name": of_pages(**WALK),
        "it has no name in French": lambda _: Case(None, {"name.en": "Walk"}),
        "nothing": lambda _: Case(None, WALK),
    },
    state,
)
CHANGE = Act(
    "change a campaign",
    {PAGE: form("/campaigns/{slug}/change/", "change")},
    {
        "it stands in a file": of_file,
        "it is closed": closed,
        "more than a few approvals would be lost": many_approved,
        "nothing": of_pages(**SPRING),
    },
    state,
)
COPY = Act(
    "copy a campaign",
    {PAGE: form("/campaigns/{slug}/copy/", "copy")},
    {"there is one of that name": of_pages(**WALK), "nothing": of_pages(**SPRING)},
    state,
)
CLOSE = Act(
    "close a campaign",
    {PAGE: press("/campaigns/{slug}/close/")},
    {
        "it is closed": closed,
        "something of it waits": waits,
        "nothing": of_pages(),
    },
    state,
)
OPEN = Act(
    "open a campaign again",
    {PAGE: press("/campaigns/{slug}/open/")},
    {"it is open": of_pages(), "nothing": closed},
    state,
)
CAMPAIGNS = tuple(map(with_volunteers, (MAKE, CHANGE, COPY, CLOSE, OPEN)))
