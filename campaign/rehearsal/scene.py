"""What is rehearsed, what happened while it was played, and how each delivery stands at the end of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from campaign.config import Config
from campaign.content.dates.month import span_of
from campaign.content.library import Library
from campaign.core.clock import local_day
from campaign.delivery.attempts import Claim, Result
from campaign.delivery.gate import Reason
from campaign.models import Delivery
from campaign.planning.plan import Plan, Planned
from campaign.publishers import NETWORKS, posts_of
from campaign.rehearsal import result as rehearsal
from campaign.rehearsal.result import Came, TimelineEntry, has_link


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be rehearsed: from a moment (aware) to the end of a local day (None: to the end of the plan), of a campaign
    or of all ("").

    `anew`: as if nothing had gone out yet. `approved_only`: what nobody has approved stays where it is."""

    start: datetime
    last: date | None = None
    campaign: str = ""
    approved_only: bool = False
    anew: bool = False


@dataclass(frozen=True, slots=True)
class EndedAttempt:
    """An attempt that has ended, as `Worker.tell` is called with it; `at` is simulated (aware, UTC)."""

    at: datetime
    claim: Claim
    result: Result


@dataclass
class Played:
    """What happened while the rehearsal was played."""

    deliveries: Sequence[Delivery]  #: as they stood before, with their posts
    against: dict[int, list[Reason]]  #: the gate's reasons against each draft, by its number
    told: list[EndedAttempt] = field(default_factory=list)
    #: by the number of a delivery that was due: a sentence on the first pause that covered it
    pauses: dict[int, str] = field(default_factory=dict)
    last: date = date.min


@dataclass(frozen=True, slots=True)
class Material:
    """What was rehearsed."""

    config: Config
    library: Library
    planned: Plan
    wish: Wish
    now: datetime
    from_files: bool
    doubted: int

    @property
    def zone(self) -> ZoneInfo:
        """The site's."""
        return self.config.site.timezone

    @property
    def first(self) -> date:
        """The local day on which the rehearsal begins."""
        return local_day(self.wish.start, self.zone)


@dataclass(frozen=True, slots=True)
class Scene:
    """The deliveries as they are at the end of the rehearsal, by their numbers, and all that an entry is made from."""

    material: Material
    played: Played
    deliveries: Mapping[int, Delivery]
    lengths: Mapping[tuple[str, str], tuple[str, int]]
    end: datetime

    def entry(
        self,
        number: int,
        at: datetime,
        came: Came,
        reason: str = "",
    ) -> TimelineEntry:
        """What comes of a delivery, by its number, at a moment (aware)."""
        delivery = self.deliveries[number]
        texts = posts_of(delivery.text, delivery.network)
        pictures = len(json.loads(delivery.pictures)) if delivery.pictures else 0
        prices = self.material.config.prices
        is_out = came is Came.OUT
        cost = rehearsal.cost_of(
            delivery.network,
            texts,
            pictures,
            prices,
        )
        bare = [""] * len(texts)  # as many parts, and no link in any
        plain_cost = rehearsal.cost_of(
            delivery.network,
            bare,
            pictures,
            prices,
        )
        return TimelineEntry(
            at=at,
            due_at=delivery.due_at,
            post=delivery.post.key,
            campaign=delivery.post.campaign,
            channel=delivery.channel,
            network=delivery.network,
            language=delivery.language,
            length=self._length(delivery, texts),
            links=sum(map(has_link, texts)) + bool(delivery.link),
            cost=cost if is_out else 0.0,
            plain_cost=plain_cost if is_out else 0.0,
            came=came,
            reason=reason,
            is_help=delivery.post.is_help,
        )

    def planned_entry(
        self,
        planned: Planned,
        at: datetime,
        reason: str,
    ) -> TimelineEntry:
        """Of what is stopped by an error, and so is no delivery."""
        network = planned.channel.network
        texts = posts_of(planned.text, network)
        return TimelineEntry(
            at=at,
            due_at=at,
            post=planned.post.key,
            campaign=planned.post.campaign,
            channel=planned.channel.name,
            network=network,
            language=planned.channel.language,
            length=planned.length,
            links=sum(map(has_link, texts)) + bool(planned.link),
            cost=0.0,
            plain_cost=0.0,
            came=Came.STOPPED,
            reason=reason,
        )

    def is_within(self, at: datetime) -> bool:
        """Whether a moment (aware) is played."""
        return self.material.wish.start <= at < self.end

    def _length(
        self,
        delivery: Delivery,
        texts: Sequence[str],
    ) -> int:
        """Of the longest part. Planning has counted it already, where the text is still the planned one."""
        text, length = self.lengths.get((delivery.post.key, delivery.channel), ("", 0))
        network = NETWORKS.get(delivery.network)
        if text == delivery.text or network is None:
            return length
        return max(map(network.length, texts))


def scene_of(material: Material, played: Played) -> Scene:
    """How everything stands at the end. Asks the database in which it was played."""
    deliveries = {delivery.pk: delivery for delivery in played.deliveries}
    # Playing changes the status of a delivery, and its reason; nothing else has to be read again.
    for number, status, reason in Delivery.objects.values_list("pk", "status", "reason"):
        delivery = deliveries[number]
        delivery.status, delivery.reason = status, reason
    lengths: dict[tuple[str, str], tuple[str, int]] = {}
    for planned in material.planned.planned:
        lengths[planned.post.key, planned.channel.name] = (planned.text, planned.length)
    end = span_of(played.last, material.zone).end
    return Scene(
        material,
        played,
        deliveries,
        lengths,
        end,
    )
