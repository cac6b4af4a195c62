"""How many posts a second `weighted_length` counts, for five kinds of post. The baseline only brings the text to Unicode
form NFC and takes its length."""

import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from bench.stage import Site
from campaign.checks.length import weighted_length
from campaign.publishers.twitter.network import MAX_TWEET

ENGLISH = (
    "Living with metastatic breast cancer means treatment that never ends. Tonight Marie tells "
    "her story: the first scan, the second opinion, the friends who stayed. Read it, share it, and "
    "tell us what helped you. You are not alone in this. #MBC #MetastaticBreastCancer"
)
FRENCH = (
    "Vivre avec un cancer du sein métastatique, c’est un traitement qui ne finit jamais. Ce soir, "
    "Marie raconte : le premier examen, l’attente, les amies restées là. Écoutez-la, partagez, et "
    "dites-nous ce qui vous a aidée. « On n’est jamais seule. » #CancerDuSein"
)
ONE_LINK = (
    "What does living with metastatic breast cancer look like? Marie kept a diary for a year, and "
    "it is not what you expect. Read her story and share it with someone who needs it today: "
    "https://example.org/stories/marie?lang=en #MBC #BreastCancer"
)
EMOJI = (
    "Walk with us on Saturday 🎗️💗 Bring your family 👨‍👩‍👧‍👦, your friends 👯‍♀️ and your dog 🐕‍🦺 ! "
    "We start at 9️⃣ 👩🏽‍🔬🧑🏿‍⚕️ Doctors will be there 🇨🇦 to answer questions 🙋🏾‍♀️🙋🏻‍♂️ and there "
    "is coffee ☕️🍵 for everyone ❤️🧡💛💚💙💜 See you soon 👋🏼 #PinkRibbon 🎀"
)
LINKS = (
    "Three things to read today: example.org/stories/marie?lang=en, our guide at "
    "https://www.example.com/guides/clinical-trials_(canada)/index.html and the survey "
    "http://survey.example.co.uk:8080/s/2026#start. Write to help@example.org or visit "
    "example.ca. En français : https://exemple.example.ca/fr/ressources/métastatique"
)
POSTS = {
    "English": ENGLISH,
    "French": FRENCH,
    "one link": ONE_LINK,
    "emoji-rich": EMOJI,
    "link-rich": LINKS,
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """How long each kind of post is counted, and in how many rounds, of which the best counts."""

    seconds: float = 0.4
    rounds: int = 5


TINY = Sizes(seconds=0.001, rounds=1)


def measure(_site: Site, sizes: Sizes) -> None:
    """Prints posts a second, and how many times as many the baseline counts."""
    for name, post in POSTS.items():
        ours = _posts_a_second(weighted_length, post, sizes)
        baseline = _posts_a_second(_naive_length, post, sizes)
        counted = f"{len(post)} characters, {weighted_length(post)}/{MAX_TWEET}"
        aim = ", aim: 20,000 or more" if name == "link-rich" else ""
        print(
            f"length: {ours:,.0f} {name} posts a second ({counted}{aim}); baseline {baseline / ours:.1f} times that"
        )


def _naive_length(text: str) -> int:
    return len(unicodedata.normalize("NFC", text))


def _posts_a_second(count: Callable[[str], int], post: str, sizes: Sizes) -> float:
    """The best rate of several rounds, so that other work on the machine matters less."""
    return max(_rate(count, post, sizes.seconds / sizes.rounds) for _ in range(sizes.rounds))


def _rate(count: Callable[[str], int], post: str, seconds: float) -> float:
    done = 0
    start = time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds or not done:
        for _ in range(20):
            count(post)
        done += 20
    return done / spent
