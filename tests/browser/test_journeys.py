"""From a volunteer's words to the publish log, in a real browser, with the clock publishing to the doubles."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from campaign.core.clock import system_clock
from tests.browser.conftest import Site, no_violations
from tests.stage import TORONTO, minutes_ago, until


def local(minutes: float) -> datetime:
    """The site's clock, so many minutes from now."""
    return system_clock().astimezone(TORONTO) + timedelta(minutes=minutes)


def contribute(page: Page, words: str) -> None:
    page.goto("/contributions/new/")
    no_violations(page)
    page.locator("input[name=kind][value=awareness]").check()
    page.locator("input[name=language][value=en]").check()
    page.locator("textarea[name=words]").fill(words)
    page.locator("button[name=then][value=hand_in]").click()
    page.wait_for_url(re.compile(r"/contributions/"))


def edit_and_hand_in(page: Page) -> str:
    """Maria opens what Vera wrote, adds the French, sets the time, looks at the preview, and hands it in."""
    page.goto("/approve/")
    page.get_by_role("link", name="Look at it, edit, translate").click()
    page.locator("textarea[name='fr.short']").fill(
        "Écoutez les personnes qui vivent avec la maladie."
    )
    page.locator("input[name=when_mode][value=time]").check()
    soon = local(-1)
    page.locator("input[name=when_date]").fill(f"{soon:%Y-%m-%d}")
    page.locator("input[name=when_time]").fill(f"{soon:%H:%M}")
    for channel in ("x-en", "x-fr", "page-en"):
        page.locator(f"input[name=channels][value={channel}]").check()
    expect(
        page.locator(".preview-twitter").get_by_text("Écoutez les personnes").first
    ).to_be_visible()
    no_violations(page)
    page.get_by_role("button", name=re.compile("submit", re.IGNORECASE)).first.click()
    page.wait_for_load_state("networkidle")
    return page.url


def test_from_a_volunteers_words_to_the_log_and_its_export(site: Site) -> None:
    vera = site.person("vera", phone=True)
    contribute(vera, "Listen to people who live with metastatic breast cancer.")
    expect(vera.locator("main")).to_contain_text("Listen to people who live")

    maria = site.person("maria")
    edit_and_hand_in(maria)

    maria.goto("/approve/")
    expect(maria.locator("main")).to_contain_text(
        "You wrote it or worked on it, so somebody else approves it."
    )

    bob = site.person("bob")
    bob.goto("/approve/")
    bob.get_by_role("link", name=re.compile("Read and approve")).first.click()
    expect(bob.locator("main")).to_contain_text(
        "Écoutez les personnes qui vivent avec la maladie."
    )
    no_violations(bob)
    bob.get_by_role("button", name=re.compile("^ ?Approve")).click()
    bob.wait_for_load_state("networkidle")

    ana = site.person("ana")
    until(
        lambda: (
            site.machine.sql(
                "SELECT COUNT(*) FROM campaign_delivery WHERE status = 'published'"
            )
            == [(3,)]
        )
    )
    ana.goto("/log/?what=sent:published")
    expect(ana.get_by_role("cell", name="X, French", exact=True).first).to_be_visible()
    texts = sorted(post.text for post in site.networks.ledger.posts)
    assert len(texts) == 3
    assert any(text.startswith("Écoutez les personnes") for text in texts)
    no_violations(ana)
    ana.goto("/log/")
    with ana.expect_download() as download:
        ana.get_by_role("link", name=re.compile("CSV")).click()
    exported = download.value.path().read_text("utf-8-sig")
    assert "Listen to people who live" in exported
    assert "bob" in exported

    vera.goto("/contributions/")
    expect(vera.locator("main")).to_contain_text(re.compile("published", re.IGNORECASE))


def test_words_are_kept_when_the_tab_is_closed(site: Site) -> None:
    maria = site.person("maria")
    maria.goto("/posts/new/")
    maria.locator("input[name=title]").fill("A thought for the evening")
    maria.locator("main form button.primary").click()
    address = maria.url
    maria.locator("textarea[name='en.short']").press_sequentially(
        "Half a sentence that nobody may lo"
    )
    with maria.expect_response(re.compile("/draft/")):
        maria.wait_for_timeout(100)
    maria.close(run_before_unload=False)
    again = site.person("maria")
    again.goto(address)
    expect(again.locator("textarea[name='en.short']")).to_have_value(
        "Half a sentence that nobody may lo"
    )


def test_two_who_write_at_once_are_told_and_lose_nothing(site: Site) -> None:
    maria, bob = site.person("maria"), site.person("bob")
    maria.goto("/posts/new/")
    maria.locator("input[name=title]").fill("Written by two")
    maria.locator("main form button.primary").click()
    bob.goto(maria.url)
    bob.locator("textarea[name='en.short']").fill("Bob's words.")
    maria.locator("textarea[name='en.short']").fill("Maria's words.")
    maria.locator("button[name=do][value=save]").first.click()
    maria.wait_for_load_state("networkidle")
    bob.locator("button[name=do][value=save]").first.click()
    bob.wait_for_load_state("networkidle")
    page = bob.locator("main")
    expect(page).to_contain_text("Maria's words.")
    assert "Bob's words." in (bob.content())
    no_violations(bob)


def test_a_pause_takes_two_actions_and_nothing_bursts_when_it_ends(site: Site) -> None:
    maria = site.person("maria")
    maria.goto("/")
    maria.get_by_role("button", name="Pause").or_(
        maria.get_by_role("link", name="Pause")
    ).first.click()
    maria.get_by_role("button", name="A day of mourning").first.click()
    maria.wait_for_load_state("networkidle")
    expect(maria.locator("main")).to_contain_text("A day of mourning")
    no_violations(maria)
    site.machine.post("held", minutes_ago(1))
    site.machine.runs(["load", "--by", "vera"], ["approve", "--all", "--by", "bob"])
    maria.wait_for_timeout(2500)
    assert site.networks.ledger.posts == []
    maria.goto("/pauses/")
    no_violations(maria)
    maria.get_by_role("button", name=re.compile("Resume|End")).first.click()
    maria.wait_for_load_state("networkidle")
    maria.wait_for_timeout(2500)
    assert site.networks.ledger.posts == []
    maria.goto("/")
    expect(maria.locator("main")).to_contain_text("missed")


def test_without_javascript_a_post_is_written_approved_and_moved(site: Site) -> None:
    maria = site.person("maria", script=False)
    maria.goto("/posts/new/")
    maria.locator("input[name=title]").fill("Without a script")
    maria.locator("main form button.primary").click()
    maria.locator("textarea[name='en.short']").fill("Plain words.")
    maria.locator("textarea[name='fr.short']").fill("Des mots simples.")
    later = local(60 * 24 * 3)
    maria.locator("input[name=when_mode][value=time]").check()
    maria.locator("input[name=when_date]").fill(f"{later:%Y-%m-%d}")
    maria.locator("input[name=when_time]").fill("10:30")
    maria.get_by_role("button", name=re.compile("submit", re.IGNORECASE)).first.click()
    bob = site.person("bob", script=False)
    bob.goto("/approve/")
    bob.get_by_role("link", name=re.compile("Read and approve")).first.click()
    bob.get_by_role("button", name=re.compile("^ ?Approve")).click()
    assert "queued" in site.machine.statuses()
    bob.goto(f"/calendar/?on={later:%Y-%m-%d}")
    expect(bob.locator("main")).to_contain_text("Without a script")
    bob.goto("/queue/")
    expect(bob.locator("main")).to_contain_text("Plain words.")


def test_somebody_is_invited_and_chooses_their_language(site: Site) -> None:
    ana = site.person("ana")
    ana.goto("/people/")
    no_violations(ana)
    ana.locator("input[type=email]").first.fill("noe@example.org")
    ana.locator("input[name=role][value=volunteer]").check()
    ana.get_by_role("button", name=re.compile("^ ?Invite")).click()
    ana.wait_for_load_state("networkidle")
    link = re.search(r"http://127\.0\.0\.1:\d+/invitations/[^\s\"<]+", ana.content())
    assert link
    noe = site.visitor(french=True, phone=True)
    noe.goto(link[0])
    no_violations(noe)
    noe.locator("input[name=name]").fill("noe")
    noe.locator("input[name=language][value=fr]").check()
    for field in noe.locator("input[type=password]").all():
        field.fill("une longue rivière tranquille")
    noe.locator("main form button.primary").click()
    noe.wait_for_load_state("networkidle")
    if noe.locator("input[name=login]").count():
        noe.locator("input[name=login]").fill("noe")
        noe.locator("input[name=password]").fill("une longue rivière tranquille")
        noe.locator("main form button.primary").click()
        noe.wait_for_load_state("networkidle")
    expect(noe.locator("html")).to_have_attribute("lang", "fr")
    expect(noe.locator("h1")).to_contain_text("Aujourd")


def test_what_is_out_is_corrected_on_a_phone_and_is_never_there_twice(site: Site) -> None:
    when = minutes_ago(2)
    site.machine.post("line", when, en="Call us: 555-0123.", fr="Appelez-nous, 555-0123.")
    for words in (("load", "--by", "vera"), ("approve", "--all", "--by", "bob")):
        site.machine.run(*words).well()
    ledger = site.networks.ledger
    until(lambda: len(ledger.texts()) == 3)
    until(lambda: site.machine.statuses().keys() == {"published"})
    maria = site.person("maria", phone=True)
    maria.goto("/posts/")
    maria.get_by_role("link", name="Line").first.click()
    expect(maria.locator("textarea")).to_have_count(0)
    no_violations(maria)
    maria.get_by_role("link", name="Correct what is out").click()
    no_violations(maria)
    maria.get_by_label("What is wrong?").fill("The last digit.")
    maria.get_by_role("button", name="Write the correction").click()
    maria.wait_for_url(re.compile(r"/posts/[0-9]+/$"))
    no_violations(maria)
    maria.locator("textarea[name='en.short']").fill("Call us: 555-0124.")
    maria.locator("textarea[name='fr.short']").fill("Appelez-nous, 555-0124.")
    maria.locator("button[value=submit]").first.click()
    maria.wait_for_load_state("networkidle")

    bob = site.person("bob", script=False)
    bob.goto("/approve/")
    bob.get_by_role("link", name=re.compile("Read and approve")).first.click()
    bob.get_by_role("button", name=re.compile("^ ?Approve")).click()
    until(
        lambda: (
            sorted(ledger.texts()) == ["Appelez-nous, 555-0124."] + ["Call us: 555-0124."] * 2
        )
    )
    until(lambda: site.machine.statuses().keys() == {"published", "removed"})
    # On Facebook it is the same post as before.
    assert len(ledger.posts) == 5
    maria.goto("/posts/")
    maria.get_by_role("link", name="Line", exact=True).click()
    expect(maria.locator("main")).to_contain_text("It is corrected by Line (corrected)")
