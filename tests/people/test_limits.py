"""Limits that are counted in the database: exact however many count, never thrown out, and forgotten when they are over."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from campaign.models.people import Tally
from campaign.people import limits
from campaign.people.limits import (
    LIMITS,
    RECEIPT,
    STORY,
    WRONG_PASSWORD,
    block_of,
    recipient,
    source_of,
)
from tests.deliveries import NOON
from tests.stage import PATIENCE, ROOT, Machine

SECOND = timedelta(seconds=1)


@pytest.mark.django_db
@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_so_many_and_no_more_until_the_time_is_over(limit):
    for _ in range(limit.most):
        assert limits.count(limit, "who", NOON)
    assert not limits.count(limit, "who", NOON + limit.span - SECOND)
    assert limits.count(limit, "somebody else", NOON)
    assert limits.count(limit, "who", NOON + limit.span)


@pytest.mark.django_db
def test_who_goes_on_trying_does_not_wait_longer_for_it():
    for second in range(200):
        limits.count(WRONG_PASSWORD, "who", NOON + SECOND * second)
    assert limits.count(WRONG_PASSWORD, "who", NOON + WRONG_PASSWORD.span)


@pytest.mark.django_db
def test_ten_thousand_others_end_no_count():
    for _ in range(WRONG_PASSWORD.most):
        limits.count(WRONG_PASSWORD, "who", NOON)
    for number in range(2_000):
        limits.count(RECEIPT, str(number), NOON)
    limits.forget(NOON + SECOND)
    assert not limits.count(WRONG_PASSWORD, "who", NOON + SECOND)


@pytest.mark.django_db
def test_what_is_taken_back_is_ones_own_count_and_no_other():
    for _ in range(WRONG_PASSWORD.most):
        limits.count(WRONG_PASSWORD, "who", NOON)
    limits.take_back(NOON, (WRONG_PASSWORD, "another"), (STORY, "who"))
    assert not limits.count(WRONG_PASSWORD, "who", NOON)
    limits.take_back(NOON, (WRONG_PASSWORD, "who"))
    assert limits.count(WRONG_PASSWORD, "who", NOON)
    assert not limits.count(WRONG_PASSWORD, "who", NOON)


@pytest.mark.django_db
def test_a_clock_that_was_put_back_by_a_year_locks_nobody_out_for_a_year():
    for _ in range(WRONG_PASSWORD.most):
        limits.count(WRONG_PASSWORD, "who", NOON + timedelta(days=365))
    assert limits.count(WRONG_PASSWORD, "who", NOON)


@pytest.mark.django_db
def test_the_first_limit_that_is_reached_leaves_the_others_alone():
    limits.count(RECEIPT, "who", NOON)
    assert not limits.count_all(NOON, (RECEIPT, "who"), (STORY, "who"))
    assert [limits.count(STORY, "who", NOON) for _ in range(STORY.most)] == [True] * STORY.most


@pytest.mark.django_db
def test_of_a_name_or_an_address_nothing_is_kept_and_what_is_over_goes():
    limits.count(STORY, "192.0.2.77", NOON)
    limits.count(WRONG_PASSWORD, "marie", NOON)
    kept = json.dumps([*Tally.objects.values()], default=str)
    assert "192.0.2.77" not in kept
    assert "marie" not in kept
    limits.forget(NOON + WRONG_PASSWORD.span)
    assert Tally.objects.count() == 1
    limits.forget(NOON + STORY.span)
    assert not Tally.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_exactly_so_many_are_let_through():
    def counts(_: int) -> int:
        try:
            return sum(limits.count(WRONG_PASSWORD, "who", NOON) for _ in range(4))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        let = sum(threads.map(counts, range(8)))
    assert let == WRONG_PASSWORD.most


COUNTS = """
main(["queue"])
import json
from datetime import UTC, datetime
from campaign.people import limits
now = datetime(2027, 10, 13, 16, tzinfo=UTC)
let = {limit.name: sum(limits.count(limit, "who", now) for _ in range(limit.most))
       for limit in limits.LIMITS}
print("LET" + json.dumps(let))
"""


def test_two_processes_share_each_limit(machine: Machine) -> None:
    machine.people()
    programs = [
        machine.start("queue", preamble="from campaign.cli import main\n" + COUNTS)
        for _ in range(2)
    ]
    let = []
    for program in programs:
        out, err = program.communicate(timeout=PATIENCE)
        assert program.returncode == 0, err
        [said] = re.findall("LET(.*)", out)
        let.append(json.loads(said))
    for limit in LIMITS:
        assert let[0][limit.name] + let[1][limit.name] == limit.most, limit.name


@pytest.mark.parametrize(
    ("address", "source", "block"),
    [
        ("192.0.2.7", "192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("2001:DB8:1:2::1", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
        ("", "", ""),
        ("no address", "no address", "no address"),
    ],
)
def test_a_source_is_an_address_or_a_64(address, source, block):
    assert (source_of(address), block_of(address)) == (source, block)


@given(st.ip_addresses(v=6), st.ip_addresses(v=6))
def test_addresses_are_one_source_when_their_first_64_bits_are(first, second):
    same = int(first) >> 64 == int(second) >> 64
    if not (first.ipv4_mapped or second.ipv4_mapped):
        assert (source_of(str(first)) == source_of(str(second))) == same


@pytest.mark.parametrize(
    "written",
    [
        "Victim@Example.org",
        "victim+19@example.org",
        '"victim"@example.org',
        '"vic\\tim+x"@example.org',
        "vic.tim@example.org",
        "victim@ｅxample.org",
    ],
)
def test_a_mailbox_is_one_however_its_address_is_written(written):
    assert recipient(written) == recipient("victim@example.org")


def test_an_international_host_is_one_in_both_writings_and_others_are_others():
    assert recipient("a@exämple.org") == recipient("a@xn--exmple-cua.org")
    others = {"a@example.org", "b@example.org", "a@example.com", "a", "", "a@" + "x" * 70}
    assert len({recipient(other) for other in others}) == len(others)


def test_every_limit_stands_in_the_table_of_the_guide():
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    for limit in LIMITS:
        row = f"| {limit.name} | {limit.most} in {in_words(limit.span)} | {limit.of} | {limit.then} |"
        assert row in page.splitlines(), row
    table = page.partition("| what | how many | counted by |")[2].partition("\n\n")[0]
    assert len(table.splitlines()) - 2 == len(LIMITS)


def in_words(span: timedelta) -> str:
    """As the table says a time."""
    for unit, seconds in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        number, rest = divmod(int(span.total_seconds()), seconds)
        if number and not rest:
            return f"{number} {unit}s" if number > 1 else f"a{'n' * (unit == 'hour')} {unit}"
    raise AssertionError(span)
