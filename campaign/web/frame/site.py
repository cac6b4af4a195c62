"""What every page needs: the configuration, the clock, the files of the campaign, and the way to the networks."""

from datetime import date, datetime
from pathlib import Path
from threading import Lock
from zoneinfo import ZoneInfo

from django.conf import settings

from campaign.authoring.shared.written import Sources, sources, with_shared
from campaign.config import Channel, Config
from campaign.content.library import Library, read_library
from campaign.core.clock import local_day
from campaign.core.problem import Problem
from campaign.database.accounts import config_in_force
from campaign.decisions.time_rules import TimeRules
from campaign.models.shared import SharedKind
from campaign.publishers import Opened, open_publishers
from campaign.publishers.publisher import Publisher
from campaign.web.frame.languages import reader_language

_lock = Lock()
_kept: dict[
    tuple[tuple[Path, Path], tuple[str, ...]], tuple[tuple[float, Sources], Library]
] = {}


def config() -> Config:
    """The configuration, as it was read when the program started."""
    read: Config = settings.CONFIG
    return read


def config_now() -> Config:
    """The configuration, with the times and limits of accounts that were set in the pages: for what plans."""
    return config_in_force(config())


def now() -> datetime:
    """The time, aware, in UTC."""
    moment: datetime = settings.CLOCK()
    return moment


def site_day() -> date:
    """The day on the site's clock."""
    return local_day(now(), zone())


def zone() -> ZoneInfo:
    """The time zone in which times are shown and typed."""
    return config().site.timezone


def library() -> Library:
    """The campaigns, facts and days of the files and of the pages, and the files' templates and posts. Read anew when one
    of these has changed."""
    return _library(sources())


def config_and_library() -> tuple[Config, Library]:
    """`config_now` and `library` together, by one question: what posts are written with."""
    said = sources()
    return config_in_force(config(), said[SharedKind.ACCOUNT]), _library(said)


def _library(said: Sources) -> Library:
    content, languages = config().content, config().site.languages
    folders = (content.posts, content.templates)
    stamp = (sum(map(_stamp, folders)), said)
    with _lock:  # so that several threads do not read them all at once
        kept_stamp, kept = _kept.get((folders, languages), (None, None))
        if kept is None or kept_stamp != stamp:
            moved = config().moved_days
            files = read_library(*folders, languages=languages, moved_days=moved)
            kept = with_shared(files, said)
            _kept[folders, languages] = (stamp, kept)
        return kept


def library_as_read() -> Library:
    """The library as it was read last, without a look whether it has changed since: enough for what things are called on
    every page, where a look would cost more than the page."""
    content, languages = config().content, config().site.languages
    kept = _kept.get(((content.posts, content.templates), languages))
    return kept[1] if kept else library()


def campaign_names() -> dict[str, str]:
    """What each campaign is called in the reader's language, by the name of its folder."""
    language, names = reader_language(), {}
    for slug, campaign in library_as_read().campaigns.items():
        names[slug] = campaign.names.get(language, slug)
    return names


def campaign_name(slug: str) -> str:
    """What one campaign is called; the name of its folder where nothing else is known of it."""
    return campaign_names().get(slug, slug)


def rules() -> TimeRules:
    """The rules that a new time must keep; days are named in the reader's language."""
    return TimeRules(*config_and_library(), reader_language())


def opened_publishers() -> Opened:
    """The publishers of all channels; in a dry run, ones that send nothing."""
    return open_publishers(config(), settings.CLOCK, dry_run=config().publishing.dry_run)


def publisher(channel: Channel, *, dry_run: bool) -> Publisher:
    """The publisher of a channel; in a dry run, one that sends nothing. Raises Problem when a key is missing."""
    opened = open_publishers(config(), settings.CLOCK, dry_run=dry_run)
    if channel.name in opened.problems:
        raise Problem(opened.problems[channel.name])
    return opened.publishers[channel.name]


def _stamp(folder: Path) -> float:
    """A number that changes when a file below the folder is new, gone or changed."""
    total = 0.0
    for path in (folder, *folder.rglob("*")):
        try:
            total += path.stat().st_mtime + len(str(path))
        except OSError:
            continue
    return total
