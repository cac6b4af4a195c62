"""A post becomes the text of one channel; what goes wrong is told where it stands."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.config import Config, Stories, Web
from campaign.content.links import without_tags
from campaign.content.render import Outlet, Rendered, file_finding, render, tidy
from campaign.content.templates.sandbox import TemplateError
from campaign.publishers import NETWORKS
from tests.folders import CAMPAIGN, FACT, STARTER_CHANNELS, Folder, make_folder, with_code

DUE = datetime(2027, 10, 10, 13, tzinfo=UTC)
HEAD = 'when = "mbc-day -3d 09:00"\nfacts = ["spread"]\nday = "mbc-day"\naction = "share"'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    monkeypatch.chdir(tmp_path)
    return make_folder(tmp_path)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return make_folder(tmp_path_factory.mktemp("small"))


def rendered(
    folder: Folder,
    channel: str = "twitter-en",
    due: datetime = DUE,
    key: str = "know/one",
    config: Config | None = None,
) -> Rendered:
    post, library = folder.read(key)
    network = channel.split("-")[0]
    outlet = Outlet(STARTER_CHANNELS[channel], network, 280 if network == "twitter" else 63_206)
    return render(post, outlet, due, library, config or Config())


def text_of(
    folder: Folder,
    source: str,
    channel: str = "twitter-en",
    head: str = HEAD,
    due: datetime = DUE,
) -> str:
    folder.post(head=head, en=source, fr=source)
    found = rendered(folder, channel, due)
    assert found.findings == ()
    return found.text


TAGS = "utm_source=twitter&utm_medium=social&utm_campaign=know-2027&utm_content=one"


@pytest.mark.parametrize(
    ("source", "english", "french"),
    [
        ("{{ fact('spread') }}", "It has spread.", "Il s’est propagé."),
        ("{{ cite('spread') }}", "CN", "RC"),
        ("{{ sources | join('; ') }}", "CN", "RC"),
        ("{{ hashtags | join(' ') }}", "#MBC #Cancer", "#CSM"),
        ("{{ language }}", "en", "fr"),
        (
            "{{ post.kind }} {{ post.campaign }} {{ post.name }}",
            "awareness know one",
            "awareness know one",
        ),
        (
            "{{ post.facts | join }} {{ post.action }} {{ post.day }}",
            "spread share mbc-day",
            "spread share mbc-day",
        ),
        (
            "{{ campaign.name }}: {{ campaign.aim }}",
            "Know it: More people know.",
            "La connaître: Plus de gens savent.",
        ),
        ("{{ date(campaign.start) }}", "October 1, 2027", "1er octobre 2027"),
        ("{{ date(campaign.end) }}", "October 31, 2027", "31 octobre 2027"),
        (
            "{{ channel.name }} {{ channel.network }}",
            "twitter-en twitter",
            "twitter-fr twitter",
        ),
        ("{{ channel.language }}", "en", "fr"),
        ("{{ date(due) }} {{ due.hour }}", "October 10, 2027 9", "10 octobre 2027 9"),
        ("{{ day.name }} {{ day.days_left }}", "MBC Day 3", "Journée CSM 3"),
        ("{{ date(day.date) }}", "October 13, 2027", "13 octobre 2027"),
        ("{% if language == 'fr' %}Oui{% else %}Yes{% endif %}", "Yes", "Oui"),
        (
            "{{ link() }}",
            f"https://survivornet.ca/mbc/?{TAGS}-en",
            f"https://survivornet.ca/fr/csm/?{TAGS}-fr",
        ),
        (
            "{{ link('https://survivornet.ca/a?b=1#c') }}",
            f"https://survivornet.ca/a?b=1&{TAGS}-en#c",
            f"https://survivornet.ca/a?b=1&{TAGS}-fr#c",
        ),
        ("{{ link('https://cbcn.ca/') }}", "https://cbcn.ca/", "https://cbcn.ca/"),
    ],
)
def test_every_name_works_in_both_languages(
    folder: Folder, source: str, english: str, french: str
) -> None:
    assert text_of(folder, source, "twitter-en") == english
    assert text_of(folder, source, "twitter-fr") == french


def test_a_template_sees_the_same_names_and_the_text(folder: Folder) -> None:
    every_tag = "{% for tag in hashtags %}{{ tag }}{% endfor %}"
    folder.template(
        "{{ text }}|{{ day.days_left }}|{{ sources | join }}|{{ fact('spread') }}|" + every_tag
    )
    assert (
        text_of(folder, " Hello {{ language }}. ")
        == "Hello en.|3|CN|It has spread.|#MBC#Cancer"
    )


def test_the_link_of_a_post_comes_before_that_of_its_campaign(folder: Folder) -> None:
    own = 'when = "next-slot"\nlink.en = "https://survivornet.ca/own"'
    assert text_of(folder, "{{ link() }}", "twitter-en", own).startswith(
        "https://survivornet.ca/own?utm"
    )
    assert text_of(folder, "{{ link() }}", "twitter-fr", own).startswith(
        "https://survivornet.ca/fr/csm/?utm"
    )


def test_without_any_link_the_site_itself_is_linked(folder: Folder) -> None:
    folder.write("posts/know/campaign.toml", "")
    assert text_of(folder, "{{ link() }}").startswith(
        "https://survivornet.ca?utm_source=twitter"
    )


def test_a_campaign_over_new_year_keeps_the_year_in_which_it_began(folder: Folder) -> None:
    folder.write(
        "posts/know/campaign.toml", 'start = 2027-12-01\nend = 2028-02-01\nutm = "winter"\n'
    )
    text = text_of(folder, "{{ link() }}", due=datetime(2028, 1, 15, tzinfo=UTC))
    assert "utm_campaign=winter-2027&" in text


@pytest.mark.parametrize(
    ("due", "left"),
    [
        (datetime(2027, 10, 13, 13, tzinfo=UTC), 0),
        (datetime(2027, 10, 14, 3, 59, tzinfo=UTC), 0),
        (datetime(2027, 10, 13, 3, 59, tzinfo=UTC), 1),
        (datetime(2027, 10, 1, 13, tzinfo=UTC), 12),
        (datetime(2027, 10, 14, 4, 0, tzinfo=UTC), 365),
    ],
)
def test_the_days_that_are_left_are_counted_on_the_local_calendar(
    folder: Folder, due: datetime, left: int
) -> None:
    assert text_of(folder, "{{ day.days_left }}", due=due) == str(left)


def test_a_post_without_a_day_has_none(folder: Folder) -> None:
    assert (
        text_of(
            folder,
            "{% if day %}{{ day.name }}{% else %}none{% endif %}",
            head='when = "next-slot"',
        )
        == "none"
    )


def test_a_text_leans_on_the_facts_that_it_names_and_on_those_of_its_post(
    folder: Folder,
) -> None:
    folder.write(
        "posts/facts.toml",
        FACT + FACT.replace('"spread"', '"other"') + FACT.replace('"spread"', '"third"'),
    )
    folder.post(
        head='when = "next-slot"\nfacts = ["spread"]',
        en="{{ fact('other') }} {{ cite('spread') }}",
    )
    assert rendered(folder).facts == ("spread", "other")
    assert rendered(folder, "twitter-fr").facts == ("spread",)


def test_sources_do_not_repeat_and_fall_back_to_the_whole_name(folder: Folder) -> None:
    other = FACT.replace('"spread"', '"other"')
    third = FACT.replace('"spread"', '"third"').replace('cite.en = "CN"\n', "")
    folder.write("posts/facts.toml", FACT + other + third)
    head = 'when = "next-slot"\nfacts = ["spread", "other", "third", "unknown"]'
    assert text_of(folder, "{{ sources | join('; ') }}", head=head) == "CN; Canadian Network"


@pytest.mark.parametrize(
    ("source", "line", "sentence"),
    [
        ("One\n{{ hashtag }}", 4, 'did you mean "hashtags"?'),
        (
            "{{ fact('spred') }}",
            3,
            '"spred" is not a fact of facts.toml; did you mean "spread"?',
        ),
        ("a\nb\n{{ cite('x') }}", 5, '"x" is not a fact of facts.toml; known here: spread.'),
        ("{{ post.nmae }}", 3, "nmae"),
        (
            "{% for h in hashtags %}{{ h }}{% endfor %}",
            3,
            "{% for %} cannot be used in a post's own text",
        ),
        ("a\n{{ 'open }}", 4, "This template cannot be read"),
        ("{{ text }}", 3, "text"),
        ("{{ link('http://[1') }}", 3, "This part of the template cannot be worked out"),
        ("{{ 'x' * 100000000 }}", 3, "too much"),
    ],
)
def test_what_is_wrong_in_a_text_is_told_at_its_line(
    folder: Folder, source: str, line: int, sentence: str
) -> None:
    folder.post(head='when = "next-slot"', en=source)
    found = rendered(folder)
    [finding] = found.findings
    assert found.text == ""
    assert (finding.code, str(finding.place)) == ("template", f"posts/know/one.toml:{line}")
    assert sentence in finding.message


def test_the_lines_of_a_text_below_its_quotes_are_counted_from_there(folder: Folder) -> None:
    folder.post(head='when = "next-slot"', en="\nOne\n{{ hashtag }}")
    assert str(rendered(folder).findings[0].place) == "posts/know/one.toml:5"


@pytest.mark.parametrize(
    ("template", "line", "sentence"),
    [
        ("{{ text }}\n{{ hashtgs }}", 2, 'did you mean "hashtags"?'),
        ("{{ text }}\n\n{{ fact('spred') }}", 3, 'did you mean "spread"?'),
        ("{% for a in range(99999999) %}x{% endfor %}", 1, "too"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, "too"),
        ("{{ text }}{% if %}", 1, "This template cannot be read"),
        ("{{ day.name }}", 1, "name"),
    ],
)
def test_what_is_wrong_in_a_template_is_told_at_its_line(
    folder: Folder, template: str, line: int, sentence: str
) -> None:
    folder.template(template)
    folder.post(head='when = "next-slot"')
    found = rendered(folder)
    [finding] = found.findings
    assert found.text == ""
    assert str(finding.place) == f"templates/fact/short.txt.j2:{line}"
    assert sentence in finding.message


def test_a_fault_of_a_template_without_a_file_is_told_where_the_post_names_it(
    folder: Folder,
) -> None:
    folder.post(head='when = "next-slot"\ntemplate = "fact"')
    post, _ = folder.read()
    assert str(file_finding(post, TemplateError("No."))) == "posts/know/one.toml:2: error: No."


def test_a_template_that_is_missing_for_a_network_is_told(folder: Folder) -> None:
    (folder.templates / "fact" / "long.txt.j2").unlink()
    folder.post()
    assert rendered(folder).text == "Hello."
    [finding] = rendered(folder, "facebook-en").findings
    assert "long.txt.j2" in f"{finding.place} {finding.message}"


def test_a_text_that_is_short_enough_is_missing_where_the_only_one_does_not_fit(
    folder: Folder,
) -> None:
    folder.write("posts/know/one.toml", f'when = "next-slot"\n[en]\nlong = "{"word " * 60}"\n')
    assert [
        f.message for f in with_code(list(rendered(folder).findings), "missing-language")
    ] == ["There is no short text under [en], which channel twitter-en needs: write it."]
    assert rendered(folder, "facebook-en").form == "long"
    [finding] = rendered(folder, "facebook-fr").findings
    assert (
        finding.message
        == "There is no long or short text under [fr], which channel facebook-fr needs: write it."
    )


def texts(folder: Folder, short: str, long: str) -> dict[str, str]:
    folder.write(
        "posts/know/one.toml",
        f'when = "next-slot"\n[en]\nshort = """{short}"""\nlong = """{long}"""\n',
    )
    return {
        channel: rendered(folder, channel).form for channel in ("twitter-en", "facebook-en")
    }


def test_a_channel_gets_the_longest_text_that_fits_with_its_template(folder: Folder) -> None:
    assert texts(folder, "Hello.", "word " * 60) == {
        "twitter-en": "short",
        "facebook-en": "long",
    }
    assert texts(folder, "Hello.", "A little more to say.") == {
        "twitter-en": "long",
        "facebook-en": "long",
    }
    folder.template("{{ text }} " + "and so on " * 30)
    assert texts(folder, "Hello.", "A little more to say.") == {
        "twitter-en": "short",
        "facebook-en": "long",
    }


def test_what_a_text_asks_for_counts_and_not_how_long_the_asking_is(folder: Folder) -> None:
    folder.write("posts/facts.toml", FACT)
    asking = "{{ fact('spread') if true else '" + "x" * 300 + "' }}"
    assert texts(folder, "Hello.", asking) == {"twitter-en": "long", "facebook-en": "long"}


@pytest.mark.parametrize(
    "long",
    [
        "\n---\n".join(f"Part {number}: " + "word " * 40 for number in range(1, 13)),
        "Read https://e.ca/" + "long/" * 300 + "end",
        "Family: " + "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 " * 80,
    ],
    ids=["a thread", "a long link", "families"],
)
def test_a_text_is_long_only_as_its_network_counts_it(folder: Folder, long: str) -> None:
    folder.write(
        "posts/know/one.toml", f'when = "next-slot"\n[en]\nshort = "Hi."\nlong = """{long}"""\n'
    )
    post, library = folder.read("know/one")
    x = NETWORKS["twitter"]
    outlet = Outlet(STARTER_CHANNELS["twitter-en"], "x", 280, x.length, threads=True)
    assert outlet.fits(long.strip())
    assert render(post, outlet, DUE, library, Config()).form == "long"


@given(short=st.integers(1, 400), long=st.integers(1, 2_000), limit=st.integers(1, 1_200))
def test_no_longer_text_than_fits_is_ever_chosen_and_no_shorter_one_when_a_longer_fits(
    small: Folder, short: int, long: int, limit: int
) -> None:
    small.write(
        "posts/know/one.toml",
        f'when = "next-slot"\n[en]\nshort = "{"s" * short}"\nlong = "{"l" * long}"\n',
    )
    post, library = small.read("know/one")
    found = render(
        post, Outlet(STARTER_CHANNELS["twitter-en"], "x", limit), DUE, library, Config()
    )
    assert found.form == ("long" if long <= limit else "short")


def test_a_template_of_the_networks_own_goes_before_the_one_by_length(folder: Folder) -> None:
    folder.write("templates/fact/facebook.txt.j2", "Ours: {{ text }}")
    folder.post()
    assert (rendered(folder).text, rendered(folder, "facebook-en").text) == (
        "Hello.",
        "Ours: Hello.",
    )


def test_a_fact_without_a_claim_in_the_language_is_told_and_leaves_no_hole(
    folder: Folder,
) -> None:
    folder.write("posts/facts.toml", FACT.replace('claim.fr = "Il s’est propagé."\n', ""))
    folder.post(en="{{ fact('spread') }}", fr="{{ fact('spread') }}")
    assert rendered(folder, "twitter-en").text == "It has spread."
    [finding] = rendered(folder, "twitter-fr").findings
    assert finding.message == 'The fact "spread" has no claim.fr in facts.toml: add it.'


@given(
    st.from_regex(r"[a-z]{3,8}", fullmatch=True), st.sampled_from(["twitter-en", "facebook-fr"])
)
def test_a_link_never_says_whose_story_it_is(
    tmp_path_factory: pytest.TempPathFactory, name: str, channel: str
) -> None:
    who = f"zz{name}zz"
    folder = make_folder(tmp_path_factory.mktemp("story"))
    consent = f'[consent]\nstoryteller = "{who}"\ngiven_on = 2027-01-01\nuntil = 2028-01-01\nchannels = ["{channel}"]'
    folder.template("{{ text }} {{ link() }}", "story")
    folder.post(
        who,
        f'kind = "story"\nwhen = "next-slot"\n{consent}',
        en="Words. {{ link() }}",
        fr="Mots. {{ link() }}",
    )
    text = rendered(folder, channel, key=f"know/{who}").text
    assert "utm_content=story-" in text
    assert who not in text


@given(st.text())
def test_a_text_is_tidy(text: str) -> None:
    tidied = tidy(text)
    assert tidied == tidied.strip()
    assert "\n\n\n" not in tidied
    assert all(line == line.rstrip() for line in tidied.split("\n"))
    assert tidied.split() == text.split()
    assert tidy(tidied) == tidied


def test_blank_lines_that_a_template_leaves_are_closed(folder: Folder) -> None:
    folder.template("\n\n{{ text }}  \n\n{% if false %}\nno\n{% endif %}\n\n{{ language }}\n\n")
    assert text_of(folder, "One\n\n\nTwo") == "One\n\nTwo\n\nen"


PLACES = """
[links.resources]
en = "https://cbcn.ca/en/help"
fr = "https://cbcn.ca/fr/aide"
[links.share]
en = "https://survivornet.ca/share/"
"""
FORM = Config(web=Web(address="https://posts.survivornet.ca/"))


def led(
    folder: Folder, head: str, channel: str = "twitter-en", config: Config | None = None
) -> str:
    """Where link() leads, without the tags."""
    folder.write("posts/know/campaign.toml", CAMPAIGN + PLACES)
    folder.post(
        head=f'when = "mbc-day 09:00"\n{head}', en="[{{ link() }}]", fr="[{{ link() }}]"
    )
    text = rendered(folder, channel, config=config).text
    return without_tags(text)[1:-1]


@pytest.mark.parametrize(
    ("head", "english", "french"),
    [
        ("", "https://survivornet.ca/mbc/", "https://survivornet.ca/fr/csm/"),
        ('link = "resources"', "https://cbcn.ca/en/help", "https://cbcn.ca/fr/aide"),
        ('action = "resources"', "https://cbcn.ca/en/help", "https://cbcn.ca/fr/aide"),
        ('action = "share"', "https://survivornet.ca/share/", "https://survivornet.ca/fr/csm/"),
        ('action = "share"\nlink = "https://e.ca"', "https://e.ca", "https://e.ca"),
        ('action = "share"\nlink = "none"', "", ""),
        (
            'link.to = "resources"\nlink.en = "https://e.ca"',
            "https://cbcn.ca/en/help",
            "https://cbcn.ca/fr/aide",
        ),
        (
            'action = "join-council"',
            "https://survivornet.ca/mbc/",
            "https://survivornet.ca/fr/csm/",
        ),
        ('link.not_on = ["twitter"]', "", ""),
        (
            'link.not_on = ["facebook"]',
            "https://survivornet.ca/mbc/",
            "https://survivornet.ca/fr/csm/",
        ),
    ],
)
def test_a_link_leads_to_what_the_post_asks_for(
    folder: Folder, head: str, english: str, french: str
) -> None:
    assert led(folder, head) == english
    assert led(folder, head, "twitter-fr") == french


def test_a_post_without_a_link_on_one_network_has_it_on_the_others(folder: Folder) -> None:
    assert (
        led(folder, 'link.not_on = ["twitter"]', "facebook-en") == "https://survivornet.ca/mbc/"
    )


def test_a_story_is_told_at_the_programs_own_form_in_the_language_of_the_reader(
    folder: Folder,
) -> None:
    asks = 'action = "tell-your-story"'
    form = "https://posts.survivornet.ca/tell/"
    assert led(folder, asks, config=FORM) == f"{form}?lang=en"
    assert led(folder, asks, "twitter-fr", config=FORM) == f"{form}?lang=fr"
    assert led(folder, asks) == "https://survivornet.ca/mbc/"
    closed = replace(FORM, stories=Stories(open=False))
    assert led(folder, asks, config=closed) == "https://survivornet.ca/mbc/"


SOURCES = """
[[fact]]
id = "second"
claim.en = "A second claim."
claim.fr = "Une seconde affirmation."
source = "Second Society"
url = "https://second.example/en"
url_fr = "https://second.example/fr"
review_by = 2030-01-01
cite.en = "Second Society"
cite.fr = "Seconde Société"
"""


def test_a_text_bears_the_sources_of_what_it_says_and_of_nothing_else(folder: Folder) -> None:
    folder.write("posts/facts.toml", FACT + SOURCES)
    folder.template("{{ text }} ({{ sources | join('; ') }})")
    head = 'when = "mbc-day 09:00"\nfacts = ["spread", "second"]\n'
    both = "A. {{ fact('spread') }} {{ fact('second') }}"

    def said(short: str, long: str = both) -> str:
        folder.write(
            "posts/know/one.toml",
            f'{head}[en]\nshort = "{short}"\nlong = "{long}"\n[fr]\nshort = "Un."\n',
        )
        return rendered(folder, "twitter-en").text

    folder.template("{{ text }} ({{ sources | join('; ') }})" + "." * 260, "fact")
    outlet_text = said("{{ fact('spread') }}", both * 12)
    assert "(CN)" in outlet_text
    assert "(CN; Second Society)" in said("Own words.", both * 12)
    # The second fact is said in words of its own everywhere.
    assert "(CN; Second Society)" in said("{{ fact('spread') }}", "{{ fact('spread') }}" * 24)


def test_a_source_is_given_with_its_page_in_the_language_of_the_reader(folder: Folder) -> None:
    folder.write("posts/facts.toml", FACT + SOURCES)
    head = HEAD.replace('["spread"]', '["spread", "second"]')
    source = "{% for source in references %}{{ source.name }} {{ source.url }} {{ source.in_language }}|{% endfor %}"
    folder.template(source)
    folder.post(head=head)
    assert rendered(folder).text == (
        "CN https://example.org/spread True|Second Society https://second.example/en True|"
    )
    assert rendered(folder, "twitter-fr").text == (
        "RC https://example.org/spread False|Seconde Société https://second.example/fr True|"
    )


def test_a_post_can_leave_the_hashtags_of_its_campaign_out(folder: Folder) -> None:
    source = "Hello. {{ hashtags | join(' ') }}"
    assert text_of(folder, source) == "Hello. #MBC #Cancer"
    assert text_of(folder, source, head=f"{HEAD}\nhashtags = false") == "Hello."
