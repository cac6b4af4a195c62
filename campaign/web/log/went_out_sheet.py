"""What went out, for a spreadsheet: in the reader's language, on the site's clock."""

from collections.abc import Iterable, Iterator

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.listings.log import BYTE_ORDER_MARK, csv_rows
from campaign.listings.went_out import WentOut
from campaign.web.frame.languages import reader_language
from campaign.web.frame.log_words import action_name, safe_link
from campaign.web.frame.moments import at, second
from campaign.web.frame.names import channel_name, kind, language_name, status
from campaign.web.frame.site import config, library
from campaign.web.log.sheet import SEPARATORS

HEADINGS = (
    gettext_lazy("Went out"),
    gettext_lazy("Time zone"),
    gettext_lazy("Post"),
    gettext_lazy("Campaign"),
    gettext_lazy("Kind"),
    gettext_lazy("Channel"),
    gettext_lazy("Language"),
    gettext_lazy("Text"),
    gettext_lazy("Address"),
    gettext_lazy("Written by"),
    gettext_lazy("Approved by"),
    gettext_lazy("Approved on"),
    gettext_lazy("Status now"),
    gettext_lazy("What was done since"),
)
"""Of the columns, in their order."""
_OFFSET = len("-05:00")


def sheet_lines(rows: Iterable[WentOut], language: str) -> Iterator[str]:
    """The rows as CSV, a line at a time, in this language; no spreadsheet takes a cell of it for a formula."""
    yield BYTE_ORDER_MARK
    lines = _lines(rows, language)
    yield from csv_rows(lines, SEPARATORS[language])


def campaign_called(slug: str) -> str:
    """What a campaign is called; by its key where it has no file."""
    campaign = library().campaigns.get(slug)
    if campaign is None:
        return slug
    return campaign.names.get(reader_language(), slug)


def done_since(out: WentOut) -> list[str]:
    """What was done about it since it went out, such as "Taken down, Mon Oct 18, 2027, 10:00"."""
    told = []
    for event in out.later:
        what, when = action_name(event.action), at(event.at)
        told.append(_("%(what)s, %(when)s") % {"what": what, "when": when})
    return told


def _lines(rows: Iterable[WentOut], language: str) -> Iterator[list[str]]:
    with translation.override(language):
        yield [str(heading) for heading in HEADINGS]
    for out in rows:
        # Anew for each: they are made when the page was answered, in a thread that then answers somebody else.
        with translation.override(language):
            line = _cells(out)
        yield line


def _cells(out: WentOut) -> list[str]:
    """A person's own words stay here."""
    delivery = out.delivery
    post, approver = delivery.post, delivery.approved_by
    return [
        second(delivery.published_at),
        _offset(out),
        post.called,
        campaign_called(post.campaign),
        kind(post.kind),
        channel_name(delivery.channel, config()),
        language_name(delivery.language),
        out.for_a_file,
        safe_link(delivery.url),
        ", ".join(out.writers),
        approver.username if approver else "",
        second(delivery.approved_at),
        status(delivery.status),
        "; ".join(done_since(out)),
    ]


def _offset(out: WentOut) -> str:
    """How far the site's clock was from UTC at that moment, such as "UTC-05:00"."""
    published = out.delivery.published_at
    if published is None:
        return ""
    local = timezone.localtime(published)
    written = local.isoformat(timespec="seconds")
    return f"UTC{written[-_OFFSET:]}"
