"""The hashtags of the latest posts."""

import re
from collections import Counter

from campaign.checks.reading.spans import hashtags
from campaign.content.post import LANGUAGES
from campaign.models import Delivery

LATEST = 200
"""Deliveries that are looked at, the newest: with more, nobody would call it lately."""
_HAS_LETTER = re.compile(r"[^\W\d_]")


def used_lately() -> dict[str, list[str]]:
    """By language, the one that was used most first. Asks the database once, however many posts there are."""
    counted = {language: Counter[str]() for language in LANGUAGES}
    latest = Delivery.objects.order_by("-pk").values_list("language", "text")
    for language, text in latest[:LATEST]:
        if language in counted:
            counted[language].update(_tags(text))
    return {
        language: [tag for tag, _ in tags.most_common()] for language, tags in counted.items()
    }


def _tags(text: str) -> set[str]:
    tags = {text[start:end] for start, end in hashtags(text)}
    return set(filter(_HAS_LETTER.search, tags))
