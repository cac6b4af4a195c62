"""Storytellers: making a record, finding it, what is theirs, and their private link.

Everywhere else a person is their reference, such as S-0042. The log says what was done, never why."""

import re
from collections.abc import Collection
from datetime import datetime
from enum import StrEnum
from operator import attrgetter

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import F, Q, QuerySet

from campaign.content.fields import Fields
from campaign.content.post import LANGUAGES
from campaign.content.source import fields_in
from campaign.core.address_key import digest_of, draw_key
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.core.typed import visible
from campaign.database import events
from campaign.database.sql import portions, writing
from campaign.models import Delivery, Draft, Post, Upload, Version
from campaign.models.stories import FinalWord, Storyteller
from campaign.states import MAY_BE_OUT, NOT_OUT_YET, Status
from campaign.stories.vault import seal, unseal

LONGEST = 300
"""Characters of a name or a contact."""
_REFERENCE = re.compile(r"[Ss]-?0*([0-9]{1,9})")
_TELEPHONE = re.compile(r"\d(?:[\s()./+\u2010-\u2015-]*\d){6,}")
"""Seven digits are the shortest number that is called from elsewhere; signs between them are as people write them."""
_AROUND_ADDRESS = re.compile(r"[\s<>(),;]+")
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")


class HoldReason(StrEnum):
    """Why everything about a person waits. Kept with the record, never in the log."""

    ILL = "ill"
    DIED = "died"
    TIME = "time"  #: they asked for time
    LOOK = "look"  #: somebody noted that they take it back, and a second person has to look


def make(name: str, contact: str, language: str, by: str, now: datetime) -> Storyteller:
    """A record for a person, without a consent yet; name and contact are sealed. Raises Problem."""
    name, contact = _checked(name, contact, language)
    with writing():
        last = Storyteller.objects.order_by("-pk").first()
        number = int(last.reference.removeprefix("S-")) + 1 if last else 1
        made = Storyteller.objects.create(
            reference=f"S-{number:04d}",
            name_sealed=seal(name),
            contact_sealed=seal(contact),
            language=language,
            made_at=now,
            made_by=by,
        )
        note(made, "storyteller recorded", by, now)
    return made


def came_in(storyteller: Storyteller, form: str, *, is_aside: bool) -> None:
    """Keeps with which form a record was made ("" for none), and whether it waits apart."""
    storyteller.form, storyteller.is_aside = form or None, is_aside
    storyteller.save(update_fields=["form", "is_aside"])


def change(
    storyteller: Storyteller, name: str, contact: str, language: str, by: str, now: datetime
) -> None:
    """Corrects name, contact and language. Raises Problem."""
    name, contact = _checked(name, contact, language)
    values = {"name_sealed": seal(name), "contact_sealed": seal(contact), "language": language}
    with writing():
        # What is erased stays erased: a form that was open meanwhile brings no name back.
        if not Storyteller.objects.filter(pk=storyteller.pk, erased_at=None).update(**values):
            raise Problem(
                Sentence(
                    "What was known of storyteller {0} is erased: make a new record.",
                    storyteller.reference,
                )
            )
        note(storyteller, "storyteller changed", by, now)
    storyteller.refresh_from_db()


def find(reference: str) -> Storyteller:
    """The storyteller with this reference, also when it is written s-42. Raises Problem."""
    match = _REFERENCE.fullmatch(reference.strip())
    storyteller = None
    if match:
        storyteller = Storyteller.objects.filter(reference=f"S-{int(match[1]):04d}").first()
    if storyteller is None:
        raise Problem(
            Sentence(
                "There is no such storyteller: write the reference of the record, such as S-0042."
            )
        )
    return storyteller


def name_of(storyteller: Storyteller) -> str:
    """Their name, for those who have to reach them; "" once it is erased. Raises Locked when it cannot be read."""
    return unseal(storyteller.name_sealed)


def contact_of(storyteller: Storyteller) -> str:
    """How they are reached; as `name_of`."""
    return unseal(storyteller.contact_sealed)


def mailable(contact: str) -> bool:
    """Whether a contact is an e-mail address, and nothing beside it: only then a letter goes to it, and then alone no page
    shows the private link."""
    try:
        validate_email(contact)
    except ValidationError:
        return False
    return True


def reaches(contact: str) -> bool:
    """Whether there is a telephone number or an e-mail address in it, by which somebody can be reached."""
    seen = visible(contact)
    words = _AROUND_ADDRESS.split(seen)
    return bool(_TELEPHONE.search(seen)) or any(mailable(word.strip(".")) for word in words)


def deliveries_of(storyteller: Storyteller) -> QuerySet[Delivery]:
    """Every delivery of their story in due order: of posts that name them, all on which they ever gave a final word, and
    those of posts that did name them and name nobody now; of the last two, none on whose very text somebody else gave a word
    and they gave none."""
    asked = Delivery.objects.filter(final_words__consent__storyteller=storyteller).values("pk")
    on_text = FinalWord.objects.filter(fingerprint=F("delivery__fingerprint"))
    by_them = on_text.filter(consent__storyteller=storyteller).values("delivery")
    by_others = on_text.exclude(consent__storyteller=storyteller).values("delivery")
    of_another = Q(pk__in=by_others) & ~Q(pk__in=by_them)
    once = Q(pk__in=asked) | Q(post__in=_left_without_name(storyteller))
    theirs = Q(post__storyteller=storyteller.reference) | (once & ~of_another)
    return Delivery.objects.filter(theirs).select_related("post").order_by("due_at", "id")


def may_stand(delivery: Delivery) -> bool:
    """Whether it, or a part of its thread, may stand on its network."""
    if delivery.status in MAY_BE_OUT:
        return True
    return bool(delivery.part_ids) and delivery.status != Status.REMOVED


def standing_of(storyteller: Storyteller) -> list[Delivery]:
    """What of their story is out, or may be, in due order."""
    return [delivery for delivery in deliveries_of(storyteller) if may_stand(delivery)]


def shown_to(
    storyteller: Storyteller, among: Collection[Status] = tuple(Status)
) -> list[Delivery]:
    """Those among `deliveries_of`, in one of these statuses, whose words are theirs to be shown."""
    known = deliveries_of(storyteller).filter(status__in=among)
    known = known.prefetch_related("final_words__consent", "post__versions")
    return [delivery for delivery in known if is_theirs(delivery, storyteller)]


def is_theirs(delivery: Delivery, storyteller: Storyteller) -> bool:
    """Whether its words are this person's to be shown: they are of who gave the last word on its very text. Where nobody did,
    what is not out yet follows its post, and all else is of the person of a post that never told of anybody else."""
    words = list(delivery.final_words.all())
    word = max(words, key=attrgetter("pk"), default=None)
    if word and word.fingerprint == delivery.fingerprint:
        return word.consent.storyteller_id == storyteller.pk
    post = delivery.post
    if delivery.status in NOT_OUT_YET and post.storyteller:
        return post.storyteller == storyteller.reference
    return tells_only_of(storyteller, post)


def tells_only_of(storyteller: Storyteller, post: Post) -> bool:
    """Whether a post names them or nobody, and never named anybody else."""
    named = {named_by(fields_in(version.source)) for version in post.versions.all()}
    return {post.storyteller, *named} <= {"", storyteller.reference}


def named_by(fields: Fields | None) -> str:
    """Whom a text names; "" for nobody, and where it cannot be read."""
    return fields.consent.storyteller if fields and fields.consent else ""


def posts_of(storyteller: Storyteller) -> QuerySet[Post]:
    """Every post of their story: those that name them, and those that did, or on which they gave a final word, and that
    name nobody else now."""
    left = Q(pk__in=_left_without_name(storyteller))
    return Post.objects.filter(Q(storyteller=storyteller.reference) | left)


def _left_without_name(storyteller: Storyteller) -> QuerySet[Post, int]:
    """The numbers of the posts that were theirs and name nobody now."""
    once = Version.objects.filter(naming(storyteller)).values("post")
    asked = Delivery.objects.filter(final_words__consent__storyteller=storyteller)
    was_theirs = Q(pk__in=once) | Q(pk__in=asked.values("post"))
    return Post.objects.filter(was_theirs, storyteller="").values_list("pk", flat=True)


def naming(storyteller: Storyteller) -> Q:
    """The versions that name them, in whichever quotation marks of TOML."""
    reference = storyteller.reference
    return Q(source__contains=f'"{reference}"') | Q(source__contains=f"'{reference}'")


def pictures_of(storyteller: Storyteller) -> set[str]:
    """The SHA-256 of every picture of their story: on its deliveries, in all its versions, also those in a post that is
    another person's by now, in what somebody is typing, and what came in for it and was taken out again."""
    posts = posts_of(storyteller)
    texts = [
        *deliveries_of(storyteller).values_list("pictures", flat=True),
        *Version.objects.filter(Q(post__in=posts) | naming(storyteller)).values_list(
            "source", flat=True
        ),
        *Draft.objects.filter(post__in=posts).values_list("fields", flat=True),
        *Upload.objects.filter(post__in=posts).values_list("digest", flat=True),
    ]
    digests = {digest for text in texts for digest in _DIGEST.findall(text)}
    return digests | _cut_from(digests)


def _cut_from(digests: Collection[str]) -> set[str]:
    """What was cut out of these pictures: it may have come in for another post."""
    cut: set[str] = set()
    for some in portions(sorted(digests)):
        rows = Upload.objects.filter(cut_from__in=some)
        cut.update(rows.values_list("digest", flat=True))
    return cut


def new_link(storyteller: Storyteller, by: str, now: datetime) -> str:
    """The key of a new private link, shown once; the link before it no longer opens. Raises Problem when erased."""
    key = draw_key()
    with writing():
        record = Storyteller.objects.filter(pk=storyteller.pk, erased_at=None)
        if not record.update(link_digest=digest_of(key), link_at=now):
            raise Problem(
                Sentence(
                    "What was known of storyteller {0} is erased: they have no link.",
                    storyteller.reference,
                )
            )
        note(storyteller, "private link made", by, now)
    storyteller.refresh_from_db()
    return key


def first_link(storyteller: Storyteller, by: str, now: datetime) -> str:
    """As `new_link`; "" when one was made before, so that a form that is sent twice ends no link."""
    with writing():
        if Storyteller.objects.filter(pk=storyteller.pk, link_at=None).exists():
            return new_link(storyteller, by, now)
    return ""


def by_key(key: str) -> Storyteller | None:
    """Whose private link has this key; None for a key that opens nothing (any more)."""
    if not 40 <= len(key) <= 60:
        return None
    return Storyteller.objects.filter(link_digest=digest_of(key), erased_at=None).first()


def note(storyteller: Storyteller, action: str, by: str, now: datetime, more: str = "") -> None:
    """Writes into the log what was done about a storyteller: the reference, and nothing that they said."""
    reason = f"{storyteller.reference} {more}".strip()
    events.note(None, "", "", now, actor=by, action=action, reason=reason)


def _checked(name: str, contact: str, language: str) -> tuple[str, str]:
    name, contact = " ".join(name.split()), contact.strip()
    if not name:
        raise Problem(
            Sentence("Write the name of the person; it is kept sealed, apart from their story.")
        )
    if len(name) > LONGEST or len(contact) > LONGEST:
        raise Problem(
            Sentence("A name or a contact has up to {0} characters: shorten it.", LONGEST)
        )
    # Whoever cannot be reached never hears of their texts, nor that somebody worries about them.
    if not reaches(contact):
        raise Problem(Sentence("Write an e-mail address or a phone number."))
    if language not in LANGUAGES:
        raise Problem(Sentence("Choose the language in which we write to the person."))
    return name, contact
