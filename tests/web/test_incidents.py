"""The pages of the register of incidents: for admins alone."""

from typing import Any

import pytest

from campaign.models.care import Incident
from tests.pages import Visitor

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"
TYPED: dict[str, Any] = {
    "found_on": "2027-10-12",
    "happened": "in the night",
    "what": "A drive was lost.",
    "data": "Sealed names.",
    "people": "about 12",
    "is_serious": "no",
    "why": "The key is kept elsewhere.",
    "done": "It was wiped from afar.",
}


def test_an_admin_writes_one_down_and_what_is_known_later(admin: Visitor) -> None:
    assert "No incidents" in admin.get("/incidents/").text
    page = admin.after("/incidents/new/", TYPED)
    assert page.h1 == "Incident 1"
    assert "It is in the register." in page.text
    more = {**TYPED, "people": "13", "closed_on": "2027-10-13", "version": "1"}
    page = admin.after("/incidents/1/", more)
    assert "Version 2" in page.text
    assert page.one("input[name=people]")["value"] == "13"
    listed = admin.get("/incidents/")
    assert "Closed" in listed.text
    assert len(listed.all("a[href=/incidents/1/]")) == 1


@pytest.mark.parametrize("path", ["", "new/", "1/", "incidents.csv"])
def test_nobody_else_sees_any_of_it(
    admin: Visitor, staff: Visitor, volunteer: Visitor, stranger: Visitor, path: str
) -> None:
    admin.post("/incidents/new/", TYPED)
    staff.get(f"/incidents/{path}", expect=403)
    volunteer.get(f"/incidents/{path}", expect=403)
    assert "sign-in" in stranger.get(f"/incidents/{path}", expect=302).went_to
    if path in ("new/", "1/"):
        staff.post(f"/incidents/{path}", TYPED, expect=403)
    assert Incident.objects.count() == 1


@pytest.mark.parametrize("name", ["found_on", "what", "is_serious"])
def test_what_is_missing_is_asked_for_beside_its_field_and_nothing_typed_is_lost(
    admin: Visitor, name: str
) -> None:
    page = admin.post("/incidents/new/", {**TYPED, name: ""}, expect=422)
    assert len(page.all(".error")) == 1
    if name != "people":
        assert page.one("input[name=people]")["value"] == "about 12"
    assert not Incident.objects.exists()


def test_a_risk_of_serious_injury_asks_for_telling(admin: Visitor) -> None:
    page = admin.after("/incidents/new/", {**TYPED, "is_serious": "yes"})
    assert "tell the authority and the people concerned" in page.text
    assert "Somebody has to be told" in admin.get("/incidents/").text
    assert page.one("input[name=is_serious][value=yes]").get("checked", "no") == ""


def test_two_who_write_at_once_lose_nothing(admin: Visitor) -> None:
    admin.post("/incidents/new/", TYPED)
    admin.post("/incidents/1/", {**TYPED, "people": "13", "version": "1"})
    page = admin.post("/incidents/1/", {**TYPED, "people": "14", "version": "1"}, expect=422)
    assert "Somebody wrote about this incident meanwhile" in page.text
    assert page.one("input[name=people]")["value"] == "14"


def test_one_that_there_is_not_is_no_page(admin: Visitor) -> None:
    admin.get("/incidents/9/", expect=404)
    admin.post("/incidents/9/", TYPED, expect=404)


def test_all_versions_go_into_a_spreadsheet_and_none_is_a_formula(admin: Visitor) -> None:
    admin.post("/incidents/new/", {**TYPED, "what": "=1+1"})
    admin.post("/incidents/1/", {**TYPED, "what": "A drive.", "version": "1"})
    answer = admin.get("/incidents/incidents.csv").response
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("number,version,found_on,")
    assert [line[:4] for line in lines[1:]] == ["1,1,", "1,2,"]
    assert "'=1+1" in lines[1]
    assert "no-store" in answer.headers["Cache-Control"]


def test_what_is_typed_is_no_markup(admin: Visitor) -> None:
    admin.post("/incidents/new/", {**TYPED, "what": EVIL})
    for path in ("/incidents/", "/incidents/1/"):
        assert EVIL not in admin.get(path).html


def test_it_is_in_french_for_who_reads_french(admin: Visitor) -> None:
    page = admin.french().get("/incidents/")
    assert page.h1 == "Registre des incidents"
    assert "legisquebec.gouv.qc.ca/fr/" in page.html
