"""What goes over the wire, as values."""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True)
class File:
    """A file in a form."""

    name: str
    media_type: str
    data: bytes


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
        if self._is_multipart:
            return {
                name: part.data.decode() for name, part in self._parts.items() if not part.name
            }
        return dict(parse_qsl(self.body.decode("utf-8", "replace"), keep_blank_values=True))

    @cached_property
    def files(self) -> dict[str, File]:
        """The files of a form with several parts."""
        return {name: part for name, part in self._parts.items() if part.name}

    @property
    def _is_multipart(self) -> bool:
        return self.headers.get("content-type", "").startswith("multipart/form-data")

    @cached_property
    def _parts(self) -> dict[str, File]:
        kind, _, boundary = self.headers.get("content-type", "").partition("boundary=")
        if not kind.startswith("multipart/form-data"):
            return {}
        parts = self.body.split(b"--" + boundary.encode())[1:-1]
        return dict(_part(part.removeprefix(b"\r\n").removesuffix(b"\r\n")) for part in parts)

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


def _part(part: bytes) -> tuple[str, File]:
    head, _, data = part.partition(b"\r\n\r\n")
    found = {
        name.lower(): value
        for name, value in re.findall(
            r'(\bname|filename|Content-Type)[=:] ?"?([^"\r\n;]*)', head.decode()
        )
    }
    return found["name"], File(found.get("filename", ""), found.get("content-type", ""), data)


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
