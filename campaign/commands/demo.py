"""The newcomer's first command: the whole campaign, as it would go out, with nothing sent."""

import os
import sys
import webbrowser
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from campaign import demonstration
from campaign.authoring import load as loading
from campaign.commands.content import read_and_plan, show
from campaign.commands.frame.call import WELL, Call
from campaign.commands.frame.lines import prepare_log
from campaign.commands.frame.output import count, plural, print_findings, print_table, say
from campaign.commands.serve import asked_to_stop, pages, until
from campaign.commands.setup import migrate
from campaign.core.finding import Finding
from campaign.core.problem import Problem
from campaign.decisions import approving
from campaign.demonstration import ADMIN, SECOND, STAFF, VOLUNTEER
from campaign.models import Post
from campaign.people.roles import Role, add_user
from campaign.planning.plan import Plan
from campaign.states import Status


def demo(call: Call) -> int:
    """Sets up a database of its own, shows the campaign's whole dry run, then serves its pages."""
    migrate()
    library, planned = read_and_plan(call, ())
    people = _people()
    loading.load(planned, library, call.clock(), people[VOLUNTEER], answered=True)
    shown: set[Finding] = set()
    for delivery in planned.planned:
        show(delivery, call)
        shown.update(delivery.findings)
    print_findings(finding for finding in planned.findings if finding not in shown)
    _summary(planned, call.config.site.timezone)
    if call.arguments.print_only:
        return WELL
    _approve(people[SECOND], call)
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


def _approve(by: User, call: Call) -> None:
    """Most posts are approved, so that the queue and the calendar have something to show; the last ones wait."""
    drafts = Post.objects.filter(example=False, deliveries__status=Status.DRAFT)
    waiting = list(drafts.distinct().order_by("key"))
    left_waiting = max(4, len(waiting) // 4)
    for post in waiting[:-left_waiting]:
        with suppress(Problem):  # one that may not be approved waits too
            approving.approve(post, by, call.clock(), call.config.site.timezone)


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
