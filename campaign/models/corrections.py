"""Corrections: a post that takes the place of another one that is out."""

from django.db import models

from campaign.models import Delivery, Post


class Correction(models.Model):
    """That a post corrects another one: each of its deliveries takes the place of the first one's on the same channel."""

    post = models.OneToOneField(Post, models.PROTECT, related_name="correction")
    first = models.ForeignKey(Post, models.PROTECT, related_name="corrections")


class Replacement(models.Model):
    """A delivery that is out and is being deleted on its network, since the corrected one is due and waits for that.
    `campaign.delivery.errands.replacing` works it off; the row goes once it is done."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="replacement")
    correction = models.ForeignKey(Delivery, models.PROTECT, related_name="replaces")
    #: when the network is asked next; None: once the corrected one is claimed again
    next_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
