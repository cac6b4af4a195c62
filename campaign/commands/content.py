"""Files: check them, load them, preview what would go out."""

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from django.db import DatabaseError

from campaign.authoring import load as loading
from campaign.authoring.compose import Desk
from campaign.authoring.shared import written_out
from campaign.authoring.shared.campaigns import version_of
from campaign.authoring.shared.written import sources, with_shared
from campaign.authoring.shared.written_out import WrittenOut
from campaign.authoring.web_posts import current
from campaign.checks.catalog import with_levels
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
from campaign.config import Config
from campaign.content.library import Library, read_library
from campaign.content.post import PostFile
from campaign.core.finding import Finding, Level, Place, did_you_mean, error
from campaign.core.problem import Asked, Problem
from campaign.core.sentence import Sentence
from campaign.database.accounts import config_in_force
from campaign.delivery.clocks import agreement
from campaign.models import Post
from campaign.people.roles import find_user
from campaign.planning.known import known_now
from campaign.planning.plan import Plan, Planned, plan
from campaign.planning.times import Known
from campaign.publishers import open_publishers, posts_of
from campaign.publishers.accounts import shared_accounts
from campaign.publishers.publisher import Unreachable


def check(call: Call) -> int:
    """Prints every finding as file:line: level: sentence. Fails when one of them is an error."""
    library, planned = read_and_plan(call, call.arguments.paths)
    findings = list(planned.findings)
    heard = _online(call) if call.arguments.online else Heard()
    findings += [*heard.findings, *_shared(call, heard.accounts)]
    if call.arguments.online:
        # Who asks nothing of the web needs none of what speaks to it.
        from campaign.planning.online import check_online  # noqa: PLC0415

        findings += check_online(library, planned, call.config)
    if call.arguments.json:
        print_json([_finding_row(finding) for finding in findings])
    else:
        print_findings(findings)
        posts = plural(len(library.posts), "post")
        deliveries = plural(len(planned.planned), "delivery", "deliveries")
        say(f"{posts}, {deliveries}: {count(findings)}.")
    return _status(findings)


def load(call: Call) -> int:
    """Checks, then brings every post without an error into the database. Fails on an error, or on a question unanswered."""
    arguments = call.arguments
    by = find_user(arguments.by) if arguments.by else None
    library, planned = read_and_plan(call, arguments.paths)
    print_findings(planned.findings)
    try:
        loaded = loading.load(planned, library, call.clock(), by, answered=arguments.yes)
    except Asked as asked:
        return _not_loaded(asked)
    settled = loaded.questions if loaded.answered else []
    waiting = [] if loaded.answered else loaded.questions
    for sentence in (*loaded.lost_approvals, *settled):
        say(sentence)
    for sentence in waiting:
        complain(sentence)
    if waiting:
        not_moved = plural(len(waiting), "delivery", "deliveries")
        complain(f"Not moved: {not_moved}. To answer yes, load again with --yes.")
    kept_out = sorted(planned.posts_with_errors() | library.broken)
    for key in kept_out:
        complain(
            f"{key} was not loaded, because of its errors; what the queue has of it stays as it was."
        )
    counts = [_counted(number, what) for what, number in loaded.counts.items()]
    say(f"Loaded: {', '.join(counts) or 'nothing'}.")
    return FAILED if planned.errors() or waiting else WELL


def _not_loaded(asked: Asked) -> int:
    for sentence in asked.questions:
        complain(sentence)
    complain(
        "Nothing was loaded, and nothing has changed. If all of this is meant, load again with --yes."
    )
    return FAILED


_SINGULARS = {"posts": "post", "deliveries": "delivery", "they are": "it is"}


def _counted(number: int, what: str) -> str:
    if number == 1:
        for plural_form, singular in _SINGULARS.items():
            what = what.replace(plural_form, singular)
    return f"{number} {what}"


def preview(call: Call) -> int:
    """Prints the exact text that each channel would get, its length and its findings. Fails when one is an error.

    Raises Problem when there is no such post, or it does not go to that channel.
    """
    library, _ = read_and_plan(call, ())
    key = _find(library, call.arguments.post)
    _, planned = read_and_plan(call, [_file(library.posts[key])])
    channel = call.arguments.channel
    shown = [
        delivery for delivery in planned.planned if channel in (None, delivery.channel.name)
    ]
    if not shown:
        raise Problem(
            f'{key} does not go to a channel "{channel}": its channels are {_channels(planned)}.'
        )
    if call.arguments.json:
        print_json([planned_row(delivery) for delivery in shown])
    else:
        for delivery in shown:
            show(delivery, call)
    return _status(finding for delivery in shown for finding in delivery.findings)


def write_files(call: Call) -> int:
    """Writes what was written in the pages below a folder, as files. Raises Problem for an unknown campaign, and where files
    are there already that say something else."""
    content, wanted = call.config.content, call.arguments.campaign
    files = read_library(content.posts, content.templates, languages=call.config.site.languages)
    desk = Desk(call.config, with_shared(files, sources()))
    of_posts = Post.objects.values_list("campaign", flat=True).distinct()
    slugs = {*desk.library.campaigns, *of_posts}
    if wanted and wanted not in slugs:
        nearest = did_you_mean(wanted, slugs)
        raise Problem(Sentence('"{0}" is not a campaign; {1}', wanted, nearest))
    for slug in [wanted] if wanted else sorted(slugs):
        out = written_out.files_of_campaign(slug, desk)
        if wanted or out.posts or version_of(slug):
            written_out.write_into(call.arguments.folder, out)
            say(f"{slug}: {plural(len(out.files), 'file')}{_kept_here(out)}.")
            if out.facts:
                say(f"Its posts rely on facts of the pages, too: {', '.join(out.facts)}.")
    return WELL


def _kept_here(out: WrittenOut) -> str:
    stories, drafts = plural(out.stories, "story", "stories"), plural(out.drafts, "draft")
    return f"; {stories} and {drafts} stay here" if out.stories or out.drafts else ""


def _status(findings: Iterable[Finding]) -> int:
    return FAILED if any(finding.level is Level.ERROR for finding in findings) else WELL


def read_and_plan(
    call: Call, paths: Sequence[Path], now: datetime | None = None
) -> tuple[Library, Plan]:
    """Reads the files and plans them against the deliveries in the database, as of now or of the moment that is named.
    Without paths, all of the folders that config.toml names. Raises Problem for a path that does not exist."""
    for path in paths:
        if not os.path.lexists(path):
            raise Problem(f"{path} does not exist: name a post file or a folder of posts.")
    library = read_posts(call, paths)
    moment = now or call.clock()
    return library, plan(library, _config(call), moment, _known(call), _bar)


def read_posts(call: Call, paths: Sequence[Path] = ()) -> Library:
    """The posts as they read now: files, and what was written in the web."""
    content = call.config.content
    languages = call.config.site.languages
    moved = call.config.moved_days
    files = read_library(content.posts, content.templates, paths, languages, moved)
    return _with_the_web(files, call)


def show(delivery: Planned, call: Call) -> None:
    """Prints a planned delivery: its local time, where it goes, the text, its length, its findings."""
    post, channel = delivery.post, delivery.channel
    when = "no time"
    if delivery.due:
        local = delivery.due.at.astimezone(call.config.site.timezone)
        when = f"{local:%a %Y-%m-%d %H:%M}"
    number = len(posts_of(delivery.text, channel.network))
    of_parts = f"{number} parts, the longest " if number > 1 else ""
    example = "  example, never published" if post.example else ""
    how_long = f"({of_parts}{delivery.length} of {delivery.limit}){example}"
    what = f"  {channel.language}  {post.key}  {how_long}"
    print_line((when, "bold"), "  ", (channel.name, "bold"), what)
    text = delivery.text or "(no text)"
    for line in text.split("\n"):
        print_line(f"    {line}")
    for picture in post.pictures:
        alt = picture.alts.get(channel.language, "no description")
        print_line(f"    Picture {picture.file.name}: {alt}")
    if delivery.link:
        print_line(f"    Link beside the text: {delivery.link}")
    print_findings(delivery.findings)
    print_line()


def planned_row(delivery: Planned) -> dict[str, object]:
    """A planned delivery for programs; its time in UTC, or None."""
    return {
        "post": delivery.post.key,
        "campaign": delivery.post.campaign,
        "kind": delivery.post.kind.value,
        "channel": delivery.channel.name,
        "network": delivery.channel.network,
        "language": delivery.channel.language,
        "due_at": delivery.due.at if delivery.due else None,
        "text": delivery.text,
        "link": delivery.link or None,
        "length": delivery.length,
        "limit": delivery.limit,
        "findings": [_finding_row(finding) for finding in delivery.findings],
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
    """The library with what was written in the web: what posts share, and their versions in place of their files."""
    try:
        library = with_shared(library, sources())
        return current(library, call.config.web.uploads, call.config.site.timezone)
    except DatabaseError:  # files can be checked without a database
        return library


def _config(call: Call) -> Config:
    """With the times of accounts that were set in the pages."""
    try:
        return config_in_force(call.config)
    except DatabaseError:  # files can be checked without a database
        return call.config


def _known(call: Call) -> Known:
    """What the plan needs from the database: what is out already, for instance."""
    try:
        return known_now(call.clock())
    except DatabaseError:  # files can be checked without a database
        return Known()


def _bar(posts: Iterable[PostFile]) -> Iterable[PostFile]:
    return progress(list(posts), "Reading posts")


class Heard(NamedTuple):
    """What the networks said of the keys: an error for each channel whose keys are missing or not accepted, and the
    accounts' ids by channel."""

    findings: Sequence[Finding] = ()
    accounts: Mapping[str, str] = MappingProxyType({})


def _online(call: Call) -> Heard:
    """Asks every network. Nothing is posted."""
    opened = open_publishers(call.config, call.clock, dry_run=False)
    place = _configuration(call)
    findings = [error("keys", sentence, place) for sentence in opened.problems.values()]
    for name, publisher in opened.publishers.items():
        try:
            wrong = publisher.verify()
        except Unreachable as problem:
            wrong = str(problem)
        if wrong:
            findings.append(error("keys", f"Channel {name}: {wrong}", place))
    limit = call.config.publishing.clock_limit
    for told in agreement.compared(opened.publishers, call.clock, limit):
        findings.append(error("clock", told.sentence, place))
    accounts = {name: publisher.account_id for name, publisher in opened.publishers.items()}
    return Heard(findings, accounts)


def _shared(call: Call, accounts: Mapping[str, str]) -> Iterable[Finding]:
    """The channels that are one account, as far as their keys tell or their networks have told."""
    shared = shared_accounts(call.config.channels.values(), accounts)
    findings = [each.finding(_configuration(call)) for each in shared]
    return with_levels(findings, call.config.checks)


def _configuration(call: Call) -> Place:
    return Place(call.config.file or "config.toml")


def _find(library: Library, written: str) -> str:
    """The key of the post that is meant, by campaign/name, name or file. Raises Problem when there is not exactly one."""
    name = written.removesuffix(".toml").rstrip("/")
    key = "/".join(name.split("/")[-2:])
    if key in library.posts:
        return key
    keys = _keys_of(name, library.posts)
    if len(keys) == 1:
        return keys[0]
    if key in library.broken or _keys_of(name, library.broken):
        raise Problem(
            f'The post "{written}" cannot be read: run scheduler.py check to see why.'
        )
    example = next(iter(library.posts), "mbc/what-is-mbc")
    raise Problem(f'There is no one post "{written}": write campaign/name, such as {example}.')


def _keys_of(name: str, keys: Iterable[str]) -> list[str]:
    """Those of the keys, campaign/name each, that have this name."""
    return [key for key in keys if key.split("/")[1] == name]


def _file(post: PostFile) -> Path:
    return Path(post.file.name)


def _channels(planned: Plan) -> str:
    return ", ".join(delivery.channel.name for delivery in planned.planned) or "none"
