"""The form of a contribution: what stands in it, what is missing, and what can be chosen."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaign.authoring import contributions
from campaign.authoring.contributed import Contribution
from campaign.authoring.contributions import Whose
from campaign.content.post import LANGUAGES, Kind
from campaign.core.problem import Problem
from campaign.publishers import roomiest, tightest
from campaign.web.frame.site import library, site_day


@dataclass(frozen=True, slots=True)
class TypedContribution:
    """What stands in the form."""

    kind: str = Kind.AWARENESS.value
    language: str = LANGUAGES[0]
    campaign: str = ""
    words: str = ""
    whose: str = ""
    agreed: str = ""
    note: str = ""
    based_on: int = 0


def campaigns() -> dict[str, str]:
    """The campaigns that can be contributed to, with their names in the reader's language; one that is on comes first."""
    found, today = library(), site_day()
    language = (get_language() or "en")[:2]

    def is_on(slug: str) -> bool:
        start, end = found.campaigns[slug].dates(found.days, today)
        return (start is None or start <= today) and (end is None or today <= end)

    usable = [slug for slug, campaign in found.campaigns.items() if campaign.usable]
    names = {slug: found.campaigns[slug].names.get(language) or slug for slug in usable}
    return {slug: names[slug] for slug in sorted(usable, key=lambda slug: (not is_on(slug), names[slug]))}


def read_form(sent: QueryDict) -> TypedContribution:
    """What was sent."""
    values = {name: sent.get(name, "") for name in TypedContribution.__slots__ if name != "based_on"}
    number = sent.get("based_on", "")[:9]
    return TypedContribution(**values, based_on=int(number) if number.isdecimal() else 0)


def missing(typed: TypedContribution, *, needs_yes: bool) -> dict[str, str]:
    """What is missing, by field."""
    errors = {}
    try:
        contributions.kept(typed.words)
    except Problem as problem:
        errors["words"] = str(problem)
    if len(typed.note) > contributions.LONGEST_NOTE:
        errors["note"] = _("Your note is a little too long: shorten it, please.")
    if needs_yes and typed.whose not in set(Whose):
        errors["whose"] = _("Choose whose story it is.")
    if needs_yes and not typed.agreed:
        errors["agreed"] = _("Choose whether the person has said yes.")
    elif needs_yes and typed.agreed != "yes":
        errors["agreed"] = _(
            "Please wait until the person has said yes. You can keep your words for later, and hand them in then."
        )
    return errors


def needs_yes_to(one: Contribution) -> bool:
    """Whether it still has to be said that a story's person agrees."""
    return one.post.kind == Kind.STORY and one.last("agreed") is None


def measured(words: str) -> dict[str, object]:
    """How long words are beside what fits in one post where there is the least room, and where there is the most."""
    network = tightest()
    length = network.length(words.strip()[: 4 * contributions.LONGEST])
    return {
        "length": length,
        "most": network.limit,
        "fits": length <= network.limit,
        "is_empty": not length,
        "tightest": network.title,
        "roomiest": roomiest().title,
    }
