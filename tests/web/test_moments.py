"""Times and places in the reader's words."""

from datetime import date
from zoneinfo import available_timezones

import pytest
from django.utils.translation import override

from campaign.core.sentence import Sentence
from campaign.web.frame import moments, names
from campaign.web.frame.sentences import say


@pytest.mark.parametrize(
    ("zone", "english", "french"),
    [
        ("America/Toronto", "Eastern Time (Toronto)", "heure de l’Est (Toronto)"),
        ("America/Montreal", "Eastern Time (Montreal)", "heure de l’Est (Montréal)"),
        ("America/Halifax", "Atlantic Time (Halifax)", "heure de l’Atlantique (Halifax)"),
        ("America/Winnipeg", "Central Time (Winnipeg)", "heure du Centre (Winnipeg)"),
        ("America/Edmonton", "Mountain Time (Edmonton)", "heure des Rocheuses (Edmonton)"),
        ("America/Vancouver", "Pacific Time (Vancouver)", "heure du Pacifique (Vancouver)"),
        ("America/Whitehorse", "Yukon Time (Whitehorse)", "heure du Yukon (Whitehorse)"),
        (
            "America/St_Johns",
            "Newfoundland Time (St. John’s)",
            "heure de Terre-Neuve (St. John’s)",
        ),
        (
            "America/Swift_Current",
            "Central Time (Swift Current)",
            "heure du Centre (Swift Current)",
        ),
        ("Europe/Paris", "Paris time", "heure locale (Paris)"),
        ("America/Argentina/Ushuaia", "Ushuaia time", "heure locale (Ushuaia)"),
        ("UTC", "UTC", "UTC"),
    ],
)
def test_the_time_of_a_zone_is_called_as_people_call_it(zone, english, french):
    with override("en"):
        assert moments.clock(zone) == english
    with override("fr"):
        assert moments.clock(zone) == french


def test_no_zone_is_called_by_its_key():
    called = {zone: moments.clock(zone) for zone in available_timezones() if "/" in zone}
    assert [zone for zone, name in called.items() if "/" in name or "_" in name] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Due 2027-12-01 08:30, Eastern Time (Toronto)."),
        ("fr", "Prévu le 2027-12-01 08:30, heure de l’Est (Toronto)."),
    ],
)
def test_a_sentence_that_names_a_zone_calls_it_so(language, said):
    due = Sentence("Due {0}, {1}.", "2027-12-01 08:30", "America/Toronto")
    assert say(due, language) == said


def test_a_zone_that_somebody_typed_stays_as_it_was_typed():
    typed = Sentence('"{0}" is not a campaign; {1}', "America/Toronto", "")
    assert "America/Toronto" in say(typed, "fr")


@pytest.mark.parametrize(
    ("language", "on", "with_year", "said"),
    [
        ("en", date(2027, 10, 13), True, "Wed Oct 13, 2027"),
        ("en", date(2027, 10, 13), False, "Wed Oct 13"),
        ("fr", date(2027, 10, 13), True, "mer. 13 oct. 2027"),
        ("fr", date(2026, 11, 28), False, "sam. 28 nov."),
        ("fr", date(2027, 10, 1), False, "ven. 1er oct."),
    ],
)
def test_a_short_day_is_set_as_its_language_sets_it(language, on, with_year, said):
    with override(language):
        assert moments.short_day(on, with_year=with_year) == said


@pytest.mark.parametrize(("language", "said"), [("en", "X, French"), ("fr", "X (français)")])
def test_a_place_is_a_network_and_a_language(language, said):
    with override(language):
        assert names.place("twitter", "fr") == said
