"""Figures of one's own: read from a file, worded as what they are, accepted by the checks of numbers."""

import pytest

from campaign.content.facts import read_facts
from campaign.content.facts_file import lines_of, values_of
from campaign.core.toml_file import read_toml_text
from tests.folders import make_folder, with_code

OWN = """
[[fact]]
id = "came-alone"
kind = "own"
claim.en = "3 in 10 came alone and left with a friend."
claim.fr = "3 personnes sur 10 sont venues seules et reparties avec une amie."
counted = "survey"
counted_on = 2027-05-01
asked = 1200
vouched_by = "Marie Tremblay, programs"
review_by = 2030-01-01
"""
CITES = "{{ fact('came-alone') }}"


def read(text):
    table = read_toml_text(text, "facts.toml")
    return read_facts(table), [str(finding) for finding in table.file.findings]


def test_it_is_called_ones_own_in_both_languages():
    facts, findings = read(OWN)
    assert findings == []
    assert facts["came-alone"].citations == {
        "en": "our own survey of 1,200 people, 2027",
        "fr": "notre propre sondage auprès de 1\u00a0200 personnes, 2027",
    }
    counted = OWN.replace('"survey"', '"count"').replace("1200", "1")
    assert read(counted)[0]["came-alone"].citations == {
        "en": "our own count among 1 person, 2027",
        "fr": "notre propre décompte auprès de 1 personne, 2027",
    }


def test_its_lines_say_the_same_again():
    fact = read(OWN)[0]["came-alone"]
    again = read(lines_of("came-alone", values_of(fact)))
    assert again[1] == []
    assert values_of(again[0]["came-alone"]) == values_of(fact)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "own"', 'kind = "ours"', "no kind of fact"),
        ('"survey"', '"guess"', "no way to count"),
        ("asked = 1200", "", "how many people"),
        ("asked = 1200", "asked = -1", "how many people"),
        ("counted_on = 2027-05-01", "", "on which day"),
        ('vouched_by = "Marie Tremblay, programs"', "", "vouched_by"),
        ("review_by", 'source = "A study"\nreview_by', "not a known key"),
    ],
)
def test_what_is_missing_or_passes_it_off_as_a_study_is_told(old, new, said):
    assert any(said in finding for finding in read(OWN.replace(old, new))[1])


def test_posts_say_it_with_its_source_and_no_check_takes_its_numbers_for_unsourced(tmp_path):
    folder = make_folder(tmp_path)
    folder.write("posts/facts.toml", OWN)
    long = "{{ text }}{% for source in references %} {{ source.name }}|{{ source.url }}|{% endfor %}"
    folder.template(long)
    folder.post("own", en=CITES, fr=CITES)
    planned = folder.plan()
    assert planned.errors() == []
    assert with_code(planned, "number-without-fact") == []
    texts = {each.text for each in planned.planned if each.channel.language == "fr"}
    assert any(text.endswith("1\u00a0200 personnes, 2027||") for text in texts)


def test_who_vouches_for_it_is_named_when_its_review_is_over(tmp_path):
    folder = make_folder(tmp_path)
    folder.write("posts/facts.toml", OWN.replace("2030-01-01", "2027-01-01"))
    folder.post("own", en=CITES, fr=CITES)
    [told] = {finding.message for finding in with_code(folder.plan(), "fact-overdue")}
    assert "ask Marie Tremblay, programs, who vouches for it" in told
