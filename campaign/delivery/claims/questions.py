"""Whether a claim may still be sent: a thread of the pool asks, and the thread of the turns answers, which alone has the
database."""

import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass

from django.db import connection

from campaign.core.clock import steady
from campaign.delivery.attempts import Claim

CERTAIN = 2.0
"""Seconds after the claim in which it is this worker's own without a question: a lease lasts longer."""
LONGEST_QUESTION = 20.0
"""Seconds after which a claim of which the thread of the turns has said nothing is not sent."""


@dataclass(frozen=True, slots=True)
class ClaimQuestion:
    """A claim of which a thread waits to hear whether it may still be sent."""

    claim: Claim
    answer: "Future[bool]"


class ClaimQuestions:
    """The open questions of an engine. `put` brings one to the thread of the turns."""

    def __init__(self, put: Callable[[ClaimQuestion], object]) -> None:
        self._put = put
        self._open: list[ClaimQuestion] = []
        self._turns = 0  #: the thread that takes the turns
        #: whether workers of other machines may go on while this one stands still as a whole
        self._is_shared = connection.vendor != "sqlite"

    def take_turns(self) -> None:
        """The calling thread is the one that answers."""
        self._turns = threading.get_ident()

    def is_ours(self, since: float, claim: Claim) -> bool:
        """Runs in the pool. `since`: from when on, in the seconds of `steady`, the claim may be this worker's."""
        if threading.get_ident() == self._turns:
            return True  # A pool that calls at once, as a rehearsal's does: no time has passed since the claim.
        if not self._is_shared and steady() - since < CERTAIN:
            return True
        asked = ClaimQuestion(claim, Future())
        self._put(asked)
        with suppress(TimeoutError):
            return asked.answer.result(LONGEST_QUESTION)
        return False

    def hear(self, asked: ClaimQuestion) -> None:
        """A question has come; it is answered with the next `answer`."""
        self._open.append(asked)

    @property
    def claims(self) -> list[Claim]:
        """The claims that are asked about."""
        return [asked.claim for asked in self._open]

    def answer(self, held: Collection[Claim]) -> None:
        """These are still this worker's, and the others are not."""
        for asked in self._open:
            asked.answer.set_result(asked.claim in held)
        self._open = []
