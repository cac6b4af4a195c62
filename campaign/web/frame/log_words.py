"""The entries of the log in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.listings.log import ATTEMPT, BY_ITSELF, LogEntry
from campaign.people.roles import NOBODY
from campaign.states import AttemptOutcome
from campaign.stories.telling import WEB_FORM
from campaign.web.frame.names import channel_name
from campaign.web.frame.site import config

OUTCOMES: Mapping[str, object] = {
    AttemptOutcome.PUBLISHED: gettext_lazy("Sent: the network took it"),
    AttemptOutcome.REFUSED: gettext_lazy("Sent: the network refused it"),
    AttemptOutcome.TRY_LATER: gettext_lazy("Sent: the network asked to wait"),
    AttemptOutcome.UNCONFIRMED: gettext_lazy("Sent: the answer was lost"),
    "": gettext_lazy("Being sent"),
}
"""What came of an attempt, by its outcome; "" while it runs."""
ACTIONS: Mapping[str, object] = {
    ATTEMPT: gettext_lazy("Sent to the network"),
    "accepted": gettext_lazy("A finding was accepted"),
    "account set": gettext_lazy("The times of an account were set"),
    "agreed": gettext_lazy("Agreement noted"),
    "allowed": gettext_lazy("Let out on a day of remembrance"),
    "answered late": gettext_lazy("The network’s answer came late"),
    "allowed again": gettext_lazy("May go out again and again"),
    "approval back": gettext_lazy("Approval counts again"),
    "approval lost": gettext_lazy("Approval lost"),
    "approval taken back": gettext_lazy("Approval taken back"),
    "approved": gettext_lazy("Approved"),
    "been in touch": gettext_lazy("Somebody has been in touch with the person"),
    "begun": gettext_lazy("Begun"),
    "brought back": gettext_lazy("Brought back"),
    "called wrong": gettext_lazy("A finding was called wrong"),
    "campaign changed": gettext_lazy("A campaign was changed"),
    "campaign closed": gettext_lazy("A campaign was closed"),
    "campaign made": gettext_lazy("A campaign was made"),
    "campaign opened again": gettext_lazy("A campaign was opened again"),
    "campaign taken over": gettext_lazy("A campaign was taken over from its file"),
    "cancelled": gettext_lazy("Cancelled"),
    "changed": gettext_lazy("Changed"),
    "channel tested": gettext_lazy("Channel tested"),
    "clock": gettext_lazy("The machine’s clock was compared"),
    "consent given": gettext_lazy("Consent given"),
    "consent narrowed": gettext_lazy("Consent narrowed"),
    "consent withdrawn": gettext_lazy("Consent withdrawn"),
    "contact looked at": gettext_lazy("Contact looked at"),
    "contributed": gettext_lazy("Written by a volunteer"),
    "copy handed over": gettext_lazy("A copy of what is held was handed over"),
    "corrected": gettext_lazy("Corrected: another one has taken its place"),
    "corrected again": gettext_lazy("The words are changed on the network once more"),
    "correction begun": gettext_lazy("A correction was begun"),
    "corrects": gettext_lazy("Begun as a correction"),
    "day added": gettext_lazy("An awareness day was added"),
    "day changed": gettext_lazy("An awareness day was changed"),
    "deleted": gettext_lazy("Deleted on the network"),
    "evergreen ended": gettext_lazy("Goes out again no more"),
    "fact added": gettext_lazy("A fact was added"),
    "fact changed": gettext_lazy("A fact was changed"),
    "fact confirmed": gettext_lazy("A fact was confirmed by a second person"),
    "final word": gettext_lazy("Final word"),
    "first steps hidden": gettext_lazy("The list of the first steps was hidden"),
    "found": gettext_lazy("Found on the account"),
    "hand raised": gettext_lazy("A hand was raised"),
    "handed in": gettext_lazy("Submitted"),
    "held back": gettext_lazy("Held back"),
    "incident recorded": gettext_lazy("Written into the register of incidents"),
    "invitation revoked": gettext_lazy("Invitation revoked"),
    "invited": gettext_lazy("Invited"),
    "joined": gettext_lazy("Joined"),
    "kept": gettext_lazy("It was the only copy, and stays"),
    "left its series": gettext_lazy("Taken out of its series"),
    "loaded": gettext_lazy("Brought in from its file"),
    "loaded again": gettext_lazy("Brought in again from its file"),
    "looked back": gettext_lazy("The account was looked at"),
    "looks first": gettext_lazy("The accounts are looked at first"),
    "made evergreen": gettext_lazy("Taken into a set of evergreen posts"),
    "new time": gettext_lazy("New time from its file"),
    "not deleted": gettext_lazy("Could not be deleted on the network"),
    "not found": gettext_lazy("Looked for, and not on the account"),
    "not evergreen": gettext_lazy("Taken out of a set of evergreen posts"),
    "nothing is left": gettext_lazy("Nothing of what was erased is left"),
    "paused": gettext_lazy("Paused"),
    "planned": gettext_lazy("Planned"),
    "private link made": gettext_lazy("Private link made"),
    "proof looked at": gettext_lazy("Proof looked at"),
    "reminded of their story": gettext_lazy("Reminded that their story is erased soon"),
    "removed": gettext_lazy("Taken down"),
    "renamed": gettext_lazy("Renamed"),
    "repeated": gettext_lazy("Laid out to go out again"),
    "rescheduled": gettext_lazy("Given a new time"),
    "resolved: not published": gettext_lazy("A person looked: it was not out"),
    "resolved: published": gettext_lazy("A person looked: it was out"),
    "resumed": gettext_lazy("Resumed"),
    "retried": gettext_lazy("Queued again by a person"),
    "returned": gettext_lazy("Returned to who wrote it"),
    "role given": gettext_lazy("Role given"),
    "second copy": gettext_lazy("A second copy is out"),
    "story let in": gettext_lazy("A story was let in"),
    "person of trust told": gettext_lazy("Person of trust told"),
    "second yes given": gettext_lazy("Second yes given"),
    "speaks for themselves": gettext_lazy("Speaks for themselves from now on"),
    "storyteller changed": gettext_lazy("Storyteller changed"),
    "storyteller erased": gettext_lazy("Storyteller erased"),
    "storyteller on hold": gettext_lazy("Storyteller on hold"),
    "storyteller recorded": gettext_lazy("Storyteller recorded"),
    "storyteller released": gettext_lazy("Storyteller released"),
    "submitted": gettext_lazy("Submitted"),
    "taken as out": gettext_lazy("Taken as published"),
    "taken back": gettext_lazy("Taken back by who wrote it"),
    "taking back noted": gettext_lazy("A withdrawal was noted, and waits for a second look"),
    "taking back was a mistake": gettext_lazy("A withdrawal was a mistake"),
    "withdrawn": gettext_lazy("Consent withdrawn"),
    "woken": gettext_lazy("Channel set to work again"),
    "words erased": gettext_lazy("The words of what was taken back were erased"),
}
"""What was done, by the action of an event."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """An entry as people read it; `at` is aware, in UTC, `link` the address of the live post, or ""."""

    entry: LogEntry
    at: datetime
    what: str
    who: str
    channel: str  #: as people call it; "" for what is about none
    link: str


def line(entry: LogEntry) -> LogLine:
    """An entry of the log in words."""
    channel = channel_name(entry.delivery.channel, config()) if entry.delivery else ""
    link = safe_link(entry.url)
    return LogLine(entry, entry.at, what(entry), who(entry.by), channel, link)


def what(entry: LogEntry) -> str:
    """What was done: of an attempt, what came of it."""
    return outcome_name(entry.outcome) if entry.is_attempt else action_name(entry.what)


def action_name(action: str) -> str:
    """What an action is called; one that is not in the table by its own words, with a capital."""
    if action in ACTIONS:
        return str(ACTIONS[action])
    return action[:1].upper() + action[1:]


def outcome_name(outcome: str) -> str:
    """What an outcome is called."""
    return str(OUTCOMES.get(outcome, outcome))


def who(actor: str) -> str:
    """What an actor of the log is called: a person by their name."""
    if actor in (NOBODY | {BY_ITSELF}):
        return _("the program")
    if actor == WEB_FORM:
        return _("web form")
    return _("the command line") if actor == "command line" else actor


def safe_link(url: str) -> str:
    """The address if it is one by http or https; "" for anything else, such as a javascript: that somebody typed."""
    try:
        is_safe = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return ""
    return url if is_safe else ""
