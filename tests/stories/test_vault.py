"""Names and contacts are sealed; a lost or changed key is a sentence."""

import secrets
import stat
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.config.secret import Secret
from campaign.settings import CONFIG
from campaign.stories import storyteller, vault
from tests.deliveries import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(settings):
    def use(*names):
        stories = replace(CONFIG.stories, key=tuple(Secret(name * 40) for name in names))
        settings.CONFIG = replace(CONFIG, stories=stories)

    return use


@pytest.fixture
def own_file(tmp_path, monkeypatch):
    path = tmp_path / "own.stories.key"
    monkeypatch.setattr(vault, "key_file", lambda: path)
    return path


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=30,
)
@given(text=st.text())
def test_what_is_sealed_is_read_again_and_does_not_show(keys, text):
    keys("a")
    sealed = vault.seal(text)
    assert vault.unseal(sealed) == text
    assert len(text) < 4 or text not in sealed


def test_two_seals_of_the_same_name_differ(keys):
    keys("a")
    assert vault.seal("Zoé") != vault.seal("Zoé")


def test_a_key_can_be_changed_and_what_the_older_one_sealed_is_still_read(keys):
    keys("a")
    sealed = vault.seal("Zoé")
    keys("b", "a")
    assert (vault.unseal(sealed), vault.unseal(vault.seal("Ana"))) == ("Zoé", "Ana")
    keys("b")
    with pytest.raises(vault.Locked, match="sealed with another key"):
        vault.unseal(sealed)


def test_without_a_key_in_the_configuration_one_is_drawn_for_its_owner_alone(own_file):
    sealed = vault.seal("Zoé")
    assert stat.S_IMODE(own_file.stat().st_mode) == 0o600
    assert len(own_file.read_text("ascii")) > 80
    assert vault.unseal(sealed) == "Zoé"
    assert list(own_file.parent.iterdir()) == [own_file]


def test_a_key_that_is_gone_is_not_replaced_while_names_need_it(own_file):
    who = person()
    own_file.unlink()
    for door in (lambda: vault.seal("Ana"), lambda: storyteller.name_of(who)):
        with pytest.raises(vault.Locked, match="put it back from a copy"):
            door()
    assert not own_file.exists()


def test_of_two_programs_that_draw_a_key_at_once_one_is_believed(own_file, monkeypatch):
    draw = secrets.token_urlsafe

    def slow(size):
        own_file.write_text("the other program's key, whole " * 3, "ascii")
        return draw(size)

    monkeypatch.setattr(secrets, "token_urlsafe", slow)
    sealed = vault.seal("Zoé")
    monkeypatch.setattr(secrets, "token_urlsafe", draw)
    assert "other program" in own_file.read_text("ascii")
    assert vault.unseal(sealed) == "Zoé"


def test_a_folder_that_cannot_be_written_to_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(vault, "key_file", lambda: tmp_path / "no such folder" / "x.key")
    with pytest.raises(
        vault.Locked, match=r"let the program write there, or set \[stories\] key"
    ):
        vault.seal("Zoé")


def test_a_key_never_shows_itself():
    assert "a" * 40 not in repr(replace(CONFIG.stories, key=(Secret("a" * 40),)))
