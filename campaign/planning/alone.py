"""The plan of one post by itself, while it is written: with the times that the queue has taken, and nothing of other posts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from campaign.config import Config
from campaign.content.dates.when import NextSlot
from campaign.content.due import campaign_start
from campaign.content.library import Library, with_posts, without_posts
from campaign.content.post import PostFile
from campaign.core.finding import Finding, Level
from campaign.planning.known import known_now, needs_slot, taken_slots
from campaign.planning.plan import Plan, Planned, plan


def plan_alone(shown: PostFile, library: Library, config: Config, now: datetime) -> Plan:
    """The plan of a post as it reads now."""
    alone = with_posts(without_posts(library), {shown.key: shown})
    known = known_now(now, [shown.key])
    configured = config.channels
    wanted = shown.channels or tuple(configured)
    if isinstance(shown.when, NextSlot) and needs_slot(shown, wanted, known):
        channels = [configured[name] for name in wanted if name in configured]
        zone = config.site.timezone
        start = campaign_start(shown, alone, zone, now)
        known = replace(known, taken=taken_slots(channels, start, now, zone))
    return plan(alone, config, now, known)


def complete(planned: Sequence[Planned], findings: Sequence[Finding], key: str) -> Plan:
    """The plan of a single post with all its findings, each once."""
    once = tuple(dict.fromkeys(findings))
    has_error = any(finding.level is Level.ERROR for finding in once)
    return Plan(tuple(planned), once, frozenset({key} if has_error else ()))
