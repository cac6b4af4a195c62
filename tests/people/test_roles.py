"""People, their roles, and what those let them do."""

import pytest
from django.contrib.auth.models import User

from campaign.core.problem import Problem
from campaign.people.roles import NOBODY, Role, add_user, find_user, may_approve, need_decider

pytestmark = pytest.mark.django_db


def test_staff_and_admins_may_approve_and_volunteers_may_not() -> None:
    people = {role: add_user(f"{role}-person", role)[0] for role in Role}
    assert {role for role, person in people.items() if may_approve(person)} == {
        Role.STAFF,
        Role.ADMIN,
    }
    with pytest.raises(Problem, match="takes the role staff or admin"):
        need_decider(people[Role.VOLUNTEER])


def test_somebody_without_a_role_may_nothing() -> None:
    assert not may_approve(User.objects.create(username="root", is_superuser=True))


def test_a_new_person_cannot_sign_in_before_they_have_a_password() -> None:
    person, is_new = add_user("bob", Role.STAFF)
    assert is_new
    assert not person.has_usable_password()


def test_another_role_replaces_the_one_before_and_keeps_the_password() -> None:
    person, _ = add_user("bob", Role.ADMIN)
    person.set_password("a long enough one")
    person.save()
    person, is_new = add_user("bob", Role.VOLUNTEER)
    assert not is_new
    assert person.has_usable_password()
    assert [group.name for group in person.groups.all()] == ["volunteer"]
    assert (person.is_staff, person.is_superuser, may_approve(person)) == (False, False, False)


@pytest.mark.parametrize(
    "name", ["", " ", "marie tremblay", "a\nb", "red\x1b[31m", "x" * 151, "a/b", "\u202ebob"]
)
def test_a_name_that_nobody_can_have_is_refused(name: str) -> None:
    with pytest.raises(Problem, match="cannot be a user's name"):
        add_user(name, Role.STAFF)
    assert not User.objects.exists()


@pytest.mark.parametrize("name", sorted(NOBODY))
def test_nobody_is_called_what_the_program_calls_itself_in_the_log(name: str) -> None:
    with pytest.raises(Problem, match="choose another name"):
        add_user(name.upper(), Role.STAFF)


def test_a_name_with_accents_is_one_name_however_it_is_written() -> None:
    add_user("he\u0301le\u0300ne", Role.STAFF)
    assert not add_user("h\u00e9l\u00e8ne", Role.STAFF)[1]
    assert find_user("he\u0301le\u0300ne").username == "h\u00e9l\u00e8ne"


def test_two_names_may_not_differ_in_capitals_alone() -> None:
    add_user("bob", Role.STAFF)
    with pytest.raises(Problem, match='There is a "bob" already'):
        add_user("Bob", Role.ADMIN)
    assert User.objects.count() == 1


def test_a_misspelt_name_is_answered_with_the_nearest_one() -> None:
    add_user("marie", Role.STAFF)
    with pytest.raises(Problem, match='did you mean "marie"'):
        find_user("mari")


def test_somebody_who_has_left_is_not_found() -> None:
    person, _ = add_user("bob", Role.STAFF)
    User.objects.filter(pk=person.pk).update(is_active=False)
    with pytest.raises(Problem, match='"bob" is not a user'):
        find_user("bob")
