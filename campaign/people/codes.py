"""Codes of a second factor: each counts once, in every process and in every spelling (RFC 6238, section 5.2)."""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt

from campaign.database.sql import writing

LAST = "last_step"
"""Under which an authenticator keeps the time step of the last code that was taken."""


def step_of(secret: str, code: str) -> int | None:
    """The time step, of those near now, whose code this is, however it is spelt; None when it is right for none."""
    right = (
        step
        for step in yield_hotp_counters_from_time()
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))
    )
    return max(right, default=None)


def take(person: int, code: str) -> bool:
    """Takes a code of the person with this number; False when it is not right, or it or a later one was taken before."""
    with writing():
        # Of two that come at the same moment the second waits here, and then finds the first one's step.
        kept = Authenticator.objects.select_for_update().filter(
            user=person, type=Authenticator.Type.TOTP
        )
        authenticator = kept.first()
        if authenticator is None:
            return False
        step = step_of(decrypt(authenticator.data["secret"]), code)
        if step is None or step <= int(authenticator.data.get(LAST, 0)):
            return False
        authenticator.data[LAST] = step
        authenticator.save(update_fields=["data"])
    return True
