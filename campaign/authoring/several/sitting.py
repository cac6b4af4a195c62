"""A sitting: several posts written one after the other, with what they share said once. It is kept while somebody types."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.contrib.auth.models import User

from campaign.authoring import compose, drafts, once
from campaign.authoring.compose import Desk
from campaign.authoring.several.duplicating import copied, need_copyable
from campaign.content.fields import Fields
from campaign.content.post import FORMS, LANGUAGES
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen, on_one_line
from campaign.database.sql import writing
from campaign.models import Post
from campaign.models.series import Series

MOST = 52
"""Posts of a series: one a week for a year."""
LONGEST_NAME = 150
"""Characters of what a series is called: the titles of its posts are that with a number."""
BREAK = "***"
"""Alone on a line, it ends the text of one post and begins that of the next: so a whole list can be pasted."""


@dataclass(frozen=True, slots=True)
class SittingText:
    """The words of one post by language, and a day and a time of its own as they were typed; "" follows the series."""

    texts: Mapping[str, str] = field(default_factory=dict)
    date: str = ""
    time: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in any language."""
        return not any(map(is_seen, self.texts.values()))


@dataclass(frozen=True, slots=True)
class Sitting:
    """What is typed: what all posts share, on which days they go out, and the words of each."""

    name: str = ""
    campaign: str = ""
    first: str = ""  #: the first day, such as 2027-01-05
    time: str = "09:00"
    weekdays: tuple[str, ...] = ()  #: "0" is Monday; none: that of the first day
    #: by language, what stands before "1 of 10" at the beginning of each text; "" for no number
    labels: Mapping[str, str] = field(default_factory=dict)
    settings: Fields = field(default_factory=Fields)
    pieces: tuple[SittingText, ...] = ()

    @property
    def called(self) -> str:
        """The name on one line, as much of it as is kept."""
        return on_one_line(self.name)[:LONGEST_NAME]

    @property
    def written(self) -> tuple[SittingText, ...]:
        """Those that say something."""
        return tuple(piece for piece in self.pieces if not piece.is_empty)


def like(post: Post, desk: Desk, now: datetime) -> Sitting:
    """A sitting that begins with the words and the settings of a post. Raises Problem for what is not copied."""
    need_copyable(post)
    fields, _ = compose.current_fields(post, desk, now)
    texts = {language: _said(fields, language) for language in LANGUAGES}
    piece = SittingText(texts)
    settings = replace(copied(fields), texts={})
    name = post.called[:LONGEST_NAME]
    return Sitting(
        name=name,
        campaign=post.campaign,
        settings=settings,
        pieces=(piece,),
    )


def _said(fields: Fields, language: str) -> str:
    texts = (fields.text(language, form) for form in FORMS)
    return next(filter(None, texts), "")


def apart(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """The texts of a pair of fields, post by post: each language parted at its lines of BREAK, and the parts put together
    in their order."""
    parts = [_parted(text) for text in texts.values()]
    pairs: list[dict[str, str]] = []
    for together in zip_longest(*parts, fillvalue=""):
        pair = dict(zip(texts, together, strict=True))
        pairs.append(pair)
    return pairs


def _parted(text: str) -> list[str]:
    parts: list[list[str]] = [[]]
    for line in text.replace("\r\n", "\n").split("\n"):
        if line.strip() == BREAK:
            parts.append([])
        else:
            parts[-1].append(line)
    return ["\n".join(lines).strip("\n") for lines in parts]


def keep(series: Series | None, sitting: Sitting, by: User, now: datetime, form: str) -> Series:
    """Keeps what is typed, in place of what was kept before; without a series, begins one: once for each opened `form`.
    Raises Problem for somebody else's, and where its posts are made already."""
    if len(sitting.pieces) > MOST:
        raise Problem(Sentence("A series has {0} posts at the most: make two of it.", MOST))
    values = {
        "name": sitting.called,
        "campaign": sitting.campaign[:100],
        "typed": to_json(sitting),
    }
    with writing():
        number = once.number_of(form, by)
        same_form = Series.objects.filter(form=number).exclude(form=None)
        kept = series or same_form.first()
        if kept is None:
            return Series.objects.create(
                by=by,
                begun_at=now,
                form=number,
                **values,
            )
        need_own(kept, by)
        # Compare-and-set: what is made already is not written over by a page that was left open.
        unmade = Series.objects.filter(pk=kept.pk, made_at=None)
        if unmade.update(**values) != 1:
            raise Problem(
                Sentence(
                    "The posts of this series are made already: change each on its own page."
                )
            )
    return Series.objects.get(pk=kept.pk)


def need_own(series: Series, by: User) -> None:
    """Raises Problem where somebody else is writing it."""
    if series.by_id != by.pk:
        raise Problem(
            Sentence(
                "{0} is writing this series: only they can go on with it.", series.by.username
            )
        )


def drop(series: Series, by: User) -> None:
    """Deletes a sitting of one's own whose posts are not made. Raises Problem for any other."""
    need_own(series, by)
    unmade = Series.objects.filter(pk=series.pk, made_at=None)
    deleted, _ = unmade.delete()
    if not deleted:
        raise Problem(
            Sentence("The posts of this series are made already: cancel them together instead.")
        )


def sitting_of(series: Series) -> Sitting:
    """What was typed into a series; an empty one where nothing is kept."""
    try:
        values: dict[str, Any] = json.loads(series.typed)
        pieces = [SittingText(**piece) for piece in values.pop("pieces")]
        settings = json.dumps(values.pop("settings"))
        weekdays = values.pop("weekdays")
        return Sitting(
            **values,
            weekdays=tuple(weekdays),
            settings=drafts.from_json(settings),
            pieces=tuple(pieces),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Sitting(name=series.name, campaign=series.campaign)


def to_json(sitting: Sitting) -> str:
    """What is typed, for the database; nothing of it is changed."""
    return json.dumps(asdict(sitting))
