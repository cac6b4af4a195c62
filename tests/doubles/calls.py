"""What a call is for, on either network."""

import re
from enum import StrEnum

from tests.doubles.messages import Request


class Kind(StrEnum):
    """What a call wants; a fault can be aimed at one kind."""

    POST = "post"
    MEDIA = "media"  #: a picture
    METADATA = "metadata"  #: a picture's description; Facebook takes it with the picture
    LOOK = "look"  #: the account's own posts
    ATTACHED = "attached"  #: the pictures of a post
    DELETE = "delete"
    OTHER = "other"


_PATTERNS = (
    (Kind.POST, r"POST (/2/tweets|/v[0-9.]+/\w+/feed)"),
    (Kind.MEDIA, r"POST (/2/media/upload|/v[0-9.]+/\w+/photos)"),
    (Kind.METADATA, r"POST /2/media/metadata"),
    (Kind.LOOK, r"GET (/2/users/\w+/tweets|/v[0-9.]+/\w+/(published_posts|feed))"),
    (Kind.ATTACHED, r"GET /v[0-9.]+/\w+/attachments"),
    (Kind.DELETE, r"DELETE .*"),
)


def kind_of(request: Request) -> Kind:
    """What this call is for."""
    call = f"{request.method} {request.path}"
    return next(
        (kind for kind, pattern in _PATTERNS if re.fullmatch(pattern, call)), Kind.OTHER
    )


def is_x(request: Request) -> bool:
    """Whether the call is to X."""
    return request.path.startswith("/2/")


def account_of(request: Request) -> str:
    """The account that the call is made for: X's is in its token, Facebook's in the address."""
    if is_x(request):
        token = re.search(r'oauth_token="([^"-]*)', request.headers.get("authorization", ""))
        return token[1] if token else ""
    page = re.match(r"/v[0-9.]+/(\d+)", request.path)
    return page[1] if page else ""
