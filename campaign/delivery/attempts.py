"""One try at a delivery: what was claimed, and what came of it."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain

from campaign.content.thread import parts, posted
from campaign.core.sentence import Sentence, joined, stored
from campaign.database.sql import execute, tuples
from campaign.publishers.publisher import Outcome, Published, Refused, TryLater, Unconfirmed
from campaign.states import AttemptOutcome, Status

LONGEST_WAIT = timedelta(hours=1)
MOST_TRIES = 6
"""A delivery that the network put off so often is handed to a person."""
CHANGED = Sentence("The words of the post that was out were changed where they are.")
REPETITION = "Repetition: "
"""How the log tells that a network refused a text because it has it."""


def texts_of(whole_text: str, *, is_begun: bool, has_threads: bool) -> list[str]:
    """The texts of the posts that a delivery becomes: what was begun in parts, by an earlier version too, goes on in them."""
    if is_begun:
        return parts(whole_text)
    return posted(whole_text, has_threads=has_threads)


@dataclass(frozen=True, slots=True)
class Claim:
    """One attempt that this worker, and no other, may make now: a delivery, or the next part of its thread."""

    delivery: int
    post: str
    channel: str
    worker: str
    whole_text: str
    pictures: str  #: as the delivery holds them; they go with the first part
    out: tuple[str, ...]  #: the remote ids of the parts that are out already
    url: str
    tries: int
    doubted: bool  #: an earlier attempt's answer was lost
    at: datetime
    is_story: bool = False  #: its words are a person's own, and are not kept in the log
    has_threads: bool = True  #: the network takes a text in parts
    whole_link: str = (
        ""  #: the address that stands beside the text; it goes with the first part
    )
    first: int = 0  #: the delivery whose place it takes; 0 for none
    edits: str = ""  #: the remote id of that one, where its text is changed in place

    @property
    def texts(self) -> list[str]:
        """The texts of the posts that the delivery becomes: several for a thread alone."""
        return texts_of(self.whole_text, is_begun=bool(self.out), has_threads=self.has_threads)

    @property
    def text(self) -> str:
        """The part that goes out now."""
        return self.texts[len(self.out)]

    @property
    def link(self) -> str:
        """The address that goes out beside this part; "" for none."""
        return "" if self.out else self.whole_link

    @property
    def key(self) -> str:
        """The same in every try at this part of this very text, and in no other, for networks that take such a key: 32
        hexadecimal digits."""
        # The text is part of it, so that words that were changed since a lost answer are not taken for those before.
        identity = f"{self.post}\0{self.channel}\0{self.delivery}\0{len(self.out)}\0{self.text}\0{self.pictures}"
        if self.whole_link:
            identity += f"\0{self.whole_link}"
        return hashlib.sha256(identity.encode()).hexdigest()[:32]

    @property
    def is_last(self) -> bool:
        """Whether the delivery is complete with this part."""
        return len(self.out) + 1 >= len(self.texts)


@dataclass(frozen=True, slots=True)
class Result:
    """What an attempt came to, as the delivery and the log will show it."""

    outcome: AttemptOutcome
    status: Status
    detail: str = ""
    remote_id: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """An attempt that has ended. `next_at` is when the delivery itself is to be tried again, if it is put off; `is_try`
    whether that counts as a try of it."""

    claim: Claim
    result: Result
    next_at: datetime | None = None
    is_try: bool = True


def result_of(outcome: Outcome, claim: Claim) -> Result:
    """What an outcome makes of a delivery."""
    match outcome:
        case Published(remote_id, url) if claim.is_last:
            said = CHANGED if claim.edits else ""
            return Result(AttemptOutcome.PUBLISHED, Status.PUBLISHED, said, remote_id, url)
        case Published(remote_id, url):
            part, of = len(claim.out) + 1, len(claim.texts)
            detail = Sentence("Part {0} of {1} is out.", part, of)
            return Result(AttemptOutcome.PUBLISHED, Status.QUEUED, detail, remote_id, url)
        case Refused(reason, True):
            # A sign that the post is out: after a lost answer, or by a database that this one is an older copy of.
            came_to = AttemptOutcome.UNCONFIRMED if claim.doubted else AttemptOutcome.REFUSED
            detail = Sentence("Repetition: {0}", reason)
            return Result(came_to, Status.UNCONFIRMED, detail)
        case Refused(reason, _):
            return Result(AttemptOutcome.REFUSED, Status.FAILED, reason)
        case Unconfirmed(reason):
            return Result(AttemptOutcome.UNCONFIRMED, Status.UNCONFIRMED, reason)
        case TryLater(reason, _, False, False) if claim.tries + 1 >= MOST_TRIES:
            tried = Sentence("It was tried {0} times.", claim.tries + 1)
            return Result(AttemptOutcome.TRY_LATER, Status.FAILED, joined((reason, tried)))
        case TryLater(reason):
            return Result(AttemptOutcome.TRY_LATER, Status.QUEUED, reason)


def next_wait(first: timedelta, tries: int, jitter: float) -> timedelta:
    """How long to wait before the next try: `first`, doubled with every try up to LONGEST_WAIT, and up to a tenth longer by
    `jitter` (0 to 1), so that many deliveries put off together do not come back together."""
    # Long beyond the longest wait, and never more than a timedelta holds.
    factor: int = 2 ** min(tries, 20)
    doubled = min(first * factor, LONGEST_WAIT)
    return doubled * (1 + jitter / 10)


def begin(claims: Sequence[Claim], ahead: Mapping[str, timedelta]) -> None:
    """Writes attempts down, before any network is called: what a program was doing when it died is known from them. `ahead`
    is by how much this machine's clock is ahead of the networks', by channel, where that is known."""
    values: list[int | str | datetime | None] = []
    for claim in claims:
        # A person's own words stay out of the log.
        text = "" if claim.is_story else claim.text
        span = ahead.get(claim.channel)
        seconds = None if span is None else round(span.total_seconds())
        part = len(claim.out) + 1
        values += [
            claim.delivery,
            claim.worker,
            text,
            claim.at,
            seconds,
            part,
            claim.link,
        ]
    execute(
        f"WITH v(delivery, worker, text, at, ahead, part, link) AS (VALUES {tuples(claims, 7)}) "
        "INSERT INTO campaign_attempt (delivery_id, worker, text, started_at, clock_ahead, part, link, number, outcome, status, "
        # PostgreSQL takes a column that is nowhere known for one of texts.
        "detail, remote_id, url) SELECT v.delivery, v.worker, v.text, v.at, CAST(v.ahead AS BIGINT), v.part, v.link, "
        "(SELECT COUNT(*) + 1 FROM campaign_attempt a WHERE a.delivery_id = v.delivery), '', 'sending', '', '', '' FROM v",
        *values,
    )


def finish(ended: Sequence[Ended], now: datetime) -> None:
    """Writes down what attempts came to."""
    if not ended:
        return
    # Only one that is not finished: what came of an attempt is written once, and the trigger would refuse a second time.
    execute(
        f"WITH v(delivery, worker, outcome, status, detail, remote_id, url) AS (VALUES {tuples(ended, 7)}) "
        "UPDATE campaign_attempt SET finished_at = %s, outcome = v.outcome, status = v.status, detail = v.detail, "
        "remote_id = v.remote_id, url = v.url FROM v WHERE campaign_attempt.delivery_id = v.delivery "
        "AND campaign_attempt.worker = v.worker AND campaign_attempt.finished_at IS NULL",
        *chain.from_iterable(map(_values, ended)),
        now,
    )


def _values(attempt: Ended) -> tuple[int | str, ...]:
    """What `finish` writes of one attempt, in the order of the columns of its v."""
    claim, result = attempt.claim, attempt.result
    return (
        claim.delivery,
        claim.worker,
        result.outcome.value,
        result.status.value,
        stored(result.detail),
        result.remote_id,
        result.url,
    )
