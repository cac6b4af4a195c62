"""Approving: a second pair of eyes lets a post into the queue."""

from campaign.authoring.load import find_post
from campaign.commands.frame.call import FAILED, WELL, Call
from campaign.commands.frame.output import complain, plural, say
from campaign.core.problem import Problem
from campaign.decisions import approving
from campaign.models import Post
from campaign.people.roles import find_user, need_decider
from campaign.states import Stage, Status


def approve(call: Call) -> int:
    """Approves posts as they were loaded. One that may not be approved is reported and does not stop the others."""
    arguments, now = call.arguments, call.clock()
    zone = call.config.site.timezone
    own = call.config.publishing.own_approval
    by = find_user(arguments.by)
    need_decider(by)
    posts = _waiting() if arguments.all else [find_post(written) for written in arguments.posts]
    queued, refused = 0, []
    for post in dict.fromkeys(posts):
        try:
            number, kept_back = approving.approve(post, by, now, zone, own=own)
        except Problem as problem:
            number, kept_back = 0, [str(problem)]
        queued += number
        refused += kept_back
    for sentence in refused:
        complain(sentence)
    if queued or refused:
        say(f"{plural(queued, 'delivery', 'deliveries')} approved by {by.username} and queued.")
    else:
        say("Nothing waits for approval: see how everything stands with scheduler.py queue.")
    # With --all, some are refused as a rule (one's own, for instance): that is a failure only when nothing was queued.
    is_enough = arguments.all and queued
    return FAILED if refused and not is_enough else WELL


def _waiting() -> list[Post]:
    """The planned posts with a draft delivery, by key; without examples, which are never published."""
    posts = Post.objects.filter(
        deliveries__status=Status.DRAFT, stage=Stage.PLANNED, example=False
    )
    return list(posts.distinct().order_by("key"))
