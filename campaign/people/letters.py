"""Letters by e-mail: plain text, in the reader's language, and nothing of any patient in them."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import connections
from django.template.loader import render_to_string
from django.utils import translation

from campaign.models.people import Invitation, Profile

log = logging.getLogger(__name__)
_sending = ThreadPoolExecutor(1, "letters")


def can_send() -> bool:
    """Whether config.toml says how letters are sent."""
    return bool(settings.EMAIL_HOST)


def send(message: EmailMessage) -> bool:
    """Sends a letter; False when the mail server did not take it (the log says why, and neither to whom nor what)."""
    message.extra_headers = {**_headers(message), **message.extra_headers}
    try:
        return can_send() and message.send() > 0
    except OSError as problem:  # smtplib's errors are such, too
        log.warning("A letter could not be sent: %s", type(problem).__name__)
        return False


def _headers(message: EmailMessage) -> dict[str, str]:
    """No machine answers a letter of a machine (RFC 3834), and its number is under the sender's name: a filter of spam takes
    one that ends in @localhost for what it looks like."""
    _, address = parseaddr(message.from_email)
    return {
        "Auto-Submitted": "auto-generated",
        "Message-ID": make_msgid(domain=address.rpartition("@")[2]),
    }


def send_later(message: EmailMessage) -> Future[bool]:
    """Sends a letter while the page is shown already: how long it takes must not tell whether an address is known."""
    return _sending.submit(send, message)


def later(work: Callable[[], object]) -> None:
    """Does what takes letters, and more than one, while the page is shown already; it may ask the database."""
    _sending.submit(_by_itself, work)


def _by_itself(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception as surprise:
        log.exception("No letter went out: %s", type(surprise).__name__, exc_info=False)
    finally:
        connections.close_all()  # those of this thread: nobody else does it here


def write(to: str, name: str, language: str, values: Mapping[str, object]) -> EmailMessage:
    """A letter from the templates letters/NAME_subject.txt and letters/NAME.txt, in a language."""
    context = dict(values)
    with translation.override(language):
        subject = render_to_string(f"letters/{name}_subject.txt", context)
        body = render_to_string(f"letters/{name}.txt", context)
    return plain_letter(to, " ".join(subject.split()), body.strip() + "\n")


def plain_letter(to: str, subject: str, body: str) -> EmailMessage:
    """A letter whose words are ready."""
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [to])


def write_in_all(to: str, name: str, values: Mapping[str, object]) -> EmailMessage:
    """As `write`, in every language of the site, one below the other: for somebody of whom nobody knows which one they
    read."""
    letters = [write(to, name, language, values) for language, _ in settings.LANGUAGES]
    subject = " / ".join(str(letter.subject) for letter in letters)
    bodies = [str(letter.body).strip() for letter in letters]
    return plain_letter(to, subject, "\n\n* * *\n\n".join(bodies) + "\n")


def write_invitation(invitation: Invitation, link: str) -> EmailMessage:
    """The letter with an invitation."""
    values = {"invitation": invitation, "link": link, "site": settings.CONFIG.site.name}
    return write_in_all(invitation.email, "invitation", values)


def tell_of_change(person: User, what: str, by: User, to: str = "") -> None:
    """Tells a person what an admin has changed about their account (one of the cases of letters/changed.txt), later."""
    to = to or person.email
    if to and person.pk != by.pk and can_send():
        values = {
            "what": what,
            "name": person.username,
            "by": by.username,
            "site": settings.CONFIG.site.name,
        }
        send_later(write(to, "changed", language_of(person), values))


def language_of(person: User) -> str:
    """The language a person has chosen; else the site's."""
    chosen = Profile.objects.filter(user=person).values_list("language", flat=True).first()
    return chosen or str(settings.LANGUAGE_CODE)
