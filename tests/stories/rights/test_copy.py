"""A copy of all that is held of a person: all of it, and nobody else's."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model

from campaign.authoring import versions
from campaign.content.fields import ConsentFields, Fields
from campaign.content.source import write_source
from campaign.core.problem import Problem
from campaign.models import Delivery, Event, Post
from campaign.models.care import Hand
from campaign.models.stories import (
    Consent,
    FinalWord,
    Storyteller,
    Takedown,
    TakingBack,
    Withdrawal,
)
from campaign.people.roles import Role, add_user
from campaign.states import Status
from campaign.stories import holding, storyteller
from campaign.stories.erasing import erasure
from campaign.stories.final_word import FinalAnswer
from campaign.stories.rights import copy
from campaign.stories.storyteller import HoldReason
from campaign.stories.withdrawal import ALL, Via, withdraw
from tests.deliveries import NOON, consent, delivery, person, says, story
from tests.stories.test_erased import Planted, plant

pytestmark = pytest.mark.django_db
OF_THE_TEAM = {
    # What the team called it or wrote to each other: it may speak of others.
    *("key", "title", "second title", "draft title", "returned because", "handed in"),
    *("removed because", "accepted 0", "accepted 1", "draft", "called wrong"),
    *(
        f"{place} {what}"
        for place in ("live", "waits", "dropped")
        for what in ("reason", "event")
    ),
    # A story has its address in the text; beside another text it is the team's, and leads where they want readers.
    *(
        f"{place} {what}"
        for place in ("live", "waits", "dropped")
        for what in ("link", "sent link")
    ),
    # What a network answered; and what was approved and sent is the text again.
    *(
        f"{place} {what}"
        for place in ("live", "waits", "dropped")
        for what in ("approved", "sent", "answer")
    ),
}
"""What is planted, and is left out."""


def handed(who: Storyteller, folder: Path, by: str = "anna") -> copy.Held:
    return copy.hand_over(who, folder, by, NOON)


def opened(held: copy.Held) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(copy.zipped(held, "<p>Read me.</p>"))) as file:
        return {name: file.read(name) for name in file.namelist()}


def told_in(held: copy.Held) -> str:
    return json.dumps(held.data, ensure_ascii=False)


@pytest.fixture
def planted(tmp_path: Path) -> tuple[Planted, Storyteller]:
    return plant(tmp_path)


def test_every_word_and_picture_of_theirs_is_in_it_and_nothing_of_the_teams(
    planted: tuple[Planted, Storyteller], tmp_path: Path
) -> None:
    marks, who = planted
    held = handed(who, tmp_path)
    parts = opened(held)
    inside = told_in(held) + b"".join(parts.values()).decode("latin-1")
    missing = {place for place, word in marks.texts.items() if word not in inside}
    assert missing == OF_THE_TEAM & marks.texts.keys()
    told = {digest(data) for name, data in parts.items() if "/" in name}
    assert digest(marks.pictures["told"]) in told
    kept = {name.partition("/")[0] for name in parts if "/" in name}
    assert kept == {"told", "papers", "pictures"}


def digest(data: bytes) -> int:
    return hash(data)


def test_the_pictures_that_came_in_are_in_it_once_each(
    planted: tuple[Planted, Storyteller], tmp_path: Path
) -> None:
    _, who = planted
    names = [name for name in opened(handed(who, tmp_path)) if name.startswith("pictures/")]
    assert len(names) == len(set(names)) == 2


@pytest.mark.parametrize(
    "model", [Storyteller, Consent, FinalWord, Withdrawal, Takedown, TakingBack, Hand]
)
def test_every_column_about_a_person_is_in_it_or_says_nothing(
    tmp_path: Path, model: type[Model]
) -> None:
    gathered = copy._Gathered(person(), tmp_path)
    row = model()
    told = {f"{name}_sealed" for name in gathered._columns(row)} | gathered._columns(row).keys()
    columns = {field.name for field in model._meta.concrete_fields if not field.is_relation}
    assert columns - told == columns & copy.LEFT_OUT


def test_nobody_of_the_team_is_named(
    planted: tuple[Planted, Storyteller], tmp_path: Path
) -> None:
    _, who = planted
    add_user("maria-tremblay", Role.STAFF)
    holding.hold(who, HoldReason.ILL, "maria-tremblay", NOON)
    said = told_in(handed(who, tmp_path, "maria-tremblay"))
    for name in ("maria-tremblay", "vera", "anna"):
        assert name not in said
    data = handed(who, tmp_path).data
    assert (data["made_by"], data["hold_reason"]) == ("team", "ill")
    log: Any = data["log"]
    assert {"storyteller on hold", "copy handed over"} <= {line["what"] for line in log}
    assert {line["by"] for line in log} == {"team", "you"}


def test_what_they_did_themselves_is_theirs(tmp_path: Path) -> None:
    who = person()
    consent(who)
    withdraw(who, ALL, Via.LINK, "", NOON)
    data: Any = handed(who, tmp_path, who.reference).data
    assert data["taken_back"][0]["received_by"] == "you"
    assert data["log"][-1]["by"] == "you"


def test_where_it_is_out_and_what_they_said_stand_in_it(tmp_path: Path) -> None:
    who = person()
    consent(who)
    sent = delivery("story-1", of=story(who), status=Status.DRAFT, text="Every day counts.")
    says(sent, FinalAnswer.REMARK, "Softer.")
    says(sent)
    out = NOON + timedelta(hours=1)
    url = "https://x.com/i/7"
    Delivery.objects.update(status=Status.PUBLISHED, published_at=out, url=url)
    data: Any = handed(who, tmp_path).data
    [told] = data["deliveries"]
    assert (told["text"], told["url"], told["published_at"]) == (
        "Every day counts.",
        "https://x.com/i/7",
        out.isoformat(),
    )
    said = [(word["answer"], word["remark"]) for word in told["answers"]]
    assert said == [("remark", "Softer."), ("yes", "")]


def version(of: Post, words: str, reference: str) -> None:
    user, _ = add_user("vera", Role.STAFF)
    named = ConsentFields(storyteller=reference) if reference else None
    fields = Fields(kind="story", consent=named, texts={"en": {"long": words}})
    number = Post.objects.get(pk=of.pk).version
    versions.save_version(of, write_source(fields), user, NOON, based_on=number)


def test_of_a_post_that_was_another_persons_it_has_what_is_theirs_alone(tmp_path: Path) -> None:
    first, second = person("Anne Roy"), person("Zoé Ferragamo")
    for who in (first, second):
        consent(who)
    of = story(first)
    version(of, "Before anybody was named.", "")
    version(of, "Of Anne.", first.reference)
    annes = delivery("story-1", of=of, status=Status.DRAFT, text="Of Anne, out.")
    says(annes)
    Delivery.objects.filter(pk=annes.pk).update(status=Status.PUBLISHED)
    Post.objects.filter(pk=of.pk).update(storyteller=second.reference)
    version(of, "Of Zoé.", second.reference)
    delivery("story-1", "x-fr", of=of, status=Status.DRAFT, text="Of Zoé, to come.")
    zoes = told_in(handed(second, tmp_path))
    assert "Of Zoé." in zoes
    assert "Of Zoé, to come." in zoes
    assert "Anne" not in zoes
    assert "Before anybody" not in zoes
    annes_copy = told_in(handed(first, tmp_path))
    assert "Of Anne, out." in annes_copy
    assert "Zoé" not in annes_copy


def test_a_text_that_was_written_anew_for_them_is_theirs(tmp_path: Path) -> None:
    first, second = person("Anne Roy"), person("Zoé Ferragamo")
    for who in (first, second):
        consent(who)
    draft = delivery("story-1", of=story(first), status=Status.DRAFT, text="Of Anne.")
    says(draft)
    Post.objects.update(storyteller=second.reference)
    Delivery.objects.update(text="Of Zoé.", fingerprint="f" * 64)
    assert "Of Zoé." in told_in(handed(second, tmp_path))
    assert "Of Zoé." not in told_in(handed(first, tmp_path))


def test_what_is_gone_from_the_disk_keeps_nobody_from_the_rest(
    planted: tuple[Planted, Storyteller], tmp_path: Path
) -> None:
    _, who = planted
    for file in tmp_path.rglob("*.png"):
        file.unlink()
    held = handed(who, tmp_path)
    assert not [name for name in held.files if name.startswith("pictures/")]
    assert storyteller.name_of(who) in told_in(held)


def test_a_picture_that_was_replaced_in_its_folder_is_not_theirs(
    planted: tuple[Planted, Storyteller], tmp_path: Path
) -> None:
    _, who = planted
    for file in tmp_path.glob("*.png"):
        file.write_bytes(b"\x89PNG of somebody else")
    held = handed(who, tmp_path)
    assert not [data for data in held.files.values() if b"somebody else" in data]


def test_of_who_is_erased_there_is_no_copy_and_the_log_says_none(tmp_path: Path) -> None:
    who = person()
    erasure.erase(who, Via.STAFF, tmp_path, "ana", NOON)
    with pytest.raises(Problem, match="erased"):
        handed(who, tmp_path)
    assert not Event.objects.filter(action="copy handed over").exists()


def test_the_log_says_that_it_was_handed_over_and_by_whom(tmp_path: Path) -> None:
    who = person()
    handed(who, tmp_path, "anna")
    event = Event.objects.get(action="copy handed over")
    assert (event.actor, event.reason) == ("anna", who.reference)


def test_the_same_makes_the_same_file(tmp_path: Path) -> None:
    held = handed(person(), tmp_path)
    assert copy.zipped(held, "a") == copy.zipped(replace(held), "a")


def test_the_page_on_which_somebody_agreed_is_in_it_as_it_was_shown(tmp_path: Path) -> None:
    who = person()
    consent(who, form_text="Ce que signifie partager.", form_language="fr")
    assert "Ce que signifie partager." in told_in(handed(who, tmp_path))
