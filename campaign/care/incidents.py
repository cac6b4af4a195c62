"""The register of incidents with what people entrusted us with: lost, seen, used or passed on where it should not have been.

What it holds is what Quebec's Regulation respecting confidentiality incidents (A-2.1, r. 3.1, sections 7 and 8) asks for; it is
kept for at least five years from when we became aware. Nothing in it is changed or deleted: what is known later is the next
version."""

import re
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime

from django.contrib.auth.models import User
from django.db.models import OuterRef, QuerySet, Subquery

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import readable
from campaign.database import events
from campaign.database.sql import writing
from campaign.models.care import Incident
from campaign.people.roles import Role

REGULATION = {
    "en": "https://www.legisquebec.gouv.qc.ca/en/document/cr/A-2.1,%20r.%203.1",
    "fr": "https://www.legisquebec.gouv.qc.ca/fr/document/rc/A-2.1,%20r.%203.1",
}
"""Where it can be read, by language."""
LONGEST = 4_000
"""Characters of a text in it."""
SHORT = {"happened": 200, "people": 100}
"""Characters of those that are a line."""
NEEDED = ("happened", "what", "data", "people", "why", "done")
_NAMES_SOMEBODY = re.compile(
    r"\S@\S+\.\S|(?<!\d)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]{0,2}\d{3}[ .-]?\d{4}(?!\d)"
)
"""An e-mail address, or a telephone number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of an incident by now. Dates are days of the organization."""

    found_on: date
    happened: str
    what: str
    data: str
    people: str
    is_serious: bool
    why: str
    done: str
    cai_on: date | None = None
    opc_on: date | None = None
    people_on: date | None = None
    notice: str = ""
    closed_on: date | None = None


def record(
    entry: Entry, by: User, today: date, now: datetime, *, number: int = 0, based_on: int = 0
) -> Incident:
    """Writes an incident down, or with `number` what is known of one by now: the next version after `based_on`.

    The same once more makes no version. Raises Problem for who is no admin, for what the register needs and does not get, and
    when somebody else wrote meanwhile."""
    _need_admin(by)
    entry = _tidied(entry)
    _check(entry, today)
    with writing():
        latest = Incident.objects.filter(number=number).order_by("-version").first()
        if number and (latest is None or latest.version != based_on):
            raise Problem(
                Sentence(
                    "Somebody wrote about this incident meanwhile: read it, then write yours."
                )
            )
        if latest and entry_of(latest) == entry:
            return latest
        made = Incident.objects.create(
            number=number or _next_number(),
            version=based_on + 1 if number else 1,
            by=by.username,
            at=now,
            **asdict(entry),
        )
        said = Sentence("Incident {0}, version {1}.", made.number, made.version)
        events.note(
            None, "", "", now, actor=by.username, action="incident recorded", reason=said
        )
    return made


def entry_of(incident: Incident) -> Entry:
    """What a version says."""
    return Entry(**{field.name: getattr(incident, field.name) for field in fields(Entry)})


def latest() -> QuerySet[Incident]:
    """The latest version of each, what was written last first."""
    same = Incident.objects.filter(number=OuterRef("number")).order_by("-version")
    last = Subquery(same.values("pk")[:1])
    return Incident.objects.filter(pk=last).order_by("-at", "-pk")


def versions(number: int) -> QuerySet[Incident]:
    """All versions of one, the latest first."""
    return Incident.objects.filter(number=number).order_by("-version")


def is_to_tell(incident: Incident) -> bool:
    """Whether somebody has to be told still: with a risk of serious injury, an authority and the people concerned."""
    return bool(incident.is_serious and not _is_told(entry_of(incident)))


def _is_told(entry: Entry) -> bool:
    return bool((entry.cai_on or entry.opc_on) and (entry.people_on or entry.notice))


def _next_number() -> int:
    last = Incident.objects.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _need_admin(user: User) -> None:
    if not user.groups.filter(name=Role.ADMIN.value).exists():
        raise Problem(
            Sentence(
                "{0} may not write in the register of incidents: that takes the role admin.",
                user.username,
            )
        )


def _tidied(entry: Entry) -> Entry:
    values = asdict(entry)
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = readable(value)
    return Entry(**values)


def _check(entry: Entry, today: date) -> None:
    """Raises Problem for what the register cannot take."""
    texts = {name: value for name, value in asdict(entry).items() if isinstance(value, str)}
    if not all(texts[name] for name in NEEDED):
        raise Problem(
            Sentence(
                "Fill in every field that is needed; where something is not known yet, write that, and why."
            )
        )
    for name, text in texts.items():
        most = SHORT.get(name, LONGEST)
        if len(text) > most:
            raise Problem(
                Sentence(
                    "One of the texts has up to {0} characters: shorten it a little.", most
                )
            )
        if _NAMES_SOMEBODY.search(text):
            raise Problem(
                Sentence(
                    "The register names nobody: take the e-mail address or the telephone number out; a reference such as "
                    "S-0042 is enough."
                )
            )
    _check_days(entry, today)


def _check_days(entry: Entry, today: date) -> None:
    days = (entry.found_on, entry.cai_on, entry.opc_on, entry.people_on, entry.closed_on)
    if any(day and day > today for day in days):
        raise Problem(Sentence("A day is still to come: write down what has happened."))
    later = [day for day in days[1:] if day]
    if any(day < entry.found_on for day in later):
        raise Problem(
            Sentence("A day is before the one on which you became aware of it: correct it.")
        )
    if entry.closed_on and entry.is_serious and not _is_told(entry):
        raise Problem(
            Sentence(
                "With a risk of serious injury it stays open until an authority and the people concerned are told: write down "
                "when, or which public notice stands for it and why."
            )
        )
