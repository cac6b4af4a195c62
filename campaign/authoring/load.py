"""Bringing posts from files into the database. Loading the same files twice changes nothing.

What is not out yet follows its file; what is out never changes; an approved text that changes loses its approval."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User

from campaign.authoring.following import LOADER, Loaded, cancel_all, follow
from campaign.authoring.versions import keep_file, latest_from_web, read_version, same_words
from campaign.consent.locks import is_locked
from campaign.content.facts import Fact as FactFile
from campaign.content.library import Library
from campaign.content.post import PostFile
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import insert_all, portions, writing
from campaign.models import Delivery, Fact, Post, Version
from campaign.planning.plan import Plan, Planned
from campaign.states import WAITING, Status


def load(
    plan: Plan, library: Library, now: datetime, by: User | None, *, answered: bool = False
) -> Loaded:
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
    Fact.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["key"], update_fields=["status", "review_by"]
    )


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
        new += follow(post, known, deliveries, now, by, loaded, from_web=is_from_web)
    insert_all(new)
    actor = by.username if by else LOADER
    events.note_all(
        [one.pk for one in new], "", Status.DRAFT, now, actor=actor, action="loaded", reason=""
    )


def _standing(keys: Sequence[str]) -> dict[int, dict[str, Delivery]]:
    """What is loaded of these posts: by the number of the post and by channel."""
    standing: dict[int, dict[str, Delivery]] = {}
    for some in portions(keys):
        for delivery in Delivery.objects.filter(post__key__in=some).order_by("id"):
            standing.setdefault(delivery.post_id, {})[delivery.channel] = delivery
    return standing


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


def _save_posts(
    files: Sequence[PostFile], now: datetime, by: User | None, loaded: Loaded
) -> dict[str, Post]:
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
    if is_locked(
        post
    ):  # what was taken back does not become another kind of post, nor another person's
        values |= {"storyteller": post.storyteller, "kind": post.kind}
    changed = {name: value for name, value in values.items() if getattr(post, name) != value}
    if changed or (by and post.author_id is None):
        Post.objects.filter(id=post.id).update(**changed, author=post.author or by, loaded_at=now)


def _drop_missing(library: Library, now: datetime, loaded: Loaded) -> None:
    """A post whose file is gone must not go out; one whose file is there and broken stays as it was."""
    present = {
        *library.posts,
        *library.broken,
        *latest_from_web().values_list("post__key", flat=True),
    }
    gone = Delivery.objects.filter(status__in=WAITING).exclude(post__key__in=present)
    cancel_all(gone, Sentence("Its file is no longer there."), now, loaded)


def find_post(written: str) -> Post:
    """The loaded post that a person means: campaign/name, the name alone when it is unique, or its file. Raises Problem."""
    name = written.removesuffix(".toml").rstrip("/")
    key = "/".join(name.split("/")[-2:])
    found = list(Post.objects.filter(key=key)[:1]) or list(Post.objects.filter(name=name)[:2])
    if len(found) == 1:
        return found[0]
    if found:
        raise Problem(
            Sentence('There is more than one post named "{0}": write campaign/name.', written)
        )
    raise Problem(
        Sentence(
            'There is no loaded post "{0}": load it first, or write campaign/name as the queue shows it.',
            written,
        )
    )
