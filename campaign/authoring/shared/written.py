"""What posts share and people wrote in the pages, beside that of the files: campaigns, facts, awareness days."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from django.contrib.auth.models import User
from django.db.models import Max

from campaign.content.campaigns import Campaign, nameless, read_campaign
from campaign.content.dates.days import Day
from campaign.content.facts import Fact, read_facts
from campaign.content.library import Library, read_days
from campaign.core.finding import Finding, Place, warning
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.toml_file import read_toml_text
from campaign.database.sql import writing
from campaign.models.shared import Shared, SharedKind

Sources = Mapping[SharedKind, Mapping[str, str]]
"""What the pages say of each kind, by its key, as TOML."""
T = TypeVar("T")
_NOWHERE = Place("")


def keep(
    kind: SharedKind, key: str, source: str, by: User, now: datetime, *, based_on: int
) -> Shared:
    """Keeps what somebody wrote as the next version. `based_on` is the number of the version that they began with, 0 for
    none. Raises Problem when somebody else was faster."""
    with writing():
        # Of two who save at once the second waits here, and finds a newer version than theirs.
        if newest_number(kind, key) != based_on:
            raise Problem(
                Sentence("{0} was changed meanwhile: look at it again, then save.", key)
            )
        return Shared.objects.create(
            kind=kind, key=key, number=based_on + 1, source=source, by=by, at=now
        )


def newest(kind: SharedKind, key: str) -> Shared | None:
    """What stands there now; None where nothing was written in the pages."""
    versions = Shared.objects.filter(kind=kind, key=key)
    return versions.select_related("by", "confirmed_by").order_by("-number").first()


def newest_number(kind: SharedKind, key: str) -> int:
    """The number of the version that stands there now; 0 for none."""
    versions = Shared.objects.filter(kind=kind, key=key)
    return versions.aggregate(newest=Max("number"))["newest"] or 0


def sources() -> Sources:
    """All that the pages say now."""
    said: dict[SharedKind, dict[str, str]] = {kind: {} for kind in SharedKind}
    rows = Shared.objects.order_by("number").values_list("kind", "key", "source")
    for kind, key, source in rows:  # a later version takes the place of the earlier one
        said[SharedKind(kind)][key] = source
    return said


def with_shared(library: Library, written: Sources) -> Library:
    """The library with what was written in the pages. Where a file says it too, the file rules, and a finding tells of it
    unless both say the same."""
    findings: list[Finding] = []
    days = _joined(library.days, _days(written), lambda day: day, findings)
    facts = _joined(library.facts, _facts(written), _fact_alone, findings)
    named = {slug: known for slug, known in library.campaigns.items() if _has_file(known)}
    campaigns = _joined(named, _campaigns(written, days), _campaign_alone, findings)
    return replace(
        library,
        days=days,
        facts=facts,
        campaigns={**library.campaigns, **campaigns},
        findings=(*library.findings, *findings),
    )


def days_of_pages() -> dict[str, Day]:
    """The awareness days and days of remembrance that were written in the pages."""
    return _days(sources())


def _joined(
    of_files: Mapping[str, T],
    of_pages: Mapping[str, T],
    alone: Callable[[T], T],
    findings: list[Finding],
) -> dict[str, T]:
    """What files say before what pages say; `alone` is a thing without the place where it is written."""
    for key in of_files.keys() & of_pages.keys():
        if alone(of_files[key]) != alone(of_pages[key]):
            findings.append(_in_both(key))
    return {**of_pages, **of_files}


def _in_both(key: str) -> Finding:
    message = Sentence(
        "{0} stands in a file and was written in the pages in other words: the file counts, so take one of them away.",
        key,
    )
    return warning("in-both", message, Place(key))


def _days(written: Sources) -> dict[str, Day]:
    days: dict[str, Day] = {}
    for key, source in written[SharedKind.DAY].items():
        days |= read_days(read_toml_text(source, key))
    return days


def _facts(written: Sources) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for key, source in written[SharedKind.FACT].items():
        facts |= read_facts(read_toml_text(source, key))
    return facts


def _campaigns(written: Sources, days: Mapping[str, Day]) -> dict[str, Campaign]:
    campaigns = {}
    for slug, source in written[SharedKind.CAMPAIGN].items():
        campaigns[slug] = read_campaign(read_toml_text(source, slug), slug, days)
    return campaigns


def _fact_alone(fact: Fact) -> Fact:
    return replace(fact, place=_NOWHERE)


def _campaign_alone(campaign: Campaign) -> Campaign:
    return replace(campaign, place=_NOWHERE, lines={})


def _has_file(campaign: Campaign) -> bool:
    """Whether a campaign has a file of its own; else its name is that of the folder of its posts."""
    return campaign != nameless(campaign.slug, campaign.place)
