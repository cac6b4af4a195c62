"""Campaigns that are closed: nothing new is written or approved for them until somebody opens them again."""

from django.contrib.auth.models import User
from django.db import models


class Closing(models.Model):
    """One time that a campaign was closed; it is closed as long as nobody has opened it again."""

    campaign = models.CharField(max_length=100)  #: its folder's name
    by = models.ForeignKey(User, models.PROTECT, related_name="closings")
    at = models.DateTimeField()
    opened_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="closings_ended"
    )
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("campaign",),
                condition=models.Q(opened_at=None),
                name="closed_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.campaign}, closed at {self.at:%Y-%m-%d %H:%M}"
