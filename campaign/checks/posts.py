"""What is wrong with a post, before a word of it is rendered."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from campaign.checks.pictures import check_picture
from campaign.content.facts import Fact, FactStatus
from campaign.content.library import Library
from campaign.content.post import LANGUAGES, Kind, PostFile
from campaign.content.render import TEXT_NAMES, text_finding
from campaign.core.finding import Finding, Place, did_you_mean, error, warning

REFERENCE = re.compile(r"S-[0-9]{1,9}")
"""How a storyteller is named everywhere but in their own record."""


def check_post(post: PostFile, library: Library, channels: Collection[str], today: date) -> list[Finding]:
    """Every finding about a post that does not depend on where it goes and when."""
    findings = list(_unknown_channels(post, channels))
    for of_library in (_campaign, _unknown_template, _unknown_day, _names):
        findings += of_library(post, library)
    for of_post in (_languages, _pictures, _consent):
        findings += of_post(post)
    for key in post.facts:
        findings += check_fact(key, post.place("facts"), library, today)
    return findings


def check_fact(key: str, place: Place, library: Library, day: date) -> Iterator[Finding]:
    """What is wrong with leaning on a fact on that day."""
    fact = library.facts.get(key)
    if fact is None:
        yield error("unknown-fact", f'"{key}" is not a fact of facts.toml; {did_you_mean(key, library.facts)}', place)
    elif fact.status is FactStatus.DO_NOT_USE:
        yield error("fact-do-not-use", f'The fact "{key}" must not be used: {fact.note or "see facts.toml"}', place)
    elif fact.review_by < day:
        yield error(
            "fact-overdue", f'The fact "{key}" was to be reviewed by {fact.review_by}: check {_where(fact)}.', place
        )
    elif fact.status is FactStatus.CAUTION:
        yield warning("fact-caution", f'The fact "{key}" asks for care: {fact.note or "see facts.toml"}', place)


def fact_expires(key: str, place: Place, library: Library, today: date, due: date) -> Iterator[Finding]:
    """A fact that is in date today and will not be when the post goes out."""
    fact = library.facts.get(key)
    if fact and today <= fact.review_by < due and fact.status is not FactStatus.DO_NOT_USE:
        when = f"by {fact.review_by}, before this post goes out on {due}"
        yield warning("fact-expires", f'The fact "{key}" is to be reviewed {when}: check {_where(fact)}.', place)


def _where(fact: Fact) -> str:
    return f"{fact.source} ({fact.url}) and set a new review_by"


def _unknown_channels(post: PostFile, channels: Collection[str]) -> Iterator[Finding]:
    named = [(channel, post.place("channels")) for channel in post.channels]
    named += [
        (channel, post.place("consent", "channels")) for channel in (post.consent.channels if post.consent else ())
    ]
    for channel, place in named:
        if channel not in channels:
            message = f'"{channel}" is not a channel of config.toml; {did_you_mean(channel, channels)}'
            yield error("unknown-channel", message, place)


def _campaign(post: PostFile, library: Library) -> Iterator[Finding]:
    """A campaign whose file has errors may lack its dates, its link or its hashtags."""
    campaign = library.campaign(post)
    if not campaign.usable:
        message = f"Its campaign has errors in {campaign.place.file}, so it has to wait: correct them first."
        yield error("broken-campaign", message, post.place())


def _unknown_template(post: PostFile, library: Library) -> Iterator[Finding]:
    known = library.templates
    if post.template not in known:
        message = f'"{post.template}" is not a template; {did_you_mean(post.template, known)}'
        yield error("unknown-template", message, post.place("template"))


def _unknown_day(post: PostFile, library: Library) -> Iterator[Finding]:
    if post.day and post.day not in library.days:
        message = f'"{post.day}" is not a day of calendar.toml; {did_you_mean(post.day, library.days)}'
        yield error("unknown-day", message, post.place("day"))


def _languages(post: PostFile) -> Iterator[Finding]:
    """Both languages are one unit of work, also for a post that goes to channels of one language alone."""
    for language in LANGUAGES:
        if not post.texts.get(language):
            message = f"There is no text under [{language}]: English and French go together, write it."
            yield error("missing-language", message, post.place(language))


def _names(post: PostFile, library: Library) -> Iterator[Finding]:
    for texts in post.texts.values():
        for text in texts.values():
            for problem in library.sandbox.undefined_names(text.source, TEXT_NAMES):
                yield text_finding(text, problem)


def _pictures(post: PostFile) -> Iterator[Finding]:
    for picture in post.pictures:
        for language in LANGUAGES:
            if not picture.alts.get(language, "").strip():
                message = f"The picture {picture.file.name} has no alt.{language}: say what it shows, for those who cannot see it."
                yield error("missing-alt", message, picture.place)
        yield from check_picture(picture.file, picture.place)


def _consent(post: PostFile) -> Iterator[Finding]:
    if post.kind is not Kind.STORY or post.example:
        return
    consent = post.consent
    if consent is None:
        message = "This story has no [consent]: without its storyteller's reference it cannot be approved."
        yield warning("no-consent", message, post.place("kind"))
    elif not REFERENCE.fullmatch(consent.storyteller):
        message = "A storyteller is named by their reference, such as S-0042, never by their name: correct it."
        yield warning("no-consent", message, post.place("consent", "storyteller"))
    if consent and consent.given_on and consent.until and consent.until < consent.given_on:
        message = f"The consent ends on {consent.until}, before it was given on {consent.given_on}: correct it."
        yield error("consent-dates", message, post.place("consent", "until"))
