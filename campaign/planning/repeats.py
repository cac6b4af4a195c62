"""Texts that a channel has had, or will have, already."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from campaign.checks.repeats import near_texts
from campaign.checks.texts import Finished, as_read, with_link
from campaign.core.finding import Finding, error, warning
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen
from campaign.models import Delivery, Post
from campaign.planning.plan import Account, Planned, account_of, account_on, finished_of
from campaign.publishers import NETWORKS
from campaign.states import GONE, Status

NEAR_BY = timedelta(days=30)
"""Before and after a post, the time in which its words are compared with nearly the same ones."""
_MOST = 2_000
"""Rows that are read which begin with the same words: the latest."""
_MOST_NEAR = 200
"""Rows that are compared word by word."""
_BEGINNING = 24
"""Characters by which the database finds the texts to compare."""


def repeats(post: Post, planned: Iterable[Planned]) -> Iterator[Finding]:
    """A finding for each delivery whose words, as people read them, another post has on the same channel, or nearly so. Asks
    the database twice at the most."""
    mine = [delivery for delivery in planned if is_seen(delivery.text)]
    same = _same(post, mine) if mine else {}
    yield from same.values()
    rest = [delivery for delivery in mine if delivery.due and delivery.channel.name not in same]
    if rest:
        yield from dict.fromkeys(_near(post, rest))


def _others(post: Post, where: Iterable[Q]) -> QuerySet[Delivery]:
    """Deliveries of other posts for which one of the conditions holds, the latest first."""
    # What it corrects has nearly its words, and makes room for it.
    others = Delivery.objects.exclude(post__corrections__post=post)
    others = others.exclude(post=post).exclude(status__in=GONE)
    return others.filter(reduce(or_, where)).order_by("-due_at", "-id")


def _same(post: Post, mine: Sequence[Planned]) -> dict[str, Finding]:
    """The findings about very same words, by the channel."""
    by_words = {(delivery.channel.name, _read(delivery)): delivery for delivery in mine}
    begins = (
        Q(channel=delivery.channel.name, text__startswith=_beginning(delivery.text))
        for delivery in mine
    )
    rows = _others(post, begins).values_list("channel", "text", "link", "post__key", "status")
    same: dict[str, Finding] = {}
    for channel, text, link, key, status in rows[:_MOST]:
        repeat = by_words.get((channel, as_read(with_link(text, link))))
        if repeat and channel not in same:
            same[channel] = _finding(repeat, key, is_out=status == Status.PUBLISHED)
    return same


def _read(delivery: Planned) -> str:
    return as_read(finished_of(delivery).whole)


def _beginning(text: str) -> str:
    """What every text begins with that reads the same, up to the tags of a first link."""
    return text.split("\n", maxsplit=1)[0].split("?", maxsplit=1)[0][:_BEGINNING].rstrip()


def _near(post: Post, mine: Sequence[Planned]) -> Iterator[Finding]:
    """The findings about nearly the same words, on any account of a network that refuses them."""
    dues = [delivery.due.at for delivery in mine if delivery.due]
    near_by = (min(dues) - NEAR_BY, max(dues) + NEAR_BY)
    of_accounts: dict[Account, list[Finished]] = {account_of(delivery): [] for delivery in mine}
    where = (
        Q(**{"network" if account.is_strict else "channel": account.name})
        for account in of_accounts
    )
    others = _others(post, where).filter(due_at__range=near_by)
    rows = others.values_list("post__key", "channel", "network", "text", "link")
    place = mine[0].place
    for key, channel, network, text, link in rows[:_MOST_NEAR]:
        finished = Finished(key, channel, text, place, link)
        of_accounts[account_on(network, channel)].append(finished)
    for delivery in mine:
        of_accounts[account_of(delivery)].append(finished_of(delivery))
    for account, texts in of_accounts.items():
        for finding, finished in near_texts(texts, on_any_account=account.is_strict):
            if finished.post == post.key:
                yield finding


def _finding(delivery: Planned, key: str, *, is_out: bool) -> Finding:
    name, network = delivery.channel.name, NETWORKS[delivery.channel.network]
    if not is_out:
        return error(
            "same-text",
            Sentence(
                "On {0} this is word for word the text of {1}: say it differently.", name, key
            ),
            delivery.place,
        )
    if network.refuses_repeats:
        message = Sentence(
            "On {0} these very words are out already, in {1}: {2} refuses repeats, say it differently.",
            name,
            key,
            network.title,
        )
    else:
        message = Sentence(
            "On {0} these very words are out already, in {1}: say it differently.", name, key
        )
    return warning("repeated-text", message, delivery.place)
