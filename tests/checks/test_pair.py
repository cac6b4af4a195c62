"""English and French of a post say the same, each in its own language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks.pair import check_pair
from campaign.checks.words.mixups import check_mixups, link_language
from campaign.core.finding import Finding, Level
from tests.wording import codes, fact, reading, words

N = "\u00a0"


def told(english: str, french: str, **more: object) -> list[Finding]:
    return list(check_pair(words(english, "en", **more), words(french, "fr", **more)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("It is 23.2% of 30,500.", f"C’est 23,2{N}% de 30{N}500."),
        ("On October 13, 2027 at 7 p.m.", f"Le 13 octobre 2027 à 19{N}h."),
        ("One in eight women.", "Une femme sur huit."),
        ("See https://x.ca/en/page and wait.", "Voyez https://x.ca/fr/page et attendez."),
        ("See https://x.ca/?a=en", "Voyez https://www.x.ca/fr/?a=fr"),
        ("Stage IV (stage 4).", "Le stade IV."),
        ("Read. 💗 #MBC", "Lisez. 💗 #CSM"),
        ("There is no cure.", "Il n’existe aucun traitement curatif."),
        ("It cannot be cured.", "On ne peut pas en guérir."),
        (
            "There is no cure. We recommend nothing.",
            "Pas de traitement curatif. Nous ne recommandons aucun traitement.",
        ),
        ("Since 2014.", "Merci."),
        ("", "Bonjour."),
    ],
)
def test_a_pair_that_says_the_same_is_well(english: str, french: str) -> None:
    assert told(english, french) == []


@pytest.mark.parametrize(
    ("english", "french", "code"),
    [
        ("It is 23.2%.", f"C’est 23,3{N}%.", "pair-numbers"),
        ("It is 5 of us.", "C’est nous.", "pair-numbers"),
        ("On October 13.", "Le 14 octobre.", "pair-dates"),
        ("At 7 p.m.", "À 18 h.", "pair-dates"),
        ("See https://x.ca", "Voyez.", "pair-links"),
        ("See https://x.ca", "Voyez https://y.ca", "pair-sites"),
        ("Read. 💗", "Lisez.", "pair-emoji"),
        ("Read. #MBC", "Lisez.", "pair-hashtags"),
        ("There is no cure.", "Il n’existe toujours pas de traitement.", "pair-cure"),
        ("There is no cure.", "C’est une maladie.", "pair-no-cure"),
        ("Oui.", "Oui.", "pair-same"),
    ],
)
def test_what_differs_is_told(english: str, french: str, code: str) -> None:
    assert codes(told(english, french)) == [code]


def test_no_cure_without_curative_is_an_error() -> None:
    [finding] = told("It cannot be cured.", "Il n’y a aucun traitement.")
    assert (finding.level, finding.code) == (Level.ERROR, "pair-cure")
    assert "aucun traitement curatif" in finding.message


def test_facts_and_pictures_are_the_same_in_both() -> None:
    one, two = (
        words("Read.", "en", facts=(fact("A"),), alts=("A bench",)),
        words("Lisez.", "fr"),
    )
    assert codes(check_pair(one, two)) == ["pair-facts", "pair-pictures"]
    assert codes(told("Read.", "Lisez.", alts=("A bench",))) == ["pair-alts"]


def mixed(text: str, language: str, **more: object) -> list[str]:
    return codes(check_mixups(reading(text, language, **more)))


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("People who live with the disease can read this with their family.", "fr", "wrong-language"),
        ("Les personnes qui vivent avec la maladie liront cela avec leurs proches.", "en", "wrong-language"),
        ("Nous vous aidons, vous et vos proches. Read this with your family and their friends, for the day is near. "
         "Le groupe est pour vous, dans votre ville, avec les autres.", "fr", "mixed-language"),
        ("Environ 30,500 personnes.", "fr", "foreign-format"),
        (f"Environ 23.2{N}% des gens.", "fr", "foreign-format"),
        ("Donnez $25.", "fr", "foreign-format"),
        ("About 23,2% of us.", "en", "foreign-format"),
        ("About 23 % of us.", "en", "foreign-format"),
        ("She says « yes ».", "en", "foreign-format"),
        ("Lisez https://x.ca/en/page", "fr", "link-language"),
        ("Read https://x.ca/fr/page", "en", "link-language"),
    ],
)  # fmt: skip
def test_what_is_of_the_other_language_is_told(text: str, language: str, code: str) -> None:
    assert mixed(text, language) == [code]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"Environ 30{N}500 personnes, 23,2{N}%, 25{N}$.", "fr"),
        ("About 30,500 people, 23.2% and $25.", "en"),
        ("Lisez https://x.ca/en/page (en anglais).", "fr"),
        ("Read https://x.ca/en/page", "en"),
        ("Metastatic Breast Cancer Network, Living Beyond Breast Cancer.", "fr"),
        ("Elle dit : “This is the day that we were waiting for, and you are with us.”", "fr"),
        (
            "(Le français suit) We are with you. Nous sommes avec vous et vos proches, dans votre ville et pour vous.",
            "en",
        ),
    ],
)
def test_what_only_looks_like_it_is_well(text: str, language: str) -> None:
    assert mixed(text, language) == []


def test_a_description_in_the_other_language_is_told() -> None:
    assert mixed(
        "Lisez.", "fr", alts=("A bench that is under the tree of our garden for you",)
    ) == ["alt-language"]


@pytest.mark.parametrize(
    ("url", "language"),
    [
        ("https://x.ca/en/", "en"),
        ("https://x.ca/fr-ca/a", "fr"),
        ("https://fr.x.ca/a", "fr"),
        ("x.ca/?lang=en", "en"),
        ("https://x.ca/entry/friends", ""),
        ("https://[", ""),
    ],
)
def test_an_address_says_its_language(url: str, language: str) -> None:
    assert link_language(url) == language


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_pair_stops_the_check(english: str, french: str) -> None:
    told(english, french)
    mixed(english, "en")
    mixed(french, "fr")
