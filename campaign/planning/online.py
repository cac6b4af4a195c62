"""The links of posts, facts and campaigns, asked on the web: dead, moved, or in the other language."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from campaign.checks.catalog import with_levels
from campaign.checks.reading.urls import find_links
from campaign.config import Config
from campaign.content.campaigns import Campaign
from campaign.content.library import Library
from campaign.content.links import without_tags
from campaign.core.finding import Finding, Place, error, info, warning
from campaign.core.sentence import Sentence
from campaign.planning.plan import Plan, Planned, finished_of
from campaign.publishers.pages import State, WebPage, ask


@dataclass(frozen=True, slots=True)
class Link:
    """An address, where it stands, and the language of those who are led there; "" where any language will do."""

    address: str
    place: Place
    language: str = ""


def check_online(
    library: Library,
    planned: Plan,
    config: Config,
) -> list[Finding]:
    """What is wrong with each link, asked now. Nothing but the web is asked, and each address once."""
    shared = list(_links(library))
    known = {link.address for link in shared}
    links = list(dict.fromkeys((*shared, *_of_texts(planned, known))))
    addresses = [link.address for link in links]
    pages = ask(addresses, _agent(config))
    findings: list[Finding] = []
    states = {page.state for page in pages.values()}
    if states == {State.SILENT}:
        return [_offline(len(pages), config)]
    for link in links:
        page = pages[link.address]
        findings += _of_page(link, page)
        findings += _of_language(link, page.language)
    return with_levels(findings, config.checks)


def _agent(config: Config) -> str:
    """Says who asks, and how they can be reached."""
    return f"campaign-scheduler (looks whether links still work; {config.site.url})"


def _offline(number: int, config: Config) -> Finding:
    """The finding where no page at all answers: then it is not the links."""
    message = Sentence(
        "Not one of {0} links could be reached: look whether this machine is connected to the web.",
        number,
    )
    return error("offline", message, Place(config.file or "config.toml"))


def _links(library: Library) -> Iterator[Link]:
    for fact in library.facts.values():
        if fact.url:
            yield Link(fact.url, fact.place)
        if fact.url_fr:
            yield Link(fact.url_fr, fact.place, "fr")
    for campaign in library.campaigns.values():
        yield from _of_campaign(campaign)


def _of_texts(planned: Plan, known: Collection[str]) -> Iterator[Link]:
    """The links of texts, but for those that are told where they stand: with a fact, or with the campaign."""
    for delivery in planned.planned:
        for link in _of_text(delivery):
            if link.address not in known:
                yield link


def _of_campaign(campaign: Campaign) -> Iterator[Link]:
    for addresses in (campaign.links, *campaign.places.values()):
        for language, address in addresses.items():
            if address:
                yield Link(address, campaign.place, language)


def _of_text(delivery: Planned) -> Iterator[Link]:
    """The links of a text without their tags: a look from here is no visit of a reader."""
    text = without_tags(finished_of(delivery).whole)
    language = delivery.channel.language
    for link in find_links(text):
        is_whole = "://" in link.url
        address = link.url if is_whole else f"https://{link.url}"
        yield Link(address, delivery.place, language)


def _of_page(link: Link, page: WebPage) -> Iterator[Finding]:
    address = link.address
    place = link.place
    if page.state in (State.DEAD, State.SILENT):
        message = Sentence(
            "{0} is dead ({1}): correct the link, or take it out.", address, page.why
        )
        yield error("dead-link", message, place)
    elif page.state is not State.HERE:
        message = Sentence("{0} was not seen ({1}): open it yourself.", address, page.why)
        yield info("unseen-link", message, place)
    elif page.moved_to:
        message = Sentence("{0} leads on to {1}: link that page.", address, page.moved_to)
        yield info("moved-link", message, place)


def _of_language(link: Link, language: str) -> Iterator[Finding]:
    languages = (link.language, language)
    if languages == ("fr", "en"):
        message = Sentence(
            "{0} is a page in English: link one in French, or say that it is in English.",
            link.address,
        )
        yield warning("page-language", message, link.place)
    elif languages == ("en", "fr"):
        message = Sentence(
            "{0} is a page in French: link one in English, or say that it is in French.",
            link.address,
        )
        yield warning("page-language", message, link.place)
