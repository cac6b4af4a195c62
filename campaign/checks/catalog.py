"""Every check that looks at posts: what it says, how much it weighs, and whether that may be set."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import TypeVar

from campaign.checks.lists import read_list
from campaign.core.finding import Finding, Level

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its code, what it says in English and French, and an example if one helps.

    `settable` is False where a lower level would let out what consent, facts, safety or a network forbid; of these,
    `acceptable` ones may be let pass in one post, by somebody who says why.
    """

    code: str
    group: str
    level: Level
    settable: bool
    says: Mapping[str, str]
    bad: str = ""
    good: str = ""
    acceptable: bool = False


GROUPS = {
    "consent": ("Consent", "Consentement"),
    "people": (
        "People who have not been asked, and people in need",
        "Personnes que l’on n’a pas consultées, et personnes en détresse",
    ),
    "facts": ("Facts and numbers", "Faits et nombres"),
    "safety": ("Advice and drugs", "Conseils et médicaments"),
    "language": ("Kind and careful words", "Mots justes et bienveillants"),
    "plain": ("Plain language", "Langage clair"),
    "accessibility": ("Accessibility", "Accessibilité"),
    "french": ("French typography", "Typographie française"),
    "mixups": ("Languages mixed up", "Langues mêlées"),
    "pair": ("English and French together", "L’anglais et le français ensemble"),
    "links": ("Links", "Liens"),
    "network": ("What the networks take", "Ce que les réseaux sociaux acceptent"),
    "pictures": ("Pictures", "Images"),
    "time": ("Times", "Heures"),
    "files": ("Files", "Fichiers"),
}
"""The name of each group in English and French, in the order of the page."""


def _read_catalog() -> dict[str, Check]:
    table = read_list("catalog.toml")
    checks = {}
    for fields in table["check"]:
        check = Check(**{**fields, "level": Level(fields["level"])})
        checks[check.code] = check
    return checks


class _Lazily(Mapping[str, T]):
    """A table that is made when somebody first looks into it: most commands never do."""

    def __init__(self, make: Callable[[], Mapping[str, T]]) -> None:
        self._made = cache(make)

    def __getitem__(self, code: str) -> T:
        return self._made()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made())

    def __len__(self) -> int:
        return len(self._made())


CATALOG: Mapping[str, Check] = _Lazily(_read_catalog)
"""Every check by its code."""
SETTABLE: Mapping[str, bool] = _Lazily(
    lambda: {code: check.settable for code, check in CATALOG.items()}
)
"""For the configuration: every check, and whether its level may be set."""


def may_be_set(code: str) -> bool:
    """Whether the configuration may set the level of a check, or switch it off."""
    return code in CATALOG and CATALOG[code].settable


def may_be_accepted(code: str) -> bool:
    """Whether a person may let a finding of this check pass in one post, with a reason."""
    return code in CATALOG and (CATALOG[code].settable or CATALOG[code].acceptable)


def with_levels(
    findings: Iterable[Finding], levels: Mapping[str, Level | None]
) -> list[Finding]:
    """The findings at the levels set, in their order; None leaves a finding out.

    What is set for a check whose level may not be set is passed over.
    """
    kept = []
    for finding in findings:
        code, level = finding.code, finding.level
        wanted = levels.get(code, level) if may_be_set(code) else level
        if wanted is None:
            continue
        kept.append(finding if wanted is level else replace(finding, level=wanted))
    return kept


def french_sentences() -> dict[str, str]:
    """The French of each English sentence that findings take from a list of words, for whoever translates messages."""
    from campaign.checks.senses import french_names  # noqa: PLC0415 - as below
    from campaign.checks.words.language import TERMS  # noqa: PLC0415 - the configuration reads the catalog, and needs no words

    return french_names() | {term.why["en"]: term.why["fr"] for term in TERMS}


def page() -> str:
    """The page of all checks in the docs."""
    groups = chain.from_iterable(map(_group, GROUPS))
    return "\n".join([*_head(), *groups]) + "\n"


def _head() -> Iterator[str]:
    yield "# Checks"
    yield ""
    yield "This page is made from the program: `python -m campaign.checks.catalog > docs/checks.md`."
    yield ""
    yield "An **error** stops a post. A **warning** asks a person to look. An **info** is worth knowing."
    yield "Words inside of quotation marks are a person’s own, and no check of language or style stops at them; neither"
    yield "at names of organizations, nor at the words of a cited fact."
    yield ""
    yield "A level can be set in `config.toml` where the table says so; `off` switches the check off:"
    yield ""
    yield "```toml"
    yield "[checks]"
    yield 'kind-words = "info"'
    yield 'emoji-first = "off"'
    yield "```"
    yield ""
    yield "The other checks guard consent, facts, safety, or what a network refuses: their level stays. Some of them can pass"
    yield "in one post, when a person has decided so and says why; so can those whose level can be set."


def _group(group: str) -> Iterator[str]:
    english, french = GROUPS[group]
    yield ""
    yield f"## {english} / {french}"
    yield ""
    yield "| Check | Level | What it says | Ce qu’elle dit | Instead of | Write |"
    yield "|---|---|---|---|---|---|"
    for check in CATALOG.values():
        if check.group == group:
            level = f"{check.level}{_may(check)}"
            texts = (check.says["en"], check.says["fr"], check.bad, check.good)
            cells = " | ".join(map(_cell, texts))
            yield f"| `{check.code}` | {level} | {cells} |"


def _may(check: Check) -> str:
    if check.settable:
        return ", can be set"
    return ", can pass with a reason" if check.acceptable else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    print(page(), end="")
