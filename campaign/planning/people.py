"""What the plan has to say of people: a consent that ends before its story goes out, a detail that was not agreed to."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from campaign.checks.acceptance import with_accepted
from campaign.checks.details import DetailTold, details_told
from campaign.consent.questions import details_allowed, last_days
from campaign.consent.rule import DETAILS, Detail, warns
from campaign.content.post import PostFile
from campaign.core.clock import local_day
from campaign.core.finding import Finding, error, warning
from campaign.core.sentence import Sentence
from campaign.models import Upload
from campaign.planning.plan import Planned


def consent_ends(
    planned: Iterable[Planned], now: datetime, zone: ZoneInfo
) -> Iterator[Finding]:
    """A finding for a story whose consent ends before it goes out, or soon."""
    today = local_day(now, zone)
    stories = _of_people(planned)
    until = last_days({reference for reference, _ in stories})
    for reference, story in stories:
        if reference not in until:
            continue
        sentence = _ends(story, reference, until[reference], today, zone)
        if sentence:
            yield warning("consent-ends", sentence, story.post.place("consent"))


def told_beyond(planned: Iterable[Planned]) -> Iterator[Finding]:
    """A finding for each kind of private detail that a text tells and the consent of its person does not name."""
    stories = _of_people(planned)
    allowed = details_allowed(sorted({reference for reference, _ in stories}))
    for reference, story in stories:
        if reference not in allowed:
            continue
        for told in details_told(story.text, story.channel.language):
            if told.detail not in allowed[reference]:
                yield _beyond(story, reference, told)


def recognised(post: PostFile) -> list[Finding]:
    """A finding for each picture in which somebody can be recognised, as who sent it says; one whom a person has asked passes,
    with their reason. Asks the database once, and only for a post that has pictures."""
    digests = [picture.file.stem for picture in post.pictures]
    if not digests:
        return []
    shown = Upload.objects.filter(digest__in=digests).exclude(people="")
    shows_people = set(shown.values_list("digest", flat=True))
    findings = []
    for picture in post.pictures:
        if picture.file.stem in shows_people:
            message = Sentence(
                "Somebody can be recognised in the picture {0}. They are said to agree: ask, then accept it with how you know.",
                picture.file.name,
            )
            findings.append(error("people-in-picture", message, picture.place))
    return with_accepted(findings, post.accepted)


def _of_people(planned: Iterable[Planned]) -> list[tuple[str, Planned]]:
    """The deliveries whose post names a storyteller, each with the reference of that person."""
    stories = []
    for story in planned:
        if story.post.consent:
            stories.append((story.post.consent.storyteller, story))
    return stories


def _beyond(story: Planned, reference: str, told: DetailTold) -> Finding:
    message = Sentence(
        "“{0}” tells {1}, and storyteller {2} has not agreed to that: take it out, or ask them.",
        told.words,
        DETAILS[Detail(told.detail)],
        reference,
    )
    text = story.post.text(story.channel.language, story.form)
    return warning(
        "private-detail", message, text.place if text else story.post.place("consent")
    )


def _ends(story: Planned, reference: str, until: date, today: date, zone: ZoneInfo) -> str:
    due = local_day(story.due.at, zone) if story.due else today
    if until < due:
        return Sentence(
            "The consent of storyteller {0} ends on {1}, before this post goes out on {2}: ask for a new one.",
            reference,
            until,
            due,
        )
    within = warns(until, today)
    if within is None:
        return ""
    return Sentence(
        "The consent of storyteller {0} ends on {1}, within {2} days: ask whether they give a new one.",
        reference,
        until,
        within,
    )
