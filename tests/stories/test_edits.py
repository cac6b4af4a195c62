"""How far words were changed: what counts as little, and that everything else does not."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from campaign.consent.rule import Change
from campaign.stories.edits import beside, is_light, is_respelled
from campaign.stories.papers import Tale

TOLD = "I realy like my garden. I do not go there every day. It has 12 trees, and a bench. Nobody hurries me."


def changed(own: str, told: str = TOLD, language: str = "en") -> Change:
    texts = {"long": own}
    text = f"A story\n\n{own}\n\nhttps://example.org"
    return beside(Tale(told, "en"), texts, text, language).change


@pytest.mark.parametrize(
    ("own", "change"),
    [
        (TOLD, Change.SAME),
        (TOLD.replace("realy", "really"), Change.LIGHT),
        (TOLD.replace("12 trees, and", "12 trees and"), Change.LIGHT),
        ("I really like my garden.", Change.LIGHT),
        ("I really like my garden. It has 12 trees.", Change.LIGHT),
        (TOLD.replace(" I do not go there every day.", ""), Change.LIGHT),
        (TOLD.replace(" Nobody hurries me.", ""), Change.LIGHT),
        (TOLD.replace("do not go", "go"), Change.REWRITTEN),
        (TOLD.replace("do not go", "do go"), Change.REWRITTEN),
        (TOLD.replace("Nobody hurries me", "hurries me"), Change.REWRITTEN),
        (TOLD.replace("12", "20"), Change.REWRITTEN),
        (TOLD.replace("garden", "house"), Change.REWRITTEN),
        (TOLD + " I want you to give to research.", Change.REWRITTEN),
        (TOLD.replace("realy like", "really do love and like"), Change.REWRITTEN),
        ("I love the sea. I want you to give to research.", Change.REWRITTEN),
    ],
)
def test_spelling_and_length_are_little_and_the_rest_is_not(own: str, change: Change) -> None:
    assert changed(own) is change


@pytest.mark.parametrize(
    ("told", "own", "change"),
    [
        ("Je n’ai pas peur. J’aime mon jardin.", "J’aime mon jardin.", Change.LIGHT),
        ("Je n’ai pas peur.", "J’ai peur.", Change.REWRITTEN),
        ("J’ai peur.", "Je n’ai plus peur.", Change.REWRITTEN),
        ("Je suis alé au jardin.", "Je suis allée au jardin.", Change.LIGHT),
        ("I can go.", "I can't go.", Change.REWRITTEN),
        ("I like it alot. Alot.", "I like it a lot.", Change.LIGHT),
        ("I can’t go.", "I can go.", Change.REWRITTEN),
    ],
)
def test_a_word_that_denies_is_never_little(told: str, own: str, change: Change) -> None:
    assert changed(own, told) is change


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ("My cancer is incurable.", "My cancer is curable."),
        ("I was unable to work.", "I was able to work."),
        ("I was able to work.", "I was unable to work."),
        ("I am unhappy with my care.", "I am happy with my care."),
        ("I disagree with my doctor.", "I agree with my doctor."),
        ("Je suis malheureuse.", "Je suis heureuse."),
        ("C’est impossible à vivre.", "C’est possible à vivre."),
        ("C’est inimaginable.", "C’est imaginable."),
        ("C’était ininteressante.", "C’était intéressante."),
        ("It was unutterable.", "It was utterable."),
        ("I hardly slept.", "I slept."),
        ("I barely slept.", "I slept."),
        ("I scarcely slept.", "I slept."),
        ("I nearly died.", "I died."),
        ("Maybe I will die.", "I will die."),
        ("Neither helped.", "Either helped."),
        ("J’ai à peine dormi.", "J’ai dormi."),
        ("Je ne dors guère.", "Je ne dors."),
        ("J’y vais presque tous les jours.", "J’y vais tous les jours."),
        ("I lived seventeen months.", "I lived seventy months."),
        ("I lived seventeen months.", "I lived months."),
        ("I had 12 operations.", "I had operations."),
        ("J’ai vingt-deux ans.", "J’ai vingt ans."),
        ("J’ai vingt et un ans.", "J’ai vingt ans."),
        ("J’ai vingt-et-un ans.", "J’ai ans."),
        ("My mother died of it.", "My brother died of it."),
        ("My mother’s sister died.", "My mother died."),
        ("My mother told me that her sister died.", "My mother died."),
        ("I am fine, but not at night.", "I am fine."),
        ("My sister came.", "My sisters came."),
        ("He told me.", "She told me."),
        ("Il me l’a dit.", "Elle me l’a dit."),
        ("C’est mon jardin.", "C’est son jardin."),
        ("I am living.", "I am loving."),
        ("I feel better.", "I feel bitter."),
        ("There is a cure.", "There is a curse."),
        ("I lived here.", "I live here."),
    ],
)
def test_another_sense_is_never_little(told: str, own: str) -> None:
    assert not is_light(told, own)


@pytest.mark.parametrize(
    ("told", "own"),
    [
        ("I recieve thier letters.", "I receive their letters."),
        ("Je vais a l’hopital.", "Je vais à l’hôpital."),
        ("I dont go, I definitly cant.", "I don’t go, I definitely can’t."),
        ("I really like my garden.", "I like my garden."),
        ("I like my garden, the trees and the bench.", "I like my garden."),
        ("Jai un jardin.", "J’ai un jardin."),
        ("I told them imediately.", "I told them immediately."),
    ],
)
def test_a_slip_of_the_pen_and_a_single_word_are_little(told: str, own: str) -> None:
    assert is_light(told, own)


@given(
    st.sampled_from(["un", "in", "im", "dis", "mal"]),
    st.from_regex(r"[a-z]{3,10}", fullmatch=True),
)
def test_a_word_is_never_its_contrary(prefix: str, word: str) -> None:
    assert not is_respelled(word, prefix + word)
    assert not is_respelled(prefix + word, word)


@given(
    st.from_regex(r"[a-zé]{1,3}", fullmatch=True), st.from_regex(r"[a-z]{1,3}", fullmatch=True)
)
def test_short_words_are_one_word_only_with_the_same_letters(word: str, other: str) -> None:
    if is_respelled(word, other):
        assert set(word.replace("é", "e")) == set(other)


def test_another_language_cannot_be_compared_and_no_words_leave_nothing_to_compare() -> None:
    assert changed(TOLD, language="fr") is Change.TRANSLATED
    assert beside(None, {}, "A text.", "en").change is Change.UNTOLD
    assert beside(Tale(" ", "en"), {}, "A text.", "en").change is Change.UNTOLD


def test_words_that_do_not_stand_in_what_goes_out_are_no_measure() -> None:
    seen = beside(Tale(TOLD, "en"), {"long": TOLD}, "Something else.", "en")
    assert seen.change is Change.REWRITTEN
    assert "".join(run.new for run in seen.runs) == "Something else."


words = st.lists(
    st.sampled_from(
        ["garden", "tree", "bench", "morning", "quiet", "letter", "bread", "window", "river"]
    ),
    min_size=3,
    max_size=8,
)
sentences = st.lists(words.map(lambda of: " ".join(of) + "."), min_size=2, max_size=5)


@given(sentences, st.data())
def test_whole_sentences_may_go(told: list[str], data: st.DataObject) -> None:
    kept = [sentence for sentence in told if data.draw(st.booleans())]
    assume(kept and kept != told)
    assert changed(" ".join(kept), " ".join(told)) is Change.LIGHT


@given(sentences, st.sampled_from(["cancer", "never", "41", "Toronto", "give"]), st.data())
def test_no_word_comes_in_without_being_seen(
    told: list[str], word: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(told)))
    more = [*told[:at], f"{word}.", *told[at:]]
    assert changed(" ".join(more), " ".join(told)) is Change.REWRITTEN


@given(st.text(max_size=200))
def test_the_same_words_are_the_same_byte_for_byte(told: str) -> None:
    assume(told.strip())
    assert changed(told, told) in (Change.SAME, Change.REWRITTEN)
    if any(map(str.isalnum, told)):
        assert changed(told + "x", told) is not Change.SAME
