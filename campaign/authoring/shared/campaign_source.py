"""A campaign as a form has it, and the campaign.toml that says the same."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import tomli_w

from campaign.content.campaigns import Campaign, read_campaign
from campaign.content.dates.days import Day
from campaign.content.dates.when import Anchor, NearDay
from campaign.content.links import PLACES
from campaign.content.post import LANGUAGES
from campaign.core.finding import Finding, KeyPath, Place, error
from campaign.core.sentence import Sentence
from campaign.core.toml_file import read_toml_text
from campaign.core.typed import is_seen, on_one_line, visible

LONGEST = 300
"""Characters of what stands on one line of a campaign."""
_HASHTAG = re.compile(r"#\w*[^\W\d_]\w*")
_BETWEEN = re.compile(r"[\s,;]+")
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")
_UTM = re.compile(r"[a-z0-9_-]*")
ByLanguage = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CampaignFields:
    """Everything that the form of a campaign holds, as it was typed."""

    names: ByLanguage = field(default_factory=dict)
    aims: ByLanguage = field(default_factory=dict)
    start: str = ""  #: "2027-10-01", or "mbc-day -12d"; "" for none
    end: str = ""
    hashtags: ByLanguage = field(default_factory=dict)  #: with blanks between them
    links: ByLanguage = field(default_factory=dict)
    places: Mapping[str, ByLanguage] = field(default_factory=dict)
    utm: str = ""


@dataclass(frozen=True, slots=True)
class ReadCampaign:
    """What the fields came to: the campaign, its campaign.toml, and what is wrong with it."""

    campaign: Campaign
    source: str
    findings: tuple[Finding, ...]

    def by_field(self) -> dict[str, list[Finding]]:
        """The findings by the field that they are about, such as "name.fr" or "start"."""
        by_field: dict[str, list[Finding]] = {}
        for finding in self.findings:
            name = _field(finding.place.path)
            by_field.setdefault(name, []).append(finding)
        return by_field


def normal(fields: CampaignFields) -> CampaignFields:
    """The same fields as they are kept: on one line, without what nobody sees, each hashtag with its sign."""
    places = {}
    for place in PLACES:
        addresses = _lines(fields.places.get(place, {}))
        if addresses:
            places[place] = addresses
    return CampaignFields(
        names=_lines(fields.names),
        aims=_lines(fields.aims),
        start=_line(fields.start),
        end=_line(fields.end),
        hashtags=_hashtags(fields.hashtags),
        links=_lines(fields.links),
        places=places,
        utm=_line(fields.utm).lower(),
    )


def write_campaign(fields: CampaignFields) -> str:
    """The campaign.toml of these fields, without what is empty."""
    fields = normal(fields)
    tags: dict[str, list[str]] = {}
    for language, written in fields.hashtags.items():
        tags[language] = written.split()
    table = {
        "name": fields.names,
        "aim": fields.aims,
        "start": fields.start,
        "end": fields.end,
        "utm": fields.utm,
        "hashtags": tags,
        "link": fields.links,
        "links": fields.places,
    }
    said = {key: value for key, value in table.items() if value}
    return tomli_w.dumps(said)


def fields_of(campaign: Campaign) -> CampaignFields:
    """What a form shows of a campaign."""
    tags = {}
    for language, written in campaign.hashtags.items():
        tags[language] = " ".join(written)
    fields = CampaignFields(
        names=campaign.names,
        aims=campaign.aims,
        start=_written(campaign.start),
        end=_written(campaign.end),
        hashtags=tags,
        links=campaign.links,
        places=campaign.places,
        utm="" if campaign.utm == campaign.slug else campaign.utm,
    )
    return normal(fields)


def texts_of(fields: CampaignFields) -> dict[str, str]:
    """Every text of a campaign that says something, by the name of its field, such as "name.fr"."""
    texts = {}
    for path, text in _places(fields):
        if text:
            texts[_field(path)] = text
    return texts


def read_fields(
    fields: CampaignFields,
    slug: str,
    days: Mapping[str, Day],
    languages: Sequence[str],
) -> ReadCampaign:
    """The campaign that these fields say, checked as its file would be, and as a form can be."""
    typed = normal(fields)
    source = write_campaign(typed)
    table = read_toml_text(source, slug)
    campaign = read_campaign(table, slug, days)
    findings = [*table.file.findings, *_missing(typed, slug, languages)]
    for place, text in _places(typed):
        findings += _wrong(text, Place(slug, path=place))
    return ReadCampaign(campaign, source, tuple(findings))


def _field(path: KeyPath) -> str:
    """The name of the field to which these keys lead; each place in a list is its list."""
    keys = [key for key in path if isinstance(key, str)]
    return ".".join(keys)


def _missing(typed: CampaignFields, slug: str, languages: Sequence[str]) -> Iterator[Finding]:
    for language in languages:
        if not is_seen(typed.names.get(language, "")):
            message = Sentence("A campaign has a name in each language: write it.")
            yield error("missing-language", message, Place(slug, path=("name", language)))


def _places(typed: CampaignFields) -> Iterator[tuple[KeyPath, str]]:
    """Every text that was typed, with the keys that lead to it."""
    for key in ("start", "end", "utm"):
        yield (key,), getattr(typed, key)
    tables = {"name": typed.names, "aim": typed.aims, "link": typed.links}
    for key, texts in {**tables, "hashtags": typed.hashtags}.items():
        for language, text in texts.items():
            yield (key, language), text
    for place, addresses in typed.places.items():
        for language, address in addresses.items():
            yield ("links", place, language), address


def _wrong(text: str, place: Place) -> Iterator[Finding]:
    """What is wrong with a text of the form, for what it is."""
    kind = place.path[0]
    if len(text) > LONGEST:
        message = Sentence("This is longer than {0} characters: shorten it.", LONGEST)
        yield error("bad-campaign", message, place)
    elif kind in ("link", "links") and not _ADDRESS.fullmatch(text):
        message = Sentence("This is no address: write it whole, such as https://example.org.")
        yield error("bad-campaign", message, place)
    elif kind == "utm" and not _UTM.fullmatch(text):
        message = Sentence("Write small letters, digits and hyphens alone, such as walk-2027.")
        yield error("bad-campaign", message, place)
    elif kind == "hashtags":
        yield from _wrong_hashtags(text.split(), place)


def _wrong_hashtags(tags: Sequence[str], place: Place) -> Iterator[Finding]:
    for tag in tags:
        if not _HASHTAG.fullmatch(tag):
            message = Sentence(
                "{0} is no hashtag: write letters and digits alone, such as #WinterWalk.", tag
            )
            yield error("bad-campaign", message, place)


def _written(anchor: Anchor | None) -> str:
    """Such as "2027-10-01" or "mbc-day -12d"; "" for none."""
    if not isinstance(anchor, NearDay):
        return anchor.isoformat() if anchor else ""
    day, days = anchor.day_id, anchor.offset_days
    return f"{day} {days:+d}d" if days else day


def _line(text: str) -> str:
    # One more than may be kept, so that it is told and nothing grows without an end.
    return on_one_line(visible(text))[: LONGEST + 1]


def _lines(texts: ByLanguage) -> dict[str, str]:
    lines = {language: _line(texts.get(language, "")) for language in LANGUAGES}
    return {language: line for language, line in lines.items() if line}


def _hashtags(typed: ByLanguage) -> dict[str, str]:
    """The hashtags of each language, each once, with its sign."""
    hashtags = {}
    for language, line in _lines(typed).items():
        words = filter(None, _BETWEEN.split(line))
        signed = map(_with_sign, words)
        once = dict.fromkeys(signed)
        hashtags[language] = " ".join(once)
    return hashtags


def _with_sign(word: str) -> str:
    return word if word.startswith("#") else f"#{word}"
