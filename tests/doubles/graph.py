"""Facebook's Graph API for Pages, as Meta's documentation and published replies have it."""

import hashlib
import hmac
import itertools
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

from tests.doubles.known import unknown_graph
from tests.doubles.ledger import Ledger, Stored, Upload
from tests.doubles.messages import Reply, Request

_VERSIONED = re.compile(r"^/(v\d+\.\d+)/(.+)$")
TRACE = "AXp8Zq7rT1k"


def error(
    code: int,
    message: str,
    status: int = 400,
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> Reply:
    """An error in Graph's envelope."""
    return Reply(
        status,
        {
            "error": {
                "message": message,
                "type": "OAuthException",
                "code": code,
                **more,
                "fbtrace_id": TRACE,
            }
        },
        headers or {},
    )


NO_TOKEN = error(190, "Invalid OAuth access token - Cannot parse access token", 401)
NO_OBJECT = error(
    100,
    "Unsupported request. Object with ID does not exist or cannot be loaded.",
    error_subcode=33,
)
NOT_ALLOWED = error(
    200, "(#200) The user hasn't authorized the application to perform this action", 403
)
NOT_OURS = error(200, "(#200) The post was not created by this application", 403)
SAME_AGAIN = error(506, "Duplicate status message")
NO_URL = error(100, "(#100) link should represent a valid URL")
OWN_LINK = error(
    100, "Invalid parameter", error_subcode=1609008, error_user_msg="You can't share this link."
)
UNREAD_LINK = error(
    100,
    "Invalid parameter",
    error_subcode=1609005,
    error_user_msg="There was a problem scraping data from the provided link.",
)


@dataclass
class Graph:
    """The network. With `tokens` (token → page id), only those are let in, each to its own Page; those of `persons` (token →
    person's id) may read a Page, and not post to it. With `app_secret`, every call must carry the proof of it. `limit` posts a
    Page are let through. A post is listed only when it is `lag` seconds old. What Meta's published file does not have is
    refused. A post that is deleted leaves its photos behind."""

    ledger: Ledger
    tokens: Mapping[str, str] | None = None
    persons: Mapping[str, str] = field(default_factory=dict)
    app_secret: str = ""
    limit: int | None = None
    refuse_duplicates: bool = True
    lag: float = 0.0
    unread: tuple[str, ...] = ()  #: beginnings of addresses whose pages it cannot read
    by_others: set[str] = field(
        default_factory=set
    )  #: the ids of posts that another app has made
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1001))
    _latest: dict[str, tuple[str, str]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _called: dict[str, str] = field(
        default_factory=dict
    )  #: without `tokens`: the Page that a token was first used for

    def answers(self, request: Request) -> bool:
        return bool(_VERSIONED.match(request.path))

    def answer(self, request: Request) -> Reply:
        found = _VERSIONED.match(request.path)
        version, rest = (found[1], found[2].strip("/").split("/")) if found else ("", [])
        given = {**request.query, **(request.form if request.method == "POST" else {})}
        reply = self._refusal(request, given, rest) or self._answer(request, given, rest)
        return Reply(
            reply.status, reply.body, {"facebook-api-version": version, **reply.headers}
        )

    def _answer(self, request: Request, given: Mapping[str, str], rest: list[str]) -> Reply:
        match request.method, rest:
            case "POST", [page, "feed"]:
                return self._create(page, given, request.received)
            case "POST", [page, "photos"]:
                return self._photo(page, given, request)
            case "POST", [post_id]:
                return self._edit(post_id, given)
            case "DELETE", [node]:
                is_gone = self.ledger.delete(node) or self.ledger.discard(node)
                return Reply(200, {"success": True}) if is_gone else NO_OBJECT
            case "GET", [post_id, "attachments"]:
                post = self.ledger.get(post_id)
                return Reply(200, {"data": self._attachments(post)}) if post else NO_OBJECT
            case "GET", [page]:
                node = self._owner(_token(request, given)) if page == "me" else page
                known = {"id": node, "name": f"Page {node}"}
                return Reply(
                    200,
                    {
                        name: known[name]
                        for name in given.get("fields", "id,name").split(",")
                        if name in known
                    },
                )
            case "GET", [page, "published_posts" | "feed"]:
                old = [
                    post
                    for post in self.ledger.of(page)
                    if post.received <= time.time() - self.lag
                ]
                return Reply(200, _page_of_posts(old, given, request))
        return NO_OBJECT

    def _refusal(
        self, request: Request, given: Mapping[str, str], rest: list[str]
    ) -> Reply | None:
        token = _token(request, given)
        if not token or (self.tokens is not None and not self._owner(token)):
            return NO_TOKEN
        self._called.setdefault(token, rest[0])
        unknown = unknown_graph(" ".join((request.method, *rest[1:])), given)
        if unknown:
            return error(100, f"(#100) Tried accessing nonexisting field ({unknown})")
        if not self._may(token, request.method, rest[0]):
            return NOT_ALLOWED
        if self.app_secret:
            proof = hmac.new(
                self.app_secret.encode(), token.encode(), hashlib.sha256
            ).hexdigest()
            if given.get("appsecret_proof") != proof:
                return error(104, "Invalid appsecret_proof provided in the API argument")
        return None

    def _owner(self, token: str) -> str:
        """Whose a token is: a Page's or a person's id, "" for nobody's."""
        tokens = self._called if self.tokens is None else self.tokens
        return self.persons.get(token) or tokens.get(token, "")

    def _may(self, token: str, method: str, target: str) -> bool:
        if token in self.persons:
            return method == "GET"
        picture = self.ledger.uploads.get(target)
        page = picture.account if picture else target.partition("_")[0]
        return self.tokens is None or page in ("me", self.tokens[token])

    def _attachments(self, post: Stored) -> list[dict[str, object]]:
        """The photos of a post: one alone, or the several of an album."""
        pictures = [self.ledger.uploads[photo_id] for photo_id in post.media]
        photos: list[dict[str, object]] = [
            {"media_type": "photo", "type": "photo", "target": {"id": picture.id}}
            for picture in pictures
            if not picture.deleted
        ]
        if len(photos) < 2:
            return photos
        album = {"media_type": "album", "type": "album", "target": {"id": post.id}}
        return [{**album, "subattachments": {"data": photos}}]

    def _create(self, page: str, given: Mapping[str, str], received: float) -> Reply:
        message, link, media = given.get("message", ""), given.get("link", ""), _attached(given)
        if not message and not link and not media:
            return error(100, "(#100) Missing message or attachment")
        refusal = self._about_link(link) if link else None
        if refusal:
            return refusal
        if any(
            one not in self.ledger.uploads
            or self.ledger.uploads[one].account != page
            or self.ledger.uploads[one].deleted
            for one in media
        ):
            return error(100, "(#100) Invalid parameter: attached_media")
        with self._lock:
            if self.limit is not None and self._counts.get(page, 0) >= self.limit:
                return error(32, "(#32) Page request limit reached", headers=_usage(page, 5))
            if self.refuse_duplicates and self._latest.get(page) == (message, link):
                return SAME_AGAIN
            self._latest[page] = (message, link)
            self._counts[page] = self._counts.get(page, 0) + 1
            post = Stored(
                "facebook",
                page,
                f"{page}_{next(self._numbers)}",
                message,
                message,
                received,
                media=media,
                link=link,
            )
            with self.ledger.lock:
                self.ledger.store(post)
        return Reply(
            200, _fields(post, ["id", *given.get("fields", "").split(",")]), _usage(page, 0)
        )

    def _about_link(self, link: str) -> Reply | None:
        host = urlsplit(link).hostname or ""
        if not link.startswith(("http://", "https://")) or not host:
            return NO_URL
        if host == "facebook.com" or host.endswith(".facebook.com"):
            return OWN_LINK
        is_inside = "." not in host or host.replace(".", "").isdigit()
        return UNREAD_LINK if is_inside or link.startswith(self.unread) else None

    def _edit(self, post_id: str, given: Mapping[str, str]) -> Reply:
        """Another text for a post; only the app that made it may."""
        message = given.get("message", "")
        if not message.strip():
            return error(100, "(#100) Missing message or attachment")
        if post_id in self.by_others and self.ledger.get(post_id):
            return NOT_OURS
        return (
            Reply(200, {"success": True}) if self.ledger.edit(post_id, message) else NO_OBJECT
        )

    def _photo(self, page: str, given: Mapping[str, str], request: Request) -> Reply:
        """A picture, which is a post of its own unless it is said to be unpublished."""
        for file in request.files.values():
            with self._lock:
                photo_id = str(next(self._numbers))
            alt = given.get("alt_text_custom", "")
            self.ledger.upload(
                Upload(photo_id, page, file.media_type, file.data, file.name, alt)
            )
            if given.get("published") == "false":
                return Reply(200, {"id": photo_id})
            post = Stored(
                "facebook",
                page,
                f"{page}_{photo_id}",
                "",
                "",
                request.received,
                media=(photo_id,),
            )
            with self.ledger.lock:
                self.ledger.store(post)
            return Reply(200, {"id": photo_id, "post_id": post.id})
        return error(324, "Missing or invalid image file")


def _token(request: Request, given: Mapping[str, str]) -> str:
    bearer = request.headers.get("authorization", "").partition("Bearer ")[2]
    return bearer or given.get("access_token", "")


def _attached(given: Mapping[str, str]) -> tuple[str, ...]:
    """The pictures of a post, in either of the two ways that they can be named."""
    single = [
        value for name, value in sorted(given.items()) if name.startswith("attached_media[")
    ]
    written = "[" + ",".join(single) + "]" if single else given.get("attached_media", "[]")
    try:
        return tuple(str(one["media_fbid"]) for one in json.loads(written))
    except (ValueError, TypeError, KeyError):
        return ()


def _usage(page: str, minutes: int) -> dict[str, str]:
    return {
        "x-business-use-case-usage": f'{{"{page}":[{{"type":"pages","call_count":1,"total_cputime":1,"total_time":1,'
        f'"estimated_time_to_regain_access":{minutes}}}]}}'
    }


def _page_of_posts(
    posts: list[Stored], given: Mapping[str, str], request: Request
) -> dict[str, object]:
    start, size = int(given.get("after", "0")), min(int(given.get("limit", "25")), 100)
    page = posts[::-1][start : start + size]
    fields = ["id", *given.get("fields", "message,created_time").split(",")]
    answer: dict[str, object] = {"data": [_fields(post, fields) for post in page]}
    if start + size < len(posts):
        after = str(start + size)
        # As there, the address holds the token, however it came.
        query = urlencode({"access_token": "a-token", **given, "after": after})
        address = f"http://{request.headers.get('host', '')}{request.path}?{query}"
        answer["paging"] = {"cursors": {"before": str(start), "after": after}, "next": address}
    return answer


def _fields(post: Stored, asked: list[str]) -> dict[str, object]:
    number = post.id.partition("_")[2]
    known: dict[str, object] = {
        "id": post.id,
        "message": post.text,
        "created_time": datetime.fromtimestamp(post.received, UTC).strftime(
            "%Y-%m-%dT%H:%M:%S+0000"
        ),
        "permalink_url": f"https://www.facebook.com/{post.account}/posts/{number}",
        "is_published": True,
    }
    return {name: known[name] for name in dict.fromkeys(asked) if name in known}
