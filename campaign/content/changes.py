"""What differs between two writings of a post, unit by unit: a text, a setting, the pictures as a whole."""

from collections.abc import Mapping
from dataclasses import replace

from campaign.content.fields import ConsentFields, Fields, PictureFields
from campaign.content.post import FORMS, LANGUAGES

Unit = (
    str
    | bool
    | tuple[str, ...]
    | tuple[PictureFields, ...]
    | ConsentFields
    | Mapping[str, str]
    | None
)
TEXTS = tuple(f"{language}.{form}" for form in FORMS for language in LANGUAGES)
LINKS = tuple(f"link.{language}" for language in LANGUAGES)
WHOLE = (
    *("when", "channels", "kind", "template", "facts", "pictures", "consent"),
    *("action", "day", "grace", "numbered", "example", "help", "accepted"),
    *("link_to", "not_on", "hashtags"),
)
UNITS = (*TEXTS, *WHOLE, *LINKS)
"""What can be chosen by itself, the texts first."""


def unit(fields: Fields, name: str) -> Unit:
    """What one unit says. Raises AttributeError for a name that is none of UNITS."""
    if name in TEXTS:
        return fields.text(*_split(name))
    if name in LINKS:
        _, language = _split(name)
        return fields.links.get(language, "")
    setting: Unit = getattr(fields, name)
    return setting


def differing(old: Fields, new: Fields) -> list[str]:
    """The names of the units that are not the same, in the order of UNITS."""
    return [name for name in UNITS if unit(old, name) != unit(new, name)]


def with_unit(fields: Fields, name: str, value: Unit) -> Fields:
    """The fields with one unit replaced."""
    if name in TEXTS:
        return fields.with_text(*_split(name), str(value))
    if name in LINKS:
        _, language = _split(name)
        return replace(fields, links={**fields.links, language: str(value)})
    return replace(fields, **{name: value})  # type: ignore[arg-type]  # of the unit's own type, from `unit`


def _split(name: str) -> tuple[str, str]:
    first, _, second = name.partition(".")
    return first, second
