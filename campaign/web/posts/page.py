"""The values of a post's page: its form, the choices of each field, and the notes beside the fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy

from campaign.authoring.compose import Desk, preview
from campaign.authoring.composing import slips
from campaign.authoring.uploads import NAME
from campaign.authoring.versions import latest_version
from campaign.checks.catalog import CATALOG, may_be_accepted
from campaign.consent.rule import was_of_a_person
from campaign.content.fields import Fields, PictureFields, normal
from campaign.content.links import NO_LINK, PLACES
from campaign.content.post import ACTIONS, FORMS, LANGUAGES, Kind
from campaign.core.clock import local_day
from campaign.decisions.gate_ahead import waits_for_word
from campaign.models import Post, Upload
from campaign.planning.plan import finished_of
from campaign.publishers import roomiest, tightest
from campaign.states import Stage
from campaign.web.frame.languages import reader_language
from campaign.web.frame.names import PLACE_NAMES, SHAPES
from campaign.web.frame.site import config, config_and_library
from campaign.web.posts.adds import added
from campaign.web.posts.choices import (
    TEMPLATES,
    channels_offered,
    chosen_of,
    consent_channels,
    days_offered,
    facts_offered,
    kinds,
    networks_offered,
    purposes_offered,
)
from campaign.web.posts.form import NO_CHANNEL, plain, read_form, show_when
from campaign.web.posts.look.cards import Cards
from campaign.web.posts.look.folds import holds, in_look
from campaign.web.posts.look.preview import Box, Seen, id_of, seen
from campaign.web.posts.out.standing import is_troubled, standing_of
from campaign.web.posts.pickers import EMOJI, hashtags

_TEXT_NAMES = {
    ("en", "short"): gettext_lazy("Short text, English"),
    ("fr", "short"): gettext_lazy("Short text, French"),
    ("en", "long"): gettext_lazy("Long text, English"),
    ("fr", "long"): gettext_lazy("Long text, French"),
}


@dataclass(frozen=True, slots=True)
class TypedPost:
    """A form as it was typed: the fields, the title, and the number of the version that they began with."""

    fields: Fields
    title: str
    base: int
    far: str = ""  #: the slot, far away, that was said yes to
    is_tried: bool = False  #: somebody has tried to submit it


@dataclass(frozen=True, slots=True)
class TextField:
    """A text of the form. `here` says whether the post goes anywhere that shows it."""

    box: Box
    language: str
    form: str
    text: str
    called: str
    here: bool
    holds: str  #: what its folded previews are about


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A picture of the form."""

    number: int
    file: str
    digest: str  #: "" when it is not among the uploads
    whole: str  #: digest of the picture that it was cut from; its own where it is whole
    box: Box
    alts: tuple[tuple[str, str, Box], ...]  #: language, text, what is said of it


@dataclass(frozen=True, slots=True)
class Passed:
    """A finding that a person lets pass, and why."""

    code: str
    says: str
    reason: str


def desk() -> Desk:
    """The configuration and the library, with which posts are written."""
    return Desk(*config_and_library())


def read_typed(request: HttpRequest) -> TypedPost:
    """The form that was sent."""
    data = request.POST
    title, far = plain(data.get("title", "")), plain(data.get("far", ""))
    return TypedPost(read_form(data), title, base_of(data), far, "tried" in data)


def base_of(data: QueryDict, name: str = "base") -> int:
    """The number of the version that a form began with; 0 for none."""
    written = str(data.get(name, ""))
    # So many digits fit into every database's integer.
    return int(written) if written.isdecimal() and len(written) < 9 else 0


def looked_at(post: Post, typed: TypedPost, desk: Desk, now: datetime) -> Seen:
    """The preview of the typed fields, for a page: deliveries and notes."""
    planned = preview(post, normal(typed.fields), desk, now)
    no_channel = typed.fields.channels == NO_CHANNEL
    is_tried = typed.is_tried or post.stage == Stage.PLANNED
    wholes = [finished_of(delivery).whole for delivery in planned.plan.planned]
    return seen(
        planned,
        typed.fields,
        desk.config,
        now,
        Cards.of(wholes, desk.config, desk.library),
        no_channel=no_channel,
        is_tried=is_tried,
        safe=len(slips.safe(planned, post, typed.fields)),
    )


def looked_at_again(answer: HttpResponse) -> HttpResponse:
    """The answer, with a header by which the page then asks for a new preview: an older one may be on its way."""
    answer.headers["HX-Trigger-After-Settle"] = "look"
    return answer


def form_values(post: Post, typed: TypedPost, desk: Desk, now: datetime) -> dict[str, object]:
    """The values of the form's template."""
    fields = typed.fields
    look = looked_at(post, typed, desk, now)
    today = local_day(now, desk.config.site.timezone)
    return notes_values(post, typed, look) | {
        "standing": standing_of(post),
        "fields": fields,
        "is_story": fields.kind == Kind.STORY,
        "kinds": kinds(fields.kind),
        "templates": chosen_of(desk.library.templates, fields.template, TEMPLATES),
        "actions": chosen_of(ACTIONS, fields.action, PLACE_NAMES),
        "places": chosen_of((*PLACES, NO_LINK), fields.link_to, PLACE_NAMES),
        "networks": networks_offered(desk.config, fields),
        "days": days_offered(desk, fields.day, today),
        "when_days": days_offered(desk, show_when(fields.when).day, today),
        "channels": channels_offered(desk.config, fields),
        "consent_channels": consent_channels(desk.config, fields),
        "purposes": purposes_offered(fields),
        "facts": facts_offered(desk, fields, now),
        "campaign": campaign_name(post, desk),
        "adds": added(post.campaign, desk),
        "tags": hashtags(desk.library.campaigns.get(post.campaign)),
        "emoji": EMOJI,
        "tightest": tightest(),
        "roomiest": roomiest(),
        "links": [(language, fields.links.get(language, "")) for language in LANGUAGES],
    }


def notes_values(post: Post, typed: TypedPost, look: Seen) -> dict[str, object]:
    """The values of all that changes while somebody types: previews of the texts, and notes beside the fields."""
    when = show_when(typed.fields.when)
    return {
        "post": post,
        "title": post.called,
        "typed": typed,
        "seen": look,
        "is_troubled": is_troubled(post),
        "waits_for_yes": waits_for_word(post),
        "texts": _texts(typed.fields, look),
        "pictures": _pictures(typed.fields.pictures, look),
        "shapes": SHAPES,
        "box": {id_of(name).replace("-", "_"): box for name, box in look.boxes.items()},
        "when": when,
        "holds": holds(typed.fields, typed.title, len(config().channels)),
    }


def state_values(post: Post, typed: TypedPost, user: User) -> dict[str, object]:
    """The values about the post's stage and its latest version."""
    version = latest_version(post)
    return {
        "version": version,
        "is_mine": version is not None and version.by_id == user.pk,
        "is_planned": post.stage == Stage.PLANNED,
        "is_taken_back": post.stage == Stage.TAKEN_BACK,
        "is_of_a_person": was_of_a_person(post),
        "is_behind": version is not None and version.number > typed.base,
    }


def _texts(fields: Fields, look: Seen) -> list[list[TextField]]:
    """A row for each form of text, with its languages side by side."""
    return [[_text(fields, look, language, form) for language in LANGUAGES] for form in FORMS]


def _text(fields: Fields, look: Seen, language: str, form: str) -> TextField:
    box = look.box(f"{language}.{form}")
    return TextField(
        box=box,
        language=language,
        form=form,
        text=fields.text(language, form),
        called=str(_TEXT_NAMES[language, form]),
        here=bool(box.panels),
        holds=in_look(box.panels),
    )


def _pictures(pictures: tuple[PictureFields, ...], look: Seen) -> list[PictureRow]:
    wholes = _wholes(pictures)
    rows = []
    for number, picture in enumerate(pictures):
        rows.append(_picture(number, picture, look, wholes))
    return rows


def _wholes(pictures: tuple[PictureFields, ...]) -> dict[str, str]:
    """By the digest of each picture, that of the whole one which it was cut from."""
    digests = [picture.file.partition(".")[0] for picture in pictures]
    if not digests:
        return {}
    rows = Upload.objects.filter(digest__in=digests)
    return {upload.digest: upload.cut_from or upload.digest for upload in rows}


def _picture(
    number: int,
    picture: PictureFields,
    look: Seen,
    wholes: Mapping[str, str],
) -> PictureRow:
    name = f"pictures.{number}"
    alts = []
    for language in LANGUAGES:
        alt_box = look.box(f"{name}.alt.{language}")
        alts.append((language, picture.alts.get(language, ""), alt_box))
    is_upload = NAME.fullmatch(picture.file)
    digest = picture.file.partition(".")[0] if is_upload else ""
    return PictureRow(
        number=number,
        file=picture.file,
        digest=digest,
        whole=wholes.get(digest, ""),
        box=look.box(name),
        alts=tuple(alts),
    )


def passed(fields: Fields, asked: str) -> list[Passed]:
    """The findings let pass in this post, after the one with the code `asked`, which somebody has just asked to let pass."""
    language = reader_language()
    reasons = {asked: ""} if may_be_accepted(asked) else {}
    reasons |= fields.accepted
    rows = []
    for code, why in reasons.items():
        says = CATALOG[code].says[language] if code in CATALOG else code
        rows.append(Passed(code=code, says=says, reason=why))
    return rows


def campaign_name(post: Post, desk: Desk) -> str:
    """What the post's campaign is called in the reader's language."""
    campaign = desk.library.campaigns.get(post.campaign)
    if campaign is None:
        return post.campaign
    return campaign.names.get(reader_language(), post.campaign)
