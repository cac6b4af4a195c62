"""Awareness days that are written in the pages, and what moves when one of them is changed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db.models import F
from django.utils.text import slugify

from campaign.authoring import load
from campaign.authoring.approvals import standing
from campaign.authoring.compose import Desk
from campaign.authoring.following import Loaded
from campaign.authoring.shared.effects import (
    MOST,
    Effect,
    effects_between,
    files_of,
    need_shown,
    note_editor,
    stop,
)
from campaign.authoring.shared.written import keep, newest
from campaign.content.dates.days import Day
from campaign.content.dates.lines import DayWords, lines_of
from campaign.content.library import CALENDAR, Library, read_days, with_posts, without_posts
from campaign.core.clock import local_day
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.toml_file import read_toml_text
from campaign.core.typed import is_seen
from campaign.database import events
from campaign.database.sql import writing
from campaign.delivery.remembrance import keep_quiet_days
from campaign.models import Delivery
from campaign.models.shared import SharedKind
from campaign.people.roles import need_decider
from campaign.planning.known import known_now
from campaign.planning.plan import Plan, plan
from campaign.states import NOT_OUT_YET

SHOWN = 3
"""Dates that a person sees before they keep a rule."""
LONGEST_NAME = 60
_NAME = re.compile(rf"[A-Za-z][A-Za-z0-9_-]{{0,{LONGEST_NAME - 1}}}")
_NO_NAMES = frozenset({"new", "next-slot"})


def day_of(key: str, words: DayWords, desk: Desk) -> Day:
    """The day of the pages that says this. Raises Problem when it is none, or has no date any more."""
    table = read_toml_text(lines_of(key, words), CALENDAR)
    days = read_days(table, desk.config.site.languages)
    if table.file.findings:
        raise Problem(table.file.findings[0].message)
    if not is_seen(words.source):
        raise Problem(Sentence("Say where the day is announced: add the address of that page."))
    return replace(days[key], of_pages=True)


def next_dates(day: Day, today: date) -> list[date]:
    """Its next dates, at most SHOWN: none of them when no further one is known."""
    dates: list[date] = []
    year = today.year
    after = day.next(today)
    while after and len(dates) < SHOWN:
        dates.append(after)
        year = after.year + 1
        after = day.next(date(year, 1, 1)) if year < date.max.year else None
    return dates


def name_for(name: str, words: DayWords) -> str:
    """What posts call a new day by: the name given, else one that is made of its English name. Raises Problem for one that no
    post could call it by."""
    made = name or slugify(next(iter(words.names.values()), ""))[:LONGEST_NAME].strip("-")
    if made in _NO_NAMES or not _NAME.fullmatch(made):
        raise Problem(
            Sentence(
                "Give the day a short name of letters, digits and hyphens that begins with a letter, such as ovarian-day."
            )
        )
    return made


def add_day(
    name: str,
    words: DayWords,
    by: User,
    desk: Desk,
    now: datetime,
) -> str:
    """Keeps a new day; posts may be planned around it at once. Sent twice by the same person, it is one day. Returns its
    short name. Raises Problem when it is no day, or the name cannot be used."""
    need_decider(by)
    key = name_for(name, words)
    day = day_of(key, words, desk)
    source = lines_of(key, words)
    with writing():
        version = newest(SharedKind.DAY, key)
        if version and (version.source, version.by_id) == (source, by.pk):
            return key
        if version or key in desk.library.days:
            raise Problem(
                Sentence("There is a day “{0}” already: give this one another name.", key)
            )
        keep(
            SharedKind.DAY,
            key,
            source,
            by,
            now,
            based_on=0,
        )
        _keep_quiet(day, desk)
        said = Sentence("{0}: {1}", key, words.rule)
        events.note(
            None,
            "",
            "",
            now,
            actor=by.username,
            action="day added",
            reason=said,
        )
    return key


def what_moves(day: Day, words: DayWords, desk: Desk, now: datetime) -> list[Effect]:
    """What would become of every delivery that hangs on the day and is not out yet, if the day said this. Nothing is changed.

    Raises Problem when it is no day, or when too much hangs on it.
    """
    after = _planned(day_of(day.id, words, desk), desk, now)
    before = _planned(day, desk, now)
    return effects_between(after, before, _waiting(day.id))


def change_day(
    day: Day,
    words: DayWords,
    opened: int,
    by: User,
    desk: Desk,
    now: datetime,
    *,
    shown: str = "",
) -> Loaded:
    """Keeps what the day says now, and moves what hangs on it; both, or neither.

    `opened` is the number of the version that the person began with, and `shown` is `seen` of the effects that they have read.
    Raises Problem when it was changed meanwhile, is no day or stands in a file, and Asked when more than a few approved
    deliveries would be moved or stopped that nobody was shown.
    """
    need_decider(by)
    if not day.of_pages:
        raise Problem(
            Sentence("{0} stands in the file calendar.toml: it is changed there.", day.id)
        )
    changed = day_of(day.id, words, desk)
    before, after = (_planned(day, desk, now), _planned(changed, desk, now))

    def because(stops: str) -> Sentence:
        return Sentence("The day {0} has changed: {1}", day.id, stops)

    with writing():
        approved = standing(now)
        effects = effects_between(after, before, _waiting(day.id))
        keep(
            SharedKind.DAY,
            day.id,
            lines_of(day.id, words),
            by,
            now,
            based_on=opened,
        )
        _keep_quiet(changed, desk)
        loaded = load.bring(
            after,
            _library(desk, changed),
            now,
            None,
            answered=True,
        )
        note_editor([effect for effect in effects if not effect.stops], by)
        stop([effect for effect in effects if effect.stops], because, by, now)
        need_shown(effects, shown, approved, now)
        said = Sentence("{0}: {1} was {2}.", day.id, words.rule, day.written)
        events.note(
            None,
            "",
            "",
            now,
            actor=by.username,
            action="day changed",
            reason=said,
        )
    return loaded


def moved_campaigns(
    day: Day, words: DayWords, desk: Desk, now: datetime
) -> Iterator[tuple[str, date, date]]:
    """The campaigns whose days change with it: their folder, and their new first and last day."""
    today = local_day(now, desk.config.site.timezone)
    after = {**desk.library.days, day.id: day_of(day.id, words, desk)}
    for slug, campaign in desk.library.campaigns.items():
        first, last = campaign.dates(after, today)
        if first and last and (first, last) != campaign.dates(desk.library.days, today):
            yield slug, first, last


def _keep_quiet(day: Day, desk: Desk) -> None:
    days = {**desk.library.days, day.id: day}
    keep_quiet_days(days.values(), is_whole=desk.library.has_calendar)


def _waiting(key: str) -> list[Delivery]:
    """What hangs on a day and would follow it. Raises Problem when that is too much for a page."""
    still_in = Delivery.objects.filter(status__in=NOT_OUT_YET, part_ids="")
    naming = still_in.filter(
        post__versions__number=F("post__version"), post__versions__source__contains=key
    )
    waiting = list(naming.select_related("post").order_by("due_at", "id")[: MOST + 1])
    if len(waiting) > MOST:
        raise Problem(
            Sentence(
                "More than {0} deliveries hang on {1}, too many to look at here.", MOST, key
            )
        )
    return waiting


def _library(desk: Desk, day: Day) -> Library:
    """The library without its posts, and with this day."""
    days = {**desk.library.days, day.id: day}
    return replace(without_posts(desk.library), days=days)


def _planned(day: Day, desk: Desk, now: datetime) -> Plan:
    """The posts that hang on a day, planned with it as given: each as it says now, and no other post."""
    posts = {delivery.post for delivery in _waiting(day.id)}
    files = files_of(posts, desk)
    library, known = with_posts(_library(desk, day), files), known_now(now, list(files))
    return plan(library, desk.config, now, known)
