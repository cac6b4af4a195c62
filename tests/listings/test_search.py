"""Searching by words: without accents, by beginnings, all of them, whatever somebody types."""

import importlib

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from campaign.database import events
from campaign.listings import search
from campaign.listings.search import Searched, find, words
from campaign.models import Attempt, Delivery, Event, Post
from tests.deliveries import NOON, delivery, post

pytestmark = pytest.mark.django_db
MIGRATION = importlib.import_module("campaign.migrations.0004_search")


def found(text):
    condition = find(Searched.DELIVERIES, text).condition(Searched.DELIVERIES)
    return set(Delivery.objects.filter(condition).values_list("text", flat=True))


@pytest.mark.parametrize(
    "text",
    ["béné", "BENEVOLES", "bénévoles", "le coeur", "le cœur", "coeur benev", "l'espoir l’es"],
)
def test_a_word_is_found_without_accents_by_its_beginning(text):
    delivery("a", text="Les Bénévoles ont le Cœur sur la main, et l’espoir.")
    delivery("b", text="Nothing like it.")
    assert found(text) == {"Les Bénévoles ont le Cœur sur la main, et l’espoir."}


def test_letters_are_the_same_however_they_are_written():
    delivery("a", text="Be\u0301ne\u0301voles")
    assert found("bénévoles") == found("be\u0301ne\u0301voles") == {"Be\u0301ne\u0301voles"}


def test_all_words_must_be_there_in_any_order():
    for name, text in (
        ("a", "hope and research"),
        ("b", "hope alone"),
        ("c", "research alone"),
    ):
        delivery(name, text=text)
    assert found("research hope") == {"hope and research"}


def test_the_end_of_a_word_is_not_its_beginning():
    delivery("a", text="research")
    assert found("search") == set()


def test_a_delivery_is_found_by_the_name_of_its_post():
    one = post("know-one", campaign="mbc", title="La journée")
    delivery("x", of=one, text="Words.")
    for text in ("journee", "know", "one", "mbc", "words jour"):
        assert found(text) == {"Words."}, text


def test_a_change_is_found_and_what_it_was_no_more():
    one = delivery("a", text="Before.")
    Delivery.objects.filter(pk=one.pk).update(text="After.")
    Post.objects.filter(pk=one.post_id).update(title="Nouvelle fête")
    assert found("after fete") == {"After."}
    assert found("before") == set()
    Post.objects.filter(pk=one.post_id).update(title="Another")
    assert (found("fete"), found("another")) == (set(), {"After."})


def test_what_is_gone_is_found_no_more():
    one = delivery("a", text="Gone.")
    one.delete()
    assert found("gone") == set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM campaign_delivery_words")
        assert cursor.fetchone() == (0,)


def test_an_event_is_found_by_its_reason_and_by_its_post():
    one = post("a", title="La fête")
    events.note(None, "", "", NOON, actor="anna", action="paused", reason="Un congé férié.")
    Event.objects.create(at=NOON, actor="anna", action="submitted", post=one)
    Event.objects.create(at=NOON, actor="anna", action="role given")

    def said(text):
        condition = find(Searched.EVENTS, text).condition(Searched.EVENTS)
        return list(Event.objects.filter(condition).values_list("action", flat=True))

    assert (said("conge"), said("fete"), said("role")) == (["paused"], ["submitted"], [])


def test_an_attempt_is_found_by_the_networks_answer():
    started = Attempt.objects.create(
        delivery=delivery(), number=1, worker="w", text="t", started_at=NOON, status="sending"
    )
    Attempt.objects.filter(pk=started.pk).update(
        detail="Refusé : une répétition.", finished_at=NOON, outcome="refused"
    )
    condition = find(Searched.ATTEMPTS, "repetition").condition(Searched.ATTEMPTS)
    assert Attempt.objects.get(condition) == started


@pytest.mark.parametrize("text", ["!?", "💗", "***", '"', "'", "-", "%", "_", "\x00"])
def test_nothing_has_the_words_of_a_text_without_words(text):
    delivery("a", text=f"Here {text.strip(chr(0))} it is.")
    assert found(text) == set()


@example('" OR 1=1 --')
@example("NEAR(a b)")
@example("a* AND b:c ^d")
@example("'tis\\")
@example("²ªº½ ﬁ İ ß")
@given(st.text(max_size=80))
@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
def test_whatever_is_typed_is_no_error(text):
    assert found(text) == set()


@given(
    st.text(
        st.characters(codec="utf-8", categories=["Lu", "Ll", "Nd", "Zs", "Po"]),
        min_size=1,
        max_size=40,
    )
)
@settings(
    max_examples=100,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
)
def test_words_are_small_plain_and_not_too_many(text):
    asked = words(text * 3)
    assert len(asked) <= search.MOST_WORDS
    assert all(word and len(word) <= search.LONGEST_WORD and word.isalnum() for word in asked)


@pytest.mark.parametrize("limit", [0, 1_000])
def test_few_or_many_the_same_is_found(limit, monkeypatch):
    monkeypatch.setattr(search, "FEW", limit)
    for name in "abc":
        delivery(name, text=f"hope {name}")
    assert found("hope") == {"hope a", "hope b", "hope c"}
    assert found("hope b") == {"hope b"}


def test_without_fts5_words_are_found_all_the_same(monkeypatch):
    if connection.vendor != "sqlite":  # only SQLite can be built without it
        return
    monkeypatch.setattr(MIGRATION, "_has_fts5", lambda: False)
    delivery("old", text="Il était là AVANT, à NOËL")
    with connection.cursor() as cursor:
        for table in MIGRATION.SOURCES:
            cursor.execute(f"DROP TABLE {table}_words")
        for statement in (*MIGRATION.tables("sqlite"), *MIGRATION.keep("sqlite")):
            cursor.execute(statement)
    new = delivery("a", text="Les Bénévoles, ÉTÉ, Cœur 100%")
    assert found("avant noel") == {"Il était là AVANT, à NOËL"}
    assert found("coeur benev ete") == found("cœur") == {"Les Bénévoles, ÉTÉ, Cœur 100%"}
    Post.objects.filter(pk=new.post_id).update(title="Été")
    Delivery.objects.filter(pk=new.pk).update(text="Autre")
    assert found("ete autre") == {"Autre"}
    assert found("benev") == found("%") == set()
    new.delete()
    assert found("autre") == set()


def test_every_table_that_is_searched_keeps_its_words():
    """Also after migrations that made SQLite rebuild one of them."""
    triggers = {
        f"{table}_words_{what}"
        for table in MIGRATION.SOURCES
        for what in ("insert", "update", "delete")
    }
    question = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor != "sqlite":
        question = "SELECT tgname FROM pg_trigger"
    with connection.cursor() as cursor:
        cursor.execute(question)
        assert {row[0] for row in cursor.fetchall()} >= triggers | {"campaign_post_renamed"}
