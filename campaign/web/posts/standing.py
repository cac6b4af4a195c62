"""What became of a post, channel by channel, and what a change of its words still reaches."""

from collections.abc import Iterable, Mapping, Sequence
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
from campaign.web.posts.frozen import DeliveryPicture, pictures_of, texts_of
from campaign.web.posts.preview import Piece

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
        return self.delivery.status in OUT and bool(self.delivery.text)


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
        was_out = Status.REMOVED in statuses and not self.tied.corrections
        return was_out or Status.PUBLISHED in statuses

    @property
    def out(self) -> list[str]:
        """The channels on which it is out, or may be, while it still waits on others."""
        return [row.channel for row in self.rows if row.delivery.status in OUT]

    @property
    def waiting(self) -> list[str]:
        """The channels that a change of its words reaches."""
        return [row.channel for row in self.rows if row.delivery.status in NOT_OUT_YET]

    @property
    def unreached(self) -> str:
        """Says which channels a change of the words does not reach; "" where it reaches all."""
        if not self.out or not self.waiting:
            return ""
        out = {"channels": listed(self.out), "waiting": listed(self.waiting)}
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
        place = places.get(delivery.channel, "") if delivery.channel in waiting else ""
        rows.append(_row(delivery, post, troubles, in_the_way(place)))
    whole = whole_status(post, statuses)
    return Standing(whole, tuple(rows), is_settled(statuses), tied)


def _places(first: Post | None) -> dict[str, str]:
    """The status of what is corrected, by the channel."""
    deliveries = first.deliveries.all() if first else Delivery.objects.none()
    return dict(deliveries.values_list("channel", "status"))


def tied_of(post: Post) -> Tied:
    """What this post corrects, and what corrects it."""
    links = Correction.objects.filter(Q(post=post) | Q(first=post)).order_by("pk")
    first, corrections = None, list[Post]()
    for link in links.select_related("post", "first"):
        if link.post_id == post.pk:
            first = link.first
        else:
            corrections.append(link.post)
    return Tied(first, tuple(with_status(corrections)))


def with_status(posts: Sequence[Post]) -> list[PostStatus]:
    """Each of these posts with its one status; one question for all."""
    statuses: dict[int, list[str]] = {post.pk: [] for post in posts}
    deliveries = Delivery.objects.filter(post__in=statuses)
    for number, status in deliveries.values_list("post_id", "status"):
        statuses[number].append(status)
    return [PostStatus(post, whole_status(post, statuses[post.pk])) for post in posts]


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
    moments = {"due": at(delivery.due_at), "out": at(delivery.published_at or delivery.due_at)}
    return str(SAYS[delivery.status]) % moments


def _waits_for(post: Post) -> str:
    """Whose approval is missing: anybody's who has not written it."""
    writers = [user.username for user in (post.author, post.editor) if user]
    names = list(dict.fromkeys(writers))
    if not names:
        return _("It waits for somebody’s approval.")
    said = ngettext(
        "It waits for approval by somebody other than %(names)s, who wrote it.",
        "It waits for approval by somebody other than %(names)s, who wrote it together.",
        len(names),
    )
    return said % {"names": listed(names)}
