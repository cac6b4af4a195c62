"""What linked pages say of themselves: read when a person wishes it, and kept, so that no page waits for another one's host."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.contrib.auth.models import User

from campaign.config import Config
from campaign.content.library import Library
from campaign.content.links import without_tags
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.sql import writing
from campaign.models.cards import LinkedPage
from campaign.people.roles import need_decider
from campaign.publishers.cards import OTHER_HOST, NotRead, PageCard, is_of_hosts, read_card

JUST_NOW = timedelta(seconds=20)
"""So long after it was asked for a page is not asked for once more: somebody has pressed twice, or several have."""
BEING_READ = Sentence("It is being read now.")


def hosts_of(config: Config, library: Library) -> frozenset[str]:
    """The hosts whose pages may be read: those of `card_hosts`, else those of the site and of the campaigns' links."""
    named = config.content.card_hosts
    if named:
        return frozenset(named)
    addresses = [config.site.url]
    for campaign in library.campaigns.values():
        addresses += campaign.links.values()
        for place in campaign.places.values():
            addresses += place.values()
    hosts = {urlsplit(address).hostname or "" for address in addresses}
    return frozenset(hosts - {""})


def may_be_read(address: str, hosts: Collection[str]) -> bool:
    """Whether a page is one that may be read."""
    return is_of_hosts(address, hosts)


def known_pages(addresses: Iterable[str]) -> Mapping[str, LinkedPage]:
    """What is known of pages, by their addresses without tags. One question."""
    digests = {_digest(without_tags(address)) for address in addresses}
    pages = LinkedPage.objects.filter(digest__in=digests) if digests else ()
    return {page.address: page for page in pages}


def read_page(
    address: str,
    by: User,
    config: Config,
    hosts: Collection[str],
    now: datetime,
    *,
    private_too: bool = False,
) -> LinkedPage:
    """Reads what a page says of itself, and keeps it. It is read without the tags of a delivery: a look from here is no visit
    of a reader. Where it cannot be read, that is kept beside what was known. `private_too` is for tests alone.

    Also in a dry run: to read a public page sends nothing to anybody, and it happens when somebody asks for it. Raises Problem.
    """
    need_decider(by)
    plain = without_tags(address)
    digest = _digest(plain)
    latest = LinkedPage.objects.filter(digest=digest).first()
    if latest and now - latest.read_at < JUST_NOW:
        return latest
    agent = f"campaign-scheduler (shows what a link will look like; {config.site.url})"
    if not may_be_read(plain, hosts):
        raise Problem(OTHER_HOST)
    # Kept before it is asked for: a page that is looked at meanwhile does not ask once more.
    _keep(digest, plain, {"problem": BEING_READ}, now)
    try:
        card = read_card(
            plain,
            agent,
            hosts,
            private_too=private_too,
        )
    except NotRead as problem:
        return _keep(digest, plain, {"problem": str(problem)}, now)
    return _keep(digest, plain, _values(card), now)


def _values(card: PageCard) -> dict[str, object]:
    return {
        "title": card.title,
        "words": card.words,
        "picture": card.picture,
        "problem": "",
    }


def _keep(
    digest: str,
    address: str,
    values: dict[str, object],
    now: datetime,
) -> LinkedPage:
    kept = values | {"address": address, "read_at": now}
    with writing():
        page, _ = LinkedPage.objects.update_or_create(digest=digest, defaults=kept)
    return page


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()
