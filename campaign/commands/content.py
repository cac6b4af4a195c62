"""Files: check them, load them, preview what would go out."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import DatabaseError

from campaign.authoring import load as loading
from campaign.authoring.web_posts import current
from campaign.commands.frame.call import FAILED, WELL, Call
from campaign.commands.frame.output import (
    complain,
    count,
    plural,
    print_findings,
    print_json,
    print_line,
    progress,
    say,
)
from campaign.content.library import Library, read_library
from campaign.content.post import PostFile
from campaign.content.thread import parts
from campaign.core.finding import Finding, Level, Place, error
from campaign.core.problem import Problem
from campaign.people.roles import find_user
from campaign.planning.known import known_now
from campaign.planning.plan import Known, Plan, Planned, plan
from campaign.publishers import open_publishers
from campaign.publishers.publisher import Unreachable


def check(call: Call) -> int:
    """Prints every finding as file:line: level: sentence."""
    library, planned = read_and_plan(call, call.arguments.paths)
    findings = [*planned.findings, *(_online(call) if call.arguments.online else ())]
    if call.arguments.json:
        print_json([_finding_row(finding) for finding in findings])
    else:
        print_findings(findings)
        posts, deliveries = len(library.posts), len(planned.planned)
        say(
            f"{plural(posts, 'post')}, {plural(deliveries, 'delivery', 'deliveries')}: {count(findings)}."
        )
    return FAILED if any(finding.level is Level.ERROR for finding in findings) else WELL


def load(call: Call) -> int:
    """Checks, then brings every post without an error into the database."""
    by = find_user(call.arguments.by) if call.arguments.by else None
    library, planned = read_and_plan(call, call.arguments.paths)
    print_findings(planned.findings)
    loaded = loading.load(planned, library, call.clock(), by, answered=call.arguments.yes)
    for sentence in (*loaded.lost_approvals, *(loaded.questions if loaded.answered else ())):
        say(sentence)
    waiting = () if loaded.answered else loaded.questions
    for sentence in waiting:
        complain(sentence)
    if waiting:
        complain(
            f"Not moved: {plural(len(waiting), 'delivery', 'deliveries')}. To answer yes, load again with --yes."
        )
    kept_out = sorted(planned.posts_with_errors() | library.broken)
    for key in kept_out:
        complain(
            f"{key} was not loaded, because of its errors; what the queue has of it stays as it was."
        )
    said = ", ".join(_counted(number, what) for what, number in loaded.counts.items())
    say(f"Loaded: {said or 'nothing'}.")
    return FAILED if planned.errors() or waiting else WELL


def _counted(number: int, what: str) -> str:
    if number == 1:
        for several, one in (("posts", "post"), ("deliveries", "delivery"), ("they are", "it is")):
            what = what.replace(several, one)
    return f"{number} {what}"


def preview(call: Call) -> int:
    """The exact text that each channel would get, its length and its findings."""
    library, _ = read_and_plan(call, ())
    key = _find(library, call.arguments.post)
    _, planned = read_and_plan(call, [_file(library.posts[key])])
    channel = call.arguments.channel
    shown = [one for one in planned.planned if channel in (None, one.channel.name)]
    if not shown:
        raise Problem(
            f'{key} does not go to a channel "{channel}": its channels are {_channels(planned)}.'
        )
    if call.arguments.json:
        print_json([planned_row(one) for one in shown])
    else:
        for one in shown:
            show(one, call)
    return (
        FAILED
        if any(finding.level is Level.ERROR for one in shown for finding in one.findings)
        else WELL
    )


def read_and_plan(call: Call, paths: Sequence[Path]) -> tuple[Library, Plan]:
    """Reads the files and plans them against what the queue knows."""
    for path in paths:
        if not os.path.lexists(path):
            raise Problem(f"{path} does not exist: name a post file or a folder of posts.")
    content = call.config.content
    library = _with_the_web(read_library(content.posts, content.templates, paths), call)
    now = call.clock()
    return library, plan(library, call.config, now, _known(call), _bar)


def show(one: Planned, call: Call) -> None:
    """One delivery as a person reads it: when, where, the text, its length, its findings."""
    zone = call.config.site.timezone
    when = f"{one.due.at.astimezone(zone):%a %Y-%m-%d %H:%M}" if one.due else "no time"
    number = len(parts(one.text))
    of_parts = f"{number} parts, the longest " if number > 1 else ""
    how_long = f"({of_parts}{one.length} of {one.limit})" + (
        "  example, never published" if one.post.example else ""
    )
    what = f"  {one.channel.language}  {one.post.key}  {how_long}"
    print_line((when, "bold"), "  ", (one.channel.name, "bold"), what)
    for line in (one.text or "(no text)").split("\n"):
        print_line(f"    {line}")
    for picture in one.post.pictures:
        alt = picture.alts.get(one.channel.language, "no description")
        print_line(f"    Picture {picture.file.name}: {alt}")
    print_findings(one.findings)
    print_line()


def planned_row(one: Planned) -> dict[str, object]:
    """A planned delivery for programs."""
    return {
        "post": one.post.key,
        "campaign": one.post.campaign,
        "kind": one.post.kind.value,
        "channel": one.channel.name,
        "network": one.channel.network,
        "language": one.channel.language,
        "due_at": one.due.at if one.due else None,
        "text": one.text,
        "length": one.length,
        "limit": one.limit,
        "findings": [_finding_row(finding) for finding in one.findings],
    }


def _finding_row(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.place.file,
        "line": finding.place.line,
        "level": finding.level.value,
        "code": finding.code,
        "message": finding.message,
    }


def _with_the_web(library: Library, call: Call) -> Library:
    """What was written in the web since stands instead of its file's words."""
    try:
        return current(library, call.config.web.uploads, call.config.site.timezone)
    except DatabaseError:
        return library


def _known(call: Call) -> Known:
    """Files can be checked without a database; with one, what is out already is no news."""
    try:
        return known_now(call.clock())
    except DatabaseError:
        return Known()


def _bar(posts: Iterable[PostFile]) -> Iterable[PostFile]:
    return progress(list(posts), "Reading posts")


def _online(call: Call) -> Iterable[Finding]:
    """Asks each network whether it accepts the channel's keys. Nothing is posted."""
    opened = open_publishers(call.config, call.clock, dry_run=False)
    place = Place(call.config.file or "config.toml")
    for sentence in opened.problems.values():
        yield error("keys", sentence, place)
    for name, publisher in opened.publishers.items():
        try:
            wrong = publisher.verify()
        except Unreachable as problem:
            wrong = str(problem)
        if wrong:
            yield error("keys", f"Channel {name}: {wrong}", place)


def _find(library: Library, written: str) -> str:
    """The post of the folder that a person means, by campaign/name, name or file. Raises Problem."""
    name = written.removesuffix(".toml").rstrip("/")
    key = "/".join(name.split("/")[-2:])
    found = (
        [key]
        if key in library.posts
        else [key for key in library.posts if key.split("/")[1] == name]
    )
    if len(found) == 1:
        return found[0]
    if key in library.broken or any(broken.split("/")[1] == name for broken in library.broken):
        raise Problem(f'The post "{written}" cannot be read: run scheduler.py check to see why.')
    example = next(iter(library.posts), "mbc/what-is-mbc")
    raise Problem(f'There is no one post "{written}": write campaign/name, such as {example}.')


def _file(post: PostFile) -> Path:
    return Path(post.file.name)


def _channels(planned: Plan) -> str:
    return ", ".join(one.channel.name for one in planned.planned) or "none"
