"""Whatever people write, over all of Unicode: what was saved opens again, and what goes out is what they wrote, or a finding
keeps it back."""

import unicodedata
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from hypothesis import example, given, settings
from hypothesis import strategies as st

from campaign.authoring import compose
from campaign.authoring.compose import Desk
from campaign.authoring.contributing import contributions
from campaign.authoring.versions import latest_version
from campaign.config import Channel, Config, Web
from campaign.content.fields import ConsentFields, Fields, PictureFields, normal
from campaign.content.library import read_library
from campaign.content.post import Kind
from campaign.content.render import tidy
from campaign.content.source import fields_in
from campaign.content.thread import parts
from campaign.core.problem import Problem
from campaign.core.typed import is_seen, mended, with_line_ends
from campaign.models import Delivery, Post
from campaign.people.roles import Role, add_user
from campaign.publishers.matching import same_text
from campaign.publishers.publisher import Message, Publisher
from tests.doubles import DoubleServer, Graph, Ledger, X, doubles
from tests.doubles.channels import X_SECRETS
from tests.doubles.opened import posted, quick_page, quick_x
from tests.folders import NOW, make_folder

pytestmark = [pytest.mark.django_db, pytest.mark.allow_hosts(["127.0.0.1"])]
CHANNELS = {
    "x-en": Channel("x-en", "twitter", "en"),
    "fb-fr": Channel("fb-fr", "facebook", "fr"),
}
PIECES = st.sampled_from(
    [
        "\n---\n",
        "---",
        "\x92",
        "\x0b",
        "\r\n",
        "\u2028",
        "\ufeff",
        "Ã©",
        "{",
        "\\",
        '"""',
        "'''",
        "#",
        "é",
        "💗",
        "\ufffd",
    ]
)
TEXTS = st.lists(st.text(max_size=12) | PIECES, max_size=6).map("".join)
AWKWARD = "C\x92est\x0bl\u2028heure\x85 \ud83d\ue000"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder = make_folder(tmp_path_factory.mktemp("words"))
    config = Config(channels=CHANNELS, web=Web(uploads=folder.root / "uploads"))
    return Desk(config, read_library(folder.posts, folder.templates))


@pytest.fixture(scope="module")
def server() -> Iterator[DoubleServer]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("NO_PROXY", "127.0.0.1")
        ledger = Ledger()
        with doubles(X(ledger, keys=X_SECRETS), Graph(ledger)) as running:
            yield running


def writer() -> User:
    return add_user("mia", Role.STAFF)[0]


def saved(fields: Fields, by: User, desk: Desk) -> Post:
    post = compose.create("know", "awareness", "A post", by, desk, NOW)
    compose.save(post, fields, by, post.version, desk, NOW)
    return post


def kept(text: str) -> str:
    """A text as its writer wrote it, but for what stands at the end of a line."""
    return normal(Fields(texts={"en": {"short": text}})).text("en", "short")


@settings(deadline=None)
@given(text=TEXTS, alt=TEXTS, when=TEXTS)
@example(text=AWKWARD, alt=AWKWARD, when=AWKWARD)
@example(text="", alt="", when="2027-10-")
def test_whatever_was_saved_opens_again_as_it_was_typed(
    text: str, alt: str, when: str, desk: Desk
) -> None:
    typed = Fields(
        kind=when,
        template=text,
        channels=("x-en", text),
        when=when,
        grace=when,
        facts=(text,),
        action=text,
        day=text,
        links={"fr": alt},
        consent=ConsentFields(text, when, "2027-02-30", (text,)),
        pictures=(PictureFields(f"a{text}.jpg", {"en": alt, "fr": text}),),
        texts={"en": {"short": text, "long": alt}, "fr": {"short": alt}},
        accepted={"jargon": text},
    )
    post = saved(typed, writer(), desk)
    shown, _ = compose.current_fields(post, desk, NOW)
    opened, wanted = normal(shown), normal(typed)
    for field in ("kind", "when", "grace", "links", "consent", "texts", "facts", "accepted"):
        assert getattr(opened, field) == getattr(wanted, field), field
    assert [picture.alts for picture in opened.pictures] == [
        picture.alts for picture in wanted.pictures
    ]


@settings(deadline=None)
@given(text=TEXTS)
@example(text="First words.\n---\n---\nLast words.")
@example(text="C’est l’heure\u00a0: « là »… 💗👩‍🔬 \u05e9\u05dc\u05d5\u05dd & <b>")
def test_what_goes_out_is_what_was_written_or_a_finding_keeps_it_back(
    text: str, desk: Desk, server: DoubleServer
) -> None:
    texts = {"en": {"short": text}, "fr": {"short": text}}
    mia = writer()
    post = saved(
        Fields(channels=("x-en", "fb-fr"), when="2027-10-13 09:00", texts=texts), mia, desk
    )
    try:
        compose.submit(post, mia, desk, NOW)
    except Problem:
        return
    written = tidy(kept(text))
    assert is_seen(written)
    if "{" not in text and "}" not in text:
        assert sent("x-en", post, quick_x(server.url)) == parts(written)
        [on_facebook] = sent("fb-fr", post, quick_page(server.url))
        assert on_facebook.split() == " ".join(parts(written)).split()


def sent(channel: str, post: Post, publisher: Publisher) -> list[str]:
    """The texts of a post as they went out, each found again on the account."""
    delivery = Delivery.objects.get(post=post, channel=channel)
    texts = parts(delivery.text) if channel == "x-en" else [delivery.text]
    for text in texts:
        posted(publisher, Message(text))
    out = [remote.text for remote in publisher.recent(NOW.replace(year=2020))]
    for text in texts:
        assert any(same_text(text, shown) for shown in out), text
    return texts


@settings(deadline=None)
@given(words=TEXTS)
def test_a_contribution_is_kept_as_it_was_written_or_refused(words: str) -> None:
    try:
        post = contributions.contribute(Kind.STORY, words, "en", "know", writer(), NOW)
    except Problem as problem:
        assert str(problem)
        return
    version = latest_version(post)
    assert version
    shown = fields_in(version.source)
    assert shown
    seen = unicodedata.normalize("NFC", mended(with_line_ends(words))).split()
    assert next(iter(shown.texts["en"].values())).split() == seen
