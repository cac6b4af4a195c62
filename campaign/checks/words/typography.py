"""French typography as Canada sets it: no-break spaces, quotation marks, apostrophes, accents on capitals.

Source: Office québécois de la langue française, « Espacement avant et après les signes de ponctuation »
(https://vitrinelinguistique.oqlf.gouv.qc.ca/22039/la-typographie/espacement/espacement-avant-et-apres-les-signes-de-ponctuation-et-les-symboles).
The no-break space is U+00A0, which every network counts once; some count the narrow U+202F twice.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from campaign.checks.length import find_urls
from campaign.checks.reading.reading import Reading
from campaign.checks.reading.spans import outside, protected, woven
from campaign.checks.words.fixes import apply_fix
from campaign.core.finding import Finding, Fix, info
from campaign.core.sentence import Sentence

NBSP = "\u00a0"
PASSES = 3
"""What one rule sets can make room for another: after so many passes a text has come to rest, or stays as it was."""
LONGEST_SOURCE = 20_000
"""Characters of a post's own text above which no fix is offered: trying each would take long."""
MOST = 5
"""Findings of one check about one text: more would only tire."""

_HELD = "\ue000"  # Stands for a stretch that stays as it is.
_GAPS = " \u00a0\u2009\u202f"
_BLANKS = f"[{_GAPS}]"
_ONE_BLANK = re.compile(_BLANKS)
_WRONG_BLANKS = f"(?:[ \u2009\u202f]|{_BLANKS}{{2}}){_BLANKS}{{0,9}}"
_AFTER = r"(?=[;:!?.,…]{0,9}(?:\s|$|[»”\"]))"
_FIRST = "1"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_UNACCENTED = (
    r"E(?<!\wE)(?:tats?|tats-Unis|tes|tre|tudes?|coute[rz]?|coles?|quipes?|galement|tapes?|vite[rz]|norme|valuer|valuation"
    r"|tablissements?|motions?|nergie|lectronique)"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What is looked for, what is put there instead, and what to tell of it."""

    code: str
    pattern: re.Pattern[str]
    change: Callable[[re.Match[str]], str]
    says: str
    signs: tuple[str, ...]
    """One of these is part of whatever the pattern matches: to ask for them first takes a tenth of the time."""

    def may_match(self, text: str) -> bool:
        """False where it surely does not."""
        return any(sign in text for sign in self.signs)


def _each(first: str, last: str) -> tuple[str, ...]:
    """Every pair of a first and a last character."""
    return tuple(left + right for left in first for right in last)


def _with_gap(match: re.Match[str]) -> str:
    return f"{match[1]}{NBSP}{match[2]}"


def _typographic(match: re.Match[str]) -> str:
    return match[0].replace("'", "’")


def _as_hour(match: re.Match[str]) -> str:
    minutes = f"{NBSP}{match[2]}" if match[2] else ""
    return f"{match[1]}{NBSP}h{minutes}"


def _joined(match: re.Match[str]) -> str:
    return f"{match[1]}-{match[2]}"


def _accented(match: re.Match[str]) -> str:
    return f"É{match[0][1:]}"


_RULES = (
    _Rule(
        "french-space",
        re.compile(f"(?<=[^\\s«{_HELD}]){_BLANKS}{{1,9}}([;!?]){_AFTER}"),
        lambda match: match[1],
        Sentence("In Canadian French no space stands before ; ! and ?: take it away."),
        _each(_GAPS, ";!?"),
    ),
    _Rule(
        "french-space",
        re.compile(rf"(?<=[^\s:«])(){_WRONG_BLANKS}([:»]){_AFTER}"),
        _with_gap,
        Sentence(
            "In French a no-break space stands before a colon and a closing quotation mark, so "
            "that no line breaks there."
        ),
        (
            *_each(" \u2009\u202f", ":»"),
            *(f"{gap}{NBSP}{sign}" for gap in _GAPS for sign in ":»"),
        ),
    ),
    _Rule(
        "french-space",
        re.compile(r"(\S)(:)(?<=[^\W\d_]:|[)»%]:)(?=\s|$)"),
        _with_gap,
        Sentence("In French a no-break space stands before a colon: put it there."),
        (":",),
    ),
    _Rule(
        "french-space",
        re.compile(rf"(«)(?!{NBSP}\S)(?:{_BLANKS}{{1,9}})?(?=[^\s»:;!?])()"),
        _with_gap,
        Sentence("In French a no-break space follows an opening quotation mark: put it there."),
        ("«",),
    ),
    _Rule(
        "french-space",
        re.compile(r"([^\s«])(»)"),
        _with_gap,
        Sentence(
            "In French a no-break space stands before a closing quotation mark: put it there."
        ),
        ("»",),
    ),
    _Rule(
        "french-space",
        re.compile(rf"(\d)(?:{_WRONG_BLANKS})?([%$])(?![\w%$])"),
        _with_gap,
        Sentence("In French a no-break space stands before % and $: put it there."),
        ("%", "$"),
    ),
    _Rule(
        "french-space",
        re.compile(
            rf"\d(?<![\d.,-].)(?<!\d{_BLANKS}.)\d{{0,2}}(?:{_BLANKS}\d{{3}})+(?![\d-]|[ \u00a0\u2009\u202f.]\d)"
        ),
        lambda match: _ONE_BLANK.sub(NBSP, match[0]),
        Sentence("In French a no-break space parts the thousands: put it there."),
        tuple(_GAPS),
    ),
    _Rule(
        "french-space",
        re.compile(r"(\d(?<![\d:.,].)\d?)[ \u2009\u202f](h)(?!\w)"),
        _with_gap,
        Sentence("In French a no-break space stands before the h of a time: put it there."),
        (" h", "\u2009h", "\u202fh"),
    ),
    _Rule(
        "french-space",
        re.compile(rf"(?<![\d:.,])(\d{{1,2}}{NBSP}h)[ \u2009\u202f](\d\d)(?!\d)"),
        _with_gap,
        Sentence("In French a no-break space follows the h of a time: put it there."),
        (f"{NBSP}h",),
    ),
    _Rule(
        "french-space",
        re.compile(r"(\d(?<![\d:.,].)\d?)h(\d\d)?(?!\w)"),
        _as_hour,
        Sentence(
            "In French a no-break space stands before and after the h of a time: put it there."
        ),
        tuple(f"{digit}h" for digit in "0123456789"),
    ),
    _Rule(
        "french-capital",
        re.compile(
            r"(?m)(?:^|(?<=[.!?…] ))A(?= (?:[A-ZÀ-Þ]\w|la |l[’']|partir|vous|nous|tous|toutes|ceux|celles"
            r"|chaque|bientôt|noter|cette|ce |propos|titre|\d))"
        ),
        lambda match: "À",
        Sentence("In French a capital keeps its accent: write À."),
        ("A ",),
    ),
    _Rule(
        "french-date",
        re.compile(rf"(?<![\d.,]){_FIRST}(?={_BLANKS}(?:{_MONTHS})(?!\w))"),
        lambda match: "1er",
        Sentence("In French the first day of a month is 1er: write it so."),
        _each("1", _GAPS),
    ),
    _Rule(
        "french-hyphen",
        re.compile(r"((?<!\w)[A-ZÉ]\w{2,20}ez) (vous|nous|moi)(?!\w)"),
        _joined,
        Sentence(
            "In French a hyphen stands between such a verb and “vous”, “nous” or “moi”: put it there."
        ),
        ("ez vous", "ez nous", "ez moi"),
    ),
    _Rule(
        "french-accent",
        re.compile(r"\b((?:est|suis|sera|sont|êtes|toujours) )la(?=[.!?…])"),
        lambda match: f"{match[1]}là",
        Sentence("This “là” has an accent: write it."),
        (" la.", " la!", " la?", " la…"),
    ),
    _Rule(
        "french-narrow-space",
        re.compile("()[\u202f]()"),
        _with_gap,
        Sentence(
            "This is a narrow no-break space, which counts twice on some networks: use the usual no-break space."
        ),
        ("\u202f",),
    ),
    _Rule(
        "french-apostrophe",
        re.compile(r"[^\W\d_]'(?=[^\W\d_])"),
        _typographic,
        Sentence("In French the apostrophe is the curled one, ’: put it there."),
        ("'",),
    ),
    _Rule(
        "french-capital",
        re.compile(rf"{_UNACCENTED}(?!\w)"),
        _accented,
        Sentence("In French a capital keeps its accent: write É."),
        ("E",),
    ),
)
_WHOLESALE = (Fix("'", "’"), Fix("\u202f", NBSP))
"""Changes that are tried for a whole text at once, so that its writer need not agree to each."""
_FOREIGN_QUOTES = re.compile(r"[“”\"]")
_FOREIGN_QUOTATION = re.compile(r"(?<!\w)[“\"](?=\S)([^“”\"«»\n]{1,300})(?<=\S)[”\"](?!\w)")


def set_as_french(text: str) -> str:
    """A French text, or its source, with its spaces, apostrophes and capitals set; doing it again changes nothing.

    What Jinja reads, links, @names, e-mail addresses and hashtags stay as they are. Only U+00A0 is put in.
    """
    once = _set(text)
    for _ in range(PASSES):
        before, once = once, _set(once)
        if once == before:
            return once if once == text or find_urls(once) == find_urls(text) else text
    return text


def _set(text: str) -> str:
    if _HELD in text:
        return text  # The sign that stands for what is held is in the text itself.
    spans = protected(text)
    masked = _HELD.join(outside(text, spans))
    for rule in _RULES:
        if rule.may_match(masked):
            masked = rule.pattern.sub(rule.change, masked)
    return woven(text, spans, masked.split(_HELD))


def check_typography(reading: Reading) -> Iterator[Finding]:
    """What is not set as French is set, each kind of slip once, with the fix where the post's own text has it."""
    if reading.language != "fr":
        return
    source = reading.source if len(reading.source) <= LONGEST_SOURCE else ""
    masked = _HELD.join(outside(reading.text, reading.held))
    aim = cache(partial(set_as_french, source))  # Most texts need no fix, and so no aim.
    for rule in _RULES:
        for fix, shown in _fixes(rule, masked).items():
            offered = _offered(fix, source, aim())
            message = Sentence("“{0}”: {1}", shown, rule.says)
            yield info(rule.code, message, reading.at(fix.find), offered)
            if offered in _WHOLESALE:
                break
    if mark := _FOREIGN_QUOTES.search(reading.without_quotations("«")):
        message = Sentence(
            "French quotation marks are « and », with a no-break space inside: write those."
        )
        yield info("french-quotes", message, reading.at(mark[0]), _in_french_quotes(source))


def _in_french_quotes(source: str) -> Fix | None:
    """The first quotation of the source that can be set as a whole: one with a link or a hashtag in it is left to a person."""
    for quotation in _FOREIGN_QUOTATION.finditer(source):
        fix = Fix(quotation[0], f"«{NBSP}{quotation[1]}{NBSP}»")
        if apply_fix(source, fix) != source:
            return fix
    return None


def _fixes(rule: _Rule, masked: str) -> dict[Fix, str]:
    """Each change that the rule asks for, with a few of the letters around it to show."""
    fixes: dict[Fix, str] = {}
    if not rule.may_match(masked):
        return fixes
    for match in rule.pattern.finditer(masked):
        find, replace = match[0].strip(_HELD), rule.change(match).strip(_HELD)
        if find != replace:
            around = masked[max(0, match.start() - 12) : match.end() + 8]
            shown = " ".join(around.replace(_HELD, "…").split())
            fixes.setdefault(Fix(find, replace), shown)
        if len(fixes) == MOST:
            break
    return fixes


def _offered(fix: Fix, source: str, aim: str) -> Fix | None:
    """The fix, wholesale if it can be, when it does nothing that setting the whole text would not do."""
    wholesale = [change for change in _WHOLESALE if change.find in fix.find]
    for candidate in (*wholesale, fix):
        changed = apply_fix(source, candidate)
        if changed != source and set_as_french(changed) == aim:
            return candidate
    return None
