"""A new consent with its proof: both are kept, or neither is."""

from dataclasses import replace
from pathlib import Path

import pytest

from campaign.core.problem import Problem
from campaign.models.stories import Consent
from campaign.stories import papers, telling
from campaign.stories.erasing import erasure
from campaign.stories.withdrawal import Via
from tests.deliveries import NOON, consent, person, terms

pytestmark = pytest.mark.django_db
PROOF = b"%PDF-1.7 signed by Zoe"


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_proof_is_kept_with_the_consent_that_names_it(tmp_path):
    who = person()
    given = telling.renew(who, terms(), tmp_path, "anna", NOON, PROOF)
    assert given
    assert papers.read(tmp_path, who.reference, given.proof_digest) == PROOF


def test_a_proof_of_somebody_who_is_erased_already_is_not_kept(tmp_path):
    who = person()
    consent(who)
    erasure.erase(who, Via.STAFF, tmp_path, "ana", NOON)
    with pytest.raises(Problem, match="erased"):
        telling.renew(who, terms(), tmp_path, "anna", NOON, PROOF)
    assert files(tmp_path) == []


def test_a_proof_of_a_consent_that_cannot_hold_is_not_kept(tmp_path):
    never = replace(terms(), channels=())
    with pytest.raises(Problem, match="at least one channel"):
        telling.renew(person(), never, tmp_path, "anna", NOON, PROOF)
    assert files(tmp_path) == []


def test_a_consent_whose_proof_cannot_be_kept_is_not_given(tmp_path):
    (tmp_path / "stories").write_text("a file where the folder should be")
    with pytest.raises(Problem, match="could not be kept"):
        telling.renew(person(), terms(), tmp_path, "anna", NOON, PROOF)
    assert not Consent.objects.exists()
