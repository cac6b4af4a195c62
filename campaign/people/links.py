"""Links at which a person chooses a new password: each opens once, for a day, and ends with everything else that opens
their account."""

from django.contrib.auth.models import User
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from campaign.models.people import Profile


class PasswordLinks(PasswordResetTokenGenerator):
    """Django's, which end with a new password; and with being deactivated, or signed out everywhere."""

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        generation = Profile.objects.filter(user_id=user.pk).values_list(
            "generation", flat=True
        )
        return f"{super()._make_hash_value(user, timestamp)}{generation.first() or 0}"
