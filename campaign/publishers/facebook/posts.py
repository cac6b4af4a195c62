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
        listed = mapping(body).get("data")
        if not isinstance(listed, list):
            return None
        posts: list[RemotePost] = []
        for written in listed:
            post = _read(mapping(written))
            if post is None:
                return None
            posts.append(post)
        after = _after(mapping(mapping(body).get("paging")))
        # A next page that cannot be asked for would be a part of the list that nobody has read.
        return None if after == {} else cls(posts, after)


def address_of(post: Mapping[str, object], post_id: str) -> str:
    """Where a post can be seen: the address that Facebook gives, if it is one, else one made from the id."""
    link = text(post.get("permalink_url"))
    if link.startswith("https://") and link.isprintable():
        return link
    return f"https://www.facebook.com/{post_id}"


def _after(paging: Mapping[str, object]) -> dict[str, str] | None:
    """The parameters in the address of the next page; None when there is no next page, empty when they cannot be read."""
    if "next" not in paging:
        return None
    try:
        query = urlsplit(text(paging["next"])).query
        parameters = dict(parse_qsl(query))
    except ValueError:
        return {}
    # Nothing else is taken from the address: it names a host, and holds the token.
    return {name: value for name, value in parameters.items() if name not in _SECRET}


def _read(post: Mapping[str, object]) -> RemotePost | None:
    """None when the post cannot be read."""
    post_id = identifier(post.get("id"))
    message = post.get("message", "")  # a post of pictures alone has none
    at = moment(post.get("created_time"))
    if not post_id or at is None or not isinstance(message, str):
        return None
    return RemotePost(post_id, address_of(post, post_id), message, at)
