"""The words of planned deliveries, handed to the checks: each text by itself, then English and French side by side."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import partial

from campaign.checks.pair import check_pair
from campaign.checks.reading.reading import Words
from campaign.checks.words.wording import check_words
from campaign.config import Channel, Site
from campaign.content.campaigns import hashtags_of
from campaign.content.facts import FactStatus
from campaign.content.library import Library
from campaign.content.links import without_tags
from campaign.content.post import PostFile
from campaign.content.render import Rendered
from campaign.core.finding import Finding

Reader = Callable[[], Iterable[Finding]]


class Wordings:
    """What channels would get, for the checks. They take milliseconds: what several channels get is read once.

    They look at words alone, whatever the network; what a network takes is asked of its publisher.
    """

    def __init__(self, library: Library, site: Site) -> None:
        self.library = library
        self.site = site
        facts = library.facts.values()
        self.refused = tuple(fact for fact in facts if fact.status is FactStatus.DO_NOT_USE)
        self.read: dict[Hashable, tuple[Finding, ...]] = {}

    def words(self, post: PostFile, channel: Channel, rendered: Rendered) -> Words | None:
        """The finished text with all that the checks ask about; None where there is no text."""
        text = post.text(channel.language, rendered.form)
        if text is None or not rendered.text.strip():
            return None
        language, known = channel.language, self.library.facts
        campaign = self.library.campaign(post)
        return Words(
            without_tags(rendered.text),
            language,
            channel.network,
            post.kind,
            text.place,
            source=text.source,
            facts=tuple(known[key] for key in rendered.facts if key in known),
            refused=self.refused,
            alts=tuple(picture.alts.get(language, "") for picture in post.pictures),
            hashtags=hashtags_of(post, campaign, language),
            names=(self.site.name,),
        )

    def of_text(self, words: Words) -> tuple[Finding, ...]:
        """The findings about one text; a thread is one text, with all its parts."""
        return self._once(_key(words), partial(check_words, words))

    def of_pairs(self, texts: Sequence[Words]) -> dict[str, tuple[Finding, ...]]:
        """The findings about English and French of one post side by side, by network: about the first text in each."""
        first: dict[str, dict[str, Words]] = {}
        for words in texts:
            first.setdefault(words.network, {}).setdefault(words.language, words)
        of_networks = {}
        for network, by_language in first.items():
            english, french = by_language.get("en"), by_language.get("fr")
            if english and french:
                key = (_key(english), _key(french))
                of_networks[network] = self._once(key, partial(check_pair, english, french))
        return of_networks

    def _once(self, key: Hashable, look: Reader) -> tuple[Finding, ...]:
        findings = self.read.get(key)
        if findings is None:
            findings = self.read[key] = tuple(look())
        return findings


def _key(words: Words) -> Hashable:
    """All that differs from text to text: facts have one wording in a plan."""
    return (
        words.text,
        words.source,
        words.place,
        words.language,
        words.kind,
        tuple(fact.id for fact in words.facts),
        words.alts,
        words.hashtags,
    )
