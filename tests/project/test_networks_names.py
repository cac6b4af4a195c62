"""A network is one folder: nothing outside of it, but for the one line in NETWORKS, knows its name."""

import re

import pytest

from campaign.publishers import NETWORKS
from tests.stage import ROOT

PROGRAM = ROOT / "campaign"
FOLDERS = [PROGRAM / "publishers" / name for name in NETWORKS]
LEFT_OUT = (
    "migrations/",  # landed, and never edited
    "locale/",  # the French of what the networks' own folders say
    "publishers/__init__.py",  # the one line
)
OF_A_COUNT = ("checks/length.py", "checks/reading/urls.py", "checks/lists/tlds.txt")
"""How X counts a text and finds its links, which its folder asks here; a public part of the program."""
OTHERS_NAMES = {"x": r"\bX\b(?!-)"}
"""How a title is searched for that is no word."""


def said(text: str) -> str:
    """A file's text without what only sounds like a network: types, addresses, headers, marks."""
    return re.sub(r"`[^`]*`|https?://\S+|\[X\]|X-[A-Z]\w+|overflow-x", "", text)


@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_nothing_outside_a_networks_folder_knows_its_name(network):
    title = OTHERS_NAMES.get(network.title.casefold(), re.escape(network.title))
    names = re.compile(rf"(?i:\b{network.name})|{title}")
    found = []
    for path in sorted(PROGRAM.rglob("*")):
        where = path.relative_to(PROGRAM).as_posix()
        if path.suffix not in (
            ".py",
            ".html",
            ".css",
            ".js",
            ".toml",
            ".txt",
        ) or where.startswith(LEFT_OUT + OF_A_COUNT):
            continue
        if any(path.is_relative_to(folder) for folder in FOLDERS):
            continue
        lines = enumerate(path.read_text("utf-8").splitlines(), 1)
        found += [
            f"{where}:{number}: {line.strip()}"
            for number, line in lines
            if names.search(said(line))
        ]
    assert found == []
