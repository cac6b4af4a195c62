"""What weeks cost, as bars: one bar a week, a piece of it for each network."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

HIGHEST = 96
"""The height of the dearest week, in units of the drawing; all of these are whole."""
LEFT, TOP, BOTTOM = 8, 24, 42
WIDE, NARROW = 56, 24
"""How much room a week has: with its amount written above it, and without."""
FEW = 14
"""Up to so many weeks have their amounts written above them."""


@dataclass(frozen=True, slots=True)
class WeekPart:
    """What a network charges in a week: a part of the week's bar. `place` is the network's among those that charge."""

    y: int
    height: int
    place: int
    network: str
    dollars: float


@dataclass(frozen=True, slots=True)
class WeekBar:
    """A week by its first day, and its bar from the bottom up. `names_month` is true where a month is named below it."""

    first: date
    x: int
    width: int
    top: int
    dollars: float
    pieces: tuple[WeekPart, ...]
    names_month: bool

    @property
    def middle(self) -> int:
        """Where its amount is centred."""
        return self.x + self.width // 2


@dataclass(frozen=True, slots=True)
class WeekBars:
    """All weeks, and how large the drawing is."""

    width: int
    height: int
    bars: tuple[WeekBar, ...]
    networks: tuple[str, ...]
    are_few: bool

    @property
    def foot(self) -> int:
        """Where the bars stand."""
        return TOP + HIGHEST


OfWeek = Mapping[str, float]
"""What each network charges in a week, in US dollars."""


def bars_of(costs: Mapping[date, OfWeek]) -> WeekBars | None:
    """The bars of weeks, by their first days in order; None where nothing is charged."""
    sums = [sum(of_week.values()) for of_week in costs.values()]
    dearest = max(sums, default=0.0)
    if not dearest:
        return None
    networks = _charging(costs.values())
    are_few = len(costs) <= FEW
    room = WIDE if are_few else NARROW
    bars: list[WeekBar] = []
    month, x = 0, LEFT
    for first, of_week in costs.items():
        pieces = _pieces(of_week, networks, dearest)
        bar = WeekBar(
            first=first,
            x=x + 4,
            width=room - 8,
            top=pieces[-1].y if pieces else TOP + HIGHEST,
            dollars=sum(of_week.values()),
            pieces=pieces,
            names_month=first.month != month,
        )
        bars.append(bar)
        month = first.month
        x += room
    return WeekBars(
        width=x + LEFT,
        height=TOP + HIGHEST + BOTTOM,
        bars=tuple(bars),
        networks=networks,
        are_few=are_few,
    )


def _charging(weeks: Iterable[OfWeek]) -> tuple[str, ...]:
    """The networks that charge anything."""
    networks: dict[str, None] = {}
    for of_week in weeks:
        for name, dollars in of_week.items():
            if dollars:
                networks[name] = None
    return tuple(networks)


def _pieces(
    of_week: OfWeek,
    networks: Sequence[str],
    dearest: float,
) -> tuple[WeekPart, ...]:
    """From the bottom up."""
    foot = TOP + HIGHEST
    pieces: list[WeekPart] = []
    for place, network in enumerate(networks):
        dollars = of_week.get(network, 0.0)
        height = min(round(HIGHEST * dollars / dearest), foot - TOP)
        foot -= height
        if dollars:
            piece = WeekPart(
                y=foot,
                height=height,
                place=place,
                network=network,
                dollars=dollars,
            )
            pieces.append(piece)
    return tuple(pieces)
