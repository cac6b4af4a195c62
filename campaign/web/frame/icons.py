"""The icons of the pages: lines on a square of 24, drawn for this program."""

from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

PATHS: Mapping[str, str] = {
    "today": "M12 3v2 M12 19v2 M3 12h2 M19 12h2 "
    "M5.6 5.6l1.4 1.4 M17 17l1.4 1.4 M5.6 18.4l1.4-1.4 M17 7l1.4-1.4 M16 12a4 4 0 1 1-8 0a4 4 0 0 1 8 0",
    "pen": "M4 20l1-5L16 4l4 4L9 19z M14 6l4 4",
    "queue": "M4 6h16 M4 12h16 M4 18h10",
    "calendar": "M4 6h16v14H4z M4 10h16 M8 3v5 M16 3v5",
    "check": "M4 12.5l5.5 5.5L20 7",
    "inbox": "M4 13l3-8h10l3 8v6H4z M4 13h5l1 3h4l1-3h5",
    "log": "M6 3h9l4 4v14H6z M14 3v5h5 M9 12h7 M9 16h7",
    "flag": "M6 21V4h11l-2 4 2 4H6",
    "channel": "M4 10v4h4l8 5V5L8 10z M19 9a4 4 0 0 1 0 6",
    "pause": "M8 5v14 M16 5v14",
    "play": "M7 5l12 7-12 7z",
    "people": "M12 8.5a3 3 0 1 1-6 0a3 3 0 0 1 6 0 M3 20c0-4 3-6 6-6s6 2 6 6 "
    "M15 6a3 3 0 0 1 0 5.5 M17 14.5c2.5.6 4 2.7 4 5.5",
    "user": "M16 8a4 4 0 1 1-8 0a4 4 0 0 1 8 0 M4 21c0-5 4-7 8-7s8 2 8 7",
    "settings": "M4 7h9 M17 7h3 M4 17h3 M11 17h9 M17 7a2 2 0 1 1-4 0a2 2 0 0 1 4 0 M11 17a2 2 0 1 1-4 0a2 2 0 0 1 4 0",
    "help": "M21 12a9 9 0 1 1-18 0a9 9 0 0 1 18 0 M9.5 9.500a2.5 2.5 0 1 1 3.5 2.300c-.7.3-1 .8-1 1.700v.5 M12 17v.01",
    "warning": "M12 4l9 16H3z M12 10v4 M12 17v.01",
    "error": "M21 12a9 9 0 1 1-18 0a9 9 0 0 1 18 0 M9 9l6 6 M15 9l-6 6",
    "info": "M21 12a9 9 0 1 1-18 0a9 9 0 0 1 18 0 M12 11v5 M12 8v.01",
    "clock": "M21 12a9 9 0 1 1-18 0a9 9 0 0 1 18 0 M12 7v5l3.5 2",
    "link": "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.700l-1 1 M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.700l1-1",
    "picture": "M4 5h16v14H4z M4 16l5-5 4 4 2-2 5 5 M16.5 9a1 1 0 1 1-2 0a1 1 0 0 1 2 0",
    "hand": "M8 13V5a1.5 1.5 0 0 1 3 0v6V3.5a1.5 1.5 0 0 1 3 0V11V5a1.5 1.5 0 0 1 3 0v8c0 5-2 8-6 8s-5-2-8-7a1.6 1.6 0 0 1 3-1z",
    "phone": "M6 3h3l2 5-2.5 1.5a12 12 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
    "undo": "M9 7L4 12l5 5 M4 12h10a6 6 0 0 1 6 6",
    "search": "M17 11a6 6 0 1 1-12 0a6 6 0 0 1 12 0 M15.5 15.500L20 20",
    "again": "M4 12a8 8 0 0 1 14-5l2 2 M20 4v5h-5 M20 12a8 8 0 0 1-14 5l-2-2 M4 20v-5h5",
    "plus": "M12 5v14 M5 12h14",
    "cross": "M6 6l12 12 M18 6L6 18",
    "next": "M9 5l7 7-7 7",
    "previous": "M15 5l-7 7 7 7",
    "external": "M14 4h6v6 M20 4l-9 9 M18 13v7H4V6h7",
    "download": "M12 4v11 M7 11l5 5 5-5 M4 20h16",
    "trash": "M4 7h16 M9 7V4h6v3 M6 7l1 13h10l1-13 M10 11v5 M14 11v5",
    "eye": "M2 12c2.5-4.5 6-7 10-7s7.5 2.5 10 7c-2.5 4.5-6 7-10 7s-7.5-2.5-10-7 M15 12a3 3 0 1 1-6 0a3 3 0 0 1 6 0",
    "more": "M5 12v.01 M12 12v.01 M19 12v.01",
    "send": "M4 12l16-8-5 16-4-6z M11 14l9-10",
    "heart": "M12 20s-8-4.8-8-10.500A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 8 2.500C20 15.2 12 20 12 20",
    "menu": "M4 7h16 M4 12h16 M4 17h16",
    "lock": "M5 11h14v10H5z M8 11V8a4 4 0 0 1 8 0v3",
}
"""By name, the lines of each."""


def icon(name: str) -> SafeString:
    """The icon as SVG, hidden from screen readers: words stand beside it. Raises KeyError for a name that is none."""
    return drawn(PATHS[name])


def drawn(paths: str) -> SafeString:
    """The lines as SVG on a square of 24, each part from its M on as a path of its own."""
    parts = (f"M{part.strip()}" for part in paths.split("M") if part.strip())
    lines = mark_safe("".join(f'<path d="{part}"/>' for part in parts))  # noqa: S308 - our own constants
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">{}</svg>',
        lines,
    )
