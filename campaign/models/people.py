"""What the database keeps of those who sign in, and of what is counted about them."""

from django.contrib.auth.models import User
from django.db import models


class Profile(models.Model):
    """What a person has chosen, and the key to their calendar feed (its SHA-256; the key itself is shown once)."""

    user = models.OneToOneField(User, models.CASCADE, related_name="profile")
    language = models.CharField(max_length=10, blank=True)  #: "" follows the browser
    feed_digest = models.CharField(max_length=64, blank=True, db_index=True)
    #: grows whenever everything that opens the account has to end: links for a password hold it
    generation = models.PositiveIntegerField(default=0, db_default=0)


class Tally(models.Model):
    """How often something was tried until a limit's time is over (`campaign.people.limits`); of whom, only a keyed digest
    is kept."""

    key = models.CharField(max_length=64, unique=True)
    number = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)


class Invitation(models.Model):
    """An admin's invitation; whoever has its key (kept as SHA-256) may make an account with this role, once."""

    email = models.EmailField()
    role = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.OneToOneField(
        User, models.PROTECT, null=True, related_name="invitation"
    )
    revoked_at = models.DateTimeField(null=True)
