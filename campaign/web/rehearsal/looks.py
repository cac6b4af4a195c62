"""What a rehearsal has shown that is worth a look, as sentences in the reader's language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaign.config import Config
from campaign.content.dates.in_words import full_date
from campaign.core.sentence import read
from campaign.web.frame.languages import reader_language
from campaign.web.frame.moments import at as moment_in_words
from campaign.web.frame.names import channel_name, language_name
from campaign.web.rehearsal.runs import Result

Row = Mapping[str, object]

FAILURES = frozenset({"missed", "held", "refused", "unapproved"})
"""What is told of each post; that an error stops it is told by its finding."""
TOLD_ANYWAY = "fact-expires"
"""The finding that says of each post what is said here once of each fact."""
LEVELS = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence with its level. `heart`: whether it comes from the program's heart; `where`: its post, or file and line."""

    level: str
    sentence: str
    heart: bool = False
    where: str = ""


def rows(result: Mapping[str, object], name: str) -> list[Row]:
    """The rows of one of the result's lists; none when it has no such list."""
    listed = result.get(name)
    return listed if isinstance(listed, list) else []


def looks_of(result: Result, timeline: Sequence[Row], config: Config) -> Iterator[Notice]:
    """Errors first, then what does not go out, then the rest."""
    findings = rows(result, "findings")
    for row in findings:
        if row["level"] == "error":
            yield _finding(row)
    yield from _not_out(timeline)
    others = [row for row in findings if row["level"] != "error"]
    for row in sorted(others, key=lambda row: LEVELS.index(str(row["level"]))):
        if row["code"] != TOLD_ANYWAY:
            yield _finding(row)
    yield from _expiring(result)
    yield from _falls(result)
    yield from _alone(result)
    yield from _nights(result, config)
    yield from _too_close(result, config)
    yield from _too_many(result, config)
    yield from _gaps(result, config)
    yield from _queue(result)


def channel_of(row: Row, config: Config) -> str:
    """The name of a row's channel."""
    return channel_name(str(row["channel"]), config)


def said_in(row: Row, name: str) -> str:
    """A Sentence from the program's heart, which the page words for its reader; "" when the row has none."""
    # With its template and values where the program that rehearsed has kept them; else as it was said.
    said = row.get(f"{name}_kept") or row.get(name) or ""
    return read(str(said))


def _finding(row: Row) -> Notice:
    folders = str(row["file"]).split("/")
    name = "/".join(folders[-2:])
    where = f"{name}:{row['line']}" if row["line"] else name
    message = said_in(row, "message")
    return Notice(str(row["level"]), message, heart=True, where=where)


def _not_out(timeline: Sequence[Row]) -> Iterator[Notice]:
    failing: dict[tuple[str, str], int] = {}
    for row in timeline:
        if row["outcome"] in FAILURES:
            key = str(row["post"]), said_in(row, "reason")
            failing[key] = failing.get(key, 0) + 1
    for (post, reason), number in failing.items():
        said = ngettext(
            "Does not go out on one channel.", "Does not go out on %(number)s channels.", number
        )
        sentence = reason or said % {"number": number}
        yield Notice("error", sentence, heart=bool(reason), where=post)


def _expiring(result: Result) -> Iterator[Notice]:
    for row in rows(result, "expiring"):
        posts = _list(row["posts"])
        values = {
            "key": row["key"],
            "last": _date(row["last"]),
            "posts": ", ".join(posts),
        }
        if not posts:
            fact = _(
                "The fact “%(key)s” is to be reviewed by %(last)s; no post needs it after that."
            )
            consent = _(
                "The consent of storyteller %(key)s holds until %(last)s; no post needs it after that."
            )
        else:
            fact = _(
                "The fact “%(key)s” is to be reviewed by %(last)s. Posts after that: %(posts)s."
            )
            consent = _(
                "The consent of storyteller %(key)s holds until %(last)s. Posts after that: %(posts)s."
            )
        said = fact if row["what"] == "fact" else consent
        yield Notice("warning" if posts else "info", said % values)


def _falls(result: Result) -> Iterator[Notice]:
    language = reader_language()
    for row in rows(result, "falls_on"):
        names = row["name"] if isinstance(row["name"], dict) else {}
        name = names.get(language) or names.get("en") or row["id"]
        posts = ", ".join(_list(row["posts"]))
        values = {"day": _date(row["day"]), "name": name, "posts": posts}
        if row["quiet"]:
            mourning = _(
                "%(day)s is a day of remembrance (%(name)s), and this goes out: %(posts)s. Is that meant?"
            )
            yield Notice("warning", mourning % values)
        else:
            other = _("%(day)s is also: %(name)s. This goes out: %(posts)s.")
            yield Notice("info", other % values)


def _alone(result: Result) -> Iterator[Notice]:
    for row in rows(result, "alone"):
        values = {
            "post": row["post"],
            "out": ", ".join(map(language_name, _list(row["out"]))),
            "missing": ", ".join(map(language_name, _list(row["missing"]))),
        }
        said = _("%(post)s goes out in one language only (%(out)s). Missing: %(missing)s.")
        yield Notice("warning", said % values)


def _too_close(result: Result, config: Config) -> Iterator[Notice]:
    close: dict[tuple[str, str], list[str]] = {}
    for row in rows(result, "too_close"):
        times = str(row["first"]), str(row["second"])
        close.setdefault(times, []).append(channel_of(row, config))
    for (first, second), names in close.items():
        values = {
            "channel": " · ".join(names),
            "first": moment_in_words(moment(first)),
            "second": moment_in_words(moment(second)),
        }
        said = _("Two posts on %(channel)s stand close: %(first)s and %(second)s.")
        yield Notice("warning", said % values)


def _nights(result: Result, config: Config) -> Iterator[Notice]:
    for row in rows(result, "at_night"):
        names = [channel_name(name, config) for name in _list(row["channels"])]
        values = {
            "post": row["post"],
            "at": moment_in_words(moment(row["at"])),
            "hours": config.publishing.quiet or "",
            "channels": " · ".join(names),
        }
        said = _("%(post)s goes out in the quiet hours (%(hours)s), on %(at)s: %(channels)s.")
        yield Notice("warning", said % values)


def _too_many(result: Result, config: Config) -> Iterator[Notice]:
    full: dict[tuple[str, str, str], list[str]] = {}
    for row in rows(result, "too_many"):
        key = str(row["day"]), str(row["posts"]), str(row["most"])
        full.setdefault(key, []).append(channel_of(row, config))
    for (day, posts, most), names in full.items():
        values = {
            "channel": " · ".join(names),
            "day": _date(day),
            "posts": posts,
            "most": most,
        }
        said = _(
            "On %(day)s, %(channel)s has %(posts)s posts; more than %(most)s a day are many."
        )
        yield Notice("warning", said % values)


def _gaps(result: Result, config: Config) -> Iterator[Notice]:
    silent: dict[tuple[str, str], list[str]] = {}
    for row in rows(result, "gaps"):
        stretch = str(row["from"]), str(row["to"])
        names = silent.setdefault(stretch, [])
        names.append(channel_of(row, config))
    for (first, last), names in silent.items():
        values = {
            "first": _date(first),
            "last": _date(last),
            "channels": " · ".join(names),
        }
        said = _("Nothing goes out from %(first)s to %(last)s on %(channels)s.")
        yield Notice("info", said % values)


def _queue(result: Result) -> Iterator[Notice]:
    number = int(str(result.get("doubted") or 0))
    if number:
        said = ngettext(
            "One delivery is in doubt now and left out: settle it first.",
            "%(number)s deliveries are in doubt now and left out: settle them first.",
            number,
        )
        yield Notice("warning", said % {"number": number})


def _list(value: object) -> list[str]:
    return list(map(str, value)) if isinstance(value, list) else []


def _date(value: object) -> str:
    return full_date(date.fromisoformat(str(value)), reader_language())


def moment(value: object) -> datetime:
    """A moment of the result (ISO 8601 with its offset); aware."""
    return datetime.fromisoformat(str(value))
