"""Stories that came while very many did: they wait apart from what the team reads, until somebody lets them in or erases
them. So a flood hides no honest story, and an honest one that came with it is not lost."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from django.db.models import QuerySet

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database.sql import writing
from campaign.models.stories import Storyteller
from campaign.stories.erasing import erasure, leftovers
from campaign.stories.storyteller import note
from campaign.stories.withdrawal import Via

MOST = 10_000
"""So many stories wait apart; beyond it the public form takes none, so that the disk is not filled."""
MANY = 200
"""Once so many wait, only words are taken of those that would wait too: pictures are what fills a disk."""


def apart() -> QuerySet[Storyteller]:
    """Those that wait apart, the longest first."""
    return Storyteller.objects.filter(is_aside=True).order_by("made_at", "pk")


def waiting() -> int:
    """How many wait apart; no further than MOST."""
    # The database counts no further than it has to.
    return apart().order_by()[:MOST].count()


def is_full() -> bool:
    """Whether no more stories are taken at all."""
    return waiting() >= MOST


def has_many() -> bool:
    """Whether so many wait that pictures are asked for later."""
    return waiting() >= MANY


def let_in(references: Collection[str], by: str, now: datetime) -> list[Storyteller]:
    """Puts stories among those that the team reads. Returns those that waited until now."""
    with writing():
        chosen = apart().filter(reference__in=references)
        let = list(chosen.order_by("pk"))
        chosen.update(is_aside=False)
        for storyteller in let:
            storyteller.is_aside = False
            note(storyteller, "story let in", by, now)
    return let


def erase(references: Collection[str], uploads: Path, by: str, now: datetime) -> int:
    """Erases stories that wait apart, for good. Returns how many. Raises Problem for one that does not wait there."""
    chosen = apart().filter(reference__in=references)
    known = {storyteller.reference: storyteller for storyteller in chosen}
    for reference in references:
        if reference not in known:
            raise Problem(
                Sentence("Story {0} does not wait apart: nothing has changed.", reference)
            )
    try:
        for storyteller in known.values():
            erasure.erase(storyteller, Via.STAFF, uploads, by, now, sweeps=False)
    finally:
        # It writes the database anew once for all of them: each time takes as long as a copy of it.
        leftovers.work_off(uploads, now)
    return len(known)
