"""A fact that was added in the pages is used at once, and goes out only when a second person has confirmed it."""

from datetime import date, timedelta

import pytest

from campaign.authoring import load
from campaign.authoring.compose import Desk
from campaign.authoring.shared import added, facts
from campaign.authoring.shared.effects import seen
from campaign.content.facts_file import Value, values_of
from campaign.core.problem import Problem
from campaign.decisions import approving
from campaign.models import Event, Fact, Post
from campaign.models.shared import Shared
from campaign.people.roles import Role, add_user
from campaign.planning.known import known_now
from campaign.planning.plan import plan
from campaign.states import Status
from campaign.web.frame.site import config, library
from tests.deliveries import NOON, TORONTO
from tests.folders import FACT
from tests.posts_in_web import folder as folder

pytestmark = pytest.mark.django_db
NOW = NOON - timedelta(days=30)
VALUES: dict[str, Value] = {
    "status": "ok",
    "claim.en": "Nobody is alone.",
    "claim.fr": "Personne n’est seul.",
    "source": "Canadian Network",
    "url": "https://example.org/alone",
    "review_by": date(2030, 1, 1),
}
CITES = "{{ fact('alone') }}"


@pytest.fixture
def people():
    return (
        add_user("vic", Role.VOLUNTEER)[0],
        add_user("bob", Role.STAFF)[0],
        add_user("ana", Role.STAFF)[0],
    )


@pytest.fixture
def ana(people):
    return people[2]


def desk():
    return Desk(config(), library())


def add(by, name="alone", **more):
    return added.add_fact(name, VALUES | more, by, desk(), NOW)


@pytest.fixture
def leaning(folder, people):
    """A post that leans on the new fact, loaded and not approved."""
    add(people[2])
    folder.post("leans", 'when = "mbc-day 09:00"', en=CITES, fr=CITES)
    everything = plan(library(), config(), NOW, known_now(NOW))
    assert everything.errors() == []
    load.load(everything, library(), NOW, people[0])
    return Post.objects.get(key="know/leans")


def statuses(of):
    return {delivery.status for delivery in of.deliveries.all()}


def test_nothing_that_leans_on_it_is_approved_before_somebody_else_has_confirmed_it(
    leaning, people
):
    _, bob, ana = people
    count, kept_back = approving.approve(leaning, bob, NOW, TORONTO)
    assert (count, statuses(leaning)) == (0, {Status.DRAFT})
    assert "nobody but its writer has looked at" in kept_back[0]
    with pytest.raises(Problem, match="somebody else opens its source"):
        added.confirm_fact("alone", 1, ana, NOW)
    added.confirm_fact("alone", 1, bob, NOW)
    assert approving.approve(leaning, bob, NOW, TORONTO) == (3, [])
    kept = Shared.objects.get()
    assert (kept.confirmed_by, kept.confirmed_at) == (bob, NOW)
    assert Event.objects.filter(action="fact confirmed", actor="bob").count() == 1


def test_loading_again_does_not_confirm_it(leaning, people):
    load.load(plan(library(), config(), NOW, known_now(NOW)), library(), NOW, None)
    assert Fact.objects.get(key="alone").waits_for_eyes
    added.confirm_fact("alone", 1, people[1], NOW)
    load.load(plan(library(), config(), NOW, known_now(NOW)), library(), NOW, None)
    assert not Fact.objects.get(key="alone").waits_for_eyes


def test_a_change_takes_approvals_and_asks_for_eyes_anew(leaning, people):
    _, bob, ana = people
    added.confirm_fact("alone", 1, bob, NOW)
    approving.approve(leaning, bob, NOW, TORONTO)
    fact = library().facts["alone"]
    values = values_of(fact) | {"claim.en": "Nobody is ever alone."}
    effects = facts.what_changes(fact, values, desk(), NOW)
    # Also the French ones, whose words stay: what they say rests on what nobody has looked at.
    assert [effect.waits_for_eyes for effect in effects] == [True] * 3
    shown = seen(effects)
    facts.change_fact(fact, values, "1", bob, desk(), NOW, shown=shown)
    assert statuses(leaning) == {Status.DRAFT}
    assert library().facts["alone"].claims["en"] == "Nobody is ever alone."
    assert approving.approve(leaning, ana, NOW, TORONTO)[0] == 0
    with pytest.raises(Problem, match="changed meanwhile"):
        added.confirm_fact("alone", 1, ana, NOW)
    added.confirm_fact("alone", 2, ana, NOW)
    assert approving.approve(leaning, ana, NOW, TORONTO)[0] == 3


def test_two_who_change_it_at_once_do_not_overwrite_each_other(leaning, people):
    fact = library().facts["alone"]
    values = values_of(fact) | {"note": "Read page 3."}
    facts.change_fact(fact, values, "1", people[1], desk(), NOW)
    with pytest.raises(Problem, match="changed meanwhile"):
        facts.change_fact(fact, values | {"note": "Page 4."}, "1", people[2], desk(), NOW)
    assert library().facts["alone"].note == "Read page 3."


def test_a_fact_that_is_closed_stops_what_leans_on_it(leaning, people):
    added.confirm_fact("alone", 1, people[1], NOW)
    approving.approve(leaning, people[1], NOW, TORONTO)
    fact = library().facts["alone"]
    values = values_of(fact) | {"status": "do_not_use", "note": "The source took it back."}
    facts.change_fact(fact, values, "1", people[2], desk(), NOW)
    assert statuses(leaning) == {Status.DRAFT}
    assert "The source took it back." in leaning.deliveries.first().reason


def test_a_file_that_says_it_too_needs_no_second_pair_of_eyes(leaning, folder):
    path = folder.posts / "facts.toml"
    path.write_text(FACT + FACT.replace('"spread"', '"alone"'), "utf-8")
    assert not library().facts["alone"].of_pages
    load.load(plan(library(), config(), NOW, known_now(NOW)), library(), NOW, None)
    assert not Fact.objects.get(key="alone").waits_for_eyes


def test_sent_twice_it_is_one_fact_and_another_one_needs_another_name(folder, people):
    _, bob, ana = people
    assert add(ana, "") == add(ana, "") == "nobody-is-alone"
    assert Shared.objects.count() == 1
    for name in ("nobody-is-alone", "spread"):
        with pytest.raises(Problem, match="already"):
            add(bob, name, note="Another one.")


@pytest.mark.parametrize("name", ["new", "a b", "é", "-", "a" * 61, "a/b", "a'b"])
def test_a_name_that_no_text_could_call_it_by_is_refused(folder, ana, name):
    with pytest.raises(Problem, match="small letters, digits and hyphens"):
        add(ana, name)


def test_what_is_no_fact_is_refused_and_a_volunteer_adds_none(folder, people):
    vic, _, ana = people
    with pytest.raises(Problem, match="has no claim"):
        add(ana, **{"claim.fr": ""})
    with pytest.raises(Problem, match="may not"):
        add(vic)
    add(ana)
    with pytest.raises(Problem, match="may not"):
        added.confirm_fact("alone", 1, vic, NOW)
    assert Shared.objects.get().confirmed_at is None


def test_confirmed_twice_the_first_one_counts(folder, people):
    _, bob, ana = people
    add(ana)
    eve = add_user("eve", Role.ADMIN)[0]
    added.confirm_fact("alone", 1, bob, NOW)
    added.confirm_fact("alone", 1, eve, NOW)
    assert Shared.objects.get().confirmed_by == bob
