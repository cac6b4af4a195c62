"""Words that can hurt are told with a reason and better ones; a person's own words, names and facts never are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks.words.advice import check_advice
from campaign.checks.words.language import LEVELS, TERMS, check_language
from campaign.content.post import Kind
from campaign.core.finding import Finding, Level
from tests.wording import codes, reading

MBC = "People live with metastatic breast cancer. "
CSM = "Des personnes vivent avec un cancer du sein métastatique. "


def told(text: str, language: str = "en", **more: object) -> list[Finding]:
    return list(check_language(reading(text, language, **more)))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("She lost her battle with cancer.", "kind-words"),
        ("He succumbed in May.", "kind-words"),
        ("Our warriors are here.", "kind-words"),
        ("A cancer patient told us.", "kind-words"),
        ("She suffers from cancer.", "kind-words"),
        (MBC + "Every survivor counts.", "kind-words"),
        (MBC + "Early detection saves lives.", "kind-words"),
        ("She failed treatment.", "kind-words"),
        ("Stay positive!", "kind-words"),
        ("So brave.", "kind-words"),
        ("A cure is near.", "promise"),
        ("She is cancer-free.", "promise"),
        ("A real game changer.", "promise"),
        ("It has no side effects.", "promise"),
        ("It is a death sentence.", "fear-words"),
        ("Advanced breast cancer is hard.", "house-words"),
        ("National Metastatic Breast Cancer Awareness Day is near.", "house-words"),
    ],
)
def test_an_english_word_that_can_hurt_is_told_with_a_better_one(text: str, code: str) -> None:
    [finding] = told(text)
    assert finding.code == code
    assert finding.level is LEVELS[code]
    assert "Say instead:" in finding.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Elle a perdu son combat.", "kind-words"),
        ("Elle a succombé.", "kind-words"),
        ("La lutte contre le cancer.", "kind-words"),
        ("Une victime du cancer.", "kind-words"),
        ("Elle souffre d’un cancer.", "kind-words"),
        ("Les cancéreux ont besoin d’aide.", "kind-words"),
        (CSM + "Chaque survivante compte.", "kind-words"),
        (CSM + "Le dépistage précoce sauve des vies.", "kind-words"),
        ("Gardez le moral!", "kind-words"),
        ("Une patiente courageuse.", "kind-words"),
        ("On peut guérir.", "promise"),
        ("Une percée.", "promise"),
        ("Une lueur d’espoir.", "promise"),
        ("Sans effets secondaires.", "promise"),
        ("En phase terminale.", "fear-words"),
        ("Le cancer du sein avancé.", "house-words"),
        ("Votre hashtag.", "anglicism"),
        ("Un email.", "anglicism"),
    ],
)
def test_a_french_word_that_can_hurt_is_told_with_a_better_one(text: str, code: str) -> None:
    [finding] = told(text, "fr")
    assert (finding.code, finding.level) == (code, LEVELS[code])


@pytest.mark.parametrize(
    "text",
    [
        "She says: “I lost my battle with fear, and I am a survivor.”",
        "She says: ‘It’s my battle’ and smiles.",
        'He wrote "I beat cancer" on a wall.',
        MBC + "The Canadian Cancer Survivor Network asks for more.",
        MBC + "Survivor Alliance and Fight Cancer ask for more.",
        MBC + "Read more: https://survivornet.ca/survivors/ #Survivor",
        "Join us: Run for the Cure and Cancer Survivors Month.",
        "A survivor told us.",
        "We fight for better access.",
        "It cannot be cured today. There is no cure.",
        "To treat and to cure are not the same thing.",
        "It is not a death sentence.",
        "The patient asked. Be patient.",
        "Combats-toi is not English? No.",
        "We hope to see you.",
    ],
)
def test_quotations_names_and_plain_speech_are_well_in_english(text: str) -> None:
    assert [
        finding
        for finding in told(text)
        if finding.code != "kind-words" or "Combats" not in text
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "Elle dit : « Mon combat, c’est la vie. Je suis une survivante. »",
        CSM + "Le Réseau canadien des survivants du cancer vous invite.",
        CSM + "L’Association de lutte contre le cancer vous invite.",
        "C’est la Journée mondiale contre le cancer.",
        "Traiter et guérir, ce n’est pas la même chose.",
        "Il n’existe aucun traitement curatif : on ne peut pas guérir.",
        "Les cellules cancéreuses se propagent.",
        "Le parcours de soins est long. Vous ne nous devez ni sourire, ni courage.",
        "Nous luttons pour un meilleur accès.",
        "Écrivez à combat@exemple.ca ou voyez https://exemple.ca/combat #Combat",
    ],
)
def test_quotations_names_and_plain_speech_are_well_in_french(text: str) -> None:
    assert told(text, "fr") == []


def test_a_story_without_quotation_marks_is_all_the_persons_own_words() -> None:
    assert told("My battle made me a warrior.", kind=Kind.STORY) == []
    assert codes(told("Her battle: “I am well.”", kind=Kind.STORY)) == ["kind-words"]


def test_a_cited_fact_is_not_put_into_other_words() -> None:
    claim = "Doctors fight a breakthrough."
    assert told(f"{claim} Yes.", claims=(claim,)) == []
    assert codes(told(claim)) == ["kind-words", "promise"]


def test_the_organizations_own_names_are_names() -> None:
    assert (
        told(
            MBC + "Write to the cancer survivors' network.",
            names=("Cancer survivors' network",),
        )
        == []
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Her long battle. For her family we light a candle.", "en"),
        ("Her long battle\n\nFor more: https://example.org", "en"),
        ("Elle nous a quittés après un long combat.\n\nPour en savoir plus\u00a0:", "fr"),
        ("Un long combat. Pour sa famille, merci.", "fr"),
    ],
)
def test_what_makes_a_word_well_stands_in_its_own_sentence(text: str, language: str) -> None:
    assert set(codes(told(text, language))) == {"kind-words"}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You do not have to be brave, positive or strong.", "en"),
        ("Nobody has to stay strong.", "en"),
        ("People say: stay strong. You do not have to.", "en"),
        ("Cancer is not a battle.", "en"),
        ("We don’t call anyone a warrior.", "en"),
        ("Being strong is not required.", "en"),
        ("Vous n’avez pas à être courageuse.", "fr"),
        ("On vous dit de garder le moral? Vous n’y êtes pas obligée.", "fr"),
        ("Le cancer n’est pas un combat.", "fr"),
        ("Personne n’a à rester fort.", "fr"),
    ],
)
def test_what_people_are_spared_from_is_well(text: str, language: str) -> None:
    assert told(text, language) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You do not have to hide, but stay strong!", "en"),
        ("Never give up the fight!", "en"),
        ("The battle is not over.", "en"),
        ("It is not late: keep fighting!", "en"),
        ("Vous n’avez pas à vous cacher, mais restez forte!", "fr"),
        ("La bataille n’est pas finie.", "fr"),
    ],
)
def test_a_no_that_is_about_something_else_spares_nobody(text: str, language: str) -> None:
    assert set(codes(told(text, language))) == {"kind-words"}


def test_a_word_is_told_once_and_at_its_line() -> None:
    [finding] = told("Hello.\nHer battle. A battle.")
    assert finding.place.line == 6


def test_every_term_is_complete() -> None:
    for term in TERMS:
        assert term.code in LEVELS
        assert set(term.why) == {"en", "fr"}
        assert term.find and term.instead
        assert all(phrase == phrase.lower() and phrase[0] != "*" for phrase in term.find)


def advice(text: str, language: str = "en", **more: object) -> list[Finding]:
    return list(check_advice(reading(text, language, **more)))


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("Stop chemo.", "en", "advice"),
        ("You should take this new drug.", "en", "advice"),
        ("You must ask for hormone therapy.", "en", "advice"),
        ("A friend said: “Stop your treatment.”", "en", "advice"),
        ("Take 20 mg a day.", "en", "advice"),
        ("Arrêtez la chimio.", "fr", "advice"),
        ("Vous devriez prendre des vitamines.", "fr", "advice"),
        ("Prenez 2,5 mg.", "fr", "advice"),
        ("Consider switching to immunotherapy.", "en", "advice"),
        ("We recommend that you get a second scan.", "en", "advice"),
        ("If you have bone pain, go to the ER for an MRI.", "en", "advice"),
        ("Don’t take supplements.", "en", "advice"),
        ("Avoid sugar and dairy.", "en", "advice"),
        ("Everyone over 40 should have a mammogram.", "en", "advice"),
        ("Take two tablets a day.", "en", "advice"),
        ("Évitez le sucre.", "fr", "advice"),
        ("Ne prenez pas de suppléments.", "fr", "advice"),
        ("Nous vous recommandons de passer une deuxième imagerie.", "fr", "advice"),
        ("Si vous avez mal, passez une IRM.", "fr", "advice"),
        ("Examplociclib is new.", "en", "drug-name"),
        ("Le parsatuzumab est nouveau.", "fr", "drug-name"),
        ("Ibrance is here.", "en", "drug-name"),
        ("Le tamoxifène aide.", "fr", "drug-name"),
        ("Il n’existe toujours pas de traitement.", "fr", "no-treatment"),
        ("Il n’y a aucun traitement pour ce cancer.", "fr", "no-treatment"),
    ],
)
def test_advice_and_drugs_are_told(text: str, language: str, code: str) -> None:
    assert set(codes(advice(text, language))) == {code}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You should talk to your care team about treatment.", "en"),
        ("I stopped chemo in May. Treatment stopped working.", "en"),
        ("Do not stop your treatment without your care team.", "en"),
        ("People take part in clinical trials of treatments.", "en"),
        ("We ask for timely access to new treatments.", "en"),
        ("Change starts when treatment is fair for all.", "en"),
        ("Stop by our table. Start the conversation on treatment.", "en"),
        ("Use our treatment guide. Take your medication list.", "en"),
        ("Ask your care team which treatment is right.", "en"),
        ("Have you had a scan? Have a coffee with us.", "en"),
        ("Everyone should get the treatment they need.", "en"),
        ("We do not recommend that you stop chemo.", "en"),
        ("In danger, go to the nearest hospital, or call 9-1-1.", "en"),
        ("Prenez un café avec nous. Prenez soin de vous.", "fr"),
        ("Chaque personne devrait recevoir le traitement qu’il lui faut.", "fr"),
        ("Il n’existe aucun traitement curatif.", "fr"),
        ("Nous ne recommandons aucun traitement ni aucun essai.", "fr"),
        ("Demandez à votre équipe soignante.", "fr"),
        ("Nous demandons un accès rapide aux nouveaux traitements.", "fr"),
    ],
)
def test_what_is_no_advice_is_well(text: str, language: str) -> None:
    assert advice(text, language) == []


def test_a_drug_in_a_sponsored_campaign_is_an_error() -> None:
    [finding] = advice("Ask about Kisqali.", sponsored=True)
    assert (finding.code, finding.level) == ("drug-sponsored", Level.ERROR)


@given(
    st.text(alphabet=st.sampled_from("ab «»“”’.\n-é1 "), max_size=60),
    st.sampled_from(["en", "fr"]),
)
def test_no_text_stops_the_checks(text: str, language: str) -> None:
    assert told(text, language) == []
    assert advice(text, language) == []
