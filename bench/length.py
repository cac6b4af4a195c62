"""Print how many posts a second `weighted_length` counts, for five kinds of post.

Run: python -m bench.length
The baseline only brings the text to Unicode form NFC and takes its length.
"""

import time
import unicodedata
from collections.abc import Callable

from campaign.checks.length import MAX_TWEET, weighted_length

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
SECONDS = 0.4
ROUNDS = 5


def naive_length(text: str) -> int:
    return len(unicodedata.normalize("NFC", text))


def posts_a_second(count: Callable[[str], int], post: str) -> float:
    """Return the best rate of several rounds, so other work on the machine matters less."""
    return max(_rate(count, post) for _ in range(ROUNDS))


def _rate(count: Callable[[str], int], post: str) -> float:
    done = 0
    start = time.perf_counter()
    while (spent := time.perf_counter() - start) < SECONDS / ROUNDS:
        for _ in range(100):
            count(post)
        done += 100
    return done / spent


def main() -> None:
    print(f"{'post':12} {'characters':>10} {'counts':>7} {'a second':>10} {'times the baseline':>19}")
    for name, post in POSTS.items():
        ours = posts_a_second(weighted_length, post)
        baseline = posts_a_second(naive_length, post)
        counted = f"{weighted_length(post)}/{MAX_TWEET}"
        print(f"{name:12} {len(post):10} {counted:>7} {ours:10,.0f} {baseline / ours:19.1f}")


if __name__ == "__main__":
    main()
