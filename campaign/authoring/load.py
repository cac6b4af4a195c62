"""Bringing posts from files into the database. Loading the same files twice changes nothing.

What is not out yet follows its file; what is out never changes; an approved text that changes loses its approval."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.contrib.auth.models import User

from campaign.authoring import eyes
from campaign.authoring.approvals import LOADER, Loss, Standing, losses, questions, standing
from campaign.authoring.closed import closed_campaigns
from campaign.authoring.following import NO_FILE, Loaded, cancel_all, follow
from campaign.authoring.versions import keep_file, latest_from_web, read_version, same_words
from campaign.consent.locks import erased_among, is_locked
from campaign.consent.rule import is_of_a_person
from campaign.content.facts import Fact as FactFile
from campaign.content.library import Library
from campaign.content.post import PostFile, Purpose
from campaign.core.problem import Asked, Problem
from campaign.core.sentence import Sentence
from campaign.database import events
from campaign.database.sql import insert_all, portions, writing
from campaign.delivery.remembrance import keep_quiet_days
from campaign.models import Delivery, Fact, Post, Version
from campaign.models.evergreen import Repetition
from campaign.planning.plan import Plan, Planned
from campaign.states import WAITING, Status


def load(
    plan: Plan, library: Library, now: datetime, by: User | None, *, answered: bool = False
) -> Loaded:
    """Brings every post without an error into the database, in one transaction, and the facts with them.

    What was last changed in the web stands, unless the library holds those very words (`web_posts.current`). What is
    approved and stands at another time than its unchanged `when` now means is moved only with `answered`. So is all of it
    that would take more than a few approvals away, or finds a campaign empty: without `answered` it raises Asked, and
    nothing has changed.
    """
    loaded = Loaded(answered=answered)
    with writing():
        before = standing(now)
        keep_facts(library.facts.values())
        keep_quiet_days(library.days.values(), is_whole=library.has_calendar)
        wanted = _wanted(plan)
        _leave_erased(wanted, loaded)
        _leave_closed(wanted, loaded)
        for version in latest_from_web():
            key = version.post.key
            if key not in wanted or key in library.from_web:
                continue
            if not _says(version, wanted[key][0].post):
                loaded.counts["posts left as they were changed in the web"] += 1
                del wanted[key]
        _load_posts(wanted, now, by, loaded, from_web=library.from_web)
        emptied = _drop_missing(library, now, loaded) if library.whole else []
        # It is asked last, when all that is taken away can be seen; where nobody has said yes, all of it is undone.
        _need_yes(before, losses(before, now, loaded.kept_times), emptied, loaded)
    return loaded


def _need_yes(
    before: Mapping[int, Standing],
    lost: Mapping[int, Loss],
    emptied: Sequence[str],
    loaded: Loaded,
) -> None:
    """Adds the questions about all that is taken away. Raises Asked when there are any, and nobody has said yes."""
    asked = questions(before, lost)
    if emptied:
        asked.append(
            Sentence(
                "No post of these campaigns has a file any more: {0}. Is a folder missing, empty or renamed, or is the "
                "share not mounted?",
                ", ".join(emptied),
            )
        )
    if asked and not loaded.answered:
        raise Asked([*asked, *loaded.questions])
    loaded.questions = [*asked, *loaded.questions]


def bring(
    plan: Plan, library: Library, now: datetime, by: User | None, *, answered: bool = False
) -> Loaded:
    """Brings posts that a person has just written in the web into the queue, as far as they are without an error.

    `answered`: they have said yes to the new times of what is approved, which keeps its time otherwise."""
    loaded = Loaded(answered=answered)
    with writing():
        named = set[str]().union(*(planned.facts for planned in plan.planned))
        keep_quiet_days(library.days.values(), is_whole=library.has_calendar)
        _keep_new_facts([fact for key, fact in library.facts.items() if key in named])
        wanted = _wanted(plan)
        _load_posts(wanted, now, by, loaded, from_web=wanted.keys())
    return loaded


def _wanted(plan: Plan) -> dict[str, list[Planned]]:
    """What is planned for each post without an error, by the post's key."""
    broken = plan.posts_with_errors()
    wanted: dict[str, list[Planned]] = {}
    for planned in plan.planned:
        key = planned.post.key
        if key not in broken:
            wanted.setdefault(key, []).append(planned)
    return wanted


def _leave_erased(wanted: dict[str, list[Planned]], loaded: Loaded) -> None:
    """What was erased does not come back with the file that it was written in."""
    named: dict[str, str] = {}
    for key, planned in wanted.items():
        if consent := planned[0].post.consent:
            named[key] = consent.storyteller
    erased = erased_among(set(named.values()))
    gone = {key for key, reference in named.items() if reference in erased}
    emptied = Post.objects.exclude(emptied_at=None)
    gone.update(emptied.values_list("key", flat=True))
    for key in gone & wanted.keys():
        loaded.counts["posts left out, since what they told is erased"] += 1
        del wanted[key]


def _leave_closed(wanted: dict[str, list[Planned]], loaded: Loaded) -> None:
    """What belongs to a campaign that is closed stays as it is; but what of it is approved and goes out all the same follows
    its file, so that no wrong words go out which somebody has put right."""
    closed = closed_campaigns()
    if not closed:
        return
    goes_out = Delivery.objects.filter(status=Status.QUEUED, post__campaign__in=closed)
    follows = set(goes_out.values_list("post__key", flat=True))
    for key in list(wanted):
        if key.split("/")[0] in closed and key not in follows:
            loaded.counts["posts left as they are, since the campaign is closed"] += 1
            del wanted[key]


def keep_facts(facts: Collection[FactFile]) -> None:
    """Writes what the gate has to know of each fact, new or known, into the table that it asks."""
    waits = eyes.waiting(facts)
    kept = [
        Fact(
            key=fact.id,
            status=fact.status,
            review_by=fact.review_by,
            waits_for_eyes=fact.id in waits,
        )
        for fact in facts
    ]
    Fact.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["status", "review_by", "waits_for_eyes"],
    )


def _keep_new_facts(facts: Sequence[FactFile]) -> None:
    """As `keep_facts`, without those that the table knows: a changed file counts when it is loaded, for all posts at once."""
    known = set(Fact.objects.values_list("key", flat=True))
    keep_facts([fact for fact in facts if fact.id not in known])


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
    """Saves the posts and lets their deliveries follow; new rows are inserted for all posts together."""
    files = [deliveries[0].post for deliveries in wanted.values()]
    posts = _save_posts(files, now, by, loaded)
    known = _known_deliveries(list(wanted))
    new: list[Delivery] = []
    for key, deliveries in wanted.items():
        post, is_from_web = posts[key], key in from_web
        version = post.version
        if not is_from_web:
            keep_file(post, deliveries[0].post, by, now)
        of_post, rewritten = known.get(post.pk, {}), post.version != version
        new += follow(
            *(post, of_post, deliveries, now, by, loaded),
            from_web=is_from_web,
            rewritten=rewritten,
        )
    insert_all(new)  # a statement for each row would cost ten times as much
    numbers = [delivery.pk for delivery in new]
    actor = by.username if by else LOADER
    events.note_all(numbers, "", Status.DRAFT, now, actor=actor, action="loaded", reason="")


def _known_deliveries(keys: Sequence[str]) -> dict[int, dict[str, Delivery]]:
    """What is loaded of these posts: by the number of the post, then by channel."""
    known: dict[int, dict[str, Delivery]] = defaultdict(dict)
    for some in portions(keys):
        for delivery in Delivery.objects.filter(post__key__in=some).order_by("id"):
            known[delivery.post_id][delivery.channel] = delivery
    return known


def row_values(file: PostFile) -> dict[str, object]:
    """What the database keeps of a post for the gate and for lists."""
    consent = file.consent
    return {
        "campaign": file.campaign,
        "name": file.name,
        "kind": file.kind.value,
        "example": file.example,
        "is_help": file.help,
        "storyteller": consent.storyteller if consent else "",
        "consent_from": consent.given_on if consent else None,
        "consent_until": consent.until if consent else None,
        "consent_channels": " ".join(consent.channels) if consent else "",
        "consent_purpose": consent.purpose.value if consent else Purpose.AWARENESS.value,
    }


def _save_posts(
    files: Sequence[PostFile], now: datetime, by: User | None, loaded: Loaded
) -> dict[str, Post]:
    """The rows of these posts, by their keys."""
    posts = _known_posts([file.key for file in files])
    new = []
    for file in files:
        known = posts.get(file.key)
        if known:
            if file.help and not known.is_help:
                loaded.new_help.add(known.pk)
            if _save_known(known, file, now, by):
                loaded.other_persons.add(known.pk)
            loaded.counts["posts known"] += 1
        else:
            new.append(Post(key=file.key, author=by, loaded_at=now, **row_values(file)))
            loaded.counts["posts new"] += 1
    insert_all(new)
    return posts | {post.key: post for post in new}


def _known_posts(keys: Sequence[str]) -> dict[str, Post]:
    posts: dict[str, Post] = {}
    for some in portions(keys):
        for post in Post.objects.filter(key__in=some):
            posts[post.key] = post
    return posts


def _save_known(post: Post, file: PostFile, now: datetime, by: User | None) -> bool:
    """Returns whether it told a person's story and now tells none, or another person's."""
    values = row_values(file)
    if is_locked(post):
        # What was taken back does not become another kind of post, nor another person's.
        values["storyteller"], values["kind"] = post.storyteller, post.kind
    changed = {name: value for name, value in values.items() if getattr(post, name) != value}
    gets_author = by is not None and post.author_id is None
    if changed or gets_author:
        author = post.author or by
        Post.objects.filter(id=post.id).update(**changed, author=author, loaded_at=now)
    return is_of_a_person(post) and not changed.keys().isdisjoint(("kind", "storyteller"))


def _drop_missing(library: Library, now: datetime, loaded: Loaded) -> list[str]:
    """A post whose file is gone must not go out; one whose file is there and broken stays as it was.

    Returns the campaigns that something is taken out of and that no file is left of, by name.
    """
    present = {
        *library.posts,
        *library.broken,
        *latest_from_web().values_list("post__key", flat=True),
    }
    gone = Delivery.objects.filter(status__in=WAITING).exclude(post__key__in=present)
    # What goes out again has no file of its own: its set stops with the file of the first (decisions/evergreen).
    gone = gone.exclude(post__in=Repetition.objects.values("post"))
    campaigns = set(gone.values_list("post__campaign", flat=True))
    cancel_all(gone, NO_FILE, now, loaded)
    in_files = (library.posts.keys() - library.from_web) | library.broken
    return sorted(campaigns - {key.split("/")[0] for key in in_files})


def find_post(written: str) -> Post:
    """The loaded post that a person means: campaign/name, the name alone when it is unique, or its file. Raises Problem."""
    name = written.removesuffix(".toml").rstrip("/")
    key = "/".join(name.split("/")[-2:])
    posts = list(Post.objects.filter(key=key)[:1])
    if not posts:
        # Two are enough to know it is not unique.
        posts = list(Post.objects.filter(name=name)[:2])
    if len(posts) == 1:
        return posts[0]
    if posts:
        raise Problem(
            Sentence('There is more than one post named "{0}": write campaign/name.', written)
        )
    raise Problem(
        Sentence(
            'There is no loaded post "{0}": load it first, or write campaign/name as the queue shows it.',
            written,
        )
    )
