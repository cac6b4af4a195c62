"""A post: one message or story, in English and French side by side, as its file says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from campaign.content.dates.when import BadWhen, NextSlot, OnDay, When, parse_when
from campaign.content.links import NO_LINK, PLACES
from campaign.core.finding import Place, did_you_mean
from campaign.core.sentence import Sentence
from campaign.core.span import BadSpan, parse_span
from campaign.core.toml_file import Table, TomlFile
from campaign.core.typed import is_seen, with_line_ends

LANGUAGES = ("en", "fr")
FORMS = ("short", "long")
"""A post's texts, that with the least to say first. A channel gets the longest that fits it."""
ACTIONS = PLACES


class Kind(StrEnum):
    """What a post is."""

    AWARENESS = "awareness"
    STORY = "story"  #: a patient's words: nothing goes out without consent
    ACTION = "action"


class Purpose(StrEnum):
    """What a person's story is used for."""

    AWARENESS = "awareness"
    ADVOCACY = "advocacy"
    EDUCATION = "education"
    FUNDRAISING = "fundraising"


TEMPLATE_OF_KIND = {Kind.AWARENESS: "fact", Kind.STORY: "story", Kind.ACTION: "action"}


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a post and the line on which it starts."""

    source: str
    place: Place


@dataclass(frozen=True, slots=True)
class PostPicture:
    """A picture that goes with a post, described in each language for those who do not see it."""

    file: Path
    alts: Mapping[str, str]
    place: Place

    def alt_place(self, language: str) -> Place:
        """The place of its description in a language, also where there is none yet."""
        return self.place.about(*self.place.path, "alt", language)


@dataclass(frozen=True, slots=True)
class ConsentReference:
    """Whose story it is: a reference such as S-0042, never a name. The consent itself is a record; the dates and the
    channels of the post's file narrow it for this post. Dates are local."""

    storyteller: str
    given_on: date | None
    until: date | None
    channels: tuple[str, ...]
    purpose: Purpose = Purpose.AWARENESS  #: what this post uses the story for


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that a person lets pass in this post, by the code of its check, and why."""

    code: str
    reason: str
    place: Place


@dataclass(frozen=True, slots=True)
class PostLink:
    """Where the link of a post leads, as its file says it."""

    #: its own page in each language
    addresses: Mapping[str, str] = field(default_factory=dict)
    to: str = ""  #: one of PLACES, or NO_LINK; "": its own page, else that of what it asks for
    not_on: tuple[str, ...] = ()  #: networks on which it goes out without its link


@dataclass(frozen=True, slots=True)
class PostFile:
    """A post's file, read. Nothing here has been checked against channels, facts, days or templates yet."""

    campaign: str
    name: str
    kind: Kind
    template: str
    channels: tuple[str, ...]  #: empty means every channel
    when: When
    written_when: str
    grace: timedelta | None
    facts: tuple[str, ...]
    action: str
    day: str
    link: "PostLink"
    example: bool
    help: bool  #: where to find help: a pause may leave it out, and no day of remembrance keeps it back
    numbered: bool  #: the parts of a thread bear their numbers
    consent: ConsentReference | None
    pictures: tuple[PostPicture, ...]
    texts: Mapping[str, Mapping[str, Text]]  #: by language, then by form
    file: TomlFile = field(compare=False, repr=False)
    accepted: tuple[Accepted, ...] = ()
    hashtags: bool = True  #: those of its campaign go with it

    @property
    def key(self) -> str:
        """How people and the command line name it: campaign/name."""
        return f"{self.campaign}/{self.name}"

    @property
    def for_day(self) -> str:
        """The id of the day on which it is to go out, where its `when` names that very day; else ""."""
        if isinstance(self.when, OnDay) and not self.when.offset_days:
            return self.when.day_id
        return ""

    def place(self, *keys: str | int) -> Place:
        """The file and the line of the key to which these keys lead."""
        return self.file.place(keys)

    def text(self, language: str, form: str) -> Text | None:
        """One of the texts in a language."""
        return self.texts.get(language, {}).get(form)

    def longest_first(self, language: str) -> list[tuple[str, Text]]:
        """The texts in a language by their form, the one with the most to say first."""
        texts = self.texts.get(language, {})
        return [(form, texts[form]) for form in reversed(FORMS) if form in texts]


def read_post(table: Table, campaign: str, name: str, folder: Path) -> PostFile | None:
    """A post from its table; None when something in it keeps it from being a post at all.

    What is wrong is added to the file's findings.
    """
    kind = _kind(table)
    when = _when(table)
    consent = table.table("consent")
    post = PostFile(
        campaign=campaign,
        name=name,
        kind=kind,
        template=table.text("template", TEMPLATE_OF_KIND[kind]),
        channels=table.texts("channels"),
        when=when,
        written_when=table.text("when"),
        grace=_grace(table),
        facts=table.texts("facts"),
        action=_action(table),
        day=table.text("day"),
        link=_link(table),
        example=table.take("example", bool, False),
        help=table.take("help", bool, False),
        numbered=table.take("numbered", bool, False),
        consent=_consent(consent) if consent.data else None,
        pictures=tuple(_picture(picture, folder) for picture in table.tables("media")),
        texts={
            language: _texts(table.table(language))
            for language in LANGUAGES
            if language in table.data
        },
        file=table.file,
        accepted=tuple(map(_accepted, table.tables("accept"))),
        hashtags=table.take("hashtags", bool, True),
    )
    table.taken.update(LANGUAGES)  # known keys, even where the file leaves a language out
    table.close()
    return None if table.file.findings else post


def by_language(table: Table, key: str) -> Mapping[str, str]:
    """A text for each language; one text without a language counts for all."""
    if isinstance(table.data.get(key), str):
        return dict.fromkeys(LANGUAGES, with_line_ends(table.text(key)))
    inner = table.table(key)
    texts = _in_languages(inner)
    inner.close()
    return texts


def _kind(table: Table) -> Kind:
    written = table.text("kind", Kind.AWARENESS)
    if written in {kind.value for kind in Kind}:
        return Kind(written)
    table.complain(
        "unknown-kind",
        Sentence(
            '"{0}" is not a kind of post; {1}', written, did_you_mean(written, list(Kind))
        ),
        "kind",
    )
    return Kind.AWARENESS


def _when(table: Table) -> When:
    written = table.required("when")
    try:
        return parse_when(written) if written else NextSlot()
    except BadWhen as problem:
        table.complain("bad-when", str(problem), "when")
        return NextSlot()


def _grace(table: Table) -> timedelta | None:
    written = table.text("grace")
    try:
        grace = parse_span(written) if written else None
    except BadSpan as problem:
        table.complain("bad-grace", str(problem), "grace")
        return None
    if grace == timedelta(0):
        table.complain(
            "bad-grace",
            Sentence("With a grace of nothing, this post could not go out: write 1m or more."),
            "grace",
        )
    return grace


def _action(table: Table) -> str:
    written = table.text("action")
    if written and written not in ACTIONS:
        table.complain(
            "unknown-action",
            Sentence('"{0}" is not an action; {1}', written, did_you_mean(written, ACTIONS)),
            "action",
        )
    return written


def _link(table: Table) -> PostLink:
    """`link` is an address or the name of a place; or a table, with an address for each language."""
    if isinstance(table.data.get("link"), str):
        written = table.text("link").strip()
        if is_address(written):
            return PostLink(by_language(table, "link"))
        return PostLink(to=_place(table, "link"))
    inner = table.table("link")
    link = PostLink(_in_languages(inner), _place(inner, "to"), inner.texts("not_on"))
    inner.close()
    return link


def is_address(written: str) -> bool:
    """Whether it is meant as an address, and not as the name of a place."""
    return any(sign in written for sign in ".:/")


def _in_languages(table: Table) -> dict[str, str]:
    """The texts that stand under the languages."""
    table.taken.update(LANGUAGES)
    texts = {}
    for language in LANGUAGES:
        if language in table.data:
            text = table.text(language)
            texts[language] = with_line_ends(text)
    return texts


def _place(table: Table, key: str) -> str:
    """The name of the place that a key names; "" and a complaint where there is no such place."""
    written = table.text(key).strip()
    known = (*PLACES, NO_LINK)
    if not written or written in known:
        return written
    nearest = did_you_mean(written, known)
    message = Sentence('"{0}" is no place that a link can lead to; {1}', written, nearest)
    table.complain("unknown-place", message, key)
    return ""


def _consent(table: Table) -> ConsentReference:
    consent = ConsentReference(
        storyteller=table.required("storyteller"),
        given_on=table.date("given_on"),
        until=table.date("until"),
        channels=table.texts("channels"),
        purpose=_purpose(table),
    )
    table.close()
    return consent


def _purpose(table: Table) -> Purpose:
    written = table.text("purpose")
    if not written:
        return Purpose.AWARENESS
    if written in set(Purpose):
        return Purpose(written)
    known = [purpose.value for purpose in Purpose]
    said = Sentence(
        '"{0}" is not what a story is used for; {1}', written, did_you_mean(written, known)
    )
    table.complain("unknown-purpose", said, "purpose")
    return Purpose.AWARENESS


def _picture(table: Table, folder: Path) -> PostPicture:
    picture = PostPicture(
        folder / table.required("file"), by_language(table, "alt"), table.place()
    )
    table.close()
    return picture


def _accepted(table: Table) -> Accepted:
    accepted = Accepted(table.required("code"), table.required("reason"), table.place())
    table.close()
    return accepted


def _texts(table: Table) -> dict[str, Text]:
    texts = {}
    for form in FORMS:
        source = with_line_ends(table.text(form))
        if is_seen(source):
            texts[form] = Text(source, table.text_place(form))
    table.close()
    return texts
