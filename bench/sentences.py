"""How well the checks tell a sentence that needs a second look from one that is well: of those that should be told, how many are
(recall), and of those told, how many should be (precision), for each language and family, beside a check that tells all.

`python -m bench.sentences FILE` measures another list than our own: a table parted by tabs, with the columns language,
expected (flag or ok), kind (awareness or story), text, and perhaps family. It shows each sentence that was judged wrongly.
"""

import csv
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy

from bench.stage import ROOT, Site
from campaign.config import Config
from campaign.config import Site as Organization
from campaign.config.reading import starter_channels
from campaign.content.library import read_library
from campaign.content.post import LANGUAGES
from campaign.planning.plan import Planned, plan
from campaign.publishers import KNOWN

SENTENCES = Path(__file__).with_name("sentences.tsv")
HARMLESS = {
    "en": "We meet on Monday. Everybody is welcome.",
    "fr": "Nous nous rencontrons lundi. Tout le monde est le bienvenu.",
}
"""What is said of these too is said of their template or their date."""
_NOW = datetime(2027, 9, 1, 12, tzinfo=UTC)
_ACROSS_POSTS = frozenset(("near-text", "same-text", "too-close", "crowded-day"))
"""Findings about several posts: each sentence is alone."""
_CAMPAIGN = "sentences"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many sentences of each language are measured, at the most."""

    most: int = 10_000


TINY = Sizes(most=8)


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, whether it should be told, and of which family it is."""

    language: str
    should_be_told: bool
    kind: str
    family: str
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many sentences should be told, how many of these were, and how many were told though they are well."""

    should: int
    rightly: int
    wrongly: int

    @property
    def recall(self) -> float:
        return self.rightly / self.should if self.should else 1.0

    @property
    def precision(self) -> float:
        told = self.rightly + self.wrongly
        return self.rightly / told if told else 1.0


def measure(_site: Site, sizes: Sizes) -> None:
    """Prints recall and precision of our own sentences."""
    cases = read(SENTENCES)
    some: list[Case] = []
    for language in LANGUAGES:
        mine = [case for case in cases if case.language == language]
        step = max(1, len(mine) // sizes.most)
        some += mine[::step]
    _print(some, told(some))


def read(path: Path) -> list[Case]:
    """The sentences of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [_case(row) for row in rows]


def _case(row: Mapping[str, str]) -> Case:
    family = row.get("family") or row.get("code") or row["kind"]
    return Case(row["language"], row["expected"] == "flag", row["kind"], family, row["text"])


def told(cases: Sequence[Case]) -> list[tuple[str, ...]]:
    """For each sentence the codes of what is said of it, and not of a harmless one."""
    kinds = sorted({case.kind for case in cases})
    harmless = [
        Case(language, False, kind, "", text)
        for language, text in HARMLESS.items()
        for kind in kinds
    ]
    codes = _codes([*harmless, *cases])
    always = {
        (case.language, case.kind): said for case, said in zip(harmless, codes, strict=False)
    }
    beyond = zip(cases, codes[len(harmless) :], strict=True)
    return [tuple(sorted(said - always[case.language, case.kind])) for case, said in beyond]


def score(cases: Iterable[Case], codes: Iterable[Sequence[str]]) -> Score:
    """The score of some sentences."""
    should = rightly = wrongly = 0
    for case, said in zip(cases, codes, strict=True):
        should += case.should_be_told
        rightly += case.should_be_told and bool(said)
        wrongly += not case.should_be_told and bool(said)
    return Score(should, rightly, wrongly)


def _codes(cases: Sequence[Case]) -> list[frozenset[str]]:
    """The codes of all findings about each sentence, as the one text of a post."""
    with tempfile.TemporaryDirectory() as folder:
        posts = _written(Path(folder), cases)
        by_key = {
            planned.post.key: planned
            for language in LANGUAGES
            for planned in _planned(posts, language)
        }
    keys = (f"{_CAMPAIGN}/{_name(number)}" for number in range(len(cases)))
    return [_said(by_key[key]) for key in keys]


def _planned(posts: Path, language: str) -> Iterator[Planned]:
    config = Config(channels=starter_channels(KNOWN), site=Organization(languages=(language,)))
    library = read_library(posts, ROOT / "templates")
    for planned in plan(library, config, _NOW).planned:
        if planned.channel.language == language:
            yield planned


def _said(planned: Planned) -> frozenset[str]:
    return frozenset(finding.code for finding in planned.findings) - _ACROSS_POSTS


def _name(number: int) -> str:
    return f"sentence-{number}"


def _written(folder: Path, cases: Sequence[Case]) -> Path:
    """A folder of posts, one for each sentence, beside the starter campaign's facts, days and hashtags."""
    starter = ROOT / "posts"
    campaign = folder / _CAMPAIGN
    campaign.mkdir()
    for name in ("calendar.toml", "facts.toml"):
        copy(starter / name, folder / name)
    copy(starter / "mbc-awareness" / "campaign.toml", campaign / "campaign.toml")
    for number, case in enumerate(cases):
        path = campaign / f"{_name(number)}.toml"
        path.write_text(_post(case), encoding="utf-8")
    return folder


def _post(case: Case) -> str:
    template = "story" if case.kind == "story" else "fact"
    text = case.text.replace("\\", "\\\\").replace('"', '\\"')
    return "\n".join(
        (
            f'kind = "{case.kind}"',
            f'template = "{template}"',
            f'channels = ["facebook-{case.language}"]',
            'when = "2027-10-20 09:00"',
            f"[{case.language}]",
            f'long = "{text}"',
        )
    )


def _print(cases: Sequence[Case], codes: Sequence[Sequence[str]]) -> None:
    families: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, case in enumerate(cases):
        families[case.language, case.family].append(number)
        families[case.language, "all"].append(number)
    for (language, family), numbers in sorted(families.items()):
        some = [cases[number] for number in numbers]
        result = score(some, [codes[number] for number in numbers])
        share = result.should / len(some)
        print(
            f"sentences: {language} {family}: recall {result.recall:.1%} of {result.should}, precision {result.precision:.1%};"
            f" to tell all of the {len(some)}: {share:.1%}"
        )


def _print_wrong(cases: Sequence[Case], codes: Sequence[Sequence[str]]) -> None:
    for case, said in zip(cases, codes, strict=True):
        if case.should_be_told != bool(said):
            what = "not told" if case.should_be_told else f"told ({', '.join(said)})"
            print(f"{case.language} {what}: {case.text}")


def main(path: Path) -> None:
    """Measures the sentences of a file."""
    cases = read(path)
    codes = told(cases)
    _print_wrong(cases, codes)
    _print(cases, codes)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SENTENCES)
