"""People in a text who may not have been asked, and words of somebody who needs help: each stops the post until a person has
decided, and said why."""

import re
from collections.abc import Callable, Iterable, Iterator

from campaign.checks.distress import distress
from campaign.checks.people.contact import addresses, cards, mails, telephones
from campaign.checks.people.names import doctors, has_carer
from campaign.checks.people.personal import Sort, apart, personal
from campaign.checks.people.written import Written
from campaign.checks.reading.reading import Reading
from campaign.checks.reading.spans import Span, blanked, merged
from campaign.content.post import Kind
from campaign.core.finding import Finding, error
from campaign.core.marked import marked
from campaign.core.sentence import Sentence

MOST = 20
_SAYS = {
    Sort.PERSON: marked("“{0}” names somebody who may not have agreed: leave the name out."),
    Sort.HOSPITAL: marked(
        "“{0}” is a place of care, and leads to the person: say “my hospital”."
    ),
    Sort.TOWN: marked("“{0}” is where somebody lives or was: leave the town out."),
    Sort.TELEPHONE: marked(
        "“{0}” is a telephone number, perhaps somebody’s own: leave it out."
    ),
    Sort.MAIL: marked("“{0}” is an e-mail address, perhaps somebody’s own: leave it out."),
    Sort.ADDRESS: marked("“{0}” is an address, perhaps somebody’s home: leave it out."),
    Sort.CARD: marked("“{0}” is the number of a card: it must not be public."),
    Sort.HEALTH: marked(
        "“{0}” tells of the health of somebody who may not have agreed: leave it out."
    ),
}
_CONTACTS: tuple[tuple[Sort, Callable[[str], Iterable[Span]]], ...] = (
    (Sort.CARD, cards),
    (Sort.TELEPHONE, telephones),
    (Sort.ADDRESS, addresses),
)
# What an organization says of itself: its own number and address are there to be known.
_PUBLISHES = re.compile(
    r"(?i)\b(?:us|our|we|join|register|registration|office|offices|helpline|event|walk|nous|notre|nos|joignez|inscription|inscrivez|bureau|bureaux"
    r"|ligne|événement|marche)\b"
)
_OWN = re.compile(r"(?i)\b(?:my|me|her|his|mon|ma|mes|moi|sa)\b")


def check_people(reading: Reading) -> Iterator[Finding]:
    """In a story whatever leads to a person beside its teller, and words of distress; in other posts doctors by name, and
    what reaches or identifies somebody."""
    is_story = reading.words.kind is Kind.STORY
    told = _of_story(reading) if is_story else _of_post(reading)
    seen: set[tuple[Sort, str]] = set()
    for sort, words in told:
        if (sort, words) in seen or len(seen) == MOST:
            continue
        seen.add((sort, words))
        yield error(sort.value, Sentence(_SAYS[sort], words), reading.at(words))
    if is_story:
        yield from _distress(reading)


def _distress(reading: Reading) -> Iterator[Finding]:
    for start, end in distress(reading.text)[:1]:
        said = reading.text[start:end]
        message = Sentence(
            "“{0}”: the person may not want to live, or cannot go on. "
            "Get in touch with them today, and give them the number 9-8-8. Decide afterwards.",
            said,
        )
        yield error("distress", message, reading.at(said))


def _of_story(reading: Reading) -> Iterator[tuple[Sort, str]]:
    for part in personal(_unclaimed(reading), reading.language, None):
        yield part.sort, part.words


def _of_post(reading: Reading) -> Iterator[tuple[Sort, str]]:
    if has_carer(reading.lows):
        yield from _doctors(reading)
    text = reading.unclaimed
    contacts = ((sort, find(text)) for sort, find in _CONTACTS)
    for sort, (start, end) in apart(contacts):
        if sort is Sort.CARD or not _is_published(reading, start):
            yield sort, text[start:end]
    if "@" in reading.text:
        yield from ((Sort.MAIL, reading.text[start:end]) for start, end in mails(reading.text))


def _doctors(reading: Reading) -> Iterator[tuple[Sort, str]]:
    text = _unclaimed(reading)
    for start, end in doctors(Written(text, reading.language)):
        yield Sort.PERSON, text[start:end]


def _unclaimed(reading: Reading) -> str:
    return blanked(reading.text, merged(reading.claimed))


def _is_published(reading: Reading, index: int) -> bool:
    """Whether the sentence at this index speaks for the organization, and not for a person."""
    for start, end in reading.plain_sentences:
        if start <= index < end:
            said = reading.text[start:end]
            return bool(_PUBLISHES.search(said)) and not _OWN.search(said)
    return False
