"""Evergreen posts: sets of posts that go out again and again, in turn, in free slots."""

from django.contrib.auth.models import User
from django.db import models

from campaign.models import Post
from campaign.models.fields import SentenceField


class Evergreen(models.Model):
    """A set of posts that go out in turn. Days are local days of the site."""

    name = models.CharField(max_length=100)
    every = models.PositiveIntegerField()  #: so many days between two of the set on one channel
    rest = (
        models.PositiveIntegerField()
    )  #: so many days until the same words go out again there
    until = models.DateField(null=True)  #: the last day; None: until somebody stops it
    is_on = models.BooleanField(default=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="evergreens")
    made_at = models.DateTimeField()
    #: which opened form it was made with: a form that is sent twice makes one set
    form = models.CharField(max_length=100, unique=True, null=True)

    def __str__(self) -> str:
        return self.name


class Variant(models.Model):
    """A post of a set. It goes out again only while `allowed_by` has said yes to the very words that are frozen here."""

    evergreen = models.ForeignKey(Evergreen, models.PROTECT, related_name="variants")
    post = models.OneToOneField(Post, models.PROTECT, related_name="variant")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="variants")
    added_at = models.DateTimeField()
    allowed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="allowed_variants"
    )
    allowed_at = models.DateTimeField(null=True)
    #: the fingerprints of its deliveries when it was allowed, separated by blanks
    frozen = models.TextField(blank=True)
    problem = SentenceField(blank=True)  #: why it goes out no more, in a sentence
    left_at = models.DateTimeField(null=True)  #: when it was taken out of the set


class Repetition(models.Model):
    """One more going out of a variant on one channel: a delivery of its own, with the very words of the first. The post that
    it belongs to is one for all channels that have the same variant in the same slot."""

    variant = models.ForeignKey(Variant, models.PROTECT, related_name="repetitions")
    evergreen = models.ForeignKey(Evergreen, models.PROTECT, related_name="repetitions")
    channel = models.CharField(max_length=100)
    slot = models.DateTimeField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="repetitions")

    class Meta:
        constraints = (
            # Two programs that lay out the same slot at once make one delivery.
            models.UniqueConstraint(
                fields=("evergreen", "channel", "slot"), name="one_repetition_a_slot"
            ),
        )
