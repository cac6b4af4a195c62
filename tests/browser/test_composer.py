"""The composer's tools in a real browser: by mouse, by keyboard, and on a telephone."""

import base64
import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, no_violations, nothing_is_cut_off
from tests.content.test_pictures import photo
from tests.content.test_pictures import written as encoded

DROP = """data => {
  const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], "a.jpg", { type: "image/jpeg" }));
  const dropped = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: carried });
  document.getElementById("pictures").dispatchEvent(dropped);
}"""
SLIPS = 'Venez !! C\'est ici : "Oui" ; vraiment ?'


def begun(page: Page) -> str:
    """A post that is begun with a key, and with its title alone."""
    page.goto("/")
    page.keyboard.press("n")
    page.wait_for_url("**/posts/new/")
    page.locator("input[name=title]").fill("With all tools")
    page.locator("#campaign").select_option("know")  # whose hashtags are offered
    page.locator("main form button.primary").click()
    page.wait_for_url(re.compile(r"/posts/\d+/"))
    return page.url


def corrected_and_undone(page: Page) -> None:
    text = page.locator("textarea[name='fr.short']")
    text.fill(SLIPS)
    page.get_by_role("button", name="Correct all that is safe").click()
    expect(text).to_have_value("Venez! C’est ici\u00a0: «\u00a0Oui\u00a0»; vraiment?")
    page.get_by_role("button", name="Undo the corrections").click()
    expect(text).to_have_value(SLIPS)
    text.fill("Venez ici.")
    expect(page.locator("#look-fr-short")).to_contain_text("Venez ici.")


def picked(page: Page) -> None:
    """A hashtag behind a word in the middle of the text, and an emoji by its name, with no mouse."""
    text = page.locator("textarea[name='en.short']")
    text.fill("Come and see us")
    text.evaluate("field => field.setSelectionRange(4, 4)")
    page.locator("details.picker summary").first.press("Enter")
    page.get_by_role("button", name="#MBC: Short text, English").press("Enter")
    expect(text).to_have_value("Come #MBC and see us")
    page.locator("[data-emoji='en-short']").press("Enter")
    no_violations(page)
    page.locator("#emoji-words").fill("tulip")
    page.locator("#emoji-words").press("Enter")
    expect(text).to_have_value("Come #MBC 🌷 and see us")
    expect(text).to_be_focused()


def cropped(page: Page) -> None:
    page.evaluate(DROP, base64.b64encode(encoded(photo((300, 600)), "JPEG")).decode())
    expect(page.locator("fieldset.picture-row")).to_have_count(1)
    page.locator("#crop-0 summary").click()
    frame = page.locator("#crop-0 .cut-frame")
    page.wait_for_load_state(
        "networkidle"
    )  # nothing more is moved by what is told of the picture
    frame.hover(position={"x": 20, "y": 20})
    page.mouse.down()
    place = frame.bounding_box()
    assert place
    page.mouse.move(place["x"] + 20, place["y"] + 900, steps=3)
    page.mouse.up()
    expect(page.locator("#crop-0 [data-cut=down]")).to_have_value("100")
    no_violations(page)
    page.locator("button[value=crop-0]").click()
    expect(page.locator("button[value=whole-0]")).to_have_count(1)
    page.locator("button[value=remove-0]").click()
    expect(page.locator("fieldset.picture-row")).to_have_count(0)


def test_a_post_is_written_with_all_tools_and_on_a_telephone_it_is_short(site: Site) -> None:
    maria = site.person("maria")
    address = begun(maria)
    picked(maria)
    corrected_and_undone(maria)
    cropped(maria)
    maria.locator("h1").click()
    maria.keyboard.press("?")
    expect(maria.locator("#keys")).to_contain_text("Ctrl + Enter")
    no_violations(maria)
    maria.keyboard.press("Escape")
    maria.locator("textarea[name='en.short']").press("Control+Enter")
    expect(maria.locator(".notices")).to_contain_text("Saved as version")

    phone = site.person("maria", phone=True, french=True)
    phone.goto(address)
    expect(phone.locator("#look-en-short")).to_be_hidden()
    expect(phone.locator(".save-bar")).to_be_in_viewport()
    no_violations(phone)
    # What is wrong in a folded part opens it.
    phone.locator("summary", has_text="Afficher les canaux").click()
    for box in phone.locator("input[name=channels]").all():
        box.uncheck()
    phone.locator("summary", has_text="Afficher les canaux").click()
    expect(phone.locator("#notes-channels")).to_be_visible()
    phone.set_viewport_size({"width": 320, "height": 640})
    nothing_is_cut_off(phone)
    # What is fixed makes no page wider: it would be cut off unseen.
    ends = [button.bounding_box() for button in phone.locator(".save-bar button").all()]
    assert all(end and end["x"] + end["width"] <= 320 for end in ends)
