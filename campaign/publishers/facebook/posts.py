"""A Page's own posts as the Graph API lists them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from campaign.publishers.answer import identifier, mapping, moment, text
from campaign.publishers.publisher import RemotePost

FIELDS = "id,message,created_time,permalink_url"
_SECRET = ("access_token", "appsecret_proof")


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of posts, and what to ask the next one with, None after the last."""

    posts: list[RemotePost]
    after: dict[str, str] | None

    @classmethod
    def of(cls, body: object) -> Self | None:
        """None when the answer is no list, or holds a post that cannot be read: it might be the one looked for."""
        data = mapping(body).get("data")
        if not isinstance(data, list):
            return None
        posts = [found for post in data if (found := _found(mapping(post)))]
        after = _after(mapping(mapping(body).get("paging")))
        return cls(posts, after or None) if len(posts) == len(data) and after != {} else None


def address_of(post: Mapping[str, object], post_id: str) -> str:
    """Where a post can be seen: the address that Facebook tells, if it is one."""
    link = text(post.get("permalink_url"))
    return (
        link
        if link.startswith("https://") and link.isprintable()
        else f"https://www.facebook.com/{post_id}"
    )


def _after(paging: Mapping[str, object]) -> dict[str, str] | None:
    """What the address of the next page asks; None when there is none, empty when it cannot be read. Nothing else is
    taken from it: it names a host, and holds the token."""
    if "next" not in paging:
        return None
    try:
        asked = dict(parse_qsl(urlsplit(text(paging["next"])).query))
    except ValueError:
        return {}
    return {name: value for name, value in asked.items() if name not in _SECRET}


def _found(post: Mapping[str, object]) -> RemotePost | None:
    """A post without a message is one of pictures alone."""
    post_id, message = identifier(post.get("id")), post.get("message", "")
    at = moment(post.get("created_time"))
    if not post_id or at is None or not isinstance(message, str):
        return None
    return RemotePost(post_id, address_of(post, post_id), message, at)
