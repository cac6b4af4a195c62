"""What the parts of a post are called, and how they are said."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaign.content.changes import Unit
from campaign.content.fields import ConsentFields, PictureFields
from campaign.content.post import Purpose
from campaign.web.frame.languages import reader_language
from campaign.web.frame.moments import at
from campaign.web.frame.names import PURPOSES, channel_name, kind, place_name
from campaign.web.frame.networks import network
from campaign.web.frame.site import config, library
from campaign.web.posts.form import show_when

UNIT_NAMES: Mapping[str, object] = {
    "en.short": gettext_lazy("Short text, English"),
    "fr.short": gettext_lazy("Short text, French"),
    "en.long": gettext_lazy("Long text, English"),
    "fr.long": gettext_lazy("Long text, French"),
    "when": gettext_lazy("When it goes out"),
    "channels": gettext_lazy("Channels"),
    "kind": gettext_lazy("Kind"),
    "template": gettext_lazy("Template"),
    "facts": gettext_lazy("Facts"),
    "pictures": gettext_lazy("Pictures"),
    "consent": gettext_lazy("Consent"),
    "action": gettext_lazy("What readers are asked to do"),
    "day": gettext_lazy("Day counted down to"),
    "grace": gettext_lazy("How late it may go out"),
    "numbered": gettext_lazy("Numbers in a thread"),
    "example": gettext_lazy("Example, never published"),
    "help": gettext_lazy("A help line"),
    "accepted": gettext_lazy("Findings accepted"),
    "link_to": gettext_lazy("Where the link leads"),
    "not_on": gettext_lazy("Networks without the link"),
    "hashtags": gettext_lazy("Hashtags of the campaign"),
    "link.en": gettext_lazy("Link, English"),
    "link.fr": gettext_lazy("Link, French"),
}


def said_unit(name: str, value: Unit) -> str:
    """The value of a unit in words of the reader's language; "" for an empty one."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, ConsentFields):
        return _consent(value)
    if isinstance(value, Mapping):
        return "\n".join(f"{code}: {reason}" for code, reason in value.items())
    if isinstance(value, tuple):
        return _listed(name, [_word(part, number) for number, part in enumerate(value, 1)])
    if name == "when" and value:
        return said_when(value)
    if name == "kind" and value:
        return kind(value)
    if name == "link_to" and value:
        return place_name(str(value))
    return value or ""


def _moment(written: str) -> str:
    try:
        return at(datetime.fromisoformat(written))
    except ValueError:
        return written


def said_when(written: str) -> str:
    """A post's `when` in words; what is none is said as it was typed."""
    when = show_when(written)
    if when.mode == "slot":
        return _("the next free slot of each channel")
    if when.mode == "time":
        return _moment(written)
    values = {"days": when.days, "day": _day(when.day), "time": when.time}
    if not when.days.isdecimal():
        return written
    if when.days == "0":
        return _("%(day)s, %(time)s") % values
    if when.side == "before":
        return (
            ngettext(
                "%(days)s day before %(day)s, %(time)s",
                "%(days)s days before %(day)s, %(time)s",
                int(when.days),
            )
            % values
        )
    return (
        ngettext(
            "%(days)s day after %(day)s, %(time)s",
            "%(days)s days after %(day)s, %(time)s",
            int(when.days),
        )
        % values
    )


def _day(key: str) -> str:
    language = reader_language()
    day = library().days.get(key)
    return day.names.get(language, key) if day else key


def _listed(name: str, words: list[str]) -> str:
    if name == "not_on":
        return ", ".join(map(network, words))
    if name == "channels":
        return " · ".join(_channels(words)) or _("every channel")
    return ("\n" if name == "pictures" else ", ").join(words)


def _channels(names: list[str]) -> list[str]:
    return [channel_name(name, config()) for name in names]


def _word(part: object, number: int) -> str:
    return _picture(part, number) if isinstance(part, PictureFields) else str(part)


def _picture(picture: PictureFields, number: int) -> str:
    alts = " / ".join(alt for alt in picture.alts.values() if alt) or _("no description")
    return _("Picture %(number)s: %(alts)s") % {"number": number, "alts": alts}


def _consent(consent: ConsentFields) -> str:
    channels = _channels([name for name in consent.channels if name])
    dates = f"{consent.given_on} – {consent.until}"
    purpose = str(PURPOSES[Purpose(consent.purpose)]) if consent.purpose in set(Purpose) else ""
    parts = (consent.storyteller, dates, *channels, purpose)
    return " · ".join(part for part in parts if part.strip(" –"))
