"""A person changes what they allow: less counts at once; more is a new consent, and each text needs their yes anew."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from campaign.database.sql import writing
from campaign.models.stories import Consent, Storyteller
from campaign.stories.consent import (
    Edits,
    Identity,
    Terms,
    current,
    give,
    narrow,
    need_somebody_to_ask,
)
from campaign.stories.storyteller import deliveries_of, note
from campaign.stories.withdrawal import NAME, PICTURES, Via, of_channel, withdraw

_EDITS = (Edits.NONE, Edits.LIGHT, Edits.FREE_WITH_APPROVAL)
"""From least to most."""


@dataclass(frozen=True, slots=True)
class ConsentChange:
    """What a change takes away, and whether it allows anything that was not allowed before."""

    is_wider: bool
    channels: tuple[str, ...]  #: that are taken back
    pictures: bool  #: are taken back
    name: bool  #: they want to be named no more
    #: the other fields of the record that change, each with its new value
    values: dict[str, str]
    trusted: bool = False  #: they name another person of trust, or none

    @property
    def is_any(self) -> bool:
        """Whether anything changes at all."""
        less = self.channels or self.pictures or self.name
        return bool(self.is_wider or less or self.values or self.trusted)


def difference(before: Consent, wanted: Terms, named_as: str) -> ConsentChange:
    """What would change; `named_as` is the chosen name as it is recorded."""
    old, new = Identity(before.identity), wanted.identity
    values = {
        "purposes": " ".join(wanted.purposes),
        "details": " ".join(wanted.details),
        "edits": wanted.edits.value,
        "valid_until": wanted.until.isoformat(),
        "if_ill": wanted.if_ill.value,
        "if_died": wanted.if_died.value,
        "if_ended": wanted.if_ended.value,
    }
    return ConsentChange(
        is_wider=_is_wider(before, wanted, named_as),
        channels=tuple(name for name in before.channels.split() if name not in wanted.channels),
        pictures=before.pictures and not wanted.pictures,
        name=new is Identity.NONE and old is not Identity.NONE,
        values={
            name: value for name, value in values.items() if value != str(getattr(before, name))
        },
    )


def _is_wider(before: Consent, wanted: Terms, named_as: str) -> bool:
    """Whether anything is allowed that was not: a later end, and any other name, allow more."""
    return (
        _adds(wanted.channels, before.channels)
        or (wanted.pictures and not before.pictures)
        or wanted.until > before.valid_until
        or _has_another_name(before, wanted, named_as)
        or _EDITS.index(wanted.edits) > _EDITS.index(Edits(before.edits))
        or _adds(wanted.purposes, before.purposes)
        or _adds(wanted.details, before.details)
    )


def _adds(wanted: Sequence[str], before: str) -> bool:
    """Whether something is wanted that the record does not name; it keeps a list separated by blanks."""
    return not set(wanted) <= set(before.split())


def _has_another_name(before: Consent, wanted: Terms, named_as: str) -> bool:
    if wanted.identity is Identity.NONE:
        return False
    if wanted.identity is not Identity(before.identity):
        return True
    return wanted.identity is Identity.CHOSEN_NAME and wanted.named_as.strip() != named_as


def change(
    who: Storyteller, wanted: Terms, named_as: str, via: Via, by: str, now: datetime
) -> ConsentChange:
    """Makes the change. What is out and is allowed no more is taken down, as for a story that is taken back in part.

    Where no consent counts, the wanted one is given. Returns what changed. Raises Problem when the wanted one cannot hold.
    """
    with writing():
        before = current(who)
        if before is None or before.ended_at:
            give(who, wanted, by or who.reference, now)
            return ConsentChange(
                is_wider=True, channels=(), pictures=False, name=False, values={}
            )
        names_another = need_somebody_to_ask(who, wanted)
        changed = replace(difference(before, wanted, named_as), trusted=names_another)
        # First what is taken back, while the consent that allows it still counts.
        _take_back(who, changed, via, by, now)
        if changed.is_wider:
            give(who, wanted, by or who.reference, now)
        elif changed.values or changed.channels:
            _narrow(who, wanted, changed, by, now)
    who.refresh_from_db()
    return changed


def _take_back(
    who: Storyteller, changed: ConsentChange, via: Via, by: str, now: datetime
) -> None:
    scopes = [of_channel(name) for name in changed.channels]
    if changed.pictures:
        scopes.append(PICTURES)
    if changed.name:
        scopes.append(NAME)
    for scope in scopes:
        withdraw(who, scope, via, by, now)


def _narrow(
    who: Storyteller, wanted: Terms, changed: ConsentChange, by: str, now: datetime
) -> None:
    spoken = {_language_of(name) for name in wanted.channels}
    languages = [language for language in wanted.languages if language in spoken]
    keep = deliveries_of(who).values_list("pk", flat=True)
    values: dict[str, str | bool] = dict(changed.values)
    narrow(who, now, list(keep), languages=" ".join(languages), **values)
    note(who, "consent narrowed", by or who.reference, now)


def _language_of(channel: str) -> str | None:
    """The language of a channel of config.toml; None for a channel that it no longer names."""
    known = settings.CONFIG.channels.get(channel)
    return None if known is None else known.language
