"""What posts share, as people wrote it in the pages: campaigns, facts, awareness days, the times of an account."""

from enum import StrEnum

from django.contrib.auth.models import User
from django.db import models


class SharedKind(StrEnum):
    """What is shared."""

    CAMPAIGN = "campaign"  #: its source is a campaign.toml
    FACT = "fact"  #: its source is one [[fact]] of a facts.toml
    DAY = "day"  #: its source is one [[day]] of a calendar.toml
    ACCOUNT = "account"  #: its source is the part of a channel in config.toml that may be set in the pages


class Shared(models.Model):
    """One version of something that posts share. The latest counts; none is ever changed, but for the second pair of eyes."""

    kind = models.CharField(
        max_length=20, choices=[(kind.value, kind.value) for kind in SharedKind]
    )
    key = models.CharField(
        max_length=100
    )  #: unique among its kind: the campaign's folder, the id
    number = models.PositiveIntegerField()
    source = models.TextField()  #: TOML, as in its file
    by = models.ForeignKey(User, models.PROTECT, related_name="shared")
    at = models.DateTimeField()
    #: who else has looked at it, and when; of facts alone
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="confirmed_shared"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "key", "number"), name="shared_versions_are_numbered"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}, version {self.number}"
