"""The forms that a word takes, so that the lists of words name each word once.

Rules of regular words alone, and more forms than there are: a form that nobody writes is found nowhere.
"""


def _ends(written: str) -> tuple[str, ...]:
    return tuple(written.split())


_FRENCH_ER = _ends(
    "er e es ons ez ent é ée és ées ant ais ait ions iez aient a as âmes èrent erai eras era erons erez eront erais erait "
    "erions eriez eraient"
)
_FRENCH_IR = _ends(
    "ir i ie is ies it issons issez issent issant issais issait issaient irai iras ira irons irez iront irais irait iraient "
    "isse"
)
_FRENCH_ENDS = (
    ("eux", ("eux", "euse", "euses", "eusement")),
    ("eur", ("eur", "eurs", "euse", "euses", "rice", "rices")),
    ("if", ("if", "ifs", "ive", "ives")),
    ("al", ("al", "ale", "als", "ales", "aux")),
    ("el", ("el", "elle", "els", "elles")),
    ("ier", ("ier", "ière", "iers", "ières")),
    ("en", ("en", "enne", "ens", "ennes")),
    ("eau", ("eau", "eaux")),
)
_VOWELS = "aeiou"
_DOUBLES = "bdgmnprt"
"""Letters that English doubles before -ed and -ing."""


def forms(word: str, language: str) -> frozenset[str]:
    """The word in all its forms, itself among them. French verbs are named by their infinitive in -er or -ir (those as
    finir), marked by a + behind them: "lutter+"."""
    return _english(word) if language == "en" else _french(word)


def _english(word: str) -> frozenset[str]:
    made = {word, f"{word}s", f"{word}es", f"{word}ed", f"{word}ing"}
    if word.endswith("e"):
        made |= {f"{word}d", f"{word[:-1]}ing"}
    if word.endswith("y"):
        made |= {f"{word[:-1]}ies", f"{word[:-1]}ied"}
    if len(word) > 2 and word[-1] in _DOUBLES and word[-2] in _VOWELS:
        made |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    return frozenset(made)


def _french(word: str) -> frozenset[str]:
    if word.endswith("+"):
        return _conjugated(word[:-1])
    for end, ends in _FRENCH_ENDS:
        if word.endswith(end):
            stem = word.removesuffix(end)
            return frozenset(stem + other for other in ends)
    return frozenset((word, f"{word}s", f"{word}e", f"{word}es"))


def _conjugated(verb: str) -> frozenset[str]:
    stem = verb[:-2]
    ends = _FRENCH_IR if verb.endswith("ir") else _FRENCH_ER
    made = {stem + end for end in ends}
    if stem.endswith("g"):  # The e keeps the g soft: nous changeons.
        made |= {f"{stem}eons", f"{stem}eant", f"{stem}eait", f"{stem}eais"}
    if stem.endswith("c"):
        made |= {f"{stem[:-1]}çons", f"{stem[:-1]}çant", f"{stem[:-1]}çait"}
    return frozenset(made)
