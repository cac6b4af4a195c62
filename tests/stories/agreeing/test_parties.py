"""Who speaks for whom, by what right, until when, and with how many voices."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.consent.rule import KnownConsent, unsaid
from campaign.core.problem import Problem
from campaign.delivery import candidates
from campaign.models import Delivery
from campaign.models.stories import Consent, FinalWord, Storyteller
from campaign.states import Status
from campaign.stories import changing, final_word, storyteller, telling
from campaign.stories import consent as consents
from campaign.stories.agreeing import answers, parties, trusted
from campaign.stories.agreeing.parties import (
    AUTHORITIES,
    Authority,
    Party,
    SecondVoice,
    Speaker,
)
from campaign.stories.agreeing.trusted import Trusted
from campaign.stories.consent import After, Method
from campaign.stories.final_word import FinalAnswer
from campaign.stories.telling import Person, ToldStory
from campaign.stories.withdrawal import ALL, Via, withdraw
from tests.deliveries import NOON, delivery, person, story, terms

TODAY = date(2027, 10, 13)
MOTHER = Speaker("Anne Roy", "her mother", Authority.PARENT.value)
MARIE = Speaker("Marie Roy", "her mother", Authority.PARENT.value)
days = st.dates(date(2020, 1, 1), date(2050, 12, 31))


def told_by(party, folder, about="Léa Roy"):
    who = Person("Anne Roy", "anne@example.org", "fr", party, about)
    return telling.record(who, ToldStory("A good day."), None, folder, "web form", NOON)


def of_a_child(folder, adult_on=date(2029, 5, 1), **more):
    """A story that a mother tells, with her consent."""
    who = told_by(Party.GUARDIAN, folder)
    wanted = terms(given_on=TODAY, start=TODAY, until=date(2032, 10, 1), speaker=MOTHER)
    consents.give(who, replace(wanted, adult_on=adult_on, **more), "web form", NOON)
    who.refresh_from_db()
    return who


def waiting(who):
    return delivery("s", of=story(who, "s"), status=Status.DRAFT)


def reasons(one):
    return [str(reason) for reason in unsaid(candidates.consents_of([one.pk])[one.pk])]


@given(days, days)
def test_no_consent_for_a_young_person_goes_beyond_the_border_that_is_next(adult_on, today):
    who = Storyteller(party=Party.GUARDIAN.value, adult_on=adult_on)
    last = parties.last_day(who, today)
    assert last is not None
    has_a_say = last + timedelta(days=1) if parties.second_voice(who, today) == "" else None
    if has_a_say:
        assert today < has_a_say
        assert has_a_say.year == adult_on.year - 4
        assert parties.second_voice(who, has_a_say) is SecondVoice.WAITS
    else:
        assert last == adult_on - timedelta(days=1)


@given(days, days, st.sampled_from([Party.SELF, Party.FAMILY, Party.DECIDER]))
def test_age_ends_nothing_for_anybody_else(adult_on, today, party):
    who = Storyteller(party=party.value, adult_on=adult_on)
    assert parties.last_day(who, today) is None
    assert parties.second_voice(who, today) is SecondVoice.NOT_NEEDED


@pytest.mark.django_db
@pytest.mark.parametrize("party", [Party.GUARDIAN, Party.FAMILY, Party.DECIDER])
@pytest.mark.parametrize(
    "speaker",
    [
        None,
        Speaker("Anne Roy"),
        Speaker("Anne Roy", " ", "parent"),
        Speaker("Anne Roy", "a friend", ""),
        Speaker("Anne Roy", "a friend", "friendship"),
    ],
)
def test_without_a_relationship_and_a_right_nobody_says_yes_for_another(
    tmp_path, party, speaker
):
    who = told_by(party, tmp_path)
    wanted = terms(speaker=speaker, adult_on=date(2029, 5, 1))
    with pytest.raises(Problem, match="by what right"):
        consents.give(who, wanted, "web form", NOON)
    assert not Consent.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("party", [Party.GUARDIAN, Party.FAMILY, Party.DECIDER])
@pytest.mark.parametrize("right", Authority)
def test_a_right_counts_only_for_those_who_can_have_it(tmp_path, party, right):
    who = told_by(party, tmp_path)
    speaker = Speaker("Anne Roy", "close", right.value)
    wanted = terms(speaker=speaker, adult_on=date(2029, 5, 1))
    if right in AUTHORITIES[party]:
        consents.give(who, wanted, "web form", NOON)
        assert parties.speaker_of(who) == speaker
    else:
        with pytest.raises(Problem, match="by what right"):
            consents.give(who, wanted, "web form", NOON)


@pytest.mark.django_db
def test_a_guardian_says_until_when_and_for_nobody_who_is_of_age(tmp_path):
    who = told_by(Party.GUARDIAN, tmp_path)
    with pytest.raises(Problem, match="comes of age"):
        consents.give(who, terms(speaker=MOTHER), "web form", NOON)
    of_age = terms(speaker=MOTHER, given_on=TODAY, adult_on=TODAY)
    with pytest.raises(Problem, match="is of age"):
        consents.give(who, of_age, "web form", NOON)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("adult_on", "until", "voice"),
    [
        (date(2029, 5, 1), date(2029, 4, 30), "waits"),
        (date(2035, 5, 1), date(2031, 4, 30), ""),
        (date(2031, 10, 13), date(2031, 10, 12), "waits"),
        (date(2031, 10, 14), date(2027, 10, 13), ""),
        (date(2040, 5, 1), date(2032, 10, 1), ""),
    ],
)
def test_the_consent_ends_with_the_age_and_waits_for_a_second_voice_from_14(
    tmp_path, adult_on, until, voice
):
    who = of_a_child(tmp_path, adult_on)
    given_ = consents.current(who)
    assert given_
    assert (given_.valid_until, given_.second_voice) == (until, voice)


@pytest.mark.django_db
def test_nothing_of_a_young_person_goes_out_before_both_have_said_yes_to_all_of_it(tmp_path):
    who = of_a_child(tmp_path)
    one = waiting(who)
    final_word.answer(who, one.pk, one.fingerprint, FinalAnswer.YES, NOON)
    assert "not said yes themselves yet" in reasons(one)[0]
    consents.second_yes(who, "maria", NOON)
    assert "this very text themselves" in reasons(one)[0]
    final_word.answer(who, one.pk, one.fingerprint, FinalAnswer.NO, NOON, is_second=True)
    assert "this very text themselves" in reasons(one)[0]
    final_word.answer(who, one.pk, one.fingerprint, FinalAnswer.YES, NOON, is_second=True)
    assert reasons(one) == []
    [shown] = final_word.outgoing(who)
    assert (shown.answer, shown.second_answer) == (FinalAnswer.YES, FinalAnswer.YES)


@pytest.mark.django_db
def test_the_young_persons_yes_alone_is_not_their_guardians(tmp_path):
    who = of_a_child(tmp_path)
    one = waiting(who)
    consents.second_yes(who, "maria", NOON)
    final_word.answer(who, one.pk, one.fingerprint, FinalAnswer.YES, NOON, is_second=True)
    assert "has not said yes to this very text yet" in reasons(one)[0]
    assert final_word.outgoing(who)[0].answer is None


@pytest.mark.django_db
def test_a_no_of_the_young_person_takes_an_approval_away(tmp_path):
    who = of_a_child(tmp_path)
    one = waiting(who)
    Delivery.objects.filter(pk=one.pk).update(status=Status.QUEUED)
    final_word.answer(who, one.pk, one.fingerprint, FinalAnswer.NO, NOON, is_second=True)
    assert Delivery.objects.get(pk=one.pk).status == Status.DRAFT


@pytest.mark.django_db
def test_less_keeps_the_second_yes_and_more_asks_for_it_anew(tmp_path):
    who = of_a_child(tmp_path)
    one = waiting(who)
    consents.second_yes(who, "maria", NOON)
    for is_second in (False, True):
        final_word.answer(
            who, one.pk, one.fingerprint, FinalAnswer.YES, NOON, is_second=is_second
        )
    less = terms(given_on=TODAY, start=TODAY, until=date(2028, 1, 1))
    changing.change(who, less, "", Via.LINK, "", NOON)
    assert reasons(one) == []
    more = terms(given_on=TODAY, start=TODAY, until=date(2028, 6, 1))
    changing.change(who, more, "", Via.LINK, "", NOON)
    given_ = consents.current(who)
    assert given_
    assert given_.second_voice == SecondVoice.WAITS


@pytest.mark.django_db
@pytest.mark.parametrize("before", ["one voice", "said", "taken back"])
def test_a_second_yes_that_nothing_waits_for_is_refused(tmp_path, before):
    who = of_a_child(tmp_path, date(2040, 5, 1) if before == "one voice" else date(2029, 5, 1))
    if before == "said":
        consents.second_yes(who, "maria", NOON)
    if before == "taken back":
        withdraw(who, ALL, Via.LINK, "", NOON)
    with pytest.raises(Problem, match="second yes"):
        consents.second_yes(who, "maria", NOON)


@pytest.mark.django_db
def test_where_one_voice_is_enough_no_second_word_is_taken():
    who = person()
    consents.give(who, terms(), "anna", NOON)
    one = waiting(who)
    with pytest.raises(Problem, match="One voice is enough"):
        final_word.answer(who, one.pk, one.fingerprint, FinalAnswer.YES, NOON, is_second=True)
    assert not FinalWord.objects.exists()


@given(
    st.builds(
        KnownConsent,
        reference=st.just("S-0001"),
        change=st.just("same"),
        word=st.sampled_from(["", "yes", "no", "remark"]),
        second_voice=st.sampled_from(["", "waits", "yes"]),
        second_word=st.sampled_from(["", "yes", "no", "remark"]),
    )
)
def test_the_gate_hears_every_voice_that_is_needed(known):
    may = not unsaid(known)
    both = known.second_voice == "yes" and known.second_word == "yes"
    assert may == (known.word == "yes" and (known.second_voice == "" or both))


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["if_ill", "if_died"])
@pytest.mark.parametrize(
    "trusted",
    [
        None,
        Trusted(),
        Trusted("Paul"),
        Trusted("", "514 555-0199"),
        Trusted(" ", " "),
        Trusted("Paul", "514"),
    ],
)
def test_who_wants_somebody_to_be_asked_names_somebody(name, trusted):
    who = person()
    wanted = terms(**{name: After.ASK}, trusted=trusted)
    with pytest.raises(Problem, match="person of trust"):
        consents.give(who, wanted, "anna", NOON)
    named = replace(wanted, trusted=Trusted("Paul", "514 555-0199"))
    consents.give(who, named, "anna", NOON)
    # Whom they named once need not be named again.
    consents.give(who, replace(wanted, trusted=None), "anna", NOON)


@pytest.mark.django_db
def test_who_changes_to_asking_names_somebody_too():
    who = person()
    consents.give(who, terms(), "anna", NOON)
    wanted = terms(if_died=After.ASK)
    with pytest.raises(Problem, match="person of trust"):
        changing.change(who, wanted, "", Via.LINK, "", NOON)
    assert Storyteller.objects.get().consent_number == 1
    named = replace(wanted, trusted=Trusted("Paul", "514 555-0199"))
    assert changing.change(who, named, "", Via.LINK, "", NOON).is_any


@pytest.mark.django_db
@pytest.mark.parametrize("later", [date(2030, 5, 1), date(2039, 5, 1)])
def test_a_guardian_does_not_put_off_the_day_on_which_the_young_person_is_of_age(
    tmp_path, later
):
    who = of_a_child(tmp_path)
    wanted = terms(given_on=TODAY, start=TODAY, until=date(2029, 4, 30), speaker=MOTHER)
    moved = replace(wanted, adult_on=later)
    with pytest.raises(Problem, match="comes of age on May 1, 2029"):
        consents.give(who, moved, who.reference, NOON)
    with pytest.raises(Problem, match="the team corrects it"):
        changing.change(who, replace(moved, channels=("page-en",)), "", Via.LINK, "", NOON)
    who.refresh_from_db()
    assert (who.adult_on, who.consent_number) == (date(2029, 5, 1), 1)
    same = replace(wanted, adult_on=date(2029, 5, 1))
    assert consents.give(who, same, who.reference, NOON).second_voice == SecondVoice.WAITS
    assert consents.give(who, moved, "maria", NOON)
    who.refresh_from_db()
    assert who.adult_on == later


@pytest.mark.django_db
def test_who_once_had_a_say_keeps_it_until_they_are_of_age(tmp_path):
    who = of_a_child(tmp_path)
    wanted = terms(given_on=TODAY, start=TODAY, until=date(2029, 4, 30), speaker=MOTHER)
    for adult_on in (date(2039, 5, 1), None, date(2031, 1, 1)):
        given_now = consents.give(who, replace(wanted, adult_on=adult_on), "maria", NOON)
        assert given_now.second_voice == SecondVoice.WAITS
    earlier = replace(wanted, given_on=date(2026, 1, 1), start=date(2026, 1, 1))
    assert consents.give(who, earlier, "maria", NOON).second_voice == SecondVoice.WAITS
    other = of_a_child(tmp_path, adult_on=date(2039, 5, 1))
    assert consents.give(other, wanted, "maria", NOON).second_voice == SecondVoice.NOT_NEEDED


@given(days, days, st.booleans())
def test_a_say_that_somebody_had_is_never_taken_away(adult_on, today, had_a_say):
    who = Storyteller(party=Party.GUARDIAN.value, adult_on=adult_on)
    by_age = parties.second_voice(who, today)
    voice = parties.second_voice(who, today, had_a_say=had_a_say)
    assert voice == (SecondVoice.WAITS if had_a_say else by_age)


@pytest.mark.django_db
@pytest.mark.parametrize("method", Method)
def test_no_yes_that_a_volunteer_hands_in_without_its_proof_is_a_consent(volunteer, method):
    who = person()
    wanted = terms(method=method, collected_by="vera")
    with pytest.raises(Problem, match="a volunteer"):
        consents.give(who, wanted, "vera", NOON)
    assert not Consent.objects.exists()
    assert consents.give(who, replace(wanted, proof_digest="a" * 64), "vera", NOON)
    assert consents.give(who, wanted, who.reference, NOON)


@pytest.mark.django_db
@pytest.mark.parametrize("identity", consents.Identity)
@pytest.mark.parametrize("text", ["Léa, daughter of Marie.", "For #MarieRoy", "MARIE said so."])
def test_the_name_of_who_speaks_is_kept_back_however_the_person_is_named(
    tmp_path, identity, text
):
    who = of_a_child(tmp_path, identity=identity, named_as="Mina", speaker=MARIE)
    delivery("s", of=story(who, "s"), status=Status.DRAFT, text=text)
    assert final_word.outgoing(who)[0].names_too_much


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("identity", "text", "too_much"),
    [
        ("full_name", "Léa Roy and her mother.", False),
        ("full_name", "The Roy family.", False),
        ("first_name", "Léa and her mother.", False),
        ("first_name", "The Roy family.", True),
        ("chosen_name", "Mina and her mother.", False),
        ("none", "A girl and her mother.", False),
    ],
)
def test_what_both_names_have_in_common_is_the_persons_own(tmp_path, identity, text, too_much):
    chosen = consents.Identity(identity)
    who = of_a_child(tmp_path, identity=chosen, named_as="Mina", speaker=MARIE)
    delivery("s", of=story(who, "s"), status=Status.DRAFT, text=text)
    assert final_word.outgoing(who)[0].names_too_much is too_much


@pytest.mark.django_db
def test_what_a_volunteer_heard_alone_is_no_consent(volunteer, staff, admin, tmp_path):
    who = person()
    spoken = terms(method=Method.SPOKEN)
    with pytest.raises(Problem, match="a volunteer has heard alone"):
        consents.give(who, spoken, "vera", NOON)
    proven = replace(spoken, proof_digest="a" * 64)
    for by, wanted in (("vera", proven), ("maria", spoken), ("ana", spoken)):
        assert consents.give(who, wanted, by, NOON)
    with pytest.raises(Problem, match="a volunteer has heard alone"):
        telling.record(
            Person("Zoé", "514 555-0199", "fr"), ToldStory("A"), spoken, tmp_path, "vera", NOON
        )
    assert Storyteller.objects.count() == 1


@pytest.mark.django_db
def test_who_is_of_age_speaks_themselves_and_nothing_goes_out_before_their_own_yes(tmp_path):
    who = of_a_child(tmp_path, trusted=Trusted("Paul Roy", "514 555-0111"))
    answers.keep(who, {"trusted": ["Paul Roy"], "relationship": ["her mother"]}, NOON)
    trusted.was_told(who, "maria", NOON)
    key = storyteller.new_link(who, "maria", NOON)
    one = waiting(who)
    Delivery.objects.filter(pk=one.pk).update(status=Status.QUEUED)
    consents.speak_themselves(who, "maria", NOON)
    assert (who.party, who.speaker_sealed, who.adult_on) == ("self", "", None)
    assert (answers.answers_of(who), trusted.trusted_of(who)) == ({}, Trusted())
    assert who.trusted_told_at is None
    assert storyteller.by_key(key) is None
    assert Delivery.objects.get(pk=one.pk).status == Status.DRAFT
    given_ = consents.current(who)
    assert given_
    assert given_.ended_at == NOON
    consents.give(
        who, terms(given_on=TODAY, start=TODAY, until=date(2030, 1, 1)), "web form", NOON
    )
    own = consents.current(who)
    assert own
    assert (own.valid_until, own.second_voice) == (date(2030, 1, 1), "")


@pytest.mark.django_db
def test_nobody_speaks_themselves_for_whom_nobody_spoke(tmp_path):
    for who in (told_by(Party.SELF, tmp_path), told_by(Party.FAMILY, tmp_path)):
        with pytest.raises(Problem, match="Nobody speaks"):
            consents.speak_themselves(who, "maria", NOON)


@pytest.mark.django_db
def test_the_name_of_who_speaks_is_kept_back_as_that_of_the_person(tmp_path):
    who = of_a_child(tmp_path, date(2040, 5, 1), identity=consents.Identity.NONE)
    one = delivery("s", of=story(who, "s"), status=Status.DRAFT, text="Anne and her child.")
    with pytest.raises(Problem, match="more of the person's name"):
        final_word.answer(who, one.pk, one.fingerprint, FinalAnswer.YES, NOON)
    assert final_word.outgoing(who)[0].names_too_much


@pytest.mark.django_db
def test_who_has_agreed_to_nothing_can_take_it_back_all_the_same(tmp_path):
    who = told_by(Party.SELF, tmp_path)
    withdraw(who, ALL, Via.LINK, "", NOON)
    who.refresh_from_db()
    assert who.withdrawn_at
