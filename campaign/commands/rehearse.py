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
    """Plays the campaign, tells what it shows. Status 1 when there are errors, or posts that would not go out."""
    arguments, zone = call.arguments, call.config.site.timezone
    wish = Wish(
        start=moment_of(getattr(arguments, "from"), call.clock(), zone),
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
        "timeline": [_entry_row(one) for one in shown.timeline],
        "findings": [_finding_row(one) for one in shown.findings],
        "expiring": [
            {"what": one.what, "key": one.key, "last": one.last, "posts": one.posts}
            for one in shown.expiries
        ],
        "gaps": [{"channel": one.channel, "from": one.first, "to": one.last} for one in shown.gaps],
        "too_close": [
            {"channel": one.channel, "first": one.first, "second": one.second}
            for one in shown.close
        ],
        "too_many": [
            {"channel": one.channel, "day": one.day, "posts": one.posts, "most": one.most}
            for one in shown.full
        ],
        "falls_on": [
            {
                "day": one.day,
                "id": one.name.id,
                "name": dict(one.name.names),
                "quiet": one.name.quiet,
                "posts": one.posts,
            }
            for one in shown.falls
        ],
        "alone": [
            {"post": one.post, "out": one.out, "missing": one.missing} for one in shown.alone
        ],
        "x_charges": _charges(shown),
    }


def _charges(shown: Rehearsal) -> dict[str, object]:
    months = [
        {
            "month": f"{one.first:%Y-%m}",
            "posts": one.posts,
            "with_link": one.with_link,
            "dollars": round(one.dollars, 3),
        }
        for one in shown.months
    ]
    return {"months": months, "dollars": round(shown.dollars, 3)}


def _entry_row(one: TimelineEntry) -> dict[str, object]:
    return {
        "at": one.at,
        "due_at": one.due_at,
        "post": one.post,
        "campaign": one.campaign,
        "channel": one.channel,
        "network": one.network,
        "language": one.language,
        "length": one.length,
        "links": one.links,
        "dollars": round(one.cost, 3),
        "outcome": one.came.value,
        "reason": one.reason or None,
        "reason_kept": stored(one.reason) or None,
    }


def _finding_row(one: Finding) -> dict[str, object]:
    place = {"file": one.place.file, "line": one.place.line}
    return {
        **place,
        "level": one.level.value,
        "code": one.code,
        "message": one.message,
        "message_kept": stored(one.message),
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
    failures = plural(len(shown.failures), "delivery", "deliveries")
    say(
        f"From {shown.first} to {shown.last}: {plural(len(shown.out), 'delivery', 'deliveries')} would go out,"
        f" {failures} would not; {count(shown.findings)}. Nothing was sent."
    )


def _tell_timeline(shown: Rehearsal, call: Call) -> None:
    """By day; what comes of a post at one moment is one line, whatever the number of its channels."""
    zone = call.config.site.timezone
    alone = {one.post: one.missing for one in shown.alone}
    for day, of_day in groupby(shown.timeline, key=lambda one: local_day(one.at, zone)):
        print_line((f"{day:%a %Y-%m-%d}", "bold"))
        for line in _together(of_day):
            first = line[0]
            missing = alone.get(first.post, ()) if first.came is Came.OUT else ()
            without = f"  without {', '.join(missing)}" if missing else ""
            where = ", ".join(f"{one.channel} {one.length}" for one in line)
            cost = (
                f"  ${sum(one.cost for one in line):.3f}" if any(one.cost for one in line) else ""
            )
            at, what = f"  {first.at.astimezone(zone):%H:%M}  ", f"  {first.post}  {where}"
            print_line(at, CAME[first.came], what, (without, "yellow"), cost + _late(first, zone))
            if first.reason:
                print_line(f"         {first.reason}")


def _together(entries: Iterable[TimelineEntry]) -> list[list[TimelineEntry]]:
    """What is the same but for the channel."""
    found: dict[tuple[object, ...], list[TimelineEntry]] = {}
    for one in entries:
        found.setdefault((one.at, one.due_at, one.post, one.came, one.reason), []).append(one)
    return list(found.values())


def _late(one: TimelineEntry, zone: ZoneInfo) -> str:
    if one.at == one.due_at or one.came not in (Came.OUT, Came.LATER):
        return ""
    return f"  due {one.due_at.astimezone(zone):%Y-%m-%d %H:%M}"


def sentences(shown: Rehearsal, call: Call) -> list[str]:
    """What to look at, besides findings: a sentence each."""
    return [
        *_about_expiries(shown),
        *_about_days(shown, call),
        *_about_crowds(shown, call),
        *(
            f"{one.post} goes out in {_and(one.out)} without {_and(one.missing)}."
            for one in shown.alone
        ),
        *_about_the_queue(shown),
    ]


def _about_expiries(shown: Rehearsal) -> Iterable[str]:
    for one in shown.expiries:
        after = (
            f" Due after that: {', '.join(one.posts)}."
            if one.posts
            else " No post is due after that."
        )
        if one.what == "fact":
            yield f'The fact "{one.key}" is to be reviewed by {one.last}.{after}'
        else:
            yield f"The consent of storyteller {one.key} holds until {one.last}.{after}"


def _about_days(shown: Rehearsal, call: Call) -> Iterable[str]:
    for one in shown.falls:
        name = one.name.names.get(call.config.site.languages[0]) or one.name.id
        kind = "a day of remembrance" if one.name.quiet else "on the calendar"
        yield f"{one.day} is {kind} ({name}), and these go out: {', '.join(one.posts)}."
    silent: dict[tuple[date, date, int], list[str]] = {}
    for gap in shown.gaps:
        silent.setdefault((gap.first, gap.last, gap.days), []).append(gap.channel)
    for (first, last, days), names in silent.items():
        yield f"Nothing goes out from {first} to {last} ({plural(days, 'day')}) on {', '.join(names)}."


def _about_crowds(shown: Rehearsal, call: Call) -> Iterable[str]:
    zone = call.config.site.timezone
    for one in shown.close:
        first, second = one.first.astimezone(zone), one.second.astimezone(zone)
        gap = say_span(one.second - one.first) if one.first != one.second else "no time"
        yield f"Two posts on {one.channel} have {gap} between them: {first:%Y-%m-%d %H:%M} and {second:%H:%M}."
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
    rows = [
        [f"{one.first:%Y-%m}", str(one.posts), str(one.with_link), f"{one.dollars:.2f}"]
        for one in shown.months
    ]
    total = sum(one.posts for one in shown.months), sum(one.with_link for one in shown.months)
    rows.append(["in all", str(total[0]), str(total[1]), f"{shown.dollars:.2f}"])
    print_table(
        "What the networks would charge, in US dollars",
        ["month", "posts", "with a link", "dollars"],
        rows,
    )


def _and(languages: Sequence[str]) -> str:
    return " and ".join(languages)
