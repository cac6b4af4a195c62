"""The words of planned deliveries, handed to the checks: each text by itself, then English and French side by side."""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial

from campaign.checks.pair import check_pair
from campaign.checks.reading.reading import Words
from campaign.checks.words.wording import check_words
from campaign.config import Channel, Site
from campaign.content.facts import FactStatus
from campaign.content.library import Library
from campaign.content.post import PostFile
from campaign.content.render import Rendered
from campaign.core.finding import Finding

Reader = Callable[[], Iterable[Finding]]
_TAGS = re.compile(r"[?&]utm_\w+=[\w%+~.-]*(?:&utm_\w+=[\w%+~.-]*)*(?<![.-])(?![\w&=])")
"""What is added to a link to count its visits: nobody wrote it, and it differs where the words do not."""


class Wordings:
    """What channels would get, for the checks. They take milliseconds: what several channels get is read once.

    They look at words alone, whatever the network; what a network takes is asked of its publisher.
    """

    def __init__(self, library: Library, site: Site) -> None:
        self.library = library
        self.site = site
        self.refused = tuple(
            fact for fact in library.facts.values() if fact.status is FactStatus.DO_NOT_USE
        )
        self.read: dict[Hashable, tuple[Finding, ...]] = {}

    def words(self, post: PostFile, channel: Channel, rendered: Rendered) -> Words | None:
        """The finished text with all that the checks ask about; None where there is no text."""
        text = post.text(channel.language, rendered.form)
        if text is None or not rendered.text.strip():
            return None
        return Words(
            _TAGS.sub("", rendered.text),
            channel.language,
            channel.network,
            post.kind,
            text.place,
            source=text.source,
            facts=tuple(
                self.library.facts[key] for key in rendered.facts if key in self.library.facts
            ),
            refused=self.refused,
            alts=tuple(picture.alts.get(channel.language, "") for picture in post.pictures),
            hashtags=tuple(self.library.campaign(post).hashtags.get(channel.language, ())),
            names=(self.site.name,),
        )

    def of_text(self, words: Words) -> tuple[Finding, ...]:
        """What is said of one text; a thread is one text, with all its parts."""
        return self._once(_key(words), partial(check_words, words))

    def of_pairs(self, texts: Sequence[Words]) -> dict[str, tuple[Finding, ...]]:
        """What is said of English and French of one post together, by network: of the first text in each."""
        found = {}
        for network in dict.fromkeys(words.network for words in texts):
            first = {words.language: words for words in reversed(texts) if words.network == network}
            english, french = first.get("en"), first.get("fr")
            if english and french:
                key = (_key(english), _key(french))
                found[network] = self._once(key, partial(check_pair, english, french))
        return found

    def _once(self, key: Hashable, look: Reader) -> tuple[Finding, ...]:
        found = self.read.get(key)
        if found is None:
            found = self.read[key] = tuple(look())
        return found


def _key(words: Words) -> Hashable:
    """All that differs from text to text: facts have one wording in a plan."""
    facts = tuple(fact.id for fact in words.facts)
    looks = (words.text, words.source, words.place, words.language, words.kind)
    return (*looks, facts, words.alts, words.hashtags)
