"""What a change of something that posts share does to what waits, shown before it is done."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import F

from campaign.authoring.approvals import Standing, losses, questions
from campaign.authoring.compose import Desk
from campaign.authoring.following import is_approved_with_its_link
from campaign.authoring.versions import read_version
from campaign.content.post import PostFile
from campaign.core.finding import Level
from campaign.core.problem import Asked, Problem
from campaign.core.sentence import Sentence, joined
from campaign.delivery import queue
from campaign.models import Delivery, Post, Version
from campaign.planning.plan import Plan
from campaign.states import Status

MOST = 500
"""Deliveries that one change may take along, at the most; with more, it is refused."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does to one delivery: its words before and after, and why it is stopped, if it is."""

    delivery: Delivery
    old: str
    new: str
    stops: str
    due: datetime | None = None  #: its new time (aware, UTC), where that is another one
    waits_for_eyes: bool = False  #: it is approved, and what it says has to be confirmed anew

    @property
    def loses_approval(self) -> bool:
        """Whether somebody has to approve it again."""
        return self._is_approved and self._is_touched

    @property
    def stays(self) -> bool:
        """Whether it stays at its time: what is approved is not moved by a new time alone, until somebody says so."""
        return self._is_approved and not self._is_touched

    @property
    def _is_approved(self) -> bool:
        return self.delivery.status == Status.QUEUED

    @property
    def _is_touched(self) -> bool:
        return self.new != self.old or bool(self.stops) or self.waits_for_eyes


def seen(effects: Iterable[Effect]) -> str:
    """The SHA-256 of the effects that a person was shown: these are carried out later, or they are shown again."""
    lines = []
    for effect in effects:
        delivery = effect.delivery
        before = f"{delivery.pk}\0{delivery.fingerprint}"
        waits = effect.waits_for_eyes
        lines.append(f"{before}\0{effect.new}\0{effect.stops}\0{effect.due}\0{waits}")
    whole = "\0\0".join(sorted(lines))
    return hashlib.sha256(whole.encode()).hexdigest()


def files_of(posts: Iterable[Post], desk: Desk) -> dict[str, PostFile]:
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


def need_shown(
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
            "Files or settings were changed beside this, so nothing has changed: ask your technician to load them first."
        )
        raise Problem(joined([*asked, why]))
    if asked:
        raise Asked(asked)


def effects_between(
    after: Plan, before: Plan, waiting: Sequence[Delivery], *, asks_for_eyes: bool = False
) -> list[Effect]:
    """A post with errors keeps its words in the queue, so what is approved of it must not go out with them. `asks_for_eyes`:
    all that is approved waits until a second person has confirmed what has changed."""
    new_texts, old_texts = _texts(after), _texts(before)
    new_errors, old_errors = _errors(after), _errors(before)
    new_links, moved = _links(after), _moved(after, before)
    effects = []
    for delivery in waiting:
        post, channel = delivery.post.key, delivery.channel
        text = new_texts.get((post, channel))
        errors = new_errors.get(post, [])
        is_other_text = text != old_texts.get((post, channel))
        matters = is_other_text or errors != old_errors.get(post, [])
        link = new_links.get((post, channel), "")
        as_approved = is_approved_with_its_link(delivery, text or "", link)
        new = delivery.text if as_approved else text or delivery.text
        waits = asks_for_eyes and delivery.status == Status.QUEUED
        shows = matters if errors else new != delivery.text
        due = moved.get((post, channel))
        if shows or waits or due:
            stops = joined(errors) if shows else ""
            effects.append(Effect(delivery, delivery.text, new, stops, due, waits))
    return effects


def _moved(after: Plan, before: Plan) -> dict[tuple[str, str], datetime]:
    """The new times of what would get another one, by the post's key and the channel's name."""
    old, new = _dues(before), _dues(after)
    return {key: due for key, due in new.items() if key in old and old[key] != due}


def _dues(of: Plan) -> dict[tuple[str, str], datetime]:
    dues = {}
    for planned in of.planned:
        if planned.due:
            dues[planned.post.key, planned.channel.name] = planned.due.at
    return dues


def _texts(of: Plan) -> dict[tuple[str, str], str]:
    """The texts by the post's key and the channel's name."""
    return {(planned.post.key, planned.channel.name): planned.text for planned in of.planned}


def _links(of: Plan) -> dict[tuple[str, str], str]:
    """The addresses that go out beside the texts, by the post's key and the channel's name."""
    return {(planned.post.key, planned.channel.name): planned.link for planned in of.planned}


def _errors(of: Plan) -> dict[str, list[str]]:
    """The sentences of the errors of each post, each once."""
    errors: dict[str, list[str]] = {}
    for planned in of.planned:
        sentences = errors.setdefault(planned.post.key, [])
        for finding in planned.findings:
            if finding.level is Level.ERROR and finding.message not in sentences:
                sentences.append(finding.message)
    return errors


def note_editor(effects: Iterable[Effect], by: User) -> None:
    """Who changes the words of a post does not approve them."""
    rewritten = [effect.delivery for effect in effects if effect.new != effect.old]
    posts = {delivery.post_id for delivery in rewritten}
    Post.objects.filter(pk__in=posts).update(editor=by)


def stop(
    effects: Iterable[Effect], because: Callable[[str], Sentence], by: User, now: datetime
) -> None:
    """What was approved and cannot go out any more waits for a person; `because` says why, from what is wrong with it."""
    stopped = list(effects)
    numbers = [effect.delivery.pk for effect in stopped]
    # What has other words by now has lost its approval already.
    queued = Delivery.objects.filter(pk__in=numbers, status=Status.QUEUED)
    approved = set(queued.values_list("pk", flat=True))
    for effect in stopped:
        if effect.delivery.pk in approved:
            old, new = Status.QUEUED, Status.DRAFT
            queue.move(
                effect.delivery.pk,
                old,
                new,
                now,
                actor=by.username,
                action="approval lost",
                reason=because(effect.stops),
            )
