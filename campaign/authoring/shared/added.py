"""Facts that are added in the pages, and the second pair of eyes on them."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import User
from django.utils.text import slugify

from campaign.authoring import load
from campaign.authoring.compose import Desk, current_fields
from campaign.authoring.drafts import draft_of, keep_draft
from campaign.authoring.shared.facts import fact_of
from campaign.authoring.shared.written import keep, newest
from campaign.content.facts_file import Value, lines_of
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import writing
from campaign.models import Fact, Post
from campaign.models.shared import Shared, SharedKind
from campaign.people.roles import need_decider

LONGEST_NAME = 60
_NAME = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{LONGEST_NAME - 1}}}")
_NO_NAMES = frozenset({"new"})
"""Words that the addresses of the pages have taken."""
_MADE_OF = 6
"""Words of the claim that make a name, where nobody gives one."""


def add_fact(
    name: str, values: Mapping[str, Value], by: User, desk: Desk, now: datetime
) -> str:
    """Keeps a new fact; posts may use it at once, and none is approved before somebody else has confirmed it.

    `name` is what texts call it by; without one it is made of the English claim. Sent twice by the same person, it is one
    fact. Returns its name. Raises Problem when the values are no fact, or the name cannot be used.
    """
    need_decider(by)
    identity = name or _made_of(str(values.get("claim.en", "")))
    _need_name(identity)
    fact = fact_of(identity, values, desk, now)
    source = lines_of(identity, values)
    with writing():
        version = newest(SharedKind.FACT, identity)
        if version and (version.source, version.by_id) == (source, by.pk):
            return identity
        if version or identity in desk.library.facts:
            raise Problem(
                Sentence("There is a fact “{0}” already: give this one another name.", identity)
            )
        keep(
            SharedKind.FACT,
            identity,
            source,
            by,
            now,
            based_on=0,
        )
        load.keep_facts([fact])
        said = Sentence("{0}: {1}", identity, fact.claims.get("en", ""))
        events.note(
            None,
            "",
            "",
            now,
            actor=by.username,
            action="fact added",
            reason=said,
        )
    return identity


def choose_in_draft(
    post: Post,
    key: str,
    by: User,
    desk: Desk,
    now: datetime,
) -> None:
    """Chooses a fact in this person's draft of a post; all else that they have typed stays as it is."""
    kept = draft_of(post, by)
    if kept:
        fields, title, base = kept.fields, kept.title, kept.based_on
    else:
        fields, base = current_fields(post, desk, now)
        title = post.called
    if key not in fields.facts:
        chosen = replace(fields, facts=(*fields.facts, key))
        keep_draft(
            post,
            by,
            chosen,
            title,
            base,
            now,
        )


def confirm_fact(key: str, number: int, by: User, now: datetime) -> None:
    """Notes that somebody other than its writer has opened the fact's source and found there what it says. `number` is the
    version that they have read. Raises Problem for its writer, and when it is another version by now."""
    need_decider(by)
    with writing():
        version = newest(SharedKind.FACT, key)
        if version is None or version.number != number:
            raise Problem(
                Sentence("{0} was changed meanwhile: look at it again, then confirm it.", key)
            )
        if version.by_id == by.pk:
            raise Problem(
                Sentence("You wrote this fact: somebody else opens its source and confirms it.")
            )
        if version.confirmed_at is None:
            _confirm(version, by, now)


def _confirm(version: Shared, by: User, now: datetime) -> None:
    kept = Shared.objects.filter(pk=version.pk)
    kept.update(confirmed_by=by, confirmed_at=now)
    Fact.objects.filter(key=version.key).update(waits_for_eyes=False)
    said = Sentence("{0}, as {1} wrote it.", version.key, version.by.username)
    events.note(
        None,
        "",
        "",
        now,
        actor=by.username,
        action="fact confirmed",
        reason=said,
    )


def _made_of(claim: str) -> str:
    words = slugify(claim).split("-")[:_MADE_OF]
    return "-".join(words)[:LONGEST_NAME].strip("-")


def _need_name(name: str) -> None:
    if name in _NO_NAMES or not _NAME.fullmatch(name):
        raise Problem(
            Sentence(
                "Give the fact a name of small letters, digits and hyphens, such as stage-4-share, with {0} of them at the "
                "most.",
                LONGEST_NAME,
            )
        )
