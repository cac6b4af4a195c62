"""The questions about a story, and their answers, in words; the same words are shown to the person and to the team."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from campaign.config import Channel
from campaign.stories.agreeing.parties import Authority, Party
from campaign.stories.consent import After, Detail, Edits, Explained, Identity, Method
from campaign.stories.storyteller import HoldReason
from campaign.web.frame.fields import Words
from campaign.web.frame.networks import networks_of

FORM_VERSION = "2027-01"
"""Changes whenever a word of the explanation or of a question changes in its meaning."""

EXPLAINED: Mapping[Explained, Words] = {
    Explained.COPIES: _(
        "Everybody can see what is posted on %(networks)s, and pass it on. When you take your story back, we delete our"
        " posts. Copies that others have made may remain."
    ),
    Explained.TERMS: _(
        "What is posted on %(networks)s also falls under the terms of each network. We cannot change those."
    ),
    Explained.RISKS: _(
        "People you know may see it: family, people at work, an insurer. Share only what you are comfortable seeing in public."
    ),
    Explained.WITHDRAW: _(
        "You can take it back at any time, all of it or a part of it. Nobody asks you why."
    ),
    Explained.FREE: _(
        "Your care, and any help that you get, does not depend on whether you say yes or no."
    ),
}
IDENTITIES: Mapping[Identity, tuple[Words, Words]] = {
    Identity.NONE: (_("Not at all"), _("The story appears without a name.")),
    Identity.INITIALS: (_("By initials"), _("Such as M. T.")),
    Identity.CHOSEN_NAME: (_("By another name"), _("A name of your choice; write it below.")),
    Identity.FIRST_NAME: (_("By first name"), _("Such as Marie.")),
    Identity.FULL_NAME: (_("By full name"), _("Such as Marie Tremblay.")),
}
DETAILS: Mapping[Detail, Words] = {
    Detail.DIAGNOSIS: _("Diagnosis"),
    Detail.STAGE: _("Stage of the illness"),
    Detail.TREATMENT: _("Treatment"),
    Detail.DRUGS: _("Names of medicines"),
    Detail.HOSPITAL: _("Hospital or clinic"),
    Detail.CITY: _("Town or city"),
    Detail.AGE: _("Age"),
    Detail.FAMILY: _("Family"),
    Detail.WORK: _("Work"),
}
EDITS: Mapping[Edits, tuple[Words, Words]] = {
    Edits.NONE: (_("Nothing"), _("The words stay as they are.")),
    Edits.LIGHT: (_("A little"), _("Spelling, and making it shorter.")),
    Edits.FREE_WITH_APPROVAL: (
        _("What is needed"),
        _("The team may write it anew from these words."),
    ),
}
AFTER: Mapping[After, Words] = {
    After.REMOVE: _("Take it down"),
    After.ASK: _("Put everything on hold, and ask the person of trust"),
    After.KEEP: _("Leave it as it is, and go on"),
    After.TALK: _("I would rather talk about this"),
}
ENDED: Mapping[After, Words] = {
    After.REMOVE: _("Take it down"),
    After.KEEP: _("Leave what is out where it is"),
}
"""What may be done with what is out when a consent ends: nothing more goes out in any case."""
METHODS: Mapping[Method, Words] = {
    Method.WEB: _("On this website"),
    Method.PAPER: _("On paper, signed"),
    Method.EMAIL: _("By e-mail"),
    Method.SPOKEN: _("Spoken, for example by phone"),
}
PARTIES: Mapping[Party, tuple[Words, Words]] = {
    Party.SELF: (_("Mine: it is my own story"), _("Of the person who tells it")),
    Party.GUARDIAN: (
        _("My child’s, or that of a young person whose guardian I am"),
        _("Of a young person: their guardian tells it"),
    ),
    Party.FAMILY: (
        _("Of a member of my family who has died"),
        _("Of somebody who has died: the family tells it"),
    ),
    Party.DECIDER: (
        _("Of somebody for whom I decide, since they cannot"),
        _("Of somebody who cannot decide: the person who decides for them tells it"),
    ),
}
"""Whose story it is, as who tells it says it, and as the team does."""
AUTHORITIES: Mapping[Authority, Words] = {
    Authority.PARENT: _("As a parent"),
    Authority.TUTOR: _("As a tutor or guardian, named by a court or in a will"),
    Authority.EXECUTOR: _("As the liquidator or executor of the estate"),
    Authority.CLOSEST: _("As the closest relative, with the family’s agreement"),
    Authority.MANDATE: _("By a mandate or power of attorney that the person gave"),
    Authority.LAW: _("As the closest person, whom the law lets decide"),
}
NOT_YET = _("Not yet: they say yes on their private page, or to somebody of the team")
HOLDS: Mapping[HoldReason, Words] = {
    HoldReason.TIME: _("They ask for time"),
    HoldReason.ILL: _("They are too ill"),
    HoldReason.DIED: _("They have died"),
}
"""Why everything about a person may be made to wait."""
LOOK_FIRST = _("Somebody noted that they take it back")
QUESTIONS: Mapping[str, tuple[Words, Words]] = {
    "identity": (_("How may we name you?"), _("How may the person be named?")),
    "pictures": (
        _("May pictures of you go with it?"),
        _("May pictures of the person go with it?"),
    ),
    "channels": (
        _("Where, and in which language, may it appear?"),
        _("Where, and in which language, may it appear?"),
    ),
    "purposes": (_("What may it be used for?"), _("What may it be used for?")),
    "until": (_("Until when do you agree?"), _("Until when does the person agree?")),
    "if_ended": (
        _("When that time is over: what should we do with what is out?"),
        _("When that time is over: what should be done with what is out?"),
    ),
    "details": (_("Which of these may we tell?"), _("Which of these may be told?")),
    "edits": (
        _("What may we change in your words?"),
        _("What may be changed in the person’s words?"),
    ),
    "if_ill": (
        _("If you become too ill to answer us: what should we do with your story?"),
        _("If the person becomes too ill to answer: what should we do with the story?"),
    ),
    "if_died": (
        _("If you die: what should we do with your story?"),
        _("If the person dies: what should we do with the story?"),
    ),
}
"""Each question as it is put to the person, and as it is put to somebody who writes down what the person said."""


def explained(channels: Iterable[Channel]) -> dict[Explained, str]:
    """What the form explains to a person who can choose among these channels: it names the networks of all of them."""
    networks = networks_of(channels)
    return {each: str(words) % {"networks": networks} for each, words in EXPLAINED.items()}
