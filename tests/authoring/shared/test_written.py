"""What posts share and was written in the pages stands beside that of the files, for every door."""

import pytest

from campaign.authoring.shared.written import keep, newest_number, sources, with_shared
from campaign.cli import main
from campaign.content.campaigns import EVERYDAY, everyday
from campaign.content.library import read_library
from campaign.core.problem import Problem
from campaign.models.shared import SharedKind
from campaign.people.roles import Role, add_user
from campaign.web.frame import site
from tests.deliveries import NOON
from tests.folders import CALENDAR, CAMPAIGN, FACT
from tests.posts_in_web import folder as folder

pytestmark = pytest.mark.django_db
OF_PAGES = {
    SharedKind.DAY: ("walk-day", CALENDAR.replace("mbc-day", "walk-day")),
    SharedKind.FACT: ("walked", FACT.replace('"spread"', '"walked"')),
    SharedKind.CAMPAIGN: ("walk", CAMPAIGN.replace("mbc-day", "walk-day")),
}


def written(kind, key, source, based_on=0):
    return keep(kind, key, source, add_user("eve", Role.STAFF)[0], NOON, based_on=based_on)


@pytest.fixture
def of_pages(folder):
    for kind, (key, source) in OF_PAGES.items():
        written(kind, key, source)


def test_what_was_written_in_the_pages_stands_beside_that_of_the_files(of_pages):
    library = site.library()
    assert {"spread", "walked"} <= library.facts.keys()
    assert {"mbc-day", "walk-day"} <= library.days.keys()
    assert {"know", "walk"} <= library.campaigns.keys()
    # Its days hang on a day that was written in the pages, too.
    start, end = library.campaigns["walk"].dates(library.days, NOON.date())
    assert start and end and start < end


def test_a_later_version_counts_at_once_and_the_earlier_one_stays(folder):
    written(SharedKind.FACT, "walked", OF_PAGES[SharedKind.FACT][1])
    assert site.library().facts["walked"].claims["en"] == "It has spread."
    other = OF_PAGES[SharedKind.FACT][1].replace("It has spread.", "It has spread far.")
    written(SharedKind.FACT, "walked", other, based_on=1)
    assert site.library().facts["walked"].claims["en"] == "It has spread far."
    assert newest_number(SharedKind.FACT, "walked") == 2


@pytest.mark.parametrize("based_on", [0, 2])
def test_whoever_began_with_another_version_is_told_and_nothing_is_overwritten(
    folder, based_on
):
    written(SharedKind.FACT, "walked", FACT)
    with pytest.raises(Problem, match="changed meanwhile"):
        written(SharedKind.FACT, "walked", FACT, based_on=based_on)
    assert newest_number(SharedKind.FACT, "walked") == 1


@pytest.mark.parametrize(
    ("kind", "key", "source", "other"),
    [
        (SharedKind.FACT, "spread", FACT, "It has spread."),
        (SharedKind.DAY, "mbc-day", CALENDAR, "MBC Day"),
        (SharedKind.CAMPAIGN, "know", CAMPAIGN, "More people know."),
    ],
)
def test_where_a_file_says_it_too_the_file_rules_and_a_difference_is_told(
    folder, kind, key, source, other
):
    files = read_library(folder.posts, folder.templates)
    written(kind, key, source)
    assert "in-both" not in codes(with_shared(files, sources()))
    written(kind, key, source.replace(other, "Something else."), based_on=1)
    both = with_shared(files, sources())
    assert codes(both).count("in-both") == 1
    assert (both.facts, both.days) == (files.facts, files.days)
    assert both.campaigns == {**files.campaigns, EVERYDAY: everyday()}


def test_the_folder_of_posts_without_a_file_of_its_own_is_the_campaign_of_the_pages(
    of_pages, folder
):
    folder.write("posts/walk/first.toml", 'kind = "awareness"\n')
    assert site.library().campaigns["walk"].names["en"] == "Know it"


def test_the_command_line_knows_what_was_written_in_the_pages(
    of_pages, folder, capsys, monkeypatch
):
    monkeypatch.setenv("CAMPAIGN_CONFIG", "")
    folder.write("config.toml", "")
    folder.post(
        "leans", 'when = "walk-day 09:00"', en="{{ fact('walked') }}", fr="{{ fact('walked') }}"
    )
    capsys.readouterr()
    main(["check"])
    told = capsys.readouterr().out
    assert "1 post, 4 deliveries" in told
    assert "leans" not in told


def codes(library):
    return [finding.code for finding in library.findings]
