"""The newcomer's first command: the whole campaign, as it would go out, with nothing sent."""

import os
import sys
import webbrowser
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.db.models import Min

from campaign import demonstration
from campaign.authoring import load as loading
from campaign.commands.content import read_and_plan, show
from campaign.commands.frame.call import WELL, Call
from campaign.commands.frame.lines import prepare_log
from campaign.commands.frame.output import count, plural, print_findings, print_table, say
from campaign.commands.serve import asked_to_stop, pages, until
from campaign.commands.setup import migrate
from campaign.content.library import Library
from campaign.core.finding import Finding
from campaign.core.problem import Problem
from campaign.decisions import approving
from campaign.demonstration import ADMIN, SECOND, STAFF, VOLUNTEER
from campaign.models import Delivery, Post
from campaign.people.roles import Role, add_user
from campaign.planning.plan import Plan
from campaign.rehearsal.play import play_past
from campaign.states import Status

PREPARED = timedelta(days=21)
"""So long before its awareness day the campaign of the demonstration was loaded and approved."""


def demo(call: Call) -> int:
    """Sets up a database of its own, shows the campaign's whole dry run, then serves its pages."""
    migrate()
    people = _people()
    is_new = not Delivery.objects.exclude(status=Status.DRAFT).exists()
    began = _began(call) if is_new else call.clock()
    library, planned = read_and_plan(call, (), began)
    loading.load(planned, library, began, people[VOLUNTEER], answered=True)
    shown: set[Finding] = set()
    for delivery in planned.planned:
        show(delivery, call)
        shown.update(delivery.findings)
    print_findings(finding for finding in planned.findings if finding not in shown)
    _summary(planned, call.config.site.timezone)
    _say_what_moved(library)
    if call.arguments.print_only:
        return WELL
    if is_new:
        _approve(people[SECOND], began, call)
    play_past(call.config, call.clock())
    prepare_log()
    stopped = asked_to_stop()
    with pages(call, call.config.web.port) as port:
        welcome = f"http://127.0.0.1:{port}/welcome/{demonstration.key()}/"
        say(f"The pages are open, and you are signed in, at:\n  {welcome}\nStop with Ctrl+C.")
        if not call.arguments.no_browser and _has_browser():
            webbrowser.open(welcome)
        return until(stopped)


def _people() -> dict[str, User]:
    roles = {
        VOLUNTEER: Role.VOLUNTEER,
        STAFF: Role.STAFF,
        SECOND: Role.STAFF,
        ADMIN: Role.ADMIN,
    }
    return {name: add_user(name, role)[0] for name, role in roles.items()}


def _began(call: Call) -> datetime:
    """When the team of the demonstration set to work: now, or some days before a campaign that was laid around today."""
    began = call.clock()
    zone = call.config.site.timezone
    for on in call.config.moved_days.values():
        prepared = on - PREPARED
        at = datetime.combine(prepared, time(10), zone)
        began = min(began, at.astimezone(UTC))
    return began


def _approve(by: User, began: datetime, call: Call) -> None:
    """What is out by now was approved; of what is to come, every second post waits for the visitor."""
    now, zone = call.clock(), call.config.site.timezone
    drafts = Post.objects.filter(example=False, deliveries__status=Status.DRAFT)
    waiting = drafts.annotate(due=Min("deliveries__due_at")).order_by("due", "key")
    to_come = 0
    for post in waiting:
        to_come += post.due > now
        if to_come % 2 == 0:
            with suppress(Problem):  # one that may not be approved waits too
                approving.approve(post, by, began, zone)


def _say_what_moved(library: Library) -> None:
    for key, on in demonstration.moved_days().items():
        name = library.days[key].names["en"]
        say(
            f"For this demonstration, {name} is moved to {on:%Y-%m-%d}, and the campaign with it."
        )


def _has_browser() -> bool:
    """Whether there is a screen; a browser of the terminal would cover what was just printed."""
    return sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def _summary(plan: Plan, zone: ZoneInfo) -> None:
    planned, posts = plan.planned, {}
    numbers: Counter[tuple[str, str]] = Counter()
    for delivery in planned:
        post, channel = delivery.post, delivery.channel
        posts[post.key] = post
        numbers[channel.name, channel.language] += 1
    rows = [[*key, str(number)] for key, number in sorted(numbers.items())]
    columns = ["channel", "language", "deliveries"]
    print_table("Summary of the dry run", columns, rows)
    deliveries = plural(len(planned), "delivery", "deliveries")
    findings = count(plan.findings)
    say(f"{plural(len(posts), 'post')}, {deliveries}, {findings}.")
    examples = sum(post.example for post in posts.values())
    if examples:
        are = "of the posts is an example and is", "of the posts are examples and are"
        say(f"{plural(examples, *are)} never published.")
    _say_times([delivery.due.at for delivery in planned if delivery.due], zone)
    say("Nothing was sent, and nothing goes out before somebody has approved it.")


def _say_times(times: Sequence[datetime], zone: ZoneInfo) -> None:
    """Says when the first and the last go out: the times are in due order."""
    if not times:
        return
    first = f"{times[0].astimezone(zone):%Y-%m-%d at %H:%M}"
    last = f"{times[-1].astimezone(zone):%Y-%m-%d at %H:%M}"
    say(f"The first would go out on {first}, the last on {last} ({zone.key}).")
