"""What can be put into a text with a press: the campaign's hashtags and those used lately, and a small set of emoji.

Emoji are few on purpose: a screen reader says the name of each, and what is cheerful elsewhere may hurt here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from campaign.content.campaigns import Campaign
from campaign.content.post import LANGUAGES
from campaign.listings.writing.hashtags import used_lately
from campaign.web.frame.fields import Words

MOST = 16
"""Hashtags that are offered for a language."""


@dataclass(frozen=True, slots=True)
class Emoji:
    """A sign and what it is called."""

    sign: str
    name: Words


@dataclass(frozen=True, slots=True)
class EmojiGroup:
    """Emoji of one theme."""

    name: Words
    emoji: tuple[Emoji, ...]


def _group(name: Words, *named: tuple[str, Words]) -> EmojiGroup:
    emoji = [Emoji(sign, called) for sign, called in named]
    return EmojiGroup(name, tuple(emoji))


EMOJI = (
    _group(
        _("Hearts and ribbons"),
        ("🎗️", _("ribbon")),
        ("❤️", _("red heart")),
        ("🩷", _("pink heart")),
        ("💜", _("purple heart")),
        ("💙", _("blue heart")),
        ("💚", _("green heart")),
        ("🧡", _("orange heart")),
        ("🤍", _("white heart")),
    ),
    _group(
        _("Thanks and support"),
        ("🙏", _("folded hands, thank you")),
        ("🤝", _("handshake")),
        ("🫶", _("hands that make a heart")),
        ("🤗", _("hugging face")),
        ("👏", _("clapping hands")),
        ("💪", _("strong arm")),
        ("🙂", _("slight smile")),
        ("😊", _("smile with red cheeks")),
        ("😢", _("tear")),
        ("🕯️", _("candle")),
    ),
    _group(
        _("Nature and light"),
        ("☀️", _("sun")),
        ("🌈", _("rainbow")),
        ("✨", _("sparkles")),
        ("🌷", _("tulip")),
        ("🌻", _("sunflower")),
        ("🌸", _("blossom")),
        ("🌱", _("young plant")),
        ("🍂", _("autumn leaves")),
        ("❄️", _("snowflake")),
        ("🦋", _("butterfly")),
        ("🕊️", _("dove")),
    ),
    _group(
        _("Health and care"),
        ("🩺", _("stethoscope")),
        ("🏥", _("hospital")),
        ("💊", _("medicine")),
        ("🔬", _("microscope, research")),
        ("🧬", _("genes")),
        ("🚶", _("person walking")),
        ("🧘", _("person resting")),
        ("🍎", _("apple")),
    ),
    _group(
        _("Signs that show the way"),
        ("👉", _("pointing to the right")),
        ("📅", _("calendar")),
        ("📍", _("place")),
        ("📞", _("telephone")),
        ("📣", _("megaphone")),
        ("💬", _("speech bubble")),
        ("📖", _("open book")),
        ("🎧", _("headphones")),
        ("✅", _("check mark")),
        ("👇", _("pointing down")),
    ),
)


def hashtags(campaign: Campaign | None) -> dict[str, list[str]]:
    """By language: the campaign's own first, then those used lately, each once in whatever letters."""
    lately = used_lately()
    offered = {}
    for language in LANGUAGES:
        own = campaign.hashtags.get(language, ()) if campaign else ()
        offered[language] = _each_once([*own, *lately[language]])
    return offered


def _each_once(tags: Iterable[str]) -> list[str]:
    kept: dict[str, str] = {}
    for tag in tags:
        kept.setdefault(tag.casefold(), tag)
    return list(kept.values())[:MOST]
