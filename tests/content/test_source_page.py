"""Each point of the page on metastatic breast cancer that the campaign is made from is carried by a post, in both languages;
but for one, the 30% figure, which is refused."""

import re
from functools import lru_cache

import pytest

from campaign.config import Config
from campaign.content.library import Library, read_library
from campaign.content.post import LANGUAGES

EXPRESSION = re.compile(r"\{\{ fact\(\"([\w-]+)\"\) \}\}")
POINTS = {
    "it began in the breast and has spread": (
        "what-is-mbc",
        ("begins in the breast", "has spread to another part of the body"),
        ("prend naissance dans le sein", "s’est propagé à une autre partie du corps"),
    ),
    "five stages, 0 to 4, in Roman numerals": (
        "stages",
        ("five stages, from 0 to IV (4)", "Roman numerals: I, II, III, IV"),
        ("cinq stades, de 0 à IV (4)", "chiffres romains : I, II, III, IV"),
    ),
    "stages rest on size, lymph nodes and spread": (
        "stages",
        ("size of the tumour", "lymph nodes", "how far it has spread"),
        ("taille de la tumeur", "ganglions", "propagation"),
    ),
    "metastatic means stage IV, and registries keep the first stage": (
        "stages",
        ("also called stage IV (stage 4)", "registries keep the stage of the first diagnosis"),
        ("stade IV (stade 4)", "les registres gardent le stade du premier diagnostic"),
    ),
    "progression": (
        "progression",
        ("spreads or becomes worse, this is called progression",),
        ("se propage ou s’aggrave, on parle de progression",),
    ),
    "metastatic is not locally advanced": (
        "progression",
        ("Locally advanced", "stage III (3)", "it is not metastatic"),
        ("localement avancé", "stade III (3)", "il n’est pas métastatique"),
    ),
    "stages 3 and 4 are the most serious": (
        "stages",
        ("III and IV (3 and 4) are the most serious",),
        ("III et IV (3 et 4) sont les plus graves",),
    ),
    "no definitive statistics, and resources are missing": (
        "missing-numbers",
        ("numbers about metastatic breast cancer are missing, and with them resources",
         "nobody can say for sure what lies ahead"),
        ("Il manque des chiffres", "et avec eux des ressources", "avec certitude"),
    ),
    "each person is unique; treatment is lifelong; control and quality of life": (
        "treatable-not-curable",
        ("Each person is unique", "lifelong", "control the disease", "quality of life"),
        ("Chaque personne est unique", "toute la vie", "maîtriser la maladie", "qualité de vie"),
    ),
    "treatable, not curable": (
        "treatable-not-curable",
        ("can be treated, but it cannot currently be cured",),
        ("se traite, mais il n’existe actuellement aucun traitement curatif",),
    ),
    "a good quality of life": (
        "quality-of-life",
        ("good quality of life is possible",),
        ("bonne qualité de vie est possible",),
    ),
    "women and men": (
        "men-too",
        ("Men can have breast cancer too", "women, men"),
        ("Les hommes aussi peuvent avoir un cancer du sein", "les femmes, les hommes"),
    ),
    "groups are for those newly diagnosed, and those for MBC are few": (
        "support-groups",
        ("for people who were just diagnosed", "are few"),
        ("qui viennent de recevoir un diagnostic", "sont rares"),
    ),
    "in and out of treatment; help to reach care and to find one's way": (
        "navigating-care",
        ("in and out of treatment", "reach care", "find their way"),
        ("alternent traitements et pauses", "obtenir des soins", "s’y retrouver"),
    ),
    "timely new treatments and trials": (
        "treatments-and-trials",
        ("timely access to new treatments and to clinical trials", "Cancer Trials Canada"),
        ("accès rapide aux nouveaux traitements et aux essais cliniques", "Cancer Trials Canada"),
    ),
    "accurate information and psychosocial support, for families too": (
        "information-and-support",
        ("accurate information", "psychosocial support", "their families"),
        ("information exacte", "soutien psychosocial", "leurs proches"),
    ),
    "signs and symptoms, for those diagnosed, those finishing treatment, and everybody": (
        "signs",
        ("after a diagnosis, when treatment ends, or for someone you love", "bone pain",
         "shortness of breath", "yellow skin", "weight loss", "headaches",
         "see your doctor or your care team"),
        ("après un diagnostic, à la fin des traitements", "douleur aux os", "essoufflement",
         "peau ou les yeux jaunes", "perte de poids", "maux de tête", "Consultez votre médecin"),
    ),
    "raise awareness of unmet needs": (
        "mbc-day",
        ("what people living with metastatic breast cancer need", "that everyone be counted"),
        ("ont besoin", "que chaque personne soit comptée"),
    ),
    "contact us": ("thank-you", ("write to us",), ("écrivez-nous",)),
    "tell your story": (
        "tell-your-story",
        ("tell us what you want others to know",),
        ("dites-nous ce que les gens devraient savoir",),
    ),
    "post, and share our website": (
        "mbc-day-share",
        ("share this post", "share the address of our site"),
        ("partagez cette publication", "partager l’adresse de notre site"),
    ),
    "join the Council": (
        "join-council",
        ("Breast Cancer Advisory Council",),
        ("Conseil consultatif sur le cancer du sein",),
    ),
    "more information": (
        "information-and-support",
        ("Looking for more information", "1-888-939-3333"),
        ("Vous cherchez plus d’information", "1-888-939-3333"),
    ),
}  # fmt: skip
ASKS = {
    "tell-your-story": "tell-your-story",
    "mbc-day-share": "share",
    "join-council": "join-council",
    "information-and-support": "resources",
}


@lru_cache
def library() -> Library:
    content = Config().content
    return read_library(content.posts, content.templates)


def told(post: str, language: str) -> str:
    """The long text of a post, with the words of its facts."""
    source = library().posts[f"mbc-awareness/{post}"].texts[language]["long"].source
    text = EXPRESSION.sub(lambda match: library().facts[match[1]].claims[language], source)
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("point", POINTS)
def test_each_point_of_the_page_stands_in_a_post(point: str, language: str) -> None:
    post, *words = POINTS[point]
    text = told(post, language)
    assert [word for word in words[LANGUAGES.index(language)] if word not in text] == []


@pytest.mark.parametrize("post", ASKS)
def test_each_ask_leads_to_a_place_of_its_own(post: str) -> None:
    assert library().posts[f"mbc-awareness/{post}"].action == ASKS[post]


def test_the_figure_that_has_no_study_behind_it_stands_nowhere() -> None:
    refused = re.compile(
        r"\b30\s?(%|per\s?cent|pour cent)|\bthirty\b|\btrente\b", re.IGNORECASE
    )
    for post in library().posts.values():
        name = post.key.removeprefix("mbc-awareness/")
        for language in LANGUAGES:
            assert not refused.search(told(name, language)), post.key
