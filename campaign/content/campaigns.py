"""Campaigns: what posts share - dates, aim, hashtags and links."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from campaign.config import Config
from campaign.content.dates.days import Day
from campaign.content.dates.when import Anchor, BadWhen, NearDay, occurrence, parse_anchor
from campaign.content.links import NO_LINK, PLACES
from campaign.content.post import LANGUAGES, PostFile, by_language
from campaign.core.finding import Place, did_you_mean
from campaign.core.sentence import Sentence
from campaign.core.toml_file import Table

TELL = "tell-your-story"
EVERYDAY = "everyday"
"""The campaign of the posts that belong to no other: it has no days, and is there though nobody has made it."""
LONGEST_YEAR = timedelta(days=370)
"""A day of the calendar comes again within 371 days: the same weekday of a month, in a year of 53 weeks."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign's file, read. Dates may hang on an awareness day, so that the campaign can be run every year."""

    slug: str
    names: Mapping[str, str]
    aims: Mapping[str, str]
    start: Anchor | None
    end: Anchor | None
    hashtags: Mapping[str, tuple[str, ...]]
    links: Mapping[str, str]
    utm: str
    place: Place
    usable: bool = True  #: False when its file has errors: its posts then have to wait
    #: the address in each language, by the place (of PLACES) that it belongs to
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    #: where in its file the address of each of them stands, or would stand
    lines: Mapping[str, Place] = field(default_factory=dict)

    def dates(self, days: Mapping[str, Day], today: date) -> tuple[date | None, date | None]:
        """The first and the last day of the run that is on, or of the next one; None for what the file leaves open."""
        end = _resolve(self.end, days, today)
        if end is None:
            return _resolve(self.start, days, today), None
        # Of the run that ends there, and not of the next or the one before: the last that is not after the end.
        start = _resolve(self.start, days, end - LONGEST_YEAR)
        while start and (later := _resolve(self.start, days, start + timedelta(days=1))):
            if later > end or later == start:
                break
            start = later
        return start, end


def _resolve(anchor: Anchor | None, days: Mapping[str, Day], not_before: date) -> date | None:
    if not isinstance(anchor, NearDay):
        return anchor
    day = days.get(anchor.day_id)
    return occurrence(day, anchor.offset_days, not_before=not_before) if day else None


def nameless(slug: str, place: Place) -> Campaign:
    """The campaign of a folder that has no campaign.toml: its name is the folder's."""
    return Campaign(slug, dict.fromkeys(LANGUAGES, slug), {}, None, None, {}, {}, slug, place)


def everyday() -> Campaign:
    """The campaign of everyday posts, as long as nobody has written anything about it."""
    names = {"en": "Everyday posts", "fr": "Publications courantes"}
    return replace(nameless(EVERYDAY, Place(EVERYDAY)), names=names)


def read_campaign(table: Table, slug: str, days: Mapping[str, Day]) -> Campaign:
    """A campaign from its campaign.toml; what is wrong is added to the file's findings."""
    folder_name = dict.fromkeys(LANGUAGES, slug)
    hashtags = table.table("hashtags")
    links = table.table("links")
    campaign = Campaign(
        slug=slug,
        names=by_language(table, "name") or folder_name,
        aims=by_language(table, "aim"),
        start=_anchor(table, "start", days),
        end=_anchor(table, "end", days),
        hashtags={language: hashtags.texts(language) for language in LANGUAGES},
        links=by_language(table, "link"),
        utm=table.text("utm", slug),
        place=table.place(),
        places={place: by_language(links, place) for place in PLACES},
        lines={place: links.place(place) for place in PLACES},
    )
    hashtags.close()
    links.close()
    table.close()
    _check_dates(campaign, table)
    return replace(campaign, usable=not table.file.findings)


def place_of(post: PostFile) -> str:
    """The place that a post's link leads to: what it names, else what it asks for; "" where it has a page of its own, or
    leads to that of its campaign."""
    if post.link.to or post.link.addresses:
        return post.link.to
    return post.action


def hashtags_of(post: PostFile, campaign: Campaign, language: str) -> tuple[str, ...]:
    """The hashtags that go with a post in a language; none where it leaves them out."""
    return campaign.hashtags.get(language, ()) if post.hashtags else ()


def address_of(
    post: PostFile,
    campaign: Campaign,
    language: str,
    config: Config,
) -> str:
    """The address that a post's link leads to; "" for one without a link. A place without an address of its own is the
    campaign's page."""
    place = place_of(post)
    if place == NO_LINK:
        return ""
    own = post.link.addresses.get(language, "")
    if place:
        own = place_address(place, campaign, language, config)
    home = campaign.links.get(language, "")
    return own or home or config.site.url


def place_address(
    place: str,
    campaign: Campaign,
    language: str,
    config: Config,
) -> str:
    """The address of a place in a language; "" where there is none. Stories are told at the program's own form, unless the
    campaign names another page."""
    addresses = campaign.places.get(place, {})
    written = addresses.get(language, "")
    if written or place != TELL:
        return written
    form = config.story_form
    return f"{form}?lang={language}" if form else ""


def _anchor(table: Table, key: str, days: Mapping[str, Day]) -> Anchor | None:
    if isinstance(table.data.get(key), date):
        return table.date(key)
    written = table.text(key)
    try:
        anchor = parse_anchor(written) if written else None
    except BadWhen as problem:
        table.complain("bad-date", str(problem), key)
        return None
    if isinstance(anchor, NearDay) and anchor.day_id not in days:
        nearest = did_you_mean(anchor.day_id, days)
        message = Sentence('"{0}" is not a day of the calendar; {1}', anchor.day_id, nearest)
        table.complain("unknown-day", message, key)
    return anchor


def _check_dates(campaign: Campaign, table: Table) -> None:
    start, end = campaign.start, campaign.end
    if isinstance(start, NearDay) and "end" not in table.data:
        message = Sentence(
            'Add an "end": without it, nobody knows which year a start on an awareness day means.'
        )
        table.complain("missing-key", message, "start")
    if isinstance(start, date) and isinstance(end, date) and end < start:
        message = Sentence(
            "The campaign ends on {0}, before it starts on {1}: correct it.", end, start
        )
        table.complain("bad-date", message, "end")
