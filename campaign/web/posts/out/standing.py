"""What became of a post, channel by channel, and what a change of its words still reaches."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, prefetch_related_objects
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaign.delivery.gate import in_the_way
from campaign.listings.channels import kept_back
from campaign.models import Delivery, Post
from campaign.models.corrections import Correction
from campaign.states import NOT_OUT_YET, OUT, TROUBLED, Stage, Status, is_settled, status_of_all
from campaign.web.frame.log_words import safe_link
from campaign.web.frame.moments import at
from campaign.web.frame.names import channel_name
from campaign.web.frame.site import config, now
from campaign.web.posts.look.pieces import Piece
from campaign.web.posts.out.frozen import DeliveryPicture, pictures_of, texts_of

SAYS: Mapping[str, object] = {
    Status.QUEUED: gettext_lazy("It is approved, and planned for %(due)s."),
    Status.SENDING: gettext_lazy("It is being sent now."),
    Status.PUBLISHED: gettext_lazy("It went out on %(out)s."),
    Status.FAILED: gettext_lazy("It did not go out."),
    Status.UNCONFIRMED: gettext_lazy(
        "It may be out: the network’s answer was lost, and it is being looked for."
    ),
    Status.MISSED: gettext_lazy("It was planned for %(due)s, and did not go out."),
    Status.CANCELLED: gettext_lazy("It does not go out here."),
    Status.WITHDRAWN: gettext_lazy("The person does not allow it, so it does not go out."),
    Status.REMOVED: gettext_lazy("It went out on %(out)s, and is not there any more."),
}
"""What became of a delivery, by its status."""


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """What became of a post on one channel; `link` is the address of the live post, "" where none is known."""

    delivery: Delivery
    channel: str
    says: str
    link: str
    kept_back: str = ""  #: why its account may not post now: no fault of its words

    @property
    def texts(self) -> list[tuple[Piece, ...]]:
        """What it says there, to the letter, part by part."""
        return texts_of(self.delivery)

    @property
    def pictures(self) -> list[DeliveryPicture]:
        """The pictures that go with it."""
        return pictures_of(self.delivery.pictures)

    @property
    def is_shown(self) -> bool:
        """Whether what it says is, or was, to be read there."""
        delivery = self.delivery
        has_words = bool(delivery.text)
        return has_words and delivery.status in OUT


@dataclass(frozen=True, slots=True)
class PostStatus:
    """A post, and the one status of all of it."""

    post: Post
    status: str


@dataclass(frozen=True, slots=True)
class Tied:
    """What a post corrects, and what corrects it, the latest last."""

    first: Post | None = None
    corrections: tuple[PostStatus, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a whole post: one status, and a row for each of its channels."""

    status: str
    rows: tuple[ChannelRow, ...]
    is_settled: bool  #: no word of it waits any more
    tied: Tied

    @property
    def can_correct(self) -> bool:
        """Whether something of it is out, or was and nothing has taken its place, so that it can be corrected."""
        statuses = {row.delivery.status for row in self.rows}
        if Status.PUBLISHED in statuses:
            return True
        was_out = Status.REMOVED in statuses
        return was_out and not self.tied.corrections

    @property
    def out(self) -> list[str]:
        """The channels on which it is out, or may be, while it still waits on others."""
        return self._channels(OUT)

    @property
    def waiting(self) -> list[str]:
        """The channels that a change of its words reaches."""
        return self._channels(NOT_OUT_YET)

    def _channels(self, statuses: Collection[str]) -> list[str]:
        channels = []
        for row in self.rows:
            if row.delivery.status in statuses:
                channels.append(row.channel)
        return channels

    @property
    def unreached(self) -> str:
        """Says which channels a change of the words does not reach; "" where it reaches all."""
        if not self.out or not self.waiting:
            return ""
        waiting = listed(self.waiting)
        out = {"channels": listed(self.out), "waiting": waiting}
        return (
            _(
                "It is out on %(channels)s: changing it here changes nothing there. A change reaches %(waiting)s."
            )
            % out
        )


def statuses_of(post: Post) -> list[str]:
    """The statuses of its deliveries."""
    prefetch_related_objects([post], "deliveries")  # asked once, however often a page needs it
    return [delivery.status for delivery in post.deliveries.all()]


def is_troubled(post: Post) -> bool:
    """Whether something of it is not well."""
    return whole_status(post, statuses_of(post)) in TROUBLED


def standing_of(post: Post) -> Standing:
    """What became of this post."""
    statuses = statuses_of(post)
    deliveries = in_order(post.deliveries.all())
    waiting = [row.channel for row in deliveries if row.status == Status.QUEUED]
    troubles = kept_back(waiting, now()) if waiting else {}
    tied = tied_of(post)
    places = _places(tied.first)
    rows = []
    for delivery in deliveries:
        channel, place = delivery.channel, ""
        if channel in waiting:
            place = places.get(channel, "")
        waits_for = in_the_way(place)
        row = _row(delivery, post, troubles, waits_for)
        rows.append(row)
    whole = whole_status(post, statuses)
    settled = is_settled(statuses)
    return Standing(whole, tuple(rows), settled, tied)


def _places(first: Post | None) -> dict[str, str]:
    """The status of what is corrected, by the channel."""
    deliveries = Delivery.objects.filter(post=first)
    places = deliveries.values_list("channel", "status")
    return dict(places) if first else {}


def tied_of(post: Post) -> Tied:
    """What this post corrects, and what corrects it."""
    concerned = Q(post=post) | Q(first=post)
    links = Correction.objects.filter(concerned)
    links = links.select_related("post", "first")
    first = None
    corrections: list[Post] = []
    for link in links.order_by("pk"):
        if link.post_id == post.pk:
            first = link.first
        else:
            corrections.append(link.post)
    told = with_status(corrections)
    return Tied(first, tuple(told))


def with_status(posts: Sequence[Post]) -> list[PostStatus]:
    """Each of these posts with its one status; one question for all."""
    statuses = defaultdict[int, list[str]](list)
    deliveries = Delivery.objects.filter(post__in=posts)
    rows = deliveries.values_list("post_id", "status")
    for number, status in rows:
        statuses[number].append(status)
    told = []
    for post in posts:
        status = whole_status(post, statuses[post.pk])
        told.append(PostStatus(post, status))
    return told


def whole_status(post: Post, statuses: Sequence[str]) -> str:
    """The one status of a post with these deliveries: its stage, while it is not planned and nothing of it is out."""
    is_told = post.stage == Stage.PLANNED or is_settled(statuses)
    status = status_of_all(statuses) if is_told else ""
    return status or post.stage


def listed(channels: Sequence[str]) -> str:
    """Channels as a person would list them."""
    return get_text_list(list(channels), _("and"))


def in_order(deliveries: Iterable[Delivery]) -> list[Delivery]:
    """Deliveries as config.toml has their channels; those whose channel is gone come last."""
    order = {name: number for number, name in enumerate(config().channels)}

    def place(delivery: Delivery) -> tuple[int, int]:
        return order.get(delivery.channel, len(order)), delivery.pk

    return sorted(deliveries, key=place)


def _row(
    delivery: Delivery, post: Post, troubles: Mapping[str, str], waits_for: str
) -> ChannelRow:
    channel = channel_name(delivery.channel, config())
    is_there = delivery.status != Status.REMOVED
    link = safe_link(delivery.url) if is_there else ""
    is_waiting = delivery.status == Status.QUEUED
    trouble = troubles.get(delivery.channel, "") if is_waiting else ""
    says = waits_for or _says(delivery, post)
    return ChannelRow(delivery, channel, says, link, trouble)


def _says(delivery: Delivery, post: Post) -> str:
    if delivery.status == Status.DRAFT:
        return _waits_for(post)
    due = delivery.due_at
    out = delivery.published_at or due
    moments = {"due": at(due), "out": at(out)}
    said = str(SAYS[delivery.status])
    return said % moments


def _waits_for(post: Post) -> str:
    """Whose approval is missing: anybody's who has not written it."""
    users = filter(None, (post.author, post.editor))
    writers = [user.username for user in users]
    names = list(dict.fromkeys(writers))
    if not names:
        return _("It waits for somebody’s approval.")
    said = ngettext(
        "It waits for approval by somebody other than %(names)s, who wrote it.",
        "It waits for approval by somebody other than %(names)s, who wrote it together.",
        len(names),
    )
    return said % {"names": listed(names)}
