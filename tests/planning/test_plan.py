"""The plan says for every post and channel when it is due, what it would say, and what is wrong with it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from campaign.config import Config, Site
from campaign.config.reading import starter_channels
from campaign.content.library import read_library
from campaign.content.post import PostFile
from campaign.core.finding import Level
from campaign.planning.plan import Plan, Planned, plan
from campaign.planning.times import InQueue, Known
from campaign.publishers import KNOWN
from tests.folders import (
    ALL_CHANNELS,
    CALENDAR,
    FACT,
    NOW,
    STARTER_CHANNELS,
    Folder,
    make_folder,
    with_code,
)

ONE_CHANNEL = Config(channels={"twitter-en": STARTER_CHANNELS["twitter-en"]})
FRIDAY = datetime(2027, 10, 1, 14, tzinfo=UTC)
"""The first slot of the campaign: Friday, October 1, 10:00 in Toronto."""
MONDAY, TUESDAY = FRIDAY + timedelta(days=3), FRIDAY + timedelta(days=4)
SLOT = 'when = "next-slot"\nchannels = ["twitter-en"]'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path)


def at(one: Planned) -> datetime:
    assert one.due is not None
    return one.due.at


def times(planned: Plan, channel: str = "twitter-en") -> dict[str, datetime]:
    return {one.post.name: at(one) for one in planned.planned if one.channel.name == channel}


def codes(planned: Plan) -> list[str]:
    return [finding.code for finding in planned.findings]


def test_a_post_is_planned_on_every_channel_in_its_language(folder: Folder) -> None:
    folder.post()
    planned = folder.plan()
    texts = {one.channel.name: one.text for one in planned.planned}
    assert texts == {
        "facebook-en": "Hello.",
        "facebook-fr": "Bonjour.",
        "twitter-en": "Hello.",
        "twitter-fr": "Bonjour.",
    }
    assert planned.findings == ()
    limits = {
        (one.channel.network, one.length, one.limit)
        for one in planned.planned
        if one.channel.language == "en"
    }
    assert limits == {("twitter", 6, 280), ("facebook", 6, 63_206)}


def test_a_post_goes_to_the_channels_that_it_names_and_to_each_once(folder: Folder) -> None:
    folder.post(head='when = "mbc-day 09:00"\nchannels = ["twitter-fr", "twitter-fr"]')
    planned = folder.plan()
    assert [one.channel.name for one in planned.planned] == ["twitter-fr"]
    assert planned.findings == ()


def test_deliveries_stand_in_due_order_and_those_without_a_time_last(folder: Folder) -> None:
    folder.post("a", 'when = "mbc-day 09:00"\nchannels = ["twitter-en"]', en="A")
    folder.post("b", 'when = "mbc-day -1d 09:00"\nchannels = ["twitter-en"]', en="B")
    folder.post("c", 'when = "2027-03-14 02:30"\nchannels = ["twitter-en"]', en="C")
    folder.post("d", SLOT, en="D")
    assert [one.post.name for one in folder.plan().planned] == ["d", "b", "a", "c"]


def test_a_post_with_no_channel_that_is_known_is_told_and_kept_out(folder: Folder) -> None:
    folder.post(head='when = "mbc-day 09:00"\nchannels = ["x"]')
    planned = folder.plan()
    assert planned.planned == ()
    assert codes(planned) == ["unknown-channel"]
    assert planned.posts_with_errors() == {"know/one"}


def test_an_error_keeps_its_post_out_and_a_warning_does_not(folder: Folder) -> None:
    folder.post("good", 'when = "mbc-day 09:00"\nfacts = ["spread"]', en="Good.", fr="Bien.")
    folder.post("bad", 'when = "mbc-day 09:00"\nfacts = ["spred"]', en="Bad.", fr="Mal.")
    folder.write("posts/facts.toml", FACT.replace('"ok"', '"caution"'))
    planned = folder.plan()
    assert planned.posts_with_errors() == {"know/bad"}
    assert [finding.code for finding in planned.errors()] == ["unknown-fact"]
    assert codes(planned) == ["unknown-fact", "too-close", "fact-caution"]


def test_every_finding_is_told_once_and_in_the_order_of_files_and_lines(folder: Folder) -> None:
    folder.post("b", 'when = "mbc-day 09:00"\nfacts = ["x"]\nday = "y"', en="{{ z }}")
    folder.write("posts/know/a.toml", "when = 1\n")
    places = [str(finding.place) for finding in folder.plan().findings]
    assert places == [
        "posts/know/a.toml:1",
        "posts/know/b.toml:2",
        "posts/know/b.toml:3",
        "posts/know/b.toml:5",
    ]


def test_two_posts_do_not_get_the_same_slot(folder: Folder) -> None:
    for name in "abc":
        folder.post(name, SLOT, en=name)
    assert times(folder.plan()) == {"a": FRIDAY, "b": MONDAY, "c": TUESDAY}


def test_a_slot_that_a_post_with_its_own_time_has_is_not_free(folder: Folder) -> None:
    folder.post("a", SLOT, en="A")
    folder.post("b", 'when = "2027-10-01 10:00"\nchannels = ["twitter-en"]', en="B")
    assert times(folder.plan()) == {"a": MONDAY, "b": FRIDAY}


def test_slots_are_counted_channel_by_channel(folder: Folder) -> None:
    folder.post("a", 'when = "next-slot"', en="A", fr="A’")
    folder.post("b", SLOT.replace("-en", "-fr"), en="B", fr="B’")
    planned = folder.plan()
    assert times(planned, "twitter-en") == {"a": FRIDAY}
    assert times(planned, "twitter-fr") == {"a": FRIDAY, "b": MONDAY}


def test_what_the_queue_knows_keeps_its_slot_and_takes_it_from_others(folder: Folder) -> None:
    for name in "ab":
        folder.post(name, SLOT, en=name)
    known = Known(
        {("know/b", "twitter-en"): InQueue("next-slot", MONDAY, MONDAY, True)},
        {"twitter-en": frozenset((FRIDAY, MONDAY))},
    )
    assert times(folder.plan(known=known)) == {"a": TUESDAY, "b": MONDAY}


def test_a_post_that_changed_its_mind_about_its_time_gets_a_new_one(folder: Folder) -> None:
    folder.post("a", SLOT)
    known = Known({("know/a", "twitter-en"): InQueue("mbc-day 09:00", TUESDAY, TUESDAY, True)})
    assert times(folder.plan(known=known)) == {"a": FRIDAY}


def test_a_channel_without_slots_is_told(folder: Folder) -> None:
    folder.post(head=SLOT)
    config = Config(channels={"twitter-en": replace(STARTER_CHANNELS["twitter-en"], slots=())})
    planned = folder.plan(config=config)
    assert codes(planned) == ["no-slots"]
    assert planned.planned[0].due is None
    assert planned.planned[0].text == "Hello."


def test_a_slot_that_cannot_be_read_is_told_and_the_others_are_used(folder: Folder) -> None:
    folder.post(head=SLOT)
    channel = replace(STARTER_CHANNELS["twitter-en"], slots=("someday 09:00", "mon-fri 10:00"))
    planned = folder.plan(config=Config(channels={"twitter-en": channel}, file="ours.toml"))
    [finding] = planned.findings
    assert (finding.code, finding.place.file) == ("bad-slot", "ours.toml")
    assert finding.message.startswith('Channel twitter-en: The slot "someday 09:00"')
    assert times(planned) == {"one": FRIDAY}


PAST = 'when = "2027-09-01 01:00"\nchannels = ["twitter-en"]'
PAST_AT = datetime(2027, 9, 1, 5, tzinfo=UTC)


def test_a_time_that_is_too_long_ago_is_told_with_its_line(folder: Folder) -> None:
    folder.post(head=PAST)
    [finding] = folder.plan().findings
    assert (finding.code, str(finding.place)) == ("past-due", "posts/know/one.toml:1")
    assert "2027-09-01 01:00" in finding.message


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ((PAST_AT, PAST_AT, True), True),
        ((PAST_AT, PAST_AT, False), False),
        ((PAST_AT, PAST_AT + timedelta(days=3), True), False),
        ((PAST_AT - timedelta(days=1), PAST_AT + timedelta(days=3), True), True),
    ],
    ids=["waits", "is out", "was moved", "was moved before its file changed"],
)
def test_the_past_is_no_news_of_what_is_out_or_was_moved(
    folder: Folder, known: tuple[datetime, datetime, bool], told: bool
) -> None:
    folder.post(head=PAST)
    loaded = InQueue("2027-09-01 01:00", *known)
    planned = folder.plan(known=Known({("know/one", "twitter-en"): loaded}))
    assert codes(planned) == (["past-due"] if told else [])


def test_within_its_grace_a_past_time_is_well(folder: Folder) -> None:
    folder.post(head=PAST.replace("01:00", "02:00"))
    assert folder.plan().findings == ()


def test_a_post_that_a_person_moved_counts_its_days_from_there(folder: Folder) -> None:
    planned_at, moved_to = (
        datetime(2027, 10, 10, 13, tzinfo=UTC),
        datetime(2027, 10, 12, 13, tzinfo=UTC),
    )
    folder.post(head='when = "mbc-day -3d 09:00"\nday = "mbc-day"', en="{{ day.days_left }}")
    assert folder.plan(config=ONE_CHANNEL).planned[0].text == "3"
    loaded = InQueue("mbc-day -3d 09:00", planned_at, moved_to, True)
    known = Known({("know/one", "twitter-en"): loaded})
    [one] = folder.plan(config=ONE_CHANNEL, known=known).planned
    assert (one.text, at(one)) == ("1", planned_at)


def test_the_same_text_twice_on_a_channel_is_told_at_the_later_post(folder: Folder) -> None:
    folder.post("a", 'when = "mbc-day 09:00"\nchannels = ["twitter-en"]')
    folder.post("b", 'when = "mbc-day -1d 09:00"\nchannels = ["twitter-en", "facebook-en"]')
    planned = folder.plan()
    [finding] = planned.findings
    assert (finding.code, str(finding.place)) == ("same-text", "posts/know/a.toml:4")
    assert planned.posts_with_errors() == {"know/a"}
    assert [len(with_code(one, "same-text")) for one in planned.planned] == [0, 0, 1]


def test_a_text_that_is_too_long_for_x_is_told_for_x_alone(folder: Folder) -> None:
    folder.post(en="x" * 281)
    planned = folder.plan()
    assert codes(planned) == ["too-long"]
    assert "On twitter-en this is 281 characters, 1 more than" in planned.findings[0].message


def test_a_link_counts_as_x_counts_it(folder: Folder) -> None:
    folder.post(en="{{ link() }}")
    lengths = {one.channel.name: one.length for one in folder.plan().planned}
    assert lengths["twitter-en"] == 23
    assert lengths["facebook-en"] > 80


def test_what_x_would_not_take_is_told_for_x_alone(folder: Folder) -> None:
    folder.post(en="$abc $def")
    planned = folder.plan()
    assert codes(planned) == ["cashtags"]
    assert "twitter-en" in [one.channel.name for one in planned.planned if one.findings]


def test_a_text_of_nothing_is_told(folder: Folder) -> None:
    folder.post(en="{% if false %}x{% endif %}")
    assert set(codes(folder.plan())) == {"empty"}


def test_a_misspelt_name_is_told_once_and_nothing_is_rendered(folder: Folder) -> None:
    folder.post(en="{{ hashtag }}")
    planned = folder.plan()
    assert codes(planned) == ["template"]
    assert {one.text for one in planned.planned} == {""}


def test_a_fault_of_a_template_is_told_once_for_all_posts(folder: Folder) -> None:
    folder.template("{{ text }}\n{% if false %}{{ hashtgs }}{% endif %}")
    for hour, name in enumerate("abc", 9):
        folder.post(name, f'when = "mbc-day {hour:02d}:00"', en=name, fr=name)
    planned = folder.plan()
    assert [str(finding.place) for finding in planned.findings] == [
        "templates/fact/long.txt.j2:2",
        "templates/fact/short.txt.j2:2",
    ]
    assert len(planned.posts_with_errors()) == 3


def test_a_template_that_is_missing_for_one_network_keeps_the_post_out(folder: Folder) -> None:
    (folder.templates / "fact" / "long.txt.j2").unlink()
    folder.post()
    planned = folder.plan()
    assert codes(planned) == ["template"]
    assert planned.posts_with_errors() == {"know/one"}


def test_an_unknown_template_is_told_once(folder: Folder) -> None:
    folder.post(head='when = "mbc-day 09:00"\ntemplate = "fcat"')
    assert codes(folder.plan()) == ["unknown-template"]


def test_a_language_that_is_missing_is_told_once(folder: Folder) -> None:
    folder.write("posts/know/one.toml", 'when = "mbc-day 09:00"\n[en]\nshort = "Hello."\n')
    planned = folder.plan()
    assert codes(planned) == ["missing-language"]
    assert planned.posts_with_errors() == {"know/one"}


STORY = 'kind = "story"\nconsent = { storyteller = "S-0042" }\n'


@pytest.mark.parametrize(
    ("head", "missing"),
    [
        (STORY + 'channels = ["twitter-fr"]', []),
        (STORY + 'channels = ["twitter-fr", "facebook-fr"]', []),
        (STORY + 'channels = ["twitter-fr", "twitter-en"]', ["missing-language"]),
        (STORY, ["missing-language"]),
        ('channels = ["twitter-fr"]', ["missing-language"]),
    ],
)
def test_a_persons_story_needs_no_other_language_than_those_in_which_it_goes_out(
    folder: Folder, head: str, missing: list[str]
) -> None:
    folder.template("{{ text }}", "story")
    text = f'when = "mbc-day 09:00"\n{head}\n[fr]\nshort = "Bonjour."\n'
    folder.write("posts/know/one.toml", text)
    planned = folder.plan()
    assert [code for code in codes(planned) if code == "missing-language"] == missing


def test_a_post_without_a_short_text_is_told_for_x(folder: Folder) -> None:
    long = "word " * 80
    folder.write(
        "posts/know/one.toml",
        f'when = "mbc-day 09:00"\n[en]\nlong = "{long}"\n[fr]\nshort = "S"\n',
    )
    planned = folder.plan()
    [finding] = [one for one in planned.findings if one.code == "missing-language"]
    assert "channel twitter-en needs" in finding.message
    assert {one.channel.name: one.text for one in planned.planned}[
        "facebook-en"
    ] == long.strip()


def test_a_fact_that_only_the_text_names_is_looked_at_too(folder: Folder) -> None:
    folder.write("posts/facts.toml", FACT.replace("2030-01-01", "2027-10-12"))
    folder.post(en="{{ fact('spread') }}", fr="{{ fact('spread') }}")
    planned = folder.plan()
    assert codes(planned) == ["fact-expires"]
    folder.write("posts/facts.toml", FACT.replace("2030-01-01", "2027-08-31"))
    assert codes(folder.plan()) == ["fact-overdue"]
    folder.write("posts/facts.toml", FACT.replace('"ok"', '"do_not_use"'))
    assert codes(folder.plan()) == ["fact-do-not-use"]


def test_a_time_that_comes_twice_is_a_warning(folder: Folder) -> None:
    folder.post(head='when = "2027-11-07 01:30"')
    at_night, doubled = folder.plan().findings
    assert (doubled.code, doubled.level) == ("doubled-hour", Level.WARNING)
    assert at_night.code == "quiet-hours"


def test_the_progress_sees_every_post(folder: Folder) -> None:
    for name in "ab":
        folder.post(name, en=name, fr=name)
    seen: list[str] = []

    def watch(posts: Iterable[PostFile]) -> Iterable[PostFile]:
        for post in posts:
            seen.append(post.key)
            yield post

    plan(folder.library(), ALL_CHANNELS, NOW, progress=watch)
    assert seen == ["know/a", "know/b"]


def test_planning_twice_gives_the_same(folder: Folder) -> None:
    folder.post("a", 'when = "next-slot"', en="A", fr="A’")
    folder.post("b", en="B", fr="B’")
    first = folder.plan()
    assert [(one.post.key, one.channel, one.due, one.text) for one in first.planned] == [
        (one.post.key, one.channel, one.due, one.text) for one in folder.plan().planned
    ]


def test_the_words_of_a_text_are_checked_at_their_line(folder: Folder) -> None:
    folder.post(en="She has MBC.\n\nShe lost her battle.")
    [finding] = with_code(folder.plan(), "kind-words")
    assert (finding.level, str(finding.place)) == (Level.WARNING, "posts/know/one.toml:5")


def test_what_two_channels_get_alike_is_told_once(folder: Folder) -> None:
    folder.post(en="She lost her battle. {{ link() }}")
    planned = folder.plan()
    assert codes(planned).count("kind-words") == 1
    assert [one.channel.name for one in planned.planned if with_code(one, "kind-words")] == [
        "facebook-en",
        "twitter-en",
    ]


def test_the_numbers_of_a_fact_may_stand_in_a_text_that_leans_on_it(folder: Folder) -> None:
    folder.post(en="It is 23.2%.", fr="C’est 23,2 %.")
    assert set(codes(folder.plan())) >= {"statistic-without-fact"}
    folder.write("posts/facts.toml", FACT.replace("review_by", 'figure = "23.2%"\nreview_by'))
    folder.post(
        head='when = "mbc-day 09:00"\nfacts = ["spread"]', en="It is 23.2%.", fr="C’est 23,2 %."
    )
    assert folder.plan().errors() == []


def test_a_figure_that_must_not_be_used_is_known_by_every_post(folder: Folder) -> None:
    barred = FACT.replace('"ok"', '"do_not_use"').replace(
        "It has spread.", "It has spread in 30% of women."
    )
    folder.write("posts/facts.toml", barred)
    folder.post(en="It has spread in 30% of women.")
    assert "number-refused" in codes(folder.plan())


def test_both_languages_are_compared_once_a_network(folder: Folder) -> None:
    folder.post(en="On October 13, we meet.", fr="Le 14 octobre, on se voit.")
    planned = folder.plan()
    assert codes(planned) == ["pair-dates"]
    assert all(with_code(one, "pair-dates") for one in planned.planned)


def test_languages_on_different_networks_are_not_compared(folder: Folder) -> None:
    head = 'when = "mbc-day 09:00"\nchannels = ["twitter-en", "facebook-fr"]'
    folder.post(head=head, en="On October 13, we meet.", fr="Le 14 octobre, on se voit.")
    assert codes(folder.plan()) == []


def test_texts_on_x_that_are_nearly_the_same_are_told_at_the_later_one(folder: Folder) -> None:
    folder.post(
        "a",
        'when = "mbc-day 09:00"\nchannels = ["twitter-en", "facebook-en"]',
        en="Only 3 days until our walk.",
    )
    folder.post(
        "b",
        'when = "mbc-day -1d 09:00"\nchannels = ["twitter-en", "facebook-en"]',
        en="Only 4 days until our walk.",
    )
    planned = folder.plan()
    [finding] = with_code(planned, "near-text")
    assert str(finding.place) == "posts/know/a.toml:4"
    assert [
        (one.post.name, one.channel.name)
        for one in planned.planned
        if with_code(one, "near-text")
    ] == [("a", "twitter-en")]


def test_the_configuration_sets_the_level_of_every_finding_or_leaves_it_out(
    folder: Folder,
) -> None:
    folder.post(en="She lost her battle.")
    config = replace(ALL_CHANNELS, checks={"kind-words": Level.ERROR})
    assert folder.plan(config=config).posts_with_errors() == {"know/one"}
    assert codes(folder.plan(config=replace(ALL_CHANNELS, checks={"kind-words": None}))) == []


def test_what_may_not_be_set_keeps_its_level(folder: Folder) -> None:
    folder.post(en="x" * 281)
    config = replace(ALL_CHANNELS, checks={"too-long": None})
    assert codes(folder.plan(config=config)) == ["too-long"]


def test_a_site_of_one_language_asks_for_no_other(folder: Folder) -> None:
    only_english = FACT.replace('claim.fr = "Il s’est propagé."\n', "")
    folder.write("posts/facts.toml", only_english)
    folder.write("posts/calendar.toml", CALENDAR.replace('name.fr = "Journée CSM"\n', ""))
    folder.write("posts/know/one.toml", f'{SLOT}\n[en]\nshort = "Hello to all of you."\n')
    site = Site(languages=("en",))
    channels = starter_channels(KNOWN, site.languages)
    assert {channel.language for channel in channels.values()} == {"en"}
    config = replace(ALL_CHANNELS, site=site, channels=channels)
    library = read_library(folder.posts, folder.templates, languages=site.languages)
    planned = plan(library, config, NOW)
    assert (planned.findings, len(planned.planned)) == ((), 1)
    folder.write("posts/know/one.toml", f'{SLOT}\n[fr]\nshort = "Bonjour."\n')
    planned = plan(folder.library(), config, NOW)
    assert "There is no text under [en]: write it." in [f.message for f in planned.findings]


def test_a_thread_is_read_as_one_text(folder: Folder) -> None:
    folder.post(
        en="People live with metastatic breast cancer (MBC).\n---\nMBC is treated.", head=SLOT
    )
    assert "acronym" not in codes(folder.plan())
