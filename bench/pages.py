"""Every page of the web, with a small database and with a large one, against a named limit: the median of requests."""

import logging
import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from bench.stage import CHANNELS, Site, empty, now
from campaign.models import Attempt, Delivery, Event, Post
from campaign.people.roles import Role, add_user

QUERIES = {
    "queue": (
        "status=person",
        "status=queued",
        "q=cancer",
        "q=benev+ete",
        "q=nothinglikeit",
        "channel=c1&status=failed",
    ),
    "log": (
        "what=attempt",
        "what=sent:refused",
        "who=boss",
        "q=cancer",
        "q=repetition",
        "campaign=rare",
    ),
    "posts": ("words=message", "words=cancer", "words=benev+ete", "words=nothinglikeit"),
    "search": ("q=message", "q=cancer", "q=benev+ete", "q=refused", "q=nothinglikeit"),
    "went_out": (
        "from=2000-01-01&to=2099-12-31",
        "from=2000-01-01&to=2099-12-31&campaign=rare",
        "from=2000-01-01&to=2099-12-31&language=fr",
    ),
    "calendar": ("on=2090-01-01", "on=2090-01-01&campaign=rare"),
}
"""Pages that are asked in several ways."""
WORDS = (
    *(
        "hope",
        "research",
        "treatment",
        "people",
        "living",
        "with",
        "metastatic",
        "breast",
        "cancer",
        "ask",
        "time",
    ),
    *(
        "espoir",
        "recherche",
        "traitement",
        "bénévoles",
        "vivant",
        "avec",
        "sein",
        "métastatique",
        "soutien",
        "été",
    ),
)
ATTEMPTED = ("published", "failed", "removed")

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Deliveries in the database with the milliseconds in which a page is to answer, requests for each page, and the most
    pages."""

    limits: tuple[tuple[int, int], ...] = ((500, 50), (200_000, 100))
    requests: int = 20
    pages: int = 1_000


TINY = Sizes(limits=((40, 50),), requests=1, pages=8)


def measure(_site: Site, sizes: Sizes) -> None:
    """Prints the median of each page that the app has, and the slowest of them."""
    logging.disable(logging.ERROR)  # addresses that only take forms say so
    for deliveries, limit in sizes.limits:
        empty()
        start = time.perf_counter()
        fill(deliveries)
        print(
            f"  {deliveries:,} deliveries, filled in {time.perf_counter() - start:.0f} s",
            flush=True,
        )
        medians = dict(sorted(_medians(sizes), key=lambda pair: -pair[1]))
        for url, median in medians.items():
            print(f"  {median:6.1f} ms  {url}")
        slowest = max(medians.values())
        print(
            f"pages: the slowest of {len(medians)} takes {slowest:.0f} ms at {deliveries:,} (aim: under {limit} ms)"
        )
    logging.disable(logging.NOTSET)


def _medians(sizes: Sizes) -> Iterator[tuple[str, float]]:
    add_user("bench.admin", Role.ADMIN)
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username="bench.admin"))
    for url in islice(_urls(), sizes.pages):
        first = _milliseconds(client, url)
        if first is not None:
            others = (_milliseconds(client, url) for _ in range(sizes.requests - 1))
            yield url, statistics.median([first, *filter(None, others)])


def _milliseconds(client: Client, url: str) -> float | None:
    """How long a page took; None when there is none at this address, or a file that is sent bit by bit."""
    start = time.perf_counter()
    answer = client.get(url)
    if answer.status_code == 200 and not answer.streaming:
        return (time.perf_counter() - start) * 1_000
    return None


def _urls() -> Iterator[str]:
    """The address of each page, with the middle of the data where it names something."""
    middle = Delivery.objects.order_by("due_at")[Delivery.objects.count() // 2]
    places: Values = {
        "post": middle.post_id,
        "delivery": middle.pk,
        "attempt": 100,
        "event": 100,
        "name": "c1",
    }
    places |= {"slug": "mbc", "channel": "c1"}
    for one in get_resolver().url_patterns:
        if (
            not isinstance(one, URLPattern)
            or not one.name
            or one.name in ("log_csv", "log_json", "went_out_csv")
        ):
            continue
        names = one.pattern.converters
        try:
            url = reverse(one.name, kwargs={name: places[name] for name in names})
        except (KeyError, NoReverseMatch):
            continue
        yield url
        yield from (f"{url}?{query}" for query in QUERIES.get(one.name, ()))


def fill(number: int) -> None:
    """So many deliveries over three years and the next two months, with what the log would hold of them."""
    begin, step = now() - timedelta(days=1095), timedelta(days=1155) / number
    dues = [begin + step * n for n in range(number)]
    with transaction.atomic():
        _insert(Post, (_post(n, begin) for n in range(-(-number // CHANNELS))))
        _insert(Delivery, (_delivery(n, due) for n, due in enumerate(dues)))
        _insert(
            Attempt,
            (_attempt(n, due) for n, due in enumerate(dues) if _status(n, due) in ATTEMPTED),
        )
        _insert(Event, (event for n, due in enumerate(dues) for event in _events(n, due)))


def _insert(model: type[models.Model], rows: Iterable[Values]) -> None:
    """Many rows by the database's own driver; what a row leaves out is as the model has it."""
    fields = [field for field in model._meta.concrete_fields if field.attname != "id"]
    names = ["id", *(field.attname for field in fields)]
    defaults = [field.get_default() for field in fields]
    columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join(["%s"] * len(names))
    sql = f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})"
    numbered = enumerate(rows, 1)
    with connection.cursor() as cursor:
        while some := list(islice(numbered, 2_000)):
            cursor.executemany(
                sql, [(number, *_values(row, names[1:], defaults)) for number, row in some]
            )


def _values(row: Values, names: list[str], defaults: list[object]) -> Iterator[Any]:
    return (
        _plain(row.get(name, default)) for name, default in zip(names, defaults, strict=True)
    )


def _plain(value: object) -> object:
    return (
        connection.ops.adapt_datetimefield_value(value)
        if isinstance(value, datetime)
        else value
    )


def _post(n: int, begin: datetime) -> Values:
    campaign = (
        "rare" if n % 2_500 == 7 else ("mbc", "mbc", "mbc", "screening", "stories")[n % 5]
    )
    names: Values = {
        "key": f"{campaign}/p{n}",
        "campaign": campaign,
        "name": f"p{n}",
        "title": f"Message {n}",
    }
    return names | {"kind": "awareness", "loaded_at": begin}


def _delivery(n: int, due: datetime) -> Values:
    status = _status(n, due)
    text = " ".join(WORDS[(n * 7 + k * k) % len(WORDS)] for k in range(18)) + f" n{n}"
    out: Values = {
        "published_at": due,
        "url": f"https://x.com/i/web/status/{n}",
        "remote_id": str(n),
    }
    return {
        "post_id": n // CHANNELS + 1,
        "channel": f"c{n % CHANNELS}",
        "network": "twitter" if n % 2 else "facebook",
        "language": "en" if n % CHANNELS < 2 else "fr",
        "status": status,
        "reason": _reason(status),
        "when": "bench",
        "text": text,
        "fingerprint": str(n),
        "approved_fingerprint": "" if status == "draft" else str(n),
        **dict.fromkeys(("planned_at", "due_at", "next_at"), due),
        "latest_at": due + timedelta(hours=6),
        **(out if status == "published" else {}),
    }


def _status(n: int, due: datetime) -> str:
    if due > now():
        return "draft" if n % 6 == 0 else "queued"
    return {13: "failed", 57: "missed", 77: "cancelled", 91: "removed"}.get(
        n % 397, "published"
    )


def _reason(status: str) -> str:
    return "X refused it: the text is a repetition." if status == "failed" else ""


def _attempt(n: int, due: datetime) -> Values:
    status = _status(n, due)
    return {
        "delivery_id": n + 1,
        "number": 1,
        "worker": "bench",
        "text": f"Message {n}",
        "started_at": due,
        "finished_at": due + timedelta(seconds=1),
        "outcome": "refused" if status == "failed" else "published",
        "status": status,
        "detail": _reason(status),
    }


def _events(n: int, due: datetime) -> Iterator[Values]:
    status, about = _status(n, due), {"delivery_id": n + 1}
    at = due - timedelta(days=20)
    yield {
        **about,
        "at": at,
        "actor": f"person{n % 9}",
        "action": "loaded",
        "to_status": "draft",
    }
    if status != "draft":
        yield {
            **about,
            "at": at,
            "actor": "boss",
            "action": "approved",
            "from_status": "draft",
            "to_status": "queued",
        }
    if status in ("missed", "cancelled", "removed"):
        yield {
            **about,
            "at": due,
            "actor": "boss",
            "action": status,
            "to_status": status,
            "reason": "Why.",
        }
