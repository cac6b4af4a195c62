"""What the database keeps of the checks: which of their findings people have called wrong."""

from django.contrib.auth.models import User
from django.db import models

from campaign.models.fields import SentenceField


class CalledWrong(models.Model):
    """A finding of which somebody said that it was wrong, so that the lists of words get better."""

    post = models.ForeignKey("campaign.Post", models.PROTECT, related_name="called_wrong")
    code = models.CharField(max_length=50)
    digest = models.CharField(max_length=64)  #: SHA-256 of what the finding said
    #: what it said, with the words that it named; "" for a person's story
    sentence = SentenceField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="called_wrong")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("post", "code", "digest"), name="called_wrong_once"
            ),
        )
        indexes = (models.Index(fields=("at",), name="called_wrong_at"),)
