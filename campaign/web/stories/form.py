"""The form of a story, beside the questions about the consent: the person, their words and pictures, their private link."""

from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.content.pictures import MAX_SOURCE
from campaign.content.post import LANGUAGES
from campaign.core.problem import Problem
from campaign.models.stories import Storyteller
from campaign.people import letters
from campaign.stories import storyteller, telling
from campaign.stories.telling import LONGEST, MOST_PICTURES
from campaign.stories.vault import Locked
from campaign.web.frame.access import Request
from campaign.web.frame.site import config

_SHORT = ("name", "contact", "trusted")


@dataclass(frozen=True, slots=True)
class TypedStory:
    """What stands in the form beside the answers about the consent."""

    adult: str = ""
    words: str = ""
    language: str = ""
    name: str = ""
    contact: str = ""
    trusted: str = ""
    contact_language: str = ""
    agreed: str = ""


def tongue_of(language: str | None) -> str:
    """One of the languages of posts."""
    return (language or "")[:2] if (language or "")[:2] in LANGUAGES else LANGUAGES[0]


def read_typed(sent: QueryDict) -> TypedStory:
    """What was typed about the person and their words; no more of it than anybody types."""
    return TypedStory(**{one.name: sent.get(one.name, "")[: 2 * LONGEST] for one in fields(TypedStory)})


def missing(typed: TypedStory) -> dict[str, str]:
    """What is missing of it, by field; the words and the age are asked for where they are needed."""
    found = {
        "language": _("Choose the language of the story.") if typed.language not in LANGUAGES else "",
        "contact_language": _("Choose a language.") if typed.contact_language not in LANGUAGES else "",
        "name": "" if typed.name.strip() else _("Write a name. It stays sealed unless it may appear."),
        "contact": "" if typed.contact.strip() else _("Write an e-mail address or a phone number."),
    }
    found |= {name: _("This is too long: shorten it, please.") for name in _SHORT if _is_long(typed, name)}
    if len(typed.words.replace("\r\n", "\n")) > LONGEST:
        found["words"] = _("This is longer than we can take here: shorten it a little, or tell the rest later.")
    return {name: said for name, said in found.items() if said}


def read_pictures(sent: "list[UploadedFile[bytes]]", errors: dict[str, str]) -> list[bytes]:
    """Pictures free of metadata; what is wrong with one stands in `errors`."""
    kept: list[bytes] = []
    if len(sent) > MOST_PICTURES:
        errors["files"] = _("Choose up to four pictures.")
        return kept
    for one in sent:
        if (one.size or 0) > MAX_SOURCE:
            errors["files"] = _("A picture is too large: choose one of up to 30 megabytes.")
            return []
        try:
            kept.append(telling.cleaned(one.read()))
        except Problem as problem:
            errors["files"] = str(problem)
            return []
    return kept


def link_of(request: Request, key: str) -> str:
    """The private link as it is handed to the person."""
    return request.build_absolute_uri(reverse("my_story", args=[key]))


def mail_link(who: Storyteller, link: str, name: str) -> bool:
    """Mails a private link to who gave an e-mail address; False when that cannot be."""
    if not can_mail(who):
        return False
    values = {"link": link, "site": config().site.name, "reference": who.reference}
    letters.send_later(letters.write(storyteller.contact_of(who), name, who.language, values))
    return True


def can_mail(who: Storyteller) -> bool:
    """Whether a letter can be sent to them."""
    try:
        validate_email(storyteller.contact_of(who))
    except (ValidationError, Locked):
        return False
    return letters.can_send()


def _is_long(typed: TypedStory, name: str) -> bool:
    return len(str(getattr(typed, name))) > storyteller.LONGEST
