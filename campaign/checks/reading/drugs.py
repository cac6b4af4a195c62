"""Names of drugs in a text: those of a list, and whatever ends as drugs of their kind do."""

from collections.abc import Iterable

from campaign.checks.lists import read_list

_TABLE = read_list("advice.toml")
DRUGS = frozenset(_TABLE["drugs"])
_ENDINGS = tuple(_TABLE["drug_endings"])
_LIKE_DRUGS = frozenset(_TABLE["no_drugs"])
_SHORTEST = 7
"""Letters of a word that is taken for a drug by its ending."""


def is_drug(word: str) -> bool:
    """Whether a word, in small letters, is the name of a drug."""
    if word in DRUGS:
        return True
    # Nearly every word is told by this: to ask for the ending first saves the rest.
    if len(word) < _SHORTEST or not word.endswith(_ENDINGS):
        return False
    return word not in _LIKE_DRUGS


def has_drug(words: frozenset[str]) -> bool:
    """Whether one of these words is the name of a drug."""
    if not DRUGS.isdisjoint(words):
        return True
    longer = [word for word in words if len(word) >= _SHORTEST]
    return any(map(is_drug, longer))


def drugs_among(words: Iterable[str]) -> list[str]:
    """The names of drugs among words in small letters, each once."""
    return list(dict.fromkeys(word for word in words if is_drug(word)))
