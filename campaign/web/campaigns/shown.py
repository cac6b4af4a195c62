"""What a change of something that posts share does to what waits, for a person to read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from campaign.authoring.shared.effects import Effect
from campaign.content.compared import WordRun, compared
from campaign.models import Delivery
from campaign.web.frame.names import channel_name
from campaign.web.frame.site import config


@dataclass(frozen=True, slots=True)
class ShownEffect:
    """What a change does to one delivery."""

    delivery: Delivery
    channel: str
    waits_for_eyes: bool
    stops: str  #: why it cannot go out any more; "" when it can
    runs: tuple[WordRun, ...]  #: its words before and after; none when they stay
    due: datetime | None  #: its new time, where that is another one
    stays: bool  #: at its time, since it is approved


def shown_effects(effects: Iterable[Effect]) -> list[ShownEffect]:
    """The effects, each with the words that differ."""
    return list(map(_shown, effects))


def _shown(effect: Effect) -> ShownEffect:
    delivery = effect.delivery
    runs = compared(effect.old, effect.new) if effect.old != effect.new else ()
    channel = channel_name(delivery.channel, config())
    return ShownEffect(
        delivery=delivery,
        channel=channel,
        waits_for_eyes=effect.waits_for_eyes,
        stops=effect.stops,
        runs=tuple(runs),
        due=effect.due,
        stays=effect.stays,
    )
