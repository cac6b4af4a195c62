"""What links and buttons are called: who hears a page, rather than sees it, can tell every one from the others."""

from datetime import timedelta

import pytest
from django.urls import reverse

from campaign.delivery import pauses
from campaign.models import Attempt, Delivery, Event
from campaign.models.care import Incident
from campaign.people import invitations
from campaign.people.roles import Role
from campaign.states import Status
from campaign.web.frame import moments
from tests.access import addresses
from tests.deliveries import NOON, consent, delivery, good_story, person
from tests.named import named
from tests.pages import Visitor
from tests.posts_in_web import folder, planned  # noqa: F401 - a fixture
from tests.stories_in_web import stories  # noqa: F401 - a fixture
from tests.web.test_access import known  # noqa: F401 - a fixture
from tests.web.test_frame import TEMPLATES

COMPOSER = {"post", "post_notes"}
"""The composer names its corrections beside its own boxes; its own tests look after it."""
EVERYWHERE = ("twitter-en", "twitter-fr", "facebook-en", "facebook-fr")


pytestmark = pytest.mark.usefixtures("stories")


@pytest.fixture
def two_of_each(
    request: pytest.FixtureRequest, staff: Visitor, admin: Visitor
) -> dict[str, object]:
    """More than one of whatever is listed: posts, deliveries on four channels in each status, people's stories, pauses."""
    known_by_name: dict[str, object] = request.getfixturevalue("known")
    for number, status in enumerate(Status):
        for channel in EVERYWHERE:
            network, language = channel.split("-")
            due = NOON + timedelta(days=number % 3 - 1, minutes=number)
            listed = delivery(
                f"post-{number}",
                channel,
                due=due,
                status=status,
                network=network,
                language=language,
            )
            url = f"https://{network}.example/{listed.pk}"
            published = {"url": url, "published_at": due} if status is Status.PUBLISHED else {}
            Delivery.objects.filter(pk=listed.pk).update(**published)
            Event.objects.create(at=NOON, actor="maria", action="approved", delivery=listed)
            Attempt.objects.create(
                delivery=listed, number=1, worker="w", text="x", started_at=NOON, url=url
            )
    planned(staff)
    for name in ("Zoé Ferragamo", "Noé Ferragamo"):
        of = person(name)
        consent(of)
        good_story(f"of-{of.reference}", of=of)
    for number in (1, 2):
        assert admin.user
        invitations.invite(f"p{number}@example.org", Role.STAFF, admin.user, NOON)
        Incident.objects.create(
            number=number,
            version=1,
            found_on=NOON.date(),
            what="A key.",
            is_serious=False,
            by="ana",
            at=NOON,
        )
    pauses.pause("know", "", "One.", "maria", NOON)
    pauses.pause("", "twitter-en", "Two.", "maria", NOON)
    return {**known_by_name, "slug": "know", "campaign": "know"}


def test_no_two_links_or_buttons_of_a_page_have_the_same_name_and_lead_to_different_things(
    two_of_each: dict[str, object], admin: Visitor
) -> None:
    visitor = admin.french()
    alike = []
    views = ("?view=week", "?view=list", "?view=day", "")
    for address in addresses():
        if address.name in COMPOSER:
            continue
        url = reverse(
            address.name, kwargs={name: two_of_each[name] for name in address.arguments}
        )
        for view in views if address.name == "calendar" else ("",):
            response = visitor.client.get(url + view)
            if (
                response.status_code != 200
                or "text/html" not in response.headers["Content-Type"]
            ):
                continue
            for name, goals in named(response.content.decode()).items():
                if len(goals) > 1 or not name:
                    alike.append((url + view, name, sorted(goals)[:3]))
    assert alike == []


def test_a_moment_is_told_to_programs_to_the_second() -> None:
    wrong = [path.name for path in TEMPLATES if "|date:'c'" in path.read_text("utf-8")]
    assert wrong == [], "say |iso"


def test_a_moment_has_no_fractions_of_a_second() -> None:
    fine = NOON + timedelta(microseconds=786_722)
    assert moments.iso(fine) == "2027-10-13T12:00:00-04:00"
