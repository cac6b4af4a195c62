"""Versions: every text that a post has had, who saved it, and when. Nobody's words are overwritten by somebody else's.

A version that came from a file has the folder of the file; one that was written in the web has none, and its pictures are
in the folder of uploads."""

import hashlib
import os
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User
from django.db.models import F, QuerySet

from campaign.checks.catalog import may_be_accepted
from campaign.consent.rule import STORY, tells_of_a_person
from campaign.content.fields import Fields
from campaign.content.post import PostFile
from campaign.content.source import Read, fields_in, fields_of, read_source
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import writing
from campaign.models import Post, Version
from campaign.states import Stage


class Outdated(Problem):
    """Somebody else has saved this post meanwhile; `latest` is what they saved."""

    def __init__(self, latest: Version) -> None:
        who = latest.by.username if latest.by else "a file that was loaded"
        super().__init__(
            Sentence(
                "This post was changed meanwhile by {0}: compare both versions, then save yours again.",
                who,
            )
        )
        self.latest = latest


def save_version(
    post: Post, source: str, by: User | None, now: datetime, *, based_on: int, folder: str = ""
) -> Version | None:
    """Keeps a post's text (TOML, as in a post's file) as its next version. None when nothing has changed.

    `based_on` is the number of the version that the text began with. Raises Outdated when that is not the latest.
    """
    with writing():
        # Locked, so that of two who save at once the second gets Outdated.
        known = Post.objects.select_for_update().get(pk=post.pk)
        latest = latest_version(known)
        if latest and latest.number != based_on:
            raise Outdated(latest)
        if latest and latest.folder == folder and _says_the_same(latest.source, source):
            return None
        number = latest.number + 1 if latest else 1
        # Whoever changed it last cannot approve it, and loading (by nobody) does not take that away.
        editor = by or known.editor
        was_story = known.was_story or _tells_of_a_person(source)
        Post.objects.filter(pk=post.pk).update(
            version=number, editor=editor, was_story=was_story
        )
        post.version, post.editor, post.was_story = number, editor, was_story
        version = Version.objects.create(
            post=post, number=number, source=source, folder=folder, by=by, at=now
        )
        _note_accepted(version, latest, now)
        return version


def _says_the_same(source: str, other: str) -> bool:
    """Whether two texts of a post's file say the same, however they are laid out."""
    if source == other:
        return True
    try:
        return tomllib.loads(source) == tomllib.loads(other)
    except tomllib.TOMLDecodeError:
        return False


def _tells_of_a_person(source: str) -> bool:
    """Of a post's text (TOML). What cannot be read says nothing yet."""
    # To read a thousand files twice would be felt. A backslash may spell any word, and nothing else may.
    if STORY not in source and "\\" not in source:
        return False
    try:
        said = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return False
    consent = said.get("consent")
    storyteller = consent.get("storyteller", "") if isinstance(consent, dict) else ""
    return tells_of_a_person(said.get("kind", ""), storyteller)


def latest_version(post: Post) -> Version | None:
    """What the post says now; None for one that was loaded before versions were kept."""
    return post.versions.select_related("by").order_by("-number").first()


def latest_fields(posts: Collection[int]) -> dict[int, Fields]:
    """What the posts of these numbers say now; without those that have no version, or one that nobody can read."""
    latest = Version.objects.filter(post__in=posts, number=F("post__version"))
    read = {}
    for post, source in latest.values_list("post_id", "source"):
        if fields := fields_in(source):
            read[post] = fields
    return read


def latest_from_web() -> QuerySet[Version]:
    """The latest versions of all posts that were last changed in the web."""
    return Version.objects.filter(folder="", number=F("post__version")).select_related(
        "post", "by"
    )


def read_version(version: Version, uploads: Path) -> Read:
    """The post that a version says."""
    folder = Path(version.folder) if version.folder else uploads
    return read_source(version.source, version.post.campaign, version.post.name, folder)


def digest(file: PostFile) -> str:
    """SHA-256 of the text of a post's file."""
    return hashlib.sha256(file.file.text.encode()).hexdigest()


def keep_file(post: Post, file: PostFile, by: User | None, now: datetime) -> None:
    """Keeps what a post's file says as a version, when the file has changed since it was last loaded."""
    seen = digest(file)
    if post.file_digest == seen:
        return
    folder = os.path.dirname(os.path.abspath(file.file.name))
    save_version(post, file.file.text, by, now, based_on=post.version, folder=folder)
    Post.objects.filter(pk=post.pk).update(file_digest=seen)
    post.file_digest = seen
    if post.stage == Stage.RETURNED:
        # Its author has changed it as they were asked to: it waits for approval again.
        Post.objects.filter(pk=post.pk).update(stage=Stage.PLANNED, stage_reason="")
        actor = by.username if by else "load"
        events.note(
            None,
            Stage.RETURNED,
            Stage.PLANNED,
            now,
            actor=actor,
            action="handed in",
            reason="",
            post=post.pk,
        )


def same_words(file: PostFile, other: PostFile) -> bool:
    """Whether two posts say the same; the files of their pictures may be called differently."""
    return _nameless(fields_of(file)) == _nameless(fields_of(other))


def _nameless(fields: Fields) -> Fields:
    """The fields without the names of their pictures' files."""
    pictures = tuple(replace(picture, file="") for picture in fields.pictures)
    return replace(fields, pictures=pictures)


def _note_accepted(version: Version, before: Version | None, now: datetime) -> None:
    """Leaves an event for each finding that a version newly lets pass, with the reason."""
    known = _accepted(before) if before else {}
    actor = version.by.username if version.by else "load"
    for code, reason in _accepted(version).items():
        if known.get(code) != reason:
            said = f"{code}: {reason}"
            events.note(
                None,
                "",
                "",
                now,
                actor=actor,
                action="accepted",
                reason=said,
                post=version.post_id,
            )


def _accepted(version: Version) -> Mapping[str, str]:
    """The reasons by the code of each finding that the version lets pass."""
    if "accept" not in version.source:
        # Without the word there is none, and reading takes longer.
        return {}
    post = read_version(version, Path()).post
    if post is None:
        return {}
    accepted = (acceptance for acceptance in post.accepted if may_be_accepted(acceptance.code))
    return {acceptance.code: acceptance.reason for acceptance in accepted}
