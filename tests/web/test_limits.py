"""What a stranger cannot do by trying often: end a lock, lock a person out, guess a code, close the form of stories, have
letters sent to others. In one process by the page, and in two processes at once."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urljoin

import pytest
import requests
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import RequestFactory
from waitress import proxy_headers as waitress

from campaign.models.people import Tally
from campaign.models.stories import Storyteller
from campaign.people import letters, limits
from campaign.people.roles import Role
from campaign.web.people.limited import block, source
from tests.pages import Page, Visitor
from tests.posts_in_web import folder  # noqa: F401 - a fixture
from tests.prepared import PASSWORD
from tests.stage import Machine, free_port, stop
from tests.stories_in_web import ANSWERS, TOLD, opened, stories, tells, told  # noqa: F401 - a fixture
from tests.web.test_signin import CODE, SIGN_IN, code, is_in, person, set_up, sign_in

HOME, ELSEWHERE = "2001:db8:1:1::1", "2001:db8:ffff:1::1"
TOO_OFTEN = "too many wrong tries"


def at(visitor: Visitor, address: str) -> Visitor:
    """Who comes from this address from now on; and, as each page may be another process's, without a cache."""
    visitor.client.defaults["REMOTE_ADDR"] = address
    cache.clear()
    return visitor


def anew(address: str) -> Visitor:
    from django.test import Client

    return at(Visitor(Client()), address)


# --- signing in


@pytest.mark.django_db
def test_a_stranger_locks_nobody_out() -> None:
    person("marie", Role.ADMIN)
    for number in range(30):
        sign_in(anew(f"2001:db8:66:{number:x}::1"), "marie", "wrong")
    me = anew(HOME)
    assert sign_in(me).went_to == "/"
    assert is_in(me)


@pytest.mark.django_db
def test_a_lock_is_for_a_64_whole_and_by_every_spelling_of_a_name() -> None:
    person("marie", Role.ADMIN)
    names = ("marie", "MARIE", "marie@survivornet.ca", "Marie@SurvivorNet.ca", " marie")
    for number, name in enumerate(names):
        sign_in(anew(f"2001:db8:66:1::{number + 1:x}"), name, "wrong")
    assert TOO_OFTEN in sign_in(anew("2001:db8:66:1::ff")).text


@pytest.mark.django_db
def test_a_right_password_of_ones_own_ends_no_lock_on_another() -> None:
    person("marie", Role.ADMIN)
    person("mallory", Role.VOLUNTEER)
    for _ in range(5):
        sign_in(anew(HOME), "marie", "wrong")
        assert sign_in(anew(HOME), "mallory").went_to == "/"
    assert TOO_OFTEN in sign_in(anew(HOME), "marie").text


@pytest.mark.django_db
def test_a_block_is_stopped_though_each_of_its_64_is_new() -> None:
    pages = [
        sign_in(anew(f"2001:db8:66:{number:x}::1"), f"name{number}", "wrong").text
        for number in range(limits.WRONG_FROM_BLOCK.most + 1)
    ]
    assert TOO_OFTEN in pages[-1]
    assert TOO_OFTEN not in "".join(pages[:-1])


@pytest.mark.django_db
def test_neighbours_in_a_block_keep_nobody_out_from_where_they_signed_in_lately() -> None:
    person("marie", Role.ADMIN)
    person("paul", Role.STAFF)
    assert sign_in(anew("2001:db8:66:aaaa::1")).went_to == "/"
    for number in range(limits.WRONG_FROM_BLOCK.most):
        sign_in(anew(f"2001:db8:66:{number:x}::1"), f"name{number}", "wrong")
    assert TOO_OFTEN in sign_in(anew("2001:db8:66:bbbb::1")).text
    assert TOO_OFTEN in sign_in(anew("2001:db8:66:aaaa::1"), "paul").text
    assert sign_in(anew("2001:db8:66:aaaa::2")).went_to == "/"
    for _ in range(limits.WRONG_PASSWORD.most):
        sign_in(anew("2001:db8:66:aaaa::3"), "marie", "wrong")
    assert TOO_OFTEN in sign_in(anew("2001:db8:66:aaaa::2")).text


@pytest.mark.django_db
def test_codes_are_not_guessed_from_many_sources() -> None:
    person("marie", Role.ADMIN)
    me = anew(HOME)
    sign_in(me)
    secret = set_up(me)
    said = []
    for number in range(limits.WRONG_CODES.most // 5 + 1):
        guessing = anew(f"2001:db8:{number + 0x100:x}:1::1")
        sign_in(guessing)
        said += [guessing.post(CODE, {"code": "000000"}).text for _ in range(5)]
    assert TOO_OFTEN not in "".join(said[: limits.WRONG_CODES.most])
    assert all(TOO_OFTEN in text for text in said[limits.WRONG_CODES.most :])
    assert TOO_OFTEN in guessing.post(CODE, {"code": code(secret, later=1)}).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("limit", "path"),
    [
        (limits.SIGN_IN, SIGN_IN),
        (limits.NEW_PASSWORD, "/sign-in/new-password/1-set-password/"),
        (limits.FORGOTTEN, "/sign-in/forgotten/"),
        (limits.STORY_FORM, "/tell/"),
    ],
)
def test_a_form_that_is_sent_too_often_is_answered_calmly(limit, path, settings) -> None:
    settings.EMAIL_HOST = "mail.survivornet.ca"
    for number in range(limit.most):
        assert anew(f"2001:db8:66:1::{number:x}").client.post(path).status_code != 429
    assert anew("2001:db8:66:1::ffff").client.post(path).status_code == 429
    assert anew(ELSEWHERE).client.post(path).status_code != 429


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("limit", "path"),
    [
        (limits.CHANGE_PASSWORD, "/sign-in/password/"),
        (limits.ASK_AGAIN, "/sign-in/again/"),
    ],
)
def test_who_is_signed_in_does_not_guess_on(limit, path) -> None:
    person("marie", Role.STAFF)
    me = anew(HOME)
    sign_in(me)
    statuses = [
        at(me, f"192.0.2.{number}").client.post(path, {"oldpassword": "x"}).status_code
        for number in range(limit.most + 1)
    ]
    assert statuses.count(429) == 1
    assert statuses[-1] == 429


@pytest.mark.django_db
def test_nobody_is_sent_links_for_a_password_without_end(settings, monkeypatch) -> None:
    settings.EMAIL_HOST = "mail.survivornet.ca"
    monkeypatch.setattr("campaign.web.people.adapter.send_later", letters.send)
    person("marie", Role.STAFF)
    for number in range(12):
        page = anew(f"2001:db8:66:{number:x}::1").post(
            "/sign-in/forgotten/", {"email": "Marie@survivornet.ca"}
        )
        assert page.went_to == "/sign-in/forgotten/sent/"
    assert len(mail.outbox) == limits.PASSWORD_LETTER.most
    # What a stranger asked for opens the person's account to the person all the same.
    [link] = re.findall(r"/sign-in/new-password/\S+", str(mail.outbox[-1].body))
    assert anew(HOME).client.get(link).status_code == 302


# --- where a request comes from


@pytest.mark.parametrize(
    ("written", "from_where", "of_block"),
    [
        ("192.0.2.1", "192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:5000", "192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1", "192.0.2.1"),
        ("[::ffff:192.0.2.1]:5000", "192.0.2.1", "192.0.2.1"),
        ("198.51.100.1, ::ffff:192.0.2.1", "192.0.2.1", "192.0.2.1"),
        ("::FFFF:c000:0201", "192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("[2001:db8:1:2::7]:5000", "2001:db8:1:2::/64", "2001:db8:1::/48"),
    ],
)
def test_behind_a_proxy_everybody_is_a_source_of_their_own_however_it_writes_addresses(
    written: str, from_where: str, of_block: str
) -> None:
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=written)
    waitress.parse_proxy_headers(
        request.META, trusted_proxy_count=1, trusted_proxy_headers={"x-forwarded-for"}
    )
    assert (source(request), block(request)) == (from_where, of_block)


# --- telling a story


def story_from(address: str, clock, **more) -> Page:
    return tells(anew(address), clock, **more)


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_a_64_that_floods_closes_the_form_to_nobody_and_hides_no_story(
    site_clock, staff
) -> None:
    for number in range(limits.STORY.most + 4):
        story_from(f"2001:db8:66:1::{number + 1:x}", site_clock)
    honest = story_from(HOME, site_clock)
    assert honest.status == 303
    assert Storyteller.objects.filter(is_aside=True).count() == 4
    assert not Storyteller.objects.latest("pk").is_aside
    page = staff.get("/stories/")
    assert "4 stories wait apart" in page.text
    assert len(page.all("li.item")) == limits.STORY.most + 1


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_a_flood_from_everywhere_waits_apart_and_an_hour_later_all_is_well(site_clock) -> None:
    for number in range(limits.STORIES.most + 3):
        page = story_from(f"192.0.2.{number}", site_clock)
    assert "/my-story/" in page.went_to, "who gets no letter sees the link, apart or not"
    assert Storyteller.objects.filter(is_aside=True).count() == 3
    site_clock.advance(hours=1)
    story_from("192.0.2.200", site_clock)
    assert not Storyteller.objects.latest("pk").is_aside


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_a_block_that_floods_waits_apart(site_clock) -> None:
    for number in range(limits.STORY_FROM_BLOCK.most + 2):
        story_from(f"2001:db8:66:{number:x}::1", site_clock)
    assert Storyteller.objects.filter(is_aside=True).count() == 2
    story_from(HOME, site_clock)
    assert not Storyteller.objects.latest("pk").is_aside


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_a_block_that_sends_anything_at_all_is_stopped(site_clock) -> None:
    most = limits.STORY_FORM_FROM_BLOCK.most
    for number in range(most):
        assert anew(f"2001:db8:66:{number:x}::1").client.post("/tell/").status_code == 422
    assert anew("2001:db8:66:ffff::1").client.post("/tell/").status_code == 429
    assert anew(HOME).client.post("/tell/").status_code == 422


@pytest.fixture
def post_office(settings, monkeypatch) -> list[mail.EmailMessage]:
    """Letters can be sent, and are kept here."""
    settings.EMAIL_HOST = "mail.survivornet.ca"
    monkeypatch.setattr(letters, "send_later", letters.send)
    monkeypatch.setattr("campaign.stories.report.send_later", letters.send)
    return mail.outbox


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_a_third_person_gets_few_letters_and_whoever_named_them_no_link(
    site_clock, post_office
) -> None:
    for number in range(8):
        page = story_from(f"192.0.2.{number}", site_clock, contact="Third@example.org")
        assert page.went_to == "/tell/thanks/"
        assert "/my-story/" not in anew(HOME).get(page.went_to).html
    assert len(post_office) == limits.WELCOME_LETTER.most


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_who_is_shown_the_link_has_no_letter_sent_to_an_address_inside_of_the_contact(
    site_clock, post_office
) -> None:
    for number in range(6):
        page = story_from("192.0.2.1", site_clock, contact=f"a{number}<victim@example.org>")
        link = page.went_to.removesuffix("welcome/")
        anew("192.0.2.1").post(f"{link}take-back/", {"scope": "all"}, expect=303)
    assert not post_office


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_a_mailbox_with_many_tags_gets_no_more_letters_than_one(
    site_clock, post_office
) -> None:
    for number in range(6):
        story_from(f"192.0.2.{number}", site_clock, contact=f"victim+{number}@example.org")
        story_from(f"198.51.100.{number}", site_clock, contact='"victim"@example.org')
    assert len(post_office) == limits.WELCOME_LETTER.most


@pytest.mark.django_db
def test_an_account_whose_address_has_a_tag_is_sent_links_for_a_password_no_more_often(
    settings, monkeypatch
) -> None:
    settings.EMAIL_HOST = "mail.survivornet.ca"
    monkeypatch.setattr("campaign.web.people.adapter.send_later", letters.send)
    for number in range(limits.PASSWORD_LETTER.most + 1):
        member = person(f"marie{number}x", Role.STAFF)
        User.objects.filter(pk=member.pk).update(email=f"marie+{number}@survivornet.ca")
        anew(HOME).post("/sign-in/forgotten/", {"email": f"marie+{number}@survivornet.ca"})
    assert len(mail.outbox) == limits.PASSWORD_LETTER.most


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_taking_back_and_allowing_again_in_turn_sends_a_receipt_an_hour(
    site_clock, post_office
) -> None:
    story_from(HOME, site_clock, contact="third@example.org")
    [link] = re.findall(r"/my-story/\S+/", str(post_office[0].body))
    me, sent = anew(HOME), []
    for _hour in range(6):
        for _turn in range(5):
            me.post(f"{link}take-back/", {"scope": "all"}, expect=303)
            me.post(f"{link}change/", {**ANSWERS, "agreed": "yes"}, expect=303)
        sent.append(sum("take it back" in letter.subject for letter in post_office))
        site_clock.advance(hours=1)
    assert sent == [1, 2, 3, 4, 4, 4]


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_what_waits_apart_sends_no_letter_until_it_is_let_in(
    site_clock, post_office, staff
) -> None:
    for _ in range(limits.STORY.most):
        told(anew(HOME), site_clock)
    story_from(HOME, site_clock, contact="zoe@example.org")
    assert post_office == []
    [waits] = Storyteller.objects.filter(is_aside=True)
    staff.post("/stories/aside/decide/", {"reference": waits.reference, "do": "let_in"})
    [letter] = post_office
    assert letter.to == ["zoe@example.org"]
    assert "/my-story/" in str(letter.body)


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_the_same_form_sent_twice_sends_one_letter_whose_link_stays(
    site_clock, post_office
) -> None:
    form = {**TOLD, "stamp": opened(site_clock), "contact": "zoe@example.org"}
    for _ in range(2):
        assert anew(HOME).post("/tell/", form, expect=303).went_to == "/tell/thanks/"
    [letter] = post_office
    [link] = re.findall(r"/my-story/\S+/", str(letter.body))
    anew(ELSEWHERE).get(link)
    assert Storyteller.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_of_an_address_nothing_is_kept(site_clock) -> None:
    story_from("192.0.2.77", site_clock)
    kept = [*Tally.objects.values_list("key", flat=True)]
    assert kept
    assert not [key for key in kept if "192.0.2.77" in key]


# --- two processes


@dataclass
class Browser:
    """A browser whose requests come from an address, through a proxy that says so."""

    address: str
    session: requests.Session = field(default_factory=requests.Session)

    def post(self, port: int, path: str, values: Mapping[str, str]) -> requests.Response:
        """Opens the page with the form in one process, and sends it to that process."""
        url = f"http://127.0.0.1:{port}{path}"
        headers = {"X-Forwarded-For": self.address, "X-Forwarded-Proto": "http"}
        page = self.session.get(url, headers=headers)
        [token, *_] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        values = {**values, "csrfmiddlewaretoken": token}
        return self.session.post(
            urljoin(url, path), data=values, headers=headers, allow_redirects=False
        )


@contextmanager
def two_processes(machine: Machine) -> Iterator[tuple[int, int]]:
    """Two programs with the pages on one database; their ports."""
    machine.people()
    programs, ports = [], []
    for _ in range(2):
        port = free_port()
        machine.configure(dry_run=True, top=f'[web]\nport = {port}\nproxy = "127.0.0.1"\n')
        program = machine.start("web")
        assert "The pages are at" in program.stdout.readline()
        programs.append(program)
        ports.append(port)
    try:
        yield ports[0], ports[1]
    finally:
        for program in programs:
            stop(program)


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_two_processes_count_together(machine: Machine) -> None:
    """Wrong passwords in turn; a flood of the public form does not end the lock; who sits elsewhere gets in."""
    wrong = {"login": "maria", "password": "wrong"}
    right = {"login": "maria", "password": PASSWORD}
    with two_processes(machine) as ports:
        for number in range(limits.WRONG_PASSWORD.most):
            Browser("2001:db8:66:1::1").post(ports[number % 2], SIGN_IN, wrong)
        flooding = requests.Session()
        for number in range(100):
            headers = {"X-Forwarded-For": f"2001:db8:66:1::{number:x}"}
            answer = flooding.post(
                f"http://127.0.0.1:{ports[number % 2]}/tell/", headers=headers
            )
            assert answer.status_code in (403, 422, 429)
        for port in ports:
            answer = Browser("2001:db8:66:1::2").post(port, SIGN_IN, right)
            assert TOO_OFTEN in answer.text
        assert Browser(HOME).post(ports[0], SIGN_IN, right).headers["Location"] == "/"


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SET_UP = """
main(["queue"])
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
TOTP.activate(User.objects.get(username="maria"), %r)
"""


@pytest.mark.allow_hosts(["127.0.0.1"])
def test_a_code_counts_once_in_two_processes_and_every_spelling(machine: Machine) -> None:
    right = {"login": "maria", "password": PASSWORD}
    machine.people()
    preamble = "from campaign.cli import main\n" + SET_UP % SECRET
    setting_up = machine.start("queue", preamble=preamble)
    _, err = setting_up.communicate(timeout=60)
    assert setting_up.returncode == 0, err
    with two_processes(machine) as ports:
        known = code(SECRET, later=1)
        answers = []
        for port, spelling in (
            (ports[0], known),
            (ports[1], known),
            (ports[0], f"{known[:3]}-{known[3:]}"),
            (ports[1], f"{known[:3]} {known[3:]}"),
        ):
            browser = Browser(HOME)
            assert browser.post(port, SIGN_IN, right).headers["Location"] == CODE
            answers.append(browser.post(port, CODE, {"code": spelling}))
    assert answers[0].status_code == 302
    assert all("used before" in answer.text for answer in answers[1:])
