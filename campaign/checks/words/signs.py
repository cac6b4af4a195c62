"""Signs that nobody can read or see, and words that a program has read wrongly: which, where, and what to write."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from campaign.checks.reading.garbled import AFTER_APOSTROPHE, Garbled, garbled
from campaign.checks.reading.reading import Reading
from campaign.checks.reading.spans import protected
from campaign.checks.words.fixes import apply_fix
from campaign.content.library import Library
from campaign.content.post import PostFile
from campaign.content.thread import MARK, is_mark
from campaign.core.finding import Finding, Fix, Place, error, warning
from campaign.core.sentence import Sentence
from campaign.core.typed import LOST, STAND_IN, Unreadable, around, numbered, unreadable

MOST = 5
"""Findings of one kind about one text: more would only tire."""
LONGEST_WORD = 40
"""Characters of a garbled word that are shown at most on each side of what is wrong in it."""
_EASY_SIGNS = r"[\n -%'->@-\[\]-~À-ÁÄÆ-ÏÑ-ÔÖÙ-Ý«»éèêëàâçîïôùûüœ’…–—\u00a0]*"
_EASY = re.compile(rf"{_EASY_SIGNS}(?:\?(?![{AFTER_APOSTROPHE}]){_EASY_SIGNS})*")
"""What most texts are made of and no finding begins with: neither "&" and a backslash, nor "?" within a word, nor "Ã" and its
like."""
_LETTERS_BEFORE = re.compile(r"[^\W_]+\Z")
_LETTERS_AFTER = re.compile(r"\A[^\W_]+")
_NEARLY = re.compile(r"\s*(?:[—–]|[-‐‑‒–—―−](?:[ \t\u00a0]?[-‐‑‒–—―−]){1,40})\s*")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
"""A flag such as that of Scotland is spelled in signs that nobody sees (UTS 51, C.1)."""
_EMOJI = "\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
# A joiner makes one emoji of several, and only there it does something. A mark of direction stands beside letters that
# are written from right to left.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b\u200c\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    f"|\u200d(?<![{_EMOJI}\u20e3\ufe0f]\u200d)|\u200d(?![{_EMOJI}])"
    "|[\u200e\u200f](?<![\u0590-\u08ff\ufb1d-\ufefc].)(?![\u0590-\u08ff\ufb1d-\ufefc])"
)


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A stretch of a text that is wrong, text[start:end], and the finding about it, placed where the text begins; `instead`
    is what to write there, None where nobody knows."""

    start: int
    end: int
    finding: Finding
    instead: str | None


def check_signs(reading: Reading) -> Iterator[Finding]:
    """What of a finished text did not come from the post's own words, which `signs_of` reads wherever they stand: a fact, a
    campaign or a template has brought it in."""
    for wrong in _wrongs(reading.text, reading.words.place):
        if reading.text[wrong.start : wrong.end] not in reading.source:
            yield wrong.finding


def check_mark(reading: Reading) -> Iterator[Finding]:
    """A line of dashes that is nearly the mark of a thread, and would be read on the networks as it stands."""
    for line in filter(_NEARLY.fullmatch, reading.text.split("\n")):
        if not is_mark(line):
            message = Sentence(
                "The line “{0}” is nearly the mark between the parts of a thread: write {1} alone on it, or take it away.",
                line.strip()[:LONGEST_WORD],
                MARK,
            )
            yield warning("thread-mark", message, reading.at(line))
            return


def check_written(post: PostFile) -> Iterator[Finding]:
    """What is wrong with the signs of a post's own words, also where no channel gets them."""
    for texts in post.texts.values():
        for text in texts.values():
            yield from signs_of(text.source, text.place)
    for picture in post.pictures:
        for language, alt in picture.alts.items():
            yield from signs_of(alt, picture.alt_place(language))
    for language, link in post.link.addresses.items():
        yield from signs_of(link, post.place("link", language))
    for accepted in post.accepted:
        yield from signs_of(accepted.reason, accepted.place)
    if post.consent:
        yield from signs_of(post.consent.storyteller, post.place("consent", "storyteller"))


def check_around(library: Library) -> Iterator[Finding]:
    """Signs that nobody can read in what posts lean on: facts and campaigns."""
    for fact in library.facts.values():
        yield from _signs_of_all(fact.claims.values(), fact.place)
        yield from _signs_of_all(fact.citations.values(), fact.place)
        yield from signs_of(fact.source, fact.place)
    for campaign in library.campaigns.values():
        yield from _signs_of_all(campaign.names.values(), campaign.place)
        yield from _signs_of_all(campaign.aims.values(), campaign.place)
        yield from _signs_of_all(campaign.links.values(), campaign.place)
        for addresses in campaign.places.values():
            yield from _signs_of_all(addresses.values(), campaign.place)
        for hashtags in campaign.hashtags.values():
            yield from _signs_of_all(hashtags, campaign.place)


def _signs_of_all(texts: Iterable[str], place: Place) -> Iterator[Finding]:
    for text in texts:
        yield from signs_of(text, place)


def signs_of(text: str, place: Place) -> Iterator[Finding]:
    """Every such finding about a text of which the first line stands at this place, with the fix where it is sure."""
    for wrong in _wrongs(text, place):
        at = place.after(text.count("\n", 0, wrong.start)) if place.line else place
        yield replace(wrong.finding, place=at, fix=_fix(text, wrong))


def _fix(text: str, wrong: _Wrong) -> Fix | None:
    if wrong.instead is None:
        return None
    fix = Fix(text[wrong.start : wrong.end], wrong.instead)
    return fix if apply_fix(text, fix) != text else None


def _wrongs(text: str, place: Place) -> Iterator[_Wrong]:
    """What is wrong, each wrong stretch once, and MOST of a kind at the most."""
    if _EASY.fullmatch(text):
        return
    misread = _misread(text)
    yield from _first(_garbled(text, stretch, place) for stretch in misread)
    inside: set[int] = set()
    for stretch in misread:
        inside.update(range(stretch.start, stretch.end))
    signs = chain(unreadable(text), _private(text))
    yield from _first(_unreadable(sign, place) for sign in signs if sign.at not in inside)
    yield from _first(_hidden(text, match, place) for match in _hidden_signs(text))


def _first(wrongs: Iterable[_Wrong]) -> list[_Wrong]:
    by_sentence: dict[str, _Wrong] = {}
    for wrong in wrongs:
        by_sentence.setdefault(wrong.finding.message, wrong)
        if len(by_sentence) == MOST:
            break
    return list(by_sentence.values())


def _misread(text: str) -> list[Garbled]:
    """What was read wrongly, outside of what Jinja reads and of links, which may well hold such signs."""
    stretches = garbled(text)
    if not stretches:
        return []
    held: set[int] = set()
    for start, end in protected(text):
        held.update(range(start, end))
    return [stretch for stretch in stretches if stretch.start not in held]


def _garbled(text: str, stretch: Garbled, place: Place) -> _Wrong:
    wrong = text[stretch.start : stretch.end]
    before = text[max(0, stretch.start - LONGEST_WORD) : stretch.start]
    after = text[stretch.end : stretch.end + LONGEST_WORD]
    start = "".join(_LETTERS_BEFORE.findall(before))
    end = "".join(_LETTERS_AFTER.findall(after))
    message = Sentence(
        "“{0}” is what a program has made of “{1}”, which it read wrongly: write “{1}”.",
        f"{start}{wrong}{end}",
        f"{start}{stretch.meant}{end}",
    )
    instead = None if LOST in stretch.meant else stretch.meant
    finding = error("garbled-word", message, place)
    return _Wrong(stretch.start, stretch.end, finding, instead)


def _unreadable(sign: Unreadable, place: Place) -> _Wrong:
    finding = error("control-character", sign.sentence(), place)
    if sign.sign == LOST:
        finding = error("lost-sign", sign.sentence(), place)
    return _Wrong(sign.at, sign.at + 1, finding, sign.meant or None)


def _private(text: str) -> Iterator[Unreadable]:
    """Signs that are in the fonts of one program alone."""
    for match in _PRIVATE.finditer(text):
        yield Unreadable(match.start(), match[0], around(text, *match.span()))


def _hidden_signs(text: str) -> Iterator[re.Match[str]]:
    flags = [match.span() for match in _FLAG.finditer(text)]
    for match in _HIDDEN.finditer(text):
        if not any(start < match.start() < end for start, end in flags):
            yield match


def _hidden(text: str, match: re.Match[str], place: Place) -> _Wrong:
    message = Sentence(
        "In “{0}”, “{1}” is a sign that nobody sees ({2}), and it can part a word, a link or a hashtag: delete it.",
        around(text, *match.span()),
        STAND_IN,
        numbered(match[0]),
    )
    finding = warning("hidden-sign", message, place)
    return _Wrong(*match.span(), finding, _nothing(text, match[0]))


def _nothing(text: str, sign: str) -> str | None:
    """Nothing in place of a sign that is hidden wherever it stands; None where it has its use elsewhere in the text."""
    hidden = sum(match[0] == sign for match in _hidden_signs(text))
    return "" if hidden == text.count(sign) else None
