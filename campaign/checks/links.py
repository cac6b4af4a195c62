"""What is wrong with where a post's link leads, before anybody asks the web."""

from collections.abc import Collection, Iterator

from campaign.config import Config
from campaign.content.campaigns import TELL, Campaign, place_address, place_of
from campaign.content.library import CAMPAIGN
from campaign.content.links import NO_LINK, asks_for_link
from campaign.content.post import PostFile
from campaign.core.finding import Finding, did_you_mean, error, warning
from campaign.core.sentence import Sentence


def check_link(
    post: PostFile, campaign: Campaign, config: Config, networks: Collection[str]
) -> Iterator[Finding]:
    """Every finding about a post's link; `networks` are the names that the program knows."""
    yield from _unknown_networks(post, networks)
    yield from _missing_address(post, campaign, config)
    yield from _asks_for_none(post)


def _unknown_networks(post: PostFile, networks: Collection[str]) -> Iterator[Finding]:
    place = post.place("link", "not_on")
    for name in post.link.not_on:
        if name not in networks:
            nearest = did_you_mean(name, networks)
            message = Sentence('"{0}" is not a network; {1}', name, nearest)
            yield error("unknown-network", message, place)


def _missing_address(post: PostFile, campaign: Campaign, config: Config) -> Iterator[Finding]:
    """A place without an address: readers are led to the campaign's page, where they cannot do what they are asked to."""
    place = place_of(post)
    if place in ("", NO_LINK):
        return
    line = campaign.lines.get(place, campaign.place)
    missing = [
        f"links.{place}.{language}"
        for language in config.site.languages
        if not place_address(place, campaign, language, config)
    ]
    if missing:
        message = _missing(place, ", ".join(missing))
        yield warning("missing-address", message, line.about("links", place))


def _missing(place: str, keys: str) -> Sentence:
    if place == TELL:
        return Sentence(
            "Readers are asked for their story, and nobody outside can reach the form, so the link leads to the campaign’s "
            "page: set web.address in config.toml, or write {0} in {1}.",
            keys,
            CAMPAIGN,
        )
    return Sentence(
        'Nothing says where "{0}" leads, so the link leads to the campaign’s page: write {1} in {2}.',
        place,
        keys,
        CAMPAIGN,
    )


def _asks_for_none(post: PostFile) -> Iterator[Finding]:
    """A text that asks for the link of a post without one: nothing would stand there."""
    if post.link.to != NO_LINK and not post.link.not_on:
        return
    for texts in post.texts.values():
        for text in texts.values():
            if asks_for_link(text.source):
                message = Sentence(
                    "The text asks for the link, and the post goes out without one somewhere: take link() out of the text, or let "
                    "it have its link everywhere."
                )
                yield warning("no-link", message, text.place)
