"""Drafts: what people are typing, kept while they type. A person's draft touches nobody else's words."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User

from campaign.consent.locks import need_unlocked
from campaign.content.fields import ConsentFields, Fields, PictureFields
from campaign.database.sql import writing
from campaign.models import Draft, Post

HERE = timedelta(minutes=5)
"""Somebody who typed so recently is taken to be at it still."""
_MOST = 5
"""People that are named; of more, nobody reads the names."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is shown again."""

    fields: Fields
    title: str
    based_on: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Other:
    """Another person who is writing in the same post."""

    name: str
    saved_at: datetime
    is_typing: bool  #: in the last half minute


def keep_draft(
    post: Post, user: User, fields: Fields, title: str, based_on: int, now: datetime
) -> None:
    """Keeps the fields of a person's form in place of their earlier draft of the post. Raises Problem for what was taken
    back."""
    typed = json.dumps({"title": title, "fields": to_json(fields)})
    values = {"based_on": based_on, "fields": typed, "saved_at": now}
    with writing():
        # Read anew: a form that was open while a story was erased brings none of its words back.
        need_unlocked(Post.objects.get(pk=post.pk))
        Draft.objects.update_or_create(post=post, user=user, defaults=values)


def draft_of(post: Post, user: User) -> Kept | None:
    """What a person has typed into a post and not saved; None when there is nothing."""
    draft = Draft.objects.filter(post=post, user=user).first()
    if draft is None:
        return None
    try:
        typed = json.loads(draft.fields)
        return Kept(
            from_json(typed["fields"]), str(typed["title"]), draft.based_on, draft.saved_at
        )
    except (ValueError, KeyError, TypeError):  # kept by an older version of this program
        return None


def drop_draft(post: Post, user: User) -> None:
    """A person does not want what they typed any more."""
    Draft.objects.filter(post=post, user=user).delete()


def others(post: Post, user: User, now: datetime) -> list[Other]:
    """Who else has typed into this post in the last minutes and has not saved yet, the latest first."""
    drafts = Draft.objects.filter(post=post, saved_at__gte=now - HERE).exclude(user=user)
    rows = drafts.order_by("-saved_at").values_list(
        "user__username", "user__first_name", "user__last_name", "saved_at"
    )
    people = []
    for username, first, last, saved_at in rows[:_MOST]:
        name = f"{first} {last}".strip() or username
        people.append(Other(name, saved_at, now - saved_at < timedelta(seconds=30)))
    return people


def to_json(fields: Fields) -> str:
    """The fields for a draft, nothing of them changed."""
    return json.dumps(asdict(fields))


def from_json(text: str) -> Fields:
    """The fields that `to_json` wrote. Raises ValueError for any other text."""
    try:
        values: dict[str, Any] = json.loads(text)
        consent, pictures = values.pop("consent"), values.pop("pictures")
        plain = {name: _frozen(value) for name, value in values.items()}
        return replace(
            Fields(**plain),
            consent=_consent(consent) if consent else None,
            pictures=tuple(PictureFields(**picture) for picture in pictures),
        )
    except (AttributeError, KeyError, TypeError) as problem:
        raise ValueError("this is no draft of a post") from problem


def _frozen(value: Any) -> Any:  # noqa: ANN401  # any value of a form
    """JSON knows no tuples, and Fields holds no lists."""
    return tuple(value) if isinstance(value, list) else value


def _consent(values: dict[str, Any]) -> ConsentFields:
    return ConsentFields(**{**values, "channels": tuple(values["channels"])})
