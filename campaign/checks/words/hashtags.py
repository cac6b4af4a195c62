"""Hashtags with a capital at each word, so that a screen reader reads words and not one long one; and whole, so that a
network makes a link of all of it.

Sources: Accessible Social, hashtags (https://www.accessible-social.com/copy-and-formatting/hashtags);
the pattern of a hashtag (https://www.npmjs.com/package/twitter-text); a hashtag is "a single word", without blanks, punctuation
or special characters, say the networks' own pages of help.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from campaign.checks.lists import read_list
from campaign.checks.reading.reading import Reading
from campaign.checks.reading.spans import blanked
from campaign.core.finding import Finding, Fix, info, warning
from campaign.core.sentence import Sentence

SHORTEST = 9
"""Letters from which a hashtag in small letters is taken for several words."""
SHORTEST_UNKNOWN = 14
"""The same for one of which not every part is known: it may be one long word."""
LONGEST = 60
"""Letters above which a hashtag is not taken apart: that would take long."""
MOST_TAGS = 4
MOST = 20

_TABLE = read_list("hashtags.toml")
_TAG = re.compile(r"#(\w+)")
_TAGS = re.compile(r"(?:#\w+)+")
_SMALL = re.compile(rf"[a-zà-öø-ÿœ]{{{SHORTEST},{LONGEST}}}")
_JOINED = re.compile(r"(?<![\w&])#\w+(?:[-‐‑'’ʼ&+·]\w+)+")
_JOINER = re.compile(r"[-‐‑'’ʼ&+·]")
_POSSESSIVE = re.compile(r"['’ʼ]s\Z")
_SPACED = re.compile(r"(?<![\w&])#\w+(?:[ \u00a0]\w+){1,4}")
_LAST_WORD = re.compile(r"[ \u00a0]\w+\Z")
_NO_LETTER = re.compile(r"(?<![\w&])#[\d_]{4,}(?!\w)")
"""Of fewer digits it is a number: "our #1 question"."""
_GLUED = re.compile(r"\w#[^\W\d_]\w*")
_MAY_BE_CUT = re.compile(r"#(?:(?<=\w#)[^\W\d_]|[\d_]{4}|\w+[-‐‑'’ʼ&+· \u00a0]\w)")
"""Part of what each of these four finds, and found in a fraction of the time."""
_IN_A_SENTENCE = re.compile(r"#\w+[^\S\n]+[^\W\d_]{2,}[^\S\n]+[^\W\d_]{2,}")


def _read_known() -> Mapping[str, str]:
    """How each word is written in a hashtag, by the word in small letters, with its accents and without."""
    words = f"{_TABLE['en']} {_TABLE['fr']}".split()
    every = [*words, *map(_without_accents, words)]
    capitalized = {word: word.capitalize() for word in every}
    return {**capitalized, **_TABLE["as"]}


def _without_accents(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _read_wholes() -> Mapping[str, str]:
    """Hashtags of several words that people write apart, by their small letters without accents."""
    return {_folded(whole): f"#{whole}" for whole in _TABLE["wholes"].split()}


def _folded(tag: str) -> str:
    return _without_accents(re.sub(r"\W", "", tag).lower())


_KNOWN = _read_known()
_WHOLES = _read_wholes()
_LONGEST_WORD = max(map(len, _KNOWN))


def check_hashtags(reading: Reading) -> Iterator[Finding]:
    """Hashtags that a network does not link as they are meant, that are hard to hear, too many, or in a sentence."""
    yield from _cut(reading)
    tags = _TAG.findall(reading.untagged)
    written = {tag.lower(): tag for tag in reading.words.hashtags}
    small = [tag for tag in dict.fromkeys(tags) if _SMALL.fullmatch(tag)]
    for tag in small[:MOST]:
        better = camel_case(tag, written)
        if _is_several_words(tag, better):
            yield _small(f"#{tag}", better, reading)
    if len(tags) > MOST_TAGS:
        message = Sentence(
            "Here are {0} hashtags, which tire those who listen: keep {1} at most.",
            len(tags),
            MOST_TAGS,
        )
        yield warning("hashtags-many", message, reading.at(f"#{tags[0]}"))
    if inside := _IN_A_SENTENCE.search(reading.untagged):
        tag = inside[0].split()[0]
        message = Sentence(
            "{0} stands inside of a sentence: hashtags are easier to follow at the end of the text.",
            tag,
        )
        yield info("hashtag-inside", message, reading.at(tag))


def _cut(reading: Reading) -> Iterator[Finding]:
    """Each hashtag of which a network makes a link of a part alone, or none."""
    if not _MAY_BE_CUT.search(reading.text):
        return
    # One right behind the other counts as one stretch, which is no link.
    links = [span for span in reading.held if not _TAGS.fullmatch(reading.text, *span)]
    text = blanked(reading.text, links)
    joined = _some(_JOINED, text)
    if reading.language == "en":
        joined = [_POSSESSIVE.sub("", tag) for tag in joined]
    for tag in joined:
        if _JOINER.search(tag):
            yield _ends_early(tag, _in_one_word(tag), reading)
    for words in _some(_SPACED, text):
        yield from _spaced(words, reading)
    for tag in _some(_NO_LETTER, text):
        message = Sentence(
            "{0} has no letter, so that no network makes a link of it: add a word, or leave the sign # out.",
            tag,
        )
        yield warning("hashtag-cut", message, reading.at(tag))
    for tag in _some(_GLUED, text):
        message = Sentence(
            "In “{0}” the hashtag stands right behind a letter, so that no network makes a link of it: put a space between.",
            tag,
        )
        yield warning("hashtag-cut", message, reading.at(tag))


def _some(pattern: re.Pattern[str], text: str) -> list[str]:
    """What the pattern finds in a text, MOST times at the most."""
    return pattern.findall(text)[:MOST]


def _spaced(words: str, reading: Reading) -> Iterator[Finding]:
    """A hashtag that goes on behind a blank, as the campaign's own or one that is known does."""
    wholes = dict(_WHOLES)
    for own in reading.words.hashtags:
        wholes[_folded(own)] = _in_one_word(own)
    tag = words
    while _LAST_WORD.search(tag):
        if better := wholes.get(_folded(tag)):
            yield _ends_early(tag, better, reading)
            return
        tag = _LAST_WORD.sub("", tag)


def _ends_early(tag: str, better: str, reading: Reading) -> Finding:
    first = _TAG.match(tag)
    message = Sentence(
        "Networks end the hashtag “{0}” early, and make a link of {1} alone: write {2}.",
        tag,
        first[0] if first else tag,
        better,
    )
    fix = Fix(tag, better) if tag in reading.source else None
    return warning("hashtag-cut", message, reading.at(tag), fix)


def _in_one_word(tag: str) -> str:
    """The hashtag with a capital at each of its words and nothing between them."""
    words = re.findall(r"\w+", tag)
    return "#" + "".join(_KNOWN.get(word) or f"{word[0].upper()}{word[1:]}" for word in words)


def _is_several_words(tag: str, better: str | None) -> bool:
    """Whether a tag in small letters is several words, given how it would be written better; None when that is unknown."""
    if better is None:
        return len(tag) >= SHORTEST_UNKNOWN
    return better != f"#{tag.capitalize()}"


def _small(tag: str, better: str | None, reading: Reading) -> Finding:
    if better is None:
        message = Sentence(
            "{0} is heard as one long word: write each of its words with a capital.", tag
        )
        return warning("hashtag-small", message, reading.at(tag))
    message = Sentence("{0} is heard as one long word: write {1}.", tag, better)
    fix = Fix(tag, better) if tag in _tags(reading.source) else None
    return warning("hashtag-small", message, reading.at(tag), fix)


def _tags(text: str) -> set[str]:
    return {match[0] for match in _TAG.finditer(text)}


def camel_case(tag: str, written: Mapping[str, str]) -> str | None:
    """The hashtag, with its sign, as the campaign or its known words write it; None when a part of it is unknown.

    `tag` comes without the sign, in small letters; `written` has the campaign's own by their small letters.
    """
    if own := written.get(f"#{tag}") or written.get(tag):
        return f"#{own.removeprefix('#')}"
    words = _parted(tag)
    if not words:
        return None
    return "#" + "".join(_KNOWN[word] for word in words)


def _parted(tag: str) -> list[str] | None:
    """The known words of which the tag is made, as few as can be; None when a part of it is unknown."""
    best: list[list[str] | None] = [[]]  # for each length, the words of so many first letters
    for end in range(1, len(tag) + 1):
        first = max(0, end - _LONGEST_WORD)
        ways = (_way(best[start], tag[start:end]) for start in range(first, end))
        best.append(_shortest(ways))
    return best[-1]


def _way(before: list[str] | None, word: str) -> list[str] | None:
    if before is None or word not in _KNOWN:
        return None
    return [*before, word]


def _shortest(ways: Iterable[list[str] | None]) -> list[str] | None:
    known = (way for way in ways if way is not None)
    return min(known, key=len, default=None)
