"""Files and a queue that follows them, for tests of what files may take from what is approved."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User

from campaign.authoring import load
from campaign.authoring.following import Loaded
from campaign.config import Channel, Config, Site
from campaign.content.library import read_library
from campaign.decisions import approving
from campaign.models import Delivery, Event, Fact, Post, Version
from campaign.people.roles import Role, add_user
from campaign.planning.known import known_now
from campaign.planning.plan import plan
from tests.deliveries import NOON, TORONTO
from tests.folders import Folder, make_folder

CHANNELS = {
    "x-en": Channel("x-en", "twitter", "en"),
    "x-fr": Channel("x-fr", "twitter", "fr"),
}
WORDS = (("Be kind.", "Soyez là."), ("Read on.", "Lisez."), ("Ask us.", "Demandez."))
NAMES = ("one", "two", "three")
State = list[Mapping[str, object]]


@dataclass
class Files:
    """Two campaigns' files, the configuration, and a clock that goes on by a minute with each loading."""

    folder: Folder
    now: datetime = NOON - timedelta(days=20)
    config: Config = field(default_factory=lambda: Config(channels=CHANNELS))
    posts: str = "posts"  #: the folder that the configuration names
    #: the keys of posts that were not loaded the last time
    with_errors: set[str] = field(default_factory=set)

    def post(self, name: str, head: str = "", campaign: str = "know", number: int = 0) -> Path:
        """A post on every channel, unless its head names some."""
        when = "" if "when" in head else f'when = "2027-10-{13 + number} 09:00"\n'
        english, french = WORDS[number % len(WORDS)]
        of = f"{campaign} {name}"
        texts = f'[en]\nshort = "{english} {of}"\n[fr]\nshort = "{french} {of}"\n'
        return self.folder.write(f"posts/{campaign}/{name}.toml", f"{when}{head}{texts}")

    def three(self, head: str = "", campaign: str = "know") -> None:
        """Three posts: six deliveries."""
        for number, name in enumerate(NAMES):
            self.post(name, head, campaign, number)

    def load(self, *, answered: bool = False, by: User | None = None) -> Loaded:
        self.now += timedelta(minutes=1)
        root = self.folder.root
        library = read_library(root / self.posts, self.folder.templates)
        planned = plan(library, self.config, self.now, known_now(self.now))
        self.with_errors = planned.posts_with_errors()
        return load.load(planned, library, self.now, by, answered=answered)

    def approve(self, by: str = "bob") -> None:
        """Everything that waits."""
        person = User.objects.filter(username=by).first() or add_user(by, Role.STAFF)[0]
        self.now += timedelta(minutes=1)
        for post in Post.objects.order_by("id"):
            approving.approve(post, person, self.now, TORONTO)

    def approved(self, head: str = "") -> "Files":
        """Three posts that are loaded and approved."""
        self.three(head)
        self.load()
        self.approve()
        return self

    def channels(self, **changed: Channel | None) -> None:
        """Another configuration: a channel is another one, or gone."""
        channels = {**self.config.channels, **changed}
        kept = {name: channel for name, channel in channels.items() if channel}
        self.config = replace(self.config, channels=kept)

    def site(self, zone: str) -> None:
        self.config = replace(self.config, site=Site(timezone=ZoneInfo(zone)))

    def aside(self, path: str) -> Callable[[], object]:
        """Takes a file or a folder away. Returns what puts it back."""
        root = self.folder.root
        aside = root / "aside"
        aside.mkdir(exist_ok=True)
        kept = aside / str(len(list(aside.iterdir())))
        shutil.move(root / path, kept)

        def back() -> None:
            if (root / path).is_dir():
                (root / path).rmdir()
            shutil.move(kept, root / path)

        return back


def files_in(root: Path) -> Files:
    """The files of a folder that is new."""
    return Files(make_folder(root))


def everything() -> list[State]:
    """All that loading may change."""
    models = (Post, Delivery, Event, Fact, Version)
    return [list(model.objects.order_by("id").values()) for model in models]


def queue() -> State:
    """What stands in the queue, and by whose approval."""
    names = (
        "post__key",
        "channel",
        "status",
        "reason",
        "due_at",
        "latest_at",
        "next_at",
        "text",
    )
    approval = ("approved_fingerprint", "approved_by__username", "approved_at")
    return list(Delivery.objects.order_by("id").values(*names, "pictures", *approval))


def statuses() -> dict[str, int]:
    found: dict[str, int] = {}
    for status in Delivery.objects.values_list("status", flat=True):
        found[status] = found.get(status, 0) + 1
    return found
