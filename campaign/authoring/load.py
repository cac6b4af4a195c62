"""Bringing posts from files into the database. Loading the same files twice changes nothing.

What is not out yet follows its file; what is out never changes; an approved text that changes loses its approval."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User
from django.utils.timezone import localtime

from campaign.authoring.versions import keep_file, latest_from_web, read_version, same_words
from campaign.consent.locks import is_locked
from campaign.content.facts import Fact as FactFile
from campaign.content.library import Library
from campaign.content.post import PostFile
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import insert_all, portions, writing
from campaign.delivery import queue
from campaign.delivery.attachments import fingerprint, frozen
from campaign.models import Delivery, Fact, Post, Version
from campaign.planning.plan import Plan, Planned
from campaign.states import NOT_OUT_YET, WAITING, Status

LOADER = "load"
TIMES = frozenset({"planned_at", "due_at", "next_at", "latest_at"})
"""What a delivery keeps of its time."""
FOLLOWED = ("Its file", "The post no longer")
"""How the reasons begin for which a delivery is cancelled until its post brings it back."""


@dataclass
class Loaded:
    """What a loading did: how many deliveries of each sort, and a sentence for each approval that was lost. `questions` are
    about approved deliveries that it left at their time until somebody says yes, or moved since `answered` says it."""

    counts: Counter[str] = field(default_factory=Counter)
    lost_approvals: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    answered: bool = False


def load(plan: Plan, library: Library, now: datetime, by: User | None, *, answered: bool = False) -> Loaded:
    """Brings every post without an error into the database, in one transaction, and the facts with them.

    What was last changed in the web stands, unless the library holds those very words (`web_posts.current`). What is
    approved and stands at another time than its unchanged `when` now means is moved only with `answered`.
    """
    loaded = Loaded(answered=answered)
    with writing():
        keep_facts(library.facts.values())
        newer = {version.post.key: version for version in latest_from_web()}
        wanted = _wanted(plan)
        for key in [key for key in wanted if key in newer and key not in library.from_web]:
            if not _says(newer[key], wanted[key][0].post):
                loaded.counts["posts left as they were changed in the web"] += 1
                del wanted[key]
        _load_posts(wanted, now, by, loaded, from_web=library.from_web)
        if library.whole:
            _drop_missing(library, now, loaded)
    return loaded


def bring(plan: Plan, library: Library, now: datetime, by: User | None) -> Loaded:
    """Brings posts that a person has just written in the web into the queue, as far as they are without an error."""
    loaded = Loaded()
    with writing():
        used = {fact for planned in plan.planned for fact in planned.facts}
        keep_facts([library.facts[fact] for fact in sorted(used) if fact in library.facts])
        wanted = _wanted(plan)
        _load_posts(wanted, now, by, loaded, from_web=wanted.keys())
    return loaded


def _wanted(plan: Plan) -> dict[str, list[Planned]]:
    """What is planned for each post without an error."""
    broken, wanted = plan.posts_with_errors(), dict[str, list[Planned]]()
    for planned in plan.planned:
        if planned.post.key not in broken:
            wanted.setdefault(planned.post.key, []).append(planned)
    return wanted


def keep_facts(facts: Iterable[FactFile]) -> None:
    """Keeps what the gate has to know of facts."""
    kept = [Fact(key=fact.id, status=fact.status, review_by=fact.review_by) for fact in facts]
    Fact.objects.bulk_create(kept, update_conflicts=True, unique_fields=["key"], update_fields=["status", "review_by"])


def _says(version: Version, file: PostFile) -> bool:
    """Whether a version from the web has come to be the same as the file."""
    written = read_version(version, Path()).post
    return written is not None and same_words(written, file)


def _load_posts(
    wanted: Mapping[str, Sequence[Planned]],
    now: datetime,
    by: User | None,
    loaded: Loaded,
    *,
    from_web: Collection[str],
) -> None:
    """What is new is written for all posts together: a row each would cost ten times as much."""
    posts = _save_posts([deliveries[0].post for deliveries in wanted.values()], now, by, loaded)
    standing = _standing(list(wanted))
    new: list[Delivery] = []
    for key, deliveries in wanted.items():
        post, is_from_web = posts[key], key in from_web
        if not is_from_web:
            keep_file(post, deliveries[0].post, by, now)
        known = standing.get(post.pk, {})
        new += _load_post(post, known, deliveries, now, by, loaded, from_web=is_from_web)
    insert_all(new)
    actor = by.username if by else LOADER
    events.note_all([one.pk for one in new], "", Status.DRAFT, now, actor=actor, action="loaded", reason="")


def _standing(keys: Sequence[str]) -> dict[int, dict[str, Delivery]]:
    """What is loaded of these posts: by the number of the post and by channel."""
    standing: dict[int, dict[str, Delivery]] = {}
    for some in portions(keys):
        for delivery in Delivery.objects.filter(post__key__in=some).order_by("id"):
            standing.setdefault(delivery.post_id, {})[delivery.channel] = delivery
    return standing


def _load_post(
    post: Post,
    known: Mapping[str, Delivery],
    deliveries: Sequence[Planned],
    now: datetime,
    by: User | None,
    loaded: Loaded,
    *,
    from_web: bool,
) -> list[Delivery]:
    """Lets what is known of a post follow it. Returns its new deliveries, which are not written yet."""
    pictures, left, new = _pictures(deliveries), dict(known), []
    for planned in deliveries:
        delivery = left.pop(planned.channel.name, None)
        if delivery is None:
            new.append(_new(post, planned, pictures[planned.channel.language]))
            loaded.counts["deliveries new"] += 1
        else:
            _follow(delivery, planned, pictures[planned.channel.language], now, None if from_web else by, loaded)
    reason = (
        Sentence("The post no longer goes to this channel.")
        if from_web
        else Sentence("Its file no longer names this channel.")
    )
    _cancel(left.values(), reason, now, loaded)
    return new


def _pictures(deliveries: Sequence[Planned]) -> dict[str, str]:
    """A post's pictures, frozen for each language: read once, however many channels they go to."""
    languages = dict.fromkeys(planned.channel.language for planned in deliveries)
    return {language: frozen(deliveries[0].post.pictures, language) for language in languages}


def row_values(file: PostFile) -> dict[str, object]:
    """What the database keeps of a post for the gate and for lists."""
    consent = file.consent
    return {
        "campaign": file.campaign,
        "name": file.name,
        "kind": file.kind.value,
        "example": file.example,
        "storyteller": consent.storyteller if consent else "",
        "consent_from": consent.given_on if consent else None,
        "consent_until": consent.until if consent else None,
        "consent_channels": " ".join(consent.channels) if consent else "",
    }


def _save_posts(files: Sequence[PostFile], now: datetime, by: User | None, loaded: Loaded) -> dict[str, Post]:
    """The rows of these posts, by their keys."""
    posts = _known_posts([file.key for file in files])
    new = []
    for file in files:
        if file.key in posts:
            _save_known(posts[file.key], file, now, by)
        else:
            new.append(Post(key=file.key, author=by, loaded_at=now, **row_values(file)))
        loaded.counts["posts known" if file.key in posts else "posts new"] += 1
    insert_all(new)
    return posts | {post.key: post for post in new}


def _known_posts(keys: Sequence[str]) -> dict[str, Post]:
    posts: dict[str, Post] = {}
    for some in portions(keys):
        posts |= {post.key: post for post in Post.objects.filter(key__in=some)}
    return posts


def _save_known(post: Post, file: PostFile, now: datetime, by: User | None) -> None:
    values = row_values(file)
    if is_locked(post):  # what was taken back does not become another kind of post, nor another person's
        values |= {"storyteller": post.storyteller, "kind": post.kind}
    changed = {name: value for name, value in values.items() if getattr(post, name) != value}
    if changed or (by and post.author_id is None):
        Post.objects.filter(id=post.id).update(**changed, author=post.author or by, loaded_at=now)


def _new(post: Post, planned: Planned, pictures: str) -> Delivery:
    if planned.due is None:
        raise ValueError("a post without a time is not loaded")
    return Delivery(
        post=post,
        channel=planned.channel.name,
        network=planned.channel.network,
        language=planned.channel.language,
        when=planned.post.written_when,
        planned_at=planned.due.at,
        due_at=planned.due.at,
        next_at=planned.due.at,
        latest_at=planned.due.latest,
        text=planned.text,
        pictures=pictures,
        fingerprint=fingerprint(planned.text, pictures),
        facts=" ".join(planned.facts),
    )


def _follow(
    delivery: Delivery, planned: Planned, pictures: str, now: datetime, editor: User | None, loaded: Loaded
) -> None:
    status = Status(delivery.status)
    if status is Status.CANCELLED and delivery.reason.startswith(FOLLOWED):
        queue.move(delivery.id, status, Status.DRAFT, now, actor=LOADER, action="loaded again", reason="")
    elif status not in NOT_OUT_YET or delivery.part_ids:
        loaded.counts["deliveries left as they are"] += 1
        return
    changes = _changes(delivery, planned, pictures)
    if planned.due and _moves_by_itself(delivery, planned, changes):
        loaded.questions.append(_about_its_time(delivery, planned.post.written_when, planned.due.at))
        if not loaded.answered:
            changes = {name: value for name, value in changes.items() if name not in TIMES}
    if not changes:
        loaded.counts["deliveries unchanged"] += 1
        return
    # What a worker has claimed since it was looked at goes out as it was approved.
    Delivery.objects.filter(id=delivery.id, status__in=NOT_OUT_YET).update(**changes)
    if editor and "fingerprint" in changes:
        Post.objects.filter(id=delivery.post_id).update(editor=editor)
    loaded.counts["deliveries changed"] += 1
    _after_change(delivery, set(changes), planned, now, loaded)


def _changes(delivery: Delivery, planned: Planned, pictures: str) -> dict[str, object]:
    if planned.due is None:
        raise ValueError("a post without a time is not loaded")
    wanted: dict[str, object] = {
        "text": planned.text,
        "pictures": pictures,
        "fingerprint": fingerprint(planned.text, pictures),
        "facts": " ".join(planned.facts),
        "language": planned.channel.language,
        "network": planned.channel.network,
        "when": planned.post.written_when,
    }
    if planned.due.at != delivery.planned_at:
        times = {"planned_at": planned.due.at, "due_at": planned.due.at, "next_at": planned.due.at}
        wanted |= {**times, "latest_at": planned.due.latest}
    elif delivery.due_at == delivery.planned_at:
        wanted["latest_at"] = planned.due.latest
    return {name: value for name, value in wanted.items() if getattr(delivery, name) != value}


def _moves_by_itself(delivery: Delivery, planned: Planned, changes: Mapping[str, object]) -> bool:
    """Whether what is approved would be moved though nobody wrote another time: the site's time zone was changed, or the
    day that it names falls on another date."""
    unasked = delivery.status == Status.QUEUED and "fingerprint" not in changes
    return unasked and "due_at" in changes and delivery.when == planned.post.written_when


def _about_its_time(delivery: Delivery, written: str, due: datetime) -> str:
    return Sentence(
        "{0} on {1} is approved for {2}, and its “{3}” now means {4}: move it there?",
        delivery.post.key,
        delivery.channel,
        f"{localtime(delivery.due_at):%Y-%m-%d %H:%M}",
        written,
        f"{localtime(due):%Y-%m-%d %H:%M}",
    )


def _after_change(delivery: Delivery, changed: set[str], planned: Planned, now: datetime, loaded: Loaded) -> None:
    """A new text must be approved anew; a new time is told. What failed or was missed gets a second life as a draft."""
    status = Status(delivery.status)
    if "fingerprint" in changed and status is Status.QUEUED:
        if "text" in changed:
            reason = Sentence("Its text has changed since it was approved: approve it again.")
        else:
            reason = Sentence("Its picture has changed since it was approved: approve it again.")
        queue.move(delivery.id, status, Status.DRAFT, now, actor=LOADER, action="approval lost", reason=reason)
        loaded.lost_approvals.append(Sentence("{0} on {1}: {2}", planned.post.key, delivery.channel, reason))
    elif status in (Status.FAILED, Status.MISSED) and changed & {"fingerprint", "due_at"}:
        reason = Sentence("The post has changed since: approve it again.")
        queue.move(delivery.id, status, Status.DRAFT, now, actor=LOADER, action="loaded again", reason=reason)
    elif "due_at" in changed:
        events.note(
            delivery.id,
            status,
            status,
            now,
            actor=LOADER,
            action="new time",
            reason=Sentence("The post now says {0}.", planned.post.written_when),
        )


def _drop_missing(library: Library, now: datetime, loaded: Loaded) -> None:
    """A post whose file is gone must not go out; one whose file is there and broken stays as it was."""
    present = {*library.posts, *library.broken, *latest_from_web().values_list("post__key", flat=True)}
    gone = Delivery.objects.filter(status__in=WAITING).exclude(post__key__in=present)
    _cancel(gone, Sentence("Its file is no longer there."), now, loaded)


def _cancel(deliveries: Iterable[Delivery], reason: str, now: datetime, loaded: Loaded) -> None:
    for delivery in deliveries:
        if delivery.status in WAITING:
            old = Status(delivery.status)
            queue.move(delivery.id, old, Status.CANCELLED, now, actor=LOADER, action="cancelled", reason=reason)
            loaded.counts["deliveries cancelled"] += 1


def find_post(written: str) -> Post:
    """The loaded post that a person means: campaign/name, the name alone when it is unique, or its file. Raises Problem."""
    name = written.removesuffix(".toml").rstrip("/")
    key = "/".join(name.split("/")[-2:])
    found = list(Post.objects.filter(key=key)[:1]) or list(Post.objects.filter(name=name)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise Problem(Sentence('There is more than one post named "{0}": write campaign/name.', written))
    raise Problem(
        Sentence('There is no loaded post "{0}": load it first, or write campaign/name as the queue shows it.', written)
    )
