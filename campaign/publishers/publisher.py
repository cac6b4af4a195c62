"""What a network is to the rest of the program: finished text in, one of four outcomes out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from campaign.publishers.network import Network

CLOCKS_DIFFER = timedelta(minutes=5)
"""A network's clock and this machine's are taken to agree within this: looking goes back so much further."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it goes out. `name` is neutral ("picture-1.jpg"): networks may show it, and files' own names tell
    of people. `alt` is its description for those who cannot see it."""

    data: bytes
    media_type: str
    name: str
    alt: str


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out, finished: nothing is added or changed after this.

    `link` is an address that stands beside the text, as an attachment; "" for none.
    `reply_to` is the network's id of the own post that this one answers, "" for none: so posts become a thread.
    `key` is the same in every try at this very text of this very delivery, and in no other: a network that takes such a
    key (`Can.KEY`) posts it once, however often it arrives.
    """

    text: str
    pictures: tuple[Picture, ...] = ()
    reply_to: str = ""
    key: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """A message that only has to be posted: the network has its pictures, under these ids, and shows nobody anything."""

    message: Message
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """The network has it: its id there, and its address."""

    remote_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The network said no, and would say no again. `duplicate` is True when it says that it has this text already:
    after an attempt whose answer was lost, that is a sign that the attempt arrived."""

    reason: str
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class TryLater:
    """Surely nothing was posted. `wait` is what the network asks for, if it says;
    `whole_channel` is True when the trouble is the account's (a limit, no credits, a key), not this post's;
    `is_machines` when it is this machine's: then it is no try of the post."""

    reason: str
    wait: timedelta | None = None
    whole_channel: bool = False
    is_machines: bool = False


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """The answer was lost: the post may be out, or not."""

    reason: str


Outcome = Published | Refused | TryLater | Unconfirmed


@dataclass(frozen=True, slots=True)
class RemotePost:
    """A post on the account. `text` is as it was sent, as far as the network lets it be known;
    `matching.same_text` compares it. `reply_to` is the id of the post that it answers, "" when none is known."""

    remote_id: str
    url: str
    text: str
    at: datetime
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Deleted:
    """The network says that it has taken the post down."""


@dataclass(frozen=True, slots=True)
class NotThere:
    """The network says that it has no such post."""


@dataclass(frozen=True, slots=True)
class NotDeleted:
    """The post may still be out; `reason` is a sentence for a person."""

    reason: str


Removal = Deleted | NotThere | NotDeleted


class Unreachable(Exception):
    """The network did not answer, or not in a way that answers the question. The text is a sentence for a person;
    `wait` is what the network asks for, if it says."""

    def __init__(self, reason: str, wait: timedelta | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class CannotLook(Unreachable):
    """The network does not let this account's posts be read until a person has done something: keys, leave, credits."""


class Publisher(Protocol):
    """One channel of one network."""

    @property
    def network(self) -> Network:
        """What is known of the network without calling it."""

    @property
    def account_id(self) -> str:
        """The account's id on the network: as its keys name it, and once `verify` has asked, as the network says it. "" when
        neither does."""

    def verify(self) -> str | None:
        """Asks the network, without posting, whether the keys are accepted: None, or a sentence for a person.
        A network that cannot be reached is not a wrong key: it raises Unreachable."""

    def time(self) -> datetime | None:
        """The network's own time now (aware, UTC), within a second or two, by what it answered last; None while it has told
        none. Asks nothing."""

    def ask_time(self) -> None:
        """Asks the network what time it has, free of charge and without keys. Raises Unreachable."""

    def prepare(self, message: Message) -> Ready | Refused | TryLater:
        """Does all that comes before posting: looks whether the network takes such a message, gives it the pictures.

        Nothing is public afterwards, so whatever goes wrong here, an exception too, is never in doubt.
        """

    def publish(self, ready: Ready) -> Outcome:
        """Posts once, never twice. Network trouble is an outcome, not an exception.

        From the moment this is called the post may be out: an exception leaves it in doubt. What can be done before,
        and can go wrong, belongs into `prepare`.
        """

    def edit(self, remote_id: str, message: Message) -> Outcome | NotThere:
        """Gives an own post that is out another text; its pictures stay. Twice is as once. For a network with `Can.EDIT`.

        Network trouble is an outcome, not an exception. NotThere: there is no such post, so nothing was changed.
        """

    def recent(self, since: datetime) -> list[RemotePost]:
        """Every post of this account that was made since then, less CLOCKS_DIFFER, newest first.

        All of them or an error: raises CannotLook when a person is needed, else Unreachable.
        """

    def delete(self, remote_id: str) -> Removal:
        """Takes an own post down. Network trouble is a NotDeleted, not an exception."""
