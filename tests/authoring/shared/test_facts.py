"""A fact is changed in its file and in the queue at once, after a person has seen what it changes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from campaign.authoring import load
from campaign.authoring.compose import Desk
from campaign.authoring.shared import facts
from campaign.authoring.shared.effects import seen
from campaign.authoring.shared.fact_file import NotWritten, open_file
from campaign.content.facts import FactStatus
from campaign.content.facts_file import values_of
from campaign.core.problem import Asked, Problem
from campaign.decisions import approving
from campaign.listings.writing import facts as fact_list
from campaign.models import Delivery, Event, Fact, Post
from campaign.people.roles import Role, add_user
from campaign.planning.known import known_now
from campaign.planning.plan import plan
from campaign.states import Status
from campaign.web.frame.site import config, library
from tests.deliveries import NOON, TORONTO, delivery, post, status_of
from tests.posts_in_web import folder as folder

pytestmark = pytest.mark.django_db
NOW = NOON - timedelta(days=30)
CITES = "{{ fact('spread') }}"


@pytest.fixture
def people():
    return (
        add_user("vic", Role.VOLUNTEER)[0],
        add_user("bob", Role.STAFF)[0],
        add_user("ana", Role.STAFF)[0],
    )


@pytest.fixture
def queued(folder, people):
    """A post that leans on the fact, and one that does not, both approved."""
    folder.post("leans", 'when = "mbc-day 09:00"', en=CITES, fr=CITES)
    folder.post("free", 'when = "mbc-day 10:00"', en="Be kind.", fr="Soyez là.")
    vic, bob, _ = people
    found = plan(library(), config(), NOW)
    assert found.errors() == []
    load.load(found, library(), NOW, vic)
    for key in ("know/leans", "know/free"):
        approving.approve(Post.objects.get(key=key), bob, NOW, TORONTO)
    return Post.objects.get(key="know/leans")


def desk():
    return Desk(config(), library())


def fact():
    return library().facts["spread"]


def values(**more):
    return values_of(fact()) | {key.replace("__", "."): value for key, value in more.items()}


def change(by, *, shown="", **more):
    opened = open_file(config().content.posts).digest
    return facts.change_fact(fact(), values(**more), opened, by, desk(), NOW, shown=shown)


def shown(**more):
    """What a person has read before they change it."""
    return seen(facts.what_changes(fact(), values(**more), desk(), NOW))


def test_each_fact_is_listed_with_how_many_posts_lean_on_it(
    queued, django_assert_max_num_queries
):
    delivery("a", facts="spread", status=Status.DRAFT)
    delivery("a", "x-fr", facts="spread other", status=Status.FAILED)
    delivery("b", facts="spreads", status=Status.PUBLISHED)
    delivery("c", facts="other spread", status=Status.PUBLISHED)
    delivery("d", facts="spread", status=Status.CANCELLED)
    with django_assert_max_num_queries(1):
        [one] = fact_list.listed(library(), NOW.date())
    assert one.cited == fact_list.Cited(queued=1, waiting=1, published=1)
    assert (one.is_due, one.is_overdue) == (False, False)


@pytest.mark.parametrize(
    ("today", "status", "due", "overdue"),
    [
        (date(2029, 11, 1), "ok", False, False),
        (date(2029, 11, 2), "ok", True, False),
        (date(2030, 1, 1), "caution", True, False),
        (date(2030, 1, 2), "ok", True, True),
        (date(2030, 1, 2), "do_not_use", False, True),
    ],
)
def test_what_is_due_for_review_is_told_two_months_ahead(folder, today, status, due, overdue):
    changed = replace(fact(), status=FactStatus(status))
    [one] = fact_list.listed(replace(library(), facts={"spread": changed}), today)
    assert (one.is_due, one.is_overdue) == (due, overdue)


def test_what_leans_on_a_fact_is_found_by_its_whole_name(queued):
    delivery("a", facts="spreads")
    delivery("b", facts="x spread y")
    assert {one.post.name for one in facts.leaning("spread")} == {"leans", "b"}


def test_a_change_shows_old_and_new_words_and_changes_nothing(queued):
    before = list(Delivery.objects.order_by("pk").values())
    effects = facts.what_changes(fact(), values(claim__en="It has spread far."), desk(), NOW)
    assert {(one.delivery.channel, one.old, one.new, one.stops) for one in effects} == {
        ("x-en", "It has spread.", "It has spread far.", "")
    }
    assert list(Delivery.objects.order_by("pk").values()) == before
    assert Fact.objects.get(key="spread").status == "ok"


def test_a_change_of_words_reaches_file_and_queue_and_takes_approvals_away(
    queued, people, folder
):
    _, _, ana = people
    loaded = change(ana, claim__en="It has spread far.", year=2024)
    assert len(loaded.lost_approvals) == 1
    text = (folder.posts / "facts.toml").read_text("utf-8")
    assert 'claim.en = "It has spread far."' in text
    assert fact().year == 2024
    english = queued.deliveries.get(channel="x-en")
    assert (english.text, english.status) == ("It has spread far.", Status.DRAFT)
    assert "approve it again" in english.reason
    assert {one.status for one in queued.deliveries.exclude(channel="x-en")} == {Status.QUEUED}
    assert (
        status_of(Post.objects.get(key="know/free").deliveries.get(channel="x-en"))
        is Status.QUEUED
    )
    event = Event.objects.get(action="fact changed")
    assert event.actor == "ana"
    assert event.reason == (
        "spread: claim.en was “It has spread.”, is “It has spread far.”; year was “”, is “2024”."
    )


def test_who_changed_the_words_does_not_approve_them_and_others_do(queued, people):
    _, bob, ana = people
    change(ana, claim__en="It has spread far.")
    with pytest.raises(Problem, match="somebody else has to approve it"):
        approving.approve(queued, ana, NOW, TORONTO)
    assert approving.approve(queued, bob, NOW, TORONTO)[0] == 1


def test_loading_the_files_afterwards_changes_nothing(queued, people):
    change(people[2], claim__en="It has spread far.")
    before = list(Delivery.objects.order_by("pk").values())
    load.load(plan(library(), config(), NOW, known_now(NOW)), library(), NOW, people[0])
    assert list(Delivery.objects.order_by("pk").values()) == before


def test_a_fact_that_must_not_be_used_any_more_stops_what_leans_on_it_at_once(queued, people):
    effects = facts.what_changes(
        fact(), values(status="do_not_use", note="Nobody knows."), desk(), NOW
    )
    assert len(effects) == 3
    assert {one.stops for one in effects} == {
        'The fact "spread" must not be used: Nobody knows.'
    }
    change(people[2], status="do_not_use", note="Nobody knows.")
    assert {one.status for one in queued.deliveries.all()} == {Status.DRAFT}
    assert "The fact spread has changed" in queued.deliveries.first().reason
    count, kept_back = approving.approve(queued, people[1], NOW, TORONTO)
    assert (count, len(kept_back)) == (0, 3)


def test_a_review_day_that_is_past_stops_what_leans_on_it(queued, people):
    change(people[2], review_by=date(2027, 9, 1))
    assert {one.status for one in queued.deliveries.all()} == {Status.DRAFT}
    change(people[2], review_by=date(2028, 9, 1))
    assert Fact.objects.get(key="spread").review_by == date(2028, 9, 1)
    assert approving.approve(queued, people[1], NOW, TORONTO) == (3, [])


def test_words_that_become_too_long_for_a_network_are_stopped_with_the_reason(queued, people):
    long = "It has spread " + "far and " * 40 + "wide."
    [english] = [
        one
        for one in facts.what_changes(fact(), values(claim__en=long), desk(), NOW)
        if one.old != one.new
    ]
    assert "more than the 280 allowed" in english.stops
    change(people[2], claim__en=long)
    one = queued.deliveries.get(channel="x-en")
    assert (one.status, one.text) == (Status.DRAFT, "It has spread.")


def test_what_is_out_stays_as_it_is(queued, people):
    queued.deliveries.filter(channel="x-en").update(status=Status.PUBLISHED)
    assert facts.what_changes(fact(), values(claim__en="It has spread far."), desk(), NOW) == []
    change(people[2], claim__en="It has spread far.")
    assert queued.deliveries.get(channel="x-en").text == "It has spread."


def test_a_post_that_nobody_is_the_author_of_keeps_none(queued, people):
    Post.objects.update(author=None)
    change(people[2], claim__en="It has spread far.")
    queued.refresh_from_db()
    assert (queued.author, queued.editor) == (None, people[2])


def test_a_file_that_changed_meanwhile_is_not_overwritten(queued, people, folder):
    opened, wanted = open_file(config().content.posts).digest, values(claim__en="New.")
    path = folder.posts / "facts.toml"
    path.write_text(path.read_text("utf-8") + "# somebody was here\n", "utf-8")
    with pytest.raises(Problem, match="has changed since you opened this page"):
        facts.change_fact(fact(), wanted, opened, people[2], desk(), NOW)
    assert "somebody was here" in path.read_text("utf-8")


def test_a_folder_that_cannot_be_written_leaves_all_as_it_was_and_shows_the_lines(
    queued, people, monkeypatch
):
    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("campaign.authoring.shared.fact_file.tempfile.mkstemp", refuse)
    with pytest.raises(NotWritten, match="cannot be written from here") as caught:
        change(people[2], claim__en="It has spread far.")
    assert caught.value.lines.startswith(
        '[[fact]]\nid = "spread"\nstatus = "ok"\nclaim.en = "It has spread far."'
    )
    assert queued.deliveries.get(channel="x-en").text == "It has spread."
    assert not Event.objects.filter(action="fact changed").exists()


def test_a_disk_that_is_full_leaves_no_half_of_a_file(queued, people, folder, monkeypatch):
    before = (folder.posts / "facts.toml").read_bytes()
    monkeypatch.setattr(
        "campaign.authoring.shared.fact_file.os.replace",
        lambda *_: (_ for _ in ()).throw(OSError(28, "full")),
    )
    with pytest.raises(NotWritten):
        change(people[2], claim__en="It has spread far.")
    assert (folder.posts / "facts.toml").read_bytes() == before
    assert [one.name for one in folder.posts.iterdir() if one.name.startswith(".facts")] == []
    assert queued.deliveries.get(channel="x-en").status == Status.QUEUED


def test_a_file_that_is_written_otherwise_is_left_to_a_person(queued, people, folder):
    path = folder.posts / "facts.toml"
    path.write_text(
        path.read_text("utf-8").replace('"It has spread."', '"""It has spread."""'), "utf-8"
    )
    with pytest.raises(NotWritten, match="because of how the file of facts is written"):
        change(people[2], claim__en="It has spread far.")


def test_what_is_no_fact_is_refused_before_anything_is_looked_at(queued):
    with pytest.raises(Problem, match="has no claim"):
        facts.what_changes(fact(), values(claim__fr=""), desk(), NOW)


def test_too_much_for_a_page_is_refused(queued, monkeypatch):
    monkeypatch.setattr(facts, "MOST", 2)
    with pytest.raises(Problem, match="too many to look at here"):
        facts.what_changes(fact(), values(claim__en="New."), desk(), NOW)


def test_what_a_person_saw_is_known_again(queued):
    one = facts.what_changes(fact(), values(claim__en="New."), desk(), NOW)
    assert seen(one) == seen(facts.what_changes(fact(), values(claim__en="New."), desk(), NOW))
    assert seen(one) != seen(
        facts.what_changes(fact(), values(claim__en="Newer."), desk(), NOW)
    )


def test_a_fact_that_nothing_leans_on_is_changed_too(folder, people):
    post("a")
    change(people[2], figure="3 in 4")
    assert (fact().figure, Fact.objects.get(key="spread").status) == ("3 in 4", "ok")


@pytest.fixture
def many(queued, folder, people):
    """Three posts that lean on the fact, approved: six deliveries in English and three in French."""
    vic, bob, _ = people
    for number in (2, 3):
        words = f"Word {number}: {CITES}"
        folder.post(f"leans-{number}", f'when = "2027-10-1{number} 09:00"', en=words, fr=words)
    load.load(plan(library(), config(), NOW, known_now(NOW)), library(), NOW, vic)
    for each in Post.objects.all():
        approving.approve(each, bob, NOW, TORONTO)


def test_many_approvals_are_lost_only_by_who_has_seen_which(many, people, folder):
    before = list(Delivery.objects.order_by("pk").values())
    text = (folder.posts / "facts.toml").read_text("utf-8")
    claims = {"claim__en": "It has spread far.", "claim__fr": "Il s’est propagé loin."}
    with pytest.raises(Asked, match="lose their approval: 9 \\(know 9\\)"):
        change(people[2], **claims)
    with pytest.raises(Asked):
        change(people[2], shown=shown(claim__en="It has spread far."), **claims)
    assert list(Delivery.objects.order_by("pk").values()) == before
    assert (folder.posts / "facts.toml").read_text("utf-8") == text
    assert len(change(people[2], shown=shown(**claims), **claims).lost_approvals) == 9


def test_what_else_was_changed_in_the_configuration_does_not_come_in_with_a_fact(
    many, people, settings
):
    channels = {"x-en": config().channels["x-en"]}
    settings.CONFIG = replace(config(), channels=channels)
    before = list(Delivery.objects.order_by("pk").values())
    with pytest.raises(Problem, match=r"cancelled: 6 .*load them first") as problem:
        change(people[2], shown=shown(note="Read it."), note="Read it.")
    assert not isinstance(problem.value, Asked)
    assert list(Delivery.objects.order_by("pk").values()) == before


def test_what_is_written_in_the_web_brings_no_changed_file_of_facts_along(many, folder):
    path = folder.posts / "facts.toml"
    path.write_text(path.read_text("utf-8").replace("2030-01-01", "2027-09-01"), "utf-8")
    load.bring(plan(library(), config(), NOW, known_now(NOW)), library(), NOW, None)
    assert Fact.objects.get(key="spread").review_by == date(2030, 1, 1)
    assert (
        status_of(Delivery.objects.get(post__key="know/leans", channel="x-en")) is Status.QUEUED
    )
