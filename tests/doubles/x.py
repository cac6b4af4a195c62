"""X as docs.x.com describes it, and as its replies have been published, in its older words (tweet, not post)."""

import base64
import hashlib
import hmac
import html
import itertools
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, unquote

from tests.doubles.ledger import Ledger, Stored
from tests.doubles.messages import Reply, Request

FIRST_ID = 1445880548472328192
WINDOW_SECONDS = 900
DAY_SECONDS = 86400
BODY_KEYS = {
    "text", "media", "poll", "reply", "quote_tweet_id", "reply_settings", "community_id", "geo", "edit_options",
    "made_with_ai", "paid_partnership", "for_super_followers_only", "nullcast", "card_uri", "direct_message_deep_link",
}  # fmt: skip
DUPLICATE = {
    "detail": "You are not allowed to create a Tweet with duplicate content.",
    "type": "about:blank",
    "title": "Forbidden",
    "status": 403,
}
UNAUTHORIZED = {"title": "Unauthorized", "type": "about:blank", "status": 401, "detail": "Unauthorized"}
APP_ONLY = {
    "title": "Unsupported Authentication",
    "detail": "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported authentication"
    " types are [OAuth 1.0a User Context, OAuth 2.0 User Context].",
    "type": "https://api.twitter.com/2/problems/unsupported-authentication",
    "status": 403,
}
TOO_MANY = {"title": "Too Many Requests", "detail": "Too Many Requests", "type": "about:blank", "status": 429}
_URL = re.compile(r"https?://[^\s]+")
_OAUTH = re.compile(r'(\w+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Keys:
    """The two secrets that an account's calls are signed with."""

    consumer_secret: str
    access_token_secret: str


@dataclass
class X:
    """The network. An account is known by its access token: its id is what stands before the "-", if anything does.

    With `keys` (access token → secrets), only those accounts are let in, and each call's signature is checked for the
    address that was called. `limit` posts an account fit into a window of fifteen minutes.
    """

    ledger: Ledger
    keys: Mapping[str, Keys] | None = None
    limit: int | None = None
    refuse_duplicates: bool = True
    access_level: str = "read-write"
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(FIRST_ID))
    _texts: set[tuple[str, str]] = field(default_factory=set)
    _used: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def answers(self, request: Request) -> bool:
        return request.path.startswith("/2/")

    def answer(self, request: Request) -> Reply:
        if request.headers.get("authorization", "").startswith("Bearer "):
            return self._reply(403, APP_ONLY)
        token = self._authenticated(request)
        if not token:
            return self._reply(401, UNAUTHORIZED)
        account = token.partition("-")[0]
        match request.method, request.path.strip("/").split("/"):
            case "POST", [_, "tweets"]:
                return self._create(request, account)
            case "DELETE", [_, "tweets", post_id]:
                return self._reply(200, {"data": {"deleted": self.ledger.delete(post_id)}})
            case "GET", [_, "users", "me"]:
                return self._reply(
                    200, {"data": {"id": account, "name": f"Account {account}", "username": f"account_{account}"}}
                )
            case "GET", [_, "users", user_id, "tweets"]:
                return self._reply(200, _timeline(self.ledger.of(user_id), request.query))
        return self._reply(404, {"title": "Not Found", "detail": "Not Found", "type": "about:blank", "status": 404})

    def _authenticated(self, request: Request) -> str:
        scheme, _, rest = request.headers.get("authorization", "").partition(" ")
        given = {name: unquote(value) for name, value in _OAUTH.findall(rest)}
        token = given.get("oauth_token", "")
        if scheme != "OAuth" or "oauth_signature" not in given:
            return ""
        if self.keys is None:
            return token
        return token if token in self.keys and _is_signed(request, given, self.keys[token]) else ""

    def _create(self, request: Request, account: str) -> Reply:
        body = request.json
        if not isinstance(body, dict) or not body.get("text") or body.keys() - BODY_KEYS:
            return self._reply(400, _invalid("Request body must be a JSON object."))
        text = body["text"]
        with self._lock:
            if self.limit is not None and self._used[account] >= self.limit:
                return self._reply(429, TOO_MANY, self._limits(account))
            if self.refuse_duplicates and (account, text) in self._texts:
                return self._reply(403, DUPLICATE, self._limits(account))
            self._texts.add((account, text))
            self._used[account] += 1
            post = self._store(account, text, request.received)
            limits = self._limits(account)
        return self._reply(
            201, {"data": {"edit_history_tweet_ids": [post.id], "id": post.id, "text": post.shown}}, limits
        )

    def _store(self, account: str, text: str, received: float) -> Stored:
        post = Stored("twitter", account, str(next(self._ids)), text, shown(text), received)
        with self.ledger.lock:
            self.ledger.store(post)
        return post

    def _limits(self, account: str) -> dict[str, str]:
        limit, used, now = self.limit or 100, self._used[account], int(time.time())
        left = max(0, limit - used)
        return {
            "x-rate-limit-limit": str(limit),
            "x-rate-limit-remaining": str(left),
            "x-rate-limit-reset": str(now + WINDOW_SECONDS),
            "x-user-limit-24hour-limit": "1000000",
            "x-user-limit-24hour-remaining": str(1_000_000 - used),
            "x-user-limit-24hour-reset": str(now + DAY_SECONDS),
        }

    def _reply(self, status: int, body: object, headers: Mapping[str, str] | None = None) -> Reply:
        common = {"api-version": "2.168", "x-access-level": self.access_level, "server": "cloudflare envoy"}
        return Reply(status, body, {**common, **(headers or {})})


def shown(text: str) -> str:
    """A text as X gives it back: links shortened, three characters written as in HTML."""
    return html.escape(_URL.sub(lambda found: short_link(found[0]), text), quote=False)


def short_link(url: str) -> str:
    """The t.co link that stands for a URL."""
    return "https://t.co/" + hashlib.sha256(url.encode()).hexdigest()[:10]


def _timeline(posts: list[Stored], query: Mapping[str, str]) -> dict[str, object]:
    """The newest first, as pages of 5 to 100."""
    newest_first = [post for post in reversed(posts) if _is_asked(post, query)]
    start, size = int(query.get("pagination_token", "0")), int(query.get("max_results", "10"))
    page = newest_first[start : start + size]
    if not page:
        return {"meta": {"result_count": 0}}
    meta: dict[str, object] = {"result_count": len(page), "newest_id": page[0].id, "oldest_id": page[-1].id}
    if start + size < len(newest_first):
        meta["next_token"] = str(start + size)
    fields = query.get("tweet.fields", "").split(",")
    return {"data": [_tweet(post, fields) for post in page], "meta": meta}


def _is_asked(post: Stored, query: Mapping[str, str]) -> bool:
    moment = _iso(post.received)
    return (
        int(post.id) > int(query.get("since_id", "0"))
        and int(post.id) < int(query.get("until_id", "9" * 19))
        and query.get("start_time", "") <= moment < query.get("end_time", "9999")
    )


def _tweet(post: Stored, fields: list[str]) -> dict[str, object]:
    tweet: dict[str, object] = {"id": post.id, "text": post.shown, "edit_history_tweet_ids": [post.id]}
    if "created_at" in fields:
        tweet["created_at"] = _iso(post.received)
    if "author_id" in fields:
        tweet["author_id"] = post.account
    urls = [{"url": short_link(url), "expanded_url": url} for url in _URL.findall(post.text)]
    if "entities" in fields and urls:
        tweet["entities"] = {"urls": urls}
    return tweet


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _invalid(message: str) -> dict[str, object]:
    return {
        "errors": [{"parameters": {}, "message": message}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": "https://api.twitter.com/2/problems/invalid-request",
    }


def _is_signed(request: Request, given: Mapping[str, str], keys: Keys) -> bool:
    """Whether the signature of RFC 5849 is right for the method, the address called and its parameters."""
    parameters = {
        **request.query,
        **{name: value for name, value in given.items() if name not in ("oauth_signature", "realm")},
    }
    pairs = sorted((_encoded(name), _encoded(value)) for name, value in parameters.items())
    address = f"http://{request.headers.get('host', '')}{request.path}"
    base = "&".join((request.method, _encoded(address), _encoded("&".join(f"{name}={value}" for name, value in pairs))))
    key = f"{_encoded(keys.consumer_secret)}&{_encoded(keys.access_token_secret)}"
    expected = base64.b64encode(hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()).decode()
    return hmac.compare_digest(expected, given["oauth_signature"])


def _encoded(value: str) -> str:
    return quote(value, safe="~")
