"""A number in a health message comes from a cited fact, and numbers are read as each language writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks.reading.figures import dates, figures, hours
from campaign.checks.words.numbers import check_numbers
from campaign.content.facts import FactStatus
from campaign.content.post import Kind
from campaign.core.finding import Finding, Level
from tests.wording import codes, fact, reading

N = "\u00a0"
THIRTY = fact(
    "Approximately 30% of people diagnosed with breast cancer will develop metastatic breast cancer.",
    status=FactStatus.DO_NOT_USE,
    identity="thirty-percent",
)


def values(text: str, language: str) -> list[str]:
    return [figure.value for figure in figures(text, language)]


@pytest.mark.parametrize(
    ("english", "french", "value"),
    [
        ("30,500 people", f"30{N}500 personnes", "30500"),
        ("30,500 people", "30 500 personnes", "30500"),
        ("30,500 people", "30\u202f500 personnes", "30500"),
        ("23.2%", f"23,2{N}%", "23.2"),
        ("23.2 per cent", "23,2 pour cent", "23.2"),
        ("$129 million", "129 millions de dollars", "129000000"),
        ("2.3 million", "2,3 millions", "2300000"),
        ("74.0%", "74,0 %", "74"),
        ("one in eight", "une femme sur huit", "1/8"),
        ("1 in 8 women", "1 femme sur 8", "1/8"),
        ("four in five women", "quatre femmes sur cinq", "4/5"),
        ("half of women", "la moitié des femmes", "1/2"),
        ("318,429 women", "318 429 femmes", "318429"),
        ("154,794,100", "154 794 100", "154794100"),
    ],
)
def test_a_number_is_the_same_in_both_languages(english: str, french: str, value: str) -> None:
    assert values(english, "en") == values(french, "fr") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "HER2",
        "CDK4/6",
        "COVID-19",
        "on October 13, 2027",
        "at 9:30 a.m.",
        "at 7 pm",
        "one in Canada",
    ],
)
def test_dates_hours_and_names_hold_no_number(text: str) -> None:
    assert values(text, "en") == []


def test_dates_and_hours_are_the_same_in_both_languages() -> None:
    assert (
        [one for _, one in dates("October 13, 2027", "en")]
        == [one for _, one in dates("13 octobre 2027", "fr")]
        == ["10-13"]
    )
    assert (
        [one for _, one in dates("2027-10-01", "en")]
        == [one for _, one in dates("1er octobre", "fr")]
        == ["10-01"]
    )
    assert (
        [one for _, one in hours("7:30 p.m. and noon", "en")]
        == [one for _, one in hours("19 h 30", "fr")]
        == ["19:30"]
    )
    assert (
        [one for _, one in hours("9 a.m.", "en")]
        == [one for _, one in hours(f"9{N}h", "fr")]
        == ["09:00"]
    )


def told(text: str, language: str = "en", **more: object) -> list[Finding]:
    return list(check_numbers(reading(text, language, **more)))


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("Some 23.2% live on.", "en", "statistic-without-fact"),
        ("One in eight women knows.", "en", "statistic-without-fact"),
        ("Une femme sur huit le sait.", "fr", "statistic-without-fact"),
        (f"C’est 23,2{N}% des gens.", "fr", "statistic-without-fact"),
        ("Half of women know.", "en", "statistic-without-fact"),
        ("They say “30% of all come back”.", "en", "statistic-without-fact"),
        ("Each year 5,500 people die.", "en", "number-without-fact"),
        (f"Chaque année, 5{N}500 personnes en meurent.", "fr", "number-without-fact"),
        ("Most people die within three years.", "en", "number-without-fact"),
        ("One woman dies every two hours.", "en", "number-without-fact"),
        ("Women are twice as likely to die.", "en", "number-without-fact"),
        ("La plupart en meurent.", "fr", "number-without-fact"),
        ("Une femme meurt toutes les deux heures.", "fr", "number-without-fact"),
        ("Près du tiers des femmes auront une récidive.", "fr", "statistic-without-fact"),
    ],
)
def test_a_number_that_no_fact_covers_is_told(text: str, language: str, code: str) -> None:
    [finding] = told(text, language)
    assert finding.code == code
    assert finding.level is (Level.ERROR if code == "statistic-without-fact" else Level.WARNING)


def test_a_number_of_a_cited_fact_is_well_also_in_other_words() -> None:
    claim = "Survival was 23.2% and about one in eight."
    assert told(claim, claims=(claim,)) == []
    assert told("Some 23.2 per cent; 1 in 8 women.", claims=(claim,)) == []
    assert codes(told("Some 24%.", claims=(claim,))) == ["statistic-without-fact"]


@pytest.mark.parametrize(
    "text",
    [
        "Since 1986, in 2027 and on October 13 at 9:30 a.m.",
        "Stage 4 is stage IV. Room 12. Part 2.",
        "Call or text 9-8-8, 988 or 1-888-939-3333, 24/7.",
        "It is in 3 days. It takes 30 minutes.",
        "Read on. (1/3)",
        "1. Listen\n2. Ask",
        "She said: “I was 34.”",
        "HER2 and CDK4/6. https://x.ca/30 #Stage4 a30@b.ca",
        "We are 12 volunteers from 5 provinces who live with it.",
        "Our 10th meeting. It costs $20, at 3 p.m. Terminal 3.",
        "We need 100 people to sign.",
        "Most people have never heard of it. Most of our members live in towns.",
        "Half of our meetings are for those who live with it.",
    ],
)
def test_what_is_no_statistic_is_well(text: str) -> None:
    assert told(text) == []


def test_plain_numbers_are_looked_at_in_health_messages_alone() -> None:
    assert told("Join 40 of us.", kind=Kind.ACTION) == []
    assert codes(told("Join 40% of us.", kind=Kind.ACTION)) == ["statistic-without-fact"]
    assert told("I was told 30%.", kind=Kind.STORY) == []
    assert told("She says: “It was 30%.”", kind=Kind.STORY) == []


@pytest.mark.parametrize(
    "text",
    [
        "About 30% of people get metastatic breast cancer.",
        "About 30 per cent of cancers recur: recurrence is common.",
        "“30% will develop it”, they say.",
    ],
)
def test_the_figure_that_must_not_be_used_is_refused_with_its_note(text: str) -> None:
    [finding] = told(text, refused=(THIRTY,))
    assert (finding.code, finding.level) == ("number-refused", Level.ERROR)
    assert "thirty-percent" in finding.message


def test_the_same_figure_about_something_else_is_not_refused() -> None:
    assert codes(told("We grew by 30% last year.", refused=(THIRTY,))) == [
        "statistic-without-fact"
    ]


def test_a_fact_from_elsewhere_needs_its_place() -> None:
    abroad = (fact("Some live on.", region="United States"),)
    assert codes(told("Some live on.", facts=abroad)) == ["fact-region"]
    assert told("Some live on in the United States.", facts=abroad) == []
    assert told("Some live on.", facts=(fact("Some live on."),)) == []


def test_two_ways_to_count_survival_are_not_mixed() -> None:
    facts = (
        fact("Survival is low.", source="A"),
        fact("Survival is high.", source="B", identity="two"),
    )
    assert codes(told("Survival.", facts=facts)) == ["survival-mixed"]
    assert told("Survival.", facts=facts[:1]) == []


@given(
    st.text(alphabet=st.sampled_from("0123456789 ,.%$-/:“”hinsuroe\n" + N), max_size=80),
    st.sampled_from(["en", "fr"]),
)
def test_no_text_stops_the_check(text: str, language: str) -> None:
    told(text, language)
    assert all(0 <= one.start < one.end <= len(text) for one in figures(text, language))


@given(st.integers(0, 10**9))
def test_a_whole_number_is_read_back_from_both_languages(number: int) -> None:
    english, french = f"{number:,}", f"{number:,}".replace(",", N)
    assert (
        values(f"{english} people", "en")
        == values(f"{french} personnes", "fr")
        == [str(number)]
    )
