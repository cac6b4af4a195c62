"""A post as the calendar draws it. It is drawn here and by no template: a month may hold 168 of them."""

from functools import cache
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from campaign.content.dates.in_words import full_date
from campaign.listings.calendar import Unit
from campaign.states import Status
from campaign.web.frame.icons import icon, thumbnail
from campaign.web.frame.moments import hour, iso
from campaign.web.frame.names import STATUSES, status
from campaign.web.frame.networks import network, network_icon

_CHIP = """<li class="unit" data-status="{status}" id="part-{id}" data-parts="{parts}"{drag}>
<p class="unit-head"><time datetime="{iso}">{time}</time> <span class="mark" data-status="{status}">{mark}</span></p>
<p class="unit-name">{picture}<a href="{post}">{name}</a></p>
<p class="unit-foot"><span class="outlets">{outlets}<span class="languages">{languages}</span></span>{move}</p>
</li>"""
_DRAG = ' draggable="true" data-time="{}" data-move="{}"'
_MOVE = (
    ' <a class="button quiet small move" href="{url}" hx-get="{url}" hx-target="#move-body">'
    '{word}<span class="visually-hidden"> {what}</span></a>'
)


class Drawer:
    """Draws posts for a reader; what is the same for all of them is found out once."""

    def __init__(self, query: str, zone: ZoneInfo, language: str) -> None:
        self.back = quote(query, safe="")
        self.zone = zone
        self.language = language
        self.word = _("Move")
        self.marks: dict[Status, SafeString] = {}
        self.outlets: dict[str, SafeString] = {}

    def chip(self, unit: Unit) -> SafeString:
        """A post: when, what, its status, where to and in which languages; with its button, if it can be moved."""
        local, first = unit.due_at.astimezone(self.zone), unit.first
        time, address = hour(local), _address("move", first.id)
        what = f"{unit.name}, {full_date(local.date(), self.language)}, {time}"
        return format_html(
            _CHIP,
            status=unit.status.value,
            id=first.id,
            parts=" ".join(str(part.id) for part in unit.parts),
            drag=format_html(_DRAG, f"{local:%H:%M}", address) if first.can_move else "",
            iso=iso(local),
            time=time,
            mark=self._mark(unit.status),
            post=_address("post", unit.post),
            name=unit.name,
            picture=thumbnail(unit.pictures),
            outlets=format_html_join(
                "", "{} ", ((self._outlet(name),) for name in unit.networks)
            ),
            languages=" ".join(unit.languages).upper(),
            move=self._move(address, what) if first.can_move else "",
        )

    def _move(self, address: str, what: str) -> SafeString:
        return format_html(_MOVE, url=f"{address}?back={self.back}", word=self.word, what=what)

    def _mark(self, value: Status) -> SafeString:
        if value not in self.marks:
            self.marks[value] = format_html(
                '{}<span class="words">{}</span>', icon(STATUSES[value][1]), status(value)
            )
        return self.marks[value]

    def _outlet(self, name: str) -> SafeString:
        if name not in self.outlets:
            drawn = network_icon(name)
            self.outlets[name] = format_html(
                '{}<span class="words">{}</span>', drawn, network(name)
            )
        return self.outlets[name]


def _address(name: str, number: int) -> str:
    return _pattern(name).replace("/0/", f"/{number}/")


@cache
def _pattern(name: str) -> str:
    return reverse(name, args=[0])
