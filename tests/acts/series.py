"""Series: made, moved, submitted and cancelled as one."""

from campaign.models import Post
from campaign.models.series import Series
from campaign.states import Stage, Status
from tests.acts.frame import DAY, Act, Case, Scene, World, page, person_of
from tests.deliveries import NOON, delivery, post


def with_posts(*statuses: Status, **typed: str) -> Scene:
    """A series with a post on each of the next days."""

    def scene(world: World) -> Case:
        series = Series.objects.create(
            name="Tips", campaign="know", by=person_of(world.staff), begun_at=NOON, made_at=NOON
        )
        for number, status in enumerate(statuses, 1):
            of = post(f"tip-{number}", "know", series=series)
            delivery(status=status, due=NOON + number * DAY, of=of)
        return Case(None, {"series": str(series.pk), "reason": "A reason.", **typed})

    return scene


def written(*texts: str, **typed: str) -> Scene:
    """A series of which nothing is submitted."""

    def scene(world: World) -> Case:
        case = with_posts()(world)
        for number, source in enumerate(texts, 1):
            made = post(
                f"tip-{number}",
                "know",
                series_id=int(case.typed["series"]),
                stage=Stage.WRITING,
            )
            made.versions.create(number=1, source=source, at=NOON, by=person_of(world.staff))
            Post.objects.filter(pk=made.pk).update(version=1)
        return Case(None, {**case.typed, **typed})

    return scene


def on_a_full_day(world: World) -> Case:
    """Another post stands where one of the series would come to."""
    delivery(due=NOON + 2 * DAY, of=post("other", "know"))
    return with_posts(Status.QUEUED, days="1")(world)


def taken_out(world: World) -> Case:
    case = with_posts(Status.QUEUED)(world)
    of = Post.objects.get()
    Post.objects.update(series=None)
    return Case(None, {**case.typed, "post": str(of.pk)})


def in_it(world: World) -> Case:
    case = with_posts(Status.QUEUED)(world)
    return Case(None, {**case.typed, "post": str(Post.objects.get().pk)})


GOOD = """kind = "awareness"
template = "fact"
channels = ["x-en", "x-fr"]
when = "2027-10-15 09:00"
en.short = "Hello."
fr.short = "Bonjour."
"""
MOVE = Act(
    "move a series",
    {"page of a series": page("/posts/series/{series}/move/")},
    {
        "nothing of it waits": with_posts(Status.PUBLISHED, Status.CANCELLED, days="1"),
        "one would come to the past": with_posts(Status.QUEUED, Status.QUEUED, days="-1"),
        "two would come to the same time": with_posts(
            Status.QUEUED, Status.QUEUED, weekday="5"
        ),
        "it says nowhere to go": with_posts(Status.QUEUED),
        "a day of remembrance": with_posts(Status.QUEUED, days="6"),
        "another post stands there": on_a_full_day,
        "nothing": with_posts(Status.PUBLISHED, Status.QUEUED, Status.DRAFT, days="1"),
    },
)
CANCEL_SERIES = Act(
    "cancel a series",
    {"page of a series": page("/posts/series/{series}/cancel/")},
    {
        "nothing of it waits": with_posts(Status.PUBLISHED, Status.SENDING),
        "nothing": with_posts(Status.PUBLISHED, Status.QUEUED),
    },
)
SUBMIT_SERIES = Act(
    "submit a series",
    {"page of a series": page("/posts/series/{series}/submit/")},
    {
        "one of its posts has an error": written(GOOD, GOOD.replace("Hello", "{{ nobody }}")),
        "nothing": written(GOOD),
    },
)
LEAVE_SERIES = Act(
    "take a post out of its series",
    {"page of a series": page("/posts/{post}/leave-series/")},
    {"it is in none": taken_out, "nothing": in_it},
    lambda: Post.objects.filter(series=None).count(),
)
