"""What leads to a person who did not agree to it is told, with where it stands; what leads to nobody is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.checks.people.personal import Sort, personal


def told(
    text: str, language: str = "en", own: tuple[str, ...] | None = ()
) -> set[tuple[str, str]]:
    return {(part.sort.value, part.words) for part in personal(text, language, own)}


ENGLISH = [
    ("Dr. Paul Lavoie told me.", Sort.PERSON, "Dr. Paul Lavoie"),
    ("My oncologist, Dr Singh, listens.", Sort.PERSON, "Dr Singh"),
    ("Nurse Kelly held my hand.", Sort.PERSON, "Nurse Kelly"),
    ("My husband Marc cooks.", Sort.PERSON, "husband Marc"),
    ("my sister, Oluwaseun, calls me.", Sort.PERSON, "sister, Oluwaseun"),
    ("My husband’s name is Wojtek.", Sort.PERSON, "husband’s name is Wojtek"),
    ("I sat beside Zoé Roy.", Sort.PERSON, "Zoé Roy"),
    ("I sat beside a woman called Grace.", Sort.PERSON, "Grace"),
    ("The nurses at Sunnybrook are kind.", Sort.HOSPITAL, "Sunnybrook"),
    ("I was treated at Flower Hill.", Sort.HOSPITAL, "Flower Hill"),
    ("She works at the Northern Light Hospital.", Sort.HOSPITAL, "Northern Light Hospital"),
    ("I live in Toronto.", Sort.TOWN, "Toronto"),
    ("Mom of 2, from Moose Jaw.", Sort.TOWN, "Moose Jaw"),
    ("We moved to Flesherton, Ontario.", Sort.TOWN, "Flesherton"),
    ("Call me at 613-555-0142.", Sort.TELEPHONE, "613-555-0142"),
    ("Call me: (613) 555 0142", Sort.TELEPHONE, "(613) 555 0142"),
    ("Write to marie.roy@gmail.com today.", Sort.MAIL, "marie.roy@gmail.com"),
    ("I live at 12 Maple Street.", Sort.ADDRESS, "12 Maple Street"),
    ("Our code is k1a 0b1.", Sort.ADDRESS, "k1a 0b1"),
    ("My card is 1234-567-890-AB.", Sort.CARD, "1234-567-890-AB"),
    ("Health card number: 9876 543 210", Sort.CARD, "9876 543 210"),
    ("Pay with 4111 1111 1111 1111.", Sort.CARD, "4111 1111 1111 1111"),
    ("My neighbour, who has HIV, drives me.", Sort.HEALTH, "neighbour, who has HIV"),
    ("My grandmother died of breast cancer.", Sort.HEALTH, "grandmother died of breast cancer"),
]
FRENCH = [
    ("La Dre Roy est là.", Sort.PERSON, "Dre Roy"),
    ("M. Tremblay m’aide.", Sort.PERSON, "M. Tremblay"),
    ("Mon mari Marc cuisine.", Sort.PERSON, "mari Marc"),
    ("Ma sœur s’appelle Léa.", Sort.PERSON, "sœur s’appelle Léa"),
    ("Je suis suivie au CHUM.", Sort.HOSPITAL, "CHUM"),
    ("Je vais à l’hôpital Sainte-Justine.", Sort.HOSPITAL, "hôpital Sainte-Justine"),
    ("J’habite à Trois-Rivières.", Sort.TOWN, "Trois-Rivières"),
    ("Je vis à Saint-Glinglin.", Sort.TOWN, "Saint-Glinglin"),
    ("Appelez-moi au 514 555-0123.", Sort.TELEPHONE, "514 555-0123"),
    ("Mon adresse : 12, rue Principale.", Sort.ADDRESS, "12, rue Principale"),
    ("Ma carte : ABCD 1234 5678.", Sort.CARD, "ABCD 1234 5678"),
    ("Ma sœur a aussi un cancer.", Sort.HEALTH, "sœur a aussi un cancer"),
]


@pytest.mark.parametrize(("text", "sort", "words"), ENGLISH)
def test_english_words_that_lead_to_a_person_are_told(
    text: str, sort: Sort, words: str
) -> None:
    assert (sort.value, words) in told(text)


@pytest.mark.parametrize(("text", "sort", "words"), FRENCH)
def test_french_words_that_lead_to_a_person_are_told(text: str, sort: Sort, words: str) -> None:
    assert (sort.value, words) in told(text, "fr")


@pytest.mark.parametrize(
    "text",
    [
        "I like my garden. In May I sing, and in winter I read. Will you come? I hope so.",
        "My hospital is far away. I live in a small town, in Canada.",
        "Don’t worry. Mark the date. Grace helps. The Terry Fox Run was in June.",
        "Call 9-8-8, or 1-888-939-3333, or write to info@survivornet.ca.",
        "My neighbour helps me live with cancer. My kids know that I have cancer.",
        "My sister is Catholic. Another hospital called. He is in Grade 4, and speaks in Cree.",
        "I was diagnosed at Christmas. Thank you to the Canadian Cancer Society.",
        "In 2014 we were 1200. It cost 12 000 000 dollars. I counted to 100 000.",
        "Read https://example.org/toronto #Toronto @Toronto",
    ],
)
def test_english_words_that_lead_to_nobody_are_free(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Chu fatiguée. Rose, ma couleur. À Noël, je chante. Le Réseau m’aide.",
        "Mon hôpital est loin. Je vis à la campagne. Ma clinique est bonne.",
        "Ma sœur m’aide à vivre avec un cancer. Mes enfants savent que j’ai un cancer.",
        "Appelez le 9-8-8 ou le 1 888 939-3333.",
    ],
)
def test_french_words_that_lead_to_nobody_are_free(text: str) -> None:
    assert told(text, "fr") == set()


def test_the_storytellers_own_name_is_free_and_only_as_far_as_they_agreed() -> None:
    text = "I am Anne Gagnon."
    assert told(text, own=("Anne Gagnon",)) == set()
    assert told(text, own=("Anne",)) == {("person-named", "Anne Gagnon")}
    assert told(text, own=()) == {("person-named", "Anne Gagnon")}


def test_where_the_own_name_is_not_known_the_one_that_is_introduced_is_it() -> None:
    assert told("My name is Anne Gagnon. Anne is tired. Marc cooks.", own=None) == {
        ("person-named", "Marc")
    }
    assert told("Je m’appelle Léa. — Léa", "fr", None) == set()


def test_a_card_is_no_telephone_and_a_hospital_no_person() -> None:
    assert told("4111 1111 1111 1111") == {("card-number", "4111 1111 1111 1111")}
    assert told("At Princess Margaret.") == {("hospital-named", "Princess Margaret")}


@given(st.integers(10**12, 10**18 - 1))
def test_a_long_number_is_a_card_when_its_last_digit_proves_it(number: int) -> None:
    proved = [last for last in range(10) if told(f"{number}{last}")]
    assert len(proved) == 1


@given(
    st.lists(
        st.sampled_from(
            [*"aÀ.,’ -\n1", "Dr", "Marc", "my", "husband", "à", "in", "Toronto", "613", "at"]
        )
    ).map("".join)
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_text_stops_it_and_every_place_is_where_its_words_stand(
    language: str, text: str
) -> None:
    for own in ((), None):
        for part in personal(text, language, own):
            assert text[part.start : part.end] == part.words != ""
