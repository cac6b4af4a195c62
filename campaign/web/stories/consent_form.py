"""The questions of a consent as a form: what was chosen, what is missing, and the terms that come of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from campaign.config import Config
from campaign.content.post import LANGUAGES
from campaign.models.stories import Consent
from campaign.stories.consent import LONGEST_CONSENT, After, Detail, Edits, Explained, Identity, Method, Purpose, Terms
from campaign.web.frame.channels import channel_name
from campaign.web.stories.words import AFTER, DETAILS, EDITS, FORM_VERSION, IDENTITIES, PURPOSES, QUESTIONS, form_words

MONTHS = (6, 12, 24)
"""For how long one may say yes without typing a date."""
LONGEST_NAME = 100
_LISTS = ("channels", "purposes", "details")
_RADIOS = ("identity", "pictures", "edits", "if_ill", "if_died", "until")


@dataclass(frozen=True, slots=True)
class Answers:
    """What was chosen, as it was sent."""

    identity: str = ""
    named_as: str = ""
    pictures: str = ""
    channels: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    until: str = ""  #: months, or "day"
    until_day: str = ""
    details: tuple[str, ...] = ()
    edits: str = ""
    if_ill: str = ""
    if_died: str = ""


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One of the answers that a question offers."""

    value: str
    name: str
    hint: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the form."""

    name: str
    legend: str
    hint: str
    kind: str  #: radio or checkbox
    choices: tuple[AnswerChoice, ...]
    error: str


def read(sent: QueryDict) -> Answers:
    """What was sent."""
    values = {one.name: sent.get(one.name, "")[:200] for one in fields(Answers) if one.name not in _LISTS}
    lists = {name: tuple(str(value) for value in sent.getlist(name)[:50]) for name in _LISTS}
    return Answers(**values, **lists)  # type: ignore[arg-type]  # each by its own name


def of_consent(consent: Consent, named_as: str) -> Answers:
    """A consent as the form shows it, to change it."""
    return Answers(
        identity=consent.identity,
        named_as=named_as,
        pictures="yes" if consent.pictures else "no",
        channels=tuple(consent.channels.split()),
        purposes=tuple(consent.purposes.split()),
        until="day",
        until_day=consent.valid_until.isoformat(),
        details=tuple(consent.details.split()),
        edits=consent.edits,
        if_ill=consent.if_ill,
        if_died=consent.if_died,
    )


def missing(answers: Answers, config: Config, today: date) -> dict[str, str]:
    """What is missing or cannot be, by question."""
    errors = {name: _("Choose one of these.") for name in _RADIOS if getattr(answers, name) not in _known(name)}
    if answers.identity == Identity.CHOSEN_NAME and not answers.named_as.strip():
        errors["named_as"] = _("Write the name to be used.")
    if len(answers.named_as) > LONGEST_NAME:
        errors["named_as"] = _("This name is too long: shorten it, please.")
    if not set(answers.channels) & set(config.channels):
        errors["channels"] = _("Choose at least one of these.")
    if not set(answers.purposes) & set(Purpose):
        errors["purposes"] = _("Choose at least one of these.")
    if "until" not in errors and not (until := _until(answers, today)):
        errors["until"] = _("Write the day, please.")
    elif "until" not in errors and until and not today <= until <= today + LONGEST_CONSENT:
        errors["until"] = _("Choose a day from today on, and within five years.")
    return errors


def terms(
    answers: Answers,
    config: Config,
    today: date,
    *,
    method: Method,
    collected_by: str,
    told: Iterable[Explained],
    language: str,
    given_on: date | None = None,
) -> Terms:
    """The terms that answers come to, of which nothing is missing."""
    channels = tuple(name for name in config.channels if name in answers.channels)
    spoken = {config.channels[name].language for name in channels}
    until = _until(answers, today)
    assert until is not None  # noqa: S101 - `missing` was asked
    return Terms(
        channels=channels,
        languages=tuple(one for one in LANGUAGES if one in spoken),
        identity=Identity(answers.identity),
        given_on=given_on or today,
        start=given_on or today,
        until=until,
        collected_by=collected_by,
        method=method,
        purposes=tuple(one for one in Purpose if one in answers.purposes),
        named_as=answers.named_as if answers.identity == Identity.CHOSEN_NAME else "",
        pictures=answers.pictures == "yes",
        details=tuple(one for one in Detail if one in answers.details),
        edits=Edits(answers.edits),
        if_ill=After(answers.if_ill),
        if_died=After(answers.if_died),
        told=tuple(told),
        form_version=FORM_VERSION,
        form_language=language,
        form_text=form_words(language, config.channels.values()),
    )


def questions(
    answers: Answers, errors: Mapping[str, str], config: Config, *, theirs: bool = False
) -> dict[str, Question]:
    """Every question with its answers; `theirs`: as it is put to somebody who writes down what the person said."""
    offered: dict[str, Iterable[tuple[str, object, object]]] = {
        "identity": [(one, *words) for one, words in IDENTITIES.items()],
        "pictures": [("no", _("No"), ""), ("yes", _("Yes"), "")],
        "channels": [(name, channel_name(name, config), "") for name in config.channels],
        "purposes": [(one, words, "") for one, words in PURPOSES.items()],
        "until": [
            *((str(months), _("For %(count)d months") % {"count": months}, "") for months in MONTHS),
            ("day", _("Until another day"), ""),
        ],
        "details": [(one, words, "") for one, words in DETAILS.items()],
        "edits": [(one, *words) for one, words in EDITS.items()],
        "if_ill": [(one, words, "") for one, words in AFTER.items()],
        "if_died": [(one, words, "") for one, words in AFTER.items()],
    }
    hints = {
        "channels": _("Nothing appears where you tick nothing. You can tick more than one."),
        "purposes": _("You can tick more than one."),
        "details": _("Tick only what may be told. No tick means that it stays out."),
        "edits": _("Whatever is changed or translated: nothing goes out before its very text was agreed to."),
        "pictures": _("Everybody who can be recognised in a picture has to agree to it."),
        "until": _("After that day nothing more goes out; a new yes is asked for before."),
    }
    return {
        name: Question(
            name=name,
            legend=str(QUESTIONS[name][theirs]),
            hint=hints.get(name, ""),
            kind="checkbox" if name in _LISTS else "radio",
            choices=tuple(
                AnswerChoice(str(value), str(words), str(hint), _is_chosen(answers, name, str(value)))
                for value, words, hint in choices
            ),
            error=errors.get(name, ""),
        )
        for name, choices in offered.items()
    }


def in_words(consent: Consent, named_as: str, config: Config, *, theirs: bool = False) -> list[tuple[str, str]]:
    """A consent as questions and answers, in words."""
    shown = questions(of_consent(consent, named_as), {}, config, theirs=theirs)
    lines = []
    for name, question in shown.items():
        if name == "until":
            continue
        chosen = [choice.name for choice in question.choices if choice.chosen]
        if name == "channels":
            chosen = [channel_name(one, config) for one in consent.channels.split()]
        if name == "identity" and named_as:
            chosen.append(f"“{named_as}”")
        lines.append((question.legend, "; ".join(chosen) or _("Nothing of these")))
    return lines


def _is_chosen(answers: Answers, name: str, value: str) -> bool:
    given: str | tuple[str, ...] = getattr(answers, name)
    return value in given if isinstance(given, tuple) else value == given


def _known(name: str) -> set[str]:
    sets: dict[str, set[str]] = {
        "identity": set(Identity),
        "pictures": {"yes", "no"},
        "edits": set(Edits),
        "if_ill": set(After),
        "if_died": set(After),
        "until": {"day", *map(str, MONTHS)},
    }
    return sets[name]


def _until(answers: Answers, today: date) -> date | None:
    if answers.until != "day":
        return _months_after(today, int(answers.until))
    try:
        return parse_date(answers.until_day)
    except ValueError:
        return None


def _months_after(day: date, months: int) -> date:
    """The same day of the month so many months later; the month's last day where it has no such."""
    first = date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), last)
