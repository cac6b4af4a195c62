"""What goes out again is an ordinary delivery with the very words of the first, and stops by itself when they no longer hold."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from campaign.authoring import load
from campaign.authoring.web_posts import current
from campaign.core.problem import Problem
from campaign.decisions import approving
from campaign.decisions.evergreen import sets
from campaign.decisions.evergreen.laying_out import AHEAD, NOTICE, Desk, lay_out
from campaign.decisions.evergreen.sets import SetAsked
from campaign.decisions.gate_ahead import against_approving
from campaign.delivery import queue
from campaign.delivery.gate import Ground
from campaign.models import Delivery, Event, Fact, Post
from campaign.models.evergreen import Variant
from campaign.models.series import Series
from campaign.people.roles import Role, add_user
from campaign.planning.known import known_now
from campaign.planning.plan import plan
from campaign.states import Status
from campaign.stories import withdrawal
from campaign.stories.erasing import keeping
from campaign.web.frame import site
from tests.deliveries import NOON, TORONTO, consent, person, says
from tests.folders import FACT
from tests.posts_in_web import folder as folder

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WHEN = 'when = "2027-10-12 09:00"\ngrace = "3d"'
ASKED = SetAsked("Where to find help", every=3, rest=14, until=None)
TODAY = NOON.date()


@pytest.fixture
def people():
    return {name: add_user(name, role)[0] for name, role in ROLES.items()}


ROLES = {"vic": Role.VOLUNTEER, "eve": Role.STAFF, "ana": Role.ADMIN}


@pytest.fixture
def posts(folder, people):
    """Two posts that eve has approved and that wait for their time."""
    folder.post("listen", WHEN, "Listen first.", "Écoutez d’abord.")
    folder.post("ask", WHEN, "{{ fact('spread') }}", "{{ fact('spread') }}")
    loaded(NOON, people["vic"])
    kept = list(Post.objects.order_by("key"))
    for post in kept:
        approving.approve(post, people["eve"], NOON, TORONTO)
    return kept


@pytest.fixture
def green(posts, people):
    """Both posts in one set, and ana has said yes to each."""
    made = sets.make(ASKED, people["eve"], NOON, TODAY)
    for post in posts:
        sets.allow(sets.add(made, post, people["eve"], NOON), people["ana"], NOON)
    return made


def library():
    return current(site.library(), site.config().web.uploads, TORONTO)


def loaded(now, by=None):
    files = library()
    return load.load(plan(files, site.config(), now, known_now(now)), files, now, by)


def laid_out(now=NOON, until=None):
    return lay_out(Desk(site.config(), library()), now, until)


def again():
    """What goes out again: name, channel, day, status."""
    rows = Delivery.objects.filter(post__repetitions__isnull=False).distinct()
    return rows.order_by("due_at", "channel").select_related("post")


def problems():
    return [str(variant.problem) for variant in Variant.objects.order_by("pk")]


def test_the_very_words_go_out_again_in_a_free_slot_as_approved_by_who_said_yes(green, people):
    later = NOON + 14 * DAY
    assert laid_out(later) == 6
    first = again()[0]
    source = Delivery.objects.get(post__name="ask", channel=first.channel)
    assert (first.text, first.facts, first.pictures) == (source.text, "spread", source.pictures)
    assert first.fingerprint == first.approved_fingerprint == source.fingerprint
    assert (first.status, first.approved_by) == (Status.QUEUED, people["ana"])
    assert first.post.title == "Ask (2)"
    assert later + NOTICE < first.due_at <= later + AHEAD


def test_the_link_beside_the_first_text_goes_out_again_with_it(folder, request):
    folder.template("{{ text }}\n\n{{ link() }}")
    request.getfixturevalue("green")
    laid_out(NOON + 14 * DAY)
    first = again().filter(channel="fb-fr")[0]
    source = Delivery.objects.filter(post__repetitions__isnull=True).get(
        fingerprint=first.fingerprint
    )
    assert first.link == source.link
    assert first.link.startswith("https://survivornet.ca/fr/csm/")
    assert first.status == Status.QUEUED


def test_no_words_come_again_before_their_rest_is_over(green):
    assert laid_out(NOON) == 0
    assert laid_out(NOON, NOON + 60 * DAY) > 0
    for post in ("listen", "ask"):
        for channel in ("x-en", "x-fr", "fb-fr"):
            mine = Delivery.objects.filter(channel=channel, post__name__startswith=post)
            dues = sorted(mine.values_list("due_at", flat=True))
            assert len(dues) > 2
            assert all(b - a >= 14 * DAY for a, b in pairwise(dues))


def test_laid_out_once_more_or_loaded_nothing_changes(green):
    laid_out(NOON + 14 * DAY)
    before = list(again().values())
    assert laid_out(NOON + 14 * DAY) == 0
    loaded(NOON + 14 * DAY)
    assert list(again().values()) == before


def test_what_a_person_cancels_is_not_laid_out_again_at_its_time(green, people):
    laid_out(NOON + 14 * DAY)
    first = again()[0]
    queue.move(
        *(first.pk, Status.QUEUED, Status.CANCELLED, NOON),
        actor="eve",
        action="cancelled",
        reason="",
    )
    assert laid_out(NOON + 14 * DAY) == 0


def test_who_wrote_it_and_volunteers_do_not_say_yes(posts, people):
    made = sets.make(ASKED, people["eve"], NOON, TODAY)
    variant = sets.add(made, posts[0], people["eve"], NOON)
    Post.objects.filter(pk=posts[0].pk).update(author=people["ana"])
    for name in ("vic", "ana"):
        with pytest.raises(Problem):
            sets.allow(variant, people[name], NOON)
    with pytest.raises(Problem, match="role staff"):
        sets.make(ASKED, people["vic"], NOON, TODAY)
    assert laid_out(NOON + 30 * DAY) == 0


def test_words_that_would_read_otherwise_today_stop(green, folder):
    folder.write("posts/facts.toml", FACT.replace("It has spread.", "It has spread far."))
    assert laid_out(NOON + 14 * DAY) > 0  # the other post goes on
    assert {delivery.post.title for delivery in again()} == {"Listen (2)"}
    assert "On x-en it would read otherwise today" in problems()[0]
    assert Event.objects.filter(action="evergreen ended", actor="evergreen").count() == 1


def waiting_titles():
    return {delivery.post.title for delivery in again().filter(status=Status.QUEUED)}


@pytest.mark.parametrize("is_on", [True, False])
def test_what_is_laid_out_does_not_go_out_once_it_would_read_otherwise(
    green, folder, people, is_on
):
    laid_out(NOON + 14 * DAY)
    sets.switch(green, people["eve"], is_on=is_on)
    folder.write("posts/facts.toml", FACT.replace("It has spread.", "It has spread far."))
    laid_out(NOON + 14 * DAY)
    assert waiting_titles() == {"Listen (2)"}
    dropped = again().filter(status=Status.CANCELLED)
    assert {delivery.post.title for delivery in dropped} == {"Ask (2)"}
    assert "On x-en it would read otherwise today" in str(dropped[0].reason)


def test_what_is_laid_out_goes_with_the_file_of_the_first_and_stays_while_that_cannot_be_read(
    green, folder
):
    laid_out(NOON + 14 * DAY)
    file = folder.posts / "know" / "ask.toml"
    words = file.read_text()
    file.write_text("[")
    laid_out(NOON + 14 * DAY)
    assert waiting_titles() == {"Ask (2)", "Listen (2)"}
    assert problems() == ["", ""]
    file.write_text(words)
    laid_out(NOON + 14 * DAY)
    file.unlink()
    laid_out(NOON + 14 * DAY)
    assert waiting_titles() == {"Listen (2)"}


def test_where_the_first_was_taken_down_it_does_not_go_out_again(green):
    laid_out(NOON + 14 * DAY)
    Delivery.objects.filter(post__name="ask", channel="x-en").update(status=Status.REMOVED)
    laid_out(NOON + 14 * DAY)
    gone = again().filter(status=Status.CANCELLED)
    assert [(delivery.post.title, delivery.channel) for delivery in gone] == [
        ("Ask (2)", "x-en")
    ]


def test_the_same_words_rest_when_their_post_is_taken_into_another_set(green, people):
    laid_out(NOON + 14 * DAY)
    variant = Variant.objects.get(post__name="ask")
    sets.take_out(variant, people["eve"], NOON)
    other = sets.make(SetAsked("Other", 3, 14, None), people["eve"], NOON, TODAY)
    sets.add(other, variant.post, people["eve"], NOON)
    sets.allow(Variant.objects.get(pk=variant.pk), people["ana"], NOON)
    laid_out(NOON + 18 * DAY)
    assert again().filter(post__title__startswith="Ask", channel="x-en").count() == 1


def test_a_name_that_is_taken_stops_nothing_and_no_series_gets_longer(green, people):
    series = Series.objects.create(name="S", campaign="know", by=people["eve"], begun_at=NOON)
    Post.objects.filter(name="ask").update(series=series)
    Post.objects.create(
        key="know/ask-again-2", campaign="know", name="ask-again-2", loaded_at=NOON
    )
    assert laid_out(NOON + 14 * DAY) == 6
    assert {delivery.post.name for delivery in again()} == {"ask-again-3", "listen-again-2"}
    assert series.posts.count() == 1


def test_a_fact_past_its_review_stops_and_a_new_yes_lets_it_go_on(green, people):
    Fact.objects.update(review_by=date(2027, 10, 20))
    laid_out(NOON + 14 * DAY)
    assert {delivery.post.title for delivery in again()} == {"Listen (2)"}
    assert "2027-10-20" in problems()[0]
    Fact.objects.update(review_by=date(2030, 1, 1))
    sets.allow(Variant.objects.get(post__name="ask"), people["eve"], NOON, own=True)
    assert problems() == ["", ""]


def test_a_set_ends_with_its_last_day_and_goes_on_no_more_when_it_is_stopped(green, people):
    until = TODAY + timedelta(days=20)
    sets.change(green, SetAsked("Help", 3, 14, until), people["eve"], TODAY)
    laid_out(NOON, NOON + 60 * DAY)
    assert max(again().values_list("due_at", flat=True)).date() <= until
    sets.switch(green, people["eve"], is_on=False)
    assert laid_out(NOON + 14 * DAY) == 0


@pytest.mark.parametrize(
    ("every", "rest", "name"), [(0, 14, "a"), (3, 13, "a"), (3, 731, "a"), (3, 14, " ")]
)
def test_a_pace_that_nobody_should_keep_is_refused(people, every, rest, name):
    with pytest.raises(Problem):
        sets.make(SetAsked(name, every, rest, None), people["eve"], NOON, TODAY)


def test_a_form_that_is_sent_twice_makes_one_set(people):
    made = sets.make(ASKED, people["eve"], NOON, TODAY, "form")
    assert sets.make(ASKED, people["eve"], NOON, TODAY, "form") == made


def test_a_post_for_a_day_and_what_nobody_approved_go_out_once(folder, people):
    folder.post("day", 'when = "mbc-day +3d 09:00"', "Today.", "Aujourd’hui.")
    folder.post("draft", 'when = "2027-10-20 09:00"', "Soon.", "Bientôt.")
    loaded(NOON, people["vic"])
    made = sets.make(ASKED, people["eve"], NOON, TODAY)
    with pytest.raises(Problem, match="not approved"):
        sets.add(made, Post.objects.get(name="draft"), people["eve"], NOON)
    Delivery.objects.filter(post__name="draft").update(for_day="mbc-day")
    approving.approve(Post.objects.get(name="draft"), people["eve"], NOON, TORONTO)
    with pytest.raises(Problem, match="awareness day"):
        sets.add(made, Post.objects.get(name="draft"), people["eve"], NOON)


@pytest.fixture
def told(folder, people):
    """A story that is out, to which its person has said yes, allowed to go out again."""
    folder.template("{{ text }}", "story")
    of = person()
    consent(of, channels=("x-en",))
    head = (
        'kind = "story"\nwhen = "2027-10-14 09:00"\nchannels = ["x-en"]\n'
        f'[consent]\nstoryteller = "{of.reference}"\ngiven_on = 2027-01-01\nuntil = 2027-12-31\nchannels = ["x-en"]\n'
    )
    folder.post("story-1", head, "I listen to the birds.", "J’écoute les oiseaux.")
    loaded(NOON, people["vic"])
    post = Post.objects.get(name="story-1")
    says(post.deliveries.get())
    approving.approve(post, people["eve"], NOON, TORONTO)
    made = sets.make(ASKED, people["eve"], NOON, TODAY)
    sets.allow(sets.add(made, post, people["eve"], NOON), people["ana"], NOON)
    return of


def test_a_story_is_laid_out_as_a_draft_since_its_person_is_asked_each_time(told):
    assert laid_out(NOON + 14 * DAY) == 1
    [draft] = again()
    assert (draft.status, draft.approved_by) == (Status.DRAFT, None)
    assert draft.post.storyteller == told.reference
    reasons = against_approving(draft, draft.post, NOON, TORONTO)
    assert [reason.ground for reason in reasons] == [Ground.WORD]
    says(draft)
    assert against_approving(draft, draft.post, NOON, TORONTO) == []


def test_a_story_stops_with_its_consent(told):
    assert laid_out(NOON + 100 * DAY) == 0
    assert "consent" in problems()[0].casefold()


def test_a_story_that_is_taken_back_is_not_laid_out_and_what_is_laid_out_goes(told):
    laid_out(NOON + 14 * DAY)
    withdrawal.withdraw(told, withdrawal.ALL, withdrawal.Via.STAFF, "anna", NOON + 14 * DAY)
    assert [draft.status for draft in again()] == [Status.WITHDRAWN]
    assert laid_out(NOON + 30 * DAY) == 0


def test_what_was_laid_out_of_a_story_is_erased_with_it(told, tmp_path):
    laid_out(NOON + 14 * DAY)
    withdrawal.withdraw(told, withdrawal.ALL, withdrawal.Via.STAFF, "anna", NOON + 14 * DAY)
    keeping.work_off(tmp_path, 30 * DAY, TORONTO, NOON + 60 * DAY)
    assert {draft.text for draft in again()} == {""}
    assert all(draft.post.emptied_at for draft in again())
