"""What the heart of the program says, said in French: every sentence, with its values, whatever stands in them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.dates.when import BadWhen, parse_when
from campaign.content.facts import FactStatus
from campaign.content.post import Kind
from campaign.core.finding import did_you_mean
from campaign.core.span import say_span
from campaign.people.roles import Role
from campaign.states import Stage, Status
from campaign.web.frame import sentences
from campaign.web.frame.sentences import say
from tests import catalogue
from tests.project.test_catalogue import badly_set
from tests.sentences_extractor import Module, files

SENTENCE, OTHER, WORDS = sentences.parts(catalogue.SENTENCES)
EVERY = {en: fr for en, fr in (sentences.explanations("fr") | SENTENCE | OTHER).items() if fr}
NAMES = st.from_regex(r"[b-df-hj-np-tv-xz]{3,8}-[0-9]{1,4}", fullmatch=True)
NB = "\u00a0"


@pytest.fixture(scope="module")
def source():
    """The sentences of the source, with their French."""
    return catalogue.heart()[0]


def french(sentence: str) -> str:
    return say(sentence, "fr")


def filled(pattern: str, values: list[str]) -> str:
    return re.sub(r"\{([0-9])\}", lambda found: values[int(found[1])], pattern)


def values_of(pattern: str) -> list[str]:
    return sorted(re.findall(r"\{[0-9]\}", pattern))


def test_every_sentence_of_the_program_has_its_french(source):
    missing = [english for english, text in source.items() if not text]
    assert missing == [], "run: python -m tests.catalogue update, then translate campaign/locale/fr/sentences.toml"


def test_no_sentence_is_kept_that_the_program_no_longer_says(source):
    assert sorted(SENTENCE.keys() - source.keys()) == [], "run: python -m tests.catalogue update"


def test_the_file_is_kept_in_order():
    assert catalogue.SENTENCES.read_text("utf-8") == catalogue.written(SENTENCE, OTHER, WORDS)


def test_both_languages_have_the_same_values():
    assert [english for english, text in EVERY.items() if values_of(english) != values_of(text)] == []


def test_values_stand_in_order_in_the_english():
    for english in EVERY:
        assert re.findall(r"\{([0-9])\}", english) == [str(number) for number in range(len(values_of(english)))]


def test_the_french_is_set_as_canada_sets_it():
    assert {
        text: wrong for text in [*SENTENCE.values(), *OTHER.values(), *WORDS.values()] if (wrong := badly_set(text))
    } == {}


@pytest.mark.parametrize("kinds", [Status, Stage, Kind, Role, FactStatus])
def test_every_word_for_a_state_a_kind_or_a_role_is_known(kinds):
    assert [one.value for one in kinds if one.value not in WORDS and one is not FactStatus.OK] == []


def test_every_action_of_the_log_is_known():
    actions = {action for file in files() for action in Module(file.read_text("utf-8")).arguments("action")}
    assert sorted(actions - WORDS.keys() - EVERY.keys()) == []


@given(st.sampled_from(sorted(EVERY)), st.lists(NAMES, min_size=6, max_size=6))
def test_every_pattern_is_said_in_french_with_its_values(english, values):
    assert french(filled(english, values)) == filled(EVERY[english], values)


@given(st.sampled_from(sorted(EVERY)), st.lists(st.text(max_size=30), min_size=6, max_size=6))
def test_whatever_stands_in_the_values_an_answer_comes_back(english, values):
    sentence = filled(english, values)
    assert say(sentence, "en") == sentence
    assert isinstance(french(sentence), str)


@given(st.text(alphabet='xyzk .:;!?«»"“”{}0\n', max_size=200))
def test_what_is_not_known_comes_back_unchanged(text):
    unknown = re.sub(r"“|\"", "", text)
    assert french(unknown) == unknown


@given(st.lists(st.sampled_from([e for e in sorted(EVERY) if e.endswith(".")]), min_size=2, max_size=4), NAMES)
def test_sentences_one_after_the_other_are_all_said(patterns, name):
    values = [name] * 6
    said = french(" ".join(filled(one, values) for one in patterns))
    assert said == " ".join(filled(EVERY[one], values) for one in patterns)


def test_the_gates_reasons_are_said_together_even_after_words_without_a_full_stop():
    reasons = (
        "Publishing is paused: The printer is on fire: wait"
        " Its text is not the one that was approved: approve it again."
        ' It leans on the fact "mbc", which must not be used.'
    )
    assert french(reasons) == (
        f"La publication est suspendue{NB}: The printer is on fire: wait"
        f" Son texte n’est pas celui qui a été approuvé{NB}: approuvez-le de nouveau."
        f" Son texte s’appuie sur le fait «{NB}mbc{NB}», qui ne doit pas être utilisé."
    )


def test_a_sentence_in_a_sentence_is_said_too():
    assert french(f'"mbcday" is not a day of calendar.toml; {did_you_mean("mbcday", ["mbc-day"])}') == (
        f"«{NB}mbcday{NB}» n’est pas une journée de calendar.toml; vouliez-vous dire «{NB}mbc-day{NB}»?"
    )
    assert french(f"a/b on twitter-fr: {french.__name__} is not approved") == (
        f"a/b sur twitter-fr{NB}: french is not approved"
    )


def test_lines_are_said_one_by_one():
    problem = 'config.toml:3: error: "site.x" is not a known key; known here: name, url.\nSomebody’s own words.'
    assert french(problem) == (
        f'config.toml:3{NB}: erreur{NB}: "site.x" n’est pas une clé connue; choix possibles{NB}: name, url.\n'
        "Somebody’s own words."
    )


def test_an_unreadable_time_is_explained_in_french():
    with pytest.raises(BadWhen) as problem:
        parse_when("soon")
    assert french(str(problem.value)).startswith(f"«{NB}soon{NB}» n’indique pas d’heure; écrivez par exemple")


def test_states_are_named_and_names_stay():
    assert french("Delivery 4 is draft: it cannot become published.") == (
        f"L’envoi 4 est à l’état «{NB}brouillon{NB}»{NB}: il ne peut pas passer à l’état «{NB}publié{NB}»."
    )
    assert french('There is more than one post named "draft": write campaign/name.') == (
        f"Il y a plus d’une publication nommée «{NB}draft{NB}»{NB}: écrivez campagne/nom."
    )


def test_a_persons_reason_stays_as_it_was_written():
    assert french("Channel twitter-en is paused: Draft one is on paper. Wait!") == (
        f"Le compte twitter-en est suspendu{NB}: Draft one is on paper. Wait!"
    )
    assert french("We wait on this: tell me") == "We wait on this: tell me"


def test_a_networks_words_stay():
    assert french("X had trouble of its own (503, “Over. Capacity.”). The post may be out, or not.") == (
        "X a eu un problème de son côté (503, “Over. Capacity.”). La publication est peut-être en ligne, peut-être pas."
    )


def test_the_reasons_of_the_lists_of_words_are_said():
    said = french("“battle”: Talk of war makes those who do not get better the losers. Say instead: living with.")
    assert said == (
        f"«{NB}battle{NB}»{NB}: Parler de guerre fait des perdants de celles et ceux qui ne guérissent pas."
        f" Dites plutôt{NB}: living with."
    )


def test_spans_dates_and_thousands_are_said():
    assert french("1 day, 2 hours and 1 minute") == f"1{NB}jour, 2{NB}heures et 1{NB}minute"
    assert french("October 1, 2027") == "1er octobre 2027"
    assert french("February 30, 2027") == "February 30, 2027"
    assert french("10,000") == f"10{NB}000"


@given(st.timedeltas())
def test_every_span_has_its_french(span):
    assert not re.search(r"day|hour|and", french(say_span(span)))


def test_every_region_of_a_language_reads_its_catalogue():
    assert say("It was found on the account.", "fr-CA") == "Il a été trouvé sur le compte."
    assert say("It was found on the account.", "en-ca") == "It was found on the account."
    assert say("It was found on the account.", "../fr") == "It was found on the account."


def test_what_is_too_long_comes_back_unchanged():
    text = "Its file is no longer there. " * 200
    assert french(text) == text


def patterns(source: str) -> list[str]:
    return list(Module(source).patterns())


def test_the_extractor_finds_texts_however_they_are_put_together():
    source = '''
"""A docstring is for technicians."""
TAIL = " and more of it."
def f(a, name):
    over = f"{a} too many"
    log.error("Nobody reads this but %s.", a)
    rows("SELECT a FROM b WHERE c")
    yield error("code", f"It is {over}: "
        f"leave {name} out.", place)
    yield error("code", f"There is no {'short' if a else 'long'} text.", place)
    yield error("code", "It stands here twice," + TAIL, place)
    raise Problem(why(name))
def why(name):
    return f"Its name {name} is taken."
'''
    assert sorted(patterns(source)) == [
        "It is {0} too many: leave {1} out.",
        "It stands here twice, and more of it.",
        "Its name {0} is taken.",
        "There is no long text.",
        "There is no short text.",
    ]


def test_the_extractor_parts_sentences_from_those_around_them():
    assert patterns('x = f"{reason} It was tried {n} times."') == ["It was tried {0} times."]
    assert patterns('x = f"The post was not taken down. {why}"') == ["The post was not taken down."]
