"""The form of a campaign: what was typed, as fields, and the fields as the form shows them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.authoring.compose import Desk
from campaign.authoring.shared.campaign_source import CampaignFields, ReadCampaign, texts_of
from campaign.authoring.shared.campaigns import Difference
from campaign.content.compared import WordRun, compared
from campaign.content.links import PLACES
from campaign.content.post import LANGUAGES
from campaign.core.finding import Finding
from campaign.web.frame.languages import reader_language
from campaign.web.frame.names import PLACE_NAMES, language_within
from campaign.web.posts.choices import Choice

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_NEAR = re.compile(r"([A-Za-z][\w-]*)(?:\s+([+-])(\d{1,9})d)?")
LABELS: Mapping[str, Promise] = {
    "name": gettext_lazy("Name"),
    "aim": gettext_lazy("Aim"),
    "start": gettext_lazy("First day"),
    "end": gettext_lazy("Last day"),
    "hashtags": gettext_lazy("Hashtags"),
    "link": gettext_lazy("Link"),
    "utm": gettext_lazy("Tag for counting"),
}
"""What the fields are called."""


@dataclass(frozen=True, slots=True)
class TextRow:
    """One text of the form, in one language or in none, with what is said of it."""

    name: str  #: such as "links.share.fr"
    label: str
    language: str
    value: str
    notes: tuple[Finding, ...]

    @property
    def id(self) -> str:
        """The same without dots, for the page."""
        return self.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A first or last day as the controls of the form show it."""

    name: str  #: "start" or "end"
    mode: str  #: "none", "date" or "day"
    date: str
    days: str
    side: str
    choices: tuple[Choice, ...]  #: awareness days
    notes: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a campaign that changes: what it is called, its language if it has one, and its words."""

    label: str
    language: str
    runs: tuple[WordRun, ...]


@dataclass(frozen=True, slots=True)
class CampaignForm:
    """All of the form."""

    names: list[TextRow]
    aims: list[TextRow]
    anchors: list[Anchor]
    hashtags: list[TextRow]
    links: list[TextRow]
    places: list[TextRow]
    utm: TextRow

    @property
    def is_more_wrong(self) -> bool:
        """Whether something is said of what is folded away."""
        return any(row.notes for row in (*self.places, self.utm))


def read_campaign_form(data: QueryDict) -> CampaignFields:
    """What was typed, unchanged."""
    return CampaignFields(
        names=_in_languages(data, "name"),
        aims=_in_languages(data, "aim"),
        start=_anchor(data, "start"),
        end=_anchor(data, "end"),
        hashtags=_in_languages(data, "hashtags"),
        links=_in_languages(data, "link"),
        places={place: _in_languages(data, f"links.{place}") for place in PLACES},
        utm=_typed(data, "utm"),
    )


def form_of(
    fields: CampaignFields, desk: Desk, looked_at: ReadCampaign | None = None
) -> CampaignForm:
    """The fields for the page, with what is wrong beside each, where that was looked at."""
    notes = looked_at.by_field() if looked_at else {}
    values = texts_of(fields)

    def row(name: str, language: str = "") -> TextRow:
        of_it = tuple(notes.get(name, ()))
        return TextRow(name, label_of(name), language, values.get(name, ""), of_it)

    def rows(name: str) -> list[TextRow]:
        return [row(f"{name}.{language}", language) for language in LANGUAGES]

    def anchor(name: str) -> Anchor:
        return _shown(name, values.get(name, ""), desk, notes)

    places: list[TextRow] = []
    for place in PLACES:
        places += rows(f"links.{place}")
    return CampaignForm(
        names=rows("name"),
        aims=rows("aim"),
        anchors=[anchor("start"), anchor("end")],
        hashtags=rows("hashtags"),
        links=rows("link"),
        places=places,
        utm=row("utm"),
    )


def parts_of(differences: Iterable[Difference]) -> list[Part]:
    """What of a campaign changes, for a person to read."""
    parts = []
    for each in differences:
        language = each.key.rpartition(".")[2]
        spoken = language if language in LANGUAGES else ""
        runs = tuple(compared(each.old, each.new))
        parts.append(Part(label_of(each.key), spoken, runs))
    return parts


def label_of(name: str) -> str:
    """What a field is called: "Name (English)" for "name.en"."""
    first, *others = name.split(".")
    if not others:
        return str(LABELS[first])
    label = PLACE_NAMES[others[0]] if first == "links" else LABELS[first]
    values = {"label": label, "language": language_within(others[-1])}
    return _("%(label)s (%(language)s)") % values


def hidden_values(data: QueryDict) -> list[tuple[str, str]]:
    """What was typed, to be sent again from a page that only shows what it would do."""
    left_out = {"csrfmiddlewaretoken", "do", "seen"}
    return [(name, str(data[name])) for name in data if name not in left_out]


def days_of(desk: Desk, chosen: str) -> tuple[Choice, ...]:
    """The awareness days to choose from, by their names."""
    language = reader_language()
    choices = []
    for key, day in desk.library.days.items():
        name = day.names.get(language, key)
        choices.append(Choice(key, name, key == chosen))
    if chosen and chosen not in desk.library.days:
        choices.append(Choice(chosen, chosen, chosen=True))
    return tuple(sorted(choices, key=lambda choice: choice.name.casefold()))


def _typed(data: Mapping[str, object], name: str) -> str:
    return str(data.get(name, "")).strip()


def _in_languages(data: Mapping[str, object], name: str) -> dict[str, str]:
    texts = {}
    for language in LANGUAGES:
        text = _typed(data, f"{name}.{language}")
        if text:
            texts[language] = text
    return texts


def _anchor(data: Mapping[str, object], name: str) -> str:
    """Such as "2027-10-01" or "mbc-day -12d"; "" for none."""
    mode = _typed(data, f"{name}_mode")
    if mode == "date":
        return _typed(data, f"{name}_date")
    if mode != "day":
        return ""
    day = _typed(data, f"{name}_day")
    days = _typed(data, f"{name}_days").lstrip("+-")
    side = _typed(data, f"{name}_side")
    if not days.strip("0"):
        return day
    sign = "-" if side == "before" else "+"
    return f"{day} {sign}{days}d"


def _shown(name: str, written: str, desk: Desk, notes: Mapping[str, list[Finding]]) -> Anchor:
    said = tuple(notes.get(name, ()))
    near = _NEAR.fullmatch(written)
    if near and not _DATE.fullmatch(written):
        day, sign, days = near.groups(default="")
        side = "after" if sign == "+" else "before"
        choices = days_of(desk, day)
        return Anchor(name, "day", "", days or "0", side, choices, said)
    mode = "date" if written else "none"
    choices = days_of(desk, "")
    return Anchor(name, mode, written, "0", "before", choices, said)
