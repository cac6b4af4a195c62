"""Posting on Postcards: the cards stand in a list."""

from datetime import datetime
from typing import ClassVar

from campaign.config import Channel
from campaign.publishers.network import Network
from campaign.publishers.publisher import (
    NotDeleted,
    Outcome,
    Published,
    Ready,
    Refused,
    RemotePost,
    Removal,
    TryLater,
)
from tests.doubles.postcards.network import POSTCARDS


class Postcards:
    """One account. A card that arrives twice under one key is posted once."""

    network: ClassVar[Network] = POSTCARDS
    cards: ClassVar[dict[str, str]] = {}
    account_id = ""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def verify(self) -> str | None:
        return None

    def time(self) -> datetime | None:
        return None

    def ask_time(self) -> None:
        pass

    def prepare(self, message: object) -> Ready | Refused | TryLater:
        return Ready(message)  # type: ignore[arg-type]  # as the contract has it

    def publish(self, ready: Ready) -> Outcome:
        self.cards.setdefault(ready.message.key, ready.message.text)
        number = list(self.cards).index(ready.message.key) + 1
        return Published(str(number), f"https://postcards.example/{number}")

    def edit(self, remote_id: str, message: object) -> Outcome:
        return Refused("A card that was sent cannot be written anew.")

    def recent(self, since: datetime) -> list[RemotePost]:
        return []

    def delete(self, remote_id: str) -> Removal:
        return NotDeleted("A card that was sent cannot be called back.")
