"""Looking after people: a raised hand goes down once somebody of the team was in touch."""

from django.contrib.auth.models import User

from campaign.models.care import Hand
from campaign.people.roles import Role, add_user
from tests.acts.frame import Act, Case, World, page
from tests.deliveries import NOON, person


def up(world: World) -> Case:
    """Somebody's hand is up."""
    hand = Hand.objects.create(storyteller=person(), source="story", raised_at=NOON)
    return Case(None, {"hand": str(hand.pk)})


def down(world: World) -> Case:
    """Somebody else was in touch."""
    case = up(world)
    Hand.objects.update(in_touch_at=NOON, in_touch_by=_ana().username)
    return case


def _ana() -> User:
    return add_user("ana", Role.ADMIN)[0]


def hands() -> object:
    """What the act changes."""
    return list(Hand.objects.order_by("pk").values_list("in_touch_at", "in_touch_by"))


IN_TOUCH = Act(
    "note that one was in touch",
    {"Today": page("/hands/{hand}/in-touch/")},
    {"somebody has noted it": down, "nothing": up},
    hands,
)
