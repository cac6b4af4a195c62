"""What is wrong with a post, before a word of it is rendered."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from campaign.checks.pictures import check_picture
from campaign.content.facts import Fact, FactStatus
from campaign.content.library import Library
from campaign.content.post import LANGUAGES, Kind, PostFile
from campaign.content.render import TEXT_NAMES, text_finding
from campaign.core.finding import Finding, Place, did_you_mean, error, warning
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen

REFERENCE = re.compile(r"S-[0-9]{1,9}")
"""How a storyteller is named everywhere but in their own record."""


def check_post(
    post: PostFile,
    library: Library,
    channels: Collection[str],
    today: date,
    languages: Sequence[str] = LANGUAGES,
) -> list[Finding]:
    """Every finding about a post that does not depend on where it goes and when; it has to be written in all of the
    languages."""
    findings = list(_unknown_channels(post, channels))
    for of_library in (_campaign, _unknown_template, _unknown_day, _names):
        findings += of_library(post, library)
    findings += _languages(post, languages)
    findings += _pictures(post, languages)
    findings += _consent(post)
    for key in post.facts:
        findings += check_fact(key, post.place("facts"), library, today)
    return findings


def check_fact(key: str, place: Place, library: Library, day: date) -> Iterator[Finding]:
    """What is wrong with leaning on a fact on that day."""
    fact = library.facts.get(key)
    if fact is None:
        nearest = did_you_mean(key, library.facts)
        message = Sentence('"{0}" is not a fact of facts.toml; {1}', key, nearest)
        yield error("unknown-fact", message, place)
        return
    note = fact.note or "see facts.toml"
    if fact.status is FactStatus.DO_NOT_USE:
        message = Sentence('The fact "{0}" must not be used: {1}', key, note)
        yield error("fact-do-not-use", message, place)
    elif fact.review_by < day:
        yield error("fact-overdue", _overdue(fact), place)
    elif fact.status is FactStatus.CAUTION:
        message = Sentence('The fact "{0}" asks for care: {1}', key, note)
        yield warning("fact-caution", message, place)


def fact_expires(
    key: str, place: Place, library: Library, today: date, due: date
) -> Iterator[Finding]:
    """A fact that is in date today and will not be when the post goes out."""
    fact = library.facts.get(key)
    if fact and today <= fact.review_by < due and fact.status is not FactStatus.DO_NOT_USE:
        yield warning("fact-expires", _overdue_before(fact, due), place)


def _overdue(fact: Fact) -> Sentence:
    if fact.own:
        return Sentence(
            'The fact "{0}" was to be reviewed by {1}: ask {2}, who vouches for it, and set a new review_by.',
            fact.id,
            fact.review_by,
            fact.own.vouched_by,
        )
    return Sentence(
        'The fact "{0}" was to be reviewed by {1}: check {2} ({3}) and set a new review_by.',
        fact.id,
        fact.review_by,
        fact.source,
        fact.url,
    )


def _overdue_before(fact: Fact, due: date) -> Sentence:
    """Of a fact that will be overdue when a post goes out."""
    if fact.own:
        return Sentence(
            'The fact "{0}" is to be reviewed by {1}, before this post goes out on {2}: ask {3}, who vouches for it, and '
            "set a new review_by.",
            fact.id,
            fact.review_by,
            due,
            fact.own.vouched_by,
        )
    return Sentence(
        'The fact "{0}" is to be reviewed by {1}, before this post goes out on {2}: check {3} ({4}) and set a new review_by.',
        fact.id,
        fact.review_by,
        due,
        fact.source,
        fact.url,
    )


def _unknown_channels(post: PostFile, channels: Collection[str]) -> Iterator[Finding]:
    named = [(channel, post.place("channels")) for channel in post.channels]
    if post.consent:
        of_consent = post.place("consent", "channels")
        named += [(channel, of_consent) for channel in post.consent.channels]
    for channel, place in named:
        if channel not in channels:
            nearest = did_you_mean(channel, channels)
            message = Sentence('"{0}" is not a channel of config.toml; {1}', channel, nearest)
            yield error("unknown-channel", message, place)


def _campaign(post: PostFile, library: Library) -> Iterator[Finding]:
    """A post whose campaign has errors: such a campaign may lack its dates, its link or its hashtags."""
    campaign = library.campaign(post)
    if not campaign.usable:
        message = Sentence(
            "Its campaign has errors in {0}, so it has to wait: correct them first.",
            campaign.place.file,
        )
        yield error("broken-campaign", message, post.place())


def _unknown_template(post: PostFile, library: Library) -> Iterator[Finding]:
    known = library.templates
    if post.template not in known:
        message = Sentence(
            '"{0}" is not a template; {1}', post.template, did_you_mean(post.template, known)
        )
        yield error("unknown-template", message, post.place("template"))


def _unknown_day(post: PostFile, library: Library) -> Iterator[Finding]:
    if post.day and post.day not in library.days:
        message = Sentence(
            '"{0}" is not a day of calendar.toml; {1}',
            post.day,
            did_you_mean(post.day, library.days),
        )
        yield error("unknown-day", message, post.place("day"))


def _languages(post: PostFile, languages: Sequence[str]) -> Iterator[Finding]:
    """The languages are one unit of work, also for a post that goes to channels of one of them alone."""
    for language in languages:
        if not post.texts.get(language):
            message = Sentence(
                "There is no text under [{0}]: English and French go together, write it.",
                language,
            )
            if len(languages) == 1:
                message = Sentence("There is no text under [{0}]: write it.", language)
            yield error("missing-language", message, post.place(language))


def _names(post: PostFile, library: Library) -> Iterator[Finding]:
    for texts in post.texts.values():
        for text in texts.values():
            for problem in library.sandbox.undefined_names(text.source, TEXT_NAMES):
                yield text_finding(text, problem)


def _pictures(post: PostFile, languages: Sequence[str]) -> Iterator[Finding]:
    for picture in post.pictures:
        for language in languages:
            if not is_seen(picture.alts.get(language, "")):
                message = Sentence(
                    "The picture {0} has no description (alt.{1}): say what it shows, for those who cannot see it.",
                    picture.file.name,
                    language,
                )
                yield error("missing-alt", message, picture.alt_place(language))
        yield from check_picture(picture.file, picture.place)


def _consent(post: PostFile) -> Iterator[Finding]:
    if post.kind is not Kind.STORY or post.example:
        return
    consent = post.consent
    if consent is None:
        message = Sentence(
            "This story has no [consent]: without its storyteller's reference it cannot be approved."
        )
        yield warning("no-consent", message, post.place("kind").about("consent"))
    elif not REFERENCE.fullmatch(consent.storyteller):
        message = Sentence(
            "A storyteller is named by their reference, such as S-0042, never by their name: correct it."
        )
        yield warning("no-consent", message, post.place("consent", "storyteller"))
    if consent and consent.given_on and consent.until and consent.until < consent.given_on:
        message = Sentence(
            "The consent ends on {0}, before it was given on {1}: correct it.",
            consent.until,
            consent.given_on,
        )
        yield error("consent-dates", message, post.place("consent", "until"))
