"""Texts that a channel has had, or will have, already."""

from collections.abc import Iterable, Iterator

from campaign.core.finding import Finding, error, warning
from campaign.core.sentence import Sentence
from campaign.delivery.attachments import fingerprint, frozen
from campaign.models import Delivery, Post
from campaign.planning.plan import Planned
from campaign.publishers import NETWORKS
from campaign.states import GONE, Status

_MOST = 50
"""Rows that are read, however often a wording was used: one other post a channel is named."""


def repeats(post: Post, planned: Iterable[Planned]) -> Iterator[Finding]:
    """A finding for each delivery whose very text, with its pictures, another post has on the same channel."""
    mine: dict[tuple[str, str], Planned] = {}
    for delivery in planned:
        if delivery.text.strip():
            mine[delivery.channel.name, _fingerprint(delivery)] = delivery
    if not mine:
        return
    channels, prints = zip(*mine, strict=True)
    others = Delivery.objects.filter(fingerprint__in=set(prints), channel__in=set(channels))
    others = others.exclude(post=post).exclude(status__in=GONE)
    rows = others.values_list("channel", "fingerprint", "post__key", "status")
    for channel, seen, key, status in rows[:_MOST]:
        repeat = mine.pop((channel, seen), None)
        if repeat:
            yield _finding(repeat, key, is_out=status == Status.PUBLISHED)


def _fingerprint(delivery: Planned) -> str:
    return fingerprint(delivery.text, frozen(delivery.post.pictures, delivery.channel.language))


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
