"""What statuses, stages, kinds, languages and channels are called."""

from collections.abc import Mapping

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from campaign.authoring.composing.cutting import Shape
from campaign.config import Config
from campaign.content.library import Library
from campaign.content.post import Purpose
from campaign.states import PARTLY, Stage, Status
from campaign.web.frame.fields import Words
from campaign.web.frame.languages import reader_language
from campaign.web.frame.networks import network

STATUSES: Mapping[str, tuple[object, str]] = {
    Status.DRAFT: (_("Waiting for approval"), "pen"),
    Status.QUEUED: (_("Queued"), "clock"),
    Status.SENDING: (_("Being sent"), "send"),
    Status.PUBLISHED: (_("Published"), "check"),
    Status.FAILED: (_("Failed"), "error"),
    Status.UNCONFIRMED: (_("To be checked"), "warning"),
    Status.MISSED: (_("Missed"), "warning"),
    Status.CANCELLED: (_("Cancelled"), "cross"),
    Status.WITHDRAWN: (_("Withdrawn"), "lock"),
    Status.REMOVED: (_("Taken down"), "trash"),
}
STAGES: Mapping[str, tuple[object, str]] = {
    Stage.WRITING: (_("Being written"), "pen"),
    Stage.SUBMITTED: (_("Submitted"), "inbox"),
    Stage.RETURNED: (_("Returned"), "undo"),
    Stage.TAKEN_BACK: (_("Taken back"), "cross"),
    Stage.PLANNED: (_("Planned"), "calendar"),
}
OF_ALL: Mapping[str, tuple[object, str]] = {PARTLY: (_("Published in part"), "send")}
"""What the status of a whole post is called that no delivery has."""
KINDS = {
    "awareness": _("Awareness message"),
    "story": _("Story"),
    "action": _("Call to action"),
}
PURPOSES: Mapping[Purpose, Words] = {
    Purpose.AWARENESS: _("So that more people know about the disease"),
    Purpose.EDUCATION: _("To teach, for example students and nurses"),
    Purpose.ADVOCACY: _("To ask for better care and better rules"),
    Purpose.FUNDRAISING: _("To ask for donations"),
}
PLACE_NAMES = {
    "tell-your-story": _("Tell your story"),
    "join-council": _("Join the advisory council"),
    "share": _("Share what we say"),
    "resources": _("Find information and help"),
    "none": _("Nowhere: the post has no link"),
}
"""Where links lead."""
SHAPES = (
    (Shape.WIDE, _("Wide, 16:9"), "16:9"),
    (Shape.LINK, _("Landscape, 1.91:1"), "191:100"),
    (Shape.SQUARE, _("Square, 1:1"), "1:1"),
    (Shape.TALL, _("Portrait, 4:5"), "4:5"),
)
"""What a picture can be cropped to, what it is called, and how wide and how high it is."""
TONGUES = {"en": _("English"), "fr": _("French")}
WITHIN = {"en": pgettext_lazy("value", "English"), "fr": pgettext_lazy("value", "French")}
"""Languages within other words, where French writes them small."""
READY_REASONS = {
    "A day of mourning": _("A day of mourning"),
    "A mistake was found": _("A mistake was found"),
    "Difficult news about us": _("Difficult news about us"),
}
"""The reasons for a pause that are offered; the log keeps them in English."""
RESTORED = {"A backup was restored": _("A backup was restored")}
"""The reason of the pause that a restored backup begins with."""
LEVELS = {"error": _("Error"), "warning": _("Warning"), "info": _("Note")}


def ready(reason: str) -> str:
    """A reason for a pause: in the reader's language when it is one of those offered or the program's
    own, else in its writer's words."""
    return str((READY_REASONS | RESTORED).get(reason, reason))


def place_name(value: str) -> str:
    """What a place that links lead to is called."""
    return str(PLACE_NAMES.get(value, value))


def status(value: str) -> str:
    """What a delivery's status is called."""
    return str(STATUSES[value][0]) if value in STATUSES else value


def stage(value: str) -> str:
    """What a post's stage is called."""
    return str(STAGES[value][0]) if value in STAGES else value


def kind(value: str) -> str:
    """What a kind of post is called."""
    return str(KINDS.get(value, value))


def language_name(value: str) -> str:
    """What a language is called in the reader's."""
    return str(TONGUES.get(value, value))


def language_within(value: str) -> str:
    """What a language is called after other words."""
    return str(WITHIN.get(value, value))


def place(network_key: str, language: str) -> str:
    """Where something goes out: a network, and the language there."""
    return gettext("%(network)s, %(language)s") % {
        "network": network(network_key),
        "language": language_within(language),
    }


def level_name(value: str) -> str:
    """What a finding's level is called."""
    return str(LEVELS.get(value, value))


def campaign_name(slug: str, library: Library) -> str:
    """What a campaign is called in the reader's language; its key when no file names it."""
    campaign = library.campaigns.get(slug)
    return (campaign.names.get(reader_language()) if campaign else "") or slug


def channel_name(name: str, config: Config) -> str:
    """A channel's network and language, with its own name where another has the same ones; its name alone when
    config.toml does not have it."""
    channel = config.channels.get(name)
    if channel is None:
        return name
    called = place(channel.network, channel.language)
    for other in config.channels.values():
        is_alike = (other.network, other.language) == (channel.network, channel.language)
        if is_alike and other is not channel:
            return f"{called} ({name})"
    return called
