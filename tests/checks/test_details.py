"""What a text tells of a person is found by the kinds that consent forms ask about, and plain words tell nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks.details import details_told

ENGLISH = [
    ("Living with metastatic breast cancer: a story", {"diagnosis"}),
    ("Hello.\n\n#MetastaticBreastCancer #Hope", {"diagnosis"}),
    ("They found a tumour.", {"diagnosis"}),
    ("I have #stage4.", {"stage"}),
    ("#StageIV #StageIVmom", {"stage"}),
    ("#stageivstrong", {"stage"}),
    ("I was told stage\nIV.", {"stage"}),
    ("I take #Ibrance.", {"drugs"}),
    ("I live in #Rimouski.", {"city"}),
    ("#rimouski", {"city"}),
    ("i live in rimouski", {"city"}),
    ("They care for me at #CHUM.", {"hospital"}),
    ("My #husband reads.", {"family"}),
    ("My\nhusband reads.", {"family"}),
    ("#MomOfTwo", {"family"}),
    ("#mom_of_two", {"family"}),
    ("#ChemoDay", {"treatment"}),
    ("#chemoday", {"treatment"}),
    ("I am a #teacher.", {"work"}),
    ("#47YearsOld", {"age"}),
    ("#HER2Positive", {"diagnosis"}),
    ("Thanks, @mbc_warrior!", {"diagnosis"}),
    ("It was stage four.", {"stage"}),
    ("It has spread to my bones.", {"stage"}),
    ("I had a mastectomy, then radiation.", {"treatment"}),
    ("My hair fell out.", {"treatment"}),
    ("I take Ibrance.", {"drugs"}),
    ("I am on ribociclib.", {"drugs"}),
    ("I am in a trial of examplociclib.", {"drugs", "treatment"}),
    ("The nurses at Sunnybrook are kind.", {"hospital"}),
    ("Mom of 2, 38, from Moose Jaw.", {"family", "age", "city"}),
    ("At 52, I began to paint.", {"age"}),
    ("I was thirty-eight when I learned it.", {"age"}),
    ("In my forties I moved.", {"age"}),
    ("My little brother calls.", {"family"}),
    ("I am a widow.", {"family"}),
    ("I teach. I went back to work.", {"work"}),
    ("I am a retired nurse.", {"work"}),
]
FRENCH = [
    ("Vivre avec un cancer du sein métastatique : un récit", {"diagnosis"}),
    ("#CancerDuSein", {"diagnosis"}),
    ("#stade4", {"stage"}),
    ("Un stade\nIV.", {"stage"}),
    ("J’habite à #Rimouski.", {"city"}),
    ("Mon #mari lit.", {"family"}),
    ("#MamanDeDeux", {"family"}),
    ("Merci à @CHUMontreal!", {"hospital", "city"}),
    ("C’était un stade quatre.", {"stage"}),
    ("Il s’est propagé aux os.", {"stage"}),
    ("J’ai commencé la chimio.", {"treatment"}),
    ("Je prends du tamoxifène.", {"drugs"}),
    ("Je suis suivie au CHUM.", {"hospital"}),
    ("J’habite à Trois-Rivières.", {"city"}),
    ("J’avais quarante-deux ans.", {"age"}),
    ("Je suis maman de deux garçons.", {"family"}),
    ("Je suis infirmière.", {"work"}),
    ("Je suis en arrêt de travail.", {"work"}),
]
NOTHING = [
    ("I like my garden.", "en"),
    ("I love the sea. I want you to give to research.", "en"),
    ("On any stage of life, people listen. At this stage I dance on a stage.", "en"),
    ("Ask me how I am, and wait. I meet my friends at 10 a.m.", "en"),
    ("#Hope #OneDayAtATime @AFriend", "en"),
    ("We believe in #HopeForAll and in #kindness.", "en"),
    ("Thank you, @CanadianCancerSurvivorNetwork!", "en"),
    ("Read https://example.org/#stage-iv or https://example.org/@husband.", "en"),
    ("I like this stage\n\n4 friends came.", "en"),
    ("It works for me. I walked 42 kilometres. I was 15 minutes late.", "en"),
    ("The Canadian Cancer Survivor Network helped me.", "en"),
    ("We share a story in the person’s own words, without medical advice.", "en"),
    ("J’aime mon jardin.", "fr"),
    ("À ce stade, je chante. Il y a dix ans, j’ai appris à danser.", "fr"),
    ("Le Réseau canadien des survivants du cancer m’a aidée.", "fr"),
    ("Merci de répondre avec délicatesse, sans donner de conseils médicaux.", "fr"),
]


def told(text: str, language: str) -> set[str]:
    return {part.detail for part in details_told(text, language)}


@pytest.mark.parametrize(("text", "details"), ENGLISH)
def test_what_an_english_text_tells_of_a_person_is_found(text: str, details: set[str]) -> None:
    assert told(text, "en") == details


@pytest.mark.parametrize(("text", "details"), FRENCH)
def test_what_a_french_text_tells_of_a_person_is_found(text: str, details: set[str]) -> None:
    assert told(text, "fr") == details


@pytest.mark.parametrize(("text", "language"), NOTHING)
def test_a_text_that_tells_nothing_is_not_refused(text: str, language: str) -> None:
    assert told(text, language) == set()


@given(
    st.sampled_from(
        [
            *((text, "en", of) for text, of in ENGLISH),
            *((text, "fr", of) for text, of in FRENCH),
        ]
    ),
    st.sampled_from(NOTHING),
)
def test_other_words_around_hide_nothing(
    case: tuple[str, str, set[str]], other: tuple[str, str]
) -> None:
    text, language, details = case
    parts = list(details_told(f"{other[0]}\n\n{text}", language))
    assert {part.detail for part in parts} >= details
    for part in parts:
        assert part.words


@given(st.text(max_size=60), st.sampled_from(["#StageIV", "@mbc_warrior", "#Ibrance"]))
def test_the_words_of_a_tag_are_found_where_they_were_written(text: str, tag: str) -> None:
    whole = f"{text} {tag}"
    for part in details_told(whole, "en"):
        assert whole[part.start : part.end] == part.words
    assert any(part.words in tag for part in details_told(whole, "en"))
