"""Private details in a story: which kinds of them a text tells, to be compared with what its person allows."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DetailTold:
    """A kind of detail, as `stories.consent.Detail` names it, and the words that tell it."""

    detail: str
    words: str


_I, _W = re.IGNORECASE, r"[\w’'-]+"
_SIGNS: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "en": {
        "stage": re.compile(r"\bstage\s+(?:[0-4]|I{1,3}|IV)\b", _I),
        "treatment": re.compile(
            r"\b(?:chemo(?:therapy)?|radiation|radiotherapy|immunotherapy|mastectomy|surgery)\b",
            _I,
        ),
        "hospital": re.compile(
            rf"\b(?:{_W}\s+)?(?:hospital|cancer centre|cancer center|clinic)\b", _I
        ),
        "work": re.compile(r"\b(?:my (?:boss|employer|office|job)|I work (?:at|for|as))\b", _I),
        "age": re.compile(
            r"\b(?:\d{1,3}[\s-]years?[\s-]old|at (?:the )?age (?:of )?\d{1,3}|aged \d{1,3}|I(?:’|')?m \d{2}\b)",
            _I,
        ),
        "family": re.compile(
            r"\bmy (?:husband|wife|partner|mother|mom|mum|father|dad|sister|brother|daughters?|sons?|child|children|kids?)\b",
            _I,
        ),
    },
    "fr": {
        "stage": re.compile(r"\bstade\s+(?:[0-4]|I{1,3}|IV)\b", _I),
        "treatment": re.compile(
            r"\b(?:chimio(?:thérapie)?|radiothérapie|immunothérapie|mastectomie|opération)\b",
            _I,
        ),
        "hospital": re.compile(r"\b(?:hôpital|centre hospitalier|clinique|CHUM|CHU)\b", _I),
        "work": re.compile(
            r"\b(?:(?:mon|ma) (?:patron(?:ne)?|employeur|bureau|emploi)|je travaille (?:à|au|chez|pour|comme))\b",
            _I,
        ),
        "age": re.compile(
            r"\b(?:à \d{1,3}\s+ans|j(?:’|')ai \d{1,3}\s+ans|âgée? de \d{1,3}\s+ans)\b", _I
        ),
        "family": re.compile(
            r"\b(?:mon|ma|mes) (?:mari|femme|conjointe?|mère|père|sœur|frère|filles?|fils|enfants?)\b",
            _I,
        ),
    },
}
"""Signs of each kind of detail; a finite list, so that what it does not know is left to the person's own last word."""


def details_told(text: str, language: str) -> Iterator[DetailTold]:
    """Each kind of detail that a text tells, once, with the first words that tell it."""
    for detail, sign in _SIGNS.get(language, {}).items():
        match = sign.search(text)
        if match:
            yield DetailTold(detail, match[0].strip())
