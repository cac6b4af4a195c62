"""How an act is tried: a world to do it in, its doors, and what comes of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User

from campaign.config import Channel, Config, Content
from campaign.models import Delivery, Event, Pause, Post
from campaign.publishers import Opened
from tests.deliveries import FakeClock, FakePublisher
from tests.pages import Page, Visitor
from tests.stage import Stage as Folder

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
    stranger: Visitor

    def begin(self) -> None:
        """Both doors read the same files and the same channels."""
        root, read = self.stage.folder, self.settings.CONFIG
        root.write(
            "posts/calendar.toml",
            (root.root / "posts/calendar.toml").read_text("utf-8") + QUIET,
        )
        root.write("config.toml", f"[publishing]\ndry_run = true\n{TABLES}")
        self.settings.CONFIG = replace(
            read, content=Content(root.posts, root.templates), channels=CHANNELS
        )
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
        return person_of(self.staff).username

    def live(self) -> None:
        """Nothing is a dry run any more."""
        self.settings.CONFIG = replace(
            self.config, publishing=replace(self.config.publishing, dry_run=False)
        )
        text = (self.stage.root / "config.toml").read_text("utf-8")
        self.stage.folder.write(
            "config.toml", text.replace("dry_run = true", "dry_run = false")
        )


def person_of(visitor: Visitor) -> User:
    """Who it is that has signed in there."""
    assert visitor.user
    return visitor.user


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


def state() -> object:
    """All that an act may change."""
    kept = Delivery.objects.order_by("pk").values_list("pk", "status", "due_at", "approved_by")
    return (
        list(kept),
        list(Post.objects.order_by("pk").values_list("stage")),
        Event.objects.count(),
        _paused(),
    )


def _paused() -> int:
    return Pause.objects.filter(ended_at=None).count()


@dataclass(frozen=True)
class Act:
    """Something that may be done: by which doors, and what speaks against it."""

    name: str
    doors: Mapping[str, Door]
    rules: Mapping[str, Scene]
    state: Callable[[], object] = state  #: what it changes


@dataclass(frozen=True)
class Group:
    """Acts about one kind of thing, and the doors that some of them have: a table of the docs."""

    title: str
    doors: tuple[str, ...]
    acts: tuple[Act, ...]


COMMAND = "command line"


def command(*words: str, is_told: bool = False) -> Door:
    """On the command line. {…} stands for what is typed. `is_told`: it reports what it was asked, again if need be."""

    def act(world: World, case: Case, before: Page | None) -> str:
        values = {
            **case.typed,
            "id": str(case.number) if case.delivery else "",
            "post": _key(case),
        }
        written = [*(word.format_map(values) for word in words), "--by", world.by]
        said = world.stage.run(*written, *(["--yes"] if before is not None else []))
        return said.everything if said.status or is_told else ""

    return act


def page(address: str, **fields: str) -> Door:
    """By a form of a page."""

    def act(world: World, case: Case, before: Page | None) -> Page:
        sure = (
            {each["name"]: each["value"] for each in before.all("input[name=sure]")}
            if before
            else {}
        )
        numbers = {"deliveries": str(case.number)} if case.delivery else {}
        named = {"id": case.delivery.pk, "post": case.post} if case.delivery else {}
        sent = world.staff.sends(
            address.format_map({**named, **case.typed}),
            {**numbers, **case.typed, **fields, **sure},
        )
        while sent.went_to:
            sent = world.staff.sends(sent.went_to)
        return sent

    return act


def _key(case: Case) -> str:
    return case.delivery.post.key if case.delivery else ""


def tried(world: World, act: Act, door: str, rule: str) -> str:
    """What comes of it: done, asked, or refused."""
    case, through = act.rules[rule](world), act.doors[door]
    before = act.state()
    first = through(world, case, None)
    if act.state() != before:
        return "done"
    assert _said(first).strip(), "nothing was said"
    through(world, case, first if isinstance(first, Page) else world.volunteer.get("/"))
    return "asked" if act.state() != before else "refused"


def _said(answer: Page | str) -> str:
    """A sentence of the command, a notice of a page, or what stands there instead of the form."""
    if isinstance(answer, str):
        return answer
    told = (each for kind in (".notice", ".empty", ".error") for each in answer.all(kind))
    return answer.text if answer.status in (403, 404) else " ".join(each.text for each in told)


def table(group: Group, answers: Mapping[tuple[str, str], Mapping[str, str]]) -> str:
    """A table of the docs: `answers` has what came of it by the act and the rule, then by the door."""
    rows = ((act.name, rule) for act in group.acts for rule in act.rules)
    lines = (_row(row, group.doors, answers.get(row, {})) for row in rows)
    head = _line(("act", "what speaks against it", *group.doors))
    return (
        "\n".join(
            (f"## {group.title}", "", head, "|---" * (2 + len(group.doors)) + "|", *lines)
        )
        + "\n"
    )


def _row(row: tuple[str, str], doors: Iterable[str], answers: Mapping[str, str]) -> str:
    return _line((*row, *(answers.get(door, "–") for door in doors)))


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


VOLUNTEER = "a volunteer asks"


def by_a_volunteer(scene: Scene) -> Scene:
    """Nothing else speaks against it."""

    def changed_places(world: World) -> Case:
        case = scene(world)
        world.staff = world.volunteer
        return case

    return changed_places


def with_volunteers(act: Act) -> Act:
    """Deciding takes a role, whatever the act."""
    return replace(act, rules={VOLUNTEER: by_a_volunteer(act.rules["nothing"]), **act.rules})
