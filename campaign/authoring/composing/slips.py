"""Correcting at once all that is safe: what the checks offer for a post's texts and for the descriptions of its pictures.

The words of a person's story are theirs: how far they may be changed stands in their consent, and even a space counts. So of
a story nothing but the descriptions is corrected here; each of its words is corrected by itself, by somebody who sees it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from campaign.authoring.compose import Desk, Preview, preview
from campaign.checks.words.fixes import apply_fix
from campaign.consent.rule import was_of_a_person
from campaign.content.fields import Fields, normal
from campaign.content.post import Kind
from campaign.core.finding import Finding, Fix
from campaign.models import Post

PASSES = 20
"""A check tells of a few slips at a time, and one correction can make room for another: so often a post is looked at."""
_TEXT = re.compile(r"(en|fr)\.(short|long)")
_ALT = re.compile(r"pictures\.(\d)\.alt\.(en|fr)")


@dataclass(frozen=True, slots=True)
class Slip:
    """A change that a check offers: in which field, for which finding."""

    name: str
    code: str
    fix: Fix


@dataclass(frozen=True, slots=True)
class Changed:
    """A field whose text was corrected, as it was and as it is."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """The fields after all corrections, each of them, and the texts that they changed."""

    fields: Fields
    made: tuple[Slip, ...]
    changes: tuple[Changed, ...]


def safe(seen: Preview, post: Post, fields: Fields) -> list[Slip]:
    """The corrections that may be made without asking back, each once."""
    only_alts = _is_a_persons(post, fields)
    offered: list[Slip] = []
    for name, findings in seen.by_field().items():
        is_text = _TEXT.fullmatch(name) and not only_alts
        if is_text or _ALT.fullmatch(name):
            offered += _offered(name, findings)
    return list(dict.fromkeys(offered))


def correct_all(post: Post, fields: Fields, desk: Desk, now: datetime) -> Corrected:
    """Makes every safe correction in the fields. Nothing is kept of it here, and nothing is asked of the queue."""
    corrected = fields
    made: list[Slip] = []
    for _ in range(PASSES):
        seen = preview(post, normal(corrected), desk, now)
        before = corrected
        for correction in safe(seen, post, corrected):
            earlier = corrected
            corrected = _with(corrected, correction)
            if corrected != earlier:
                made.append(correction)
        if corrected == before:
            break
    changes = _changes(fields, corrected, made)
    return Corrected(corrected, tuple(made), changes)


def put_back(fields: Fields, changes: Iterable[Changed]) -> Fields:
    """Undoes corrections. What somebody has typed into a text since stays."""
    for change in changes:
        typed = text_of(fields, change.name)
        if typed == change.after:
            fields = _as_before(fields, change)
    return fields


def changed(fields: Fields, name: str, change: Callable[[str], str]) -> Fields:
    """The fields with one of their texts ("en.short", "pictures.0.alt.en") changed; the same when there is no such."""
    if match := _TEXT.fullmatch(name):
        language, form = match.groups()
        before = fields.text(language, form)
        return fields.with_text(language, form, change(before))
    if name == "when":
        return replace(fields, when=change(fields.when))
    if match := _ALT.fullmatch(name):
        number, language = match.groups()
        return _with_alt(fields, int(number), language, change)
    return fields


def text_of(fields: Fields, name: str) -> str:
    """The text of a field; "" when there is none of that name."""
    texts: list[str] = []

    def seen(text: str) -> str:
        texts.append(text)
        return text

    changed(fields, name, seen)
    return "".join(texts)


def _is_a_persons(post: Post, fields: Fields) -> bool:
    if fields.kind == Kind.STORY or fields.consent:
        return True
    return was_of_a_person(post)


def _offered(name: str, findings: Iterable[Finding]) -> list[Slip]:
    """What a person lets pass stays as it is."""
    offered = []
    for finding in findings:
        if finding.fix and not finding.accepted:
            correction = Slip(
                name,
                finding.code,
                finding.fix,
            )
            offered.append(correction)
    return offered


def _with(fields: Fields, correction: Slip) -> Fields:
    def change(text: str) -> str:
        return apply_fix(text, correction.fix)

    return changed(fields, correction.name, change)


def _as_before(fields: Fields, earlier: Changed) -> Fields:
    def change(_text: str) -> str:
        return earlier.before

    return changed(fields, earlier.name, change)


def _changes(
    before: Fields,
    after: Fields,
    made: Iterable[Slip],
) -> tuple[Changed, ...]:
    changes: dict[str, Changed] = {}
    for correction in made:
        name = correction.name
        changes[name] = Changed(
            name,
            text_of(before, name),
            text_of(after, name),
        )
    return tuple(changes.values())


def _with_alt(
    fields: Fields,
    index: int,
    language: str,
    change: Callable[[str], str],
) -> Fields:
    pictures = list(fields.pictures)
    if index >= len(pictures):
        return fields
    picture = pictures[index]
    before = picture.alts.get(language, "")
    alts = {**picture.alts, language: change(before)}
    pictures[index] = replace(picture, alts=alts)
    return replace(fields, pictures=tuple(pictures))
