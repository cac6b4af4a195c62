"""A code of the second factor counts once."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core.cache import cache
from django.db import connection

from campaign.people import codes
from campaign.people.roles import Role, add_user


@pytest.fixture
def secret() -> str:
    return str(generate_totp_secret())


def person(secret: str, name: str = "marie") -> int:
    user, _ = add_user(name, Role.STAFF)
    TOTP.activate(user, secret)
    return int(user.pk)


def code(secret: str, later: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", ["{0}{1}", "{0}-{1}", " {0} {1} ", "{0}\u2009{1}"])
def test_a_code_counts_once_however_it_is_spelt(secret, spelling):
    marie = person(secret)
    right = code(secret, later=1)
    assert codes.take(marie, right)
    cache.clear()  # as in another process
    assert not codes.take(marie, spelling.format(right[:3], right[3:]))
    assert not codes.take(marie, right)


@pytest.mark.django_db
def test_a_code_before_the_last_one_counts_no_more(secret):
    marie = person(secret)
    assert codes.take(marie, code(secret, later=1))
    assert not codes.take(marie, code(secret))


@pytest.mark.django_db
def test_a_persons_codes_are_their_own(secret):
    marie, other = person(secret), person(generate_totp_secret(), "other")
    assert not codes.take(other, code(secret))
    assert codes.take(marie, code(secret))


@pytest.mark.django_db
def test_what_is_no_code_or_of_nobody_is_not_taken(secret):
    marie = person(secret)
    assert not any(codes.take(marie, wrong) for wrong in ("", "12345", "abcdef", "9" * 40))
    Authenticator.objects.all().delete()
    assert not codes.take(marie, code(secret))


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_one_is_let_in(secret):
    marie = person(secret)
    right = code(secret, later=1)

    def takes(_: int) -> bool:
        try:
            return codes.take(marie, right)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(takes, range(6))) == 1
