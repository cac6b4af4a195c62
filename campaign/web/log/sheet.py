"""The publish log for a spreadsheet: in the reader's language, on the site's clock. Programs get JSON."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from campaign.listings.log import BYTE_ORDER_MARK, LogEntry, csv_rows
from campaign.listings.log import row as exact
from campaign.states import Status
from campaign.web.frame.log_words import safe_link, what, who
from campaign.web.frame.moments import second
from campaign.web.frame.names import channel_name, kind, language_name, ready, status
from campaign.web.frame.networks import network
from campaign.web.frame.sentences import say
from campaign.web.frame.site import config

SEPARATORS = {"en": ",", "fr": ";"}
"""What Excel takes for the end of a cell, by the language that it is set to: French writes numbers with a comma."""


class Column(NamedTuple):
    """A column: its heading, and what stands in it for an entry, "" for nothing."""

    heading: object
    value: Callable[[LogEntry, str], object]


def sheet_lines(logged: Iterable[LogEntry], language: str) -> Iterator[str]:
    """The entries as CSV, a line at a time, in this language; no spreadsheet takes a cell of it for a formula."""
    yield BYTE_ORDER_MARK
    rows = chain([_headings(language)], (_cells(entry, language) for entry in logged))
    yield from csv_rows(rows, SEPARATORS[language])


def _headings(language: str) -> list[str]:
    with translation.override(language):
        return [str(column.heading) for column in COLUMNS]


def _cells(entry: LogEntry, language: str) -> list[str]:
    # For each row anew: they are made when the page has been answered, in a thread that then answers somebody else.
    with translation.override(language):
        return [str(column.value(entry, language) or "") for column in COLUMNS]


def _of(
    row: str, name: str, word: Callable[[str], str] = str
) -> Callable[[LogEntry, str], str]:
    """What a column says that is of the entry's row, "delivery" or "post"; "" where it has none."""

    def value(entry: LogEntry, _language: str) -> str:
        its = getattr(entry, row)
        return word(str(getattr(its, name))) if its else ""

    return value


def _due(entry: LogEntry, _language: str) -> str:
    return second(entry.delivery.due_at) if entry.delivery else ""


def _approver(entry: LogEntry, _language: str) -> str:
    by = entry.delivery.approved_by if entry.delivery else None
    return by.username if by else ""


def _address(entry: LogEntry, _language: str) -> str:
    """Of the post on its network: of what put it there, and of every row that says that it is out."""
    is_out = entry.delivery and entry.status == Status.PUBLISHED
    return safe_link(entry.url or (entry.delivery.url if is_out and entry.delivery else ""))


def _reason(entry: LogEntry, language: str) -> str:
    return say(ready(entry.reason), language)


COLUMNS = (
    Column(_("When"), lambda entry, _language: second(entry.at)),
    Column(_("What happened"), lambda entry, _language: what(entry)),
    Column(_("Status"), lambda entry, _language: status(entry.status)),
    Column(_("Post"), _of("post", "called")),
    Column(_("Campaign"), _of("post", "campaign")),
    Column(_("Kind"), _of("post", "kind", kind)),
    Column(_("Channel"), _of("delivery", "channel", lambda name: channel_name(name, config()))),
    Column(_("Network"), _of("delivery", "network", network)),
    Column(_("Language"), _of("delivery", "language", language_name)),
    Column(_("Due"), _due),
    Column(_("Approved by"), _approver),
    Column(_("Who"), lambda entry, _language: who(entry.by)),
    Column(_("Address"), _address),
    Column(_("What to know"), _reason),
    Column(_("Text"), lambda entry, _language: exact(entry)["text"]),
    Column(_("Delivery"), _of("delivery", "pk")),
)
"""In their order. A person's own words stay here, as in the exact rows."""
