"""Another time for a post: by drag, by keyboard, and refused in words."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.conftest import Site, no_violations
from tests.browser.test_journeys import local
from tests.stage import Machine

ALWAYS = 'name.en = "Know it"\nname.fr = "La connaître"\nhashtags.en = ["#MBC"]\nhashtags.fr = ["#CSM"]\n'
"""A campaign without end, so that no move leaves it."""


def queued(machine: Machine, days: int) -> str:
    """A post at noon, so many days from now. Returns its day."""
    day = f"{local(60 * 24 * days):%Y-%m-%d}"
    machine.folder.write("posts/know/campaign.toml", ALWAYS)
    machine.post("walk", f'when = "{day} 12:00"')
    machine.runs(["load", "--by", "vera"], ["approve", "--all", "--by", "bob"])
    return day


def due_days(machine: Machine) -> set[str]:
    return {str(row[0])[:10] for row in machine.sql("SELECT due_at FROM campaign_delivery")}


def test_a_post_is_dragged_to_another_day_and_keeps_its_time(site: Site) -> None:
    day = queued(site.machine, 3)
    maria = site.person("maria")
    maria.goto(f"/calendar/?view=month&on={day}")
    unit = maria.locator(".unit[draggable=true]").first
    expect(unit).to_be_visible()
    other = f"{local(60 * 24 * 4):%Y-%m-%d}"
    target = maria.locator(f"[data-day='{other}'], [data-date='{other}']").first
    unit.drag_to(target)
    maria.wait_for_load_state("networkidle")
    expect(maria.locator("#calendar-said .notice")).to_be_visible()
    assert due_days(site.machine) == {other}
    no_violations(maria)


def test_a_post_is_moved_by_the_keyboard_alone(site: Site) -> None:
    day = queued(site.machine, 3)
    maria = site.person("maria")
    maria.goto(f"/calendar/?view=month&on={day}")
    maria.locator(".unit .move").first.focus()
    maria.keyboard.press("Enter")
    expect(maria.locator("dialog[open]")).to_be_visible()
    no_violations(maria)
    other = f"{local(60 * 24 * 5):%Y-%m-%d}"
    maria.locator("#move-date").fill(other)
    maria.locator("#move-time").focus()
    maria.keyboard.press("Enter")
    maria.wait_for_load_state("networkidle")
    expect(maria.locator("dialog[open]")).to_have_count(0)
    assert due_days(site.machine) == {other}


def test_a_time_that_is_past_is_refused_in_words_and_escape_closes(site: Site) -> None:
    day = queued(site.machine, 3)
    maria = site.person("maria", dark=True)
    maria.goto(f"/calendar/?view=month&on={day}")
    maria.locator(".unit .move").first.click()
    maria.locator("#move-date").fill(f"{(local(0) - timedelta(days=2)):%Y-%m-%d}")
    maria.locator("dialog[open] button.primary").click()
    expect(maria.locator("#move-errors")).to_contain_text("past")
    no_violations(maria)
    maria.keyboard.press("Escape")
    expect(maria.locator("dialog[open]")).to_have_count(0)
    assert due_days(site.machine) == {day}


def test_on_a_phone_the_calendar_is_a_list(site: Site) -> None:
    day = queued(site.machine, 2)
    maria = site.person("maria", phone=True, french=True)
    maria.goto(f"/calendar/?on={day}")
    expect(maria.locator("main")).to_contain_text(re.compile(r"12\sh\s00"))
    no_violations(maria)


def test_on_a_phone_a_slot_that_is_pressed_is_the_time_and_a_far_one_is_asked_about(
    site: Site,
) -> None:
    site.machine.folder.post()
    maria = site.person("maria", phone=True)
    maria.goto("/calendar/?view=list")
    slot = maria.locator("a[data-slot]").last
    day = slot.get_attribute("data-slot-day")
    slot.click()
    maria.locator("#title").fill("A walk")
    maria.locator("#campaign").select_option("know")  # everyday posts have no first day
    maria.get_by_role("button", name="Begin to write").click()
    expect(maria.locator("#when_date")).to_have_value(str(day))
    expect(maria.locator("#when_time")).to_have_value("10:00")
    expect(maria.locator("#sum")).to_contain_text("2 things still to write")
    no_violations(maria)
    maria.locator("textarea[name='en.short']").fill("Walk with us.")
    maria.locator("textarea[name='fr.short']").fill("Marchez avec nous.")
    maria.locator("input[name=when_mode][value=slot]").check()
    due = maria.locator("#due")
    expect(due).to_contain_text("Is that meant?")
    no_violations(maria)
    due.locator("button[name=fix]").first.click()
    expect(maria.locator("input[name=when_mode][value=time]")).to_be_checked()
    maria.get_by_role("button", name="Save and submit for approval").first.click()
    expect(maria.locator(".notices")).to_contain_text("3 deliveries wait for somebody else")
    assert len(due_days(site.machine)) == 1
