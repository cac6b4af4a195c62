"""An account's own posts as X lists them, in its older words (tweet) and its newer ones (post)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from campaign.publishers.answer import Answer, identifier, mapping, moment, text
from campaign.publishers.publisher import RemotePost

FIELDS = ["created_at", "entities", "note_tweet", "referenced_tweets"]
"""What is asked for of each post, besides its id and its text."""
_EPOCH = 1_288_834_974_657
"""X's ids hold their time, in milliseconds from this one on: the moment when it began to number so."""
_SIGNS = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
"""The three that X writes as in HTML, and no others; the last one last, since it is in the others."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of posts, and how to ask for the next one, "" after the last."""

    posts: list[RemotePost]
    after: str

    @classmethod
    def of(cls, answer: Answer) -> Self | None:
        """None when the answer is no list, or holds a post that cannot be read: it might be the one looked for."""
        meta, data = mapping(answer.fields.get("meta")), answer.fields.get("data")
        if data is None and meta.get("result_count") == 0:
            data = []
        if not isinstance(data, list):
            return None
        posts = [found for post in data if (found := _found(mapping(post)))]
        return cls(posts, text(meta.get("next_token"))) if len(posts) == len(data) else None


def address_of(post_id: str) -> str:
    """Where a post can be seen, whatever its account is called."""
    return f"https://x.com/i/web/status/{post_id}"


def _found(post: Mapping[str, object]) -> RemotePost | None:
    post_id, at = identifier(post.get("id")), _time(post)
    # A long post has its whole text in its note.
    note = mapping(post.get("note_tweet") or post.get("note_post"))
    whole = note if isinstance(note.get("text"), str) else post
    shown = whole.get("text")
    if not post_id or at is None or not isinstance(shown, str):
        return None
    return RemotePost(
        post_id, address_of(post_id), _as_sent(shown, _links(whole, post_id)), at, _answered(post)
    )


def _time(post: Mapping[str, object]) -> datetime | None:
    at, number = moment(post.get("created_at")), text(post.get("id"))
    if at or not re.fullmatch(r"[1-9][0-9]{15,18}", number):
        return at
    return datetime.fromtimestamp(((int(number) >> 22) + _EPOCH) / 1000, UTC)


def _links(whole: Mapping[str, object], post_id: str) -> dict[str, str]:
    """What each short link stands for: "" for the one that X adds for the post's own pictures."""
    urls = [mapping(url) for url in _list(mapping(whole.get("entities")).get("urls"))]
    own = re.compile(
        rf"https://(?:x|twitter)\.com/[^/]+/status/{re.escape(post_id)}/(?:photo|video)/\d+"
    )
    meant = {text(url.get("url")): text(url.get("expanded_url")) for url in urls}
    return {
        short: "" if own.fullmatch(meant[short]) else meant[short]
        for short in meant
        if short and meant[short]
    }


def _as_sent(shown: str, links: Mapping[str, str]) -> str:
    for written, sign in _SIGNS:
        shown = shown.replace(written, sign)
    if not links:
        return shown
    short = "|".join(map(re.escape, sorted(links, key=len, reverse=True)))
    return re.sub(short, lambda found: links[found[0]], shown).strip()


def _answered(post: Mapping[str, object]) -> str:
    others = [
        mapping(other)
        for other in _list(post.get("referenced_tweets") or post.get("referenced_posts"))
    ]
    return next(
        (text(other.get("id")) for other in others if other.get("type") == "replied_to"), ""
    )


def _list(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else []
