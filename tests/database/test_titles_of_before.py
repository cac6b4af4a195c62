"""No title that was made of a person's words is left once the database is up to date; what the team called it stays."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User

from campaign.authoring.contributing import contributions
from campaign.content.post import Kind
from campaign.database import events
from campaign.models import Post
from campaign.people.roles import Role, add_user
from tests.deliveries import NOON, post

pytestmark = pytest.mark.django_db
LONG = "Nurse Marie Tremblay drove me to the hospital and back, each day of that year."
CUT = "Nurse Marie Tremblay drove me to the hospital and back, each day of…"


@pytest.fixture
def vera() -> User:
    return add_user("vera", Role.VOLUNTEER)[0]


def titled(by: User, title: str, words: str = LONG) -> Post:
    made = contributions.contribute(Kind.AWARENESS, words, "en", "mbc", by, NOON)
    Post.objects.filter(pk=made.pk).update(title=title)
    return made


def forget() -> None:
    step = import_module("campaign.migrations.0017_hands_and_incidents")
    step.forget_titles(apps, None)


def title_of(made: Post) -> str:
    return Post.objects.get(pk=made.pk).title


@pytest.mark.parametrize(
    ("title", "after"),
    [(CUT, ""), (LONG, ""), ("The drive", "The drive"), ("Marie's drive", "Marie's drive")],
)
def test_a_title_that_the_words_begin_with_is_emptied(
    vera: User, title: str, after: str
) -> None:
    made = titled(vera, title)
    forget()
    assert title_of(made) == after


def test_it_is_known_by_earlier_words_too(vera: User) -> None:
    made = titled(vera, CUT)
    later = NOON + timedelta(hours=1)
    contributions.change(made, "Somebody drove me.", vera, later, based_on=1)
    Post.objects.filter(pk=made.pk).update(title=CUT)
    forget()
    assert title_of(made) == ""


def test_a_post_that_nobody_contributed_keeps_its_title() -> None:
    made = post("of-the-team", title="Know the signs")
    events.note(None, "", "", NOON, actor="ana", action="begun", reason="", post=made.pk)
    forget()
    assert title_of(made) == "Know the signs"
