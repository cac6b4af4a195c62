"""What the pages of the sign-in say when something is not right."""

from django.utils.translation import gettext_lazy as _

WRONG = _("The name and the password do not match. Check both, and try again.")
TOO_OFTEN = _("There were too many wrong tries. Wait five minutes, then try again.")
WRONG_CODE = _(
    "This code is not right, or it was used before. Wait for the next one, and type that."
)
