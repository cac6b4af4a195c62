"""A sentence is its English text, and keeps what it was made of: in memory, in a pickle and in the database."""

import copy
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.foreign import as_sentence
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence, is_unended, joined, read, stored, worded
from campaign.states import Status

VALUES = st.recursive(
    st.text(max_size=20) | st.integers(-999, 999),
    lambda inner: st.builds(Sentence, st.text('{}012 a.["', max_size=20), inner, inner),
    max_leaves=6,
)
SENTENCES = st.builds(Sentence, st.text('{}012 a.["', max_size=30), VALUES, VALUES, VALUES)


def test_it_is_its_english_text():
    said = Sentence("Delivery {0} is {1}: look at it again.", 7, Status.DRAFT)
    assert said == "Delivery 7 is draft: look at it again."
    assert f"{said}" == "Delivery 7 is draft: look at it again."
    assert (said.template, said.values) == (
        "Delivery {0} is {1}: look at it again.",
        (7, "draft"),
    )
    assert json.dumps({"error": said}) == '{"error": "Delivery 7 is draft: look at it again."}'


def test_what_only_looks_like_a_place_stays():
    assert Sentence("{% {0} %} is not {{ {9} }}.", "for") == "{% for %} is not {{ {9} }}."


@given(SENTENCES)
def test_the_database_gives_back_what_was_stored(sentence):
    again = read(stored(sentence))
    assert isinstance(again, Sentence) or (
        sentence.template == "{0}" and not isinstance(sentence.values[0], int)
    )
    assert again == sentence
    if isinstance(again, Sentence):
        assert (again.template, again.values) == (sentence.template, sentence.values)


@given(st.text())
def test_anybodys_own_words_come_back_as_they_are(text):
    again = read(stored(text))
    assert again == text
    assert not isinstance(again, Sentence)


@pytest.mark.parametrize(
    "kept",
    [
        "[",
        "[]",
        "[1]",
        "[[]]",
        '["a", null]',
        '["a", {}]',
        '["a", 1.5]',
        "[" * 2000,
        '["a",' * 30 + '"b"' + "]" * 30,
    ],
)
def test_what_nobody_stored_is_taken_for_words(kept):
    assert read(kept) == kept


@given(SENTENCES)
def test_a_copy_keeps_what_it_was_made_of(sentence):
    for again in (
        copy.deepcopy(sentence),
        pickle.loads(pickle.dumps(sentence)),
        str(sentence),
        str(Problem(sentence)),
    ):
        assert isinstance(again, Sentence)
        assert (again, again.template, again.values) == (
            sentence,
            sentence.template,
            sentence.values,
        )


def test_sentences_one_after_the_other_are_kept_each():
    first, second = Sentence("It was tried {0} times.", 6), Sentence("Look at it.")
    assert joined([]) == ""
    assert joined(["", first]) is first
    both = joined([first, "", second])
    assert both == "It was tried 6 times. Look at it."
    assert isinstance(both, Sentence) and both.values == (first, second)
    assert not isinstance(joined(["a", "b"]), Sentence)
    assert (first + " ok").values == (first, " ok")
    assert isinstance("Note: " + first, Sentence)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("A day of mourning", "It waits: A day of mourning. Its time is over."),
        ("A day of mourning.", "It waits: A day of mourning. Its time is over."),
        ("Who knows?", "It waits: Who knows? Its time is over."),
        (
            "Un deuil «\u00a0chez nous\u00a0»",
            "It waits: Un deuil «\u00a0chez nous\u00a0». Its time is over.",
        ),
        ("She said “no.”", "It waits: She said “no.” Its time is over."),
    ],
)
def test_what_somebody_wrote_without_a_full_stop_does_not_run_into_the_next_sentence(why, said):
    told = joined([Sentence("It waits: {0}", why), Sentence("Its time is over.")])
    assert told == said
    assert read(stored(told)) == said


def test_a_number_of_a_post_and_a_list_get_no_full_stop():
    assert joined(["123_456", Sentence("It stays there.")]) == "123_456 It stays there."
    assert joined([Sentence("one day"), Sentence("two hours")], ", ") == "one day, two hours"


@given(st.lists(SENTENCES.filter(bool), min_size=2, max_size=4))
def test_sentences_that_are_put_together_end_each(parts):
    texts = [str.__str__(part) for part in parts]
    told = joined(parts)
    assert isinstance(told, Sentence)
    assert told.values == tuple(parts)
    for text in texts[:-1]:
        assert f"{text}{'.' if is_unended(text) else ''} " in told


def test_it_is_worded_from_the_inside_out():
    said = Sentence("{0} Then {1}.", Sentence("It is {0}.", "draft"), "ana")
    words = {"{0} Then {1}.": "{0} Puis {1}.", "It is {0}.": "C’est {0}."}
    found = worded(
        said,
        lambda template, values: Sentence(words[template], *values),
        lambda _template, _at, text: {"draft": "brouillon"}.get(text, text),
    )
    assert found == "C’est brouillon. Puis ana."
    assert worded("Her own words.", lambda *_: "", lambda *_: "") == "Her own words."


def test_what_a_library_says_is_read_where_it_comes_in():
    assert as_sentence("unterminated string").template == "unterminated string"  # type: ignore[attr-defined]
    several = as_sentence(
        "Encountered unknown tag 'x'. Jinja was looking for the following tags: 'endif'."
    )
    assert [one.template for one in several.values] == [  # type: ignore[attr-defined]
        "Encountered unknown tag {0}.",
        "Jinja was looking for the following tags: {0}.",
    ]
    assert not isinstance(as_sentence("something new"), Sentence)
    assert not isinstance(as_sentence("x" * 400), Sentence)
