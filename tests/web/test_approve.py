"""The pages on which a second person reads what goes out, approves it or gives it back."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from campaign.authoring import compose, load
from campaign.authoring.compose import Desk
from campaign.authoring.contributing import contributions
from campaign.authoring.contributing.contributions import Whose
from campaign.content.compared import WordRun
from campaign.content.post import Kind
from campaign.delivery.attachments import fingerprint
from campaign.models import Delivery, Event, Fact, Post
from campaign.models.stories import Storyteller
from campaign.people.roles import Role, add_user
from campaign.planning.plan import plan
from campaign.states import Stage, Status
from campaign.web.approve.shown import AROUND, shortened
from campaign.web.frame.moments import day
from campaign.web.frame.site import config, library
from tests.content.test_pictures import photo, written
from tests.deliveries import NOON, consent, delivery, person, post, says
from tests.folders import make_folder

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert('x')</script>"
CHANNELS = ("twitter-en", "twitter-fr", "facebook-en", "facebook-fr")


@pytest.fixture
def folder(tmp_path, settings):
    """A small campaign on the pages, in a folder of its own."""
    made = make_folder(tmp_path)
    content = replace(settings.CONFIG.content, posts=made.posts, templates=made.templates)
    web = replace(settings.CONFIG.web, uploads=tmp_path / "uploads")
    settings.CONFIG = replace(settings.CONFIG, content=content, web=web)
    return made


@pytest.fixture
def vic(db):
    return add_user("vic", Role.VOLUNTEER)[0]


def loaded(
    folder,
    by,
    head='when = "mbc-day 09:00"\nfacts = ["spread"]',
    en="It has spread: to the bone.",
    fr="Il s’est propagé.",
):
    """A post from a file, loaded by its author."""
    folder.post("one", head, en, fr)
    found = plan(library(), config(), NOON - timedelta(days=9))
    assert not found.errors(), found.errors()
    load.load(found, library(), NOON - timedelta(days=9), by)
    return Post.objects.get(key="know/one")


@pytest.fixture
def one(folder, vic, site_clock):
    site_clock.advance(days=-9)
    return loaded(folder, vic)


def shown(page):
    return [field["value"] for field in page.all("input[name=shown]")]


def approved(visitor, of):
    page = visitor.get(f"/approve/{of.pk}/")
    return visitor.after(f"/approve/{of.pk}/", {"shown": shown(page)})


def statuses(of):
    return set(of.deliveries.values_list("status", flat=True))


def contribution(
    by, kind=Kind.AWARENESS, note="", words="Bring soup, not advice.", language="en"
):
    made = contributions.contribute(kind, words, language, "know", by, NOON)
    contributions.hand_in(
        made, by, NOON, note=note, whose=Whose.OTHER if kind is Kind.STORY else None
    )
    return Post.objects.get(pk=made.pk)


def test_nothing_waits_is_said_in_words(staff):
    page = staff.get("/approve/")
    assert "Nothing waits for approval" in page.text
    assert "Nothing new from volunteers" in page.text


def test_what_waits_is_listed_with_who_wrote_it_and_when_it_is_due_first(staff, one):
    page = staff.get("/approve/")
    assert "Written by vic" in page.text
    assert "4 deliveries (X, Facebook; English, French)" in page.text
    assert "first due Wed Oct 13, 2027, 09:00" in page.text
    assert "It has spread: to the bone." in page.text
    assert f"/approve/{one.pk}/" in [link["href"] for link in page.all("a")]


def test_the_exact_texts_are_shown_in_both_languages_with_facts_and_their_sources(staff, one):
    page = staff.get(f"/approve/{one.pk}/")
    for said in (
        "It has spread: to the bone.",
        "Il s’est propagé.",
        "27 of 280 characters",
        "Wednesday, October 13, 2027, 09:00",
        "MBC Day",
        "Canadian Network",
        "to be reviewed by Tuesday, January 1, 2030",
    ):
        assert said in page.text, said
    assert "https://example.org/spread" in [link["href"] for link in page.all("a")]
    assert {words["lang"] for words in page.all("p.words")} == {"en", "fr"}


def test_both_languages_are_approved_as_one_and_it_can_be_undone(staff, one):
    page = approved(staff, one)
    assert "Approved: 4 deliveries are queued" in page.text
    assert statuses(one) == {Status.QUEUED}
    assert set(one.deliveries.values_list("approved_by__username", flat=True)) == {"maria"}
    page = staff.after(f"/approve/{one.pk}/undo/")
    assert "4 deliveries wait for approval again" in page.text
    assert statuses(one) == {Status.DRAFT}


def test_an_approval_is_not_undone_when_something_has_gone_out(staff, one):
    approved(staff, one)
    Delivery.objects.filter(channel="twitter-en").update(status=Status.PUBLISHED)
    assert "Undo the approval" not in staff.get(f"/approve/{one.pk}/").text
    assert "has gone out since" in staff.after(f"/approve/{one.pk}/undo/").text
    assert Status.QUEUED in statuses(one)


def test_what_has_changed_since_the_page_was_opened_is_not_approved(staff, one):
    seen = shown(staff.get(f"/approve/{one.pk}/"))
    Delivery.objects.filter(channel="twitter-en").update(
        text="Other words.", fingerprint=fingerprint("Other words.")
    )
    page = staff.after(f"/approve/{one.pk}/", {"shown": seen})
    assert "has changed since you opened this page, so nothing is approved" in page.text
    assert "Other words." in page.text
    assert statuses(one) == {Status.DRAFT}


@pytest.mark.parametrize("sent", [[], ["nonsense"], ["1:abc"]])
def test_an_approval_that_names_nothing_shown_approves_nothing(staff, one, sent):
    staff.post(f"/approve/{one.pk}/", {"shown": sent}, expect=303)
    assert statuses(one) == {Status.DRAFT}


def test_who_wrote_a_post_is_told_instead_of_asked(staff, second, one):
    Post.objects.update(author=staff.user)
    page = staff.get(f"/approve/{one.pk}/")
    assert "You wrote this post, so somebody else approves it" in page.text
    assert not page.all("input[name=shown]")
    assert "You wrote it or worked on it" in staff.get("/approve/").text
    seen = shown(second.get(f"/approve/{one.pk}/"))
    assert (
        "somebody else has to approve it"
        in staff.after(f"/approve/{one.pk}/", {"shown": seen}).text
    )
    assert statuses(one) == {Status.DRAFT}


def test_who_worked_on_a_post_does_not_approve_it(staff, second, one, site_clock):
    desk = Desk(config(), library())
    fields, number = compose.current_fields(one, desk, site_clock())
    compose.save(
        one,
        fields.with_text("en", "short", "It has spread."),
        staff.user,
        number,
        desk,
        site_clock(),
    )
    assert "You worked on this post" in staff.get(f"/approve/{one.pk}/").text
    assert "Written by vic, last changed by maria" in second.get("/approve/").text
    approved(second, one)
    assert statuses(one) == {Status.QUEUED}


def test_the_setting_lets_people_approve_messages_of_their_own_and_no_stories(
    staff, one, settings
):
    publishing = replace(settings.CONFIG.publishing, own_approval=True)
    settings.CONFIG = replace(settings.CONFIG, publishing=publishing)
    Post.objects.update(author=staff.user, kind="story")
    assert "You wrote this post" in staff.get(f"/approve/{one.pk}/").text
    assert "You wrote it or worked on it" in staff.get("/approve/").text
    Post.objects.update(kind="awareness")
    assert "You wrote it or worked on it" not in staff.get("/approve/").text
    approved(staff, one)
    assert statuses(one) == {Status.QUEUED}


def test_what_has_changed_since_the_last_approval_is_marked(staff, second, one, site_clock):
    approved(second, one)
    text = "It has spread: one in five."
    Delivery.objects.filter(channel="twitter-en").update(
        text=text, fingerprint=fingerprint(text), status=Status.DRAFT
    )
    page = staff.get(f"/approve/{one.pk}/")
    assert "What has changed since bob approved it" in page.text
    assert "bone" in page.one("del").text
    assert "five" in page.one("ins").text
    assert "taken out:" in page.one("del").text


def test_long_texts_are_shortened_around_their_changes():
    runs = [
        WordRun("a word " * 90, "a word " * 90),
        WordRun("old", "new"),
        WordRun(" and on" * 90, " and on" * 90),
    ]
    first, change, last = shortened(runs)
    assert change == WordRun("old", "new")
    assert first.new.startswith("…")
    assert first.new.endswith("a word ".strip())
    assert last.new.endswith("…")
    assert max(len(first.new), len(last.new)) <= AROUND + 4


def test_changed_pictures_are_told_when_the_words_are_the_same(staff, second, one):
    approved(second, one)
    Delivery.objects.filter(channel="twitter-en").update(
        fingerprint="f" * 64, status=Status.DRAFT
    )
    assert (
        "The pictures, or their descriptions, have changed"
        in staff.get(f"/approve/{one.pk}/").text
    )


def test_the_gates_reasons_stand_beside_the_text_and_only_the_rest_is_approved(
    staff, one, site_clock
):
    late = site_clock() - timedelta(days=2)
    Delivery.objects.filter(channel="twitter-fr").update(latest_at=late)
    assert "1 thing stands in the way" in staff.get("/approve/").text
    page = staff.get(f"/approve/{one.pk}/")
    assert "Its time is over" in page.text
    assert "1 text is held back" in page.text
    page = approved(staff, one)
    assert "3 deliveries are queued" in page.text
    assert "Its time is over" in page.text
    assert list(
        one.deliveries.filter(status=Status.DRAFT).values_list("channel", flat=True)
    ) == ["twitter-fr"]


def _button(visitor, of):
    buttons = visitor.get(f"/approve/{of.pk}/").all("button.primary")
    return buttons[-1].text


def test_the_button_says_what_its_press_approves(staff, one):
    assert _button(staff, one) == "Approve, in both languages"
    one.deliveries.filter(network="facebook").update(status=Status.PUBLISHED)
    assert _button(staff, one) == "Approve for X, English · X, French"
    one.deliveries.filter(channel="twitter-fr").update(status=Status.CANCELLED)
    assert _button(staff.french(), one) == "Approuver pour X (anglais)"


def test_where_nothing_can_go_out_there_is_no_button(staff, one):
    Fact.objects.update(review_by=date(2020, 1, 1))
    page = staff.get(f"/approve/{one.pk}/")
    assert "Nothing of it can go out as it stands" in page.text
    assert not shown(page)


def test_a_text_whose_fact_has_been_corrected_since_is_told(staff, folder, vic, site_clock):
    site_clock.advance(days=-9)
    of = loaded(folder, vic, en='{{ fact("spread") }} Really.')
    assert "It has spread. Really." in staff.get(f"/approve/{of.pk}/").text
    facts = folder.root / "posts" / "facts.toml"
    folder.write(
        "posts/facts.toml",
        facts.read_text("utf-8").replace("It has spread.", "It has reached more organs."),
    )
    assert (
        "has changed since. Save or load the post again" in staff.get(f"/approve/{of.pk}/").text
    )


def test_a_story_shows_its_consent_as_it_is_recorded(staff, folder, vic, site_clock):
    site_clock.advance(days=-9)
    folder.template("{{ text }}", "story")
    narrowed = '[consent]\nstoryteller = "S-0001"\ngiven_on = 2027-01-01\nuntil = 2028-01-01\nchannels = ["twitter-en"]'
    head = f'kind = "story"\nwhen = "mbc-day 09:00"\nchannels = ["twitter-en"]\n{narrowed}'
    of = loaded(folder, vic, head)
    record = consent(person(), channels=("twitter-en",))
    says(of.deliveries.get())
    page = staff.get(f"/approve/{of.pk}/")
    for said in (
        "S-0001",
        day(record.valid_from),
        day(record.valid_until),
        "X, English",
        "seen these very words",
    ):
        assert said in page.text
    Storyteller.objects.update(withdrawn_at=NOON)
    page = staff.get(f"/approve/{of.pk}/")
    assert page.all("span.badge[data-status=error]") or "taken back" in page.text.lower()
    assert not shown(page)
    Post.objects.update(storyteller="")
    assert "No consent is recorded" in staff.get(f"/approve/{of.pk}/").text


def test_a_picture_is_shown_as_its_network_gets_it_with_its_description(
    staff, folder, vic, site_clock
):
    site_clock.advance(days=-9)
    file = folder.root / "posts" / "know" / "dawn.jpg"
    file.write_bytes(written(photo(), "JPEG"))
    alts = 'alt.en = "Two people walk by the lake at dawn"\nalt.fr = "Deux personnes marchent au bord du lac"'
    media = f'[[media]]\nfile = "{file.name}"\n{alts}'
    of = loaded(
        folder, vic, f'when = "mbc-day 09:00"\nchannels = ["twitter-en", "twitter-fr"]\n{media}'
    )
    page = staff.get(f"/approve/{of.pk}/")
    assert "Two people walk by the lake at dawn" in page.text
    sources = [image["src"] for image in page.all("img")]
    answer = staff.client.get(sources[0])
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    staff.get(f"{sources[0][:-2]}2/", expect=404)
    file.write_bytes(b"another picture")
    staff.get(sources[0], expect=404)
    assert "The picture dawn.jpg has changed since" in staff.get(f"/approve/{of.pk}/").text
    file.unlink()
    assert "The picture dawn.jpg is not there any more" in staff.get(f"/approve/{of.pk}/").text


def test_what_volunteers_handed_in_stands_there_with_its_note(staff, vic):
    made = contribution(vic, Kind.STORY, "She prefers to stay anonymous.")
    page = staff.get("/approve/")
    for said in (
        "Bring soup, not advice.",
        "She prefers to stay anonymous.",
        "that person has said yes",
        "from vic",
    ):
        assert said in page.text
    links = [link["href"] for link in page.all("a")]
    assert f"/posts/{made.pk}/" in links
    assert f"/approve/{made.pk}/return/" in links


def test_what_is_not_planned_yet_is_read_and_not_approved(staff, vic):
    made = contribution(vic, note="For October?")
    page = staff.get(f"/approve/{made.pk}/")
    assert "Bring soup, not advice." in page.text
    assert "It is not planned yet" in page.text
    assert "For October?" in page.text
    assert "planned yet" in staff.after(f"/approve/{made.pk}/").text


def test_a_contribution_is_returned_with_a_kind_reason_in_the_language_of_its_author(
    staff, vic
):
    made = contribution(vic, words="De la soupe, pas des conseils.", language="fr")
    page = staff.get(f"/approve/{made.pk}/return/?begin=shorter")
    assert len(page.all("a[data-words]")) == 4
    assert page.one("textarea#reason")["lang"] == "fr"
    assert page.one("textarea#reason").text.strip()
    page = staff.after(
        f"/approve/{made.pk}/return/", {"reason": "Merci!\r\nUn peu plus court?"}
    )
    assert "Returned, with your words" in page.text
    made.refresh_from_db()
    assert (made.stage, made.stage_reason) == (Stage.RETURNED, "Merci!\nUn peu plus court?")
    assert "It was returned" in staff.get(f"/approve/{made.pk}/").text


@pytest.mark.parametrize(
    ("reason", "said"), [(" ", "Say in a few words"), ("a" * 1_001, "too long")]
)
def test_a_reason_that_cannot_be_kept_is_told_and_stays_in_the_form(staff, vic, reason, said):
    made = contribution(vic)
    page = staff.post(f"/approve/{made.pk}/return/", {"reason": reason}, expect=422)
    assert said in page.text
    assert page.one("textarea#reason").text.strip() == reason.strip()


def test_a_planned_post_is_returned_before_it_is_approved_and_not_after(staff, one):
    assert "Return with a reason" in staff.get(f"/approve/{one.pk}/").text
    approved(staff, one)
    assert "Return with a reason" not in staff.get(f"/approve/{one.pk}/").text
    page = staff.post(f"/approve/{one.pk}/return/", {"reason": "Not yet."}, expect=422)
    assert "take the approval back first" in page.text


def test_a_story_that_was_taken_back_and_is_out_is_told_first(staff, vic):
    made = contribution(vic, Kind.STORY)
    Post.objects.filter(pk=made.pk).update(stage=Stage.PLANNED)
    out = delivery(of=made, status=Status.PUBLISHED)
    contributions.take_back(made, vic, NOON)
    page = staff.get("/approve/")
    assert "Taken back by who wrote it, and still out" in page.text
    assert f"/queue/{out.pk}/" in [link["href"] for link in page.all("a")]
    assert (
        "It was taken back by the person who wrote it" in staff.get(f"/approve/{made.pk}/").text
    )


@pytest.mark.parametrize("address", ["", "{}/", "{}/return/"])
def test_volunteers_and_strangers_do_not_see_these_pages(volunteer, stranger, one, address):
    url = f"/approve/{address.format(one.pk)}"
    volunteer.get(url, expect=403)
    assert "/approve/" in stranger.get(url, expect=302).went_to


@pytest.mark.parametrize("address", ["{}/", "{}/undo/", "{}/return/"])
def test_volunteers_decide_nothing(volunteer, one, address):
    volunteer.post(f"/approve/{address.format(one.pk)}", {"reason": "No."}, expect=403)
    assert statuses(one) == {Status.DRAFT}
    assert not Event.objects.filter(post=one).exists()


@pytest.mark.parametrize("address", ["4711/", "4711/return/", "pictures/4711/1/"])
def test_what_is_not_there_is_not_found(staff, address):
    staff.get(f"/approve/{address}", expect=404)


def test_it_can_be_read_in_french(staff, one, vic):
    contribution(vic, Kind.STORY)
    staff.french()
    for address in ("/approve/", f"/approve/{one.pk}/", f"/approve/{one.pk}/return/"):
        page = staff.get(address)
        assert page.one("html")["lang"] == "fr"
    assert "mercredi 13 octobre 2027" in staff.get(f"/approve/{one.pk}/").text


def test_what_somebody_typed_is_shown_as_text(staff, vic):
    made = contribution(vic, note=HOSTILE, words=HOSTILE)
    for address in ("", f"{made.pk}/", f"{made.pk}/return/"):
        assert HOSTILE not in staff.get(f"/approve/{address}").html
    of = post("b", title=HOSTILE, author=vic, stage_reason=HOSTILE)
    pictures = json.dumps([{"file": HOSTILE, "sha256": "0" * 64, "alt": HOSTILE}])
    delivery(
        of=of,
        status=Status.DRAFT,
        text=HOSTILE,
        pictures=pictures,
        approved_text="x",
        approved_at=NOON,
    )
    page = staff.get(f"/approve/{of.pk}/")
    assert HOSTILE not in page.html + staff.get("/approve/").html
    assert "alert('x')" in page.text


def test_many_posts_cost_no_more_questions_and_come_in_pages(
    staff, vic, django_assert_max_num_queries
):
    for number in range(53):
        of = post(f"post-{number}", author=vic, title=f"Post {number}")
        delivery(
            of=of, status=Status.DRAFT, due=NOON + timedelta(hours=number), facts="spread other"
        )
        contribution(vic, words=f"Words {number}.")
    with django_assert_max_num_queries(24):
        page = staff.get("/approve/")
    names = [
        link.text.strip()
        for link in page.all("a")
        if link["href"].startswith("/approve/") and "Post " in link.text
    ]
    assert "Post 0" in names
    assert "Post 50" not in names
    later = next(link["href"] for link in page.all("a") if "after=" in link["href"])
    page = staff.get(f"/approve/{later}")
    assert "Post 50" in page.text
    earlier = next(link["href"] for link in page.all("a") if "before=" in link["href"])
    assert "Post 0" in staff.get(f"/approve/{earlier}").text
    more = next(link["href"] for link in page.all("a") if "more=" in link["href"])
    assert "Words 52." in staff.get(f"/approve/{more.split('#')[0]}").text


def test_one_post_costs_few_questions(staff, one, django_assert_max_num_queries):
    with django_assert_max_num_queries(26):
        staff.get(f"/approve/{one.pk}/")
