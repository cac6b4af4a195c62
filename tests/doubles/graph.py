"""Facebook's Graph API for Pages, as Meta's documentation and published replies have it."""

import hashlib
import hmac
import itertools
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode

from tests.doubles.ledger import Ledger, Stored
from tests.doubles.messages import Reply, Request

_VERSIONED = re.compile(r"^/(v\d+\.\d+)/(.+)$")
TRACE = "AXp8Zq7rT1k"


def error(
    code: int, message: str, status: int = 400, headers: Mapping[str, str] | None = None, **more: object
) -> Reply:
    """An error in Graph's envelope."""
    return Reply(
        status,
        {"error": {"message": message, "type": "OAuthException", "code": code, **more, "fbtrace_id": TRACE}},
        headers or {},
    )


NO_TOKEN = error(190, "Invalid OAuth access token - Cannot parse access token", 401)
NO_OBJECT = error(100, "Unsupported request. Object with ID does not exist or cannot be loaded.", error_subcode=33)
SAME_AGAIN = error(506, "Duplicate status message")


@dataclass
class Graph:
    """The network. With `tokens` (token → page id), only those are let in, each to its own Page. With `app_secret`,
    every call must carry the proof of it. `limit` posts a Page are let through."""

    ledger: Ledger
    tokens: Mapping[str, str] | None = None
    app_secret: str = ""
    limit: int | None = None
    refuse_duplicates: bool = True
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1001))
    _latest: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answers(self, request: Request) -> bool:
        return bool(_VERSIONED.match(request.path))

    def answer(self, request: Request) -> Reply:
        found = _VERSIONED.match(request.path)
        version, rest = (found[1], found[2].strip("/").split("/")) if found else ("", [])
        given = {**request.query, **(request.form if request.method == "POST" else {})}
        reply = self._refusal(request, given, rest[0]) or self._answer(request, given, rest)
        return Reply(reply.status, reply.body, {"facebook-api-version": version, **reply.headers})

    def _answer(self, request: Request, given: Mapping[str, str], rest: list[str]) -> Reply:
        match request.method, rest:
            case "POST", [page, "feed"]:
                return self._create(page, given, request.received)
            case "DELETE", [post_id]:
                return Reply(200, {"success": True}) if self.ledger.delete(post_id) else NO_OBJECT
            case "GET", [page]:
                known = {"id": page, "name": f"Page {page}"}
                return Reply(
                    200, {name: known[name] for name in given.get("fields", "id,name").split(",") if name in known}
                )
            case "GET", [page, "published_posts" | "feed"]:
                return Reply(200, _page_of_posts(self.ledger.of(page), given, request))
        return NO_OBJECT

    def _refusal(self, request: Request, given: Mapping[str, str], target: str) -> Reply | None:
        bearer = request.headers.get("authorization", "").partition("Bearer ")[2]
        token = bearer or given.get("access_token", "")
        if not token or (self.tokens is not None and token not in self.tokens):
            return NO_TOKEN
        if self.tokens is not None and target.partition("_")[0] != self.tokens[token]:
            return error(200, "(#200) The user hasn't authorized the application to perform this action", 403)
        if self.app_secret:
            proof = hmac.new(self.app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
            if given.get("appsecret_proof") != proof:
                return error(104, "Invalid appsecret_proof provided in the API argument")
        return None

    def _create(self, page: str, given: Mapping[str, str], received: float) -> Reply:
        message = given.get("message", "")
        if not message and not given.get("link"):
            return error(100, "(#100) Missing message or attachment")
        with self._lock:
            if self.limit is not None and self._counts.get(page, 0) >= self.limit:
                return error(32, "(#32) Page request limit reached", headers=_usage(page, 5))
            if self.refuse_duplicates and self._latest.get(page) == message:
                return SAME_AGAIN
            self._latest[page] = message
            self._counts[page] = self._counts.get(page, 0) + 1
            post = Stored("facebook", page, f"{page}_{next(self._numbers)}", message, message, received)
            with self.ledger.lock:
                self.ledger.store(post)
        return Reply(200, _fields(post, ["id", *given.get("fields", "").split(",")]), _usage(page, 0))


def _usage(page: str, minutes: int) -> dict[str, str]:
    return {
        "x-business-use-case-usage": f'{{"{page}":[{{"type":"pages","call_count":1,"total_cputime":1,"total_time":1,'
        f'"estimated_time_to_regain_access":{minutes}}}]}}'
    }


def _page_of_posts(posts: list[Stored], given: Mapping[str, str], request: Request) -> dict[str, object]:
    start, size = int(given.get("after", "0")), min(int(given.get("limit", "25")), 100)
    page = posts[::-1][start : start + size]
    fields = ["id", *given.get("fields", "message,created_time").split(",")]
    answer: dict[str, object] = {"data": [_fields(post, fields) for post in page]}
    if start + size < len(posts):
        after = str(start + size)
        query = urlencode({**given, "after": after})
        address = f"http://{request.headers.get('host', '')}{request.path}?{query}"
        answer["paging"] = {"cursors": {"before": str(start), "after": after}, "next": address}
    return answer


def _fields(post: Stored, asked: list[str]) -> dict[str, object]:
    number = post.id.partition("_")[2]
    known: dict[str, object] = {
        "id": post.id,
        "message": post.text,
        "created_time": datetime.fromtimestamp(post.received, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000"),
        "permalink_url": f"https://www.facebook.com/{post.account}/posts/{number}",
        "is_published": True,
    }
    return {name: known[name] for name in dict.fromkeys(asked) if name in known}
