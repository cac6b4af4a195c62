"""A log that was made before sentences were kept as what they say reads the same after it, in both languages."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.sentence import Sentence, filled, read
from campaign.migrations._sentences_0008 import reader
from campaign.web.frame.sentences import explanations, say
from tests import catalogue
from tests.stage import ROOT

READER = reader()
KEPT = json.loads(
    (ROOT / "campaign" / "migrations" / "_sentences_0008.json").read_text("utf-8")
)
BEFORE: dict[str, str] = json.loads(
    (ROOT / "tests" / "data" / "said_before_0008.json").read_text("utf-8")
)
"""Every reason and answer of the kept databases, and what the pages said of it in French until then."""
FRENCH = {entry.msgid: entry.msgstr for entry in catalogue.kept() if not entry.msgctxt} | dict(
    explanations("fr")
)
NAMES = st.from_regex(r"[b-df-hj-np-tv-xz]{3,8}-[0-9]{1,4}", fullmatch=True)
BETTER = {
    "Answer: remark.": "Réponse\u00a0: remarque.",
    "Answer: yes.": "Réponse\u00a0: oui.",
    "It came due during a pause: send it now, give it a new time, or drop it.": (
        "L’heure est venue pendant une suspension\u00a0: envoyez-le maintenant, déplacez-le ou abandonnez-le."
    ),
    "It was held back by a pause. Send it now (retry), give it a new time (reschedule) or drop it (cancel).": (
        "Il a été retenu par une suspension. Envoyez-le maintenant (retry), déplacez-le (reschedule) ou abandonnez-le (cancel)."
    ),
    "Its consent was taken back.": "Le consentement a été retiré.",
    "Its storyteller has taken it back.": "La personne qui témoigne l’a retiré.",
    "It was taken back by its storyteller.": "La personne qui témoigne l’a retiré.",
    "Channel x-fr: On relit le français.": "Canal x-fr\u00a0: On relit le français.",
    "Its time is over: it could go out until 2027-09-01 09:30. Give it a new time, or drop it.": (
        "Son heure est passée\u00a0: il pouvait être envoyé jusqu’au 2027-09-01 09:30."
        " Déplacez-le, ou abandonnez-le."
    ),
}
"""What had lost its French when its English was worded anew, and has it again; and what says the words of the glossary
now (*retirer*, *canal*, *envoyé*), in old rows too."""


def after(english: str) -> str:
    """What a row of before says now."""
    return read(READER.read(english))


@pytest.mark.parametrize("english", BEFORE)
def test_every_row_reads_as_it_did(english):
    assert say(after(english), "en") == english
    assert say(after(english), "fr") == BETTER.get(english, BEFORE[english])


@given(st.sampled_from(KEPT["patterns"]), st.lists(NAMES, min_size=6, max_size=6))
def test_every_sentence_that_was_ever_said_is_read_with_its_values(pattern, values):
    english = str.__str__(Sentence(pattern, *values))
    assert say(after(english), "en") == english
    assert say(after(english), "fr") == filled(FRENCH[pattern], values)


@given(
    st.lists(
        st.sampled_from([one for one in KEPT["patterns"] if one.endswith(".")]),
        min_size=2,
        max_size=4,
    ),
    NAMES,
)
def test_several_one_after_the_other_are_read_each(patterns, name):
    english = " ".join(str.__str__(Sentence(one, *[name] * 6)) for one in patterns)
    assert say(after(english), "en") == english
    assert say(after(english), "fr") == " ".join(
        filled(FRENCH[one], [name] * 6) for one in patterns
    )


@given(
    st.text()
    | st.sampled_from(KEPT["patterns"]).map(
        lambda one: filled(one, ['"', "[", "a b", "", "{0}", "9"])
    )
)
def test_no_text_is_changed_by_a_sign(text):
    assert str.__str__(after(text)) == text


def test_words_of_a_person_stay_words():
    assert not isinstance(after("We wait on this: tell me"), Sentence)
    assert after("[not ours]") == "[not ours]"
    reason = after(
        "Publishing is paused: The printer is on fire: wait Its text is not the one that was approved: approve it again."
    )
    assert say(reason, "fr") == (
        "La diffusion est suspendue\u00a0: The printer is on fire: wait"
        " Son texte n’est pas celui qui a été approuvé\u00a0: approuvez-le de nouveau."
    )


def test_what_is_too_long_stays_as_it_is():
    text = "Its file is no longer there. " * 200
    assert after(text) == text
