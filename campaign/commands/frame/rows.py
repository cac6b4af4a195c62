"""A delivery as a row of a table, for people and for programs."""

from campaign.commands.frame.call import Call
from campaign.consent.rule import tells_of_a_person
from campaign.core.finding import did_you_mean
from campaign.core.problem import Problem
from campaign.listings.paging import values_of
from campaign.listings.rows import DeliveryRow
from campaign.models import Delivery, Post
from campaign.people.roles import find_user, need_decider


def delivery_row(delivery: DeliveryRow) -> dict[str, object]:
    """A delivery for programs, which rely on these keys; times are aware, in UTC."""
    # A person's own words are not given out, nor are they when the reference was taken out of the post.
    is_of_a_person = delivery.was_story or tells_of_a_person(
        delivery.kind, delivery.storyteller
    )
    return {
        "id": delivery.id,
        "post": delivery.post,
        "campaign": delivery.campaign,
        "kind": delivery.kind,
        "channel": delivery.channel,
        "network": delivery.network,
        "language": delivery.language,
        "due_at": delivery.due_at,
        "status": delivery.status,
        "text": None if is_of_a_person else delivery.text,
        "link": delivery.link or None,
        "attempts": delivery.attempts,
        "remote_id": delivery.remote_id or None,
        "url": delivery.url or None,
        "error": delivery.reason or None,
        "next_at": delivery.next_at,
        "latest_at": delivery.latest_at,
        "approved_by": delivery.approved_by,
    }


def known_channel(call: Call, name: str) -> str:
    """The name, if a channel of the configuration or of the queue has it. Raises Problem."""
    known = {*call.config.channels, *values_of(Delivery, "channel")}
    if name not in known:
        raise Problem(f'"{name}" is not a channel; {did_you_mean(name, known)}')
    return name


def known_campaign(name: str) -> str:
    """The name, if a loaded campaign has it. Raises Problem."""
    known = set(values_of(Post, "campaign"))
    if name not in known:
        raise Problem(f'"{name}" is not a loaded campaign; {did_you_mean(name, known)}')
    return name


def decider(call: Call) -> str:
    """Who decides, for the log: the name of the user that `--by` names, else "command line". Raises Problem when that
    user's role does not let them."""
    if not call.arguments.by:
        return "command line"
    user = find_user(call.arguments.by)
    need_decider(user)
    return user.username
