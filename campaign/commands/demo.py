"""The newcomer's first command: the whole campaign, as it would go out, with nothing sent."""

import os
import sys
import webbrowser
from collections import Counter
from contextlib import suppress

from django.contrib.auth.models import User

from campaign import demonstration
from campaign.authoring import load as loading
from campaign.commands.content import read_and_plan, show
from campaign.commands.frame.call import WELL, Call
from campaign.commands.frame.lines import prepare_log
from campaign.commands.frame.output import count, plural, print_findings, print_table, say
from campaign.commands.serve import asked_to_stop, pages, until
from campaign.commands.setup import migrate
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
    loading.load(planned, library, call.clock(), people[VOLUNTEER])
    for one in planned.planned:
        show(one, call)
    told = {finding for one in planned.planned for finding in one.findings}
    print_findings(finding for finding in planned.findings if finding not in told)
    _summary(planned, call)
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
    roles = {VOLUNTEER: Role.VOLUNTEER, STAFF: Role.STAFF, SECOND: Role.STAFF, ADMIN: Role.ADMIN}
    return {name: add_user(name, role)[0] for name, role in roles.items()}


def _approve(by: User, call: Call) -> None:
    """Most posts are approved, so that the queue and the calendar have something to show; the last ones wait."""
    waiting = list(
        Post.objects.filter(example=False, deliveries__status=Status.DRAFT)
        .distinct()
        .order_by("key")
    )
    for post in waiting[: -max(4, len(waiting) // 4)]:
        with suppress(Problem):
            approving.approve(post, by, call.clock(), call.config.site.timezone)


def _has_browser() -> bool:
    """Whether there is a screen; a browser of the terminal would cover what was just printed."""
    return sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def _summary(planned: Plan, call: Call) -> None:
    zone = call.config.site.timezone
    times = [one.due.at.astimezone(zone) for one in planned.planned if one.due]
    per_channel = Counter((one.channel.name, one.channel.language) for one in planned.planned)
    print_table(
        "Summary of the dry run",
        ["channel", "language", "deliveries"],
        [[*name, str(number)] for name, number in sorted(per_channel.items())],
    )
    posts = len({one.post.key for one in planned.planned})
    say(
        f"{plural(posts, 'post')}, {plural(len(planned.planned), 'delivery', 'deliveries')}, {count(planned.findings)}."
    )
    examples = len({one.post.key for one in planned.planned if one.post.example})
    if examples:
        say(
            f"{plural(examples, 'of the posts is an example and is', 'of the posts are examples and are')} never published."
        )
    if times:
        first, last = f"{times[0]:%Y-%m-%d at %H:%M}", f"{times[-1]:%Y-%m-%d at %H:%M}"
        say(f"The first would go out on {first}, the last on {last} ({zone.key}).")
    say("Nothing was sent, and nothing goes out before somebody has approved it.")
