"""A NUL in what a browser sends: nobody types one, PostgreSQL keeps none, and no page falls over it."""

import pytest

from campaign.delivery import pauses
from campaign.models import Pause
from tests.deliveries import NOON, delivery

pytestmark = pytest.mark.django_db
ADDRESSES = (
    *(
        "/queue/?q=a%00b",
        "/queue/?channel=a%00",
        "/queue/?from=2027-10-13%00",
        "/queue/?after=%00",
    ),
    *(
        "/log/?q=a%00b",
        "/log/?who=%00",
        "/log/?post=1%00",
        "/people/?after=%00",
        "/posts/?words=a%00",
        "/stories/?before=%00",
    ),
    *(
        "/approve/?more=%00",
        "/calendar/?month=2027-10%00",
        "/facts/?show=%00",
        "/rehearsal/?month=%00",
    ),
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_with_one_shows_its_page(admin, address):
    delivery("a")
    assert admin.get(address).h1


def test_what_is_typed_is_kept_without_it(staff):
    staff.post("/pauses/start/", {"on": "", "reason": "A wro\x00ng number"}, expect=303)
    assert Pause.objects.get().reason == "A wrong number"


def test_a_word_for_the_log_is_kept_without_it(staff):
    pauses.pause("", "", "news", "anna", NOON)
    staff.post(
        f"/pauses/{Pause.objects.get().pk}/end/", {"reason": "It is\x00 over"}, expect=303
    )
    assert not Pause.objects.filter(ended_at=None).exists()


def test_a_storyteller_is_looked_for_without_it(staff):
    assert staff.get("/stories/?reference=S-9%00999", expect=303).went_to == "/stories/"
