"""How well the checks tell a sentence that needs a second look from one that is well: of a list of sentences, how many that
should be told are told (recall), and how many of those told should be (precision), for each language and kind.

Each sentence is a post of its own, for one channel of Facebook; what is said of a harmless sentence too does not count.
`python -m bench.sentences FILE` measures another list: a table parted by tabs, with the columns language, expected (flag or
ok), kind and text.
"""

import csv
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.stage import Site
from campaign.config import Config
from campaign.config import Site as SiteSettings
from campaign.content.library import read_library
from campaign.planning.plan import plan
from campaign.config.reading import starter_channels
from campaign.publishers import KNOWN

SENTENCES = Path(__file__).parent / "sentences.tsv"
HARMLESS = {
    "en": "We meet on Monday. Everybody is welcome.",
    "fr": "Nous nous rencontrons lundi. Tout le monde est le bienvenu.",
}
_NOW = datetime(2027, 9, 1, 12, tzinfo=UTC)
_ACROSS_POSTS = ("near-text", "same-text")
"""Findings about several posts: here one post is all there is."""


@dataclass(frozen=True, slots=True)
class Sized:
    pass


@dataclass(frozen=True, slots=True)
class Case:
    language: str
    expected: bool
    kind: str
    text: str
    told: tuple[str, ...] = ()


def read(path: Path) -> list[Case]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Case(r["language"], r["expected"] == "flag", r["kind"], r["text"]) for r in rows]


def _post(case: Case) -> str:
    kind = "story" if case.kind == "story" else "awareness"
    template = "story" if case.kind == "story" else "fact"
    text = case.text.replace("\\", "\\\\").replace('"', '\\"')
    return f'kind = "{kind}"\ntemplate = "{template}"\nchannels = ["facebook-{case.language}"]\nwhen = "2027-10-20 09:00"\n[{case.language}]\nlong = "{text}"\n'


def findings(cases: Sequence[Case]) -> list[tuple[str, ...]]:
    with tempfile.TemporaryDirectory() as folder:
        posts = Path(folder) / "posts"
        (posts / "c").mkdir(parents=True)
        for name in ("calendar.toml", "facts.toml"):
            (posts / name).write_text((Path("posts") / name).read_text("utf-8"), "utf-8")
        text = (Path("posts/mbc-awareness/campaign.toml")).read_text("utf-8")
        (posts / "c" / "campaign.toml").write_text(text, "utf-8")
        for i, case in enumerate(cases):
            (posts / "c" / f"p{i:04}.toml").write_text(_post(case), "utf-8")
        channels = starter_channels(KNOWN)
        result = {}
        for language in ("en", "fr"):
            site = SiteSettings(languages=(language,))
            config = Config(channels=channels, site=site)
            library = read_library(posts, config.content.templates)
            out = plan(library, config, _NOW)
            for p in out.planned:
                if p.channel.language == language:
                    result[p.post.key] = tuple(
                        (f.code, str(f.message))
                        for f in p.findings
                        if f.code not in _ACROSS_POSTS
                    )
    return [result.get(f"c/p{i:04}", (("missing", ""),)) for i in range(len(cases))]


def measured(cases: Sequence[Case]) -> list[Case]:
    neutral = [Case(l, False, k, HARMLESS[l]) for l in HARMLESS for k in ("awareness", "story")]
    found = findings([*neutral, *cases])
    base = {(c.language, c.kind): {x[0] for x in f} for c, f in zip(neutral, found)}
    out = []
    for c, f in zip(cases, found[len(neutral) :]):
        b = base[c.language, "story" if c.kind == "story" else "awareness"]
        out.append(
            Case(
                c.language,
                c.expected,
                c.kind,
                c.text,
                tuple(f"{x[0]}: {x[1][:70]}" for x in f if x[0] not in b),
            )
        )
    return out


if __name__ == "__main__":
    cases = measured(read(Path(sys.argv[1])))
    for lang in ("en", "fr"):
        mine = [c for c in cases if c.language == lang]
        tp = sum(c.expected and bool(c.told) for c in mine)
        fn = sum(c.expected and not c.told for c in mine)
        fp = sum(not c.expected and bool(c.told) for c in mine)
        print(
            lang,
            "recall",
            tp,
            tp + fn,
            f"{tp / (tp + fn):.3f}",
            "precision",
            f"{tp / (tp + fp):.3f}",
            "fp",
            fp,
            "of",
            sum(not c.expected for c in mine),
        )
        for c in mine:
            if c.expected != bool(c.told):
                print("   MISS" if c.expected else "   FALSE", c.kind, c.text, c.told)
        if "-v" in sys.argv:
            for c in mine:
                if c.expected and c.told:
                    print("   ok", c.text, c.told)
