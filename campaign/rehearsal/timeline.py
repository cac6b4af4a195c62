"""From what was played to what a person reads: the timeline of a rehearsal, its findings, and what expires on the way."""

from collections.abc import Sequence
from datetime import date

from campaign.content.dates.when import OnDay
from campaign.core.finding import Finding
from campaign.delivery.candidates import consents_of
from campaign.models import Fact
from campaign.planning.crowds import CODES
from campaign.rehearsal import result as rehearsal
from campaign.rehearsal.entries import entries_of, undated
from campaign.rehearsal.result import Expiry, Rehearsal, TimelineEntry, local_day
from campaign.rehearsal.scene import Material, Played, Scene, scene_of
from campaign.states import Status

TOLD_BY_TIMELINE = CODES | {"quiet-hours"}
"""The checks of times: what is played is held against the same rules."""


def rehearsal_of(material: Material, played: Played) -> Rehearsal:
    """The result of a rehearsal. Asks the database in which it was played."""
    zone, campaign = material.zone, material.wish.campaign
    scene = scene_of(material, played)
    entries = [entry for entry in entries_of(scene) if campaign in ("", entry.campaign)]
    of_campaign = [row for row in undated(scene) if campaign in ("", row.campaign)]
    first = material.first
    runs = _runs(material)
    about = _about(material)
    close, full = rehearsal.crowds_of(entries, material.config.channels, zone)
    return Rehearsal(
        first=first,
        last=played.last,
        timeline=tuple(entries),
        undated=tuple(of_campaign),
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
    campaign = material.wish.campaign
    own, others, no_news = set[Finding](), set[Finding](), set[Finding]()
    for planned in material.planned.planned:
        is_own = campaign in ("", planned.post.campaign)
        (own if is_own else others).update(planned.findings)
        # Due before the rehearsal begins: news only when it is really past.
        if planned.due and planned.due.latest >= material.now:
            no_news.update(
                finding for finding in planned.findings if finding.code == "past-due"
            )
    others -= own
    left_out = others | no_news
    return [
        finding
        for finding in material.planned.findings
        if finding not in left_out and finding.code not in TOLD_BY_TIMELINE
    ]


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
        if number not in tried and delivery.status == Status.PUBLISHED:
            wanted[delivery.post.key].discard(delivery.language)
    return wanted


def _due_days(scene: Scene, entries: Sequence[TimelineEntry]) -> dict[tuple[str, str], date]:
    """The local day on which each post is due on each channel."""
    days: dict[tuple[str, str], date] = {}
    for entry in entries:
        days[entry.post, entry.channel] = local_day(entry.due_at, scene.material.zone)
    return days


def _facts(scene: Scene, entries: Sequence[TimelineEntry]) -> tuple[Expiry, ...]:
    ends = dict(Fact.objects.values_list("key", "review_by"))
    due = _due_days(scene, entries)
    uses: dict[str, list[tuple[str, date]]] = {}
    for delivery in scene.deliveries.values():
        day = due.get((delivery.post.key, delivery.channel))
        if day is None:
            continue
        for key in delivery.facts.split():
            uses.setdefault(key, []).append((delivery.post.key, day))
    return rehearsal.expiries_of(
        "fact",
        ends,
        uses,
        scene.material.first,
        scene.played.last,
    )


def _consents(scene: Scene, entries: Sequence[TimelineEntry]) -> tuple[Expiry, ...]:
    due = _due_days(scene, entries)
    stories: dict[int, tuple[str, date]] = {}
    for number, delivery in scene.deliveries.items():
        post = delivery.post
        if post.storyteller and (post.key, delivery.channel) in due:
            stories[number] = (post.key, due[post.key, delivery.channel])
    ends: dict[str, date] = {}
    uses: dict[str, list[tuple[str, date]]] = {}
    for number, consent in consents_of(list(stories)).items():
        reference = consent.reference
        until = [day for day in (consent.until, consent.narrowed.until) if day]
        if until:
            # The first of all: that of the consent, that of this post's file, and those of the person's other posts.
            ends[reference] = min(*until, ends.get(reference, date.max))
            uses.setdefault(reference, []).append(stories[number])
    return rehearsal.expiries_of(
        "consent",
        ends,
        uses,
        scene.material.first,
        scene.played.last,
    )
