"""A person changes what they allow: less counts at once; more is a new consent, and their texts are asked about anew."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from campaign.database.sql import writing
from campaign.models.stories import Consent, Storyteller
from campaign.stories.consent import Edits, Identity, Terms, current, give, narrow
from campaign.stories.storyteller import deliveries_of, note
from campaign.stories.withdrawal import NAME, PICTURES, Via, of_channel, withdraw

_EDITS = (Edits.NONE, Edits.LIGHT, Edits.FREE_WITH_APPROVAL)


@dataclass(frozen=True, slots=True)
class ConsentChange:
    """What a change takes away, and whether it allows anything that was not allowed before."""

    is_wider: bool
    channels: tuple[str, ...]  #: that are taken back
    pictures: bool  #: are taken back
    name: bool  #: they want to be named no more
    values: dict[str, str]  #: of the record, that change otherwise

    @property
    def is_any(self) -> bool:
        """Whether anything changes at all."""
        return bool(self.is_wider or self.channels or self.pictures or self.name or self.values)


def difference(before: Consent, wanted: Terms, named_as: str) -> ConsentChange:
    """What would change; `named_as` is the chosen name as it is recorded. A day later, and another name, allow more."""
    old, new = Identity(before.identity), wanted.identity
    renamed = (old is not new and new is not Identity.NONE) or (
        new is Identity.CHOSEN_NAME and wanted.named_as.strip() != named_as
    )
    lists = {"purposes": wanted.purposes, "details": wanted.details}
    wider = (
        set(wanted.channels) - set(before.channels.split())
        or (wanted.pictures and not before.pictures)
        or wanted.until > before.valid_until
        or renamed
        or _EDITS.index(wanted.edits) > _EDITS.index(Edits(before.edits))
        or any(
            set(those) - set(str(getattr(before, name)).split()) for name, those in lists.items()
        )
    )
    values = {name: " ".join(those) for name, those in lists.items()} | {
        "edits": wanted.edits.value,
        "valid_until": wanted.until.isoformat(),
        "if_ill": wanted.if_ill.value,
        "if_died": wanted.if_died.value,
    }
    return ConsentChange(
        is_wider=bool(wider),
        channels=tuple(name for name in before.channels.split() if name not in wanted.channels),
        pictures=before.pictures and not wanted.pictures,
        name=new is Identity.NONE and old is not Identity.NONE,
        values={
            name: value for name, value in values.items() if value != str(getattr(before, name))
        },
    )


def change(
    who: Storyteller, wanted: Terms, named_as: str, via: Via, by: str, now: datetime
) -> ConsentChange:
    """Makes the change. What is out and is allowed no more is taken down, as for a story that is taken back in part.

    Raises Problem when there is no consent, or the wanted one cannot hold.
    """
    with writing():
        before = current(who)
        if before is None or before.ended_at:
            give(who, wanted, by or who.reference, now)
            return ConsentChange(True, (), False, False, {})
        found = difference(before, wanted, named_as)
        _take_back(who, found, via, by, now)
        if found.is_wider:
            give(who, wanted, by or who.reference, now)
        elif found.values or found.channels:
            _narrow(who, wanted, found, by, now)
    who.refresh_from_db()
    return found


def _take_back(who: Storyteller, found: ConsentChange, via: Via, by: str, now: datetime) -> None:
    scopes = [of_channel(name) for name in found.channels]
    scopes += [PICTURES] if found.pictures else []
    scopes += [NAME] if found.name else []
    for scope in scopes:
        withdraw(who, scope, via, by, now)


def _narrow(who: Storyteller, wanted: Terms, found: ConsentChange, by: str, now: datetime) -> None:
    languages = [
        language
        for language in wanted.languages
        if any(_speaks(name, language) for name in wanted.channels)
    ]
    keep = deliveries_of(who).values_list("pk", flat=True)
    values: dict[str, str | bool] = dict(found.values)
    narrow(who, now, list(keep), languages=" ".join(languages), **values)
    note(who, "consent narrowed", by or who.reference, now)


def _speaks(channel: str, language: str) -> bool:
    known = settings.CONFIG.channels.get(channel)
    return known is not None and known.language == language
