"""A finding of language or style can be let pass in one post, with a reason that everybody reads."""

from pathlib import Path

import pytest

from campaign.authoring import load
from campaign.authoring.compose import Desk, create, save
from campaign.checks.acceptance import check_accepted, with_accepted
from campaign.checks.catalog import CATALOG, may_be_accepted, with_levels
from campaign.content.fields import Fields
from campaign.content.post import Accepted
from campaign.content.source import fields_of, read_source, write_source
from campaign.core.finding import Level, Place, error, warning
from campaign.models import Event, Post
from campaign.people.roles import Role, add_user
from campaign.planning.plan import plan
from campaign.web.frame.site import config, library
from tests.deliveries import NOON
from tests.folders import Folder, make_folder
from tests.posts_in_web import folder as site_folder  # noqa: F401 - a fixture

PLACE = Place("posts/know/one.toml", 5)
WORDS = "She lost her battle."
WHEN = 'when = "mbc-day 09:00"\nchannels = ["twitter-en"]\n'
ACCEPT = '[[accept]]\ncode = "kind-words"\nreason = "Her daughter’s words."\n'


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path)


def found(folder, code):
    return [finding for finding in folder.plan().findings if finding.code == code]


def test_what_is_accepted_weighs_no_more_than_an_information_and_says_why(folder):
    folder.post(head=WHEN, en=WORDS)
    assert [finding.level for finding in found(folder, "kind-words")] == [Level.WARNING]
    folder.post(head=WHEN + ACCEPT, en=WORDS)
    [one] = found(folder, "kind-words")
    assert (one.level, one.accepted) == (Level.INFO, "Her daughter’s words.")
    assert str(one).endswith("(Accepted: Her daughter’s words.)")


def test_it_passes_in_this_post_alone(folder):
    folder.post("one", WHEN + ACCEPT, en=WORDS)
    folder.post("two", WHEN.replace("09", "10"), en=f"{WORDS} We miss her very much.")
    assert [(one.place.file, one.level) for one in found(folder, "kind-words")] == [
        ("posts/know/one.toml", Level.INFO),
        ("posts/know/two.toml", Level.WARNING),
    ]


def test_an_error_that_is_accepted_does_not_stop_the_post(folder):
    folder.post(head=WHEN, en="𝗕𝗼𝗹𝗱 words.")
    assert folder.plan().posts_with_errors() == {"know/one"}
    folder.post(head=WHEN + ACCEPT.replace("kind-words", "fancy-letters"), en="𝗕𝗼𝗹𝗱 words.")
    assert folder.plan().posts_with_errors() == set()


@pytest.mark.parametrize(
    "code", ["too-long", "statistic-without-fact", "fact-do-not-use", "no-consent", "advice"]
)
def test_what_guards_people_facts_and_networks_cannot_be_accepted(folder, code):
    folder.post(head=WHEN + ACCEPT.replace("kind-words", code), en="Nine in ten like it.")
    [one] = found(folder, "not-to-accept")
    assert (one.level, one.place.line) == (Level.ERROR, 3)
    assert found(folder, "statistic-without-fact")[0].level is Level.ERROR
    assert not may_be_accepted(code)


def test_an_unknown_check_is_told_with_the_nearest(folder):
    folder.post(head=WHEN + ACCEPT.replace("kind-words", "kind-word"), en=WORDS)
    [one] = found(folder, "unknown-check")
    assert one.message == '"kind-word" is no check; did you mean "kind-words"?'


@pytest.mark.parametrize("missing", ["code", "reason"])
def test_a_code_and_a_reason_are_needed(folder, missing):
    lines = [line for line in ACCEPT.splitlines() if not line.startswith(missing)]
    folder.post(head=WHEN + "\n".join(lines), en=WORDS)
    assert f'"accept.{missing}" is missing: add it.' in str(found(folder, "missing-key")[0])


def test_an_empty_reason_is_none(folder):
    folder.post(head=WHEN + ACCEPT.replace("Her daughter’s words.", " "), en=WORDS)
    assert found(folder, "missing-key")


def test_the_levels_of_the_configuration_come_first_and_a_person_last():
    findings = [warning("kind-words", "A.", PLACE), error("too-long", "B.", PLACE)]
    accepted = [
        Accepted("kind-words", "Because.", PLACE),
        Accepted("too-long", "Because.", PLACE),
    ]
    assert [(one.level, one.accepted) for one in with_accepted(findings, accepted)] == [
        (Level.INFO, "Because."),
        (Level.ERROR, ""),
    ]


def test_what_can_be_set_can_be_accepted_and_what_only_a_person_can_judge():
    assert {code for code in CATALOG if may_be_accepted(code)} == {
        code for code, check in CATALOG.items() if check.settable or check.acceptable
    }


@pytest.mark.parametrize("code", ["distress", "person-named", "card-number", "quackery"])
def test_what_only_a_person_can_judge_stops_until_one_has_given_a_reason(code):
    findings = [error(code, "A.", PLACE)]
    assert with_levels(findings, {code: None}) == findings
    [passed] = with_accepted(findings, [Accepted(code, "She agreed, on paper.", PLACE)])
    assert (passed.level, passed.accepted) == (Level.INFO, "She agreed, on paper.")


def test_a_form_and_a_file_say_the_same():
    fields = Fields(accepted={"kind-words": 'He said "so".'}, texts={"en": {"short": WORDS}})
    post = read_source(write_source(fields), "know", "one", Path("uploads")).post
    assert post is not None
    assert list(check_accepted(post)) == []
    assert fields_of(post).accepted == {"kind-words": 'He said "so".'}


@pytest.mark.django_db
def test_who_lets_what_pass_and_why_stands_in_the_log(site_folder):  # noqa: F811
    by = add_user("ana", Role.STAFF)[0]
    desk = Desk(config(), library())
    post = create("know", "awareness", "One", by, desk, NOON)
    texts = {"en": {"short": WORDS}, "fr": {"short": "Bonjour."}}
    fields = Fields(
        channels=("x-en",),
        when="2027-10-20 09:00",
        texts=texts,
        accepted={"kind-words": "Her words."},
    )
    save(post, fields, by, 1, desk, NOON)
    save(post, fields.with_text("en", "short", f"{WORDS} We miss her."), by, 2, desk, NOON)
    [event] = Event.objects.filter(action="accepted")
    assert (event.actor, event.reason, event.post_id) == (
        "ana",
        "kind-words: Her words.",
        post.pk,
    )


@pytest.mark.django_db
def test_what_a_file_lets_pass_stands_in_the_log_once_it_is_loaded(site_folder):  # noqa: F811
    by = add_user("vic", Role.VOLUNTEER)[0]
    site_folder.post(head='when = "mbc-day 09:00"\nchannels = ["x-en"]\n' + ACCEPT, en=WORDS)
    for _ in range(2):
        load.load(plan(library(), config(), NOON.replace(month=9)), library(), NOON, by)
    [event] = Event.objects.filter(action="accepted")
    assert (event.actor, event.reason) == ("vic", "kind-words: Her daughter’s words.")
    assert event.post == Post.objects.get(key="know/one")
