"""Ready reasons to begin with when something is returned."""

from django.utils import translation
from django.utils.translation import gettext_noop

from campaign.authoring.contributing.contributed import Contribution
from campaign.publishers import tightest

READY = (
    (
        "shorter",
        gettext_noop("Could it be shorter?"),
        gettext_noop(
            "Thank you for this. Could you make it a little shorter, so that it fits on %(network)s? About 40 words are enough."
        ),
    ),
    (
        "detail",
        gettext_noop("A detail tells too much"),
        gettext_noop(
            "Thank you, your words touched us. One detail could tell readers who somebody is."
            " Could you leave it out, or say it more generally?"
        ),
    ),
    (
        "source",
        gettext_noop("Where does it come from?"),
        gettext_noop(
            "Thank you for this. We could not find where one statement comes from. Do you know?"
            " If not, leave it out: your words are strong without it."
        ),
    ),
    (
        "similar",
        gettext_noop("Something like it is planned"),
        gettext_noop(
            "Thank you for this. Something very close to it is planned already. Would you like to write about another moment?"
        ),
    ),
)
"""Reasons to begin with when something is returned: their key, what the button says, and the sentence."""


def ready_reasons(contribution: Contribution) -> list[tuple[str, str, str]]:
    """The ready reasons, each its key, the button in the reader's language, and the sentence in that of the contribution."""
    reasons = []
    for key, name, words in READY:
        with translation.override(contribution.language):
            sentence = translation.gettext(words) % {"network": tightest().title}
        reasons.append((key, translation.gettext(name), sentence))
    return reasons
