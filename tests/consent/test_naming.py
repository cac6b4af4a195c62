"""Which parts of a name a text shows."""

from hypothesis import assume, given
from hypothesis import strategies as st

from campaign.consent.naming import Identity, revealed


@given(st.text(), st.text(), st.text())
def test_with_the_full_name_agreed_to_nothing_is_too_much(text, name, named_as):
    assert revealed(text, Identity.FULL_NAME, name, named_as) == set()


@given(
    st.from_regex(r"[A-Z][a-z]{4,8}", fullmatch=True),
    st.sampled_from(["#Team{0}", "@J{0}", "#{0}Strong", "#2{0}", "#strong_{0}_"]),
)
def test_a_surname_in_a_tag_is_seen_and_a_first_name_that_is_allowed_is_not(name, tag):
    assume(name.casefold() not in "anastasia team strong")
    for written in (tag.format(name), tag.format(name).lower()):
        assert revealed(written, Identity.FIRST_NAME, f"Anastasia {name}")
        assert not revealed(written, Identity.FIRST_NAME, name)


@given(st.from_regex(r"[A-Z][a-z]{2,8} [A-Z][a-z]{2,8}", fullmatch=True), st.text(), st.text())
def test_a_name_between_other_words_is_seen(name, before, after):
    assert revealed(f"{before} {name} {after}", Identity.NONE, name)
