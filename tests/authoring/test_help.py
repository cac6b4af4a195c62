"""A post that is called a help line is approved as one: pauses and days of remembrance may let it out."""

import pytest

from campaign.models import Delivery, Post
from tests.stage import ON_TIME, Stage

pytestmark = pytest.mark.django_db
HELP = f"{ON_TIME}\nhelp = true"


def test_who_calls_an_approved_post_a_help_line_has_it_approved_again(stage: Stage) -> None:
    stage.queued("one", on=["x-en"])
    stage.post("one", HELP, on=["x-en"])
    assert "It is called a help line since it was approved" in stage.run("load").everything
    assert (Delivery.objects.get().status, Post.objects.get().is_help) == ("draft", True)
    stage.runs(["approve", "--all", "--by", "bob"], ["load"])
    assert Delivery.objects.get().status == "queued"


def test_what_is_no_help_line_any_more_keeps_its_approval(stage: Stage) -> None:
    stage.queued("one", on=["x-en"], head=HELP)
    assert Post.objects.get().is_help
    stage.post("one", on=["x-en"])
    stage.runs(["load"])
    assert (Delivery.objects.get().status, Post.objects.get().is_help) == ("queued", False)
