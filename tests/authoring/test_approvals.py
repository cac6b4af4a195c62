"""What would take much of what is approved away asks first, and what comes back as it was approved is approved."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from campaign.authoring.approvals import FEW
from campaign.config import Channel
from campaign.core.problem import Asked
from campaign.decisions import approving, many
from campaign.models import Delivery, Event, Fact, Post
from campaign.people.roles import Role, add_user
from campaign.states import Stage, Status
from campaign.stories import consent as consents
from campaign.stories import holding, storyteller, withdrawal
from tests.authoring.loading import (
    CHANNELS,
    Files,
    everything,
    files_in,
    queue,
    statuses,
)
from tests.deliveries import person, says, terms

pytestmark = pytest.mark.django_db
CANCELLED = "Approved deliveries that would be cancelled: 6 (know 6)."
MOVED = "Approved deliveries that would get another time: 6 (know 6)."
UNAPPROVED = "Approved deliveries that would lose their approval: 6 (know 6)."
EMPTY = "No post of these campaigns has a file any more: know."
STORY = 'kind = "story"\ntemplate = "fact"\nconsent.storyteller = "S-0001"\n'
Change = Callable[[Files], object]


@pytest.fixture
def files(tmp_path) -> Files:
    return files_in(tmp_path)


def in_posts(old: str, new: str) -> Change:
    """Another word in every post."""

    def change(files: Files) -> None:
        for path in (files.folder.posts / "know").glob("*.toml"):
            path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    return change


def in_file(file: str, old: str, new: str) -> Change:
    def change(files: Files) -> None:
        path = files.folder.root / file
        assert old in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    return change


def no_share(files: Files) -> None:
    """The folder is there, and nothing is in it."""
    files.aside("posts")
    files.folder.posts.mkdir()


def empty_campaign(files: Files) -> None:
    for path in (files.folder.posts / "know").iterdir():
        path.unlink()


def another_folder(files: Files) -> None:
    files.folder.write(
        "elsewhere/hope/other.toml", files.post("other", campaign="x").read_text()
    )
    files.posts = "elsewhere"


def another_template(files: Files) -> None:
    files.folder.template("{{ text }} Share it.")


def old_state(files: Files) -> None:
    """Of a checkout: one post is not written yet, the others have other words."""
    in_posts("Be kind", "Be nice")(files)
    in_posts("Soyez", "Restez")(files)
    for name in ("two", "three"):
        (files.folder.posts / "know" / f"{name}.toml").unlink()


TAKE = {
    "an empty folder of posts": (no_share, [CANCELLED, EMPTY]),
    "a folder of a campaign that is gone": (
        lambda files: files.aside("posts/know"),
        [CANCELLED, EMPTY],
    ),
    "a folder of a campaign that is empty": (empty_campaign, [CANCELLED, EMPTY]),
    "a folder that was renamed": (
        lambda files: shutil.move(files.folder.posts / "know", files.folder.posts / "known"),
        [CANCELLED, EMPTY],
    ),
    "another folder in the configuration": (another_folder, [CANCELLED, EMPTY]),
    "a checkout of an old state": (old_state, ["cancelled: 4", "lose their approval: 2"]),
    "a template that has changed": (another_template, [UNAPPROVED]),
    "a campaign's file that is gone": (
        lambda files: files.aside("posts/know/campaign.toml"),
        [UNAPPROVED],
    ),
    "other words in every post": (in_posts("know ", "now "), [UNAPPROVED]),
    "another time in every post": (in_posts("09:00", "11:00"), [MOVED]),
    "another time zone": (lambda files: files.site("America/Vancouver"), [MOVED, "on x-en"]),
    "posts that are examples": (in_posts("when =", "example = true\nwhen ="), [UNAPPROVED]),
    "posts that are stories": (
        in_posts("when =", f"{STORY}when ="),
        [UNAPPROVED],
    ),
    "another language of a channel": (
        lambda files: files.channels(
            **{
                "x-en": Channel("x-en", "twitter", "fr"),
                "x-fr": Channel("x-fr", "twitter", "en"),
            }
        ),
        [UNAPPROVED],
    ),
    "other channels": (
        lambda files: files.channels(
            **{"x-en": None, "x-fr": None, "y": Channel("y", "twitter", "en")}
        ),
        [CANCELLED],
    ),
    "a fact that is overdue": (
        in_file("posts/facts.toml", "2030-01-01", "2027-09-01"),
        [UNAPPROVED],
    ),
    "a fact that is overdue when they are due": (
        in_file("posts/facts.toml", "2030-01-01", "2027-10-12"),
        [UNAPPROVED],
    ),
    "a fact that must not be used": (
        in_file("posts/facts.toml", 'status = "ok"', 'status = "do_not_use"\nnote = "Old."'),
        [UNAPPROVED],
    ),
}


@pytest.mark.parametrize("way", TAKE)
def test_what_would_take_much_away_changes_nothing_until_somebody_says_yes(files, way):
    change, said = TAKE[way]
    files.folder.template("{{ text }} {{ hashtags | join(' ') }}")
    files.approved('facts = ["spread"]\n')
    assert statuses() == {"queued": 6}
    before = everything()
    change(files)
    with pytest.raises(Asked) as asked:
        files.load()
    assert everything() == before
    for part in said:
        assert part in str(asked.value)
    assert files.load(answered=True).questions[: len(asked.value.questions)]
    assert everything() != before


def test_one_post_may_be_changed_or_taken_out_unasked(files):
    files.approved()
    files.folder.posts.joinpath("know/one.toml").unlink()
    assert files.load().questions == []
    assert statuses() == {"queued": 4, "cancelled": 2}


@pytest.mark.parametrize("more", [0, 1])
def test_few_are_as_many_as_one_post_has_channels(files, more):
    for number in range(FEW + more):
        files.post(f"p{number}", 'channels = ["x-en"]\n', number=number)
    files.post("stays", number=9)
    files.load()
    files.approve()
    for path in (files.folder.posts / "know").glob("p*.toml"):
        path.unlink()
    if more:
        with pytest.raises(Asked):
            files.load()
        assert statuses() == {"queued": FEW + more + 2}
    else:
        files.load()
        assert statuses() == {"queued": 2, "cancelled": FEW}


def test_a_campaign_of_a_single_draft_that_is_empty_is_asked_about(files):
    files.three("", "hope")
    files.post("one", 'channels = ["x-en"]\n')
    files.load()
    files.aside("posts/know")
    with pytest.raises(Asked, match="any more: know"):
        files.load()
    files.load(answered=True)
    assert files.load().questions == []  # it is answered for good


def test_a_campaign_that_is_all_out_may_be_put_away(files):
    files.approved()
    files.three("", "hope")
    files.load()
    Delivery.objects.filter(post__campaign="know").update(status=Status.PUBLISHED)
    files.aside("posts/know")
    assert files.load().questions == []


def test_all_that_is_asked_is_told_at_once(files):
    files.approved()
    files.post("four", number=3)
    files.load()
    files.approve()
    in_posts("Be kind", "Be nice")(files)
    files.folder.posts.joinpath("know/two.toml").unlink()
    files.site("America/Vancouver")
    with pytest.raises(Asked) as asked:
        files.load()
    said = asked.value.questions
    assert said[:3] == (
        "Approved deliveries that would be cancelled: 2 (know 2).",
        "Approved deliveries that would get another time: 4 (know 4).",
        "Approved deliveries that would lose their approval: 2 (know 2).",
    )
    assert len(said) == 3 + 4


def test_a_few_times_that_mean_another_one_are_left_and_the_rest_is_loaded(files):
    files.post("one")
    files.load()
    files.approve()
    files.site("America/Vancouver")
    files.post("two", number=1)
    [english, french] = files.load().questions
    assert "move it there?" in english + french
    assert statuses() == {"queued": 2, "draft": 2}
    files.load(answered=True)
    assert set(Event.objects.filter(action="new time").values_list("reason", flat=True)) == {
        "Its “2027-10-13 09:00” now means another time."
    }


# What comes back.


def without_channels(files: Files) -> Callable[[], object]:
    other = {"y": Channel("y", "twitter", "en")}
    files.config = replace(files.config, channels=other)

    def back() -> None:
        files.config = replace(files.config, channels=CHANNELS)

    return back


def renamed(files: Files) -> Callable[[], object]:
    posts = files.folder.posts
    shutil.move(posts / "know", posts / "known")
    return lambda: shutil.move(posts / "known", posts / "know")


def unmounted(files: Files) -> Callable[[], object]:
    back = files.aside("posts")
    files.folder.posts.mkdir()
    return back


AWAY = {
    "the folder": unmounted,
    "the campaign": lambda files: files.aside("posts/know"),
    "one file": lambda files: files.aside("posts/know/one.toml"),
    "the name of the folder": renamed,
    "the channels": without_channels,
}


@pytest.mark.parametrize("way", AWAY)
def test_what_comes_back_as_it_was_approved_is_approved(files, way):
    files.folder.write("posts/know/a.png", "a picture")
    files.approved()
    Delivery.objects.filter(channel="x-fr", post__name="two").update(tries=1)
    before, events = queue(), Event.objects.count()
    back = AWAY[way](files)
    files.load(answered=True)
    gone = Delivery.objects.filter(status=Status.CANCELLED).count()
    assert gone in (2, 6)
    back()
    loaded = files.load(answered=True)
    assert loaded.counts["deliveries approved as before"] == gone
    assert queue()[:6] == before
    came = Event.objects.filter(action="approval back")
    assert came.count() == gone
    assert {(event.actor, event.from_status, event.to_status) for event in came} == {
        ("load", "draft", "queued")
    }
    assert {event.reason for event in came} == {"It is as bob approved it on 2027-09-23 12:02."}
    assert Event.objects.count() > events
    unchanged = files.load()
    assert unchanged.counts["deliveries approved as before"] == 0


def test_what_was_no_draft_of_anybody_s_approval_comes_back_as_a_draft(files):
    files.three()
    files.load()
    back = unmounted(files)
    files.load(answered=True)
    back()
    files.load()
    assert statuses() == {"draft": 6}
    assert set(Delivery.objects.values_list("reason", flat=True)) == {""}


def rewritten(files: Files) -> None:
    files.post("one", "grace = '5h'\n")


def by_hand(files: Files) -> None:
    """Another person than who loads has cancelled it, in the very same words."""
    for delivery in Delivery.objects.filter(post__name="one"):
        Event.objects.create(
            at=files.now,
            actor="ana",
            action="cancelled",
            delivery=delivery,
            from_status="queued",
        )


def returned(files: Files) -> None:
    Post.objects.filter(name="one").update(stage=Stage.RETURNED)


def noted(files: Files) -> None:
    post = Post.objects.get(name="one")
    Event.objects.create(at=files.now, actor="ana", action="brought back", post=post)


def too_late(files: Files) -> None:
    files.now += timedelta(days=60)


def by_nobody(files: Files) -> None:
    Delivery.objects.update(approved_by=None)


def overdue(files: Files) -> None:
    Delivery.objects.update(facts="spread")
    in_file("posts/facts.toml", "2030-01-01", "2027-09-01")(files)
    Fact.objects.update(review_by="2027-09-01")


MEANWHILE = {
    "its text has changed": in_posts("Be kind", "Be nice"),
    "its time has changed": in_posts("13 09:00", "13 10:00"),
    "how late it may be has changed": rewritten,
    "its template has changed": another_template,
    "a person has cancelled it": by_hand,
    "it was returned": returned,
    "somebody has decided about its post": noted,
    "its time is over": too_late,
    "nobody knows who approved it": by_nobody,
}


@pytest.mark.parametrize("what", MEANWHILE)
def test_what_has_changed_meanwhile_has_to_be_approved_anew(files, what):
    files.approved()
    back = files.aside("posts/know/one.toml")
    files.load()
    back()
    MEANWHILE[what](files)
    files.load(answered=True)
    english = Delivery.objects.get(post__name="one", channel="x-en")
    assert english.status in (Status.DRAFT, Status.CANCELLED)
    assert not Event.objects.filter(action="approval back", delivery=english).exists()
    if what not in ("a person has cancelled it",):
        assert english.reason


def test_an_approval_that_was_taken_back_meanwhile_does_not_come_back(files):
    files.approved()
    files.channels(**{"x-fr": None})
    files.load(answered=True)
    ana = add_user("ana", Role.STAFF)[0]
    approving.unapprove(Post.objects.get(name="one"), ana, files.now)
    files.channels(**CHANNELS)
    files.load()
    assert {delivery.status for delivery in Delivery.objects.filter(post__name="one")} == {
        Status.DRAFT
    }
    french = Delivery.objects.get(post__name="one", channel="x-fr")
    assert (french.approved_by, french.approved_fingerprint) == (None, "")


def test_what_a_person_brought_back_from_it_waits_for_approval(files):
    files.approved()
    back = files.aside("posts/know/one.toml")
    files.load()
    for delivery in Delivery.objects.filter(post__name="one"):
        many.bring_back(delivery, "ana", files.now)
    back()
    files.load()
    assert {d.status for d in Delivery.objects.filter(post__name="one")} == {Status.DRAFT}


def test_a_begun_thread_goes_on_with_its_own_words_or_not_at_all(files):
    files.approved()
    Delivery.objects.filter(post__name="one").update(part_ids="1")
    back = files.aside("posts/know/one.toml")
    files.load()
    back()
    in_posts("Be kind", "Be nice")(files)
    files.load()
    english, french = Delivery.objects.filter(post__name="one").order_by("channel")
    assert (english.status, english.text) == (Status.CANCELLED, "Be kind. know one")
    assert french.status == Status.DRAFT  # its file was written anew


# Stories.


@pytest.fixture
def told(files):
    """A story that its person has said yes to, approved; and two other posts."""
    who = person()
    consents.give(who, terms(), "anna", files.now)
    files.approved()
    files.post("one", STORY.replace("S-0001", who.reference))
    files.load(answered=True)
    for delivery in Delivery.objects.filter(post__name="one"):
        says(delivery)
    files.approve()
    assert statuses() == {"queued": 6}
    return who


def gone_and_back(files: Files, meanwhile: Callable[[], object]) -> set[str]:
    back = files.aside("posts/know/one.toml")
    files.load()
    files.now += timedelta(minutes=1)
    meanwhile()
    back()
    files.load(answered=True)
    return set(Delivery.objects.filter(post__name="one").values_list("status", flat=True))


def test_a_story_comes_back_with_its_approval_while_its_consent_is_the_same(files, told):
    assert gone_and_back(files, lambda: None) == {"queued"}


CONSENT = {
    "a new one": lambda who, now: consents.give(who, terms(), "anna", now),
    "a narrower one": lambda who, now: consents.narrow(
        who,
        now,
        Delivery.objects.filter(post__name="one").values_list("pk", flat=True),
        pictures=False,
    ),
    "on hold": lambda who, now: holding.hold(who, storyteller.HoldReason.ILL, "anna", now),
    "none": lambda who, now: withdrawal.withdraw(
        who, withdrawal.ALL, withdrawal.Via.LINK, "", now
    ),
}


@pytest.mark.parametrize("what", CONSENT)
def test_a_story_whose_consent_has_changed_does_not_come_back_approved(files, told, what):
    came = gone_and_back(files, lambda: CONSENT[what](told, files.now))
    assert "queued" not in came


def test_a_story_does_not_come_back_as_something_else(files, told):
    """Its words are the same, and nobody would be asked for a consent."""
    back = files.aside("posts/know/one.toml")
    files.load()
    back()
    files.post("one")
    files.load()
    of_post = Delivery.objects.filter(post__name="one")
    assert set(of_post.values_list("status", "post__kind")) == {("draft", "awareness")}
