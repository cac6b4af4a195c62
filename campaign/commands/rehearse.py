"""`rehearse`: the campaign on a simulated clock. Nothing is sent, and the queue stays as it is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from campaign.commands.frame.call import FAILED, WELL, Call
from campaign.commands.frame.output import (
    Piece,
    count,
    plural,
    print_findings,
    print_json,
    print_line,
    print_table,
    progress,
    say,
)
from campaign.content.post import PostFile
from campaign.core.clock import local_day
from campaign.core.problem import Problem
from campaign.core.sentence import stored
from campaign.core.span import say_span
from campaign.rehearsal.play import SimulatedClock, moment_of
from campaign.rehearsal.play import rehearse as play
from campaign.rehearsal.result import (
    Came,
    MonthlyCost,
    Rehearsal,
    TimelineEntry,
)
from campaign.rehearsal.scene import Wish
from campaign.rehearsal.written import as_json

CAME: Mapping[Came, Piece] = {
    Came.OUT: ("out", "green"),
    Came.LATER: ("later", "yellow"),
    Came.MISSED: ("missed", "bold red"),
    Came.HELD: ("held back", "bold red"),
    Came.REFUSED: ("refused", "bold red"),
    Came.STOPPED: ("stopped", "bold red"),
    Came.UNAPPROVED: ("not approved", "bold red"),
    Came.DROPPED: ("taken out", "cyan"),
    Came.UNTOLD: ("consent not known here", "cyan"),
    Came.EXAMPLE: ("example", "cyan"),
}


ENDS: Mapping[Came, str] = {
    Came.OUT: "out",
    Came.LATER: "still wait at the end",
    Came.MISSED: "missed",
    Came.HELD: "held back",
    Came.REFUSED: "refused",
    Came.STOPPED: "stopped by an error",
    Came.UNAPPROVED: "not approved",
    Came.DROPPED: "taken out before",
    Came.UNTOLD: "whose consent is not known here",
    Came.EXAMPLE: "examples, which never go out",
}
"""What becomes of so many deliveries in the end; the sum names them in this order."""


def rehearse(call: Call) -> int:
    """Plays the campaign and prints what it shows. Fails when there are errors, or posts that would not go out."""
    arguments, zone = call.arguments, call.config.site.timezone
    first = getattr(arguments, "from")  # "from" is a word of Python
    now = (
        call.clock()
    )  # asked once: a start of some milliseconds ago would be a day in the past, played anew
    wish = Wish(
        start=moment_of(first, now, zone),
        last=arguments.to,
        campaign=arguments.campaign or "",
        approved_only=arguments.approved_only,
        anew=arguments.anew,
    )
    try:
        shown = play(call.config, wish, SimulatedClock(now), _reading, _playing)
    except Problem as problem:
        if arguments.json:  # the page has it said in its reader's language
            print_json({"problem": str(problem), "problem_kept": stored(str(problem))})
        raise
    if arguments.json:
        print_json(as_json(shown))
    else:
        _tell(shown, call)
    return WELL if shown.is_well else FAILED


def _reading(posts: Iterable[PostFile]) -> Iterable[PostFile]:
    return progress(list(posts), "Reading posts")


def _playing(days: Sequence[date]) -> Iterable[date]:
    return progress(days, "Playing days")


def _tell(shown: Rehearsal, call: Call) -> None:
    _tell_timeline(shown, call)
    _tell_undated(shown)
    print_findings(shown.findings)
    for sentence in sentences(shown, call):
        say(sentence)
    _tell_costs(shown)
    for sentence in summary(shown):
        say(sentence)
    say("Nothing was sent.")


def summary(shown: Rehearsal) -> list[str]:
    """What it comes to: how many deliveries there are and what becomes of them, and whether anything is wrong."""
    period = f"From {shown.first} to {shown.last}"
    if not shown.all:
        counted = f"{period}, no delivery is due."
    else:
        all_of_them = plural(shown.all, "delivery", "deliveries")
        ends = [f"{number} {ENDS[came]}" for came in ENDS if (number := shown.ends[came])]
        counted = f"{period}, {all_of_them}: {', '.join(ends)}."
    return [counted, _verdict(shown)]


def _verdict(shown: Rehearsal) -> str:
    """Never that nothing is wrong while a delivery that is meant to go out does not, or there is an error."""
    findings = count(shown.findings)
    if shown.wrong:
        not_out = plural(shown.wrong, "delivery does", "deliveries do")
        said = f"This is wrong: {not_out} not go out as meant"
        return f"{said}; {findings}." if shown.findings else f"{said}."
    if shown.errors:
        return f"This is wrong: {findings}."
    if shown.findings:
        return f"Everything that is meant to go out does; {findings}."
    if shown.ends[Came.UNTOLD]:
        return "Nothing is wrong that can be seen here: the consents are not known."
    return "Nothing is wrong."


def _tell_undated(shown: Rehearsal) -> None:
    """Prints what has no time, and so stands on no day; one line for all channels of which the same is to be said."""
    channels: dict[tuple[str, str], list[str]] = {}
    for row in shown.undated:
        channels.setdefault((row.post, row.reason), []).append(row.channel)
    if channels:
        print_line(("Without a time", "bold"))
    for (post, reason), names in channels.items():
        print_line("         ", CAME[Came.STOPPED], f"  {post}  {', '.join(names)}")
        print_line(f"         {reason}")


def _tell_timeline(shown: Rehearsal, call: Call) -> None:
    """Prints the timeline by local day; the entries of a post at one moment on one line, with all their channels."""
    zone = call.config.site.timezone
    missing = {alone.post: alone.missing for alone in shown.alone}
    for day, of_day in groupby(shown.timeline, key=lambda entry: local_day(entry.at, zone)):
        print_line((f"{day:%a %Y-%m-%d}", "bold"))
        for entries in _together(of_day):
            first = entries[0]
            is_out = first.came is Came.OUT
            _tell_entries(entries, missing.get(first.post, ()) if is_out else (), zone)


def _tell_entries(
    entries: Sequence[TimelineEntry], missing: Sequence[str], zone: ZoneInfo
) -> None:
    """Prints the line of entries that are the same but for the channel; `missing` are the languages of the post that
    do not go out."""
    first = entries[0]
    at = f"  {first.at.astimezone(zone):%H:%M}  "
    where = ", ".join(f"{entry.channel} {entry.length}" for entry in entries)
    without = f"  without {', '.join(missing)}" if missing else ""
    dollars = sum(entry.cost for entry in entries)
    cost = f"  ${dollars:.3f}" if dollars else ""
    what = f"  {first.post}  {where}"
    print_line(at, CAME[first.came], what, (without, "yellow"), cost + _late(first, zone))
    if first.reason:
        print_line(f"         {first.reason}")


def _together(entries: Iterable[TimelineEntry]) -> list[list[TimelineEntry]]:
    """The entries in groups that are the same but for the channel, in the order of their first ones."""
    groups: dict[tuple[object, ...], list[TimelineEntry]] = {}
    for entry in entries:
        key = (entry.at, entry.due_at, entry.post, entry.came, entry.reason)
        groups.setdefault(key, []).append(entry)
    return list(groups.values())


def _late(entry: TimelineEntry, zone: ZoneInfo) -> str:
    """When it was due, if it goes out at another time; else ""."""
    is_out = entry.came in (Came.OUT, Came.LATER)
    if entry.at == entry.due_at or not is_out:
        return ""
    return f"  due {entry.due_at.astimezone(zone):%Y-%m-%d %H:%M}"


def sentences(shown: Rehearsal, call: Call) -> list[str]:
    """What a person should know besides the findings: a sentence each."""
    return [
        *_about_expiries(shown),
        *_about_days(shown, call),
        *_about_nights(shown, call),
        *_about_gaps(shown),
        *_about_crowds(shown, call),
        *_about_alone(shown),
        *_about_the_queue(shown),
    ]


def _about_expiries(shown: Rehearsal) -> Iterable[str]:
    for expiry in shown.expiries:
        after = " No post is due after that."
        if expiry.posts:
            after = f" Due after that: {', '.join(expiry.posts)}."
        if expiry.what == "fact":
            yield f'The fact "{expiry.key}" is to be reviewed by {expiry.last}.{after}'
        else:
            yield f"The consent of storyteller {expiry.key} holds until {expiry.last}.{after}"


def _about_days(shown: Rehearsal, call: Call) -> Iterable[str]:
    language = call.config.site.languages[0]
    for falls in shown.falls:
        day = falls.name
        name = day.names.get(language) or day.id
        kind = "a day of remembrance" if day.quiet else "on the calendar"
        yield f"{falls.day} is {kind} ({name}), and these go out: {', '.join(falls.posts)}."


def _about_nights(shown: Rehearsal, call: Call) -> Iterable[str]:
    for night in shown.nights:
        at = night.at.astimezone(call.config.site.timezone)
        quiet, channels = call.config.publishing.quiet, ", ".join(night.channels)
        yield f"{night.post} goes out in the quiet hours ({quiet}), on {at:%Y-%m-%d at %H:%M}: {channels}."


def _about_gaps(shown: Rehearsal) -> Iterable[str]:
    """A sentence for each span of days without a post, with all channels that it is on."""
    channels: dict[tuple[date, date, int], list[str]] = {}
    for gap in shown.gaps:
        span = (gap.first, gap.last, gap.days)
        channels.setdefault(span, []).append(gap.channel)
    for (first, last, number), names in channels.items():
        days = plural(number, "day")
        yield f"Nothing goes out from {first} to {last} ({days}) on {', '.join(names)}."


def _about_alone(shown: Rehearsal) -> Iterable[str]:
    for alone in shown.alone:
        yield f"{alone.post} goes out in {_and(alone.out)} without {_and(alone.missing)}."


def _about_crowds(shown: Rehearsal, call: Call) -> Iterable[str]:
    """A sentence for each two posts that are too close and for each day with too many, with all channels that it is on."""
    zone = call.config.site.timezone
    close: dict[tuple[datetime, datetime], list[str]] = {}
    for pair in shown.close:
        close.setdefault((pair.first, pair.second), []).append(pair.channel)
    for (first, second), channels in close.items():
        gap = "no time"
        if first != second:
            gap = say_span(second - first)
        times = f"{first.astimezone(zone):%Y-%m-%d %H:%M} and {second.astimezone(zone):%H:%M}"
        yield f"Two posts on {', '.join(channels)} have {gap} between them: {times}."
    full: dict[tuple[date, int, int], list[str]] = {}
    for too_many in shown.full:
        key = (too_many.day, too_many.posts, too_many.most)
        full.setdefault(key, []).append(too_many.channel)
    for (day, posts, most), channels in full.items():
        yield f"{day} has {posts} posts on {', '.join(channels)}; more than {most} a day are many."


def _about_the_queue(shown: Rehearsal) -> Iterable[str]:
    if shown.doubted:
        said = plural(shown.doubted, "delivery is", "deliveries are")
        yield f"{said} in doubt now and left out: settle that first with the resolve command."
    if shown.from_files:
        yield "There is no queue here, so the files alone were rehearsed, with no consent and no pause."


def _tell_costs(shown: Rehearsal) -> None:
    if not shown.months:
        return
    rows = [_cost_row(f"{month.first:%Y-%m}", month) for month in shown.months]
    whole = MonthlyCost(
        first=shown.first,
        posts=sum(month.posts for month in shown.months),
        with_link=sum(month.with_link for month in shown.months),
        dollars=shown.dollars,
        without_links=shown.dollars - shown.saved,
    )
    rows.append(_cost_row("in all", whole))
    print_table(
        "What the networks would charge, in US dollars",
        ["month", "posts", "with a link", "dollars", "without links"],
        rows,
    )
    if whole.with_link:
        posts = plural(whole.with_link, "post")
        say(
            f"Links make up ${shown.saved:.2f} of the ${whole.dollars:.2f}: {posts} with a link;"
            f" without links all of it would cost ${whole.without_links:.2f}."
        )


def _cost_row(when: str, month: MonthlyCost) -> list[str]:
    dollars, plain = f"{month.dollars:.2f}", f"{month.without_links:.2f}"
    return [when, str(month.posts), str(month.with_link), dollars, plain]


def _and(languages: Sequence[str]) -> str:
    return " and ".join(languages)
