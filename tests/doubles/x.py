"""X as docs.x.com describes it, as its OpenAPI file has it, and as its replies have been published."""

import base64
import binascii
import hashlib
import hmac
import itertools
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

from tests.doubles.known import X_BODIES, unknown_query
from tests.doubles.ledger import Ledger, Stored, Upload
from tests.doubles.messages import Reply, Request
from tests.doubles.x_posts import picture_link, shown, timeline

FIRST_ID = 1445880548472328192
WINDOW_SECONDS = 900
DAY_SECONDS = 86400
DUPLICATE = {
    "detail": "You are not allowed to create a Tweet with duplicate content.",
    "type": "about:blank",
    "title": "Forbidden",
    "status": 403,
}
UNAUTHORIZED = {
    "title": "Unauthorized",
    "type": "about:blank",
    "status": 401,
    "detail": "Unauthorized",
}
APP_ONLY = {
    "title": "Unsupported Authentication",
    "detail": "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported authentication"
    " types are [OAuth 1.0a User Context, OAuth 2.0 User Context].",
    "type": "https://api.twitter.com/2/problems/unsupported-authentication",
    "status": 403,
}
TOO_MANY = {
    "title": "Too Many Requests",
    "detail": "Too Many Requests",
    "type": "about:blank",
    "status": 429,
}
NOT_FOUND = {"title": "Not Found", "detail": "Not Found", "type": "about:blank", "status": 404}
GONE = "You attempted to reply to a Tweet that is deleted or not visible to you."
NOT_YOURS = "You can only reply to or quote posts where you are mentioned or are the author."
NOT_PERMITTED = "You are not permitted to perform this action."
MAX_PICTURE = 5_000_000
PICTURE_TYPES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG": "image/png",
    b"RIFF": "image/webp",
    b"GIF8": "image/gif",
}
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
    address that was called. `limit` posts an account fit into a window of fifteen minutes. A post is listed only when
    it is `lag` seconds old. A parameter that X's published file does not have is refused; with `is_older`, the file is the one
    from before August 2026, whose word is tweet and not post.
    """

    ledger: Ledger
    keys: Mapping[str, Keys] | None = None
    limit: int | None = None
    refuse_duplicates: bool = True
    access_level: str = "read-write"
    lag: float = 0.0
    is_older: bool = False
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
        unknown = unknown_query(request, is_older=self.is_older)
        if unknown:
            name, message = unknown
            return self._reply(400, _invalid(message, {name: [request.query[name]]}))
        match request.method, request.path.strip("/").split("/"):
            case "POST", [_, "tweets"]:
                return self._create(request, account)
            case "POST", [_, "media", "upload"]:
                return self._upload(request, account)
            case "POST", [_, "media", "metadata"]:
                return self._describe(request, account)
            case "DELETE", [_, "tweets", post_id]:
                return self._delete(post_id, account)
            case "GET", [_, "users", "me"]:
                return self._reply(
                    200,
                    {
                        "data": {
                            "id": account,
                            "name": f"Account {account}",
                            "username": f"account_{account}",
                        }
                    },
                )
            case "GET", [_, "users", user_id, "tweets"]:
                return self._reply(
                    200, timeline(self.ledger.of(user_id), request.query, self.lag)
                )
        return self._reply(404, NOT_FOUND)

    def _authenticated(self, request: Request) -> str:
        scheme, _, rest = request.headers.get("authorization", "").partition(" ")
        given = {name: unquote(value) for name, value in _OAUTH.findall(rest)}
        token = given.get("oauth_token", "")
        if scheme != "OAuth" or "oauth_signature" not in given:
            return ""
        if self.keys is None:
            return token
        return (
            token if token in self.keys and _is_signed(request, given, self.keys[token]) else ""
        )

    def _create(self, request: Request, account: str) -> Reply:
        body = _object(request.json)
        text, media = (
            str(body.get("text", "")),
            _list(_object(body.get("media")).get("media_ids")),
        )
        reply_to = str(_object(body.get("reply")).get("in_reply_to_tweet_id", ""))
        if not (text or media) or _is_odd(request) or len(media) > 4:
            return self._reply(400, _invalid("Request body must be a JSON object."))
        if any(self._picture(one, account) is None for one in media):
            return self._reply(
                400, _invalid("Your media IDs are invalid.", {"media.media_ids": media})
            )
        if reply_to and (gate := self._gate(reply_to, account)):
            return self._reply(403, _forbidden(gate))
        return self._store(account, text, reply_to, tuple(map(str, media)), request.received)

    def _store(
        self, account: str, text: str, reply_to: str, media: tuple[str, ...], received: float
    ) -> Reply:
        with self._lock:
            if self.limit is not None and self._used[account] >= self.limit:
                return self._reply(429, TOO_MANY, self._limits(account))
            if self.refuse_duplicates and (account, text) in self._texts:
                return self._reply(403, DUPLICATE, self._limits(account))
            self._texts.add((account, text))
            self._used[account] += 1
            post_id = str(next(self._ids))
            words = shown(text, picture_link(account, post_id) if media else "")
            with self.ledger.lock:
                self.ledger.store(
                    Stored("twitter", account, post_id, text, words, received, reply_to, media)
                )
            limits = self._limits(account)
        # A post that is made is answered in the older words, whatever the file says.
        told = {"edit_history_tweet_ids": [post_id], "id": post_id, "text": words}
        return self._reply(201, {"data": told}, limits)

    def _gate(self, reply_to: str, account: str) -> str:
        """Why a post may not be answered, "" when it may."""
        answered = self.ledger.get(reply_to)
        if answered is None or answered.network != "twitter":
            return GONE
        return "" if answered.account == account else NOT_YOURS

    def _delete(self, post_id: str, account: str) -> Reply:
        post = self.ledger.get(post_id)
        if post and post.account != account:
            return self._reply(403, _forbidden(NOT_PERMITTED))
        if post and self.ledger.delete(post_id):
            return self._reply(200, {"data": {"deleted": True}})
        return self._reply(404, {"errors": [_not_found(post_id)]})

    def _upload(self, request: Request, account: str) -> Reply:
        body = _object(request.json)
        try:
            data = base64.b64decode(str(body.get("media", "")), validate=True)
        except binascii.Error:
            data = b""
        kind = next(
            (kind for start, kind in PICTURE_TYPES.items() if data.startswith(start)), ""
        )
        is_image = bool(kind) and body.get("media_category") == "tweet_image"
        if not is_image or len(data) > MAX_PICTURE or _is_odd(request):
            return self._reply(400, _invalid("The media could not be read."))
        with self._lock:
            picture = Upload(str(next(self._ids)), account, kind, data)
        self.ledger.upload(picture)
        told = {
            "id": picture.id,
            "media_key": f"3_{picture.id}",
            "size": len(data),
            "expires_after_secs": DAY_SECONDS,
        }
        return self._reply(200, {"data": told})

    def _describe(self, request: Request, account: str) -> Reply:
        body = _object(request.json)
        alt = _object(_object(body.get("metadata")).get("alt_text")).get("text")
        picture = self._picture(body.get("id"), account)
        if not isinstance(alt, str) or not 0 < len(alt) <= 1000:
            alt = ""
        if picture is None or not alt or _is_odd(request):
            return self._reply(400, _invalid("The metadata is invalid."))
        self.ledger.upload(replace(picture, alt=alt))
        return self._reply(
            200,
            {"data": {"id": picture.id, "associated_metadata": {"alt_text": {"text": alt}}}},
        )

    def _picture(self, media_id: object, account: str) -> Upload | None:
        picture = self.ledger.uploads.get(str(media_id))
        return picture if picture and picture.account == account else None

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

    def _reply(
        self, status: int, body: object, headers: Mapping[str, str] | None = None
    ) -> Reply:
        common = {
            "api-version": "2.168",
            "x-access-level": self.access_level,
            "server": "cloudflare envoy",
        }
        return Reply(status, body, {**common, **(headers or {})})


def _is_odd(request: Request) -> bool:
    """Whether a body has a key that X's file does not have."""
    return bool(_object(request.json).keys() - X_BODIES[request.path])


def _object(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _forbidden(detail: str) -> dict[str, object]:
    return {"title": "Forbidden", "status": 403, "detail": detail, "type": "about:blank"}


def _not_found(post_id: str) -> dict[str, object]:
    """X's documentation does not say how a missing post is answered when it is to be deleted; this is how one is when
    it is asked for."""
    return {
        "value": post_id,
        "detail": f"Could not find tweet with id: [{post_id}].",
        "title": "Not Found Error",
        "resource_type": "tweet",
        "parameter": "id",
        "resource_id": post_id,
        "type": "https://api.twitter.com/2/problems/resource-not-found",
    }


def _invalid(message: str, parameters: Mapping[str, object] | None = None) -> dict[str, object]:
    return {
        "errors": [{"parameters": parameters or {}, "message": message}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": "https://api.twitter.com/2/problems/invalid-request",
    }


def _is_signed(request: Request, given: Mapping[str, str], keys: Keys) -> bool:
    """Whether the signature of RFC 5849 is right for the method, the address called and its parameters."""
    parameters = {
        **request.query,
        **{
            name: value
            for name, value in given.items()
            if name not in ("oauth_signature", "realm")
        },
    }
    pairs = sorted((_encoded(name), _encoded(value)) for name, value in parameters.items())
    address = f"http://{request.headers.get('host', '')}{request.path}"
    base = "&".join(
        (
            request.method,
            _encoded(address),
            _encoded("&".join(f"{name}={value}" for name, value in pairs)),
        )
    )
    key = f"{_encoded(keys.consumer_secret)}&{_encoded(keys.access_token_secret)}"
    expected = base64.b64encode(
        hmac.new(key.encode(), base.encode(), hashlib.sha1).digest()
    ).decode()
    return hmac.compare_digest(expected, given["oauth_signature"])


def _encoded(value: str) -> str:
    return quote(value, safe="~")
