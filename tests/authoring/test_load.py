"""Loading: what is not out follows its file, what is out never changes, a changed text loses its approval."""

from datetime import timedelta

import pytest

from campaign.authoring import load
from campaign.config import Channel, Config
from campaign.content.library import read_library
from campaign.core.problem import Problem
from campaign.decisions import approving, rescheduling
from campaign.delivery.attachments import fingerprint
from campaign.models import Delivery, Event, Fact, Post
from campaign.people.roles import Role, add_user
from campaign.planning.known import known_now
from campaign.planning.plan import plan
from campaign.states import Status
from tests.deliveries import NOON, RULES, TORONTO, status_of

pytestmark = pytest.mark.django_db
CHANNELS = {name: Channel(name, network, language, slots=("daily 09:00",)) for name, network, language in (
    ("x-en", "twitter", "en"),
    ("fb-fr", "facebook", "fr"),
)}  # fmt: skip
POST = """
kind = "awareness"
template = "plain"
channels = ["x-en", "fb-fr"]
when = "2027-10-13 18:00"
[en]
short = "Hello"
[fr]
short = "Bonjour"
"""


@pytest.fixture
def folder(tmp_path):
    for network in ("short", "long"):
        path = tmp_path / "templates" / "plain" / f"{network}.txt.j2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{{ text }}", "utf-8")
    (tmp_path / "posts" / "mbc").mkdir(parents=True)
    write(tmp_path, POST)
    return tmp_path


def write(folder, text, name="a"):
    (folder / "posts" / "mbc" / f"{name}.toml").write_text(text, "utf-8")


def loaded(folder, now=NOON, by=None, paths=(), channels=CHANNELS):
    library = read_library(folder / "posts", folder / "templates", paths)
    planned = plan(library, Config(channels=channels), now, known_now(now))
    return load.load(planned, library, now, by)


def one(channel="x-en", name="a"):
    return Delivery.objects.get(post__key=f"mbc/{name}", channel=channel)


def approved(folder):
    staff = add_user("anna", Role.STAFF)[0]
    loaded(folder)
    approving.approve(Post.objects.get(), staff, NOON, TORONTO)


def everything():
    return [
        list(model.objects.order_by("id").values()) for model in (Post, Delivery, Event, Fact)
    ]


@pytest.mark.parametrize("status", [Status.QUEUED, Status.FAILED, Status.MISSED])
def test_a_story_that_is_one_no_more_is_approved_anew_though_its_words_are_the_same(
    folder, status
):
    """Else nobody would be asked for the person's consent any more, and their words would go out."""
    approved(folder)
    Post.objects.update(kind="story", storyteller="S-0001")
    Delivery.objects.update(status=status)
    after = loaded(folder)
    assert set(Delivery.objects.values_list("status", flat=True)) == {Status.DRAFT}
    assert len(after.lost_approvals) == 2
    assert "Whose story it tells has changed" in after.lost_approvals[0]
    assert Event.objects.filter(action="approval lost").count() == 2


def test_a_post_becomes_a_draft_for_each_of_its_channels(folder):
    assert loaded(folder).counts == {"posts new": 1, "deliveries new": 2}
    assert [
        (d.channel, d.language, d.status, d.text) for d in Delivery.objects.order_by("channel")
    ] == [
        ("fb-fr", "fr", "draft", "Bonjour"),
        ("x-en", "en", "draft", "Hello"),
    ]
    assert one().due_at == NOON + timedelta(hours=6)


def test_a_second_load_changes_nothing(folder):
    write(
        folder, POST.replace('"2027-10-13 18:00"', '"next-slot"').replace("Hello", "Hi"), "slot"
    )
    loaded(folder)
    before = everything()
    loaded(folder, NOON + timedelta(hours=2))
    assert everything() == before


def test_a_new_time_in_the_file_is_followed_and_keeps_the_approval(folder):
    approved(folder)
    write(folder, POST.replace("18:00", "19:00"))
    loaded(folder)
    assert (one().status, one().due_at) == (Status.QUEUED, NOON + timedelta(hours=7))
    assert one().latest_at == one().due_at + timedelta(hours=6)


def test_a_new_text_in_the_file_takes_the_approval_away_and_says_so(folder):
    approved(folder)
    write(folder, POST.replace("Hello", "Hello again"))
    lost = loaded(folder).lost_approvals
    assert (one().status, one("fb-fr").status) == (Status.DRAFT, Status.QUEUED)
    assert lost == [
        "mbc/a on x-en: Its text has changed since it was approved: approve it again."
    ]
    assert Event.objects.filter(action="approval lost").count() == 1


def test_a_changed_template_takes_the_approval_away_too(folder):
    approved(folder)
    (folder / "templates" / "plain" / "long.txt.j2").write_text("{{ text }} !", "utf-8")
    loaded(folder)
    assert (one().status, one("fb-fr").status) == (Status.QUEUED, Status.DRAFT)


@pytest.mark.parametrize(
    "status",
    [
        Status.PUBLISHED,
        Status.SENDING,
        Status.UNCONFIRMED,
        Status.REMOVED,
        Status.WITHDRAWN,
        Status.CANCELLED,
    ],
)
def test_what_is_out_or_decided_never_changes(folder, status):
    loaded(folder)
    Delivery.objects.filter(channel="x-en").update(status=status)
    before = Delivery.objects.filter(channel="x-en").values().get()
    write(folder, POST.replace("Hello", "Other").replace("18:00", "20:00"))
    loaded(folder)
    assert Delivery.objects.filter(channel="x-en").values().get() == before


@pytest.mark.parametrize("status", [Status.FAILED, Status.MISSED])
def test_what_failed_or_was_missed_gets_a_second_life_when_its_file_changes(folder, status):
    loaded(folder)
    Delivery.objects.filter(channel="x-en").update(status=status)
    loaded(folder)
    assert one().status == status
    write(folder, POST.replace("Hello", "Shorter"))
    loaded(folder)
    assert (one().status, one().text) == (Status.DRAFT, "Shorter")


def test_a_time_that_a_person_gave_stays_until_the_file_says_another(folder):
    approved(folder)
    moved = NOON + timedelta(days=2)
    rescheduling.reschedule([one()], moved, "anna", NOON, RULES, answered=True)
    loaded(folder)
    assert one().due_at == moved
    write(folder, POST.replace("18:00", "19:00"))
    loaded(folder)
    assert one().due_at == NOON + timedelta(hours=7)


def test_a_channel_that_the_file_no_longer_names_is_cancelled_and_comes_back_with_it(folder):
    approved(folder)
    write(folder, POST.replace(', "fb-fr"', ""))
    loaded(folder)
    assert (one().status, one("fb-fr").status) == (Status.QUEUED, Status.CANCELLED)
    write(folder, POST)
    loaded(folder)
    assert one("fb-fr").status == Status.DRAFT


def test_a_post_whose_file_is_gone_does_not_go_out(folder):
    approved(folder)
    write(folder, POST.replace("Hello", "Other").replace("Bonjour", "Salut"), "b")
    loaded(folder)
    (folder / "posts" / "mbc" / "a.toml").unlink()
    loaded(folder)
    assert (one().status, one(name="b").status) == (Status.CANCELLED, Status.DRAFT)


def test_loading_some_files_leaves_the_others_alone(folder):
    approved(folder)
    write(folder, POST.replace("Hello", "Other").replace("Bonjour", "Salut"), "b")
    loaded(folder, paths=[folder / "posts" / "mbc" / "b.toml"])
    assert (one().status, one(name="b").status) == (Status.QUEUED, Status.DRAFT)


def test_a_file_that_is_broken_now_leaves_what_was_approved_as_it_was(folder):
    approved(folder)
    before = Delivery.objects.order_by("id").values_list("status", "text", "due_at")
    was = list(before)
    write(folder, "kind = ")
    loaded(folder)
    write(folder, POST.replace('"Hello"', '"{{ nothing }}"'))
    loaded(folder)
    assert list(before) == was


def test_who_loads_a_post_first_is_its_author(folder):
    vic, anna = add_user("vic", Role.VOLUNTEER)[0], add_user("anna", Role.STAFF)[0]
    loaded(folder)
    loaded(folder, by=vic)
    loaded(folder, by=anna)
    assert Post.objects.get().author == vic


def test_facts_are_loaded_with_the_posts(folder):
    fact = '[[fact]]\nid = "f"\nclaim.en = "A"\nclaim.fr = "B"\nsource = "S"\nurl = "https://s"\nreview_by = 2027-12-31\n'
    (folder / "posts" / "facts.toml").write_text(fact, "utf-8")
    write(folder, POST.replace("[en]", 'facts = ["f"]\n[en]'))
    loaded(folder)
    assert (Fact.objects.get().status, one().facts) == ("ok", "f")


def test_posts_are_found_by_key_by_name_and_by_file(folder):
    loaded(folder)
    for written in ("mbc/a", "a", "posts/mbc/a.toml", "/somewhere/posts/mbc/a.toml"):
        assert load.find_post(written).key == "mbc/a"
    with pytest.raises(Problem, match="no loaded post"):
        load.find_post("b")


def test_an_approved_text_is_what_was_loaded(folder):
    approved(folder)
    assert status_of(one()) == Status.QUEUED
    assert one().approved_fingerprint == fingerprint("Hello")


def test_whoever_changed_a_post_last_cannot_approve_it_either(folder):
    vera, bob = add_user("vera", Role.STAFF)[0], add_user("bob", Role.STAFF)[0]
    loaded(folder, by=vera)
    write(folder, POST.replace("Hello", "Words of bob"))
    loaded(folder, by=bob)
    for name in (vera, bob):
        with pytest.raises(Problem, match="somebody else"):
            approving.approve(Post.objects.get(), name, NOON, TORONTO)
