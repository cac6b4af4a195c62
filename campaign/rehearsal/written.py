"""A rehearsal written down for programs, and for the pages."""

from campaign.core.finding import Finding
from campaign.core.sentence import stored
from campaign.rehearsal.result import Rehearsal, TimelineEntry, Undated


def as_json(shown: Rehearsal) -> dict[str, object]:
    """All of it. Times are UTC, dates are local, money is in US dollars."""
    return {
        "from": shown.first,
        "to": shown.last,
        "well": shown.is_well,
        "from_files": shown.from_files,
        "doubted": shown.doubted,
        "deliveries": _counts(shown),
        "timeline": [_entry_row(entry) for entry in shown.timeline],
        "undated": [_undated_row(row) for row in shown.undated],
        "findings": [_finding_row(finding) for finding in shown.findings],
        "expiring": [
            {"what": expiry.what, "key": expiry.key, "last": expiry.last, "posts": expiry.posts}
            for expiry in shown.expiries
        ],
        "gaps": [
            {"channel": gap.channel, "from": gap.first, "to": gap.last} for gap in shown.gaps
        ],
        "too_close": [
            {"channel": pair.channel, "first": pair.first, "second": pair.second}
            for pair in shown.close
        ],
        "too_many": [
            {"channel": full.channel, "day": full.day, "posts": full.posts, "most": full.most}
            for full in shown.full
        ],
        "at_night": [
            {"post": night.post, "at": night.at, "channels": night.channels}
            for night in shown.nights
        ],
        "falls_on": [
            {
                "day": falls.day,
                "id": falls.name.id,
                "name": dict(falls.name.names),
                "quiet": falls.name.quiet,
                "posts": falls.posts,
            }
            for falls in shown.falls
        ],
        "alone": [
            {"post": alone.post, "out": alone.out, "missing": alone.missing}
            for alone in shown.alone
        ],
        "x_charges": _charges(shown),
    }


def _charges(shown: Rehearsal) -> dict[str, object]:
    months = [
        {
            "month": f"{month.first:%Y-%m}",
            "posts": month.posts,
            "with_link": month.with_link,
            "dollars": round(month.dollars, 3),
            "without_links": round(month.without_links, 3),
        }
        for month in shown.months
    ]
    return {
        "months": months,
        "dollars": round(shown.dollars, 3),
        "saved_without_links": round(shown.saved, 3),
    }


def _counts(shown: Rehearsal) -> dict[str, int]:
    """How many there are in all, and by what comes of each in the end: the numbers add up."""
    ends = {came.value: number for came, number in shown.ends.items() if number}
    return {"all": shown.all, "wrong": shown.wrong, **ends}


def _undated_row(row: Undated) -> dict[str, object]:
    return {
        "post": row.post,
        "campaign": row.campaign,
        "channel": row.channel,
        "language": row.language,
        "reason": row.reason,
        "reason_kept": stored(row.reason),
    }


def _entry_row(entry: TimelineEntry) -> dict[str, object]:
    return {
        "at": entry.at,
        "due_at": entry.due_at,
        "post": entry.post,
        "campaign": entry.campaign,
        "channel": entry.channel,
        "network": entry.network,
        "language": entry.language,
        "length": entry.length,
        "links": entry.links,
        "dollars": round(entry.cost, 3),
        "outcome": entry.came.value,
        "reason": entry.reason or None,
        "reason_kept": stored(entry.reason) or None,
    }


def _finding_row(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.place.file,
        "line": finding.place.line,
        "level": finding.level.value,
        "code": finding.code,
        "message": finding.message,
        "message_kept": stored(finding.message),
    }
