"""What is refused and what is asked, by every door of every act, found out by trying.

The table stands in docs/acts.md, and a test holds it to what happens. A rule is a scene in which it speaks against the act; a
door does the act as a person would there, and once more with a yes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from campaign.config import Channel, Config, Content
from campaign.delivery import pauses
from campaign.models import Attempt, Delivery, Event, Pause, Post
from campaign.publishers import Opened
from campaign.states import Stage, Status
from campaign.stories import storyteller
from tests.deliveries import NOON, TORONTO, FakeClock, FakePublisher, delivery, good_story, post
from tests.stage import Stage as Folder
from tests.web import Page, Visitor

DAY = timedelta(days=1)
QUIET = """
[[day]]
id = "remembrance-day"
rule = "fixed 10-20"
name.en = "Remembrance Day"
name.fr = "Jour du Souvenir"
source = "https://example.org/quiet"
quiet = true
"""
SLOTS = 'slots = ["daily 09:00"]'
CHANNELS = {
    "x-en": Channel("x-en", "twitter", "en", max_per_day=1),
    "x-fr": Channel("x-fr", "twitter", "fr"),
}
TABLES = "\n".join(
    f'[channels.{name}]\nnetwork = "twitter"\nlanguage = "{one.language}"\n'
    + (f"max_per_day = {one.max_per_day}\n" if one.max_per_day else "")
    for name, one in CHANNELS.items()
)


@dataclass
class World:
    """A folder for the command line and a site, on one database, by one clock; vera writes, maria and ana decide."""

    stage: Folder
    staff: Visitor
    clock: FakeClock
    settings: Any
    volunteer: Visitor

    def begin(self) -> None:
        """Both doors read the same files and the same channels."""
        root, read = self.stage.folder, self.settings.CONFIG
        root.write("posts/calendar.toml", (root.root / "posts/calendar.toml").read_text("utf-8") + QUIET)
        root.write("config.toml", f"[publishing]\ndry_run = true\n{TABLES}")
        self.settings.CONFIG = replace(read, content=Content(root.posts, root.templates), channels=CHANNELS)
        self.stage.now = self.clock.now

    @property
    def config(self) -> Config:
        config: Config = self.settings.CONFIG
        return config

    def opened(self) -> Opened:
        return Opened({"x-en": FakePublisher()}, {}, self.config.publishing.dry_run)

    @property
    def by(self) -> str:
        """Who asks."""
        assert self.staff.user
        return self.staff.user.username

    def live(self) -> None:
        """Nothing is a dry run any more."""
        self.settings.CONFIG = replace(self.config, publishing=replace(self.config.publishing, dry_run=False))
        text = (self.stage.root / "config.toml").read_text("utf-8")
        self.stage.folder.write("config.toml", text.replace("dry_run = true", "dry_run = false"))


@dataclass(frozen=True)
class Case:
    """What the act is about, and what is typed: the same at every door."""

    delivery: Delivery | None = None
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        assert self.delivery
        return self.delivery.pk

    @property
    def post(self) -> int:
        assert self.delivery
        return self.delivery.post_id


Scene = Callable[[World], Case]
Door = Callable[[World, Case, Page | None], Page | str]
"""Does the act; the page that it got before, for a yes; what was said comes back."""


@dataclass(frozen=True)
class Act:
    """Something that may be done: by which doors, and what speaks against it."""

    name: str
    doors: Mapping[str, Door]
    rules: Mapping[str, Scene]


COMMAND, QUEUE, DELIVERY, CALENDAR, APPROVAL, PAUSES = DOORS = (
    "command line",
    "queue, many",
    "page of a delivery",
    "calendar",
    "page of approval",
    "pauses",
)


def command(*words: str) -> Door:
    """On the command line. {…} stands for what is typed."""

    def act(world: World, case: Case, before: Page | None) -> str:
        values = {**case.typed, "id": str(case.number) if case.delivery else "", "post": _key(case)}
        written = [*(word.format_map(values) for word in words), "--by", world.by]
        said = world.stage.run(*written, *(["--yes"] if before is not None else []))
        return said.err if said.status else ""

    return act


def page(address: str, **fields: str) -> Door:
    """By a form of a page."""

    def act(world: World, case: Case, before: Page | None) -> Page:
        sure = {each["name"]: each["value"] for each in before.all("input[name=sure]")} if before else {}
        numbers = {"deliveries": str(case.number)} if case.delivery else {}
        where = address.format(id=case.delivery.pk, post=case.post) if case.delivery else address.format(**case.typed)
        sent = world.staff.sends(where, {**numbers, **case.typed, **fields, **sure})
        return world.staff.sends(sent.went_to) if sent.went_to else sent

    return act


def _key(case: Case) -> str:
    return case.delivery.post.key if case.delivery else ""


def tried(world: World, door: Door, scene: Scene) -> str:
    """What comes of it: done, asked, or refused."""
    case = scene(world)
    before = state()
    first = door(world, case, None)
    if state() != before:
        return "done"
    assert _said(first).strip(), "nothing was said"
    door(world, case, first if isinstance(first, Page) else world.staff.get("/"))
    return "asked" if state() != before else "refused"


def _said(answer: Page | str) -> str:
    """A sentence of the command, a notice of a page, or what stands there instead of the form."""
    if isinstance(answer, str):
        return answer
    told = [*answer.all(".notice"), *answer.all(".empty")]
    return answer.text if answer.status == 403 else " ".join(each.text for each in told)


def state() -> object:
    """All that an act may change."""
    kept = Delivery.objects.order_by("pk").values_list("pk", "status", "due_at", "approved_by")
    return list(kept), list(Post.objects.order_by("pk").values_list("stage")), Event.objects.count(), _paused()


def _paused() -> int:
    return Pause.objects.filter(ended_at=None).count()


def table(found: Iterator[tuple[Act, str, Mapping[str, str]]]) -> str:
    """The table for the docs."""
    lines = [f"| act | what speaks against it | {' | '.join(DOORS)} |", "|---" * (2 + len(DOORS)) + "|"]
    for act, rule, answers in found:
        cells = [answers.get(door, "–") for door in DOORS]
        lines.append(f"| {act.name} | {rule} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


# Giving a new time.

LATER = NOON + 2 * DAY


def typed(moment: datetime) -> dict[str, str]:
    local = moment.astimezone(TORONTO)
    return {"date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"}


def moved(due: datetime = LATER, **values: Any) -> Scene:
    """A delivery of tomorrow that is to stand at another time."""

    def scene(_: World) -> Case:
        return Case(delivery(due=NOON + DAY, **{"of": post("a", "know"), **values}), typed(due))

    return scene


def skipped(_: World) -> Case:
    return Case(delivery(due=NOON + DAY, of=post("a", "know")), {"date": "2028-03-12", "time": "02:30"})


def its_day(_: World) -> Case:
    return Case(delivery(due=NOON + DAY, of=post("a", "know"), when="mbc-day 09:00"), typed(LATER))


def without_consent(due: datetime = LATER, **values: Any) -> Scene:
    def scene(_: World) -> Case:
        held = good_story(due=NOON + DAY, **values)
        storyteller.hold(storyteller.find(held.post.storyteller), storyteller.HoldReason.ILL, "anna", NOON)
        return Case(held, typed(due))

    return scene


def unknown_fact(_: World) -> Case:
    return Case(delivery(due=NOON + DAY, of=post("a", "know"), facts="no-such-fact"), typed(LATER))


def close(_: World) -> Case:
    delivery("b", due=LATER, of=post("b", "know"), on="x-fr", language="fr")
    return Case(delivery(due=NOON + DAY, of=post("a", "know"), on="x-fr", language="fr"), typed(LATER))


def crowded(_: World) -> Case:
    delivery("b", due=LATER - timedelta(hours=3), of=post("b", "know"))
    return Case(delivery(due=NOON + DAY, of=post("a", "know")), typed(LATER))


def other_language(_: World) -> Case:
    delivery(due=NOON + DAY, of=post("a", "know"), on="x-fr", language="fr")
    return Case(delivery(due=NOON + DAY, of=post("a", "know")), typed(LATER))


RESCHEDULE = Act(
    "give a new time",
    {
        COMMAND: command("reschedule", "{id}", "--to", "{date} {time}"),
        QUEUE: page("/queue/decide/", action="reschedule"),
        DELIVERY: page("/queue/{id}/new-time/"),
        CALENDAR: page("/calendar/move/{id}/"),
    },
    {
        "it is out": moved(status=Status.PUBLISHED),
        "it is being sent": moved(status=Status.SENDING),
        "it was cancelled": moved(status=Status.CANCELLED),
        "the time is past": moved(NOON - DAY),
        "the clocks skip that time": skipped,
        "it failed, and its text is not approved": moved(status=Status.FAILED, approved_fingerprint="older"),
        "its text speaks of its day": its_day,
        "the person does not allow it": without_consent(),
        "a fact is not known": unknown_fact,
        "a day of remembrance": moved(datetime(2027, 10, 20, 16, tzinfo=NOON.tzinfo)),
        "outside its campaign": moved(NOON + 40 * DAY),
        "another post stands there": close,
        "the day is full": crowded,
        "the other language stays behind": other_language,
        "nothing": moved(),
    },
)


# Trying again.


def missed(**values: Any) -> Scene:
    def scene(_: World) -> Case:
        before = {"due": NOON - timedelta(hours=2), "status": Status.MISSED, "of": post("a", "know")}
        return Case(delivery(**{**before, **values}))

    return scene


def on_a_quiet_day(world: World) -> Case:
    world.clock.now = world.stage.now = datetime(2027, 10, 20, 16, tzinfo=NOON.tzinfo)
    return missed(due=NOON)(world)


def day_over(world: World) -> Case:
    world.clock.now = world.stage.now = NOON + DAY
    return missed(due=NOON, when="mbc-day 09:00")(world)


RETRY = Act(
    "try again",
    {COMMAND: command("retry", "{id}"), QUEUE: page("/queue/decide/", action="retry")},
    {
        "it waits for its time": missed(status=Status.QUEUED),
        "it is out": missed(status=Status.PUBLISHED),
        "its text is not approved": missed(approved_fingerprint="older"),
        "its text speaks of a day that is over": day_over,
        "the person does not allow it": without_consent(status=Status.MISSED),
        "a day of remembrance": on_a_quiet_day,
        "nothing": missed(),
    },
)


# Cancelling, and bringing back.


def standing(status: Status, **values: Any) -> Scene:
    def scene(_: World) -> Case:
        return Case(delivery(status=status, due=NOON + DAY, of=post("a", "know"), **values), {"reason": "A reason."})

    return scene


CANCEL = Act(
    "cancel",
    {
        COMMAND: command("cancel", "{id}", "--reason", "{reason}"),
        QUEUE: page("/queue/decide/", action="cancel"),
    },
    {
        "it is out": standing(Status.PUBLISHED),
        "it is being sent": standing(Status.SENDING),
        "it may be out": standing(Status.UNCONFIRMED),
        "it was cancelled": standing(Status.CANCELLED),
        "nothing": standing(Status.QUEUED),
    },
)


def back(_: World) -> Case:
    of = post("a", "know", stage=Stage.TAKEN_BACK)
    return Case(delivery(status=Status.CANCELLED, due=NOON + DAY, of=of))


BRING_BACK = Act(
    "bring back",
    {DELIVERY: page("/queue/{id}/bring-back/")},
    {
        "it was not cancelled": standing(Status.QUEUED),
        "its post is not planned": back,
        "nothing": standing(Status.CANCELLED),
    },
)


# Approving, and returning.


def draft(**of: Any) -> Scene:
    def scene(world: World) -> Case:
        one = delivery(status=Status.DRAFT, due=NOON + DAY, of=post("a", "know", **of))
        return Case(one, shown(one))

    return scene


def shown(one: Delivery) -> dict[str, str]:
    """What both pages of approval send of what they have shown, and a reason for the one that returns."""
    return {"shown": f"{one.post_id}:{one.pk}:{one.fingerprint}", "reason": "Say it shorter."}


def own(**of: Any) -> Scene:
    def scene(world: World) -> Case:
        return draft(author=world.staff.user, **of)(world)

    return scene


def own_story(world: World) -> Case:
    world.settings.CONFIG = replace(world.config, publishing=replace(world.config.publishing, own_approval=True))
    text = (world.stage.root / "config.toml").read_text("utf-8")
    world.stage.folder.write("config.toml", text.replace("dry_run = true", "dry_run = true\nown_approval = true"))
    return own(was_story=True)(world)


def changed(world: World) -> Case:
    case = draft()(world)
    return replace(case, typed={**case.typed, "shown": f"{case.post}:{case.number}:another"})


def approve_on_its_page(world: World, case: Case, before: Page | None) -> Page | str:
    """That page sends the fingerprints without the post's number."""
    return page("/approve/{post}/")(world, replace(case, typed={"shown": case.typed["shown"].split(":", 1)[1]}), before)


APPROVE = Act(
    "approve",
    {
        COMMAND: command("approve", "{post}"),
        QUEUE: page("/queue/decide/", action="approve"),
        APPROVAL: approve_on_its_page,
    },
    {
        "it is of who approves": own(),
        "it was a story once, of who approves, whatever the setting": own_story,
        "it was returned": draft(stage=Stage.RETURNED),
        "it is not handed in": draft(stage=Stage.WRITING),
        "it is an example": draft(example=True),
        "it tells of a person who has agreed to nothing": draft(kind="story"),
        "it reads otherwise than it was shown": changed,
        "nothing": draft(),
    },
)


def no_reason(world: World) -> Case:
    return replace(draft()(world), typed={"reason": " \u200b "})


RETURN = Act(
    "return",
    {QUEUE: page("/queue/decide/", action="return"), APPROVAL: page("/approve/{post}/return/")},
    {
        "no reason": no_reason,
        "it waits for its time, approved": standing(Status.QUEUED),
        "it is not handed in": draft(stage=Stage.WRITING),
        "nothing": draft(),
    },
)


# Settling what may be out, and taking down.


def looked(status: Status, url: str = "https://x.com/i/web/status/77") -> Scene:
    def scene(_: World) -> Case:
        one = delivery(status=status, due=NOON - DAY, of=post("a", "know"))
        Attempt.objects.create(delivery=one, number=1, worker="w", text="t", started_at=NOON, outcome="unconfirmed")
        return Case(one, {"url": url})

    return scene


IS_OUT = Act(
    "say that it is out",
    {
        COMMAND: command("resolve", "{id}", "--published", "{url}"),
        DELIVERY: page("/queue/{id}/is-out/"),
    },
    {
        "it is out already": looked(Status.PUBLISHED),
        "it waits for its time": looked(Status.QUEUED),
        "no address of a post": looked(Status.UNCONFIRMED, "https://x.com"),
        "a link that is none": looked(Status.UNCONFIRMED, "javascript:alert(1)//x"),
        "nothing": looked(Status.UNCONFIRMED),
    },
)
IS_NOT_OUT = Act(
    "say that it is not out",
    {
        COMMAND: command("resolve", "{id}", "--not-published"),
        QUEUE: page("/queue/decide/", action="not_out"),
    },
    {
        "it is out": looked(Status.PUBLISHED),
        "it waits for its time": looked(Status.QUEUED),
        "nothing": looked(Status.UNCONFIRMED),
    },
)


def out(status: Status = Status.PUBLISHED, *, live: bool = True, on: str = "x-en", why: str = "Asked for.") -> Scene:
    def scene(world: World) -> Case:
        if live:
            world.live()
        one = delivery(status=status, due=NOON - DAY, of=post("a", "know"), on=on, remote_id="7", part_ids="7")
        return Case(one, {"reason": why})

    return scene


TAKE_DOWN = Act(
    "take down",
    {
        COMMAND: command("remove", "{id}", "--reason", "{reason}"),
        DELIVERY: page("/queue/{id}/take-down/"),
    },
    {
        "no reason": out(why=" \u200b "),
        "it is not out": out(Status.QUEUED),
        "a dry run": out(live=False),
        "its channel is not in the configuration": out(on="gone"),
        "nothing": out(),
    },
)


# Pausing.


def stopping(why: str = "Sad news.", until: datetime | None = None) -> Scene:
    def scene(_: World) -> Case:
        end = typed(until) if until else {"date": "2027-10-20", "time": "09:00"}
        return Case(None, {"reason": why, "until_day": end["date"], "until_hour": end["time"], "on": "", **end})

    return scene


def paused(world: World) -> Case:
    pauses.pause("", "", "Before.", "ana", NOON)
    return stopping()(world)


PAUSE = Act(
    "pause",
    {
        COMMAND: command("pause", "--reason", "{reason}", "--until", "{date} {time}"),
        PAUSES: page("/pauses/start/"),
    },
    {
        "no reason": stopping(" \u200b "),
        "its end is past": stopping(until=NOON - DAY),
        "it is paused already": paused,
        "nothing": stopping(),
    },
)


def stopped(*, ended: bool = False) -> Scene:
    """A pause that is on, or one that has ended."""

    def scene(_: World) -> Case:
        pauses.pause("", "", "Before.", "ana", NOON)
        pause = Pause.objects.get()
        if ended:
            pauses.resume("", "", "It is over.", "ana", NOON)
        return Case(None, {"pause": str(pause.pk), "reason": "It is over."})

    return scene


RESUME = Act(
    "resume",
    {COMMAND: command("resume", "--reason", "{reason}"), PAUSES: page("/pauses/{pause}/end/")},
    {"it has ended already": stopped(ended=True), "nothing": stopped()},
)

VOLUNTEER = "a volunteer asks"


def by_a_volunteer(scene: Scene) -> Scene:
    """Nothing else speaks against it."""

    def changed_places(world: World) -> Case:
        case = scene(world)
        world.staff = world.volunteer
        return case

    return changed_places


def with_strangers(act: Act) -> Act:
    """Deciding takes a role, whatever the act."""
    return replace(act, rules={VOLUNTEER: by_a_volunteer(act.rules["nothing"]), **act.rules})


DECISIONS = (RESCHEDULE, RETRY, CANCEL, BRING_BACK, APPROVE, RETURN, IS_OUT, IS_NOT_OUT, TAKE_DOWN, PAUSE, RESUME)
ACTS = tuple(with_strangers(act) for act in DECISIONS)
