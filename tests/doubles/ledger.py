"""What the doubles have stored and heard: the truth that a test compares the program's own log with."""

import hashlib
import threading
from dataclasses import asdict, dataclass, field, replace

from tests.doubles.messages import Request


@dataclass(frozen=True, slots=True)
class Stored:
    """A post that is out. `received` is in seconds since 1970; `shown` is the text as the network shows it."""

    network: str
    account: str
    id: str
    text: str
    shown: str
    received: float
    reply_to: str = ""
    media: tuple[str, ...] = ()
    deleted: bool = False
    link: str = ""  #: that stands beside the text


@dataclass(frozen=True, slots=True)
class Upload:
    """A picture that was given to a network, shown in a post or not."""

    id: str
    account: str
    media_type: str
    data: bytes
    name: str = ""
    alt: str = ""
    deleted: bool = False

    def as_json(self) -> dict[str, object]:
        """What a test wants to know of it, the bytes as their number and hash."""
        digest = hashlib.sha256(self.data).hexdigest()
        told = {"id": self.id, "type": self.media_type, "name": self.name, "alt": self.alt}
        return {**told, "bytes": len(self.data), "sha256": digest}


@dataclass
class Ledger:
    """Posts in the order of their arrival, deleted ones too, pictures by their ids, and every request."""

    posts: list[Stored] = field(default_factory=list)
    uploads: dict[str, Upload] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    _by_id: dict[str, int] = field(default_factory=dict)

    def hear(self, request: Request) -> None:
        """Notes a call."""
        with self.lock:
            self.requests.append(request)

    def store(self, post: Stored) -> None:
        """Adds a post; the caller holds the lock."""
        self._by_id[post.id] = len(self.posts)
        self.posts.append(post)

    def edit(self, post_id: str, text: str) -> bool:
        """Gives a post that is out another text; False when there is none."""
        with self.lock:
            at = self._by_id.get(post_id)
            if at is None or self.posts[at].deleted:
                return False
            self.posts[at] = replace(self.posts[at], text=text, shown=text)
            return True

    def delete(self, post_id: str) -> bool:
        """Takes a post down; False when there is none."""
        with self.lock:
            at = self._by_id.get(post_id)
            if at is None or self.posts[at].deleted:
                return False
            self.posts[at] = replace(self.posts[at], deleted=True)
            return True

    def upload(self, picture: Upload) -> None:
        """Keeps a picture, or what is new about it."""
        with self.lock:
            self.uploads[picture.id] = picture

    def discard(self, picture_id: str) -> bool:
        """Deletes a picture; False when there is none."""
        with self.lock:
            picture = self.uploads.get(picture_id)
            if picture is None or picture.deleted:
                return False
            self.uploads[picture_id] = replace(picture, deleted=True)
            return True

    def standing(self) -> list[str]:
        """The ids of the pictures that the networks have still, shown in a post or not."""
        with self.lock:
            return [picture.id for picture in self.uploads.values() if not picture.deleted]

    def get(self, post_id: str) -> Stored | None:
        """A post that is out."""
        with self.lock:
            at = self._by_id.get(post_id)
            return None if at is None or self.posts[at].deleted else self.posts[at]

    def of(self, account: str) -> list[Stored]:
        """The posts of one account that are still out, oldest first."""
        with self.lock:
            return [post for post in self.posts if post.account == account and not post.deleted]

    def texts(self, account: str | None = None) -> list[str]:
        """The texts that are out, oldest first, as they were sent."""
        with self.lock:
            return [
                post.text
                for post in self.posts
                if not post.deleted and account in (None, post.account)
            ]

    def writes(self) -> list[Request]:
        """The POST and DELETE calls."""
        with self.lock:
            return [request for request in self.requests if request.is_write]

    def clear(self) -> None:
        """Forgets everything."""
        with self.lock:
            self.posts.clear()
            self.uploads.clear()
            self.requests.clear()
            self._by_id.clear()

    def as_json(self) -> dict[str, object]:
        """Everything, for another process."""
        with self.lock:
            requests = list(self.requests)
        return {
            "posts": self.posts_as_json(),
            "requests": [request.as_json() for request in requests],
        }

    def posts_as_json(self) -> list[dict[str, object]]:
        """The posts with their pictures, deleted ones too, in the order of their arrival."""
        with self.lock:
            posts, uploads = list(self.posts), dict(self.uploads)
        return [
            {
                **asdict(post),
                "time": post.received,
                "media": [uploads[one].as_json() for one in post.media],
            }
            for post in posts
        ]
