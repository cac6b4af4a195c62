"""An account's posts as X shows them: links shortened, three signs as in HTML, long ones cut."""

import hashlib
import html
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime

from tests.doubles.ledger import Stored

LONG = 280
_URL = re.compile(r"https?://[^\s]+")


def shown(text: str, picture_link: str = "") -> str:
    """A text as X gives it back; the address of its pictures stands behind it."""
    whole = html.escape(_URL.sub(lambda found: short_link(found[0]), text), quote=False)
    return f"{whole} {short_link(picture_link)}".strip() if picture_link else whole


def short_link(url: str) -> str:
    """The t.co link that stands for a URL."""
    return "https://t.co/" + hashlib.sha256(url.encode()).hexdigest()[:10]


def picture_link(account: str, post_id: str) -> str:
    """Where a post's pictures are."""
    return f"https://x.com/account_{account}/status/{post_id}/photo/1"


def timeline(posts: list[Stored], query: Mapping[str, str], lag: float) -> dict[str, object]:
    """The newest first, as pages of 5 to 100, in the words (post, tweet) that they are asked for in. What is younger than
    `lag` seconds is not listed yet."""
    newest_first = [
        post
        for post in reversed(posts)
        if _is_asked(post, query) and post.received <= time.time() - lag
    ]
    start, size = int(query.get("pagination_token", "0")), int(query.get("max_results", "10"))
    page = newest_first[start : start + size]
    if not page:
        return {"meta": {"result_count": 0}}
    meta: dict[str, object] = {
        "result_count": len(page),
        "newest_id": page[0].id,
        "oldest_id": page[-1].id,
    }
    if start + size < len(newest_first):
        meta["next_token"] = str(start + size)
    word = "tweet" if "tweet.fields" in query else "post"
    fields = query.get(f"{word}.fields", "").split(",")
    return {"data": [_post(post, fields, word) for post in page], "meta": meta}


def _is_asked(post: Stored, query: Mapping[str, str]) -> bool:
    at = datetime.fromtimestamp(post.received, UTC)
    return (
        int(post.id) > int(query.get("since_id", "0"))
        and int(post.id) < int(query.get("until_id", "9" * 19))
        and datetime.fromisoformat(query.get("start_time", "2010-11-06T00:00:00Z")) <= at
        and at < datetime.fromisoformat(query.get("end_time", "9999-01-01T00:00:00Z"))
    )


def _post(post: Stored, fields: list[str], word: str) -> dict[str, object]:
    told: dict[str, object] = {
        "id": post.id,
        f"edit_history_{word}_ids": [post.id],
        **_words(post.shown, post, fields),
    }
    if len(post.shown) > LONG:
        told["text"] = (
            post.shown[: LONG - 5] + "… " + short_link(f"https://x.com/i/web/status/{post.id}")
        )
        told.pop("entities", None)
        if f"note_{word}" in fields:
            told[f"note_{word}"] = _words(shown(post.text), post, fields)
    if "created_at" in fields:
        told["created_at"] = datetime.fromtimestamp(post.received, UTC).strftime(
            "%Y-%m-%dT%H:%M:%S.000Z"
        )
    if post.reply_to and "referenced_tweets" in fields:
        told[f"referenced_{word}s"] = [{"type": "replied_to", "id": post.reply_to}]
    return told


def _words(text: str, post: Stored, fields: list[str]) -> dict[str, object]:
    urls = [{"url": short_link(url), "expanded_url": url} for url in _URL.findall(post.text)]
    if post.media:
        link = picture_link(post.account, post.id)
        urls.append(
            {"url": short_link(link), "expanded_url": link, "media_key": f"3_{post.media[0]}"}
        )
    return {
        "text": text,
        **({"entities": {"urls": urls}} if urls and "entities" in fields else {}),
    }
