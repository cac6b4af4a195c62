"""A copy of a post, to write on: its words, pictures, facts and channels, and nothing of what became of it."""

import re
from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User

from campaign.authoring import compose
from campaign.authoring.compose import LONGEST_TITLE, Desk
from campaign.consent.locks import need_unlocked
from campaign.consent.rule import was_of_a_person
from campaign.content.fields import Fields
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.models import Post
from campaign.states import Stage

_NUMBERED = re.compile(r"(?P<stem>.*\S) \((?P<number>[0-9]{1,4})\)")
_ROOM = LONGEST_TITLE - len(" (9999)")
"""Characters of a title that a copy keeps."""


def duplicate(post: Post, by: User, desk: Desk, now: datetime, form: str = "") -> Post:
    """A new post that says what this one says now; the same `form` once more makes no other. Raises Problem for what tells
    of a person: they said yes to that one post, and to its words alone; and for what was taken back."""
    need_copyable(post)
    fields, _ = compose.current_fields(post, desk, now)
    return compose.create(
        *(post.campaign, post.kind, _title(post), by, desk, now, form), begins=copied(fields)
    )


def need_copyable(post: Post) -> None:
    """Raises Problem unless a copy may be made of the post."""
    need_unlocked(post)
    if was_of_a_person(post):
        raise Problem(
            Sentence(
                "A story is never copied: its person said yes to this one post. Write a new one, and ask them again."
            )
        )
    if post.stage == Stage.TAKEN_BACK:
        raise Problem(
            Sentence("This post was taken back, so it is not copied: bring it back first.")
        )


def copied(fields: Fields) -> Fields:
    """What a copy takes over. It waits for the next free slot; what people let pass, they let pass in the first one."""
    return replace(fields, when="next-slot", accepted={}, consent=None)


def _title(post: Post) -> str:
    """The title with the next number in brackets, which reads the same in both languages."""
    match = _NUMBERED.fullmatch(post.called)
    stem = (match["stem"] if match else post.called)[:_ROOM]
    begun = Post.objects.filter(campaign=post.campaign, title__startswith=f"{stem} (")
    highest = 1
    for title in begun.values_list("title", flat=True):
        numbered = _NUMBERED.fullmatch(title)
        if numbered and numbered["stem"] == stem:
            highest = max(highest, int(numbered["number"]))
    return f"{stem} ({highest + 1})"
