"""A campaign's dates may hang on an awareness day: they then mean its run that is on, or the next one."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.config import Config
from campaign.content.campaigns import Campaign, address_of, nameless, read_campaign
from campaign.content.dates.days import Day, Fixed, parse_rule
from campaign.content.links import NO_LINK, PLACES
from campaign.content.post import LANGUAGES, PostLink
from campaign.content.source import read_source
from campaign.core.finding import Place
from campaign.core.toml_file import read_toml
from tests.folders import CAMPAIGN

DAYS = {
    "mbc-day": Day("mbc-day", Fixed(10, 13), {}),
    "new-year": Day("new-year", Fixed(1, 1), {}),
    "leap-day": Day("leap-day", Fixed(2, 29), {}),
    "columbus": Day("columbus", parse_rule("nth 2 mon oct"), {}),
}


def read(tmp_path: Path, text: str) -> tuple[Campaign, list[str]]:
    path = tmp_path / "campaign.toml"
    path.write_text(text, "utf-8")
    table = read_toml(path, "campaign.toml")
    return read_campaign(table, "know", DAYS), [str(finding) for finding in table.file.findings]


def dates(tmp_path: Path, start: str, end: str, today: date) -> tuple[date | None, date | None]:
    campaign, findings = read(tmp_path, f"start = {start}\nend = {end}\n")
    assert findings == []
    return campaign.dates(DAYS, today)


def test_a_campaign_is_read(tmp_path: Path) -> None:
    campaign, findings = read(tmp_path, CAMPAIGN)
    assert (findings, campaign.usable) == ([], True)
    assert (campaign.slug, campaign.utm) == ("know", "know")
    assert (campaign.names["fr"], campaign.aims["en"]) == ("La connaître", "More people know.")
    assert campaign.hashtags == {"en": ("#MBC", "#Cancer"), "fr": ("#CSM",)}
    assert campaign.links["fr"] == "https://survivornet.ca/fr/csm/"


def test_an_empty_campaign_has_its_folder_for_a_name(tmp_path: Path) -> None:
    campaign, findings = read(tmp_path, "")
    assert findings == []
    assert (campaign.names, campaign.utm) == ({"en": "know", "fr": "know"}, "know")
    assert campaign.dates(DAYS, date(2027, 1, 1)) == (None, None)


def test_a_campaign_without_a_file_has_its_folder_for_a_name() -> None:
    campaign = nameless("know", Place("campaign.toml"))
    assert (campaign.names["fr"], campaign.usable, campaign.hashtags) == ("know", True, {})


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 11, 1), 2027),
        (date(2027, 9, 30), 2027),
        (date(2027, 10, 1), 2027),
        (date(2027, 10, 13), 2027),
        (date(2027, 10, 31), 2027),
        (date(2027, 11, 1), 2028),
    ],
)
def test_the_run_that_is_on_counts_until_it_is_over(
    tmp_path: Path, today: date, year: int
) -> None:
    run = dates(tmp_path, '"mbc-day -12d"', '"mbc-day +18d"', today)
    assert run == (date(year, 10, 1), date(year, 10, 31))


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2027, 6, 1), date(2027, 12, 12), date(2028, 1, 21)),
        (date(2027, 12, 31), date(2027, 12, 12), date(2028, 1, 21)),
        (date(2028, 1, 1), date(2027, 12, 12), date(2028, 1, 21)),
        (date(2028, 1, 21), date(2027, 12, 12), date(2028, 1, 21)),
        (date(2028, 1, 22), date(2028, 12, 12), date(2029, 1, 21)),
    ],
)
def test_a_run_may_go_over_the_end_of_a_year(
    tmp_path: Path, today: date, first: date, last: date
) -> None:
    assert dates(tmp_path, '"new-year -20d"', '"new-year +20d"', today) == (first, last)


def test_plain_dates_stay_what_they_are(tmp_path: Path) -> None:
    for start, end in (('"2027-10-01"', '"2027-10-31"'), ("2027-10-01", "2027-10-31")):
        assert dates(tmp_path, start, end, date(2030, 1, 1)) == (
            date(2027, 10, 1),
            date(2027, 10, 31),
        )


def test_an_end_alone_may_hang_on_a_day(tmp_path: Path) -> None:
    campaign, findings = read(tmp_path, 'end = "mbc-day"')
    assert findings == []
    assert campaign.dates(DAYS, date(2027, 10, 14)) == (None, date(2028, 10, 13))


@pytest.mark.parametrize("today", [date(2026, 10, 13), date(2027, 3, 1), date(2027, 10, 11)])
def test_a_campaign_of_one_day_lasts_that_day_in_a_long_year_too(
    tmp_path: Path, today: date
) -> None:
    """The second Monday of October comes after 364 days in one year and after 371 in another."""
    for day in (f'"columbus {offset:+}d"' for offset in (0, 3)):
        first, last = dates(tmp_path, day, day, today)
        assert first == last


@given(
    st.sampled_from(sorted(DAYS)),
    st.dates(date(2001, 1, 1), date(2090, 1, 1)),
    st.integers(-180, 180),
    st.integers(0, 185),
)
def test_a_run_begins_at_the_last_time_of_its_day_before_its_end(
    tmp_path_factory: pytest.TempPathFactory, day: str, today: date, offset: int, length: int
) -> None:
    start, end = f'"{day} {offset:+}d"', f'"{day} {offset + length:+}d"'
    first, last = dates(tmp_path_factory.getbasetemp(), start, end, today)
    assert first is not None
    assert last is not None
    assert first <= last
    assert last >= today
    assert (last - first).days <= max(length, 371)
    again, _ = dates(tmp_path_factory.getbasetemp(), start, end, last)
    assert again == first


@given(
    st.dates(date(2001, 1, 1), date(2098, 1, 1)), st.integers(-180, 180), st.integers(0, 180)
)
def test_a_run_is_never_over_and_begins_before_it_ends(
    tmp_path_factory: pytest.TempPathFactory, today: date, offset: int, length: int
) -> None:
    start, end = f'"mbc-day {offset:+}d"', f'"mbc-day {offset + length:+}d"'
    first, last = dates(tmp_path_factory.getbasetemp(), start, end, today)
    assert first is not None
    assert last is not None
    assert last >= today
    assert (last - first).days == length


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('start = "soon 3"', '"soon 3" does not say a day'),
        ('end = "2027-02-30"', '"2027-02-30" names a date that is not in the calendar'),
        ('end = "mcb-day"', '"mcb-day" is not a day of the calendar; did you mean "mbc-day"?'),
        ("end = 2027-10-01T09:00:00", '"end" has a time of day'),
        ("start = 9999-12-31", '"start" is not between the years 2000 and 2100'),
        ("start = 1", '"start" must be a text'),
        ('start = "mbc-day"', 'Add an "end": without it, nobody knows which year'),
        ('hashtags = ["#MBC"]', '"hashtags" must be a table of keys.'),
        ('hashtags.de = ["#MBC"]', '"hashtags.de" is not a known key'),
        ('hashtag.en = ["#MBC"]', '"hashtag" is not a known key; did you mean "hashtags"?'),
        ("name.en = 1", '"name.en" must be a text'),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_keeps_the_campaign_waiting(
    tmp_path: Path, line: str, sentence: str
) -> None:
    campaign, findings = read(tmp_path, f"\n{line}\n")
    assert len(findings) == 1
    assert findings[0].startswith("campaign.toml:2: error: ")
    assert sentence in findings[0]
    assert not campaign.usable


def test_a_campaign_must_not_end_before_it_starts(tmp_path: Path) -> None:
    _, findings = read(tmp_path, 'start = 2027-10-02\nend = "2027-10-01"\n')
    assert findings == [
        "campaign.toml:2: error: The campaign ends on 2027-10-01, before it starts on 2027-10-02: correct it."
    ]


PLACED = """
[links.join-council]
en = "https://survivornet.ca/council/"
fr = "https://survivornet.ca/fr/conseil/"
[links]
share = "https://survivornet.ca/share/"
"""


def test_a_campaign_has_an_address_for_each_place(tmp_path: Path) -> None:
    campaign, findings = read(
        tmp_path,
        CAMPAIGN + PLACED.replace("[links]\n", "[links.share]\n").replace("share = ", "en = "),
    )
    assert findings == []
    assert campaign.places["join-council"]["fr"] == "https://survivornet.ca/fr/conseil/"
    assert campaign.places["share"] == {"en": "https://survivornet.ca/share/"}
    assert campaign.places["resources"] == {}


def test_a_place_that_nobody_knows_is_refused_with_the_nearest(tmp_path: Path) -> None:
    _, [finding] = read(tmp_path, '[links.join-counsel]\nen = "https://e.ca"\n')
    assert '"links.join-counsel" is not a known key; did you mean "join-council"?' in finding
    _, [finding] = read(tmp_path, '[links.share]\nde = "https://e.ca"\n')
    assert '"links.share.de" is not a known key' in finding


A_POST = read_source('when = "next-slot"', "know", "one", Path()).post
ADDRESSES = st.sampled_from(["", "https://e.ca/a", "https://e.ca/b"])
BY_LANGUAGE = st.fixed_dictionaries({}, optional={"en": ADDRESSES, "fr": ADDRESSES})


@given(
    to=st.sampled_from(["", NO_LINK, *PLACES]),
    action=st.sampled_from(["", *PLACES]),
    own=BY_LANGUAGE,
    home=BY_LANGUAGE,
    places=st.dictionaries(st.sampled_from(PLACES), BY_LANGUAGE),
    language=st.sampled_from(LANGUAGES),
)
def test_a_link_leads_somewhere_unless_it_is_left_out_on_purpose(
    to, action, own, home, places, language
):
    assert A_POST
    post = replace(A_POST, link=PostLink(own, to), action=action)
    campaign = replace(nameless("know", Place("campaign.toml")), links=home, places=places)
    address = address_of(post, campaign, language, Config())
    assert bool(address) == (to != NO_LINK)
    place = to or ("" if own else action)
    if place in PLACES and places.get(place, {}).get(language):
        assert address == places[place][language]
