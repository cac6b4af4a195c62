"""A post of a form as the text of a post file, and back.

What is written in the web is kept in the very words of a post file, so that one reader and one set of checks serve both.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import tomli_w

from campaign.content.fields import ConsentFields, Fields, PictureFields, normal
from campaign.content.post import (
    FORMS,
    LANGUAGES,
    ConsentReference,
    Kind,
    PostFile,
    is_address,
    read_post,
)
from campaign.core.finding import Finding, error
from campaign.core.sentence import Sentence
from campaign.core.toml_file import UnreadableFile, read_toml_text

FIRST_LINE = "# Written in the web: change it there."
LONGEST_REFERENCE = 100
_SPANS = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))
_CONSENT_DATES = ("given_on", "until")
Said = Mapping[str, object]
"""A table of TOML, of which nothing is known yet."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Read:
    """A source that was read: the post, None when it is no usable one, and what is wrong with the writing itself."""

    post: PostFile | None
    findings: tuple[Finding, ...]
    source: str


def write_source(fields: Fields) -> str:
    """The text of a post file with these fields, in an order that never changes."""
    return f"{FIRST_LINE}\n{tomli_w.dumps(_table(normal(fields)), multiline_strings=True)}"


def read_source(source: str, campaign: str, name: str, folder: Path) -> Read:
    """The post that a source (TOML) says. `folder` holds the files of its pictures. Findings name it campaign/name."""
    label = f"{campaign}/{name}"
    try:
        table = read_toml_text(source, label)
    except UnreadableFile as problem:
        return Read(None, (problem.finding,), source)
    problems: list[Finding] = []
    post = read_post(table, campaign, name, folder)
    if post and post.consent and len(post.consent.storyteller) > LONGEST_REFERENCE:
        message = Sentence(
            "The reference of a person has {0} signs at the most: write one such as S-0001.",
            LONGEST_REFERENCE,
        )
        problems.append(error("long-reference", message, table.place("consent", "storyteller")))
    return Read(None if problems else post, (*problems, *table.file.findings), source)


def fields_in(source: str) -> Fields | None:
    """What a form shows of a source that is no post, or none yet, as where a time is half typed; what of it no form can hold
    is left out. None where it is no TOML."""
    try:
        said = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        return None
    consent, pictures = _of(said, "consent", dict), _tables(said, "media")
    accepted = _tables(said, "accept")
    link = _link_in(said)
    return normal(
        Fields(
            kind=_of({"kind": Kind.AWARENESS.value, **said}, "kind", str),
            template=_of(said, "template", str),
            channels=_all_of(said, "channels"),
            when=_of(said, "when", str),
            grace=_of(said, "grace", str),
            facts=_all_of(said, "facts"),
            action=_of(said, "action", str),
            day=_of(said, "day", str),
            links={language: _of(link, language, str) for language in LANGUAGES},
            link_to=_of(link, "to", str),
            not_on=_all_of(link, "not_on"),
            hashtags=said.get("hashtags") is not False,
            numbered=_of(said, "numbered", bool),
            example=_of(said, "example", bool),
            help=_of(said, "help", bool),
            consent=_consent_in(consent) if consent else None,
            pictures=tuple(
                PictureFields(_of(picture, "file", str), _by_tongue(picture, "alt"))
                for picture in pictures
            ),
            texts={language: _by_form(_of(said, language, dict)) for language in LANGUAGES},
            accepted={_of(table, "code", str): _of(table, "reason", str) for table in accepted},
        )
    )


def _link_in(said: Said) -> Said:
    """A post's link as a table, also where it is written as one address, or as the name of a place."""
    written = _of(said, "link", str)
    if not written:
        return _of(said, "link", dict)
    return dict.fromkeys(LANGUAGES, written) if is_address(written) else {"to": written}


def _consent_in(consent: Said) -> ConsentFields:
    given_on, until = (consent.get(name, "") for name in _CONSENT_DATES)
    return ConsentFields(
        _of(consent, "storyteller", str),
        str(given_on),
        str(until),
        _all_of(consent, "channels"),
        _of(consent, "purpose", str),
    )


def _of(
    said: Said,
    key: str,
    kind: type[T],
) -> T:
    """The value of a key, and nothing (an empty text, False, …) where it is of another kind."""
    value = said.get(key)
    return value if isinstance(value, kind) else kind()


def _all_of(said: Said, key: str) -> tuple[str, ...]:
    return tuple(value for value in _of(said, key, list) if isinstance(value, str))


def _tables(said: Said, key: str) -> list[Said]:
    return [table for table in _of(said, key, list) if isinstance(table, dict)]


def _by_tongue(said: Said, key: str) -> dict[str, str]:
    """A text by language; one without a language counts for all."""
    if text := _of(said, key, str):
        return dict.fromkeys(LANGUAGES, text)
    inner = _of(said, key, dict)
    return {language: _of(inner, language, str) for language in LANGUAGES}


def _by_form(said: Said) -> dict[str, str]:
    return {form: _of(said, form, str) for form in FORMS}


def fields_of(post: PostFile) -> Fields:
    """What a form shows of a post. Pictures are named by their files' names alone."""
    texts: dict[str, dict[str, str]] = {}
    for language, forms in post.texts.items():
        texts[language] = {form: text.source for form, text in forms.items()}
    fields = Fields(
        kind=post.kind.value,
        template=post.template,
        channels=post.channels,
        when=post.written_when,
        grace=_span(post.grace),
        facts=post.facts,
        action=post.action,
        day=post.day,
        links=post.link.addresses,
        link_to=post.link.to,
        not_on=post.link.not_on,
        hashtags=post.hashtags,
        numbered=post.numbered,
        example=post.example,
        help=post.help,
        consent=_consent_fields(post.consent) if post.consent else None,
        pictures=tuple(
            PictureFields(picture.file.name, picture.alts) for picture in post.pictures
        ),
        texts=texts,
        accepted={accepted.code: accepted.reason for accepted in post.accepted},
    )
    return normal(fields)


def _consent_fields(consent: ConsentReference) -> ConsentFields:
    return ConsentFields(
        consent.storyteller,
        _date(consent.given_on),
        _date(consent.until),
        consent.channels,
        consent.purpose.value,
    )


def field_of(finding: Finding, name: str) -> str:
    """The field of the form that a finding about the post with this name (campaign/name) is about.

    "en.short", "when", "consent.until", "pictures.0", "pictures.0.alt.en" …; "" for the post as a whole, and for another file.
    """
    if finding.place.file != name:
        return ""
    match finding.place.path:
        case ("en" | "fr" as language,):
            return f"{language}.{FORMS[0]}"
        case ("media", *inner):
            return _dotted("pictures", *inner)
        case (*parts, int()):  # a list is one field
            return _dotted(*parts)
        case parts:
            return _dotted(*parts)


def _dotted(*parts: str | int) -> str:
    return ".".join(map(str, parts))


def _table(fields: Fields) -> dict[str, object]:
    """A post's file as a table, without what is empty."""
    may_be_empty = {
        "grace": fields.grace,
        "action": fields.action,
        "day": fields.day,
        "facts": list(fields.facts),
        "example": fields.example,
        "help": fields.help,
        "numbered": fields.numbered,
        "link": _link(fields),
        "consent": _consent(fields.consent) if fields.consent else None,
        "media": [_picture(picture) for picture in fields.pictures],
        "accept": [{"code": code, "reason": why} for code, why in fields.accepted.items()],
    }
    return {
        "kind": fields.kind,
        "template": fields.template,
        "channels": list(fields.channels),
        "when": fields.when,
        **{name: value for name, value in may_be_empty.items() if value},
        **({} if fields.hashtags else {"hashtags": False}),
        **{language: dict(fields.texts.get(language, {})) for language in LANGUAGES},
    }


def _link(fields: Fields) -> dict[str, object]:
    said = {**fields.links, "to": fields.link_to, "not_on": list(fields.not_on)}
    return {key: value for key, value in said.items() if value}


def _picture(picture: PictureFields) -> dict[str, object]:
    written: dict[str, object] = {"file": picture.file}
    if picture.alts:
        written["alt"] = dict(picture.alts)
    return written


def _consent(consent: ConsentFields) -> dict[str, object]:
    written: dict[str, object] = {"storyteller": consent.storyteller}
    for name in _CONSENT_DATES:
        day: str = getattr(consent, name)
        if day:  # what is no date stays as it was typed: reading it then says so
            written[name] = date.fromisoformat(day) if _is_date(day) else day
    written["channels"] = list(consent.channels)
    if consent.purpose:
        written["purpose"] = consent.purpose
    return written


def _is_date(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _span(span: timedelta | None) -> str:
    """Such as "1d12h"; "" for none."""
    left = int(span.total_seconds()) if span else 0
    written = ""
    for unit, size in _SPANS:
        number, left = divmod(left, size)
        if number:
            written += f"{number}{unit}"
    return written


def _date(day: date | None) -> str:
    return day.isoformat() if day else ""
