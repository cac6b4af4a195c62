"""The form of a contribution, and what can be chosen in it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.authoring.closed import closed_campaigns
from campaign.authoring.composing import picturing
from campaign.authoring.contributing import contributions
from campaign.authoring.contributing.contributed import Contribution
from campaign.authoring.contributing.contributions import Whose
from campaign.content.campaigns import EVERYDAY, Campaign
from campaign.content.post import Kind
from campaign.core.problem import Problem
from campaign.publishers import roomiest, tightest
from campaign.web.frame.fields import ALL_OF_IT, Typed
from campaign.web.frame.languages import reader_language
from campaign.web.frame.site import library, site_day

NOTE_TOO_LONG = gettext_lazy("Your note is a little too long: shorten it, please.")
ALT_TOO_LONG = gettext_lazy("A sentence is enough to say what the picture shows: shorten it.")
NOT_YET = gettext_lazy(
    "Please wait until the person has said yes. You can keep your words for later, and submit them then."
)


class ContributionForm(forms.Form):
    """What is contributed."""

    kind = Typed()
    language = Typed()
    campaign = Typed()
    words = Typed(kept=ALL_OF_IT)  # how many there are is told
    whose = Typed()
    agreed = Typed()
    note = Typed(longest=contributions.LONGEST_NOTE, too_long=NOTE_TOO_LONG)
    shows = Typed()
    all_agree = Typed()
    alt = Typed(longest=picturing.LONGEST_ALT, too_long=ALT_TOO_LONG)
    based_on = Typed()
    needs_yes = False  #: whether a story's person has to have said yes, as when it is handed in

    def clean_words(self) -> str:
        """Words as they are kept."""
        try:
            return contributions.kept(self.cleaned_data["words"])
        except Problem as problem:
            raise forms.ValidationError(str(problem)) from None

    def clean_based_on(self) -> int:
        """The number of a version; 0 for anything that is none."""
        number = self.cleaned_data["based_on"][:9]
        return int(number) if number.isdecimal() else 0

    def clean(self) -> None:
        """What was said of a story's person."""
        whose, agreed = self.cleaned_data["whose"], self.cleaned_data["agreed"]
        if self.needs_yes and whose not in set(Whose):
            self.add_error("whose", _("Choose whose story it is."))
        if self.needs_yes and agreed != "yes":
            self.add_error(
                "agreed", NOT_YET if agreed else _("Choose whether the person has said yes.")
            )


def campaigns() -> dict[str, str]:
    """The campaigns that can be contributed to, with their names in the reader's language; one that is on comes first."""
    files, today = library(), site_day()
    language = reader_language()

    def is_on(campaign: Campaign) -> bool:
        start, end = campaign.dates(files.days, today)
        return (start is None or start <= today) and (end is None or today <= end)

    choices, closed = [], closed_campaigns()
    for slug, campaign in files.campaigns.items():
        if campaign.usable and slug not in closed:
            name = campaign.names.get(language) or slug
            choices.append((not is_on(campaign), name, slug))
    # Without a campaign, the words are everyday ones; with one, there is nothing to choose.
    choices = [choice for choice in choices if choice[2] != EVERYDAY] or choices
    # By the first two alone: of two with one name, the order of the files stays.
    choices.sort(key=lambda choice: choice[:2])
    return {slug: name for _is_off, name, slug in choices}


def needs_yes_to(contribution: Contribution) -> bool:
    """Whether it still has to be said that a story's person agrees."""
    is_story = contribution.post.kind == Kind.STORY
    return is_story and contribution.last("agreed") is None


def measured(words: str) -> dict[str, object]:
    """The length of words as the network with the least room counts it, its limit, and which network has the most room."""
    network = tightest()
    # What is that much longer than may be kept does not fit in any case, and to count all of it costs time.
    length = network.length(words.strip()[: 4 * contributions.LONGEST])
    return {
        "length": length,
        "most": network.limit,
        "fits": length <= network.limit,
        "is_empty": not length,
        "tightest": network.title,
        "roomiest": roomiest().title,
    }
