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
    _ends("eux euse euses eusement"),
    _ends("eur eurs euse euses rice rices"),
    _ends("if ifs ive ives"),
    _ends("al ale als ales aux"),
    _ends("el elle els elles"),
    _ends("ier ière iers ières"),
    _ends("en enne ens ennes"),
    _ends("eau eaux"),
)
"""What becomes of the end of a word; the first of each is the one that the lists have."""
_VOWELS = "aeiou"
_DOUBLES = "bdgmnprt"
"""Letters that English doubles before -ed and -ing."""


def forms(word: str, language: str) -> frozenset[str]:
    """The word in all its forms, itself among them. French verbs are named by their infinitive in -er or -ir (those as
    finir), marked by a + behind them: "lutter+"."""
    return _english(word) if language == "en" else _french(word)


def _english(word: str) -> frozenset[str]:
    stem, last = word[:-1], word[-1:]
    made = {word, *_with_ends(word, "s es ed ing")}
    if last == "e":
        made |= _with_ends(word, "d")
        made |= _with_ends(stem, "ing")
    if last == "y":
        made |= _with_ends(stem, "ies ied")
    if len(word) > 2 and last in _DOUBLES and stem[-1] in _VOWELS:
        made |= _with_ends(word + last, "ed ing")
    return frozenset(made)


def _with_ends(stem: str, ends: str) -> set[str]:
    return {stem + end for end in ends.split()}


def _french(word: str) -> frozenset[str]:
    if word.endswith("+"):
        return _conjugated(word[:-1])
    for ends in _FRENCH_ENDS:
        end = ends[0]
        if word.endswith(end):
            stem = word.removesuffix(end)
            return frozenset(stem + other for other in ends)
    return frozenset((word, *_with_ends(word, "s e es")))


def _conjugated(verb: str) -> frozenset[str]:
    stem = verb[:-2]
    ends = _FRENCH_IR if verb.endswith("ir") else _FRENCH_ER
    made = {stem + end for end in ends}
    if stem.endswith("g"):  # The e keeps the g soft: nous changeons.
        made |= _with_ends(stem, "eons eant eait eais")
    if stem.endswith("c"):
        soft = stem[:-1] + "ç"
        made |= _with_ends(soft, "ons ant ait")
    return frozenset(made)
