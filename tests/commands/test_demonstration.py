"""Where a demonstration keeps its files."""

import os
import tempfile
from pathlib import Path

import pytest

from campaign import demonstration
from campaign.config import Config
from campaign.demonstration import DEMO_VARIABLE


def files(monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The database and the uploads of a demonstration that begins now."""
    monkeypatch.setenv(DEMO_VARIABLE, "")  # put back afterwards
    demonstration.begin(8000, serves=False)
    config = demonstration.as_demonstration(Config())
    return Path(config.database.url.removeprefix("sqlite:///")), config.web.uploads


def test_a_demonstration_stays_in_the_folder_where_it_is_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert files(monkeypatch) == (Path("demo.db"), Path("demo-uploads"))


def test_where_nothing_can_be_kept_it_has_a_folder_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda path, mode: (path, mode) != (".", os.W_OK))
    database, uploads = files(monkeypatch)
    assert (database.name, uploads.name) == ("demo.db", "demo-uploads")
    assert database.parent == uploads.parent
    assert database.parent.parent == tmp_path
    assert database.parent.is_dir()
