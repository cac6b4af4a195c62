"""What went out in a week or a month, in which language and by whose approval: one page to print, and one file."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaign.content.dates.month import DAYS, previous_month, week_of
from campaign.core.clock import local_day
from campaign.listings.paging import read_place
from campaign.listings.went_out import Span, WentOut, all_out, first_out
from campaign.states import Status
from campaign.web.frame.access import Request, for_admins, for_staff
from campaign.web.frame.languages import reader_language
from campaign.web.frame.log_words import safe_link
from campaign.web.frame.names import channel_name
from campaign.web.frame.site import config, now, zone
from campaign.web.log.went_out_sheet import campaign_called, done_since, sheet_lines
from campaign.web.queue.filters import FilterChoice, ListFilters, Word
from campaign.web.queue.pages import campaign_choices, channel_choices, language_choices

MOST = 100
"""Rows on the page; the file has all."""
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


class WentOutFilters(ListFilters):
    """What is asked for. Without days, those of last week."""

    language = Word()

    def __init__(self, data: QueryDict, today: date) -> None:
        if not data.keys() & {"from", "to"}:
            data = data.copy()
            data.update(_days(_last_week(today)))
        super().__init__(data)

    @property
    def span(self) -> Span:
        """The filters as the listing takes them."""
        typed = self.typed
        return Span(
            since=self.since(zone()) or _EVER,
            until=self.until(zone()) or now() + timedelta(days=1),
            channel=typed["channel"],
            campaign=typed["campaign"],
            language=typed["language"],
        )

    @property
    def offered(self) -> list[FilterChoice]:
        """The periods that people ask for most, as addresses, with all else as it is."""
        today, choices = site_today(), []
        for name, days in _periods(today):
            asked = {**self.asked, **_days(days)}
            choices.append(FilterChoice(urlencode(asked), name, asked == self.asked))
        return choices


class OutLine(NamedTuple):
    """A delivery that went out, as it is shown."""

    out: WentOut
    channel: str
    link: str
    later: list[str]


def site_today() -> date:
    """The day on the site's clock."""
    return local_day(now(), zone())


@for_staff
@require_GET
def show_went_out(request: Request) -> HttpResponse:
    """The page: one row for each delivery that went out."""
    filters = WentOutFilters(request.GET, site_today())
    after = read_place(request.GET.get("after", ""))
    rows = first_out(replace(filters.span, after=after), MOST + 1)
    typed = filters.typed
    context = {
        "lines": [_line(out) for out in rows[:MOST]],
        "next": rows[MOST - 1].place if len(rows) > MOST else "",
        "is_first": after is None,
        "filters": filters,
        "first": filters.cleaned_data.get("from"),
        "last": filters.cleaned_data.get("to"),
        "typed": typed,
        "channels": channel_choices(typed["channel"]),
        "campaigns": _campaigns(typed["campaign"]),
        "languages": language_choices(typed["language"]),
    }
    return render(request, "log/went_out.html", context)


@for_admins
@require_GET
def went_out_csv(request: Request) -> StreamingHttpResponse:
    """The same as a file for a spreadsheet, in the reader's language and on the site's clock."""
    filters = WentOutFilters(request.GET, site_today())
    lines = sheet_lines(all_out(filters.span), reader_language())
    name = f"went-out-{site_today()}.csv"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _campaigns(chosen: str) -> list[FilterChoice]:
    choices = campaign_choices(chosen)
    return [replace(choice, name=campaign_called(choice.value)) for choice in choices]


def _line(out: WentOut) -> OutLine:
    delivery = out.delivery
    link = safe_link(delivery.url) if delivery.status == Status.PUBLISHED else ""
    channel = channel_name(delivery.channel, config())
    return OutLine(out, channel, link, done_since(out))


def _days(days: tuple[date, date]) -> dict[str, str]:
    first, last = days
    return {"from": str(first), "to": str(last)}


def _periods(today: date) -> list[tuple[str, tuple[date, date]]]:
    this_week = week_of(today, reader_language())
    this_month, last_month = today.replace(day=1), previous_month(today)
    return [
        (_("Last week"), _last_week(today)),
        (_("This week"), (this_week[0], this_week[-1])),
        (_("Last month"), (last_month, this_month - timedelta(1))),
        (_("This month"), (this_month, today)),
    ]


def _last_week(today: date) -> tuple[date, date]:
    week = week_of(today - timedelta(DAYS), reader_language())
    return week[0], week[-1]


urlpatterns = [
    path("log/went-out/", show_went_out, name="went_out"),
    path("log/went-out.csv", went_out_csv, name="went_out_csv"),
]
