"""Writing a post: what it would look like, keeping what was written, and handing it in.

Another person's words are never overwritten: see `versions`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User
from django.utils.text import slugify

from campaign.authoring import load, once
from campaign.authoring.closed import need_open
from campaign.authoring.correcting import need_writable
from campaign.authoring.following import Loaded
from campaign.authoring.stages import change_stage, need_wanted
from campaign.authoring.uploads import adopted, only_uploads
from campaign.authoring.versions import (
    keep_file,
    latest_version,
    read_version,
    same_words,
    save_version,
)
from campaign.config import Config
from campaign.consent.locks import need_unlocked
from campaign.content.fields import Fields
from campaign.content.library import Library, without_posts
from campaign.content.post import TEMPLATE_OF_KIND, Kind, PostFile
from campaign.content.source import (
    Read,
    field_of,
    fields_in,
    fields_of,
    read_source,
    write_source,
)
from campaign.core.finding import Finding
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import on_one_line
from campaign.database import events
from campaign.database.sql import writing
from campaign.models import Draft, Post, Version
from campaign.models.evergreen import Repetition
from campaign.planning.alone import complete, plan_alone
from campaign.planning.asked_times import AskedTime
from campaign.planning.far_slots import FarSlot, far_slot, need_yes
from campaign.planning.neighbours import crowds_around
from campaign.planning.people import consent_ends, recognised, told_beyond
from campaign.planning.plan import Plan
from campaign.planning.repeats import repeats
from campaign.states import Stage

LONGEST_TITLE = 200
_INSTEAD: Mapping[str, object] = {
    "when": "next-slot",
    "grace": "",
    "action": "",
    "kind": "awareness",
    "consent": None,
}
"""What a preview takes for a field that cannot be read yet, so that it can show the texts all the same."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a post is written with: the configuration, and the files' campaigns, facts, days and templates."""

    config: Config
    library: Library

    @property
    def uploads(self) -> Path:
        """The folder of the pictures that came in through the web."""
        return self.config.web.uploads


@dataclass(frozen=True, slots=True)
class Preview:
    """What a post would say on each of its channels, and what is wrong with it."""

    plan: Plan
    read: Read
    key: str
    far: FarSlot | None = (
        None  #: what is asked before it is submitted, where it would wait long
    )

    @property
    def is_good(self) -> bool:
        """Whether none of its findings is an error."""
        return not self.plan.errors()

    def by_field(self) -> dict[str, list[Finding]]:
        """The findings by the field of the form that they concern; "" for the post as a whole."""
        by_field: dict[str, list[Finding]] = {}
        for finding in self.plan.findings:
            by_field.setdefault(field_of(finding, self.key), []).append(finding)
        return by_field


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did: `version` is None when nothing had changed, `loaded` is None when the queue was not touched."""

    version: Version | None
    preview: Preview
    loaded: Loaded | None


def preview(post: Post, fields: Fields, desk: Desk, now: datetime) -> Preview:
    """What the post would say on each channel with these fields, and every finding. Changes nothing."""
    fields = replace(fields, pictures=only_uploads(fields.pictures))
    source = write_source(fields)
    read = read_source(source, post.campaign, post.name, desk.uploads)
    shown, without_time = read.post, False
    if shown is None:
        shown, without_time = _as_far_as_it_goes(fields, read, post, desk)
    if shown is None:
        return Preview(Plan((), read.findings, frozenset({post.key})), read, post.key)
    whole = plan_alone(shown, desk.library, desk.config, now)
    planned = list(whole.planned)
    if without_time:
        planned = [replace(delivery, due=None) for delivery in planned]
    findings = [*read.findings, *whole.findings]
    findings += repeats(post, planned)
    findings += crowds_around(planned, now, desk.config.site.timezone)
    findings += consent_ends(planned, now, desk.config.site.timezone)
    findings += told_beyond(planned)
    findings += recognised(shown)
    if without_time:  # the time in _INSTEAD is not the author's, so its findings are not either
        findings = [finding for finding in findings if finding.code != "no-slots"]
    far = None
    if post.stage != Stage.PLANNED and not without_time:
        far = far_slot(planned, desk.library.days, now, desk.config.site.timezone)
    return Preview(complete(planned, findings, post.key), read, post.key, far)


def create(
    campaign: str,
    kind: str,
    title: str,
    by: User,
    desk: Desk,
    now: datetime,
    form: str = "",
    asked: AskedTime = AskedTime(),  # noqa: B008 - nobody can change it
    begins: Fields | None = None,
) -> Post:
    """A new post that somebody begins to write, with its first version: what it `begins` with, or empty but for the time that
    was `asked` for; the same `form` once more makes no other. Raises Problem.

    Its name comes from the title; a story is called story-1, story-2 …, since names and addresses of stories must not
    tell of people.
    """
    title, of_kind = on_one_line(title), _kind(kind)
    empty = Fields(of_kind.value, TEMPLATE_OF_KIND[of_kind], asked.channels, asked.when)
    said = begins or empty
    if not 0 < len(title) <= LONGEST_TITLE:
        raise Problem(
            Sentence(
                "Give the post a title of up to {0} characters, for you and your colleagues.",
                LONGEST_TITLE,
            )
        )
    if campaign not in desk.library.campaigns:
        raise Problem(Sentence("Choose the campaign that the post belongs to."))
    need_open(campaign)
    with writing():
        if before := once.made_with(form, by):
            return before
        name = _free_name(campaign, of_kind, title, desk)
        post = Post.objects.create(
            key=f"{campaign}/{name}",
            name=name,
            campaign=campaign,
            kind=of_kind.value,
            example=said.example,
            is_help=said.help,
            title=title,
            author=by,
            stage=Stage.WRITING,
            loaded_at=now,
            form=once.number_of(form, by),
        )
        events.note(
            None,
            "",
            Stage.WRITING,
            now,
            actor=by.username,
            action="begun",
            reason="",
            post=post.pk,
        )
        save_version(post, write_source(said), by, now, based_on=0)
    return post


def current_fields(post: Post, desk: Desk, now: datetime) -> tuple[Fields, int]:
    """What the post says now, for a form, and the number of its version (0: none yet). Pictures are uploads."""
    version = latest_version(post)
    if version is not None:
        return fields_of_version(version, desk, now), version.number
    file = desk.library.posts.get(post.key)
    if file is None:
        return Fields(kind=post.kind), 0
    return _of_file(file, desk, now), 0


def fields_of_version(version: Version, desk: Desk, now: datetime) -> Fields:
    """What a version says, for a form, also where it is no post yet: whatever was saved can be opened. Raises Problem for
    what is no TOML, which nobody can have saved."""
    post = read_version(version, desk.uploads).post
    if post is not None:
        return _of_file(post, desk, now) if version.folder else fields_of(post)
    fields = fields_in(version.source)
    if fields is None:
        raise Problem(
            Sentence(
                "Version {0} of {1} cannot be read: choose another version.",
                version.number,
                version.post.key,
            )
        )
    folder = Path(version.folder)
    return adopted(fields, folder, desk.uploads, now) if version.folder else fields


def save(
    post: Post, fields: Fields, by: User, based_on: int, desk: Desk, now: datetime
) -> Saved:
    """Keeps the fields as the post's next version. When the post is planned and free of errors, its deliveries follow:
    a changed text or picture takes an approval away, times follow `when`.

    `based_on` is the number of the version that the form began with. Raises Outdated when that is old, Problem when all is out.
    """
    seen = preview(post, fields, desk, now)
    version, loaded = None, None
    with writing():
        post.refresh_from_db()
        need_unlocked(post)
        need_writable(post, fields)
        _need_first(post)
        file = desk.library.posts.get(post.key)
        if post.version == 0 and based_on == 0 and file:
            # Loaded before versions were kept: the file's words become version 1, so that they are not lost.
            keep_file(post, file, None, post.loaded_at)
            based_on = post.version
        if not _says_the_same(post, seen, based_on, desk):
            version = _keep(post, seen, by, based_on, now)
        _keep_row(post, seen)
        if _goes_on(post, seen):
            loaded = load.bring(seen.plan, without_posts(desk.library), now, by)
        Draft.objects.filter(post=post, user=by).delete()
    return Saved(version, seen, loaded)


def submit(post: Post, by: User, desk: Desk, now: datetime, yes: str = "") -> Saved:
    """Hands a post in: from now on its deliveries are in the queue, as drafts that wait for approval. `yes` says that a slot
    which is far away is meant (see FarSlot).

    Raises Problem when something in it has to be corrected or answered first, and for what was taken back.
    """
    fields, _ = current_fields(post, desk, now)
    seen = preview(post, fields, desk, now)
    if not seen.is_good:
        raise Problem(
            Sentence("This post is saved, but it has errors: correct them, then submit it.")
        )
    need_yes(seen.far, yes, desk.config.site.timezone)
    with writing():
        post.refresh_from_db()  # its author may have taken it back a moment ago
        need_unlocked(post)
        need_wanted(post)
        need_open(post.campaign)
        if post.stage != Stage.PLANNED:
            change_stage(post, Stage.PLANNED, by, now, "handed in")
        loaded = load.bring(seen.plan, without_posts(desk.library), now, by)
    return Saved(None, seen, loaded)


def rename(post: Post, title: str, by: User, now: datetime) -> None:
    """Gives a post another title; its name and address stay. Raises Problem for what was taken back."""
    with writing():
        need_unlocked(Post.objects.get(pk=post.pk))
        Post.objects.filter(pk=post.pk).update(title=title)
        events.note(
            None, "", "", now, actor=by.username, action="renamed", reason="", post=post.pk
        )
    post.title = title


def _need_first(post: Post) -> None:
    """Raises Problem for what goes out again with the words of another post: it has none of its own."""
    again = Repetition.objects.filter(post=post).select_related("variant__post").first()
    if again:
        called = again.variant.post.called
        raise Problem(Sentence("This is {0} once more: its words stand there.", called))


def _kind(written: str) -> Kind:
    try:
        return Kind(written)
    except ValueError:
        raise Problem(
            Sentence("Choose what the post is: awareness, a story, or a call to action.")
        ) from None


def _free_name(campaign: str, kind: Kind, title: str, desk: Desk) -> str:
    """A name that no post of the campaign has, in the database or in a file."""
    is_story = kind is Kind.STORY
    stem = "story" if is_story else slugify(title)[:80].strip("-") or "post"
    names = _names_taken(campaign, stem, desk.library)
    if not is_story and stem not in names:
        return stem
    highest = 0 if is_story else 1
    numbered = re.compile(rf"{re.escape(stem)}-([0-9]{{1,9}})")
    numbers = [int(match[1]) for match in map(numbered.fullmatch, names) if match]
    return f"{stem}-{max(numbers, default=highest) + 1}"


def _names_taken(campaign: str, stem: str, library: Library) -> set[str]:
    """The names of the campaign's posts: in the database those that begin with `stem`, and all that files have."""
    begun = Post.objects.filter(campaign=campaign, name__startswith=stem)
    names = set(begun.values_list("name", flat=True))
    for key in (*library.posts, *library.broken):
        if key.startswith(f"{campaign}/"):
            names.add(key.split("/")[1])
    return names


def _as_far_as_it_goes(
    fields: Fields, read: Read, post: Post, desk: Desk
) -> tuple[PostFile | None, bool]:
    """The post without what cannot be read yet, and whether that is its time."""
    broken = set()
    for finding in read.findings:
        field, *_ = field_of(finding, post.key).split(".")  # "consent" of "consent.until"
        broken.add(field)
    instead = {name: value for name, value in _INSTEAD.items() if name in broken}
    source = write_source(_with(fields, instead))
    again = read_source(source, post.campaign, post.name, desk.uploads)
    return again.post, "when" in broken


def _with(fields: Fields, values: Mapping[str, object]) -> Fields:
    return replace(fields, **values)  # type: ignore[arg-type]  # from the table above


def _of_file(file: PostFile, desk: Desk, now: datetime) -> Fields:
    folders = {picture.file.parent for picture in file.pictures}
    beside = folders.pop() if folders else Path()
    return adopted(fields_of(file), beside, desk.uploads, now)


def _keep(post: Post, seen: Preview, by: User, based_on: int, now: datetime) -> Version | None:
    version = save_version(post, seen.read.source, by, now, based_on=based_on)
    if version:
        reason = f"Version {version.number}."
        events.note(
            None, "", "", now, actor=by.username, action="changed", reason=reason, post=post.pk
        )
    return version


def _says_the_same(post: Post, seen: Preview, based_on: int, desk: Desk) -> bool:
    """Whether a file says already what the form does, in other layout."""
    latest, written = latest_version(post), seen.read.post
    if not latest or not latest.folder or latest.number != based_on:
        return False
    if not written or written.pictures:
        return False
    file = read_version(latest, desk.uploads).post
    return file is not None and same_words(file, written)


def _keep_row(post: Post, seen: Preview) -> None:
    """What a story's person allows counts from now on; what the post is, from when it can be planned as such."""
    if seen.read.post is None:
        return
    values = load.row_values(seen.read.post)
    if post.stage == Stage.PLANNED and not seen.is_good:
        del values["kind"], values["example"]
    Post.objects.filter(pk=post.pk).update(**values)


def _goes_on(post: Post, seen: Preview) -> bool:
    return post.stage == Stage.PLANNED and seen.is_good
