"""Deliveries for tests of the queue, and a network that does what it is told."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from campaign.config import Channel, Config, Publishing
from campaign.content.library import Library
from campaign.content.templates.sandbox import Sandbox
from campaign.core.clock import Clock
from campaign.decisions.time_rules import TimeRules
from campaign.delivery.attachments import fingerprint
from campaign.delivery.attempts import Claim
from campaign.delivery.publish import Worker
from campaign.models import Delivery, Post
from campaign.models.stories import Consent, Storyteller
from campaign.publishers import NETWORKS
from campaign.publishers.network import Network, PictureLimits
from campaign.publishers.publisher import (
    Deleted,
    Message,
    NotThere,
    Outcome,
    Published,
    Ready,
    Refused,
    RemotePost,
    Removal,
    TryLater,
)
from campaign.states import Status
from campaign.stories import consent as consents
from campaign.stories import final_word, storyteller

NOON = datetime(2027, 10, 13, 16, 0, tzinfo=UTC)
TORONTO = ZoneInfo("America/Toronto")
RULES = TimeRules(
    Config(), Library({}, {}, {}, {}, Sandbox(None), (), (), frozenset(), whole=True)
)
"""What a new time is held against where there are neither campaigns nor days."""


@dataclass
class FakeClock:
    """A clock that stands until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        """Moves it on."""
        self.now += timedelta(**span)


@dataclass
class FakePublisher:
    """A network that answers with the next of `outcomes`, or takes the post; it remembers what it got."""

    network: ClassVar[Network] = replace(
        NETWORKS["twitter"],
        length=len,
        pictures=PictureLimits(1_000_000, 2048, 2048, ("image/jpeg", "image/png")),
    )

    outcomes: list[Outcome | Exception] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    on_prepare: Callable[[], object] = lambda: None
    on_publish: Callable[[], object] = lambda: None
    verdict: str | None = None
    account_id: str = ""
    account: list[RemotePost] | Exception = field(default_factory=list)  #: what looking shows
    messages: list[Message] = field(default_factory=list)
    edits: list[tuple[str, str]] = field(default_factory=list)  #: which post, and its new text
    edit_answers: list[Outcome | NotThere | Exception] = field(default_factory=list)
    clock: Clock | None = None  #: the network's own; without one it never tells the time
    has_told: bool = False  #: its time is known, since it was asked

    def verify(self) -> str | None:
        return self.verdict

    def time(self) -> datetime | None:
        return self.clock() if self.clock and self.has_told else None

    def ask_time(self) -> None:
        self.has_told = True

    def recent(self, since: datetime) -> list[RemotePost]:
        if isinstance(self.account, Exception):
            raise self.account
        return self.account

    def delete(self, remote_id: str) -> Removal:
        return Deleted()

    def edit(self, remote_id: str, message: Message) -> Outcome | NotThere:
        self.edits.append((remote_id, message.text))
        answer = self.edit_answers.pop(0) if self.edit_answers else Published(remote_id, "")
        if isinstance(answer, Exception):
            raise answer
        return answer

    def prepare(self, message: Message) -> Ready | Refused | TryLater:
        self.on_prepare()
        return Ready(message)

    def publish(self, ready: Ready) -> Outcome:
        self.on_publish()
        self.messages.append(ready.message)
        self.sent.append(ready.message.text)
        outcome = (
            self.outcomes.pop(0)
            if self.outcomes
            else Published(str(len(self.sent)), f"https://x.com/{len(self.sent)}")
        )
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def ours(claim: Claim) -> bool:
    """Nobody has taken the claim over."""
    return True


def channel(
    name: str = "x-en", *, gap: timedelta = timedelta(0), most: int | None = None
) -> Channel:
    """A channel as the configuration would hold it."""
    return Channel(name, "twitter", "en", minimum_gap=gap, max_per_day=most)


def worker(
    clock: Clock, name: str = "worker-1", retry_wait: timedelta = timedelta(minutes=1)
) -> Worker:
    """A worker that tells nobody."""
    return Worker(name, clock, TORONTO, Publishing(retry_wait=retry_wait))


def post(name: str = "a", campaign: str = "mbc", **values: object) -> Post:
    """A loaded post; the same name gives the same post."""
    defaults: dict[str, object] = {
        "campaign": campaign,
        "name": name,
        "kind": "awareness",
        "loaded_at": NOON,
    }
    return Post.objects.get_or_create(key=f"{campaign}/{name}", defaults=defaults | values)[0]


def delivery(
    name: str = "a",
    on: str = "x-en",
    *,
    due: datetime = NOON,
    status: Status = Status.QUEUED,
    grace: timedelta = timedelta(hours=6),
    of: Post | None = None,
    **values: object,
) -> Delivery:
    """A delivery that was approved, unless its status is draft."""
    text = str(values.pop("text", f"The text of {name} on {on}."))
    approved = "" if status is Status.DRAFT else fingerprint(text)
    defaults: dict[str, object] = {
        "network": "twitter",
        "language": "en",
        "when": "2027-10-13 12:00",
        "planned_at": due,
        "next_at": due,
        "latest_at": due + grace,
        "fingerprint": fingerprint(text),
        "approved_fingerprint": approved,
    }
    return Delivery.objects.create(
        post=of or post(name),
        channel=on,
        due_at=due,
        status=status,
        text=text,
        **(defaults | values),
    )


def status_of(one: Delivery) -> Status:
    """Its status in the database now."""
    return Status(Delivery.objects.values_list("status", flat=True).get(id=one.id))


def person(
    name: str = "Zoé Ferragamo", contact: str = "zoe@example.org", language: str = "fr"
) -> Storyteller:
    """A storyteller who has agreed to nothing yet."""
    return storyteller.make(name, contact, language, "anna", NOON)


def terms(**values: object) -> consents.Terms:
    """What a person may agree to: both languages, two channels, the whole year, with pictures and the full name."""
    defaults: dict[str, object] = {
        "channels": ("x-en", "x-fr"),
        "languages": ("en", "fr"),
        "identity": consents.Identity.FULL_NAME,
        "given_on": date(2027, 1, 1),
        "start": date(2027, 1, 1),
        "until": date(2027, 12, 31),
        "collected_by": "anna",
        "method": consents.Method.PAPER,
        "pictures": True,
    }
    return consents.Terms(**(defaults | values))  # type: ignore[arg-type]  # a test names what it changes


def consent(of: Storyteller, **values: object) -> Consent:
    """A consent of this person."""
    return consents.give(of, terms(**values), "anna", NOON)


def story(of: Storyteller | None = None, name: str = "story-1", **values: object) -> Post:
    """A story, of a person who has agreed to it unless one is named."""
    if of is None:
        of = person()
        consent(of)
    values = {"kind": "story", "storyteller": of.reference} | values
    return post(name, **values)  # type: ignore[arg-type]  # as above


def says(
    one: Delivery, said: final_word.FinalAnswer = final_word.FinalAnswer.YES, remark: str = ""
) -> None:
    """The storyteller's word on a delivery as it reads now."""
    of = storyteller.find(Post.objects.get(pk=one.post_id).storyteller)
    final_word.answer(of, one.pk, one.fingerprint, said, NOON, remark=remark)


def good_story(
    name: str = "story-1", on: str = "x-en", of: Storyteller | None = None, **values: object
) -> Delivery:
    """A delivery of a story to whose text the person has said yes."""
    status = values.pop("status", Status.QUEUED)
    one = delivery(name, on, of=story(of, name), **values)  # type: ignore[arg-type]  # as above
    says(one)
    Delivery.objects.filter(pk=one.pk).update(status=status)
    one.refresh_from_db()
    return one
