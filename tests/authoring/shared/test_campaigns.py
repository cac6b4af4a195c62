"""Campaigns that are made and changed in the pages, copied, and written out as files."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.authoring import compose, uploads
from campaign.authoring.approvals import FEW
from campaign.authoring.shared import campaigns, copying
from campaign.authoring.shared.campaign_source import (
    CampaignFields,
    fields_of,
    normal,
    read_fields,
    write_campaign,
)
from campaign.authoring.shared.campaigns import NoCampaign
from campaign.authoring.shared.effects import seen
from campaign.authoring.shared.written import newest_number
from campaign.cli import main
from campaign.content.campaigns import EVERYDAY
from campaign.content.dates.days import Day, parse_rule
from campaign.content.fields import PictureFields
from campaign.content.links import PLACES
from campaign.core.problem import Asked, Problem
from campaign.decisions import approving, closing
from campaign.decisions.closing import Rest
from campaign.models import Delivery, Event, Post, Version
from campaign.models.shared import SharedKind
from campaign.states import Stage, Status
from campaign.web.frame import site
from tests.deliveries import NOON
from tests.posts_in_web import CHANNELS, FIELDS, desk
from tests.posts_in_web import folder as folder
from tests.stories_in_web import picture

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "fr")
DAYS = {"walk-day": Day("walk-day", parse_rule("fixed 02-14"), {}, False, "", "fixed 02-14")}
WALK = CampaignFields(
    names={"en": "Winter walk", "fr": "Marche d’hiver"},
    aims={"en": "Walk together."},
    start="2027-10-01",
    end="2027-12-01",
    hashtags={"en": "#Walk", "fr": "#Marche"},
    links={"en": "https://survivornet.ca/walk", "fr": "https://survivornet.ca/fr/marche"},
)


CONFIG = "\n".join(
    f'[channels.{name}]\nnetwork = "{channel.network}"\nlanguage = "{channel.language}"\n'
    'slots = ["daily 09:00"]'
    for name, channel in CHANNELS.items()
)
"""What the command line reads: the same channels as the pages."""


@pytest.fixture
def people(staff, second, volunteer, folder, monkeypatch):
    folder.template("{{ text }}\n\n{{ hashtags | join(' ') }}\n{{ link() }}")
    folder.write("config.toml", f'{CONFIG}\n[web]\nuploads = "uploads"\n')
    monkeypatch.setenv("CAMPAIGN_CONFIG", "")
    return staff.user, second.user, volunteer.user


SAID = (
    ("Bring a friend to the park.", "Venez au parc avec une amie."),
    ("Hot chocolate waits at the gate.", "Un chocolat chaud vous attend à l’entrée."),
    ("Every step is welcome.", "Chaque pas compte."),
    ("Dogs may come, too.", "Les chiens sont les bienvenus."),
    ("We begin by the old oak.", "On se retrouve près du vieux chêne."),
)


def post_of(slug, by, fields=FIELDS, title="A first walk", *, submitted=True):
    post = compose.create(slug, fields.kind, title, by, desk(), NOON)
    compose.save(post, fields, by, 1, desk(), NOON)
    if submitted:
        compose.submit(post, by, desk(), NOON)
    return post


def repeated(key, campaign):
    return Post.objects.create(
        key=key, campaign=campaign, name="again", kind="awareness", loaded_at=NOON
    )


def approved(slug, by, second, number=1):
    """Posts of the campaign that say something each, approved by a second person."""
    for each in range(number):
        english, french = SAID[each]
        words = {"en": {"short": english}, "fr": {"short": french}}
        fields = replace(FIELDS, texts=words, when=f"2027-10-{20 + each} 09:00")
        post = post_of(slug, by, fields, f"Walk {each}")
        approving.approve(post, second, NOON, site.zone())


def texts(slug):
    return list(
        Delivery.objects.filter(post__campaign=slug)
        .order_by("pk")
        .values_list("text", flat=True)
    )


def statuses(slug):
    of_it = Delivery.objects.filter(post__campaign=slug)
    return set(of_it.values_list("status", flat=True))


# What was typed

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40)
spoken = st.fixed_dictionaries({}, optional={"en": words, "fr": words})
typed = st.builds(
    CampaignFields,
    names=spoken,
    aims=spoken,
    start=st.sampled_from(["", "2027-10-01", "walk-day", "walk-day -12d", "nonsense"]),
    end=st.sampled_from(["", "2027-12-01", "walk-day +3d"]),
    hashtags=spoken,
    links=spoken,
    places=st.dictionaries(st.sampled_from(PLACES), spoken),
    utm=words,
)


@given(typed)
def test_what_was_typed_says_the_same_once_it_is_written_and_read_again(fields):
    kept = normal(fields)
    assert normal(kept) == kept
    read = read_fields(fields, "walk", DAYS, LANGUAGES)
    assert read.source == write_campaign(kept)
    if not read.findings:
        again = fields_of(read.campaign)
        assert again == replace(kept, utm="" if kept.utm == "walk" else kept.utm)
        assert read_fields(again, "walk", DAYS, LANGUAGES).campaign == read.campaign


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("name.fr", {"names": {"en": "Walk"}}),
        ("start", {"start": "walk-dya"}),
        ("end", {"start": "2027-10-01", "end": "2027-09-01"}),
        ("link.en", {"links": {"en": "survivornet"}}),
        ("links.share.fr", {"places": {"share": {"fr": "no address"}}}),
        ("hashtags.en", {"hashtags": {"en": "#it's"}}),
        ("utm", {"utm": "a walk"}),
        ("aim.en", {"aims": {"en": "x" * 400}}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field, change):
    read = read_fields(replace(WALK, **change), "walk", DAYS, LANGUAGES)
    assert list(read.by_field()) == [field]


def test_a_hashtag_gets_its_sign():
    assert normal(CampaignFields(hashtags={"en": "Walk, #MBC Walk"})).hashtags == {
        "en": "#Walk #MBC"
    }


# Making


def test_a_campaign_is_made_once_however_often_it_is_pressed(people):
    staff, second, _ = people
    assert campaigns.make(WALK, staff, desk(), NOON) == "winter-walk"
    assert campaigns.make(WALK, staff, desk(), NOON) == "winter-walk"
    assert newest_number(SharedKind.CAMPAIGN, "winter-walk") == 1
    made = site.library().campaigns["winter-walk"]
    assert (made.names["fr"], made.hashtags["en"]) == ("Marche d’hiver", ("#Walk",))
    with pytest.raises(Problem, match="this name already"):
        campaigns.make(replace(WALK, aims={}), second, desk(), NOON)
    with pytest.raises(Problem, match="this name already"):
        campaigns.make(replace(WALK, names={"en": "Know", "fr": "Savoir"}), staff, desk(), NOON)


def test_a_volunteer_makes_changes_closes_and_copies_none(people):
    staff, _, volunteer = people
    slug = campaigns.make(WALK, staff, desk(), NOON)
    other = replace(WALK, names={"en": "Other", "fr": "Autre"})
    acts = (
        lambda: campaigns.make(other, volunteer, desk(), NOON),
        lambda: campaigns.change(slug, other, volunteer, desk(), NOON, based_on=1),
        lambda: copying.copy(slug, other, volunteer, desk(), NOON, with_posts=False),
        lambda: campaigns.take_over("know", volunteer, desk(), NOON),
        lambda: closing.close(slug, volunteer, NOON, Rest.CANCELLED),
        lambda: closing.reopen(slug, volunteer, NOON),
    )
    for act in acts:
        with pytest.raises(Problem, match="that takes the role"):
            act()


def test_nothing_is_made_of_what_is_wrong(people):
    with pytest.raises(NoCampaign):
        campaigns.make(replace(WALK, names={}), people[0], desk(), NOON)
    assert newest_number(SharedKind.CAMPAIGN, "winter-walk") == 0


# Changing


def test_a_change_is_shown_before_and_takes_the_approvals_that_it_touches(people):
    staff, second, _ = people
    slug = campaigns.make(WALK, staff, desk(), NOON)
    approved(slug, staff, second)
    assert statuses(slug) == {Status.QUEUED}
    fields = replace(WALK, hashtags={"en": "#WinterWalk", "fr": "#Marche"})
    effects = campaigns.what_changes(slug, fields, desk(), NOON)
    assert {effect.delivery.channel for effect in effects} == {"x-en"}
    assert statuses(slug) == {Status.QUEUED}
    campaigns.change(slug, fields, second, desk(), NOON, based_on=1, shown=seen(effects))
    assert sum("#WinterWalk" in text for text in texts(slug)) == 1
    lost = Delivery.objects.filter(post__campaign=slug, status=Status.DRAFT)
    assert list(lost.values_list("channel", flat=True)) == ["x-en"]
    assert Event.objects.filter(action="campaign changed", actor=second.username).exists()
    # Who changed its words does not approve them.
    with pytest.raises(Problem, match="worked on"):
        approving.approve(lost[0].post, second, NOON, site.zone())


def test_more_than_a_few_approvals_are_asked_about_first(people):
    staff, second, _ = people
    slug = campaigns.make(WALK, staff, desk(), NOON)
    approved(slug, staff, second, FEW + 1)
    fields = replace(WALK, hashtags={"en": "#Other"})
    with pytest.raises(Asked):
        campaigns.change(slug, fields, staff, desk(), NOON, based_on=1)
    assert statuses(slug) == {Status.QUEUED}
    assert newest_number(SharedKind.CAMPAIGN, slug) == 1


def test_new_days_show_the_new_times_and_what_is_approved_stays_where_it_is(people, folder):
    staff, second, _ = people
    folder.template("{{ text }}")  # a link would bear the year, so its words would change
    slug = campaigns.make(replace(WALK, end=""), staff, desk(), NOON)
    on_the_day = replace(FIELDS, when="mbc-day 09:00", channels=("x-en",))
    approving.approve(post_of(slug, staff, on_the_day), second, NOON, site.zone())
    other = {"en": {"short": SAID[0][0]}, "fr": {"short": SAID[0][1]}}
    post_of(slug, staff, replace(on_the_day, texts=other, when="mbc-day +1d 09:00"), "Draft")
    fields = replace(WALK, start="2028-01-01", end="")
    effects = campaigns.what_changes(slug, fields, desk(), NOON)
    assert {effect.due and effect.due.year for effect in effects} == {2028}
    assert not any(effect.loses_approval for effect in effects)
    loaded = campaigns.change(
        slug, fields, second, desk(), NOON, based_on=1, shown=seen(effects)
    )
    years = dict(Delivery.objects.values_list("status", "due_at__year"))
    assert years == {Status.QUEUED: 2027, Status.DRAFT: 2028}
    assert len(loaded.questions) == 1


def test_of_two_who_change_it_at_once_the_second_is_told(people):
    staff, second, _ = people
    slug = campaigns.make(WALK, staff, desk(), NOON)
    campaigns.change(slug, replace(WALK, utm="walk"), staff, desk(), NOON, based_on=1)
    with pytest.raises(Problem, match="changed meanwhile"):
        campaigns.change(slug, replace(WALK, utm="run"), second, desk(), NOON, based_on=1)


def test_what_stands_in_a_file_is_changed_there_until_it_is_taken_over(people, folder):
    staff, *_ = people
    fields = fields_of(site.library().campaigns["know"])
    with pytest.raises(Problem, match="change it there"):
        campaigns.change("know", fields, staff, desk(), NOON, based_on=0)
    campaigns.take_over("know", staff, desk(), NOON)
    campaigns.take_over("know", staff, desk(), NOON)  # pressed twice
    assert not site.library().findings
    (folder.posts / "know" / "campaign.toml").unlink()
    renamed = replace(fields, names={"en": "Known", "fr": "Connue"})
    campaigns.change("know", renamed, staff, desk(), NOON, based_on=1)
    assert site.library().campaigns["know"].names["en"] == "Known"


def test_everyday_posts_are_there_and_have_hashtags_once_somebody_gives_them(people):
    staff, *_ = people
    everyday = site.library().campaigns[EVERYDAY]
    assert everyday.dates({}, NOON.date()) == (None, None)
    fields = replace(fields_of(everyday), hashtags={"en": "#Survivors"})
    campaigns.change(EVERYDAY, fields, staff, desk(), NOON, based_on=0)
    assert site.library().campaigns[EVERYDAY].hashtags["en"] == ("#Survivors",)
    # Its next free slot is the next one from now.
    post = post_of(EVERYDAY, staff, replace(FIELDS, when="next-slot"))
    assert post.deliveries.first().due_at < NOON + timedelta(days=1)


# Closing


def test_nothing_new_is_written_submitted_loaded_or_approved_for_a_closed_campaign(
    people, folder
):
    staff, second, _ = people
    post_of("know", staff)
    draft = post_of("know", staff, title="Later", submitted=False)
    closing.close("know", staff, NOON, Rest.GOES_OUT)
    folder.post("from-a-file", en="Of a file.", fr="D’un fichier.")
    assert main(["load"]) == 0
    assert not Post.objects.filter(name="from-a-file").exists()
    waiting = Post.objects.get(title="A first walk")
    for act in (
        lambda: compose.create("know", "awareness", "New", staff, desk(), NOON),
        lambda: compose.submit(draft, staff, desk(), NOON),
        lambda: approving.approve(waiting, second, NOON, site.zone()),
    ):
        with pytest.raises(Problem, match="is closed"):
            act()
    closing.reopen("know", second, NOON)
    compose.submit(draft, staff, desk(), NOON)


@pytest.mark.parametrize(
    ("rest", "left"),
    [
        (Rest.GOES_OUT, {Status.QUEUED, Status.CANCELLED}),
        (Rest.CANCELLED, {Status.CANCELLED}),
    ],
)
def test_what_waits_is_asked_about_when_a_campaign_is_closed(people, rest, left):
    staff, second, _ = people
    slug = campaigns.make(WALK, staff, desk(), NOON)
    approved(slug, staff, second)
    post_of(slug, staff, replace(FIELDS, when="2027-11-03 09:00"), "Not approved")
    with pytest.raises(Asked):
        closing.close(slug, staff, NOON)
    assert statuses(slug) == {Status.QUEUED, Status.DRAFT}
    closing.close(slug, staff, NOON, rest)
    assert statuses(slug) == left
    with pytest.raises(Problem, match="closed already"):
        closing.close(slug, second, NOON, rest)


def test_what_still_goes_out_of_a_closed_campaign_loses_its_approval_when_its_file_changes(
    people, folder
):
    staff, second, _ = people
    folder.post("wrong", 'when = "2027-10-20 09:00"', "A wrong number.", "Un faux numéro.")
    folder.post("right", 'when = "2027-10-22 09:00"', "A walk.", "Une marche.")
    assert main(["load"]) == 0
    for post in Post.objects.all():
        approving.approve(post, second, NOON, site.zone())
    closing.close("know", staff, NOON, Rest.GOES_OUT)
    folder.post("wrong", 'when = "2027-10-20 09:00"', "The right number.", "Le bon numéro.")
    folder.post("new", 'when = "2027-10-24 09:00"', "New.", "Nouveau.")
    assert main(["load"]) == 0
    english = Delivery.objects.filter(channel="x-en").values_list("post__name", "status")
    assert dict(english) == {"wrong": Status.DRAFT, "right": Status.QUEUED}


# Copying


def test_a_copy_has_the_posts_as_drafts_laid_by_the_first_day_and_nobodys_story(people):
    staff, second, _ = people
    slug = campaigns.make(WALK, staff, desk(), NOON)
    post_of(slug, staff)
    on_its_day = {"en": {"short": "On this day."}, "fr": {"short": "En ce jour."}}
    anchored = replace(FIELDS, when="mbc-day 09:00", texts=on_its_day)
    post_of(slug, staff, anchored, "On its day")
    story = post_of(slug, staff, replace(FIELDS, kind="story"), "Told", submitted=False)
    repeated(f"{slug}/again", campaign=slug)  # it has no words of its own
    names = {"en": "Spring walk", "fr": "Marche du printemps"}
    fields = replace(WALK, names=names, start="2028-04-01", end="")
    planned = copying.what_is_copied(slug, fields, desk(), NOON)
    assert (len(planned.posts), planned.stories) == (2, 1)
    made = copying.copy(slug, fields, second, desk(), NOON, with_posts=True)
    assert copying.copy(slug, fields, second, desk(), NOON, with_posts=True) == made
    copies = Post.objects.filter(campaign=made)
    assert {post.title for post in copies} == {"A first walk", "On its day"}
    assert {post.stage for post in copies} == {Stage.WRITING}
    assert {post.author for post in copies} == {second}
    says = {post.title: compose.current_fields(post, desk(), NOON)[0].when for post in copies}
    assert says == {"A first walk": "2028-04-20 09:00", "On its day": "mbc-day 09:00"}
    assert Post.objects.filter(campaign=slug).count() == 4
    assert story.campaign == slug


# Files


def test_what_was_written_out_and_loaded_again_changes_nothing(people, folder, capsys):
    staff, second, _ = people
    slug = campaigns.make(WALK, staff, desk(), NOON)
    approved(slug, staff, second)
    kept = uploads.keep(picture(), "a walk.png", desk().uploads, staff, NOON)
    alts = {"en": "People walk in the snow.", "fr": "Des gens marchent dans la neige."}
    shown = (PictureFields(kept.file_name, alts),)
    fields = replace(FIELDS, pictures=shown, when="2027-11-03 09:00")
    with_picture = post_of(slug, staff, fields, "Walk 1")
    approving.approve(with_picture, second, NOON, site.zone())
    assert statuses(slug) == {Status.QUEUED}
    post_of(slug, staff, replace(FIELDS, kind="story"), "Told", submitted=False)
    before = list(Delivery.objects.order_by("pk").values())
    assert main(["write-files", str(folder.posts)]) == 0
    assert f"{slug}: 4 files; 1 story and 0 drafts stay here." in capsys.readouterr().out
    assert sorted(path.name for path in (folder.posts / slug).iterdir()) == [
        kept.file_name,
        "campaign.toml",
        "walk-0.toml",
        "walk-1.toml",
    ]
    assert main(["load"]) == 0
    assert "in-both" not in {finding.code for finding in site.library().findings}
    assert list(Delivery.objects.order_by("pk").values()) == before
    versions = Version.objects.count()
    assert main(["load"]) == 0
    assert (list(Delivery.objects.order_by("pk").values()), Version.objects.count()) == (
        before,
        versions,
    )
    # Now the file counts: a change in the pages is refused, and says where.
    with pytest.raises(Problem, match="change it there"):
        campaigns.change(slug, WALK, staff, desk(), NOON, based_on=1)
    folder.write(f"posts/{slug}/campaign.toml", write_campaign(replace(WALK, utm="x")))
    assert main(["write-files", str(folder.posts), "--campaign", slug]) == 0
    assert "in-both" in {finding.code for finding in site.library().findings}
    folder.write(f"posts/{slug}/walk-0.toml", "kind = 'awareness'\n")
    assert main(["write-files", str(folder.posts / "other"), "--campaign", "wlak"]) == 1


# Doors


def test_every_command_knows_a_campaign_of_the_pages(people, folder, capsys):
    staff, *_ = people
    slug = campaigns.make(WALK, staff, desk(), NOON)
    head = 'when = "2027-10-20 09:00"\nchannels = ["x-en", "x-fr"]'
    texts = '[en]\nshort = "Come to {{ campaign.name }}."\n[fr]\nshort = "Venez : {{ campaign.name }}."'
    folder.write(f"posts/{slug}/come.toml", f"{head}\n{texts}")

    def said(*arguments):
        capsys.readouterr()
        assert main(arguments) == 0, capsys.readouterr()
        return capsys.readouterr().out

    assert "error" not in said("check")
    shown = said("preview", "come")
    assert "Come to Winter walk." in shown and "#Walk" in shown
    assert "https://survivornet.ca/fr/marche?utm" in shown
    assert "1 post new" in said("load", "--by", staff.username)
    assert "come" in said("queue", "--campaign", slug)
    assert "come" in said("rehearse", "--from", "2027-09-01", "--campaign", slug)
    said("pause", "--campaign", slug, "--reason", "A day of mourning.")
    said("run", "--once", "--dry-run")
    closing.close(slug, staff, NOON, Rest.CANCELLED)
    assert "1 post left as it is, since the campaign is closed" in said("load")


def test_a_campaign_whose_day_was_taken_away_is_told_and_its_posts_wait(people, folder, capsys):
    staff, *_ = people
    campaigns.make(replace(WALK, start="mbc-day", end="mbc-day"), staff, desk(), NOON)
    folder.write("posts/calendar.toml", "")
    main(["check"])
    told = capsys.readouterr().out
    assert 'winter-walk:2: error: "mbc-day" is not a day of the calendar' in told
