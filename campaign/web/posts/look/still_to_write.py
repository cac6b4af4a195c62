"""What is not written yet in a post: no error, until somebody wants to submit it; and in words of the page, not of a file."""

from campaign.content.fields import Fields
from campaign.content.post import FORMS
from campaign.core.finding import Finding
from campaign.core.sentence import Sentence

STILL_TO_WRITE = "todo"
"""The level of a note, beside those of findings."""
_MISSING = {
    "en": Sentence("The English text is still to write."),
    "fr": Sentence("The French text is still to write."),
}
_SHORT = {
    "en": Sentence(
        "A short English text is still to write: one of the channels has no room for the long one."
    ),
    "fr": Sentence(
        "A short French text is still to write: one of the channels has no room for the long one."
    ),
}
_NO_CONSENT = Sentence(
    "Whose story it is, and what they agreed to, is still to be filled in under “Consent”."
)


def is_still_to_write(finding: Finding) -> bool:
    """Whether it is about something that is just not there yet."""
    return finding.code == "missing-language" or _lacks_consent(finding)


def _lacks_consent(finding: Finding) -> bool:
    # Where a consent is named, and wrongly, the place is within it.
    return finding.code == "no-consent" and finding.place.path == ("consent",)


def in_words(finding: Finding, fields: Fields) -> str:
    """What a finding says, for somebody who has the form before them."""
    if _lacks_consent(finding):
        return _NO_CONSENT
    language = str(finding.place.path[0]) if finding.place.path else ""
    if finding.code != "missing-language" or language not in _MISSING:
        return finding.message
    is_empty = not any(fields.text(language, form).strip() for form in FORMS)
    return (_MISSING if is_empty else _SHORT)[language]
