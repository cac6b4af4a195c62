"""Words of somebody who does not want to live are found, in both languages and however they are typed; other words are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks.distress import distress

TOLD = (
    "I want to die.",
    "I would like to die.",
    "I’d love to disappear.",
    "Id like to be dead.",
    "I’d like it all to end.",
    "J’aimerais mourir.",
    "Je voudrais mourir.",
    "J’aurais voulu mourir.",
    "My name is Anne. Some nights I want it all to end. I like my garden.",
    "Some nights I just want it to be over.",
    "I can’t go on.",
    "i cant go on like this",
    "I don't want to be here any more",
    "i dont wanna be here anymore",
    "I wish I were dead.",
    "I hope I don’t wake up tomorrow.",
    "My family would be better off without me.",
    "What is the point of going on?",
    "I no longer want to live.",
    "I have nothing left to live for.",
    "I’ve given up.",
    "I have been thinking about suicide.",
    "She said: “I would never kill myself.”",
    "Life is not worth living",
    "I see no way out.",
    "No one would miss me.",
    "I asked for medical assistance in dying.",
    "Je veux en finir.",
    "je ne veux plus vivre",
    "À quoi bon continuer?",
    "a quoi bon",
    "J’en peux plus.",
    "Je n'en peux plus.",
    "Certaines nuits, je voudrais que tout s’arrête.",
    "Je ne vois plus d’issue.",
    "J’ai envie de mourir.",
    "Vous seriez mieux sans moi.",
    "Je pense à mettre fin à mes jours.",
    "Je voudrais m’endormir et ne plus me réveiller.",
    "J’ai perdu le goût de vivre.",
    "je voudrais disparaitre",
    "Je n’ai plus la force de continuer.",
)
NOT_TOLD = (
    "I do not want to die. I want to see my daughter grow up.",
    "I like my garden.",
    "I am afraid of dying.",
    "I would not like to die.",
    "She would like to die at home.",
    "I would like to end the day with a walk.",
    "I’d rather be here.",
    "She wanted to die at home.",
    "If you are thinking about suicide, call or text 9-8-8.",
    "We want to end the silence about metastatic breast cancer.",
    "I can’t go on the bus alone any more.",
    "I gave up my job.",
    "I didn’t give up.",
    "My treatment is over. I can no longer work.",
    "The treatment stopped working.",
    "Je ne veux pas mourir.",
    "Je veux en finir avec les listes d’attente.",
    "Nous voulons en finir avec le silence.",
    "Je ne peux plus travailler.",
    "J’ai peur de mourir. Je veux vivre.",
    "J’abandonne mon jardin à mes voisins.",
    "Elle voulait mourir chez elle.",
    "I have nothing left to prove. I am tired of fighting for care.",
    "I can’t bear to look. I can’t live without my garden.",
    "Je ne suis plus capable de marcher. Je n’ai plus la force de monter l’escalier.",
    "J’ai perdu le goût des aliments. Je n’ai plus le goût du café.",
    "Je ne peux pas vivre sans mon jardin.",
)


@pytest.mark.parametrize("text", TOLD)
def test_words_of_despair_are_found_where_they_stand(text: str) -> None:
    spans = distress(text)
    assert spans
    assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_is_denied_and_what_is_about_others_or_things_is_not(text: str) -> None:
    assert distress(text) == ()


def test_the_place_is_that_of_the_words() -> None:
    text = "My name is Anne. Some nights I want it all to end. I like my garden."
    assert [text[start:end] for start, end in distress(text)] == ["want it all to end"]


@pytest.mark.parametrize("text", TOLD)
def test_capitals_and_the_kind_of_apostrophe_hide_nothing(text: str) -> None:
    assert distress(text.upper())
    assert distress(text.replace("’", "'"))
    assert distress(text.replace("'", "’"))


@given(st.sampled_from(TOLD), st.sampled_from(NOT_TOLD), st.sampled_from(["\n\n", " ", "\n- "]))
def test_no_words_before_or_behind_hide_them(told: str, other: str, gap: str) -> None:
    told = told if told[-1] in ".?”" else told + "."
    for text in (f"{other}{gap}{told}", f"{told}{gap}{other}"):
        assert distress(text)


@given(
    st.sampled_from(TOLD),
    st.sampled_from(["\n", "\r\n", " \n", "\n  ", "   ", "\t", "\u2028"]),
    st.data(),
)
def test_where_a_line_ends_hides_nothing(told: str, gap: str, data: st.DataObject) -> None:
    words = told.split(" ")
    at = data.draw(st.integers(1, max(1, len(words) - 1)))
    text = " ".join(words[:at]) + gap + " ".join(words[at:])
    assert distress(text)


def test_words_of_two_paragraphs_are_no_phrase() -> None:
    assert distress("I want to\n\ndie Blumen") == ()
    assert distress("What I want to\n- die Blumen") == ()


@given(st.text(max_size=80))
def test_no_text_stops_it(text: str) -> None:
    spans = distress(text)
    assert list(spans) == sorted(spans)
