"""What reaches or identifies a person: telephone numbers, addresses, and the numbers of cards.

What an organization publishes is none: toll-free numbers and short ones (9-8-8), addresses such as info@example.org.
"""

import re
from collections.abc import Iterator

from campaign.checks.lists import listed
from campaign.checks.people.written import LIST
from campaign.checks.reading.spans import Span

_TOLL_FREE = frozenset(("800", "833", "844", "855", "866", "877", "888", "900"))
_GAP = "[-. \u00a0\u202f\u2011–]"
_TELEPHONE = re.compile(
    rf"(?<![\w./-])(?:\+?1{_GAP}?)?\(?(?P<area>[2-9]\d\d)\)?{_GAP}{{0,2}}[2-9]\d\d{_GAP}?\d{{4}}(?![\w/-])"
    rf"|(?<![\w./$-])[2-9]\d\d[-‑.]\d{{4}}(?![\w/-])"
)
_MAIL = re.compile(
    r"(?<![\w.+-])(?P<local>[\w.+-]{1,64})@(?P<host>[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})"
)
_ROLES = listed(LIST["roles"])
_PRIVATE_HOSTS = listed(LIST["private_hosts"])
_POSTAL_CODE = re.compile(
    r"\b[ABCEGHJ-NPRSTVXYabceghj-nprstvxy]\d[A-Za-z][ \u00a0-]?\d[A-Za-z]\d\b"
)
_NUMBERED = r"\b\d{1,5}(?:[- ]?[A-Za-z])?,?[ \u00a0]"
_NAME = r"(?:[A-ZÀ-Þ][\w’'-]{0,30}|\d{1,3}(?:st|nd|rd|th))"
_STREET = re.compile(
    rf"{_NUMBERED}(?:{_NAME}\.? ){{1,3}}(?:Street|St|Avenue|Ave|Road|Rd|Drive|Dr|Boulevard|Blvd|Lane|Ln|Court|Crescent|Cres|Way"
    rf"|Place|Terrace|Circle|Trail|Parkway|street|avenue|road|drive|crescent)\b"
    rf"|{_NUMBERED}(?:[Rr]ue|[Aa]venue|av\.|[Bb]oul\.|[Bb]oulevard|[Cc]hemin|[Rr]ang|[Mm]ontée|[Cc]ôte|[Aa]llée|[Ii]mpasse)"
    rf" (?:(?:de|du|des|la|le|l[’'])[ ’']?){{0,2}}{_NAME}"
    rf"|\b(?:P\.?O\.? Box|C\.P\.|[Cc]ase postale|[Aa]pt\.?|[Aa]partment|[Aa]ppartement|[Aa]pp\.|[Uu]nit) #?\d{{1,5}}"
)
_LETTERS_AND_DIGITS = re.compile(rf"[A-Z](?<!\w.)[A-Z]{{3}}{_GAP}?\d{{4}}{_GAP}?\d{{4}}\b")
_HEALTH_CARD = re.compile(
    rf"(?<![\w-])\d{{4}}{_GAP}\d{{3}}{_GAP}\d{{3}}(?:{_GAP}?[A-Z]{{2}})?(?![\w-])"
)
_LONG_NUMBER = re.compile(rf"(?<![\w.-])\d(?:{_GAP}?\d){{8,18}}(?![\w-])")
_NUMBER = re.compile(rf"\d(?:{_GAP}?\d){{4,18}}(?:{_GAP}[A-Z]{{2}})?(?![\w-])")
_SAID_TO_BE_ONE = re.compile(
    r"(?i)\b(?:health card|health number|ohip|ramq|medicare|insurance number|sin|chart number|patient number|file number"
    r"|record number|assurance[ -]maladie|assurance sociale|carte soleil|nas|num[ée]ro de dossier|passport|passeport)\b\D*$"
)
_LOOK = 50
"""Characters before a number in which it is said what it is of."""
_BANK, _SOCIAL = range(13, 20), 9
"""Digits of the cards whose last digit proves the others."""


# To ask for these first takes a fraction of the time, since most texts have neither. Both begin with one set of signs.
_FIVE_DIGITS = re.compile(r"\d(?:[-. \u00a0\u202f\u2011–()]{0,2}\d){4}")
_MAY_BE_ADDRESS = re.compile(
    r"[\d#](?:(?<=\d)(?:[A-Za-z]|,?[ \u00a0][A-ZÀ-Þrabcmi])|(?<=[xXteEp.] .))"
)


def telephones(text: str) -> Iterator[Span]:
    """Telephone numbers that nobody has to publish: neither toll-free nor short ones."""
    if not _FIVE_DIGITS.search(text):
        return
    for match in _TELEPHONE.finditer(text):
        if match["area"] not in _TOLL_FREE:
            yield match.span()


def mails(text: str) -> Iterator[Span]:
    """E-mail addresses of people: not those whose name is a task, such as info@example.org."""
    for match in _MAIL.finditer(text):
        is_role = match["local"].lower() in _ROLES
        if not is_role or match["host"].lower() in _PRIVATE_HOSTS:
            yield match.span()


def addresses(text: str) -> Iterator[Span]:
    """Streets with a number, boxes and postal codes."""
    if not _MAY_BE_ADDRESS.search(text):
        return
    for pattern in (_STREET, _POSTAL_CODE):
        for match in pattern.finditer(text):
            yield match.span()


def cards(text: str) -> Iterator[Span]:
    """Numbers of health cards, of social insurance and of bank cards."""
    if not _FIVE_DIGITS.search(text):
        return
    for pattern in (_LETTERS_AND_DIGITS, _HEALTH_CARD):
        for match in pattern.finditer(text):
            yield match.span()
    for match in _NUMBER.finditer(text):
        before = text[max(0, match.start() - _LOOK) : match.start()]
        if _SAID_TO_BE_ONE.search(before):
            yield match.span()
    for match in _LONG_NUMBER.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        is_card = len(digits) in _BANK or len(digits) == _SOCIAL
        if is_card and _proves_itself(digits):
            yield match.span()


def _proves_itself(digits: str) -> bool:
    """Whether the last digit is the one that the others ask for (Luhn's sum, ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit)
        if place % 2:
            value = 2 * value - 9 * (value > 4)
        total += value
    return total % 10 == 0
