"""Calling a finding wrong: nothing of the post changes, and whoever keeps the lists of words learns of it."""

import hashlib
from datetime import datetime

from django.contrib.auth.models import User

from campaign.consent.rule import was_of_a_person
from campaign.core.finding import Finding
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import writing
from campaign.models import Post
from campaign.models.checks import CalledWrong
from campaign.people.roles import need_decider


def call_wrong(post: Post, finding: Finding, by: User, now: datetime) -> bool:
    """Keeps that this finding about a post was wrong; False when it is kept already. Raises Problem when the person may not
    decide about posts.

    Of a person's story the words stay out: what is kept is which check it was.
    """
    need_decider(by)
    said = str(finding.message)
    with writing():
        post = Post.objects.get(pk=post.pk)
        is_story = was_of_a_person(post)
        _kept, is_new = CalledWrong.objects.get_or_create(
            post=post,
            code=finding.code,
            digest=hashlib.sha256(said.encode()).hexdigest(),
            defaults={"sentence": "" if is_story else finding.message, "by": by, "at": now},
        )
        if is_new:
            _note(post, finding.code, by, now)
    return is_new


def _note(post: Post, code: str, by: User, now: datetime) -> None:
    reason = Sentence("Check: {0}.", code)
    events.note(
        None, "", "", now, actor=by.username, action="called wrong", reason=reason, post=post.pk
    )
