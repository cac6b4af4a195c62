"""The form of a story: the person, their words and pictures, and their private link."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaign.content.pictures import MAX_SOURCE
from campaign.core.problem import Problem
from campaign.core.typed import is_seen
from campaign.models.stories import Storyteller
from campaign.people import letters, limits
from campaign.stories import storyteller, telling
from campaign.stories.agreeing.parties import Party
from campaign.stories.telling import LONGEST, MOST_PICTURES, Person
from campaign.stories.vault import Locked
from campaign.web.frame.fields import Box, Typed
from campaign.web.frame.site import config, now
from campaign.web.stories import words
from campaign.web.stories.consenting.questions import NO_CONTACT, TOO_LONG, OneOf

TONGUES = [
    ("en", format_html('<span lang="en">{}</span>', "English")),
    ("fr", format_html('<span lang="fr">{}</span>', "Français")),
]
NO_NAME = gettext_lazy("Write a name. It stays sealed unless it may appear.")


class StoryForm(forms.Form):
    """Whose story it is, who tells it, and the words."""

    too_many_words = gettext_lazy(
        "This is longer than we can take here: shorten it a little, or tell the rest later."
    )

    whose = OneOf(
        [(party, yours) for party, (yours, _theirs) in words.PARTIES.items()],
        label=gettext_lazy("Whose story is it?"),
    )
    about = Typed(
        longest=storyteller.LONGEST,
        too_long=TOO_LONG,
        label=gettext_lazy("The name of the person whose story it is"),
        help_text=gettext_lazy("It is kept as sealed as yours."),
        box=Box(shown_if="if-other"),
    )
    words = Typed(longest=LONGEST, too_long=too_many_words)
    language = OneOf(
        TONGUES,
        gettext_lazy("Choose the language of the story."),
        label=gettext_lazy("In which language do you write?"),
    )
    name = Typed(longest=storyteller.LONGEST, too_long=TOO_LONG, blank=NO_NAME)
    contact = Typed(
        longest=storyteller.LONGEST,
        too_long=TOO_LONG,
        blank=NO_CONTACT,
        label=gettext_lazy("Your e-mail address or phone number"),
    )
    contact_language = OneOf(
        TONGUES,
        gettext_lazy("Choose a language."),
        label=gettext_lazy("In which language should we write to you?"),
    )
    files = forms.Field(required=False, widget=forms.FileInput)  # type: ignore[assignment]  # only its errors are looked at

    def clean_about(self) -> str:
        """Asked for where somebody else tells it, and only there."""
        if self.cleaned_data.get("whose") in ("", None, Party.SELF):
            return ""
        about = str(self.cleaned_data["about"])
        if not is_seen(about):
            raise forms.ValidationError(NO_NAME)
        return about

    def clean_contact(self) -> str:
        """As the act wants it: something by which they are reached."""
        contact = str(self.cleaned_data["contact"])
        if not storyteller.reaches(contact):
            raise forms.ValidationError(NO_CONTACT)
        return contact

    def person(self) -> Person:
        """Who tells it, and whose it is."""
        chosen = self.cleaned_data
        return Person(
            chosen["name"],
            chosen["contact"],
            chosen["contact_language"],
            Party(chosen["whose"]),
            chosen["about"],
        )


def pictures_of(form: StoryForm, sent: "list[UploadedFile[bytes]]") -> list[bytes]:
    """Pictures free of metadata, once nothing else is missing; or an error of the form. They stay sealed until pictures are
    allowed."""
    if not form.is_valid():
        return []
    try:
        return _read_pictures(sent)
    except Problem as problem:
        form.add_error("files", str(problem))
        return []


def link_of(key: str) -> str:
    """The private link as it is handed to the person: at the address of config.toml, whatever the request says our name
    is."""
    return config().web.url + reverse("my_story", args=[key])


def welcome(who: Storyteller, by: str) -> bool:
    """Mails a person the first link to their page, once. Whoever gave somebody else's address sends them no more than a
    few letters with it. Returns whether a letter goes out."""
    key = storyteller.first_link(who, by, now())
    recipient = limits.recipient(storyteller.contact_of(who))
    if not key or not limits.count(limits.WELCOME_LETTER, recipient, now()):
        return False
    return mail_link(who, link_of(key), "story_received")


def mail_link(who: Storyteller, link: str, name: str) -> bool:
    """Mails a private link to a person who gave an e-mail address; False when none can be sent."""
    if not can_mail(who):
        return False
    values = {"link": link, "site": config().site.name, "reference": who.reference}
    letters.send_later(letters.write(storyteller.contact_of(who), name, who.language, values))
    return True


def can_mail(who: Storyteller) -> bool:
    """Whether a letter can be sent to them."""
    try:
        return letters.can_send() and storyteller.mailable(storyteller.contact_of(who))
    except Locked:
        return False


def _read_pictures(sent: "list[UploadedFile[bytes]]") -> list[bytes]:
    if len(sent) > MOST_PICTURES:
        raise Problem(_("Choose up to four pictures."))
    kept = []
    for file in sent:
        if (file.size or 0) > MAX_SOURCE:
            raise Problem(_("A picture is too large: choose one of up to 30 megabytes."))
        kept.append(telling.cleaned(file.read()))
    return kept
