"""What went out, in which language and by whose approval: the page to print, and the file."""

import csv
import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from campaign.config import Channel
from campaign.database import events
from campaign.models import Delivery
from campaign.states import Status
from campaign.web.log import went_out
from tests.deliveries import NOON, delivery, post

pytestmark = pytest.mark.django_db
LATE = datetime(2027, 10, 9, 3, 30, tzinfo=UTC)
"""Friday the 8th, half past eleven at night, in Toronto."""
PAGE, FILE = "/log/went-out/", "/log/went-out.csv"


@pytest.fixture
def friday(second, settings) -> Delivery:
    """In French, late on the Friday of last week."""
    channels = {"x-fr": Channel("x-fr", "twitter", "fr")}
    settings.CONFIG = replace(settings.CONFIG, channels=channels)
    return delivery(
        "walk",
        "x-fr",
        due=LATE,
        status=Status.PUBLISHED,
        published_at=LATE,
        language="fr",
        of=post("walk", title="A walk"),
        text="Marchons ensemble.",
        url="https://x.com/1",
        approved_by=second.user,
        approved_at=LATE - timedelta(days=1),
    )


def sheet(page):
    read = b"".join(page.response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(read), delimiter=";" if ";" in read[:20] else ","))


def test_strangers_and_volunteers_do_not_see_it_and_the_file_is_for_admins(
    stranger, volunteer, staff
):
    for path in (PAGE, FILE):
        stranger.get(path, expect=302)
        volunteer.get(path, expect=403)
    staff.get(FILE, expect=403)
    assert FILE not in staff.get(PAGE).html


def test_last_week_is_asked_for_by_itself(staff, friday):
    page = staff.get(PAGE)
    assert "From Sunday, October 3, 2027 to Saturday, October 9, 2027." in page.text
    for words in (
        "A walk",
        "Marchons ensemble.",
        "X, French",
        "Fri Oct 8, 2027, 23:30",
        "bob",
    ):
        assert words in page.text
    assert page.one("a[rel=noreferrer]")["href"] == "https://x.com/1"
    [chosen] = [link for link in page.all("a.chip") if link.get("aria-current")]
    assert chosen.text == "Last week"


def test_other_periods_are_one_press_away_and_keep_the_language(staff, friday):
    page = staff.get(PAGE, {"language": "fr", "from": "", "to": ""})
    offered = {link.text: link["href"] for link in page.all("a.chip")}
    assert list(offered) == ["Last week", "This week", "Last month", "This month"]
    month = staff.get(offered["This month"])
    assert (
        "From Friday, October 1, 2027 to Wednesday, October 13, 2027. Language: French."
        in month.text
    )
    assert "A walk" in month.text
    assert "Nothing went out on these days" in staff.get(offered["Last month"]).text
    assert "Nothing went out" in staff.get(PAGE, {"language": "en"}).text


def test_what_became_of_it_is_said(staff, friday):
    Delivery.objects.update(status=Status.REMOVED)
    events.note(
        friday.pk, "published", "removed", NOON, actor="second", action="removed", reason=""
    )
    page = staff.get(PAGE)
    assert "Taken down, Wed Oct 13, 2027, 12:00" in page.text
    assert not page.all("a[rel=noreferrer]")


def test_a_long_period_is_shown_a_page_at_a_time(staff, friday, monkeypatch):
    monkeypatch.setattr(went_out, "MOST", 1)
    delivery("b", due=LATE, status=Status.PUBLISHED, published_at=LATE + timedelta(minutes=1))
    page = staff.get(PAGE)
    assert len(page.all("tr")) == 2 and "A walk" in page.text
    [following] = [link for link in page.all("a.button") if link.text == "The next ones"]
    page = staff.get(following["href"])
    assert len(page.all("tr")) == 2 and "A walk" not in page.text
    assert not [link for link in page.all("a.button") if link.text == "The next ones"]
    assert [link for link in page.all("a.button") if link.text == "From the beginning"]


@pytest.mark.parametrize(
    "query", ["from=x&to=y", "from=2027-12-01&to=2027-01-01", "language=%00", "channel=none"]
)
def test_what_cannot_be_read_asks_for_nothing_bad(staff, query):
    staff.get(f"{PAGE}?{query}")


def test_the_file_says_the_same_on_the_sites_clock(admin, friday):
    heading, row = sheet(admin.get(FILE))
    told = dict(zip(heading, row, strict=True))
    assert told["Went out"] == "2027-10-08 23:30:00" and told["Time zone"] == "UTC-04:00"
    assert told["Approved by"] == "bob" and told["Approved on"] == "2027-10-07 23:30:00"
    assert told["Channel"] == "X, French" and told["Text"] == "Marchons ensemble."
    assert told["Address"] == "https://x.com/1"


def test_the_file_speaks_the_readers_language_and_holds_no_formula(admin, friday):
    Delivery.objects.update(text='=HYPERLINK("x")')
    heading, row = sheet(admin.french().get(FILE))
    assert "Approuvé par" in heading and "X (français)" in row
    assert '\'=HYPERLINK("x")' in row


def test_it_is_linked_from_the_log_and_from_today(staff, friday):
    for page in ("/log/", "/"):
        assert PAGE in [link["href"] for link in staff.get(page).all("a")]
