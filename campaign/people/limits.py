"""How often something may be tried: counted in the database, so that all processes share a limit, and nothing that a
stranger sends throws a count away. `docs/security.md` has the table; a test holds it against this one.

Of a name or an address only a keyed digest is kept, until the limit's time is over."""

import ipaddress
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from campaign.database.sql import column, execute, is_any

_SALT = "campaign.people.limits"
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_FULL = "SELECT 1 FROM campaign_tally WHERE key = %s AND number >= %s AND until > %s AND until <= %s"
"""A row that lasts beyond its limit's time was written by a clock that has been put back since: it does not count."""
_LESS = """
UPDATE campaign_tally SET number = number - 1 WHERE key = %s AND number > 0 AND until > %s AND until <= %s
"""
_COUNT = """
INSERT INTO campaign_tally (key, number, until) VALUES (%s, 1, %s)
ON CONFLICT (key) DO UPDATE SET
  number = CASE WHEN campaign_tally.until > %s AND campaign_tally.until <= %s THEN campaign_tally.number + 1 ELSE 1 END,
  until = CASE WHEN campaign_tally.until > %s AND campaign_tally.until <= %s THEN campaign_tally.until ELSE excluded.until END
RETURNING number
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many in a time, which begins with the first; what is more is refused, and not counted."""

    name: str
    most: int
    span: timedelta
    of: str  #: by what it is counted, in words
    then: str  #: what happens beyond it, in words


SOURCE, BLOCK = "source", "block"
"""`source_of` and `block_of` an address."""
SIGN_IN = Limit("sign-in forms", 30, _MINUTE, SOURCE, "a calm page with status 429")
WRONG_PASSWORD = Limit(
    "wrong passwords for a name",
    *(5, 5 * _MINUTE, "name and source together"),
    "from there the name waits, the right password too; from elsewhere nothing changes",
)
WRONG_PASSWORDS = Limit(
    "wrong passwords", 10, _MINUTE, SOURCE, "from there nobody signs in for the time"
)
WRONG_FROM_BLOCK = Limit(
    "wrong passwords of many sources",
    *(60, 10 * _MINUTE, BLOCK),
    "from there nobody signs in for the time but who did so from their source lately",
)
WRONG_CODE = Limit(
    "wrong codes", 5, 5 * _MINUTE, "person and source together", "from there codes wait"
)
WRONG_CODES = Limit(
    "wrong codes, wherever from",
    *(30, _HOUR, "person; only who knows the password comes so far"),
    "their codes wait",
)
ASK_AGAIN = Limit(
    "password or code before something that matters", 10, _MINUTE, "person", "status 429"
)
CHANGE_PASSWORD = Limit("changes of one's password", 5, _MINUTE, "person", "status 429")
FORGOTTEN = Limit("forms of a forgotten password", 10, _MINUTE, SOURCE, "status 429")
NEW_PASSWORD = Limit("forms of a new password", 20, _MINUTE, SOURCE, "status 429")
PASSWORD_LETTER = Limit(
    "letters with a link for a new password",
    *(3, _HOUR, "e-mail address"),
    "no further letter; those that came still open, and the page says the same",
)
STORY_FORM = Limit(
    "public forms of a story, whatever is in them", 60, _HOUR, SOURCE, "status 429"
)
STORY_FORM_FROM_BLOCK = Limit(
    "public forms of many sources, whatever is in them",
    *(240, _HOUR, BLOCK, "status 429"),
)
STORY = Limit("stories", 6, _HOUR, SOURCE, "taken, and waits apart")
STORY_FROM_BLOCK = Limit("stories of many sources", 12, _HOUR, BLOCK, "taken, and waits apart")
STORIES = Limit("stories altogether", 20, _HOUR, "everybody", "taken, and waits apart")
WELCOME_LETTER = Limit(
    "letters that a story has arrived", 2, _DAY, "e-mail address", "no further letter"
)
RECEIPT = Limit("receipts", 1, _HOUR, "e-mail address", "the private page has it")
RECEIPTS = Limit("receipts of a day", 4, _DAY, "e-mail address", "the private page has it")
AGREED_LETTER = Limit(
    "letters with what was agreed to", 4, _DAY, "e-mail address", "the private page has it"
)
REMINDER = Limit(
    "letters that a story is erased soon",
    *(1, _DAY, "e-mail address", "the next day; nothing is erased before"),
)
TRUSTED_LETTER = Limit(
    "letters to a person of trust", 2, _DAY, "e-mail address", "the team tells them"
)

CONTACT_LETTER = Limit(
    "letters that a contact is another now", 2, _DAY, "e-mail address", "no further letter"
)
HAND_LETTER = Limit(
    "letters that a hand is raised", 30, _HOUR, "e-mail address", "Today shows every one"
)

PRESS = Limit(
    "letters by one opened form of the team", 1, _HOUR, "form", "a double press sends one"
)
CONSENT_FORM = Limit(
    "new consents by one opened form", 1, _DAY, "form", "a double press makes one"
)
KNOWN_SOURCE = Limit(
    "sources from which a person signed in lately",
    *(1, 30 * _DAY, "person and source together"),
    "wrong passwords of the block keep them out there no more",
)
"""No limit of what is tried, and kept in the same table: neighbours in one block must not lock each other out."""

LIMITS = (
    *(SIGN_IN, WRONG_PASSWORD, WRONG_PASSWORDS, WRONG_FROM_BLOCK, WRONG_CODE, WRONG_CODES),
    *(ASK_AGAIN, CHANGE_PASSWORD, FORGOTTEN, NEW_PASSWORD, PASSWORD_LETTER),
    *(STORY_FORM, STORY_FORM_FROM_BLOCK, STORY, STORY_FROM_BLOCK, STORIES),
    *(WELCOME_LETTER, RECEIPT, RECEIPTS, AGREED_LETTER, REMINDER, TRUSTED_LETTER),
    *(CONTACT_LETTER, HAND_LETTER, PRESS, CONSENT_FORM),
)


def count(limit: Limit, of: str, now: datetime) -> bool:
    """Counts one more of whom or what `of` names; False when that is too many. Inside a transaction only where
    what fails is to take the count back with it."""
    # A flood beyond the limit costs the database a look, and no writing.
    if is_reached(limit, of, now):
        return False
    key, longest = _key(limit, of), now + limit.span
    # One statement: of two processes at the same moment each gets a number of its own.
    [number] = column(int, _COUNT, key, longest, now, longest, now, longest)
    return number <= limit.most


def is_reached(limit: Limit, of: str, now: datetime) -> bool:
    """Whether one more would be too many; nothing is counted."""
    return is_any(_FULL, _key(limit, of), limit.most, now, now + limit.span)


def count_all(now: datetime, *limits: tuple[Limit, str]) -> bool:
    """Counts one under each limit; False, and no further counted, at the first for which it is too many."""
    return all(count(limit, of, now) for limit, of in limits)


def take_back(now: datetime, *limits: tuple[Limit, str]) -> None:
    """Takes back one count of each: what was counted beforehand has gone well. Others' counts stay."""
    for limit, of in limits:
        execute(_LESS, _key(limit, of), now, now + limit.span)


def forget(now: datetime) -> None:
    """Removes the counts whose time is over, and nothing else."""
    execute("DELETE FROM campaign_tally WHERE until <= %s", now)


def source_of(address: str) -> str:
    """The source of a request, by its address: of IPv6 the /64, which is one household or one office; else the address."""
    return _masked(address, 64)


def block_of(address: str) -> str:
    """The block of an address: of IPv6 the /48, which one customer of a provider may have; else the address."""
    return _masked(address, 48)


def recipient(address: str) -> str:
    """Whose mailbox an e-mail address is, as letters are counted: one by whatever tag, quotation marks, dots, capitals and
    writing of its host."""
    local, _, host = address.casefold().rpartition("@")
    # Dots tell no mailboxes apart at some large providers. Where they do, two people share a count of letters, which is little.
    mailbox, _, _ = local.partition("+")
    mailbox = re.sub(r'["\\.]', "", mailbox)
    with suppress(UnicodeError):  # no letter gets to such a host
        host = host.encode("idna").decode()
    return f"{mailbox}@{host}"


def _masked(address: str, bits: int) -> str:
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(read, ipaddress.IPv4Address):
        return str(read)
    # ::ffff:192.0.2.1 is how a socket for both writes an IPv4 address: all of them are one /64.
    if read.ipv4_mapped:
        return str(read.ipv4_mapped)
    return str(ipaddress.ip_network((read, bits), strict=False))


def _key(limit: Limit, of: str) -> str:
    return salted_hmac(_SALT, f"{limit.name}\n{of}", algorithm="sha256").hexdigest()
