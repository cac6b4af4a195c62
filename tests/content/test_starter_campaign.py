"""The campaign that comes with the program can go out as it is: complete, sourced, in date, well written."""

import re
from collections import Counter
from datetime import UTC, date, datetime
from functools import lru_cache

import pytest

from campaign.config import Config
from campaign.consent.told import NOTHING, use_of
from campaign.content.facts import Fact, FactStatus
from campaign.content.library import Library, read_library
from campaign.content.post import LANGUAGES, Kind
from campaign.planning.plan import Plan, Planned, plan
from tests.folders import STARTER_CHANNELS

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONFIG = Config(channels=STARTER_CHANNELS)
EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
NUMBER = re.compile(r"\d+(?:[.,\u00a0]\d+)*")
ADDRESS = re.compile(r"https?://\S+")

WRONG_FRENCH = {
    "a plain space before a colon, a percent or a dollar sign": re.compile(r" [:%$]"),
    "no space before a colon": re.compile(r"\w:"),
    "a space before a semicolon or a mark": re.compile(r"\s[;!?]"),
    "no no-break space inside of the quotation marks": re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"),
    "English quotation marks": re.compile(r"[“”\"]"),
    "a straight apostrophe": re.compile(r"\w'\w"),
}


@lru_cache
def library() -> Library:
    return read_library(CONFIG.content.posts, CONFIG.content.templates)


@lru_cache
def planned() -> Plan:
    return plan(library(), CONFIG, NOW)


def each_delivery() -> list[Planned]:
    return list(planned().planned)


def test_it_is_read_without_an_error() -> None:
    assert planned().errors() == []
    assert library().broken == frozenset()


def test_it_has_enough_posts_and_all_of_them_in_both_languages() -> None:
    posts = library().posts.values()
    assert len(posts) >= 14
    assert all(
        post.texts[language].keys() == {"short", "long"}
        for post in posts
        for language in LANGUAGES
    )
    assert {post.kind for post in posts} == set(Kind)


def test_every_post_goes_to_every_channel() -> None:
    per_post = Counter(one.post.key for one in each_delivery())
    assert per_post.keys() == library().posts.keys()
    assert set(per_post.values()) == {len(STARTER_CHANNELS)}


def test_every_delivery_has_a_time_to_come_and_fits_its_network() -> None:
    for one in each_delivery():
        assert one.due is not None
        assert one.due.at > NOW
        assert 0 < one.length <= one.limit


def test_no_two_posts_of_a_channel_go_out_at_the_same_time() -> None:
    moments = Counter((one.channel.name, one.due.at) for one in each_delivery() if one.due)
    assert set(moments.values()) == {1}


def test_nothing_goes_out_at_night() -> None:
    hours = {
        one.due.at.astimezone(CONFIG.site.timezone).hour for one in each_delivery() if one.due
    }
    assert hours <= set(range(8, 20))


def test_every_text_ends_with_its_hashtags() -> None:
    for one in each_delivery():
        hashtags = " ".join(library().campaign(one.post).hashtags[one.channel.language])
        # The hashtags name an illness, and a story says of its person only what they agreed to.
        assert one.text.endswith(hashtags) is (one.post.kind is not Kind.STORY)


def test_the_template_of_a_story_tells_nothing_of_its_person() -> None:
    for one in each_delivery():
        if one.post.kind is Kind.STORY:
            own = one.post.text(one.channel.language, one.form)
            assert own is not None
            around = one.text.replace(own.source.strip(), "")
            assert around != one.text
            assert use_of(around, "", one.channel.language) == NOTHING


def test_a_post_on_x_has_a_link_only_where_it_is_what_readers_are_asked_for() -> None:
    """A post with a link costs thirteen times as much there."""
    on_x = [one for one in each_delivery() if one.channel.network == "twitter"]
    linked = {one.post.key for one in on_x if ADDRESS.search(one.text)}
    assert linked == {one.post.key for one in on_x if one.post.action}
    assert len(linked) == 4
    for one in on_x:
        assert len(ADDRESS.findall(one.text)) <= 1


def test_on_facebook_each_post_leads_somewhere_beside_its_text_and_gives_the_page_of_each_source() -> (
    None
):
    """A story has its address in the text, to which its person has said yes."""
    for one in each_delivery():
        if one.channel.network != "facebook":
            continue
        addresses = ADDRESS.findall(one.text)
        pages = {page_of(library().facts[key], one.channel.language) for key in one.facts}
        assert pages <= set(addresses)
        is_story = one.post.kind is Kind.STORY
        assert bool(set(addresses) - pages) is is_story, one.post.key
        assert bool(one.link) is not is_story, one.post.key


def page_of(fact: Fact, language: str) -> str:
    return (fact.url_fr if language == "fr" else "") or fact.url


def test_every_delivery_of_october_2027_goes_out_on_a_working_day() -> None:
    holidays = {date(2027, 10, 11)}
    for one in each_delivery():
        assert one.due
        day = one.due.at.astimezone(CONFIG.site.timezone).date()
        assert (day.year, day.month) == (2027, 10)
        assert day.weekday() < 5, one.post.key
        assert day not in holidays, one.post.key


def test_no_fact_in_use_runs_out_before_the_campaign_is_over_and_all_end_in_august() -> None:
    in_use = {key for one in each_delivery() for key in one.facts}
    for key in in_use:
        review_by = library().facts[key].review_by
        assert review_by > date(2027, 10, 31), key
        assert review_by.month == 8, key
    for fact in library().facts.values():
        is_used_up = fact.review_by < date(2027, 8, 1)
        assert is_used_up or fact.review_by.month == 8, fact.id


def test_readers_are_told_the_names_of_sources_and_no_initials() -> None:
    initials = re.compile(r"\b(?!MBC\b|UICC\b)[A-Z]{3,}\b")
    in_use = {key for one in each_delivery() for key in one.facts}
    for key in in_use:
        for citation in library().facts[key].citations.values():
            assert not initials.search(citation), key


def test_no_source_in_use_is_a_blog_a_mirror_or_an_organization_that_is_gone() -> None:
    gone = ("blogspot", "wordpress", "cbcf.org", "ghri.gc.ca", "trendsmask", "iabhp")
    in_use = {key for one in each_delivery() for key in one.facts}
    pages = [library().facts[key].url for key in in_use]
    pages += [library().days[one.post.day].source for one in each_delivery() if one.post.day]
    assert [page for page in pages if any(name in page for name in gone)] == []


def test_the_cancer_helpline_stands_beside_the_crisis_line() -> None:
    for one in each_delivery():
        if "9-8-8" in one.text and one.channel.network == "facebook":
            assert "1-888-939-3333" in one.text
            assert "9-1-1" in one.text


@pytest.mark.parametrize("fault", WRONG_FRENCH)
def test_the_french_is_set_as_french(fault: str) -> None:
    wrong = {
        (one.post.key, match[0])
        for one in each_delivery()
        if one.channel.language == "fr"
        for match in [WRONG_FRENCH[fault].search(ADDRESS.sub("", one.text))]
        if match
    }
    assert not wrong, fault


def test_the_french_claims_and_names_are_set_as_french() -> None:
    texts = [fact.claims.get("fr", "") for fact in library().facts.values()]
    texts += [day.names["fr"] for day in library().days.values()]
    assert [
        (text, fault)
        for text in texts
        for fault, wrong in WRONG_FRENCH.items()
        if wrong.search(text)
    ] == []


def test_no_fact_in_use_is_forbidden_or_overdue() -> None:
    today = date(2026, 11, 22)
    for key in {key for one in each_delivery() for key in one.facts}:
        fact = library().facts[key]
        assert fact.status is not FactStatus.DO_NOT_USE, key
        assert fact.review_by >= today, key


def test_every_fact_has_its_source_and_one_that_may_be_used_its_citation() -> None:
    for fact in library().facts.values():
        assert fact.url.startswith(("https://", "http://")), fact.id
        assert fact.source, fact.id
        if fact.status is not FactStatus.DO_NOT_USE:
            assert fact.citations.keys() == set(LANGUAGES), fact.id
        else:
            assert fact.note, fact.id


def test_every_fact_that_a_text_names_is_one_that_its_post_cites() -> None:
    assert {
        (one.post.key, key)
        for one in each_delivery()
        for key in set(one.facts) - set(one.post.facts)
    } == set()


def test_the_sources_of_a_post_stand_in_its_texts() -> None:
    for one in each_delivery():
        language = one.channel.language
        text = one.post.texts[language][one.form].source
        named = [key for key in one.post.facts if f'"{key}"' in text]
        for key in named or one.post.facts:
            assert library().facts[key].citations[language] in one.text, one.post.key


def test_every_number_in_a_text_comes_from_a_fact_that_its_post_cites() -> None:
    unfounded = [
        (post.key, language, number)
        for post in library().posts.values()
        for language, texts in post.texts.items()
        for text in texts.values()
        for number in NUMBER.findall(EXPRESSION.sub("", text.source))
        if not any(
            number in NUMBER.findall(library().facts[key].claims[language])
            for key in post.facts
        )
    ]
    assert unfounded == []


def test_both_languages_of_a_fact_hold_the_same_numbers() -> None:
    def numbers(text: str) -> list[str]:
        plain = re.sub(r"(?<=\d)[\u00a0,](?=\d{3}(?!\d))", "", text)
        return sorted(number.replace(",", ".") for number in NUMBER.findall(plain))

    facts = [
        fact for fact in library().facts.values() if fact.status is not FactStatus.DO_NOT_USE
    ]
    assert [
        fact.id for fact in facts if numbers(fact.claims["en"]) != numbers(fact.claims["fr"])
    ] == []


def test_stories_are_examples_and_say_so() -> None:
    stories = [one for one in each_delivery() if one.post.kind is Kind.STORY]
    assert stories
    for one in stories:
        assert one.post.example
        assert one.post.consent is None
        assert ("Exemple" if one.channel.language == "fr" else "Example") in one.text


def test_the_days_that_posts_count_down_to_have_a_source() -> None:
    days = {post.day for post in library().posts.values() if post.day}
    assert days
    assert all(library().days[day].source.startswith("https://") for day in days)


def test_it_can_be_run_again_every_year() -> None:
    for year in range(2027, 2032):
        again = plan(library(), CONFIG, datetime(year, 9, 1, 12, tzinfo=UTC))
        assert {one.due.at.year for one in again.planned if one.due} == {year}
        assert {finding.code for finding in again.errors()} <= {"fact-overdue"}
