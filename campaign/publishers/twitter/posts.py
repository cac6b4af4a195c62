"""An account's own posts as X lists them, in its newer words (post) and its older ones (tweet)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from campaign.publishers.answer import Answer, identifier, mapping, moment, text
from campaign.publishers.publisher import RemotePost

FIELDS: Mapping[str, str] = {
    "post.fields": "created_at,entities,note_post",
    "tweet.fields": "created_at,entities,note_tweet,referenced_tweets",
}
"""What is asked for of each post besides its id and its text, by the parameter that asks. X's OpenAPI file has had the first
alone since August 2026 (https://api.x.com/2/openapi.json, 2.168), and X answers to both, each in its own words."""
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
        meta = mapping(answer.fields.get("meta"))
        listed = answer.fields.get("data")
        if listed is None and meta.get("result_count") == 0:
            listed = []
        if not isinstance(listed, list):
            return None
        posts: list[RemotePost] = []
        for written in listed:
            post = _read(mapping(written))
            if post is None:
                return None
            posts.append(post)
        return cls(posts, text(meta.get("next_token")))


def address_of(post_id: str) -> str:
    """Where a post can be seen, whatever its account is called."""
    return f"https://x.com/i/web/status/{post_id}"


def _read(post: Mapping[str, object]) -> RemotePost | None:
    """None when the post cannot be read."""
    post_id, at = identifier(post.get("id")), _time(post)
    # A long post has its whole text in its note.
    note = mapping(post.get("note_tweet") or post.get("note_post"))
    whole = note if isinstance(note.get("text"), str) else post
    shown = whole.get("text")
    if not post_id or at is None or not isinstance(shown, str):
        return None
    sent = _as_sent(shown, _links(whole, post_id))
    return RemotePost(post_id, address_of(post_id), sent, at, _answered(post))


def _time(post: Mapping[str, object]) -> datetime | None:
    at = moment(post.get("created_at"))
    number = text(post.get("id"))
    if at or not re.fullmatch(r"[1-9][0-9]{15,18}", number):
        return at
    milliseconds = (int(number) >> 22) + _EPOCH  # the last 22 bits say nothing of the time
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _links(whole: Mapping[str, object], post_id: str) -> dict[str, str]:
    """The address behind each short link: "" for the one that X adds for the post's own pictures."""
    entities = mapping(whole.get("entities"))
    own = re.compile(
        rf"https://(?:x|twitter)\.com/[^/]+/status/{re.escape(post_id)}/(?:photo|video)/\d+"
    )
    links: dict[str, str] = {}
    for listed in _list(entities.get("urls")):
        url = mapping(listed)
        links[text(url.get("url"))] = text(url.get("expanded_url"))
    return {
        short: "" if own.fullmatch(expanded) else expanded
        for short, expanded in links.items()
        if short and expanded
    }


def _as_sent(shown: str, links: Mapping[str, str]) -> str:
    for written, sign in _SIGNS:
        shown = shown.replace(written, sign)
    if not links:
        return shown
    # The longest first: a short link may be the beginning of another.
    longest_first = sorted(links, key=len, reverse=True)
    any_link = "|".join(map(re.escape, longest_first))
    return re.sub(any_link, lambda match: links[match[0]], shown).strip()


def _answered(post: Mapping[str, object]) -> str:
    """The id of the post that this one answers; "" when it answers none."""
    for listed in _list(post.get("referenced_tweets") or post.get("referenced_posts")):
        other = mapping(listed)
        if other.get("type") == "replied_to":
            return text(other.get("id"))
    return ""


def _list(value: object) -> Iterable[object]:
    return value if isinstance(value, list) else []
