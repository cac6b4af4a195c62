"""A post as a form has it, and the same post as the text of a post file.

What is written in the web is kept in the very words of a post file, so that one reader and one set of checks serve both.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from campaign.content.post import FORMS, LANGUAGES, PostFile, read_post
from campaign.core.finding import Finding, Place, error
from campaign.core.sentence import Sentence
from campaign.core.toml_file import KeyPath, Table, UnreadableFile, key_lines, read_toml_text

FIRST_LINE = "# Written in the web: change it there."
"""What is wrong with a post as a whole is said of line 1; so no field begins there."""
LONGEST_REFERENCE = 100
_NOT_SHOWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPANS = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))
_CONSENT_DATES = ("given_on", "until")
_OF_FACTS = ("unknown-fact", "fact-overdue", "fact-do-not-use", "fact-caution", "fact-expires")
_OF_CODE = {"no-consent": "consent"} | dict.fromkeys(_OF_FACTS, "facts")


@dataclass(frozen=True, slots=True)
class ConsentFields:
    """A storyteller's consent as it was typed: dates as 2027-05-01."""

    storyteller: str = ""
    given_on: str = ""
    until: str = ""
    channels: tuple[str, ...] = ()


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
    numbered: bool = False
    example: bool = False
    consent: ConsentFields | None = None
    pictures: tuple[PictureFields, ...] = ()
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  #: by language, then by form (short, long)
    accepted: Mapping[str, str] = field(default_factory=dict)  #: the reason by the code of each finding that passes

    def text(self, language: str, form: str) -> str:
        """One text; "" when there is none."""
        return self.texts.get(language, {}).get(form, "")

    def with_text(self, language: str, form: str, text: str) -> "Fields":
        """The same with one text replaced."""
        return replace(self, texts={**self.texts, language: {**self.texts.get(language, {}), form: text}})


@dataclass(frozen=True, slots=True)
class Read:
    """A source that was read: the post, None when it is no usable one, and what is wrong with the writing itself."""

    post: PostFile | None
    findings: tuple[Finding, ...]
    source: str


def normal(fields: Fields) -> Fields:
    """The same fields as they are kept: line ends as one sign, no blanks around, nothing for what is empty."""
    consent = fields.consent
    if consent:
        typed = (_line(consent.storyteller), _line(consent.given_on), _line(consent.until))
        consent = ConsentFields(*typed, _lines(consent.channels))
    return Fields(
        kind=_line(fields.kind),
        template=_line(fields.template),
        channels=_lines(fields.channels),
        when=" ".join(fields.when.split()),
        grace=_line(fields.grace),
        facts=_lines(fields.facts),
        action=_line(fields.action),
        day=_line(fields.day),
        links=_by_language(fields.links),
        numbered=fields.numbered,
        example=fields.example,
        consent=None if consent == ConsentFields() else consent,
        pictures=tuple(PictureFields(_line(one.file), _by_language(one.alts)) for one in fields.pictures),
        texts=_texts(fields.texts),
        accepted={_line(code): _line(reason) for code, reason in fields.accepted.items() if _line(code)},
    )


def write_source(fields: Fields) -> str:
    """The text of a post file with these fields, in an order that never changes."""
    return "\n".join([FIRST_LINE, *_head(normal(fields))]) + "\n"


def read_source(source: str, campaign: str, name: str, folder: Path) -> Read:
    """The post that a source says. `folder` is what the files of its pictures are in. Findings name it campaign/name."""
    label = f"{campaign}/{name}"
    try:
        table = read_toml_text(source, label)
    except UnreadableFile as problem:
        return Read(None, (problem.finding,), source)
    signs = [*_signs(table, (), table.data)]
    post = read_post(table, campaign, name, folder)
    if post and post.consent and len(post.consent.storyteller) > LONGEST_REFERENCE:
        message = Sentence(
            "The reference of a person has {0} signs at the most: write one such as S-0001.", LONGEST_REFERENCE
        )
        signs.append(error("long-reference", message, table.place("consent", "storyteller")))
    return Read(None if signs else post, (*signs, *table.file.findings), source)


def fields_of(post: PostFile) -> Fields:
    """What a form shows of a post. Pictures are named by their files' names alone."""
    consent = post.consent
    fields = Fields(
        kind=post.kind.value,
        template=post.template,
        channels=post.channels,
        when=post.written_when,
        grace=_span(post.grace),
        facts=post.facts,
        action=post.action,
        day=post.day,
        links=post.links,
        numbered=post.numbered,
        example=post.example,
        consent=ConsentFields(
            consent.storyteller, _date(consent.given_on), _date(consent.until), consent.channels
        ) if consent else None,
        pictures=tuple(PictureFields(one.file.name, one.alts) for one in post.pictures),
        texts={
            language: {form: text.source for form, text in texts.items()} for language, texts in post.texts.items()
        },
        accepted={one.code: one.reason for one in post.accepted},
    )  # fmt: skip
    return normal(fields)


def field_of(place: Place, source: str) -> str:
    """The field of the form that a place in a source is about.

    "en.short", "when", "consent.until", "pictures.0", "pictures.0.alt.en" …; "" when it is none of them.
    """
    lines, _ = key_lines(source)
    before = [(line, len(path), path) for path, line in lines.items() if line <= (place.line or 0)]
    return _field(max(before)[2]) if before else ""


def field_of_finding(finding: Finding, source: str, name: str) -> str:
    """As `field_of`, for a finding about the post with this name (campaign/name); "" for one about another file."""
    if finding.place.file != name:
        return ""
    found = _OF_CODE.get(finding.code) or field_of(finding.place, source)
    if re.fullmatch(r"pictures\.\d+", found):  # a picture's place is its first line; the sentence says which alt
        said = re.search(r"\balt\.(en|fr)\b", finding.message)
        return f"{found}.{said[0]}" if said else found
    return f"{found}.short" if found in LANGUAGES else found


def _line(text: str) -> str:
    return _tidy(text).replace("\n", " ")


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(line for text in texts if (line := _line(text)))


def _tidy(text: str) -> str:
    whole = text.encode("utf-8", "replace").decode("utf-8")  # half a character, which no file can hold
    return whole.replace("\r\n", "\n").replace("\r", "\n").strip()


def _by_language(texts: Mapping[str, str]) -> dict[str, str]:
    tidied = {language: _tidy(texts.get(language, "")) for language in LANGUAGES}
    return {language: text for language, text in tidied.items() if text}


def _texts(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    of = {language: {form: _tidy(texts.get(language, {}).get(form, "")) for form in FORMS} for language in LANGUAGES}
    return {language: {form: text for form, text in forms.items() if text} for language, forms in of.items()}


def _head(fields: Fields) -> Iterator[str]:
    yield f"kind = {_string(fields.kind)}"
    yield f"template = {_string(fields.template)}"
    yield f"channels = {_list(fields.channels)}"
    yield f"when = {_string(fields.when)}"
    for name in ("grace", "action", "day"):
        if value := getattr(fields, name):
            yield f"{name} = {_string(value)}"
    if fields.facts:
        yield f"facts = {_list(fields.facts)}"
    yield from (f"link.{language} = {_string(link)}" for language, link in fields.links.items())
    yield from (f"{name} = true" for name in ("example", "numbered") if getattr(fields, name))
    yield from _consent(fields.consent) if fields.consent else ()
    for picture in fields.pictures:
        yield from ("", "[[media]]", f"file = {_string(picture.file)}")
        yield from (f"alt.{language} = {_string(alt)}" for language, alt in picture.alts.items())
    for code, reason in fields.accepted.items():
        yield from ("", "[[accept]]", f"code = {_string(code)}", f"reason = {_string(reason)}")
    for language in LANGUAGES:
        yield from ("", f"[{language}]")
        yield from (f"{form} = {_text(text)}" for form, text in fields.texts.get(language, {}).items())


def _consent(consent: ConsentFields) -> Iterator[str]:
    yield from ("", "[consent]", f"storyteller = {_string(consent.storyteller)}")
    for name in _CONSENT_DATES:
        if written := getattr(consent, name):
            yield f"{name} = {written if _is_date(written) else _string(written)}"
    yield f"channels = {_list(consent.channels)}"


def _is_date(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _string(text: str) -> str:
    return f'"{_escaped(text).replace(chr(34), chr(92) + chr(34)).replace(chr(10), chr(92) + "n")}"'


def _list(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_string, texts))}]"


def _text(text: str) -> str:
    """As people write texts into post files: between three quotes, a long one on lines of its own."""
    if "\n" in text or "'''" in text:
        return f'"""\n{_quoted(text)}\n"""'
    last = '\\"' if text.endswith('"') else ""
    return f'"""{_quoted(text[:-1] if last else text)}{last}"""'


def _quoted(text: str) -> str:
    return _escaped(text).replace('"""', '""\\"')


def _escaped(text: str) -> str:
    return _NOT_SHOWN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text.replace("\\", "\\\\"))


def _signs(table: Table, path: KeyPath, value: object) -> Iterator[Finding]:
    """A finding for each text with a sign that no network shows and no person sees."""
    if isinstance(value, str):
        if found := _NOT_SHOWN.search(value):
            message = Sentence(
                "Here stands a sign that cannot be shown (U+{0}): delete it, or type this again.",
                f"{ord(found[0]):04X}",
            )
            yield error("control-character", message, table.file.place(path))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _signs(table, (*path, key), inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _signs(table, (*path, index), inner)


def _field(path: KeyPath) -> str:
    parts = [str(part) for part in path]
    if parts[0] == "media":
        parts[0] = "pictures"
    return ".".join(parts)


def _span(span: timedelta | None) -> str:
    left, parts = int(span.total_seconds()) if span else 0, ""
    for unit, size in _SPANS:
        number, left = divmod(left, size)
        parts += f"{number}{unit}" if number else ""
    return parts


def _date(day: date | None) -> str:
    return day.isoformat() if day else ""
