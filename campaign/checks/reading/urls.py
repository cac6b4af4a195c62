"""Find the links X would make in a text, in time linear in its length.

The rules are those of twitter-text 3.1.0, the library X published for this
(https://github.com/twitter/twitter-text, Apache License 2.0). That library
uses one large backtracking regular expression, which a hostile text can hold
up for minutes. This module walks the text once instead: it cuts out each run
of characters a domain may have, splits the run at its dots into labels, and
decides label by label. Every repeat in a pattern here is possessive, so no
pattern backtracks.

Nearly every link is a plain one: an ASCII domain from end to end, after a
space or a protocol. One pattern and a look into the table of top-level domains
settle it, in a quarter of the time; all else goes through the labels.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from campaign.checks.lists import LISTS

MAX_LABEL = 63
"""Characters in one label of a domain, written in ASCII (RFC 1035)."""
MAX_URL = 4096
MAX_TCO_SLUG = 40

_SPACES = r"\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_NONCHARACTERS = r"\ufeff\ufffe\uffff"
# What no domain contains. The dot, hyphen and underscore have rules of their own.
_STOPS = rf"!'#%&()*+,\\/:;<=>?@\[\]^{{|}}~${_SPACES}{_DIRECTIONS}{_NONCHARACTERS}"
# After these X never starts a link.
_NOT_BEFORE = rf"A-Za-z0-9@\uff20$#\uff03{_NONCHARACTERS}"

_BASIC_PLANE = "".join(map(chr, range(0x10000)))
_STOP = frozenset(re.findall(f"[{_STOPS}]", _BASIC_PLANE))
_INNER_DOT = re.compile(rf"\.[^-._0-9{_STOPS}]")  # No top-level domain starts with a digit.
_NEXT_STOP = re.compile(f"[{_STOPS}]")
_START = re.compile(rf"(?<=[^{_NOT_BEFORE}])[^-._{_STOPS}]")
_OPENING = re.compile(rf"[^{_NOT_BEFORE}]")

_LATIN = (
    r"\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f"
    r"\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
    # What X's pattern lets in besides, by ignoring case.
    r"\u0260\u0269\u0275\u0280\u0283\u0288\u028a\u028c\u0292\u0399\u03b9\u1fbe\u2c65\u2c66\u2c7e\u2c7f"
)
_PATH_LAST = rf"-+=_#/A-Za-z0-9\u0400-\u04ff\u1c80-\u1c87{_LATIN}"
_PATH_INNER = r"!*';:,.$%\[\]\u2013~@|&"
_INSIDE = rf"[{_PATH_LAST}{_PATH_INNER}]"
_NESTED = rf"{_INSIDE}*+\({_INSIDE}++\){_INSIDE}*+"
_PARENS = rf"\((?:{_INSIDE}++\)|{_NESTED}\))"
# Groups are atomic, (?>…), and not possessive, (…)*+: before Python 3.11.5 a possessive group matches too much.
_GOES_ON = rf"(?=[{_PATH_LAST}]|{_PARENS})"
_PATH = rf"/(?>(?:[{_PATH_LAST}]++|{_PARENS}|[{_PATH_INNER}]++{_GOES_ON})*)"
_QUERY = r"\?(?>(?:[!?*'@();:+$%\[\].,~|]*+[-A-Za-z0-9_&=#/]++)+)"
_MAY_QUERY = f"(?>(?:{_QUERY})?)"
_TAIL = re.compile(f"(?::[0-9]++)?+(?>(?P<path>{_PATH})?){_MAY_QUERY}")
_TCO_START = r"[Hh][Tt]{2}[Pp][Ss]?://[Tt]\.[Cc][Oo]/"
_TCO = re.compile(f"{_TCO_START}([A-Za-z0-9]++){_MAY_QUERY}")

_NOT_PLAIN = re.compile(rf"[^-A-Za-z0-9{_LATIN}]")
_WORD = re.compile(r"[A-Za-z]++(?![0-9@+-])")
_PUNYCODE = re.compile(r"[Xx][Nn]--[-0-9A-Za-z]++")
_PLAIN_DOMAIN = re.compile(
    r"(?>(?:[0-9A-Za-z](?>(?:-*+[0-9A-Za-z]++)*)\.)+)(?P<tld>[A-Za-z]++)"
)
_DOTS_ABROAD = re.compile("[\u3002\uff0e\uff61]")


def _read_tlds() -> frozenset[str]:
    text = (LISTS / "tlds.txt").read_text(encoding="utf-8")
    tlds: set[str] = set()
    for line in text.splitlines():
        if not line.startswith("#"):
            tlds.update(line.split())
    return frozenset(tlds)


TLDS = _read_tlds()
_FOREIGN = sorted(tld for tld in TLDS if not tld.isascii())
_LONGEST_FIRST = sorted(_FOREIGN, key=len, reverse=True)
_ANY_FOREIGN = "|".join(_LONGEST_FIRST)
_FOREIGN_TLD = re.compile(f"(?i:{_ANY_FOREIGN})(?![0-9A-Za-z@+-])")


# Tuples with names and no frozen dataclasses: dozens are made for a post, each in a third of the time.
class Link(NamedTuple):
    """A link X would make: its address, and where in the text it stands.

    `url` is `text[start:end]`, with one oddity of X's own: if a bare domain
    goes on in another script before its path, X leaves that part out.
    """

    start: int
    end: int
    url: str


class _Label(NamedTuple):
    """A stretch between dots. `tld_end` is where a top-level domain it begins with ends, or 0."""

    start: int
    end: int
    tld_end: int


class _Match(NamedTuple):
    """A place where X's pattern matches, whether or not it then becomes a link.

    `labels` starts where the domain does and ends with its top-level domain.
    """

    start: int
    end: int
    has_path: bool
    labels: list[_Label]

    @property
    def domain_start(self) -> int:
        return self.labels[0].start

    @property
    def domain_end(self) -> int:
        return self.labels[-1].tld_end


def find_links(text: str) -> list[Link]:
    """Return the links X would make in `text`, in order."""
    links: list[Link] = []
    done = at = 0
    while inner := _INNER_DOT.search(text, at):
        start, end = _run(text, at, inner.start())
        if plain := _plain_link(text, start, end, done):
            done = plain.end
            links.append(plain)
        else:
            for match in _matches(text, start, end, done):
                done = match.end
                links += _links(text, match)
        at = max(done, end)
    return links


def _plain_link(text: str, start: int, end: int, done: int) -> Link | None:
    """The link of a run that is one plain domain; None wherever that is not certain.

    In a domain of `MAX_LABEL` characters no label is too long. The full stop of a sentence may follow it.
    """
    if end - start > MAX_LABEL:
        return None
    has_stop = text[end - 1] == "."
    domain_end = end - 1 if has_stop else end
    domain = _PLAIN_DOMAIN.fullmatch(text, start, domain_end)
    if not domain or domain["tld"].lower() not in TLDS:
        return None
    if text.startswith(("@", "+"), domain_end):
        return None
    tail = None if has_stop else _TAIL.match(text, end)
    link_end = tail.end() if tail else domain_end
    link_start = _protocol_start(text, start, done)
    if link_start < 0:
        link_start = start
        if start > 0 and (start == done or not text[start - 1].isspace()):
            return None
        if tail and tail["path"] is None and link_end > end:
            return None  # X leaves a port or a query out, but goes on behind it.
    elif domain[0].lower() == "t.co":
        return None  # Its path has a rule of its own.
    if _may_be_too_long(link_start, link_end):
        return None
    return Link(link_start, link_end, text[link_start:link_end])


def _may_be_too_long(start: int, end: int) -> bool:
    """Whether a link of so many characters can come to more than `MAX_URL` as X counts it, a character twice at most."""
    most = 2 * (end - start)
    return most + len("https://") > MAX_URL


def _run(text: str, low: int, dot: int) -> tuple[int, int]:
    """The stretch of domain characters around `dot`, not reaching below `low`."""
    stop = _NEXT_STOP.search(text, dot)
    end = stop.start() if stop else len(text)
    start = dot
    while start > low and text[start - 1] not in _STOP:
        start -= 1
    return start, end


def _matches(text: str, start: int, end: int, done: int) -> Iterator[_Match]:
    """Yield the matches in the run `text[start:end]`, given that X's search stands at `done`."""
    labels = _labels(text, start, end)
    if not any(label.tld_end for label in labels[1:]):
        return
    reach = _reach(text, labels)
    at = 0
    while at < len(labels) - 1:
        last = max(at, reach[at + 1])
        domain = -1
        if labels[last + 1].tld_end:
            protocol, domain = _domain_start(text, labels[at], last > at, done)
        if domain < 0:
            at += 1
            continue
        match = _match(text, protocol, domain, labels[at : last + 2], end)
        done = match.end
        at = last + 1
        yield match


def _labels(text: str, start: int, end: int) -> list[_Label]:
    labels = []
    for piece in text[start:end].split("."):
        label_end = start + len(piece)
        tld_end = _tld_end(text, start)
        labels.append(_Label(start, label_end, tld_end))
        start = label_end + 1
    return labels


def _tld_end(text: str, at: int) -> int:
    """Where the top-level domain ends that begins here, or 0."""
    word = _WORD.match(text, at)
    if word and word[0].lower() in TLDS:
        return word.end()
    after = word.end() if word else at
    is_ascii = text[after : after + 1].isascii()
    # The pattern of foreign ones has a choice for each of them: it is tried only where one can stand.
    foreign = None if is_ascii else _FOREIGN_TLD.match(text, at)
    tld = foreign or _PUNYCODE.match(text, at)
    return tld.end() if tld else 0


def _reach(text: str, labels: list[_Label]) -> list[int]:
    """For each label, the last label before the top-level domain if a domain runs through it.

    -1 where no domain can. X takes the longest domain, so this is worked out
    from the right, once for the whole run.
    """
    reach = [-1] * len(labels)
    for at in range(len(labels) - 2, 0, -1):
        label, following = labels[at], labels[at + 1]
        if label.start == label.end:
            continue
        if text[label.start] in "-_" or text[label.end - 1] in "-_":
            continue
        if reach[at + 1] >= 0:
            reach[at] = reach[at + 1]
            continue
        has_underscore = "_" in text[label.start : label.end]
        if following.tld_end and not has_underscore:
            reach[at] = at
    return reach


def _domain_start(text: str, label: _Label, goes_on: bool, done: int) -> tuple[int, int]:
    """Where the link and its domain start, if the domain starts in `label`; else (-1, -1).

    Only a label that is followed by another (`goes_on`) may have underscores.
    """
    if label.start == label.end or text[label.end - 1] in "-_":
        return -1, -1
    low = label.start
    if not goes_on:
        underscore = text.rfind("_", low, label.end)
        low = max(low, underscore + 1)
    if low == label.start and text[low] not in "-_":
        protocol = _protocol_start(text, low, done)
        if protocol >= 0:
            return protocol, low
    first = _START.search(text, max(low, done + 1), label.end)
    start = first.start() if first else -1
    # X's pattern prefers to spend the first character of the text as the one before the link.
    if low == done == 0 and text[0] not in "-_" and start != 1:
        return 0, 0
    return start, start


def _protocol_start(text: str, domain: int, done: int) -> int:
    """Where the protocol starts in front of a domain that starts at `domain`; -1 when none stands there."""
    if not text.endswith("://", 0, domain):
        return -1
    for protocol in ("https://", "http://"):
        start = domain - len(protocol)
        if start < 0:
            continue
        if text[start:domain].lower() == protocol:
            return start if _may_open(text, start, done) else -1
    return -1


def _may_open(text: str, start: int, done: int) -> bool:
    """Whether X lets a protocol start here."""
    if start == 0:
        return True
    if start <= done:
        return False
    return _OPENING.match(text, start - 1) is not None


def _match(text: str, start: int, domain: int, labels: list[_Label], run_end: int) -> _Match:
    first = _Label(domain, labels[0].end, 0)
    end = labels[-1].tld_end
    last = _Label(labels[-1].start, end, end)
    labels = [first, *labels[1:-1], last]
    tail = _TAIL.match(text, run_end) if end == run_end else None
    if tail is None:
        return _Match(start, end, False, labels)
    return _Match(start, tail.end(), tail["path"] is not None, labels)


def _links(text: str, match: _Match) -> list[Link]:
    has_protocol = match.start < match.domain_start
    if not _is_valid(text, match, has_protocol):
        return []
    if has_protocol:
        return _full_link(text, match)
    if match.start and text[match.start - 1] in "-_./":
        return []
    links = [Link(start, end, text[start:end]) for start, end in _plain_domains(text, match)]
    if links and match.has_path:
        last = links.pop()
        path = text[match.domain_end : match.end]
        longer = Link(last.start, match.end, last.url + path)
        links.append(longer)
    return links


def _is_valid(text: str, match: _Match, has_protocol: bool) -> bool:
    if _may_be_too_long(match.start, match.end):
        # X's library counts UTF-16 units here, and the protocol twice.
        protocol = match.domain_start - match.start if has_protocol else len("https://")
        whole = text[match.start : match.end]
        units = len(whole.encode("utf-16-le", "surrogatepass")) // 2
        if protocol + units > MAX_URL:
            return False
    labels = (text[label.start : label.end] for label in match.labels)
    return all(_ascii_length(label) <= MAX_LABEL for label in labels)


def _ascii_length(label: str) -> int:
    """The length of `label` in Punycode; a label too long already is not encoded."""
    if label.isascii() or len(label) > MAX_LABEL:
        return len(label)
    parts = _DOTS_ABROAD.split(label)
    encoded = ".".join(map(_in_punycode, parts))
    return len(encoded)


def _in_punycode(label: str) -> str:
    if label.isascii():
        return label
    encoded = label.encode("punycode")
    return "xn--" + encoded.decode()


def _full_link(text: str, match: _Match) -> list[Link]:
    is_encoded = text.startswith("xn--", match.domain_start)
    if is_encoded and not any(_plain_domains(text, match)):
        return []
    url = text[match.start : match.end]
    if short := _TCO.match(url):
        if len(short[1]) > MAX_TCO_SLUG:
            return []
        url = short[0]
    end = match.start + len(url)
    return [Link(match.start, end, url)]


def _plain_domains(text: str, match: _Match) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the domain that are domains of Latin letters by themselves.

    Without a protocol X links only these, so a link stands out of the
    Chinese or Japanese text around it.
    """
    start, end = -1, 0
    for label in match.labels:
        if start >= 0 and label.tld_end:
            end = label.tld_end
        odd_ends = [odd.end() for odd in _NOT_PLAIN.finditer(text, label.start, label.end)]
        if start >= 0 and not odd_ends:
            continue
        if end:
            yield start, end
        start = odd_ends[-1] if odd_ends else label.start
        if start >= label.end:
            start = -1
        end = 0
    if end:
        yield start, end
