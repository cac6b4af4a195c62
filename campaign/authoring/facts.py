"""Facts: who leans on each, what changing one would change, and the change itself, in its file and in the queue."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Concat

from campaign.authoring import load
from campaign.authoring.compose import Desk
from campaign.authoring.fact_file import NotWritten, open_file, replace_file
from campaign.authoring.following import Loaded
from campaign.authoring.versions import read_version
from campaign.content.facts import Fact, read_facts
from campaign.content.facts_file import CannotRewrite, lines_of, problems_with, rewritten, values_of
from campaign.content.facts_file import Value as FactValue
from campaign.content.library import FACTS, Library, with_posts, without_posts
from campaign.content.post import PostFile
from campaign.core.finding import Level
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence, joined
from campaign.core.toml_file import read_toml_text
from campaign.database import events
from campaign.database.sql import writing
from campaign.delivery import queue
from campaign.models import Delivery, Post, Version
from campaign.planning.known import known_now
from campaign.planning.plan import Plan, plan
from campaign.states import GONE, NOT_OUT_YET, Status

MOST = 500
"""Deliveries of one fact that are looked at; its change brings in all of them, or is refused."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one delivery: its words before and after, and why it is stopped, if it is."""

    delivery: Delivery
    old: str
    new: str
    stops: str

    @property
    def loses_approval(self) -> bool:
        """Whether somebody has to approve it again."""
        return self.delivery.status == Status.QUEUED


def leaning(key: str) -> list[Delivery]:
    """The latest deliveries that lean on a fact, those still to come first; not what was taken out of the queue."""
    found = (
        _citing(key)
        .exclude(status__in=GONE)
        .select_related("post")
        .order_by("-due_at", "-id")[:MOST]
    )
    return sorted(
        found, key=lambda one: (one.status == Status.PUBLISHED, one.post.key, one.channel)
    )


def what_changes(
    fact: Fact, values: Mapping[str, FactValue], desk: Desk, now: datetime
) -> list[Effect]:
    """What would become of every delivery that leans on the fact and is not out yet, if the fact said `values`.

    Nothing is changed. Raises Problem when the values are no fact, or when too many lean on it.
    """
    after = _planned(fact.id, _changed(fact, values), desk, now)
    return _effects(after, _planned(fact.id, fact, desk, now), _waiting(fact.id))


def seen(effects: Iterable[Effect]) -> str:
    """What a person was shown, as a SHA-256: what is carried out later is this, or is shown again."""
    said = [
        f"{one.delivery.pk}\0{one.delivery.fingerprint}\0{one.new}\0{one.stops}" for one in effects
    ]
    return hashlib.sha256("\0\0".join(sorted(said)).encode()).hexdigest()


def change_fact(
    fact: Fact, values: Mapping[str, FactValue], opened: str, by: User, desk: Desk, now: datetime
) -> Loaded:
    """Writes the fact into its file and brings the change into the queue; both, or neither.

    `opened` is the digest of the file when the person opened it. Raises Problem when the file has changed since or
    the values are no fact, and NotWritten with the lines to put in when the file cannot be written from here.
    """
    file, changed = open_file(desk.config.content.posts), _changed(fact, values)
    if file.digest != opened:
        raise Problem(
            Sentence(
                "The file of facts has changed since you opened this page: look at the fact again."
            )
        )
    try:
        text = rewritten(file.text, fact.id, values)
    except CannotRewrite:
        why = Sentence(
            "This fact cannot be changed from here, because of how the file of facts is written; nothing has changed."
        )
        raise NotWritten(why, lines_of(fact.id, values)) from None
    before, after = _planned(fact.id, fact, desk, now), _planned(fact.id, changed, desk, now)
    with writing():
        effects = _effects(after, before, _waiting(fact.id))
        load.keep_facts([changed])
        loaded = load.bring(after, _library(desk, changed), now, None)
        _note_editor([one for one in effects if not one.stops], by)
        _stop([one for one in effects if one.stops], fact.id, by, now)
        said = Sentence("{0}: {1}.", fact.id, _difference(fact, values))
        events.note(None, "", "", now, actor=by.username, action="fact changed", reason=said)
        replace_file(file.path, text, lines_of(fact.id, values))
    return loaded


def _citing(key: str) -> QuerySet[Delivery]:
    padded = Concat(Value(" "), "facts", Value(" "), output_field=TextField())
    return Delivery.objects.alias(padded=padded).filter(padded__contains=f" {key} ")


def _waiting(key: str) -> list[Delivery]:
    """What leans on a fact and would follow a change of it. Raises Problem when that is too much for a page."""
    of = _citing(key).filter(status__in=NOT_OUT_YET, part_ids="").select_related("post")
    found = list(of.order_by("due_at", "id")[: MOST + 1])
    if len(found) > MOST:
        raise Problem(
            Sentence(
                "More than {0} deliveries lean on {1}, too many to look at here: change it in facts.toml and load it.",
                MOST,
                key,
            )
        )
    return found


def _changed(fact: Fact, values: Mapping[str, FactValue]) -> Fact:
    problems = problems_with(fact.id, values)
    if problems:
        raise Problem(problems[0].message)
    table = read_toml_text(lines_of(fact.id, values), FACTS)
    return replace(read_facts(table)[fact.id], place=fact.place)


def _library(desk: Desk, fact: Fact) -> Library:
    """The library without its posts, and with this fact."""
    return replace(without_posts(desk.library), facts={**desk.library.facts, fact.id: fact})


def _planned(key: str, fact: Fact, desk: Desk, now: datetime) -> Plan:
    """The posts that lean on a fact, planned with it as given: each as it says now, alone with the others."""
    files = _files({one.post for one in _waiting(key)}, desk)
    return plan(
        with_posts(_library(desk, fact), files), desk.config, now, known_now(now, list(files))
    )


def _files(posts: Iterable[Post], desk: Desk) -> dict[str, PostFile]:
    """What these posts say now, by their keys; without those that cannot be read, or whose campaign is gone."""
    found = {post.key: post for post in sorted(posts, key=lambda post: post.key)}
    latest = Version.objects.filter(post__key__in=found, number=F("post__version")).select_related(
        "post"
    )
    versions = {version.post.key: version for version in latest}
    files = {
        key: read_version(versions[key], desk.uploads).post
        if key in versions
        else desk.library.posts.get(key)
        for key in found
    }
    return {
        key: file for key, file in files.items() if file and file.campaign in desk.library.campaigns
    }


def _effects(after: Plan, before: Plan, waiting: Sequence[Delivery]) -> list[Effect]:
    """A post with errors keeps its words in the queue, so what is approved of it must not go out with them."""
    texts, old = _texts(after), _texts(before)
    errors, known = _errors(after), _errors(before)
    found = []
    for delivery in waiting:
        at = (delivery.post.key, delivery.channel)
        new = texts.get(at, "") or delivery.text
        why = errors.get(delivery.post.key, [])
        matters = texts.get(at) != old.get(at) or why != known.get(delivery.post.key, [])
        if (matters and why) or (new != delivery.text and not why):
            found.append(Effect(delivery, delivery.text, new, joined(why)))
    return found


def _texts(of: Plan) -> dict[tuple[str, str], str]:
    return {(one.post.key, one.channel.name): one.text for one in of.planned}


def _errors(of: Plan) -> dict[str, list[str]]:
    """The sentences of the errors of each post, each once."""
    found: dict[str, dict[str, None]] = {}
    for one in of.planned:
        for finding in one.findings:
            if finding.level is Level.ERROR:
                found.setdefault(one.post.key, {})[finding.message] = None
    return {key: list(sentences) for key, sentences in found.items()}


def _note_editor(effects: Iterable[Effect], by: User) -> None:
    """Who changes the words of a post does not approve them."""
    Post.objects.filter(pk__in={one.delivery.post_id for one in effects}).update(editor=by)


def _stop(effects: Iterable[Effect], key: str, by: User, now: datetime) -> None:
    """What was approved and cannot go out any more waits for a person, and says why."""
    for one in effects:
        if one.delivery.status == Status.QUEUED:
            reason = Sentence("The fact {0} has changed: {1}", key, one.stops)
            old, new = Status.QUEUED, Status.DRAFT
            queue.move(
                one.delivery.pk,
                old,
                new,
                now,
                actor=by.username,
                action="approval lost",
                reason=reason,
            )


def _difference(fact: Fact, values: Mapping[str, FactValue]) -> str:
    old = values_of(fact)
    keys = dict.fromkeys((*old, *values))
    said = [
        Sentence("{0} was “{1}”, is “{2}”", key, old.get(key, ""), values.get(key) or "")
        for key in keys
        if (values.get(key) or "") != old.get(key, "")
    ]
    return joined(said, "; ")
