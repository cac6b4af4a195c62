"""The lists of words that the checks go by, and the catalogue of all checks: where they are, and how they are read."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from campaign.content.post import LANGUAGES

LISTS = Path(__file__).parent
"""The folder of the lists."""


def read_list(name: str) -> dict[str, Any]:
    """What stands in a list, by the name of its file, such as "people.toml"."""
    return tomllib.loads((LISTS / name).read_text(encoding="utf-8"))


def listed(words: str) -> frozenset[str]:
    """The words of a list, which are parted by blanks and ends of lines."""
    return frozenset(words.split())


def by_language(lists: Mapping[str, str], before: str = "") -> dict[str, frozenset[str]]:
    """The words of a list in each language, whose names are `before` and the language."""
    return {language: listed(lists[before + language]) for language in LANGUAGES}
