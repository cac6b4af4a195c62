"""`rehearse`: the campaign on a simulated clock. Nothing is sent, and the queue stays as it is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
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
from campaign.core.finding import Finding
from campaign.core.problem import Problem
from campaign.core.sentence import stored
from campaign.core.span import say_span
from campaign.rehearsal.play import moment_of
from campaign.rehearsal.play import rehearse as play
from campaign.rehearsal.result import Came, Rehearsal, TimelineEntry, local_day
from campaign.rehearsal.timeline import Wish

CAME: Mapping[Came, Piece] = {
    Came.OUT: ("out", "green"),
    Came.LATER: ("later", "yellow"),
    Came.MISSED: ("missed", "bold red"),
    Came.HELD: ("held back", "bold red"),
    Came.REFUSED: ("refused", "bold red"),
    Came.UNAPPROVED: ("not approved", "bold red"),
    Came.UNTOLD: ("consent not known here", "cyan"),
    Came.EXAMPLE: ("example", "cyan"),
}


def rehearse(call: Call) -> int:
    """Plays the campaign and prints what it shows. Fails when there are errors, or posts that would not go out."""
    arguments, zone = call.arguments, call.config.site.timezone
    first = getattr(arguments, "from")  # "from" is a word of Python
    wish = Wish(
        start=moment_of(first, call.clock(), zone),
        last=arguments.to,
        campaign=arguments.campaign or "",
        approved_only=arguments.approved_only,
        anew=arguments.anew,
    )
    try:
        shown = play(call.config, wish, call.clock, _reading, _playing)
    except Problem as problem:
        if arguments.json:  # the page has it said in its reader's language
            print_json({"problem": str(problem), "problem_kept": stored(str(problem))})
        raise
    if arguments.json:
        print_json(as_json(shown))
    else:
        _tell(shown, call)
    return WELL if shown.is_well else FAILED


def as_json(shown: Rehearsal) -> dict[str, object]:
    """A rehearsal for programs, and for the pages. Times are UTC, dates are local, money is in US dollars."""
    return {
        "from": shown.first,
        "to": shown.last,
        "well": shown.is_well,
        "from_files": shown.from_files,
        "doubted": shown.doubted,
        "timeline": [_entry_row(entry) for entry in shown.timeline],
        "findings": [_finding_row(finding) for finding in shown.findings],
        "expiring": [
            {"what": expiry.what, "key": expiry.key, "last": expiry.last, "posts": expiry.posts}
            for expiry in shown.expiries
        ],
        "gaps": [
            {"channel": gap.channel, "from": gap.first, "to": gap.last} for gap in shown.gaps
        ],
        "too_close": [
            {"channel": pair.channel, "first": pair.first, "second": pair.second}
            for pair in shown.close
        ],
        "too_many": [
            {"channel": full.channel, "day": full.day, "posts": full.posts, "most": full.most}
            for full in shown.full
        ],
        "falls_on": [
            {
                "day": falls.day,
                "id": falls.name.id,
                "name": dict(falls.name.names),
                "quiet": falls.name.quiet,
                "posts": falls.posts,
            }
            for falls in shown.falls
        ],
        "alone": [
            {"post": alone.post, "out": alone.out, "missing": alone.missing}
            for alone in shown.alone
        ],
        "x_charges": _charges(shown),
    }


def _charges(shown: Rehearsal) -> dict[str, object]:
    months = [
        {
            "month": f"{month.first:%Y-%m}",
            "posts": month.posts,
            "with_link": month.with_link,
            "dollars": round(month.dollars, 3),
        }
        for month in shown.months
    ]
    return {"months": months, "dollars": round(shown.dollars, 3)}


def _entry_row(entry: TimelineEntry) -> dict[str, object]:
    return {
        "at": entry.at,
        "due_at": entry.due_at,
        "post": entry.post,
        "campaign": entry.campaign,
        "channel": entry.channel,
        "network": entry.network,
        "language": entry.language,
        "length": entry.length,
        "links": entry.links,
        "dollars": round(entry.cost, 3),
        "outcome": entry.came.value,
        "reason": entry.reason or None,
        "reason_kept": stored(entry.reason) or None,
    }


def _finding_row(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.place.file,
        "line": finding.place.line,
        "level": finding.level.value,
        "code": finding.code,
        "message": finding.message,
        "message_kept": stored(finding.message),
    }


def _reading(posts: Iterable[PostFile]) -> Iterable[PostFile]:
    return progress(list(posts), "Reading posts")


def _playing(days: Sequence[date]) -> Iterable[date]:
    return progress(days, "Playing days")


def _tell(shown: Rehearsal, call: Call) -> None:
    _tell_timeline(shown, call)
    print_findings(shown.findings)
    for sentence in sentences(shown, call):
        say(sentence)
    _tell_costs(shown)
    out = plural(len(shown.out), "delivery", "deliveries")
    failures = plural(len(shown.failures), "delivery", "deliveries")
    say(
        f"From {shown.first} to {shown.last}: {out} would go out,"
        f" {failures} would not; {count(shown.findings)}. Nothing was sent."
    )


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
    zone = call.config.site.timezone
    for pair in shown.close:
        gap = "no time"
        if pair.first != pair.second:
            gap = say_span(pair.second - pair.first)
        first = pair.first.astimezone(zone)
        second = pair.second.astimezone(zone)
        yield f"Two posts on {pair.channel} have {gap} between them: {first:%Y-%m-%d %H:%M} and {second:%H:%M}."
    for full in shown.full:
        yield f"{full.day} has {full.posts} posts on {full.channel}; at most {full.most} go out a day."


def _about_the_queue(shown: Rehearsal) -> Iterable[str]:
    if shown.doubted:
        said = plural(shown.doubted, "delivery is", "deliveries are")
        yield f"{said} in doubt now and left out: settle that first with the resolve command."
    if shown.from_files:
        yield "There is no queue here, so the files alone were rehearsed, with no consent and no pause."


def _tell_costs(shown: Rehearsal) -> None:
    if not shown.months:
        return
    rows = []
    posts = with_link = 0
    for month in shown.months:
        posts += month.posts
        with_link += month.with_link
        rows.append(
            _cost_row(f"{month.first:%Y-%m}", month.posts, month.with_link, month.dollars)
        )
    rows.append(_cost_row("in all", posts, with_link, shown.dollars))
    print_table(
        "What the networks would charge, in US dollars",
        ["month", "posts", "with a link", "dollars"],
        rows,
    )


def _cost_row(when: str, posts: int, with_link: int, dollars: float) -> list[str]:
    return [when, str(posts), str(with_link), f"{dollars:.2f}"]


def _and(languages: Sequence[str]) -> str:
    return " and ".join(languages)
