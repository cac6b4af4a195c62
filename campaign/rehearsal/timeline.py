"""From what was played to what a person reads: the timeline of a rehearsal, its findings, and what expires on the way."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from campaign.content.dates.when import OnDay
from campaign.core.clock import local_day
from campaign.core.finding import Finding
from campaign.delivery.candidates import consents_of
from campaign.models import Fact
from campaign.planning.crowds import CODES
from campaign.rehearsal import result as rehearsal
from campaign.rehearsal.entries import entries_of, undated
from campaign.rehearsal.result import Expiry, Rehearsal, TimelineEntry
from campaign.rehearsal.scene import Material, Played, Scene, scene_of
from campaign.states import Status

TOLD_BY_TIMELINE = CODES | {"quiet-hours"}
"""The checks of times: what is played is held against the same rules."""
_DueDays = dict[tuple[str, str], date]
"""By post and channel."""
_Use = tuple[str, date]
"""A post, and the day on which it leans on something."""


def rehearsal_of(material: Material, played: Played) -> Rehearsal:
    """The result of a rehearsal. Asks the database in which it was played."""
    zone, first = material.zone, material.first
    wanted = material.wish.campaign
    scene = scene_of(material, played)
    entries = [entry for entry in entries_of(scene) if wanted in ("", entry.campaign)]
    without_day = [row for row in undated(scene) if wanted in ("", row.campaign)]
    runs = _runs(material)
    about = _about(material)
    close, full = rehearsal.crowds_of(entries, material.config.channels, zone)
    return Rehearsal(
        first=first,
        last=played.last,
        timeline=tuple(entries),
        undated=tuple(without_day),
        findings=tuple(_findings(material)),
        expiries=(*_facts(scene, entries), *_consents(scene, entries)),
        gaps=rehearsal.gaps_of(
            entries,
            runs,
            first,
            played.last,
            zone,
        ),
        close=close,
        full=full,
        nights=rehearsal.nights_of(entries, material.config.publishing.quiet, zone),
        falls=rehearsal.falls_of(
            entries,
            material.library.days,
            about,
            zone,
        ),
        alone=rehearsal.alone_of(entries, _languages_wanted(scene)),
        months=rehearsal.months_of(entries, zone),
        doubted=material.doubted,
        from_files=material.from_files,
    )


def _findings(material: Material) -> list[Finding]:
    """The findings of the campaign's posts, and of no post at all, in the order of the plan; without those of which the
    timeline tells better: at what time things really go out."""
    left_out = _of_others(material) | _no_news(material)
    findings: list[Finding] = []
    for finding in material.planned.findings:
        if finding.code in TOLD_BY_TIMELINE:
            continue
        if finding not in left_out:
            findings.append(finding)
    return findings


def _of_others(material: Material) -> set[Finding]:
    """What is wrong only with posts of campaigns that are not rehearsed."""
    wanted = material.wish.campaign
    own: set[Finding] = set()
    others: set[Finding] = set()
    for planned in material.planned.planned:
        is_own = wanted in ("", planned.post.campaign)
        theirs = own if is_own else others
        theirs.update(planned.findings)
    return others - own


def _no_news(material: Material) -> set[Finding]:
    """Of what is due before the rehearsal begins, that it is past due: news only when it is really past."""
    no_news: set[Finding] = set()
    for planned in material.planned.planned:
        if not planned.due or planned.due.latest < material.now:
            continue
        for finding in planned.findings:
            if finding.code == "past-due":
                no_news.add(finding)
    return no_news


def _runs(material: Material) -> dict[str, tuple[date, date]]:
    """The first and the last day of each campaign that is rehearsed and has both, by its name."""
    days, wanted = material.library.days, material.wish.campaign
    runs: dict[str, tuple[date, date]] = {}
    for slug, campaign in material.library.campaigns.items():
        start, end = campaign.dates(days, material.first)
        if start and end and wanted in ("", slug):
            runs[slug] = (start, end)
    return runs


def _about(material: Material) -> dict[str, str]:
    """The day that each post is about, by the post's key: the one on which it goes out, or the one that it names."""
    about: dict[str, str] = {}
    for key, post in material.library.posts.items():
        about[key] = post.day
        if isinstance(post.when, OnDay) and not post.when.offset_days:
            about[key] = post.when.day_id or post.day
    return about


def _languages_wanted(scene: Scene) -> dict[str, set[str]]:
    """The languages of each post, by its key, without those in which it was out before."""
    languages = scene.material.config.site.languages
    wanted = {delivery.post.key: set(languages) for delivery in scene.deliveries.values()}
    tried = {told.claim.delivery for told in scene.played.told}
    for number, delivery in scene.deliveries.items():
        was_tried = number in tried
        if delivery.status == Status.PUBLISHED and not was_tried:
            left = wanted[delivery.post.key]
            left.discard(delivery.language)
    return wanted


def _due_days(scene: Scene, entries: Sequence[TimelineEntry]) -> _DueDays:
    """The local day on which each post is due on each channel."""
    zone = scene.material.zone
    days: _DueDays = {}
    for entry in entries:
        days[entry.post, entry.channel] = local_day(entry.due_at, zone)
    return days


def _facts(scene: Scene, entries: Sequence[TimelineEntry]) -> tuple[Expiry, ...]:
    ends = dict(Fact.objects.values_list("key", "review_by"))
    due = _due_days(scene, entries)
    uses: dict[str, list[_Use]] = defaultdict(list)
    for delivery in scene.deliveries.values():
        post = delivery.post.key
        day = due.get((post, delivery.channel))
        if day is None:
            continue
        for fact in delivery.facts.split():
            uses[fact].append((post, day))
    return rehearsal.expiries_of(
        "fact",
        ends,
        uses,
        scene.material.first,
        scene.played.last,
    )


def _consents(scene: Scene, entries: Sequence[TimelineEntry]) -> tuple[Expiry, ...]:
    stories = _stories(scene, entries)
    ends: dict[str, date] = {}
    uses: dict[str, list[_Use]] = defaultdict(list)
    for number, consent in consents_of(list(stories)).items():
        reference = consent.reference
        until = [day for day in (consent.until, consent.narrowed.until) if day]
        if until:
            # The first of all: that of the consent, that of this post's file, and those of the person's other posts.
            first = ends.get(reference, date.max)
            ends[reference] = min(*until, first)
            uses[reference].append(stories[number])
    return rehearsal.expiries_of(
        "consent",
        ends,
        uses,
        scene.material.first,
        scene.played.last,
    )


def _stories(scene: Scene, entries: Sequence[TimelineEntry]) -> dict[int, _Use]:
    """By their number, the deliveries of somebody's story that come due."""
    due = _due_days(scene, entries)
    stories: dict[int, _Use] = {}
    for number, delivery in scene.deliveries.items():
        post = delivery.post
        if not post.storyteller:
            continue
        day = due.get((post.key, delivery.channel))
        if day is not None:
            stories[number] = (post.key, day)
    return stories
