"""Letters as a mail server gets them."""

import email
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from django.core import mail

from campaign.people.letters import plain_letter, send
from tests.certificates import make_certificate
from tests.stage import settings_with


@pytest.fixture
def post_office(settings: object) -> list[mail.EmailMessage]:
    settings.EMAIL_HOST = "mail.survivornet.ca"  # type: ignore[attr-defined]
    settings.DEFAULT_FROM_EMAIL = "Survivors <posts@survivornet.ca>"  # type: ignore[attr-defined]
    return mail.outbox


def as_sent(letter: mail.EmailMessage) -> Message:
    return email.message_from_bytes(letter.message().as_bytes())


def test_a_letter_says_that_a_machine_wrote_it_and_where(
    post_office: list[mail.EmailMessage],
) -> None:
    assert send(plain_letter("ana@example.org", "Hello", "Hello."))
    letter = as_sent(post_office[0])
    assert letter["Auto-Submitted"] == "auto-generated"
    assert re.fullmatch(r"<[^@<>\s]+@survivornet\.ca>", letter["Message-ID"])


def test_every_letter_has_a_number_of_its_own(post_office: list[mail.EmailMessage]) -> None:
    for _ in range(3):
        send(plain_letter("ana@example.org", "Hello", "Hello."))
    assert len({as_sent(letter)["Message-ID"] for letter in post_office}) == 3


def test_a_letter_has_the_time_with_the_offset_of_the_sites_zone(
    post_office: list[mail.EmailMessage],
) -> None:
    send(plain_letter("ana@example.org", "Hello", "Hello."))
    date = as_sent(post_office[0])["Date"]
    assert not date.endswith("-0000")
    # The defaults' zone is Toronto's.
    assert parsedate_to_datetime(date).utcoffset() in (timedelta(hours=-5), timedelta(hours=-4))


class MailServer:
    """Takes one letter, in TLS from the first byte."""

    def __init__(self, certificate: Path) -> None:
        self.lines: list[bytes] = []
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, args=(context,), daemon=True)
        self._thread.start()

    def _serve(self, context: ssl.SSLContext) -> None:
        plain, _ = self._socket.accept()
        with suppress(OSError), plain, context.wrap_socket(plain, server_side=True) as talk:
            self._talk(talk)

    def _talk(self, talk: ssl.SSLSocket) -> None:
        talk.sendall(b"220 here\r\n")
        for line in talk.makefile("rb"):
            self.lines.append(line)
            if line[:4].upper() == b"DATA":
                talk.sendall(b"354 go on\r\n")
            elif line == b".\r\n" or line[:4].upper() in (b"EHLO", b"MAIL", b"RCPT", b"QUIT"):
                talk.sendall(b"250 well\r\n")

    def close(self) -> None:
        self._thread.join(60)
        self._socket.close()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    file = tmp_path / "here.pem"
    make_certificate(file)
    return file


@pytest.fixture
def mail_server(certificate: Path, settings: object) -> Iterator[MailServer]:
    server = MailServer(certificate)
    for name, value in {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": server.port,
        "EMAIL_USE_TLS": False,
        "EMAIL_USE_SSL": True,
    }.items():
        setattr(settings, name, value)
    yield server
    server.close()


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_letter_goes_out_in_tls_from_the_first_byte(
    mail_server: MailServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert send(plain_letter("ana@example.org", "Hello", "Come by."))
    assert b"Come by.\r\n" in mail_server.lines


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_server_that_nobody_vouches_for_gets_no_letter(mail_server: MailServer) -> None:
    assert not send(plain_letter("ana@example.org", "Hello", "Come by."))
    assert mail_server.lines == []


@pytest.mark.parametrize(
    ("written", "at_once", "after_greeting"),
    [
        ("", False, True),
        ("port = 465", True, False),
        ("port = 465\ntls_at_once = false", False, True),
        ("port = 587\ntls_at_once = true", True, False),
        ("port = 465\ntls = false", False, False),
    ],
)
def test_how_mail_is_encrypted_follows_the_port_unless_it_is_said(
    tmp_path: Path, written: str, at_once: bool, after_greeting: bool
) -> None:
    file = tmp_path / "config.toml"
    head = '[email]\nhost = "mail.example"\nsender = "a@mail.example"\n'
    file.write_text(f"{head}{written}\n")
    made = settings_with(file)
    assert (made["EMAIL_USE_SSL"], made["EMAIL_USE_TLS"]) == (at_once, after_greeting)
