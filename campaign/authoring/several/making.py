"""The posts of a series: looked at together before they are made, made in one transaction, and submitted together."""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.contrib.auth.models import User

from campaign.authoring import compose, load
from campaign.authoring.compose import Desk
from campaign.authoring.several.sitting import Sitting, SittingText, need_own, to_json
from campaign.authoring.stages import change_stage
from campaign.consent.locks import need_unlocked
from campaign.content.dates.days import Day
from campaign.content.dates.month import named_days
from campaign.content.dates.rhythm import Rhythm
from campaign.content.fields import Fields
from campaign.content.library import with_posts, without_posts
from campaign.content.post import Kind, PostFile
from campaign.content.source import Read, read_source, write_source
from campaign.core.clock import local_day
from campaign.core.finding import Finding, Level
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen, on_one_line
from campaign.database import events
from campaign.database.sql import writing
from campaign.models import Post
from campaign.models.series import Series
from campaign.planning.crowds import CODES
from campaign.planning.known import known_now
from campaign.planning.neighbours import crowds_around
from campaign.planning.plan import Plan, plan
from campaign.planning.repeats import repeats
from campaign.states import Stage

_OF = {"en": "of", "fr": "sur"}
"""Between the number of a post and how many there are, by language."""
WEEKDAYS = frozenset("0123456")
"""As a form sends them; Monday is 0."""
YEARS = range(2000, 2100)
Written = tuple[Post, Fields]
"""A post, and what it says."""
LEFT = "left its series"
"""What the log calls it."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A post of a series as it would be made: its number from 1, its day, what falls on that day, and what is wrong."""

    number: int
    piece: SittingText
    fields: Fields
    day: date
    named: tuple[Day, ...]
    findings: tuple[Finding, ...]
    is_outside: bool  #: the campaign has ended by then, or has not begun

    @property
    def is_crowded(self) -> bool:
        """Whether another post stands too close, or too many on that day."""
        return any(finding.code in CODES for finding in self.findings)

    @property
    def has_errors(self) -> bool:
        """Whether it cannot be submitted as it is."""
        return any(finding.level is Level.ERROR for finding in self.findings)


def seen(sitting: Sitting) -> str:
    """By which a page says which sitting it has shown: nothing is made that nobody has looked at."""
    written = to_json(sitting).encode()
    return hashlib.sha256(written).hexdigest()


def look_ahead(sitting: Sitting, desk: Desk, now: datetime) -> list[Ahead]:
    """The posts as they would be made, planned together, each with all that is wrong with it and beside it. Raises Problem
    where something is missing that all of them need. Changes nothing."""
    wanted = fields_of(sitting, desk)
    pairs = _unmade(sitting, wanted)
    planned = _planned(pairs, desk, now)
    days = [_day_of(fields) for fields in wanted]
    calendar = desk.library.days.values()
    named = named_days(calendar, min(days), max(days))
    start, end = _run_of(sitting, desk, now)
    ahead: list[Ahead] = []
    for piece, day, (post, fields) in zip(sitting.written, days, pairs, strict=True):
        row = Ahead(
            number=len(ahead) + 1,
            piece=piece,
            fields=fields,
            day=day,
            named=tuple(named.get(day, ())),
            findings=planned.of(post, desk, now),
            is_outside=not start <= day <= end,
        )
        ahead.append(row)
    return ahead


def make(
    series: Series, sitting: Sitting, by: User, desk: Desk, now: datetime, *, submit: bool
) -> list[Post]:
    """Makes the posts of a series, all or none, and submits them with `submit`. A second press finds what the first has made.
    Raises Problem for somebody else's, where something is missing, and with `submit` where one has an error."""
    need_own(series, by)
    wanted = fields_of(sitting, desk)
    with writing():
        # Compare-and-set: of two presses the second makes nothing.
        unmade = Series.objects.filter(pk=series.pk, made_at=None)
        changed = unmade.update(
            made_at=now,
            typed="",
            name=sitting.called,
            campaign=sitting.campaign,
        )
        if changed == 1:
            _make_all(
                series,
                sitting,
                wanted,
                by,
                desk,
                now,
            )
            if submit:
                submit_together(_posts(series), by, desk, now)
    return _posts(series)


def _posts(series: Series) -> list[Post]:
    return list(series.posts.order_by("pk"))


def submit_together(posts: Sequence[Post], by: User, desk: Desk, now: datetime) -> None:
    """Submits posts that are written, or returned, all or none. Raises Problem with the first that has an error."""
    with writing():
        pairs: list[Written] = []
        for post in posts:
            fields, _ = compose.current_fields(post, desk, now)
            pairs.append((post, fields))
        planned = _planned(pairs, desk, now)
        for post in posts:
            need_unlocked(post)
            _need_good(post, planned.of(post, desk, now))
            change_stage(
                post,
                Stage.PLANNED,
                by,
                now,
                "handed in",
            )
        library = without_posts(desk.library)
        load.bring(planned.plan, library, now, by)


def leave(post: Post, by: User, now: datetime) -> None:
    """A post goes its own way: what is done to its series from now on is not done to it. Raises Problem where it is in none."""
    with writing():
        in_series = Post.objects.filter(pk=post.pk, series__isnull=False)
        if in_series.update(series=None) != 1:
            raise Problem(Sentence("{0} is in no series any more.", post.called))
        events.note(
            None,
            "",
            "",
            now,
            actor=by.username,
            action=LEFT,
            reason="",
            post=post.pk,
        )


def fields_of(sitting: Sitting, desk: Desk) -> list[Fields]:
    """What each post would say, with its number and its time. Raises Problem where something is missing."""
    _need_whole(sitting, desk)
    written = sitting.written
    rhythm = _rhythm(sitting)
    days = rhythm.days(len(written))
    all_fields: list[Fields] = []
    for piece, day in zip(written, days, strict=True):
        number = len(all_fields) + 1
        fields = _fields(
            sitting,
            number,
            piece,
            day,
        )
        all_fields.append(fields)
    return all_fields


def _fields(sitting: Sitting, number: int, piece: SittingText, day: date) -> Fields:
    texts: dict[str, dict[str, str]] = {}
    for language, text in piece.texts.items():
        numbered = _numbered(sitting, number, language)
        whole = f"{numbered}{text}" if text.strip() else ""
        texts[language] = {"short": whole}
    on = piece.date or str(day)
    clock = piece.time or sitting.time
    when = f"{on} {clock}"
    return replace(sitting.settings, when=when, texts=texts)


def _numbered(sitting: Sitting, number: int, language: str) -> str:
    """The first line of a text, such as "Tip 1 of 10"; "" where the texts bear no number."""
    typed = sitting.labels.get(language, "")
    label = on_one_line(typed)
    between = _OF.get(language, "/")
    total = len(sitting.written)
    return f"{label} {number} {between} {total}\n" if label else ""


def _need_whole(sitting: Sitting, desk: Desk) -> None:
    """Raises Problem where something is missing that all posts need."""
    if not is_seen(sitting.name):
        raise Problem(Sentence("Give the series a name: its posts are called by it."))
    if sitting.campaign not in desk.library.campaigns:
        raise Problem(Sentence("Choose the campaign that the posts belong to."))
    if sitting.settings.kind == Kind.STORY:
        raise Problem(
            Sentence(
                "A story is never one of a series: each person says yes to their own post."
            )
        )
    if sitting.settings.channels and not any(sitting.settings.channels):
        raise Problem(Sentence("Choose at least one channel."))
    if not sitting.written:
        raise Problem(Sentence("Write the text of the first post."))
    _rhythm(sitting)
    for piece in sitting.written:
        if piece.date:
            _day(piece.date)


def _rhythm(sitting: Sitting) -> Rhythm:
    weekdays = WEEKDAYS.intersection(sitting.weekdays)
    first = _day(sitting.first)
    return Rhythm(first, frozenset(map(int, weekdays)))


def _day(written: str) -> date:
    day = date.min
    with suppress(ValueError):
        day = datetime.strptime(written.strip(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day alone
    if day.year not in YEARS:
        raise Problem(
            Sentence(
                "Name the first day, and each day of its own, as a date such as 2027-10-13."
            )
        )
    return day


def _day_of(fields: Fields) -> date:
    day, _, _ = fields.when.partition(" ")
    return _day(day)


def _run_of(sitting: Sitting, desk: Desk, now: datetime) -> tuple[date, date]:
    """The first and the last day of the campaign; of one without, those of the calendar."""
    today = local_day(now, desk.config.site.timezone)
    campaign = desk.library.campaigns[sitting.campaign]
    start, end = campaign.dates(desk.library.days, today)
    return start or date.min, end or date.max


def _unmade(sitting: Sitting, wanted: Sequence[Fields]) -> list[Written]:
    """Posts that are in no database yet, each by a name that no other has."""
    campaign = sitting.campaign
    pairs: list[Written] = []
    for number, fields in enumerate(wanted, 1):
        name = f"({number})"
        post = Post(
            pk=0,
            key=f"{campaign}/{name}",
            campaign=campaign,
            name=name,
        )
        pairs.append((post, fields))
    return pairs


def _make_all(
    series: Series,
    sitting: Sitting,
    wanted: Sequence[Fields],
    by: User,
    desk: Desk,
    now: datetime,
) -> None:
    numbers: list[int] = []
    for number, fields in enumerate(wanted, 1):
        post = compose.create(
            sitting.campaign,
            fields.kind,
            f"{sitting.called} {number}",
            by,
            desk,
            now,
            begins=fields,
        )
        numbers.append(post.pk)
    made = Post.objects.filter(pk__in=numbers)
    made.update(series=series)


@dataclass(frozen=True, slots=True)
class _Planned:
    """Posts that are planned together."""

    plan: Plan
    read: Mapping[str, Read]  #: by the key of the post

    def of(self, post: Post, desk: Desk, now: datetime) -> tuple[Finding, ...]:
        """All that is wrong with a post, also beside what the queue has, each once."""
        zone = desk.config.site.timezone
        key = post.key
        mine = [planned for planned in self.plan.planned if planned.post.key == key]
        findings = list(self.read[key].findings)
        findings += [each for each in self.plan.findings if each.place.file == key]
        findings += repeats(post, mine)
        findings += crowds_around(mine, now, zone)
        return tuple(dict.fromkeys(findings))


def _planned(pairs: Sequence[Written], desk: Desk, now: datetime) -> _Planned:
    read: dict[str, Read] = {}
    files: dict[str, PostFile] = {}
    for post, fields in pairs:
        source = write_source(fields)
        read[post.key] = read_source(
            source,
            post.campaign,
            post.name,
            desk.uploads,
        )
        if file := read[post.key].post:
            files[post.key] = file
    alone = without_posts(desk.library)
    library = with_posts(alone, files)
    known = known_now(now, list(files))
    whole = plan(
        library,
        desk.config,
        now,
        known,
    )
    return _Planned(whole, read)


def _need_good(post: Post, findings: Sequence[Finding]) -> None:
    for finding in findings:
        if finding.level is Level.ERROR:
            raise Problem(
                Sentence(
                    "Nothing is submitted, since “{0}” has to be corrected first: {1}",
                    post.called,
                    finding.message,
                )
            )
