"""What goes over the wire, as values."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    """A call as it arrived. Header names are in lower case; `received` is in seconds since 1970."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    received: float

    @cached_property
    def path(self) -> str:
        return urlsplit(self.target).path

    @cached_property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @cached_property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    @cached_property
    def json(self) -> object:
        try:
            return json.loads(self.body)
        except ValueError:
            return None

    @property
    def is_write(self) -> bool:
        return self.method in ("POST", "DELETE")

    def as_json(self) -> dict[str, object]:
        """The whole call for the ledger's page."""
        body = base64.b64encode(self.body).decode()
        return {
            "method": self.method,
            "target": self.target,
            "headers": dict(self.headers),
            "body": body,
            "received": self.received,
        }


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. A body that is not bytes is written as JSON."""

    status: int
    body: object
    headers: Mapping[str, str] = field(default_factory=dict)

    def written(self) -> bytes:
        """The body on the wire."""
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body, separators=(",", ":"), ensure_ascii=False).encode()
