"""The pages of what waits on a day of remembrance: what they say, and who may let it out."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from campaign.content.dates.days import Day, parse_rule
from campaign.delivery import pauses
from campaign.delivery.remembrance import keep_quiet_days
from campaign.listings import today
from campaign.models import Event
from campaign.models.remembrance import Allowance
from campaign.states import Status
from tests.deliveries import delivery, post

pytestmark = pytest.mark.django_db
ELEVEN = datetime(2027, 11, 11, 16, tzinfo=UTC)
SAYS = "Thursday, November 11, 2027 is a day of remembrance."


@pytest.fixture(autouse=True)
def _calendar():
    days = [
        Day("remembrance-day", parse_rule("fixed 11-11"), {}, quiet=True, written="fixed 11-11")
    ]
    keep_quiet_days(days, is_whole=True)


def test_a_second_person_lets_both_languages_out_with_one_press(staff, second):
    english = delivery(due=ELEVEN, approved_by=second.user)
    french = delivery(on="x-fr", due=ELEVEN, approved_by=second.user, language="fr")
    elsewhere = delivery("b", due=ELEVEN, approved_by=second.user)
    page = staff.get(f"/queue/{english.pk}/")
    assert SAYS in page.text
    assert "The same post too, on x-fr" in page.text
    page = staff.after(
        f"/queue/{english.pk}/allow/", {"why": "It says where to find help.", "all": "1"}
    )
    assert "It may go out on that day." in page.text
    assert SAYS not in page.text
    assert set(Allowance.objects.values_list("delivery", flat=True)) == {english.pk, french.pk}
    assert SAYS in staff.get(f"/queue/{elsewhere.pk}/").text
    assert "Let out on a day of remembrance" in staff.get(f"/queue/{english.pk}/").text
    assert (
        "Envoi permis une journée de recueillement"
        in staff.french().get(f"/queue/{english.pk}/").text
    )
    assert Event.objects.filter(action="allowed", actor="maria").count() == 2


def test_who_approved_it_is_told_that_somebody_else_decides(staff):
    kept = delivery(due=ELEVEN, approved_by=staff.user)
    page = staff.get(f"/queue/{kept.pk}/")
    assert "You approved it, so somebody else decides about that day." in page.text
    assert not page.all(f"form[action=/queue/{kept.pk}/allow/]")
    page = staff.post(f"/queue/{kept.pk}/allow/", {"why": "It helps."}, expect=422)
    assert "maria approved mbc/a: somebody else has to say" in page.text
    assert not Allowance.objects.exists()


def test_what_was_typed_stays_where_it_is_refused(staff, second):
    kept = delivery(due=ELEVEN, approved_by=second.user)
    page = staff.post(f"/queue/{kept.pk}/allow/", {"why": "x" * 501}, expect=422)
    assert "The reason is too long" in page.text
    assert page.one("input#why")["value"] == "x" * 501


@pytest.mark.parametrize(
    "values",
    [
        {"for_day": "remembrance-day"},
        {"status": Status.PUBLISHED},
        {"due": ELEVEN + timedelta(days=1)},
    ],
)
def test_what_waits_on_no_such_day_says_nothing_of_it(staff, values):
    kept = delivery(**{"due": ELEVEN, **values})
    assert "is a day of remembrance" not in staff.get(f"/queue/{kept.pk}/").text


def test_a_help_line_says_nothing_of_it(staff):
    kept = delivery(due=ELEVEN, of=post("help", is_help=True))
    assert "is a day of remembrance" not in staff.get(f"/queue/{kept.pk}/").text


def test_who_approves_it_reads_that_it_will_wait(staff, second):
    draft = delivery(due=ELEVEN, status=Status.DRAFT)
    approved = delivery(on="x-fr", due=ELEVEN, language="fr", approved_by=second.user)
    page = staff.get(f"/approve/{draft.post_id}/")
    assert "Once it is approved, it waits on that day until a second person" in page.text
    assert f'href="/queue/{approved.pk}/#remembrance"' in page.html


def test_today_names_what_waits_for_a_second_person_and_no_program_that_stands_still(
    staff, second, site_clock, settings
):
    settings.CONFIG = replace(
        settings.CONFIG, publishing=replace(settings.CONFIG.publishing, dry_run=False)
    )
    kept = delivery(due=ELEVEN, approved_by=second.user)
    delivery(on="x-fr", due=ELEVEN, language="fr", approved_by=second.user)
    site_clock.now = ELEVEN - timedelta(days=8)
    assert "is due on a day of remembrance" not in staff.get("/").text
    site_clock.now = ELEVEN - timedelta(days=6)
    page = staff.get("/")
    assert (
        page.text.count("is due on a day of remembrance: it waits until a second person") == 1
    )
    assert f'href="/queue/{kept.pk}/#remembrance"' in page.html
    site_clock.now = ELEVEN + timedelta(hours=2)
    page = staff.get("/")
    assert "is due on a day of remembrance" in page.text
    assert "the program that publishes may not be running" not in page.text


def test_a_help_line_that_a_pause_lets_out_and_that_does_not_go_out_is_overdue(anna):
    delivery(due=ELEVEN, of=post("help", is_help=True))
    delivery("other", due=ELEVEN)
    pauses.pause("", "", "news", "anna", ELEVEN - timedelta(days=2), except_help=True)
    assert today.needs(anna, ELEVEN + timedelta(hours=1)).overdue == 1
    pauses.pause("mbc", "", "news", "anna", ELEVEN - timedelta(days=2))
    assert today.needs(anna, ELEVEN + timedelta(hours=1)).overdue == 0


@pytest.fixture
def anna():
    return User.objects.create(username="anna")
