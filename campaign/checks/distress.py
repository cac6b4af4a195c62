"""Words of distress: where a person says that they do not want to live, or cannot go on.

It is there so that somebody looks at once, and help can be shown: rather too often than once too few. It looks in English
and in French whatever the language of a form, since pain does not keep to a form's.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from campaign.checks.lists import listed, read_list
from campaign.checks.reading.phrases import phrases_by_language
from campaign.checks.reading.reading import Token, sentences
from campaign.checks.reading.spans import Span, merged, unbroken

_TABLE = read_list("distress.toml")
_ALWAYS = phrases_by_language(_TABLE["always"], classes=_TABLE["classes"])
_OWN = phrases_by_language(_TABLE["own"], classes=_TABLE["classes"])
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_ENGLISH_NOT = re.compile(r"n['’]?t$")
# As people write them, by what they stand for.
_WRITTEN_OUT = {
    "cannot": "can not", "cant": "can not", "can't": "can not", "dont": "do not", "don't": "do not",
    "didnt": "did not", "wont": "will not", "won't": "will not", "couldnt": "could not", "isnt": "is not",
    "wasnt": "was not", "im": "i am", "id": "i d", "ive": "i have", "wanna": "want to", "anymore": "any more",
    "whats": "what is", "doesnt": "does not", "no-one": "nobody", "jveux": "je veux", "chu": "je suis",
    "chuis": "je suis", "jpeux": "je peux", "jai": "j ai", "u": "you", "lets": "let us",
}  # fmt: skip
_ENDINGS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "s": "is"}
_SELF, _OTHERS, _DENIES = (listed(_TABLE[sort]) for sort in ("self", "others", "denies"))
_LETTERS = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ"
_BARE = str.maketrans(
    _LETTERS, "".join(unicodedata.normalize("NFD", letter)[0] for letter in _LETTERS)
)
_LAST = re.compile(r"\w+")
_REACH = 6
"""Words before a phrase in which its subject is looked for."""
# "I can't go on the bus", « en finir avec les délais »: the words go on to something else.
_GOES_ON = re.compile(
    r"(?:to|on|up) (?:the|a|an|my|our|your|long|short|big|hikes?|walks?|holiday|holidays|vacation"
    r"|trips?|stage|smoking|sugar|coffee|work)\b"
    r"|left to (?:say|prove|do|hide|wear|eat|read|fear|learn)\b|(?:fighting|trying) (?:for|to)\b"
    r"|capable d(?!e vivre|e continuer|'endurer)|vivre sans\b"
    r"|(?:abandonne|lache) (?:mon|ma|mes|le|la|les|un|une|ce|cet|cette|pas)\b"
    r"|(?:finir) avec (?!tout\b|ca\b|cela\b|la vie|ma vie|cette vie|la douleur|moi\b)"
)


def distress(text: str) -> tuple[Span, ...]:
    """Where a text says, in the first person, that its writer does not want to live or cannot go on: text[start:end] of
    each place, in order. Words for harming oneself are found whatever is denied; wishes and despair are not where somebody
    else is spoken of ("she wanted to die") or they are denied ("I do not want to die")."""
    text = unbroken(text)
    words = _words(text)
    spans = list(_told(text, words))
    return tuple(merged(spans))


def _told(text: str, words: Sequence[Token]) -> Iterator[Span]:
    for always in _ALWAYS.values():
        for match in always.find(text, words):
            yield match.start, match.end
    starts = [start for start, _ in sentences(text)]
    for own in _OWN.values():
        for match in own.find(text, words):
            begins = max((start for start in starts if start <= match.start), default=0)
            before = [word for word in words[: match.first] if word.start >= begins]
            if _is_own(before) and not _goes_on(text, match.start, match.end):
                yield match.start, match.end


def _is_own(before: Sequence[Token]) -> bool:
    """Whether the writer is the subject of what follows these words of a sentence, and nothing denies it."""
    is_denied = False
    for word in reversed(before[-_REACH:]):
        if word.low in _SELF:
            return not is_denied
        if word.low in _OTHERS:
            return False
        is_denied = is_denied or word.low in _DENIES
    return len(before) <= _REACH and not is_denied


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether the phrase is about a thing, such as a bus or a list."""
    line = _folded(text[start : end + 20])
    last = _LAST.findall(line[: end - start])[-1]
    return _GOES_ON.match(last + line[end - start :]) is not None


def _words(text: str) -> list[Token]:
    """The words without accents, contractions written out: each piece stands where the whole word does."""
    words: list[Token] = []
    for match in _WORD.finditer(text):
        for low in _written_out(_folded(match[0])):
            words.append(Token(match.start(), match.end(), low))
    return words


def _written_out(word: str) -> list[str]:
    word = word.replace("’", "'")
    if word in _WRITTEN_OUT:
        return _WRITTEN_OUT[word].split()
    if "'" not in word:
        return [word]
    if _ENGLISH_NOT.search(word):
        return [_ENGLISH_NOT.sub("", word), "not"]
    *begin, last = word.split("'")
    return [*begin, _ENDINGS.get(last, last)]


def _folded(text: str) -> str:
    """In small letters without accents, as long as it was."""
    return text.lower().translate(_BARE)
