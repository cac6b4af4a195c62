"""The key of sessions and second factors: found, or refused; never drawn where another program would draw another."""

from dataclasses import replace
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections

from campaign.config.secret import Secret
from campaign.core.problem import Problem
from campaign.database.secret_key import secret_key
from campaign.people.roles import Role, add_user
from tests.stage import Machine

pytestmark = pytest.mark.django_db


@pytest.fixture
def key_file(tmp_path: Path, settings, monkeypatch) -> Path:
    monkeypatch.setattr("campaign.database.secret_key.key_file", lambda: tmp_path / "here.key")
    settings.CONFIG = replace(
        settings.CONFIG, web=replace(settings.CONFIG.web, secret_key=None)
    )
    return tmp_path / "here.key"


def test_it_is_drawn_once_beside_the_database_for_its_owner_alone(key_file):
    drawn = secret_key()
    assert (key_file.read_text(), len(drawn) >= 50) == (drawn, True)
    assert key_file.stat().st_mode & 0o077 == 0
    assert secret_key() == drawn


def test_that_of_the_configuration_comes_first(key_file, settings):
    web = replace(settings.CONFIG.web, secret_key=Secret("k" * 60))
    settings.CONFIG = replace(settings.CONFIG, web=web)
    assert secret_key() == "k" * 60
    assert not key_file.exists()


@pytest.mark.parametrize("kept", ["short", "é" * 60], ids=["short", "accents"])
def test_what_is_no_key_is_neither_used_nor_thrown_away(key_file, kept):
    key_file.write_text(kept, "utf-8")
    with pytest.raises(Problem, match=r"no key in the key file here\.key"):
        secret_key()
    assert key_file.read_text("utf-8") == kept


def test_where_second_factors_are_locked_with_one_that_is_gone_no_other_is_drawn(key_file):
    user, _ = add_user("marie", Role.STAFF)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "locked"})
    with pytest.raises(Problem, match=r"here\.key beside the database is gone"):
        secret_key()
    assert not key_file.exists()


def test_a_folder_that_cannot_be_written_to_is_said(key_file, monkeypatch):
    nowhere = key_file.parent / "no" / "here.key"
    monkeypatch.setattr("campaign.database.secret_key.key_file", lambda: nowhere)
    with pytest.raises(Problem, match="cannot be written beside the database"):
        secret_key()


def test_with_postgresql_it_has_to_be_named(key_file, monkeypatch):
    monkeypatch.setattr(connections["default"], "vendor", "postgresql")
    with pytest.raises(Problem, match=r"set \[web\] secret_key"):
        secret_key()
    assert not key_file.exists()


@pytest.mark.postgresql
def test_on_postgresql_the_pages_are_refused_without_a_key_and_nothing_is_drawn(
    postgresql, machine: Machine
) -> None:
    url = postgresql.another("without_a_key")
    machine.configure(dry_run=True, top=f'[database]\nurl = "{url}"\n')
    machine.run("init").well()
    for command in ("web", "serve"):
        said = machine.run(command)
        assert said.status == 1
        assert "set [web] secret_key" in said.err
    assert not list(machine.root.rglob("*.key"))
