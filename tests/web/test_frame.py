"""The frame around every page: nothing inline, nothing from elsewhere, nothing for those who may not."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client, override_settings

from campaign.core.installation import PACKAGE
from campaign.settings import MIDDLEWARE
from campaign.web.frame import site
from tests.pages import Visitor

WEB = PACKAGE / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates"))
)
def test_a_template_has_no_style_and_no_script_of_its_own(template: Path) -> None:
    html = re.sub(r"{%.*?%}", "", template.read_text("utf-8"), flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:|hx-on|js:", html)
    for marks, inside in re.findall(r"<script\b([^>]*)>(.*?)</script>", html, re.DOTALL):
        assert ("src=" in marks and not inside.strip()) or 'type="application/json"' in marks
    assert "|safe" not in html
    assert not re.search(r'(src|href|action)="(https?:)?//', html), "something from elsewhere"


@pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: str(path.relative_to(WEB / "templates"))
)
def test_a_colon_after_what_a_page_fills_in_is_set_in_the_readers_language(
    template: Path,
) -> None:
    html = template.read_text("utf-8")
    ours = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", html, flags=re.DOTALL)
    assert re.findall(r"(?:}}|%}|</a>|</strong>)\s*:(?=\s).*", ours) == []


def test_a_page_may_load_nothing_from_elsewhere_and_stand_in_no_frame(staff: Visitor) -> None:
    headers = staff.get("/").response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]


def test_the_cookies_are_out_of_reach_of_scripts_and_of_other_sites(
    staff: Visitor, settings: Any
) -> None:
    cookies = (
        staff.post("/language/", {"language": "fr"}).response.cookies
        | staff.get("/").response.cookies
    )
    assert cookies
    for cookie in cookies.values():
        assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True), cookie
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_with_https_everything_that_django_advises_is_done() -> None:
    https = override_settings(
        DEBUG=False,
        SECRET_KEY="drawn by chance, and much longer than anybody would guess: 7d0f1",
        SECURE_SSL_REDIRECT=True,
        SECURE_HSTS_SECONDS=31_536_000,
        SESSION_COOKIE_SECURE=True,
        CSRF_COOKIE_SECURE=True,
    )
    with https:
        call_command("check", "--deploy", "--fail-level", "WARNING")


@pytest.mark.django_db
def test_a_form_from_another_site_changes_nothing(staff: Visitor) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert staff.user
    strict.force_login(staff.user)
    page = Visitor(strict).post("/language/", {"language": "fr"}, expect=403)
    assert "This form is out of date" in page.text


def test_what_is_not_there_is_said_kindly(staff: Visitor, stranger: Visitor) -> None:
    page = staff.get("/no-such-page/", expect=404)
    assert page.h1 == "There is no such page"
    assert stranger.get("/no-such-page/", expect=404).h1 == page.h1


def test_a_host_that_is_not_ours_is_refused(stranger: Visitor) -> None:
    assert stranger.client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_the_frame_is_in_the_readers_language(staff: Visitor) -> None:
    page = staff.french().get("/")
    assert page.one("html")["lang"] == "fr"
    assert "Se déconnecter" in page.text
    assert "Sign out" not in page.text


def test_the_button_of_the_menu_names_the_page_that_is_shown(staff: Visitor) -> None:
    assert staff.get("/queue/").one("[popovertarget=menu]").text.endswith("Queue")
    assert staff.get("/account/").one("[popovertarget=menu]").text == "Menu Menu"


def test_the_menu_has_what_one_may_see(volunteer: Visitor, admin: Visitor) -> None:
    pages = [line.text for line in volunteer.get("/").all("a[aria-current=page]")]
    assert pages == ["Today"]
    assert "Queue" not in volunteer.get("/").one("nav#menu").text
    assert "Incidents" in admin.get("/").one("nav#menu").text


def test_access_is_refused_before_any_page_of_ours_is_asked() -> None:
    ours = MIDDLEWARE.index("campaign.web.frame.access.AccessMiddleware")
    assert ours > MIDDLEWARE.index("django.contrib.auth.middleware.AuthenticationMiddleware")


def test_a_file_with_another_name_of_the_same_length_is_seen_at_once(tmp_path):
    (tmp_path / "one.toml").write_text("a")
    os.utime(tmp_path, (1, 1))
    before = site._stamp(tmp_path)
    (tmp_path / "one.toml").rename(tmp_path / "two.toml")
    assert site._stamp(tmp_path) != before
