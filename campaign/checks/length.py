"""Count a post the way X does.

Source: twitter-text configuration version 3
(https://github.com/twitter/twitter-text/blob/master/config/v3.json, Apache
License 2.0). The text is brought to Unicode form NFC first. A link counts 23,
whatever its length. An emoji counts 2, even if several code points make it up.
Of other characters, those in the Latin to Georgian blocks and most dashes,
quotation marks and spaces count 1, and all else counts 2.

Three choices of ours. Emoji newer than X's published table (2018) count 2 like
any other. A line ending of two characters counts 2, as X's library has it. A
lone surrogate, which no valid text has, counts 2 and is no error.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from campaign.checks.reading.urls import find_links

LINK_LENGTH = 23
EMOJI_LENGTH = 2

_HEAVY = re.compile(r"[^\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]++")

# The tables below are from the Unicode emoji data (https://unicode.org/Public/emoji/, to version 18)
# and from X's library where it joins more. Single emoji need no table: they weigh 2 already.
# May be followed by U+FE0F, which asks for the picture and not the plain sign.
_PLAIN_OR_PICTURE = (
    r"\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u2199\u21a9\u21aa\u231a\u231b\u2328\u23cf"
    r"\u23ed-\u23ef\u23f1\u23f2\u23f8-\u23fa\u24c2\u25aa\u25ab\u25b6\u25c0\u25fb-\u25fe"
    r"\u2600-\u2604\u260e\u2611\u2614\u2615\u2618\u261d\u2620\u2622\u2623\u2626\u262a\u262e"
    r"\u262f\u2638-\u263a\u2640\u2642\u2648-\u2653\u265f\u2660\u2663\u2665\u2666\u2668\u267b"
    r"\u267e\u267f\u2692-\u2697\u2699\u269b\u269c\u26a0\u26a1\u26a7\u26aa\u26ab\u26b0\u26b1"
    r"\u26bd\u26be\u26c4\u26c5\u26c8\u26cf\u26d1\u26d3\u26d4\u26e9\u26ea\u26f0-\u26f5"
    r"\u26f7-\u26fa\u26fd\u2702\u2708\u2709\u270c\u270d\u270f\u2712\u2714\u2716\u271d\u2721"
    r"\u2733\u2734\u2744\u2747\u2757\u2763\u2764\u27a1\u2934\u2935\u2b05-\u2b07\u2b1b\u2b1c"
    r"\u2b50\u2b55\u3030\u303d\u3297\u3299\U0001f004\U0001f170\U0001f171\U0001f17e\U0001f17f"
    r"\U0001f202\U0001f21a\U0001f22f\U0001f237\U0001f321\U0001f324-\U0001f32c\U0001f336"
    r"\U0001f37d\U0001f396\U0001f397\U0001f399-\U0001f39b\U0001f39e\U0001f39f"
    r"\U0001f3cb-\U0001f3ce\U0001f3d4-\U0001f3df\U0001f3f3\U0001f3f5\U0001f3f7\U0001f43f"
    r"\U0001f441\U0001f4fd\U0001f549\U0001f54a\U0001f56f\U0001f570\U0001f573-\U0001f579"
    r"\U0001f587\U0001f58a-\U0001f58d\U0001f590\U0001f5a5\U0001f5a8\U0001f5b1\U0001f5b2"
    r"\U0001f5bc\U0001f5c2-\U0001f5c4\U0001f5d1-\U0001f5d3\U0001f5dc-\U0001f5de\U0001f5e1"
    r"\U0001f5e3\U0001f5e8\U0001f5ef\U0001f5f3\U0001f5fa\U0001f6cb\U0001f6cd-\U0001f6cf"
    r"\U0001f6e0-\U0001f6e5\U0001f6e9\U0001f6f0\U0001f6f3"
)
# May be followed by a skin tone.
_TONED = (
    r"\u261d\u26f7\u26f9\u270a-\u270d\U0001f385\U0001f3c2-\U0001f3c4\U0001f3c7"
    r"\U0001f3ca-\U0001f3cc\U0001f442\U0001f443\U0001f446-\U0001f450\U0001f466-\U0001f469"
    r"\U0001f46b-\U0001f478\U0001f47c\U0001f481-\U0001f483\U0001f485-\U0001f487\U0001f48f"
    r"\U0001f491\U0001f4aa\U0001f574\U0001f575\U0001f57a\U0001f590\U0001f595\U0001f596"
    r"\U0001f645-\U0001f647\U0001f64b-\U0001f64f\U0001f6a3\U0001f6b4-\U0001f6b6\U0001f6c0"
    r"\U0001f6cc\U0001f90c\U0001f90f\U0001f918-\U0001f91f\U0001f926\U0001f930-\U0001f939"
    r"\U0001f93c-\U0001f93e\U0001f977\U0001f9b5\U0001f9b6\U0001f9b8\U0001f9b9\U0001f9bb"
    r"\U0001f9cd-\U0001f9cf\U0001f9d1-\U0001f9dd\U0001fac3-\U0001fac5\U0001faf0-\U0001fafa"
)
# Begins sequences held together by U+200D.
_JOINING = (
    r"\u26d3\u26f9\u2764\U0001f344\U0001f34b\U0001f3c3\U0001f3c4\U0001f3ca-\U0001f3cc"
    r"\U0001f3f3\U0001f3f4\U0001f408\U0001f415\U0001f426\U0001f43b\U0001f441\U0001f468"
    r"\U0001f469\U0001f46e-\U0001f471\U0001f473\U0001f477\U0001f481\U0001f482\U0001f486"
    r"\U0001f487\U0001f575\U0001f62e\U0001f635\U0001f636\U0001f642\U0001f645-\U0001f647"
    r"\U0001f64b\U0001f64d\U0001f64e\U0001f6a3\U0001f6b4-\U0001f6b6\U0001f926\U0001f935"
    r"\U0001f937-\U0001f939\U0001f93c-\U0001f93e\U0001f9b8\U0001f9b9\U0001f9cd-\U0001f9cf"
    r"\U0001f9d1\U0001f9d4\U0001f9d6-\U0001f9df\U0001faf1"
)
# Follows U+200D in such sequences.
_JOINED = (
    r"\u2194\u2195\u2620\u2640\u2642\u2695\u2696\u26a7\u2708\u2744\u2764\u27a1\u2b1b\U0001f308"
    r"\U0001f32b\U0001f33e\U0001f373\U0001f37c\U0001f384\U0001f393\U0001f3a4\U0001f3a8"
    r"\U0001f3eb\U0001f3ed\U0001f430\U0001f466-\U0001f469\U0001f48b\U0001f4a5\U0001f4a8"
    r"\U0001f4ab\U0001f4bb\U0001f4bc\U0001f525\U0001f527\U0001f52c\U0001f5e8\U0001f680"
    r"\U0001f692\U0001f7e9\U0001f7eb\U0001f91d\U0001f9af-\U0001f9b3\U0001f9ba\U0001f9bc"
    r"\U0001f9bd\U0001f9d1\U0001f9d2\U0001fa70\U0001fa79\U0001faef\U0001faf2"
)
# Of those, the people and hands that have a skin tone of their own.
_PARTNERS = r"\U0001f468\U0001f469\U0001f9d1\U0001faf2"
# Regions with a flag: a first letter, then every letter that may follow it.
_FLAGS = (
    "ACDEFGILMOQRSTUWXZ BABDEFGHIJLMNOQRSTVWYZ CACDFGHIKLMNOPQRUVWXYZ DEGJKMOZ EACEGHRSTU FIJKMOR "
    "GABDEFGHILMNPQRSTUWY HKMNRTU ICDELMNOQRST JEMOP KEGHIMNPRWYZ LABCIKRSTUVY "
    "MACDEFGHKLMNOPQRSTUVWXYZ NACEFGILOPRUZ OM PAEFGHKLMNRSTWY QA REOSUW SABCDEGHIJKLMNORSTVXYZ "
    "TACDFGHJKLMNORTVWZ UAGMNSYZ VACEGINU WFS XK YET ZAMW"
)
_NATIONS = ("gbeng", "gbsct", "gbwls")
_TONE = r"[\U0001f3fb-\U0001f3ff]"


def _flag(letters: str) -> str:
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in letters)


def _tags(region: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in region)


_PICTURE = rf"(?<=[{_PLAIN_OR_PICTURE}])\ufe0f"
# Atomic groups, for the reason that urls.py gives.
_JOIN = rf"\u200d[{_JOINED}](?>(?:{_PICTURE}|(?<=[{_PARTNERS}]){_TONE})?)"
_FLAG = "|".join(f"(?<={_flag(row[0])})[{_flag(row[1:])}]" for row in _FLAGS.split())
# Few ranges to search for, then a closer look back at what was found: a set of all the first
# characters would be slow to search for.
_EMOJI = re.compile(
    r"[#*0-9\u00a9\u00ae\u203c-\U0001faff](?:"
    rf"(?<=[{_JOINING}])(?>(?:{_PICTURE}|(?<=[{_TONED}]){_TONE})?)(?>(?:{_JOIN}){{1,3}})"
    rf"|(?<=[{_TONED}]){_TONE}"
    rf"|{_PICTURE}"
    r"|(?<=[#*0-9])\ufe0f?+\u20e3"
    rf"|(?=[{_flag('A')}-{_flag('Z')}])(?:{_FLAG})"
    rf"|(?<=\U0001f3f4)(?:{'|'.join(map(_tags, _NATIONS))})\U000e007f)"
)
_JOINS = re.compile(r"[\u200d\u20e3\ufe0f\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e007f]")
_LONG = 2_000


def weighted_length(text: str) -> int:
    """The characters of `text` as X counts them; a post there may have up to `limits.MAX_TWEET` of them."""
    text = _composed(text)
    total = weight = _weight(text)
    ends: dict[int, int] = {}
    if "." in text:
        ends = {link.start: link.start + len(link.url) for link in find_links(text)}
        total += sum(LINK_LENGTH - _weight(text[start:end]) for start, end in ends.items())
    # Every emoji of several code points has one that weighs 2.
    if weight > len(text) and _JOINS.search(text):
        emoji = _EMOJI.finditer(text)
        if ends:
            emoji = _outside(emoji, ends)
        total += sum(EMOJI_LENGTH - _weight(match[0]) for match in emoji)
    return total


def find_urls(text: str) -> list[str]:
    """Return the addresses in `text` that X would turn into links, in order.

    X links bare domains too ("example.com"), but not e-mail addresses, IP
    addresses or names without a known top-level domain.
    """
    return [link.url for link in find_links(text)]


def _weight(text: str) -> int:
    """What the text counts when no link and no emoji of several code points is in it."""
    if text.isascii():
        return len(text)
    return len(text) + sum(map(len, _HEAVY.findall(text)))


def _outside(matches: Iterator[re.Match[str]], ends: dict[int, int]) -> Iterator[re.Match[str]]:
    """Yield the matches that do not start inside a link."""
    links = iter(ends.items())
    start, end = next(links)
    for match in matches:
        while end <= match.start() and (following := next(links, None)):
            start, end = following
        if not start <= match.start() < end:
            yield match


def _composed(text: str) -> str:
    """Return `text` in form NFC, in time linear in its length.

    Python sorts a run of combining marks in quadratic time, and a hostile
    text may be one long run, so in a long text the marks are sorted here first.
    """
    if text.isascii():
        return text
    if len(text) > _LONG and not unicodedata.is_normalized("NFC", text):
        text = _with_sorted_marks(text)
    return unicodedata.normalize("NFC", text)


def _with_sorted_marks(text: str) -> str:
    decomposed = "".join(unicodedata.normalize("NFD", char) for char in text)
    parts: list[str] = []
    for are_marks, run in groupby(decomposed, lambda char: unicodedata.combining(char) > 0):
        marks_or_letters = list(run)
        if are_marks:
            marks_or_letters.sort(key=unicodedata.combining)
        parts += marks_or_letters
    return "".join(parts)
