"""The gate asked about what is not queued yet: a draft as if it were approved, a delivery at another time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from campaign.consent import told
from campaign.consent.questions import locked_pictures
from campaign.consent.rule import KnownConsent, unsaid, was_of_a_person
from campaign.delivery.candidates import consents_of, known_facts
from campaign.delivery.gate import (
    Candidate,
    Facts,
    Ground,
    Reason,
    reasons_against,
    reasons_ahead,
)
from campaign.models import Delivery, Post
from campaign.states import NOT_OUT_YET

OF_PERSON = frozenset({Ground.CONSENT, Ground.BEYOND, Ground.WORD, Ground.HELD})
"""What the gate may say because of the person whose story it is."""


@dataclass(frozen=True, slots=True)
class People:
    """What the people allow whose stories are among some deliveries, and which of these have a locked picture."""

    consents: Mapping[int, KnownConsent]
    locked: frozenset[int]


def people_of(deliveries: Sequence[Delivery], posts: Mapping[int, Post]) -> People:
    """What the gate has to know of people for all of these: at most two questions, none for what is no story and has no
    picture."""
    stories = [
        delivery.pk for delivery in deliveries if was_of_a_person(posts[delivery.post_id])
    ]
    with_pictures = [delivery.pk for delivery in deliveries if delivery.pictures]
    return People(consents_of(stories), frozenset(locked_pictures(with_pictures)))


def against_approving(
    delivery: Delivery,
    post: Post,
    now: datetime,
    zone: ZoneInfo,
    facts: Facts | None = None,
    people: People | None = None,
) -> list[Reason]:
    """What the gate says against a draft, taken as approved. A consent has to hold on the due day too.

    `facts` is what is known of its facts, and `people` what `people_of` said, when that has been looked up for many
    deliveries at a time.
    """
    candidate = as_approved(delivery, post, delivery.latest_at, facts, people)
    return reasons_ahead(candidate, delivery.due_at, now, zone)


def as_approved(
    delivery: Delivery,
    post: Post,
    latest: datetime,
    facts: Facts | None = None,
    people: People | None = None,
) -> Candidate:
    """The candidate for the gate when the text is taken as approved, and may go out until `latest`."""
    keys = delivery.facts.split()
    is_story = was_of_a_person(post)
    of_person = told.use_of_delivery(delivery) if is_story else told.NOTHING
    people = people or people_of([delivery], {delivery.post_id: post})
    known = known_facts(keys) if facts is None else {key: facts.get(key) for key in keys}
    return Candidate(
        channel=delivery.channel,
        is_story=is_story,
        is_example=post.example,
        consent=people.consents.get(delivery.pk),
        fingerprint=delivery.fingerprint,
        approved_fingerprint=delivery.fingerprint,
        latest_at=latest,
        facts=known,
        language=delivery.language,
        has_pictures=bool(delivery.pictures),
        purposes=of_person.purposes(post.consent_purpose),
        told=of_person.details,
        locked_picture=delivery.pk in people.locked,
    )


def waits_for_word(post: Post) -> bool:
    """Whether a text of it is still to go out to which its storyteller has not said yes; never of what is no story."""
    if not was_of_a_person(post):
        return False
    still_in = Delivery.objects.filter(post=post, status__in=NOT_OUT_YET)
    waiting = list(still_in.values_list("pk", flat=True))
    known = consents_of(waiting)
    return any(unsaid(known.get(number)) for number in waiting)


def against_person(delivery: Delivery, due: datetime, now: datetime) -> list[str]:
    """Why the person whose story it is does not allow it, now or when it is due. Nothing for other posts."""
    if not was_of_a_person(delivery.post):
        return []
    zone = ZoneInfo(settings.TIME_ZONE)
    # Of the person alone: without facts, and with an end that is not past, the gate has less else to say.
    latest = max(due, now) + timedelta(days=1)
    candidate = as_approved(delivery, delivery.post, latest, facts={})
    reasons = [*reasons_against(candidate, now, zone), *reasons_against(candidate, due, zone)]
    sentences = (reason.sentence for reason in reasons if reason.ground in OF_PERSON)
    return list(dict.fromkeys(sentences))
