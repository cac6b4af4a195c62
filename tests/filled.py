"""A day in the program's life, small, with something in every table: what the kept databases hold.

It goes through the program's own commands and acts, by a clock that stands and against the networks' doubles; what no
command leaves behind (a worker that died while it was sending) is written as it would stand there."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from PIL import Image

from campaign.authoring import drafts, uploads
from campaign.authoring.shared import written
from campaign.cli import main
from campaign.content.fields import Fields
from campaign.core.sentence import Sentence
from campaign.delivery import copies, leases
from campaign.models import Attempt, ChannelState, Delivery, Post
from campaign.models.cards import LinkedPage
from campaign.models.care import Hand, Incident
from campaign.models.checks import CalledWrong
from campaign.models.closing import Closing
from campaign.models.corrections import Correction, Replacement
from campaign.models.evergreen import Evergreen, Repetition, Variant
from campaign.models.lookback import Stray
from campaign.models.people import Invitation, Profile, Tally
from campaign.models.series import Series
from campaign.models.shared import SharedKind
from campaign.models.stories import Leftover, ShownPage, Storyteller, TakingBack
from campaign.people import invitations
from campaign.people.roles import Role
from campaign.publishers.matching import Trace
from campaign.states import Status
from campaign.stories import final_word
from campaign.stories.agreeing import answers, parties
from campaign.stories.agreeing.parties import Authority, Speaker
from campaign.stories.agreeing.trusted import Trusted
from campaign.stories.erasing.leftovers import LeftoverKind
from campaign.stories.final_word import FinalAnswer
from tests.deliveries import consent, person
from tests.doubles import DoubleServer, doubles, script
from tests.doubles.faults import answer, close_after
from tests.folders import CALENDAR, FACT, Folder, make_folder
from tests.stage import three_channels

MORNING = datetime(2027, 9, 1, 12, tzinfo=UTC)
"""Eight o'clock in Toronto."""
REMEMBRANCE = """
[[day]]
id = "remembrance-day"
rule = "fixed 11-11"
name.en = "Remembrance Day"
name.fr = "Jour du Souvenir"
source = "https://example.org/quiet"
quiet = true
"""
WORKER = "a-machine/0/1:1:0"
FAKE = "fake-" + "0" * 59
"""Stands where the digest of a secret would stand."""


def fill(root: Path) -> None:
    """Makes the database that Django is on with `init`, and fills it. `root` is the folder where we are."""
    folder = make_folder(root)
    with doubles() as networks, mock.patch.object(leases, "new_worker", return_value=WORKER):
        _configure(folder, networks.url)
        _people()
        _posts(folder)
        _stories(folder)
        _publish(networks)
        _decide()
    _left_behind()
    _looks_back()
    _in_the_web(root)


def _configure(folder: Folder, url: str) -> None:
    networks = (
        f'[networks.twitter]\napi_url = "{url}"\n[networks.facebook]\ngraph_url = "{url}"\n'
    )
    publishing = "[publishing]\ndry_run = false\nconcurrency = 1\n"
    folder.write("config.toml", publishing + networks + three_channels())
    folder.template("{{ text }}", "story")


def _run(*arguments: object, at: timedelta = timedelta(0), status: int = 0) -> None:
    """A command that ends as it should."""
    assert main([str(argument) for argument in arguments], lambda: MORNING + at) == status, (
        arguments
    )


def _people() -> None:
    _run("init", "--admin", "ana")
    _run("user", "add", "bob", "--role", "staff")
    _run("user", "add", "véra", "--role", "volunteer")


def _posts(folder: Folder) -> None:
    everywhere = ("x-en", "x-fr", "page-en")
    _picture(folder, "jardin")
    listen = _head("09:00", *everywhere, more=_media("jardin"))
    folder.post("listen", listen, "Listen first.", "Écoutez d’abord, même à Noël.")
    folder.post(
        "thread",
        _head("09:02", "x-en"),
        "First part.\n---\nSecond part.",
        "Première.\n---\nDeuxième.",
    )
    folder.post("refused", _head("09:05", "x-en"), "Said again.", "Déjà dit.")
    folder.post(
        "lost", _head("09:10", "x-en"), "An answer that is lost.", "Une réponse perdue."
    )
    folder.post("busy", _head("09:15", "x-en"), "A network that is busy.", "Un réseau occupé.")
    folder.post(
        "late", _head("09:25", "x-fr", more='grace = "5m"'), "Too late.", "Trop tard, hélas."
    )
    folder.post("gone", _head("09:30", "x-en"), "Soon taken down.", "Bientôt retiré.")
    folder.post("dropped", _head("12:00", "x-en"), "Better not.", "Plutôt pas.")
    folder.post("sending", _head("12:20", "x-fr"), "On its way.", "En route, là-bas.")
    folder.post(
        "october",
        'when = "mbc-day 09:00"\nfacts = ["spread"]',
        "It has spread.",
        "Il s’est propagé.",
    )
    folder.write("posts/calendar.toml", CALENDAR + REMEMBRANCE)
    remembered = 'when = "2027-11-11 12:00"\nchannels = ["x-en"]\n'
    folder.post("remembered", remembered, "We are here.", "Nous sommes là.")
    _run("load", "--by", "véra")
    _run("approve", "--all", "--by", "bob")
    folder.post(
        "draft", _head("15:00", "x-fr"), "Nobody has approved it.", "Personne ne l’a approuvé."
    )


def _stories(folder: Folder) -> None:
    """Of two people, who first want another word and then say yes."""
    people = {
        "zoe": person("Zoé Ferragamo", "zoe@example.org"),
        "noe": person("Noé Ferragamo", "noe@example.org"),
    }
    of_age = datetime(2031, 5, 1, tzinfo=UTC).date()
    sister = Speaker("Anne Ferragamo", "sa sœur", Authority.LAW.value)
    parties.speaks_for(people["noe"], parties.Party.DECIDER, sister.name)
    for key, of in people.items():
        consent(
            of,
            form_text="Ce que signifie partager votre témoignage",
            form_language="fr",
            trusted=Trusted("Paul Ferragamo", "514 555-0111"),
            **({"speaker": sister, "adult_on": of_age} if key == "noe" else {}),
        )
        answers.keep(of, {"named_as": ["Lou, l’été"]}, MORNING)
        _picture(folder, key)
        about = f'kind = "story"\nconsent = {{ storyteller = "{of.reference}" }}\n{_media(key)}'
        folder.post(
            f"story-{key}",
            _head("09:40", "x-en", more=about),
            f"Every day counts, says {of.reference}.",
            "Oui.",
        )
        folder.post(
            f"later-{key}",
            _head("16:00", "x-fr", more=about),
            "Later.",
            f"« Chaque journée compte », {of.reference}.",
        )
    _run("load", "--by", "véra")
    for delivery in Delivery.objects.filter(post__kind="story").order_by("pk"):
        of = Storyteller.objects.get(reference=delivery.post.storyteller)
        final_word.answer(
            of,
            delivery.pk,
            delivery.fingerprint,
            FinalAnswer.REMARK,
            MORNING,
            remark="Plutôt « journée ».",
        )
        final_word.answer(of, delivery.pk, delivery.fingerprint, FinalAnswer.YES, MORNING)
    _run(
        "approve",
        *(f"know/{name}" for name in ("story-zoe", "story-noe", "later-zoe", "later-noe")),
        "--by",
        "ana",
    )


def _picture(folder: Folder, name: str) -> bytes:
    """A small one of its own, also written beside the posts."""
    made = io.BytesIO()
    Image.new("RGB", (8 + len(name), 6), "green").save(made, "PNG")
    (folder.posts / "know" / f"{name}.png").write_bytes(made.getvalue())
    return made.getvalue()


def _media(name: str) -> str:
    return (
        f'[[media]]\nfile = "{name}.png"\nalt.en = "A garden."\nalt.fr = "Un jardin, l’été."\n'
    )


def _head(time: str, *channels: str, more: str = "") -> str:
    named = ", ".join(f'"{name}"' for name in channels)
    return f'when = "2027-09-01 {time}"\nchannels = [{named}]\n{more}'


def _publish(networks: DoubleServer) -> None:
    """Each post when it is due, with what goes wrong just then."""
    refused = answer(
        403, {"title": "Forbidden", "detail": "The text of this post is not allowed."}
    )
    busy = answer(429, {"title": "Too Many Requests", "detail": "Too Many Requests"})
    trouble = {65: refused, 70: close_after(), 75: busy}
    for minutes in (60, 62, 65, 70, 75, 100):
        if minutes in trouble:
            networks.faults = script(trouble[minutes])
        _run("run", "--once", at=timedelta(minutes=minutes), status=int(minutes in trouble))
        Delivery.objects.filter(status=Status.UNCONFIRMED).update(
            look_at=MORNING + timedelta(days=1)
        )


def _decide() -> None:
    noon = timedelta(hours=4)
    number = dict(Delivery.objects.filter(channel="x-en").values_list("post__name", "pk"))
    kept = number["remembered"]
    why = "Elle dit où trouver de l’aide."
    _run("allow", kept, "--reason", why, "--by", "ana", at=noon)
    _run("pause", "--campaign", "know", "--reason", "Jour de deuil.", "--by", "bob", at=noon)
    _run("resume", "--campaign", "know", "--reason", "C’est passé.", "--by", "bob", at=noon)
    _run(
        "pause",
        "--channel",
        "x-fr",
        "--reason",
        "On relit le français.",
        "--by",
        "ana",
        at=noon,
    )
    _run(
        "cancel", number["dropped"], "--reason", "Mieux vaut attendre.", "--by", "bob", at=noon
    )
    _run("remove", number["gone"], "--reason", "Une coquille.", "--by", "bob", at=noon)
    _run("hold", "S-0001", "--reason", "ill", "--by", "bob", at=noon)
    _run("withdraw", "S-0002", "--by", "ana", at=noon)


def _looks_back() -> None:
    """A channel whose account could not be looked at, and a post on it that nobody owns."""
    ChannelState.objects.filter(name="page-en").update(
        look_since=MORNING, look_at=MORNING, look_problem="Facebook did not answer."
    )
    trace = Trace.of("Posted by hand, là-bas.")
    address = "https://x.com/i/web/status/99"
    Stray.objects.create(
        channel="x-en",
        remote_id="99",
        url=address,
        at=MORNING,
        words=trace.words,
        links=trace.links,
    )


def _left_behind() -> None:
    """A worker died while it was sending, and nobody has noticed yet; a story whose consent is gone."""
    Delivery.objects.filter(post__name="sending").update(
        status=Status.SENDING, claimed_by=WORKER
    )
    delivery = Delivery.objects.get(post__name="sending")
    copies.keep(delivery.pk, "copy-1", "https://x.com/copy-1", MORNING)
    Attempt.objects.create(
        delivery=delivery, number=1, worker=WORKER, text=delivery.text, started_at=MORNING
    )
    _corrected()
    Leftover.objects.create(
        kind=LeftoverKind.UPLOAD,
        place="étoile.png",
        storyteller=Storyteller.objects.first(),
        since=MORNING,
        next_at=MORNING,
        tries=1,
        problem=Sentence("It could not be deleted ({0}).", "Permission denied"),
    )
    ChannelState.objects.filter(name="x-fr").update(
        owner=WORKER, lease_until=MORNING + timedelta(minutes=1)
    )


def _corrected() -> None:
    """What is out is being corrected: it is taken down as soon as the network answers."""
    posts = {name: Post.objects.get(name=name) for name in ("listen", "draft")}
    Correction.objects.create(post=posts["draft"], first=posts["listen"])
    stands = Delivery.objects.get(post=posts["listen"], channel="x-fr")
    corrected = Delivery.objects.get(post=posts["draft"], channel="x-fr")
    Replacement.objects.create(delivery=stands, correction=corrected, next_at=MORNING, tries=1)


def _in_the_web(root: Path) -> None:
    """What the pages leave behind. Whatever would be a secret says that it is none."""
    ana, post = User.objects.get(username="ana"), Post.objects.get(name="draft")
    drafts.keep_draft(post, ana, Fields(), "À moitié écrit", 1, MORNING)
    invitations.invite("zoe@example.org", Role.VOLUNTEER, ana, MORNING)
    Invitation.objects.update(digest=FAKE)
    uploads.keep(
        _picture(make_folder(root), "étoile"), "étoile.png", root / "uploads", ana, MORNING
    )
    Profile.objects.create(user=ana, language="fr", feed_digest=FAKE)
    Series.objects.create(
        name="Été, pas à pas", campaign="know", by=ana, begun_at=MORNING, typed="{}"
    )
    Session.objects.create(
        session_key=FAKE[:32], session_data="fake", expire_date=MORNING + timedelta(days=14)
    )
    Authenticator.objects.create(
        user=ana, type="totp", data={"secret": "FAKE"}, created_at=MORNING
    )
    fact = FACT.replace('"spread"', '"walked"')
    written.keep(SharedKind.FACT, "walked", fact, ana, MORNING, based_on=0)
    green = Evergreen.objects.create(
        name="À l’écoute", every=7, rest=28, made_by=ana, made_at=MORNING
    )
    variant = Variant.objects.create(evergreen=green, post=post, added_by=ana, added_at=MORNING)
    Repetition.objects.create(
        variant=variant, evergreen=green, channel="x-en", slot=MORNING, post=post
    )
    Closing.objects.create(campaign="été", by=ana, at=MORNING)
    Tally.objects.create(key=FAKE, number=5, until=MORNING + timedelta(minutes=5))
    CalledWrong.objects.create(
        post=Post.objects.get(name="draft"),
        code="fear",
        digest=FAKE,
        sentence=Sentence("“{0}” frightens.", "déjà"),
        by=ana,
        at=MORNING,
    )
    LinkedPage.objects.create(
        digest=FAKE,
        address="https://survivornet.ca/fr/",
        title="Un réseau pour l’été",
        picture=b"a small picture",
        read_at=MORNING,
    )
    ShownPage.objects.create(
        digest=FAKE, language="fr", words="Ce que signifie partager.", first_at=MORNING
    )
    TakingBack.objects.create(
        storyteller=Storyteller.objects.get(reference="S-0001"),
        scope="name",
        via="volunteer",
        by="vera",
        asked_at=MORNING,
        due_at=MORNING + timedelta(hours=1),
    )
    Hand.objects.create(
        storyteller=Storyteller.objects.get(reference="S-0001"),
        source="remark",
        raised_at=MORNING,
        told_at=MORNING,
    )
    Incident.objects.create(
        number=1,
        version=1,
        found_on=MORNING.date(),
        happened="à l’été",
        what="Une clé a été perdue.",
        data="Des adresses de courriel.",
        people="environ 10",
        is_serious=False,
        why="La clé est chiffrée.",
        done="La clé a été changée.",
        by="ana",
        at=MORNING,
    )
    Post.objects.filter(name="draft").update(form="1:a-form")
    User.objects.update(password="!fake", date_joined=MORNING)
    Storyteller.objects.filter(reference="S-0001").update(link_digest=FAKE, link_at=MORNING)
