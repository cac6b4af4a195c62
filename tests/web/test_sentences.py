"""What the heart of the program says, said in French: by what it was made of, with its values."""

import ast
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.content.dates.when import BadWhen, parse_when
from campaign.content.facts import FactStatus
from campaign.content.post import Kind
from campaign.core.finding import did_you_mean
from campaign.core.sentence import Sentence, filled, joined
from campaign.core.span import say_span
from campaign.people.roles import Role
from campaign.states import Stage, Status
from campaign.web.frame.sentences import explanations, say
from campaign.web.frame.values import VALUES
from tests import catalogue
from tests.stage import ROOT

SAID = {
    entry.msgid: entry.msgstr
    for entry in catalogue.kept()
    if entry.comment in (catalogue.SAID, catalogue.KEPT)
}
NAMES = st.from_regex(r"[b-df-hj-np-tv-xz]{3,8}-[0-9]{1,4}", fullmatch=True)
NB = "\u00a0"
SAY = frozenset(
    {"Problem", "error", "warning", "info", "complain", "Refused", "TryLater", "Unconfirmed"}
    | {
        "NotDeleted",
        "Unreachable",
        "CannotLook",
        "BadWhen",
        "BadSpan",
        "BadSlot",
        "BadRule",
        "BadPicture",
        "Reason",
    }
)
"""What is handed something that a person reads. A page may use gettext instead, but never a text alone."""
HEART = [
    path
    for folder in (ROOT / "campaign").iterdir()
    if folder.is_dir() and folder.name not in ("commands", "migrations", "locale", "models")
    for path in sorted(folder.rglob("*.py"))
]


def french(sentence: str) -> str:
    return say(sentence, "fr")


def bare(path) -> list[str]:
    """What is said in a file as a text alone, of which nothing is known but its words."""
    found = []
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        name = getattr(getattr(call, "func", None), "id", "") or getattr(
            getattr(call, "func", None), "attr", ""
        )
        if (
            not isinstance(call, ast.Call)
            or name not in SAY
            or ast.unparse(call.func).startswith("log.")
        ):
            continue
        for text in [*call.args, *(word.value for word in call.keywords)]:
            plain = ast.unparse(text) if isinstance(text, ast.JoinedStr | ast.Constant) else ""
            if re.search(r"[a-z]{2,} [a-z]{2,}", plain):
                found.append(f"{path.name}:{text.lineno}: {plain}")
    return found


def test_whatever_is_said_to_people_is_a_template_and_values():
    assert [line for path in HEART for line in bare(path)] == []


def test_values_are_the_same_in_both_languages():
    def places(text: str) -> list[str]:
        return sorted(set(re.findall(r"\{[0-9]\}", text)))

    assert {
        english for english, text in SAID.items() if places(english) != places(text)
    } == set()


@pytest.mark.parametrize("kinds", [Status, Stage, Kind, Role, FactStatus])
def test_every_word_for_a_state_a_kind_or_a_role_is_known(kinds):
    known = {str(word) for word in VALUES}
    assert [
        one.value for one in kinds if one.value not in known and one is not FactStatus.OK
    ] == []


@given(st.sampled_from(sorted(SAID)), st.lists(NAMES, min_size=6, max_size=6))
def test_every_sentence_is_said_in_french_with_its_values(english, values):
    assert french(Sentence(english, *values)) == filled(SAID[english], values)


@given(st.sampled_from(sorted(SAID)), st.lists(st.text(max_size=30), min_size=6, max_size=6))
def test_whatever_stands_in_the_values_an_answer_comes_back(english, values):
    assert say(Sentence(english, *values), "en") == Sentence(english, *values)
    assert isinstance(french(Sentence(english, *values)), str)


@given(st.text(max_size=200))
def test_words_of_anybody_else_come_back_unchanged(text):
    assert french(text) == text


def test_no_sentence_is_recognised_by_its_words():
    assert french("It was found on the account.") == "It was found on the account."
    assert french(Sentence("It was found on the account.")) == "Il a été trouvé sur le compte."


def test_a_sentence_that_is_not_in_the_catalogue_is_said_in_english_with_its_values_in_french():
    inner = Sentence("It was found on the account.")
    assert (
        french(Sentence("Nobody has said {0} before.", inner))
        == "Nobody has said Il a été trouvé sur le compte. before."
    )


def test_sentences_one_after_the_other_are_all_said():
    said = joined(
        [Sentence("It was tried {0} times.", 6), Sentence("It was found on the account.")]
    )
    assert french(said) == "Il y a eu 6 tentatives. Il a été trouvé sur le compte."


def test_a_sentence_in_a_sentence_is_said_too():
    unknown = Sentence(
        '"{0}" is not a day of calendar.toml; {1}',
        "mbcday",
        did_you_mean("mbcday", ["mbc-day"]),
    )
    assert french(unknown) == (
        f"«{NB}mbcday{NB}» n’est pas une journée de calendar.toml; vouliez-vous dire «{NB}mbc-day{NB}»?"
    )


def test_a_picture_without_a_description_is_told_of_with_the_language_of_the_description():
    missing = "The picture {0} has no description (alt.{1}): say what it shows, for those who cannot see it."
    assert "n’a pas de description en français" in say(Sentence(missing, 1, "fr"), "fr")


def test_an_unreadable_time_is_explained_in_french():
    with pytest.raises(BadWhen) as problem:
        parse_when("soon")
    assert french(str(problem.value)).startswith(
        f"«{NB}soon{NB}» n’indique pas d’heure; écrivez par exemple"
    )


def test_states_are_named_and_names_stay():
    moved = Sentence(
        "Delivery {0} is {1}: it cannot become {2}.", 4, Status.DRAFT, Status.PUBLISHED
    )
    assert french(moved) == (
        f"L’envoi 4 est à l’état «{NB}brouillon{NB}»{NB}: il ne peut pas passer à l’état «{NB}publié{NB}»."
    )
    several = Sentence('There is more than one post named "{0}": write campaign/name.', "draft")
    assert (
        french(several)
        == f"Il y a plus d’une publication nommée «{NB}draft{NB}»{NB}: écrivez campagne/nom."
    )


def test_a_persons_reason_and_a_networks_words_stay_as_they_were_written():
    paused = Sentence(
        "{0} is paused: {1}", Sentence("Channel {0}", "x-en"), "Draft one is on paper. Wait!"
    )
    assert (
        french(paused) == f"Canal x-en, suspension en cours{NB}: Draft one is on paper. Wait!"
    )
    trouble = Sentence("X had trouble of its own ({0}, {1})", 503, "“Over. Capacity.”")
    assert french(Sentence("{0}. The post may be out, or not.", trouble)) == (
        "X a eu un problème de son côté (503, “Over. Capacity.”). La publication est peut-être en ligne, peut-être pas."
    )


def test_the_reasons_of_the_lists_of_words_are_said():
    why = "Talk of war makes those who do not get better the losers."
    assert why in explanations("fr")
    assert french(
        Sentence("“{0}”: {1} Say instead: {2}.", "battle", Sentence(why), "living with")
    ) == (
        f"«{NB}battle{NB}»{NB}: Parler de guerre fait des perdants de celles et ceux qui ne guérissent pas."
        f" Dites plutôt{NB}: living with."
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("1 day, 2 hours and 1 minute", f"1{NB}jour, 2{NB}heures et 1{NB}minute"),
        ("October 1, 2027", "1er octobre 2027"),
        ("February 30, 2027", "February 30, 2027"),
        ("Octember 3, 2027", "Octember 3, 2027"),
        ("10,000", f"10{NB}000"),
        ("7 dwarfs", "7 dwarfs"),
        ("no", "non"),
    ],
)
def test_dates_numbers_and_spans_are_said_where_they_are_values(value, said):
    assert french(Sentence("Answer: {0}.", value)) == f"Réponse{NB}: {said}."


@given(st.timedeltas())
def test_every_span_has_its_french(span):
    assert not re.search(r"day|hour|and", french(say_span(span)))


def test_every_region_of_a_language_reads_its_catalogue():
    found = Sentence("It was found on the account.")
    assert say(found, "fr-CA") == "Il a été trouvé sur le compte."
    assert say(found, "en-ca") == "It was found on the account."


def test_a_command_to_type_is_named_as_it_is_here(monkeypatch):
    monkeypatch.setattr(
        "campaign.web.frame.sentences.as_typed",
        lambda text: text.replace("scheduler.py", "campaign"),
    )
    assert french("See scheduler.py queue.") == "See campaign queue."
