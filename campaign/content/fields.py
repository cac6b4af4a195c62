"""A post as a form has it: everything that was typed, and the same as it is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from campaign.content.post import FORMS, LANGUAGES, Purpose
from campaign.core.typed import stripped, with_line_ends


@dataclass(frozen=True, slots=True)
class ConsentFields:
    """A storyteller's consent as it was typed: dates as 2027-05-01."""

    storyteller: str = ""
    given_on: str = ""
    until: str = ""
    channels: tuple[str, ...] = ()
    purpose: str = ""  #: what the story is used for; "" for awareness


@dataclass(frozen=True, slots=True)
class PictureFields:
    """A picture: the name of its file, and its description by language."""

    file: str
    alts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fields:
    """Everything that the form of a post holds, as it was typed."""

    kind: str = "awareness"
    template: str = "fact"
    channels: tuple[str, ...] = ()  #: empty means every channel
    when: str = "next-slot"
    grace: str = ""
    facts: tuple[str, ...] = ()
    action: str = ""
    day: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    link_to: str = ""  #: the place that the link leads to, or "none"
    not_on: tuple[str, ...] = ()  #: networks on which it goes out without its link
    hashtags: bool = True  #: those of its campaign go with it
    numbered: bool = False
    example: bool = False
    help: bool = False
    consent: ConsentFields | None = None
    pictures: tuple[PictureFields, ...] = ()
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By language, then by form (short, long)."""
    accepted: Mapping[str, str] = field(default_factory=dict)
    """The reason by the code of each finding that passes."""

    def text(self, language: str, form: str) -> str:
        """One text; "" when there is none."""
        return self.texts.get(language, {}).get(form, "")

    def with_text(self, language: str, form: str, text: str) -> "Fields":
        """The same with one text replaced."""
        forms = {**self.texts.get(language, {}), form: text}
        return replace(self, texts={**self.texts, language: forms})


def normal(fields: Fields) -> Fields:
    """The same fields as they are kept: each line's end as "\\n", no blanks around a text, nothing for what is empty."""
    return Fields(
        kind=_line(fields.kind),
        template=_line(fields.template),
        channels=_lines(fields.channels),
        when=" ".join(_line(fields.when).split()),
        grace=_line(fields.grace),
        facts=_lines(fields.facts),
        action=_line(fields.action),
        day=_line(fields.day),
        links=_by_language(fields.links),
        link_to=_line(fields.link_to),
        not_on=_lines(fields.not_on),
        hashtags=fields.hashtags,
        numbered=fields.numbered,
        example=fields.example,
        help=fields.help,
        consent=_consent(fields.consent),
        pictures=tuple(map(_picture, fields.pictures)),
        texts=_texts(fields.texts),
        accepted=_accepted(fields.accepted),
    )


def _picture(picture: PictureFields) -> PictureFields:
    alts = _by_language(picture.alts)
    return PictureFields(_line(picture.file), alts)


def _consent(consent: ConsentFields | None) -> ConsentFields | None:
    """None where nothing was typed."""
    if consent is None:
        return None
    kept = ConsentFields(
        _line(consent.storyteller),
        _line(consent.given_on),
        _line(consent.until),
        _lines(consent.channels),
        _purpose(consent.purpose),
    )
    return None if kept == ConsentFields() else kept


def _purpose(written: str) -> str:
    """Nothing for the purpose that a story has where none is named."""
    purpose = _line(written)
    if purpose == Purpose.AWARENESS:
        return ""
    return purpose


def _line(text: str) -> str:
    tidy = _tidy(text)
    return tidy.replace("\n", " ")


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    lines = map(_line, texts)
    return tuple(filter(None, lines))


def _tidy(text: str) -> str:
    # A form may send half a character (a lone surrogate), which no file can hold: a sign is lost.
    encoded = text.encode("utf-16", "surrogatepass")
    whole = encoded.decode("utf-16", "replace")
    return stripped(with_line_ends(whole))


def _by_language(texts: Mapping[str, str]) -> dict[str, str]:
    return _said(texts, LANGUAGES)


def _texts(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Every language with the forms that say something."""
    kept: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        forms = texts.get(language, {})
        kept[language] = _said(forms, FORMS)
    return kept


def _said(texts: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """The texts of these names that say something, in the order of the names."""
    said: dict[str, str] = {}
    for name in names:
        text = _tidy(texts.get(name, ""))
        if text:
            said[name] = text
    return said


def _accepted(accepted: Mapping[str, str]) -> dict[str, str]:
    reasons: dict[str, str] = {}
    for written, reason in accepted.items():
        code = _line(written)
        if code:
            reasons[code] = _line(reason)
    return reasons
