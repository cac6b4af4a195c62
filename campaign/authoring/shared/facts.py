"""Facts: who leans on each, what changing one would change, and the change itself, in its file and in the queue."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Concat

from campaign.authoring import load
from campaign.authoring.approvals import Standing, losses, questions, standing
from campaign.authoring.compose import Desk
from campaign.authoring.following import Loaded
from campaign.authoring.shared.fact_file import NotWritten, open_file, replace_file
from campaign.authoring.versions import read_version
from campaign.content.facts import Fact, read_facts
from campaign.content.facts_file import (
    CannotRewrite,
    lines_of,
    problems_with,
    rewritten,
    values_of,
)
from campaign.content.facts_file import Value as FactValue
from campaign.content.library import FACTS, Library, with_posts, without_posts
from campaign.content.post import PostFile
from campaign.core.finding import Level
from campaign.core.problem import Asked, Problem
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
"""Deliveries that lean on one fact, at the most; a change of the fact takes all of them along, or is refused."""


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
    citing = _citing(key).exclude(status__in=GONE).select_related("post")
    latest = citing.order_by("-due_at", "-id")[:MOST]
    return sorted(latest, key=_those_to_come_first)


def _those_to_come_first(delivery: Delivery) -> tuple[bool, str, str]:
    return delivery.status == Status.PUBLISHED, delivery.post.key, delivery.channel


def what_changes(
    fact: Fact, values: Mapping[str, FactValue], desk: Desk, now: datetime
) -> list[Effect]:
    """What would become of every delivery that leans on the fact and is not out yet, if the fact said `values`.

    Nothing is changed. Raises Problem when the values are no fact, or when too many lean on it.
    """
    after = _planned(fact.id, _changed(fact, values, desk), desk, now)
    before = _planned(fact.id, fact, desk, now)
    return _effects(after, before, _waiting(fact.id))


def seen(effects: Iterable[Effect]) -> str:
    """The SHA-256 of the effects that a person was shown: these are carried out later, or they are shown again."""
    lines = []
    for effect in effects:
        delivery = effect.delivery
        lines.append(f"{delivery.pk}\0{delivery.fingerprint}\0{effect.new}\0{effect.stops}")
    return hashlib.sha256("\0\0".join(sorted(lines)).encode()).hexdigest()


def change_fact(
    fact: Fact,
    values: Mapping[str, FactValue],
    opened: str,
    by: User,
    desk: Desk,
    now: datetime,
    *,
    shown: str = "",
) -> Loaded:
    """Writes the fact into its file and brings the change into the queue; both, or neither.

    `opened` is the digest of the file when the person opened it, and `shown` is `seen` of the effects that they have read.
    Raises Problem when the file has changed since or the values are no fact, NotWritten with the lines to put in when the
    file cannot be written from here, and Asked when more than a few approvals would be lost that nobody was shown.
    """
    file = open_file(desk.config.content.posts)
    changed = _changed(fact, values, desk)
    if file.digest != opened:
        raise Problem(
            Sentence(
                "The file of facts has changed since you opened this page: look at the fact again."
            )
        )
    try:
        text = rewritten(file.text, fact.id, values, desk.config.site.languages)
    except CannotRewrite:
        why = Sentence(
            "This fact cannot be changed from here, because of how the file of facts is written; nothing has changed."
        )
        raise NotWritten(why, lines_of(fact.id, values)) from None
    before = _planned(fact.id, fact, desk, now)
    after = _planned(fact.id, changed, desk, now)
    with writing():
        approved = standing(now)
        effects = _effects(after, before, _waiting(fact.id))
        load.keep_facts([changed])
        loaded = load.bring(after, _library(desk, changed), now, None)
        _note_editor([effect for effect in effects if not effect.stops], by)
        _stop([effect for effect in effects if effect.stops], fact.id, by, now)
        _need_shown(effects, shown, approved, now)
        said = Sentence("{0}: {1}.", fact.id, _difference(fact, values))
        events.note(None, "", "", now, actor=by.username, action="fact changed", reason=said)
        # The file comes last: when it cannot be written, the transaction is undone.
        replace_file(file.path, text, lines_of(fact.id, values))
    return loaded


def _need_shown(
    effects: Sequence[Effect], shown: str, approved: Mapping[int, Standing], now: datetime
) -> None:
    """Raises Asked when more than a few approvals are lost and the person has not been shown these effects, and Problem
    when so many are lost beside them."""
    lost = losses(approved, now)
    is_shown = seen(effects) == shown
    if is_shown:
        for effect in effects:
            lost.pop(effect.delivery.pk, None)
    asked = questions(approved, lost)
    if asked and is_shown:
        why = Sentence(
            "Files or settings were changed beside this fact, so nothing has changed: ask your technician to load them first."
        )
        raise Problem(joined([*asked, why]))
    if asked:
        raise Asked(asked)


def _citing(key: str) -> QuerySet[Delivery]:
    # The column holds keys with blanks between them: with one at each end, no key matches within a longer one.
    padded = Concat(Value(" "), "facts", Value(" "), output_field=TextField())
    return Delivery.objects.alias(padded=padded).filter(padded__contains=f" {key} ")


def _waiting(key: str) -> list[Delivery]:
    """What leans on a fact and would follow a change of it. Raises Problem when that is too much for a page."""
    citing = _citing(key).filter(status__in=NOT_OUT_YET, part_ids="").select_related("post")
    waiting = list(citing.order_by("due_at", "id")[: MOST + 1])
    if len(waiting) > MOST:
        raise Problem(
            Sentence(
                "More than {0} deliveries lean on {1}, too many to look at here: change it in facts.toml and load it.",
                MOST,
                key,
            )
        )
    return waiting


def _changed(fact: Fact, values: Mapping[str, FactValue], desk: Desk) -> Fact:
    """The fact as it would be read from its file with these values. Raises Problem when they are no fact."""
    problems = problems_with(fact.id, values, desk.config.site.languages)
    if problems:
        raise Problem(problems[0].message)
    table = read_toml_text(lines_of(fact.id, values), FACTS)
    return replace(read_facts(table)[fact.id], place=fact.place)


def _library(desk: Desk, fact: Fact) -> Library:
    """The library without its posts, and with this fact."""
    facts = {**desk.library.facts, fact.id: fact}
    return replace(without_posts(desk.library), facts=facts)


def _planned(key: str, fact: Fact, desk: Desk, now: datetime) -> Plan:
    """The posts that lean on a fact, planned with it as given: each as it says now, and no other post."""
    posts = {delivery.post for delivery in _waiting(key)}
    files = _files(posts, desk)
    library, known = with_posts(_library(desk, fact), files), known_now(now, list(files))
    return plan(library, desk.config, now, known)


def _files(posts: Iterable[Post], desk: Desk) -> dict[str, PostFile]:
    """What these posts say now, by their keys; without those that cannot be read, or whose campaign is gone."""
    keys = sorted({post.key for post in posts})
    latest = Version.objects.filter(post__key__in=keys, number=F("post__version"))
    versions = {version.post.key: version for version in latest.select_related("post")}
    library = desk.library
    files: dict[str, PostFile] = {}
    for key in keys:
        version = versions.get(key)
        file = read_version(version, desk.uploads).post if version else library.posts.get(key)
        if file and file.campaign in library.campaigns:
            files[key] = file
    return files


def _effects(after: Plan, before: Plan, waiting: Sequence[Delivery]) -> list[Effect]:
    """A post with errors keeps its words in the queue, so what is approved of it must not go out with them."""
    new_texts, old_texts = _texts(after), _texts(before)
    new_errors, old_errors = _errors(after), _errors(before)
    effects = []
    for delivery in waiting:
        post, channel = delivery.post.key, delivery.channel
        text = new_texts.get((post, channel))
        errors = new_errors.get(post, [])
        is_other_text = text != old_texts.get((post, channel))
        matters = is_other_text or errors != old_errors.get(post, [])
        new = text or delivery.text
        shows = matters if errors else new != delivery.text
        if shows:
            effects.append(Effect(delivery, delivery.text, new, joined(errors)))
    return effects


def _texts(of: Plan) -> dict[tuple[str, str], str]:
    """The texts by the post's key and the channel's name."""
    return {(planned.post.key, planned.channel.name): planned.text for planned in of.planned}


def _errors(of: Plan) -> dict[str, list[str]]:
    """The sentences of the errors of each post, each once."""
    errors: dict[str, list[str]] = {}
    for planned in of.planned:
        sentences = errors.setdefault(planned.post.key, [])
        for finding in planned.findings:
            if finding.level is Level.ERROR and finding.message not in sentences:
                sentences.append(finding.message)
    return errors


def _note_editor(effects: Iterable[Effect], by: User) -> None:
    """Who changes the words of a post does not approve them."""
    posts = {effect.delivery.post_id for effect in effects}
    Post.objects.filter(pk__in=posts).update(editor=by)


def _stop(effects: Iterable[Effect], key: str, by: User, now: datetime) -> None:
    """What was approved and cannot go out any more waits for a person, and says why."""
    for effect in effects:
        if effect.delivery.status == Status.QUEUED:
            reason = Sentence("The fact {0} has changed: {1}", key, effect.stops)
            old, new = Status.QUEUED, Status.DRAFT
            queue.move(
                effect.delivery.pk,
                old,
                new,
                now,
                actor=by.username,
                action="approval lost",
                reason=reason,
            )


def _difference(fact: Fact, values: Mapping[str, FactValue]) -> str:
    old = values_of(fact)
    differences = []
    for key in dict.fromkeys((*old, *values)):
        was, now = old.get(key, ""), values.get(key) or ""
        if now != was:
            differences.append(Sentence("{0} was “{1}”, is “{2}”", key, was, now))
    return joined(differences, "; ")
