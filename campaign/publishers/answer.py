"""What a network answered, read without trust: it may be a page of a proxy, half of something, or nothing."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from requests import Response

from campaign.core.sentence import Sentence
from campaign.publishers.network_time import date_of

LONGEST_WAIT = timedelta(days=31)
"""A network asks for no longer wait than this (a monthly cap); a longer one is a misread number."""
QUOTED_CHARACTERS = 300
LONGEST_ID = 200

_MARKUP = re.compile(r"<[^>]*>?")
_UNPRINTED = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of any status. `body` is what its JSON says, None when it is none."""

    status: int
    headers: Mapping[str, str]
    body: object

    @classmethod
    def of(cls, response: Response) -> Self:
        """Reads the body as JSON whatever the Content-Type says: the networks mislabel it, and leave it out."""
        return cls(response.status_code, response.headers, parsed(response.content))

    @property
    def well(self) -> bool:
        """Whether the status says that it was done."""
        return 200 <= self.status < 300

    @property
    def fields(self) -> Mapping[str, object]:
        """The JSON object; an empty one when the body is anything else."""
        return mapping(self.body)

    def number(self, header: str) -> int | None:
        """A header's whole number; None when absent or unreadable."""
        written = self.headers.get(header, "").strip()
        # Short ones alone: no time and no count is longer, and anything could be sent.
        is_whole = written.isascii() and written.isdigit() and len(written) < 16
        return int(written) if is_whole else None

    def time(self, otherwise: datetime) -> datetime:
        """The network's own time of this answer, so that a wrong clock here does no harm; else the one given."""
        return date_of(self.headers) or otherwise


def parsed(body: bytes) -> object:
    """The JSON of a body; None when it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def mapping(value: object) -> Mapping[str, object]:
    """The value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    """The value if it is a text or a whole number (networks write an id either way), else an empty text."""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def identifier(value: object) -> str:
    """An id as a network names it; an empty text when it is none that could be kept and asked for again."""
    named = text(value)
    # The ids of a thread are kept as one text, separated by blanks.
    is_usable = named.isprintable() and " " not in named and len(named) <= LONGEST_ID
    return named if is_usable else ""


def moment(value: object) -> datetime | None:
    """The time that the value says in one of the forms of ISO 8601, with its offset; None when it says none."""
    try:
        read = datetime.fromisoformat(text(value))
    except ValueError:
        return None
    return read if read.tzinfo else None


def bounded(wait: timedelta) -> timedelta | None:
    """A wait that a network can mean; None when it is over already, or absurd."""
    return wait if timedelta(0) < wait <= LONGEST_WAIT else None


def quoted(said: str, secrets: Iterable[str]) -> str:
    """A network's words in quotation marks, on one short line, without markup and without keys."""
    for secret in secrets:
        if secret:
            said = said.replace(secret, "…")
    plain = _UNPRINTED.sub(" ", _MARKUP.sub(" ", said)).strip()
    if len(plain) > QUOTED_CHARACTERS:
        plain = plain[: QUOTED_CHARACTERS - 1] + "…"
    return f"“{plain}”" if plain else Sentence("no reason given")
