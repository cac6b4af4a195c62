"""What its campaign adds to a post: hashtags and a link, in each language."""

from dataclasses import dataclass

from campaign.authoring.compose import Desk
from campaign.content.post import LANGUAGES


@dataclass(frozen=True, slots=True)
class Added:
    """What is added in one language; "" for nothing."""

    language: str
    hashtags: str
    link: str


def added(campaign: str, desk: Desk) -> list[Added]:
    """What the campaign adds, language by language; nothing where it has neither hashtags nor a link."""
    known = desk.library.campaigns.get(campaign)
    if known is None:
        return []
    adds = []
    for language in LANGUAGES:
        hashtags = " ".join(known.hashtags.get(language, ()))
        link = known.links.get(language, "") or desk.config.site.url
        if hashtags or link:
            adds.append(Added(language, hashtags, link))
    return adds
