"""Whether a text can be heard and read by everyone: emoji, letters in disguise, capitals, links, descriptions.

Sources: Government of Canada, Making communications accessible
(https://www.canada.ca/en/treasury-board-secretariat/topics/government-communications/making-communications-accessible.html);
Canada.ca style guide (https://design.canada.ca/style-guide/); Accessible Social (https://www.accessible-social.com/).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from campaign.checks.reading.reading import Reading, tokens
from campaign.checks.words.fixes import apply_fix
from campaign.checks.words.hashtags import check_hashtags
from campaign.core.finding import Finding, Fix, error, info, warning
from campaign.core.sentence import Sentence

MOST_EMOJI = 3
MOST = 20
CAPITALS_IN_A_ROW = 3
"""Words in capitals from which a row of them shouts."""
LONG_IN_CAPITALS = 12
"""Letters from which such a row, or one word in capitals, shouts; a short one may be an acronym."""
SHORTEST_COPY = 12
"""Characters from which a description that says the same as the text is a copy of it."""

_PICTURE = r"[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff]"
_TAIL = r"[\ufe0f\U0001f3fb-\U0001f3ff]?"
_EMOJI = re.compile(
    rf"[0-9#*]\ufe0f?\u20e3|[\U0001f1e6-\U0001f1ff]{{2}}|{_PICTURE}{_TAIL}(?:\u200d[\u2600-\U0001faff]{_TAIL})*"
)
# One set of characters, which is searched for ten times as fast.
_HINTS_AT_EMOJI = re.compile(r"[\u20e3\u2600-\u27bf\u2b50\u2b55\U0001f1e6-\U0001faff]")
_AT_LINE_START = re.compile(rf"(?m)^[ \t]*(?:{_PICTURE}|[\U0001f1e6-\U0001f1ff])")
_BETWEEN_WORDS = re.compile(rf"(?<=[^\W_])[ \u00a0]?({_PICTURE}){_TAIL}[ \u00a0]?(?=[a-zà-ÿ])")
_PARTY = re.compile(
    "[\U0001f389\U0001f38a\U0001f973\U0001f37e\U0001f942\U0001f386\U0001f57a\U0001f483]"
)
_MARKS = re.compile(r"[!?](?:[ \u00a0]?[!?]){2,20}|!!|\?\?")
_SPACES = re.compile(r"(?<=\S) {2,40}(?=\S)")
_GRIEF = frozenset(
    (
        *(
            "died",
            "death",
            "deaths",
            "dying",
            "grief",
            "mourn",
            "mourning",
            "palliative",
            "hospice",
        ),
        *(
            "décédé",
            "décédée",
            "décès",
            "mort",
            "morte",
            "morts",
            "deuil",
            "palliatifs",
            "palliatif",
            "mourir",
        ),
    )
)
# Letters of other alphabets in Unicode that look like bold, circled or wide ones, and those that fill their gaps.
_DISGUISED = "\u2460-\u24ff\uff01-\uff5e\U0001d400-\U0001d7ff"
_GAPS = (
    "\u2102\u210a-\u2113\u2115\u2118-\u211d\u2124\u2128\u212c\u212d\u212f-\u2131\u2133\u2134"
)
_FANCY = re.compile(rf"[{_DISGUISED}](?:[ ]?[{_DISGUISED}{_GAPS}])*")
_SMALL_CAPITALS = dict(
    zip("ᴀʙᴄᴅᴇꜰғɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "ABCDEFFGHIJKLMNOPQRSTUVWYZ", strict=True)
)
_IN_SMALL_CAPITALS = re.compile("[{0}][{0}]+".format("".join(_SMALL_CAPITALS)))
_DRAWN = r"=_~*^/\\|<>+#¯"
_FACE = "[-']?[()DP][ ]?"
# First one set of characters, which is fast to search for, and then a look back at which it was.
_ART = re.compile(
    rf"[-:;{_DRAWN}](?:(?<=[{_DRAWN}])[{_DRAWN}]{{3,}}|(?<=-)-{{5,}}|(?<=[:;]){_FACE}(?:[:;]{_FACE})+)"
)
_CAPITALS = re.compile(r"[^\W\d_a-z][^\W\d_a-z]{4}")
"""No row of words shouts without a word of five letters; here none of them is small and without an accent."""
_LINK_WORDS = {
    "en": re.compile(
        r"(?i)\b(?:click|tap) (?:here|below|this link)\b|\blink in (?:the )?bio\b|\bread more here\b"
    ),
    "fr": re.compile(
        r"(?i)\bcliquez (?:ici|sur ce lien|ci-dessous)\b|\blien (?:en|dans la) bio\b|\bc[’']est par ici\b"
    ),
}
_HINTS_AT_LINK_WORDS = {
    "en": re.compile("click |tap |bio|more here"),
    "fr": re.compile("cliquez|bio|par ici"),
}
_PICTURE_CREDIT = re.compile(
    r"(?i)\b(?:photo(?:graph)?(?:er|ie)?|credit|crédit)s?(?: by| :|:|\u00a0:)|©"
)


def check_accessibility(reading: Reading) -> Iterator[Finding]:
    """Every finding about how a text is heard."""
    yield from check_hashtags(reading)
    yield from _emoji(reading)
    yield from _fancy(reading)
    yield from _capitals(reading)
    yield from _marks(reading)
    yield from _spaces(reading)
    yield from _links(reading)
    for alt in reading.words.alts:
        yield from _alt(alt, reading)


def emoji(text: str) -> list[str]:
    """The emoji of a text in order, each as one, however many code points make it up."""
    return _EMOJI.findall(text) if _HINTS_AT_EMOJI.search(text) else []


def _emoji(reading: Reading) -> Iterator[Finding]:
    every = emoji(reading.plain)
    if not every:
        return
    first = every[0]
    if len(every) > MOST_EMOJI:
        message = Sentence(
            "Here are {0} emoji, and a screen reader says the name of each: keep {1} at most.",
            len(every),
            MOST_EMOJI,
        )
        yield warning("emoji-many", message, reading.at(first))
    again, times = Counter(every).most_common(1)[0]
    if times > 1:
        message = Sentence("{0} is said each time that it stands here: keep one.", again)
        yield warning("emoji-again", message, reading.at(again))
    yield from _emoji_places(reading, first)
    has_party = _PARTY.search(reading.plain) is not None
    if has_party and any(word.low in _GRIEF for word in reading.plain_words):
        message = Sentence(
            "An emoji for a party stands in a text about death or grief: take it away."
        )
        yield warning("emoji-party", message, reading.at(first))


def _emoji_places(reading: Reading, first: str) -> Iterator[Finding]:
    if _AT_LINE_START.search(reading.plain):
        message = Sentence(
            "An emoji stands at the start of a line, where it is heard before the words: move it to the end."
        )
        yield warning("emoji-first", message, reading.at(first))
    if between := _BETWEEN_WORDS.search(reading.plain):
        message = Sentence(
            "{0} stands between words, or for one: say it in words, and move the emoji to the end.",
            between[1],
        )
        yield info("emoji-inside", message, reading.at(between[1]))


def _fancy(reading: Reading) -> Iterator[Finding]:
    """Also in hashtags and descriptions: no screen reader says these letters as the words that they imitate."""
    fancy = dict.fromkeys(_FANCY.findall(reading.text))
    for run in list(fancy)[:MOST]:
        yield _disguised(run, unicodedata.normalize("NFKC", run), reading)
    small = dict.fromkeys(_IN_SMALL_CAPITALS.findall(reading.text))
    for run in list(small)[:MOST]:
        letters = "".join(_SMALL_CAPITALS[letter] for letter in run)
        yield _disguised(run, letters, reading)
    if art := _ART.search(reading.plain):
        message = Sentence(
            "“{0}” is heard sign by sign: take it away, or say it in words.",
            art[0][:20].strip(),
        )
        yield warning("drawn-signs", message, reading.at(art[0]))


def _disguised(run: str, letters: str, reading: Reading) -> Finding:
    message = Sentence(
        "“{0}” is made of signs that only look like letters, and many people cannot hear them: write “{1}”.",
        run,
        letters,
    )
    fix = Fix(run, letters) if run in reading.source else None
    return error("fancy-letters", message, reading.at(run), fix)


def _capitals(reading: Reading) -> Iterator[Finding]:
    if not _CAPITALS.search(reading.plain):
        return
    row: list[str] = []
    for word in [*re.findall(r"[^\W\d_]+|[.!?\n\ufffc]", reading.plain), "."]:
        if len(word) > 1 and word.isupper():
            row.append(word)
            continue
        if word.isupper():
            continue  # A single letter, such as "I" or "À", goes with what is around it.
        if _shouts(row):
            message = Sentence(
                "“{0}” is all in capitals, which is hard to read and to hear: use small letters.",
                " ".join(row)[:60],
            )
            yield warning("capitals", message, reading.at(row[0]))
            return
        row = []


def _shouts(row: list[str]) -> bool:
    letters = sum(map(len, row))
    longest = max(map(len, row), default=0)
    if longest >= LONG_IN_CAPITALS:
        return True
    # A row of acronyms alone does not shout.
    is_row = len(row) >= CAPITALS_IN_A_ROW and letters >= LONG_IN_CAPITALS
    return is_row and longest > len("RCCS")


def _marks(reading: Reading) -> Iterator[Finding]:
    if match := _MARKS.search(reading.plain):
        message = Sentence("“{0}” sounds like shouting: one mark is enough.", match[0])
        yield info("marks-many", message, reading.at(match[0]), _in_one_mark(match[0], reading))


def _in_one_mark(marks: str, reading: Reading) -> Fix | None:
    """Of “?!” nobody but its writer knows which of the two is meant."""
    alone = set(marks) - {" ", "\u00a0"}
    return _offered(reading, marks, alone.pop()) if len(alone) == 1 else None


def _spaces(reading: Reading) -> Iterator[Finding]:
    """Told of the text as its writer has it: what a template puts in is not theirs."""
    match = _SPACES.search(reading.source)
    fix = _offered(reading, match[0], " ") if match else None
    if match and fix:
        message = Sentence("Several spaces stand in a row: one is enough.")
        yield info("spaces-many", message, reading.at(match[0]), fix)


def _offered(reading: Reading, find: str, instead: str) -> Fix | None:
    """The change, where the post's own text has it and it comes to rest."""
    fix = Fix(find, instead)
    return fix if apply_fix(reading.source, fix) != reading.source else None


def _links(reading: Reading) -> Iterator[Finding]:
    has_hint = _HINTS_AT_LINK_WORDS[reading.language].search(reading.folded)
    if has_hint and (match := _LINK_WORDS[reading.language].search(reading.plain)):
        said = match[0]
        message = Sentence(
            "“{0}” does not say where the link goes: name what people will find there.", said
        )
        yield warning("link-words", message, reading.at(said))
    # A source's page is there for whoever wants to look it up: it asks nobody to follow it.
    pages = set[str]()
    for fact in reading.words.facts:
        pages |= {fact.url, fact.url_fr}
    urls = [url for url in reading.urls if url not in pages]
    if len(urls) > 1:
        message = Sentence(
            "Here are {0} links: one is easier to follow, and says what to do.", len(urls)
        )
        yield info("links-many", message, reading.at(urls[1]))


def _alt(alt: str, reading: Reading) -> Iterator[Finding]:
    said, text, place = _low(alt), _low(reading.text), reading.at(alt)
    if min(len(said), len(text)) >= SHORTEST_COPY and (said in text or text in said):
        message = Sentence(
            "The description of the picture says what the text says: say what the picture shows."
        )
        yield warning("alt-copy", message, place)
    if _PICTURE_CREDIT.search(alt):
        message = Sentence(
            "The description of the picture names who took it: put that into the text, or leave it out."
        )
        yield info("alt-credit", message, place)
    if run := _FANCY.search(alt):
        message = Sentence(
            "“{0}” in the description of the picture is made of signs that only look like letters.",
            run[0],
        )
        yield error("fancy-letters", message, place)


def _low(text: str) -> str:
    return " ".join(token.low for token in tokens(text))
