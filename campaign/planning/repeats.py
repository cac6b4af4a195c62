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


def repeats(post: Post, planned: Iterable[Planned]) -> Iterator[Finding]:
    """A finding for each delivery whose very text, with its pictures, another post has on the same channel."""
    mine = {(one.channel.name, _fingerprint(one)): one for one in planned if one.text.strip()}
    if not mine:
        return
    channels, prints = zip(*mine, strict=True)
    others = Delivery.objects.filter(fingerprint__in=set(prints), channel__in=set(channels))
    others = others.exclude(post=post).exclude(status__in=GONE)
    for channel, seen, key, status in others.values_list(
        "channel", "fingerprint", "post__key", "status"
    )[:_MOST]:
        one = mine.pop((channel, seen), None)
        if one:
            yield _finding(one, key, is_out=status == Status.PUBLISHED)


def _fingerprint(one: Planned) -> str:
    return fingerprint(one.text, frozen(one.post.pictures, one.channel.language))


def _finding(one: Planned, key: str, *, is_out: bool) -> Finding:
    name, network = one.channel.name, NETWORKS[one.channel.network]
    if not is_out:
        return error(
            "same-text",
            Sentence(
                "On {0} this is word for word the text of {1}: say it differently.", name, key
            ),
            one.place,
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
    return warning("repeated-text", message, one.place)
