"""What a story, as it will stand on a network, tells of its person and asks of its readers: its text with the template, the
hashtags and the link, and the descriptions of its pictures."""

import json
import re
from dataclasses import dataclass

from campaign.checks.details import details_told
from campaign.checks.reading.spans import unbroken
from campaign.checks.reading.tags import opened
from campaign.content.links import without_tags
from campaign.content.post import Purpose
from campaign.models import Delivery

# In both languages wherever they stand: an account in French may carry words in English.
_DONATIONS = re.compile(
    r"\bdonat(?:e|es|ed|ing|ions?)\b|\bfundrais\w+|\b(?:give|make) (?:a|your) gift\b|\bgive (?:today|now|money)\b"
    r"|\b(?:to|please) give\b|\bchip in (?:[$€£]|\w{0,2}\d|what you can)|\b(?:every|each) (?:dollar|gift) (?:counts|helps)\b"
    r"|/donat|\b(?:faire|faites|fais|font|verser|versez) (?:un|votre|vos|des) dons?\b|\b(?:votre|vos|les|des) dons\b"
    r"|\bcollectes? de fonds\b|\blevées? de fonds\b|\bdonnez\b|[#\uff03](?:je)?donn(?:e|ez|ons)(?![a-zà-ÿ])"
    r"|\bdonateurs?\b|\bdonatrices?\b|/dons?\b(?![’\'])"
    r"|\bsouten(?:ez|ons)[ -]nous\b|\b(?:aide[rz]?|aidez)(?:-nous)? à financer\b|\bchaque (?:dollar|don) compte\b",
    re.IGNORECASE,
)
"""Words that ask for money. Some of them may mean something else: a story in which they stand is then asked about."""


@dataclass(frozen=True, slots=True)
class StoryUse:
    """What a text tells of its person, and whether it asks for donations."""

    details: tuple[str, ...] = ()  #: as `campaign.consent.rule.Detail` names them, each once
    asks_for_donations: bool = False

    def purposes(self, of_post: str) -> tuple[str, ...]:
        """What the story is used for: what its post says, and what its words say."""
        if self.asks_for_donations:
            return tuple(dict.fromkeys((of_post, Purpose.FUNDRAISING.value)))
        return (of_post,)


NOTHING = StoryUse()


def use_of(text: str, pictures: str, language: str) -> StoryUse:
    """Of a delivery's text and its pictures, as it keeps them: JSON, each with its description; "" for none."""
    words = written(text, pictures)
    told = (detail.detail for detail in details_told(words, language))
    return StoryUse(tuple(dict.fromkeys(told)), _asks_for_donations(words))


def _asks_for_donations(words: str) -> bool:
    """Hashtags are read as their words, too."""
    read = opened(words)
    plain = unbroken(read.text)
    if _DONATIONS.search(words):
        return True
    return _DONATIONS.search(plain) is not None


def use_of_delivery(delivery: Delivery) -> StoryUse:
    """As `use_of`."""
    return use_of(delivery.text, delivery.pictures, delivery.language)


def details_beyond(delivery: Delivery, allowed: str) -> tuple[str, ...]:
    """The details that a delivery tells and these, separated by blanks, do not name."""
    told = use_of_delivery(delivery).details
    return tuple(detail for detail in told if detail not in allowed.split())


def written(text: str, pictures: str) -> str:
    """All words that readers get: the text, without the tags of its links, and the descriptions of its pictures."""
    shown: list[dict[str, str]] = json.loads(pictures) if pictures else []
    alts = [picture["alt"] for picture in shown]
    return "\n".join([without_tags(text), *alts])
