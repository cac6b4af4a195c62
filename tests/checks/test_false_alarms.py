"""Texts as a network for people with cancer writes them raise no alarm, and neither does the starter campaign."""

from datetime import UTC, datetime

import pytest

from campaign.checks.pair import check_pair
from campaign.checks.reading.reading import Words
from campaign.checks.repeats import near_texts
from campaign.checks.texts import Finished
from campaign.checks.words.wording import check_words
from campaign.config import Config
from campaign.content.facts import FactStatus
from campaign.content.library import read_library
from campaign.planning.plan import Planned, plan
from tests.folders import STARTER_CHANNELS
from tests.wording import words

CONFIG = Config(channels=STARTER_CHANNELS)
LIBRARY = read_library(CONFIG.content.posts, CONFIG.content.templates)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

ENGLISH = (
    (
        "Join us on Thursday, May 6 at 7 p.m. ET for a free webinar. Register: https://survivornet.ca/webinar #MBC"
    ),
    (
        "“I was 34 when they told me. I fought for every scan.” Read the story of Marie, who lives "
        "with metastatic breast cancer."
    ),
    (
        "Our helpline is open Monday to Friday, 9 a.m. to 5 p.m.: 1-888-939-3333. You are not alone. 💗"
    ),
    (
        "Caring for someone with cancer? Here are three things that can help:\n"
        "\n"
        "1. Ask what they need today.\n"
        "2. Offer rides to appointments.\n"
        "3. Listen more than you talk."
    ),
    (
        "The Canadian Cancer Survivor Network (CCSN) and Cancer Care Ontario met on October 2, "
        "2026. We asked for faster approval of new drugs. Access should not depend on your postal "
        "code."
    ),
    (
        "Did you know? Men can get breast cancer too. Talk to your doctor if you notice a change. "
        "It's OK to ask questions!"
    ),
    (
        "Thank you to our volunteers, and to the Canadian Cancer Society, for a great walk in "
        "Ottawa. We walked the Run for the Cure."
    ),
    (
        "Treatment for metastatic breast cancer aims to control the disease for as long as "
        "possible. It is not a cure. Hormone therapy, chemotherapy and targeted drugs are some of "
        "the options."
    ),
    (
        "Take our survey on treatment and access: https://survivornet.ca/survey. It takes 10 minutes."
    ),
    ("Start a conversation about care with your team today. Ask about clinical trials."),
    ("COVID-19 vaccines: ask your care team which one is right for you."),
    ("Happy New Year from all of us at CCSN! Canadian Cancer Survivor Network"),
)
FRENCH = (
    (
        "Joignez-vous à nous le jeudi 6 mai à 19\u00a0h\u00a0(HE) pour un webinaire gratuit. Inscription\u00a0: "
        "https://survivornet.ca/fr/webinaire"
    ),
    (
        "«\u00a0J’avais 34\u00a0ans quand on me l’a dit. Je me suis battue pour chaque examen.\u00a0» Lisez le "
        "récit de Marie, qui vit avec un cancer du sein métastatique."
    ),
    (
        "Notre ligne d’écoute est ouverte du lundi au vendredi, de 9\u00a0h à 17\u00a0h\u00a0: 1\u00a0888\u00a0939-3333. "
        "Vous n’êtes pas seule. 💗"
    ),
    (
        "Vous aidez une personne atteinte d’un cancer? Voici trois choses à faire\u00a0:\n"
        "\n"
        "1. Demandez-lui ce dont elle a besoin.\n"
        "2. Offrez de l’accompagner à ses rendez-vous.\n"
        "3. Écoutez plus que vous ne parlez."
    ),
    (
        "Le Réseau canadien des survivants du cancer (RCSC) a demandé un accès plus rapide aux "
        "nouveaux médicaments. L’accès ne devrait pas dépendre du code postal."
    ),
    (
        "Le saviez-vous? Les hommes aussi peuvent avoir un cancer du sein. Parlez-en à votre "
        "médecin si vous remarquez un changement."
    ),
    (
        "Le traitement du cancer du sein métastatique vise à maîtriser la maladie le plus "
        "longtemps possible. Il ne guérit pas la maladie. L’hormonothérapie et la chimiothérapie "
        "sont parmi les options."
    ),
    (
        "Répondez à notre sondage sur les traitements\u00a0: https://survivornet.ca/fr/sondage. Il "
        "prend 10\u00a0minutes."
    ),
    (
        "Demandez à votre équipe si un essai clinique vous convient. Commencez la conversation dès aujourd’hui."
    ),
    ("Appelez ou textez le 9-8-8, jour et nuit. Le 988 est gratuit."),
    (
        "La Journée mondiale contre le cancer est le 4 février. La Fondation cancer du sein du Québec y sera."
    ),
)


@pytest.mark.parametrize("text", ENGLISH)
def test_a_usual_english_text_raises_no_alarm(text: str) -> None:
    assert [str(finding) for finding in check_words(words(text, "en"))] == []


@pytest.mark.parametrize("text", FRENCH)
def test_a_usual_french_text_raises_no_alarm(text: str) -> None:
    assert [str(finding) for finding in check_words(words(text, "fr"))] == []


def starter() -> dict[tuple[str, str], Words]:
    return {
        (one.post.key, one.channel.name): _words(one)
        for one in plan(LIBRARY, CONFIG, NOW).planned
    }


def _words(one: Planned) -> Words:
    language = one.channel.language
    text = one.post.text(language, one.form)
    assert text is not None
    return Words(
        one.text,
        language,
        one.channel.network,
        one.post.kind,
        text.place,
        source=text.source,
        facts=tuple(LIBRARY.facts[key] for key in one.facts),
        refused=tuple(
            fact for fact in LIBRARY.facts.values() if fact.status is FactStatus.DO_NOT_USE
        ),
        alts=tuple(picture.alts.get(language, "") for picture in one.post.pictures),
        hashtags=tuple(LIBRARY.campaign(one.post).hashtags[language]),
        names=(CONFIG.site.name,),
    )


def test_the_starter_campaign_raises_no_alarm() -> None:
    texts = starter()
    assert len(texts) > 80
    assert [str(finding) for source in texts.values() for finding in check_words(source)] == []


def test_the_pairs_of_the_starter_campaign_raise_no_alarm() -> None:
    texts = starter()
    pairs = [
        (one, texts[key, name[:-2] + "fr"])
        for (key, name), one in texts.items()
        if name.endswith("-en")
    ]
    assert [str(finding) for one, other in pairs for finding in check_pair(one, other)] == []


def test_no_two_texts_of_the_starter_campaign_are_nearly_the_same() -> None:
    texts = [
        Finished(key, name, one.text, one.place)
        for (key, name), one in starter().items()
        if one.network == "twitter"
    ]
    assert list(near_texts(texts, on_any_account=True)) == []
