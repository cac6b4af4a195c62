"""What a person has answered so far of the questions about their consent: sealed with their record until they say yes, so
that they can leave the questions and take them up again."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from campaign.models.stories import Storyteller
from campaign.stories.vault import seal, unseal

Answers = Mapping[str, Sequence[str]]
"""The values of each field of the form, as they were sent."""


def answers_of(who: Storyteller) -> dict[str, list[str]]:
    """What they have answered so far. Raises Locked when it cannot be read."""
    sealed = unseal(who.answers_sealed)
    return dict(json.loads(sealed)) if sealed else {}


def keep(who: Storyteller, more: Answers, now: datetime) -> None:
    """Keeps what they answer beside what they have answered before; nothing of a person who is erased."""
    known = answers_of(who) | {name: list(values) for name, values in more.items()}
    values = {"answers_sealed": seal(json.dumps(known)), "answers_at": now}
    Storyteller.objects.filter(pk=who.pk, erased_at=None).update(**values)
    who.refresh_from_db()


def forget(who: Storyteller) -> None:
    """Forgets them: the consent that came of them says it all."""
    who.answers_sealed = ""
    who.save(update_fields=["answers_sealed"])
