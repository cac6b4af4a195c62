"""Nobody is called what looks like somebody else's name."""

import pytest
from django.contrib.auth.models import User
from hypothesis import given
from hypothesis import strategies as st

from campaign.core.problem import Problem
from campaign.people.names import is_readable, like
from campaign.people.roles import Role, add_user


@pytest.mark.parametrize(
    "name",
    [
        "аnа",
        "аna",
        "αnna",
        "ꭺna",
        "mar\u200bie",
        "marie\u0301\u0301",
        "ɑna",
        "١٢٣",
        "ana\u2024b",
    ],
)
def test_letters_of_another_alphabet_are_refused(name):
    assert not is_readable(name)


@pytest.mark.parametrize("name", ["ana", "Hélène", "nguyễn.thị-hoa", "o_brien@x+1", "Œuvre"])
def test_names_of_people_here_are_written(name):
    assert is_readable(name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("rnarie", "marie"),
        ("b0b", "bob"),
        ("paul1", "paull"),
        ("pauI", "paul"),
        ("helene", "Hélène"),
        ("MARIE", "marie"),
        ("vvill", "will"),
        ("marıe", "marie"),
        ("marĸ", "mark"),
        ("pauł", "paul"),
        ("PAUŁ", "paul"),
        ("søren", "soren"),
        ("anđa", "anda"),
        ("ħanna", "hanna"),
        ("þaul", "paul"),
        ("paŋ", "pan"),
        ("Œuf", "oeuf"),
        ("ĿIa", "lla"),
        ("clara", "dara"),
        ("nnarie", "marie"),
        ("rnarianne", "marianne"),
        ("marie.", "marie"),
        ("ma__rie", "ma_rie"),
        ("marietremblay", "marie.tremblay"),
    ],
)
def test_a_name_that_looks_like_anothers_is_known(name, other):
    assert like(name, ["someone", other]) == other


@pytest.mark.parametrize(
    ("name", "other"),
    [
        *(("anna", "ana"), ("bob", "rob"), ("eve1", "eve2"), ("anne", "arne")),
        *(("marie", "maria"), ("claire", "blaire"), ("marie.t", "marie.l"), ("joan", "joann")),
    ],
)
def test_a_name_that_looks_otherwise_is_another(name, other):
    assert like(name, [other]) is None


NAMES = st.text(alphabet="abcdefghilmnrvwIŁłœþ.-_0", min_size=1, max_size=20)


@given(NAMES)
def test_a_name_is_like_itself(name):
    assert like(name, [name]) == name


@given(NAMES, NAMES)
def test_of_two_names_that_look_alike_each_looks_like_the_other(name, other):
    assert bool(like(name, [other])) == bool(like(other, [name]))


@given(
    st.text(alphabet="abeghijkopqstuxyz", min_size=1),
    st.text(alphabet="abeghijkopqstuxyz", min_size=1),
)
def test_names_of_letters_that_look_like_no_others_are_two_names(name, other):
    assert bool(like(name, [other])) == (name == other)


@pytest.mark.django_db
def test_such_a_person_is_not_made_and_a_known_one_is_still_given_a_role():
    add_user("ana", Role.STAFF)
    for name, said in (
        ("аnа", "letters of another alphabet"),
        ("schedu1er", "looks the same|calls itself"),
        ("scheduIer", "looks the same|calls itself"),
        ("Ána", "looks the same"),
    ):
        with pytest.raises(Problem, match=said):
            add_user(name, Role.VOLUNTEER)
    assert add_user("ana", Role.ADMIN)[1] is False


@pytest.mark.django_db
def test_people_who_had_such_names_before_keep_them():
    add_user("clara", Role.STAFF)
    User(username="dara").save()
    assert add_user("dara", Role.STAFF)[1] is False
    with pytest.raises(Problem, match="looks the same"):
        add_user("cla.ra", Role.STAFF)
