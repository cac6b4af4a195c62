"""What the doubles have stored and heard: the truth that a test compares the program's own log with."""

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
    deleted: bool = False


@dataclass
class Ledger:
    """Posts in the order of their arrival, deleted ones too, and every request."""

    posts: list[Stored] = field(default_factory=list)
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

    def delete(self, post_id: str) -> bool:
        """Takes a post down; False when there is none."""
        with self.lock:
            at = self._by_id.get(post_id)
            if at is None or self.posts[at].deleted:
                return False
            self.posts[at] = replace(self.posts[at], deleted=True)
            return True

    def of(self, account: str) -> list[Stored]:
        """The posts of one account that are still out, oldest first."""
        with self.lock:
            return [post for post in self.posts if post.account == account and not post.deleted]

    def texts(self, account: str | None = None) -> list[str]:
        """The texts that are out, oldest first, as they were sent."""
        with self.lock:
            return [post.text for post in self.posts if not post.deleted and account in (None, post.account)]

    def writes(self) -> list[Request]:
        """The POST and DELETE calls."""
        with self.lock:
            return [request for request in self.requests if request.is_write]

    def clear(self) -> None:
        """Forgets everything."""
        with self.lock:
            self.posts.clear()
            self.requests.clear()
            self._by_id.clear()

    def as_json(self) -> dict[str, object]:
        """Everything, for another process."""
        with self.lock:
            posts, requests = list(self.posts), list(self.requests)
        return {"posts": [asdict(post) for post in posts], "requests": [request.as_json() for request in requests]}
