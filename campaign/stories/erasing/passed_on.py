"""Posts that told a person's story and tell another one's by now: what is left in them of the first goes, all else is the
other's and stays."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from campaign.content.source import fields_in
from campaign.database import events
from campaign.models import Attempt, Delivery, Draft, Event, Post, Upload, Version
from campaign.models.care import Hand
from campaign.models.stories import FinalWord, Storyteller
from campaign.states import NOT_OUT_YET
from campaign.stories.storyteller import naming, posts_of


@dataclass(frozen=True, slots=True)
class PassedOn:
    """A post that was a person's until a time; `versions` are those that tell of them, by their numbers in the table."""

    post: Post
    until: datetime
    versions: tuple[int, ...]

    def deliveries(self, who: Storyteller) -> list[int]:
        """Those that are of this person still: they gave the last word on it, or it has not followed the post since."""
        return [
            delivery.pk
            for delivery in self.post.deliveries.order_by("pk")
            if _is_of(delivery, who, self.until)
        ]

    def uploads(self) -> QuerySet[Upload]:
        """The pictures that came in for it then."""
        return self.post.uploads.filter(at__lt=self.until)

    def hands(self) -> QuerySet[Hand]:
        """The hands that were raised for it then."""
        return self.post.hands.filter(raised_at__lt=self.until)


def of_others(who: Storyteller) -> list[PassedOn]:
    """The posts that were a person's once and are another one's now."""
    asked = Delivery.objects.filter(final_words__consent__storyteller=who).values("post")
    named = Version.objects.filter(naming(who)).values("post")
    posts = Post.objects.filter(Q(pk__in=named) | Q(pk__in=asked))
    still = posts_of(who).values("pk")
    others = posts.exclude(pk__in=still).order_by("pk")
    return [_passed_on(post, who) for post in others]


def empty(each: PassedOn, who: Storyteller) -> None:
    """Empties the versions of that time, what was typed and what the log says of it; part of a transaction. The deliveries
    are emptied with all others."""
    Version.objects.filter(pk__in=each.versions).update(source="", folder="")
    typed = Q(saved_at__lt=each.until) | Q(fields__contains=f'\\"{who.reference}\\"')
    Draft.objects.filter(typed, post=each.post).delete()
    _empty_log(each)


def empty_attempts(attempts: QuerySet[Attempt]) -> None:
    """Empties what was sent and answered, of attempts that have ended; part of a transaction."""
    finished = attempts.exclude(finished_at=None)
    finished.exclude(text="", detail="").update(
        text="",
        link="",
        detail="",
    )


def _passed_on(post: Post, who: Storyteller) -> PassedOn:
    last = post.versions.filter(naming(who)).order_by("-number").first()
    if last is None:
        words = FinalWord.objects.filter(delivery__post=post, consent__storyteller=who)
        return PassedOn(post, words.latest("at").at, ())
    following = post.versions.filter(number__gt=last.number).order_by("number").first()
    before = post.versions.filter(number__lte=last.number).exclude(number=post.version)
    versions = tuple(version.pk for version in before if _may_be_of(version, who))
    until = last.at
    if following:
        until = following.at
    return PassedOn(post, until, versions)


def _may_be_of(version: Version, who: Storyteller) -> bool:
    """Whether it names them, or nobody: a story is often written before its person is named."""
    fields = fields_in(version.source)
    if fields is None or fields.consent is None:
        return True
    return fields.consent.storyteller in ("", who.reference)


def _is_of(delivery: Delivery, who: Storyteller, until: datetime) -> bool:
    # Wider than `is_theirs`: what may be of either is rather emptied than kept, and rather not shown than shown.
    word = delivery.final_words.select_related("consent").order_by("-pk").first()
    if word:
        return word.consent.storyteller_id == who.pk
    if delivery.status in NOT_OUT_YET:  # It follows its post.
        return False
    return not delivery.events.filter(at__gt=until).exists()


def _empty_log(each: PassedOn) -> None:
    # The database lets entries become empty only of a post that is marked as emptied; this one is somebody else's, so the
    # mark is taken off in the same transaction.
    Post.objects.filter(pk=each.post.pk).update(emptied_at=each.until)
    of_post = Q(post=each.post) | Q(delivery__post=each.post)
    said = Event.objects.filter(of_post, at__lt=each.until)
    events.empty_these(said.values_list("pk", flat=True))
    tried = Attempt.objects.filter(delivery__post=each.post, started_at__lt=each.until)
    empty_attempts(tried)
    Post.objects.filter(pk=each.post.pk).update(emptied_at=None)
