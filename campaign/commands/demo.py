"""The newcomer's first command: the whole campaign, as it would go out, with nothing sent."""

from collections import Counter

from campaign.commands.call import WELL, Call
from campaign.commands.content import read_and_plan, show
from campaign.commands.output import count, plural, print_findings, print_table, say
from campaign.commands.setup import migrate
from campaign.delivery import load as loading
from campaign.delivery.plan import Plan
from campaign.problem import Problem


def demo(call: Call) -> int:
    """Sets up the database, loads the campaign and shows its dry run, delivery by delivery."""
    if not call.config.publishing.dry_run:
        raise Problem(
            "dry_run is off in config.toml, and a demonstration must not touch a real queue: turn it on first."
        )
    migrate()
    library, planned = read_and_plan(call, ())
    loading.load(planned, library, call.clock(), None)
    for one in planned.planned:
        show(one, call)
    told = {finding for one in planned.planned for finding in one.findings}
    print_findings(finding for finding in planned.findings if finding not in told)
    _summary(planned, call)
    return WELL


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
    say("Nothing was sent: nothing goes out before somebody has approved it. The next steps:")
    say("  .venv/bin/python scheduler.py user add YOU --role staff")
    say("  .venv/bin/python scheduler.py approve --all --by YOU")
    say("  .venv/bin/python scheduler.py queue")
