"""What is inside of the folded parts of a post's form, in a few words each: on a telephone, these are what one sees of them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.content.fields import Fields
from campaign.content.post import LANGUAGES
from campaign.web.frame.names import KINDS, WITHIN
from campaign.web.frame.networks import network
from campaign.web.posts.form import NO_CHANNEL
from campaign.web.posts.look.panels import Panel


def holds(fields: Fields, title: str, accounts: int) -> dict[str, str]:
    """By part of the form; `accounts` is how many channels there are to choose from."""
    return {
        "long": _long(fields),
        "channels": _channels(fields, accounts),
        "adds": _adds(fields),
        "facts": _facts(len(fields.facts)),
        "what": _what(fields, title),
    }


def in_look(panels: Iterable[Panel]) -> str:
    """Of a text's previews: how long it is on each network, so that nobody has to open them for that."""
    said = dict.fromkeys(map(_length, panels))
    return ", ".join(said)


def _length(panel: Panel) -> str:
    name = network(panel.network)
    if panel.is_roomy:
        return name
    values = {"name": name, "length": panel.length, "limit": panel.limit}
    return _("%(name)s %(length)s of %(limit)s") % values


def _long(fields: Fields) -> str:
    written = [language for language in LANGUAGES if fields.text(language, "long").strip()]
    names = [str(WITHIN[language]) for language in written]
    return ", ".join(names) or _("none written")


def _channels(fields: Fields, accounts: int) -> str:
    if fields.channels == NO_CHANNEL:
        return _("none chosen")
    chosen = len(fields.channels) or accounts
    return _("%(chosen)s of %(all)s chosen") % {"chosen": chosen, "all": accounts}


def _adds(fields: Fields) -> str:
    own = fields.links or fields.link_to or fields.not_on
    if own and not fields.hashtags:
        return _("chosen for this post, without the campaign’s hashtags")
    if own:
        return _("the campaign’s hashtags, a link chosen for this post")
    return (
        _("those of the campaign") if fields.hashtags else _("without the campaign’s hashtags")
    )


def _facts(number: int) -> str:
    says = ngettext("%(number)s fact chosen", "%(number)s facts chosen", number)
    return says % {"number": number}


def _what(fields: Fields, title: str) -> str:
    kind = str(KINDS.get(fields.kind, fields.kind))
    return f"{title} · {kind}"
