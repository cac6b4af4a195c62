"""Days of remembrance, on which posts wait for a second person, and what was allowed on them."""

from django.contrib.auth.models import User
from django.db import models

from campaign.models import Delivery


class QuietDay(models.Model):
    """A day of remembrance, on which posts wait for a second person; loaded with the posts, for the gate."""

    key = models.CharField(max_length=100, unique=True)
    rule = models.CharField(max_length=100)  #: as the calendar writes it
    dates = models.TextField(blank=True)  #: those of the rule "manual", separated by blanks


class Allowance(models.Model):
    """A second person has said that this delivery may go out on this day of remembrance. Why stands in the log."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="allowances")
    day = models.DateField()  #: local
    fingerprint = models.CharField(
        max_length=64
    )  #: of the words and pictures of which it was said
    by = models.ForeignKey(User, models.PROTECT, related_name="allowances")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("delivery", "day"), name="allowed_once_a_day"),
        )
