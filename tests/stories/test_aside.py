"""Stories that wait apart: let in, or erased."""

from pathlib import Path

import pytest

from campaign.core.problem import Problem
from campaign.database import sweeping
from campaign.models import Event
from campaign.models.stories import Leftover, Storyteller
from campaign.stories import aside, papers, storyteller
from campaign.stories.erasing import erasure
from campaign.stories.papers import Tale
from campaign.stories.withdrawal import Via
from tests.deliveries import NOON, consent, person

pytestmark = pytest.mark.django_db


def apart(folder: Path, words: str = "A day of mine.") -> Storyteller:
    who = person()
    consent(who)
    storyteller.came_in(who, f"form {who.reference}", is_aside=True)
    papers.keep_tale(folder, who.reference, Tale(words, "en"))
    return who


def test_what_is_let_in_is_among_the_others_and_its_words_stay(tmp_path):
    who, other = apart(tmp_path), apart(tmp_path)
    assert [let.pk for let in aside.let_in([who.reference], "maria", NOON)] == [who.pk]
    assert aside.waiting() == 1
    assert not Storyteller.objects.get(pk=who.pk).is_aside
    assert Storyteller.objects.get(pk=other.pk).is_aside
    assert papers.tale_of(tmp_path, who.reference)
    assert Event.objects.filter(actor="maria", action="story let in").count() == 1
    assert aside.let_in([who.reference], "maria", NOON) == []


def test_what_is_erased_is_gone_and_no_other(tmp_path):
    who, other = apart(tmp_path), apart(tmp_path)
    assert aside.erase([who.reference], tmp_path, "maria", NOON) == 1
    who.refresh_from_db()
    assert (who.is_aside, bool(who.erased_at), who.name_sealed) == (False, True, "")
    assert papers.tale_of(tmp_path, who.reference) is None
    assert papers.tale_of(tmp_path, other.reference)
    assert aside.waiting() == 1


def test_who_asks_to_be_erased_while_they_wait_apart_waits_no_more(tmp_path):
    who, other = apart(tmp_path), apart(tmp_path)
    erasure.erase(who, Via.LINK, tmp_path, "", NOON)
    assert list(aside.apart()) == [other]


def test_a_story_that_does_not_wait_apart_is_not_erased_there(tmp_path):
    who, read = apart(tmp_path), person()
    with pytest.raises(Problem, match=f"Story {read.reference} does not wait apart"):
        aside.erase([who.reference, read.reference], tmp_path, "maria", NOON)
    assert aside.waiting() == 1
    assert not Storyteller.objects.exclude(erased_at=None).exists()


def test_many_are_erased_with_one_sweep_of_the_database(tmp_path, monkeypatch):
    swept = []
    monkeypatch.setattr(sweeping, "sweep", lambda: swept.append(aside.waiting()))
    many = [apart(tmp_path).reference for _ in range(5)]
    assert aside.erase(many, tmp_path, "maria", NOON) == 5
    assert swept == [0]
    assert not Leftover.objects.exists()


def test_those_that_are_erased_before_something_goes_wrong_are_swept_away_too(
    tmp_path, monkeypatch
):
    swept = []
    monkeypatch.setattr(sweeping, "sweep", lambda: swept.append(aside.waiting()))
    first, second = apart(tmp_path), apart(tmp_path)
    erase = erasure.erase

    def fails(who, *more, **named):
        if who == second:
            raise Problem("erased already, by somebody else")
        return erase(who, *more, **named)

    monkeypatch.setattr(erasure, "erase", fails)
    with pytest.raises(Problem, match="somebody else"):
        aside.erase([first.reference, second.reference], tmp_path, "maria", NOON)
    assert swept == [1]
