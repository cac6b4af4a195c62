"""English and French mean the same people, days and numbers, and deny the same; a free translation is well."""

import pytest

from campaign.checks.pair import check_pair
from tests.wording import codes, words

SWAPPED = [
    (
        "Men get breast cancer too.",
        "Les femmes aussi peuvent avoir un cancer du sein.",
        "pair-words",
    ),
    ("We are twelve volunteers.", "Nous sommes treize bénévoles.", "pair-words"),
    ("Join us on Thursday.", "Joignez-vous à nous vendredi.", "pair-words"),
    ("My sister came.", "Mon frère est venu.", "pair-words"),
    ("We meet every morning.", "Nous nous rencontrons chaque soir.", "pair-words"),
    ("We meet in June.", "Nous nous rencontrons en juillet.", "pair-words"),
    ("Call before your visit.", "Téléphonez après votre visite.", "pair-words"),
    ("We do not give medical advice.", "Nous donnons des conseils médicaux.", "pair-not"),
    ("You are not alone.", "Vous êtes seule.", "pair-not"),
    ("We give advice.", "Nous ne donnons pas de conseils.", "pair-not"),
    (
        "We listen. We don’t judge. It is not a test.",
        "Nous écoutons. Nous jugeons. Ce n’est pas un examen.",
        "pair-not",
    ),
]
ALIKE = [
    ("You are not alone.", "Vous n’êtes pas seule."),
    ("Both of us came.", "Nous sommes venues toutes les deux."),
    (
        "There is no cure, and there is treatment.",
        "Il n’existe aucun traitement curatif, mais la maladie se traite.",
    ),
    ("It is nobody’s fault.", "Ce n’est la faute de personne."),
    ("Twelve volunteers help.", "12\u00a0bénévoles aident."),
    ("15 volunteers help.", "Quinze bénévoles aident."),
    ("It is hard.", "Ce n’est pas facile."),
    ("Men and women live with it.", "Des hommes et des femmes vivent avec la maladie."),
    ("My wife came.", "Ma femme est venue."),
    ("My daughter is six.", "Ma fille a six ans."),
    ("Do not hesitate to call.", "N’hésitez pas à appeler."),
    ("We have not forgotten you.", "Nous ne vous oublions pas."),
    ("Join us on Monday morning.", "Joignez-vous à nous lundi matin."),
    ("You owe us nothing.", "Vous ne nous devez rien."),
    ("People can live for years with it.", "On peut vivre des années avec la maladie."),
    ("First, listen.", "Écoutez d’abord."),
    ("More people know now.", "Plus de gens le savent maintenant."),
    ("Nobody should wait alone.", "Personne ne devrait attendre sans soutien."),
    ("The last Friday of May", "Le dernier vendredi de mai"),
    (
        "Care should not depend on where you live.",
        "L’accès aux soins devrait être le même partout.",
    ),
    ("It can’t be cured.", "On ne peut pas la guérir."),
    ("Some days are good, others are not.", "Il y a de bons jours, et d’autres moins."),
    ("My grandmother came.", "Ma grand-mère est venue."),
]


@pytest.mark.parametrize(("english", "french", "code"), SWAPPED)
def test_a_word_that_was_swapped_and_a_not_that_was_lost_are_told(
    english: str, french: str, code: str
) -> None:
    assert code in codes(check_pair(words(english), words(french, "fr")))


@pytest.mark.parametrize(("english", "french"), ALIKE)
def test_a_good_pair_raises_no_alarm(english: str, french: str) -> None:
    assert codes(check_pair(words(english), words(french, "fr"))) == []
