"""The pictures of posts: shown to people who have signed in, and put into a post, described, ordered, taken out."""

import re
from dataclasses import replace

from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from campaign.authoring import drafts, uploads
from campaign.authoring.composing import cropping
from campaign.consent.locks import is_locked_picture, is_of_a_story
from campaign.content.fields import PictureFields
from campaign.content.pictures import MAX_SOURCE
from campaign.core.problem import Problem
from campaign.models import Post, Upload
from campaign.people.roles import MAY_APPROVE
from campaign.web.frame.access import Request, for_members, for_staff, see
from campaign.web.frame.notices import warn
from campaign.web.frame.site import config, now
from campaign.web.posts.form import MOST_PICTURES, moved, read_cut
from campaign.web.posts.page import (
    desk,
    looked_at,
    looked_at_again,
    notes_values,
    read_typed,
)
from campaign.web.posts.saved import saying_why_not

NEVER, ASK_AGAIN = "private, no-store", "private, no-cache"
WHOLE, SMALL = "", "-small"
_ASKED = re.compile(r"(remove|up|crop|whole)-(\d)")
Pictures = tuple[PictureFields, ...]


@for_members
@require_GET
def show_picture(request: Request, digest: str) -> HttpResponse:
    """A kept picture. What was taken back is shown to nobody; so no browser keeps a person's picture, and of other ones each
    asks again whether it still may be shown, before it takes what it has."""
    return _shown(request, digest, WHOLE)


@for_members
@require_GET
def show_small(request: Request, digest: str) -> HttpResponse:
    """The same picture in a size for lists, shown to the same people and no longer than the picture itself."""
    return _shown(request, digest, SMALL)


@for_staff
@require_POST
@saying_why_not
def change_pictures(request: Request, post: int) -> HttpResponse:
    """Pictures are added, one of them is cropped, taken out, or goes before the one in front of it. The rest is kept as
    typed."""
    opened = get_object_or_404(Post, pk=post)
    typed = read_typed(request)
    pictures, problems = _changed(request, opened, typed.fields.pictures)
    added = len(pictures) - len(typed.fields.pictures)
    typed = replace(typed, fields=replace(typed.fields, pictures=pictures))
    drafts.keep_draft(opened, request.user, typed.fields, typed.title, typed.base, now())
    if not getattr(request, "htmx", False):
        for sentence in problems:
            warn(request, sentence)
        return see("post", post)
    look = looked_at(opened, typed, desk(), now())
    values = notes_values(opened, typed, look)
    values |= {"problems": problems, "oob": True, "added": max(0, added)}
    return looked_at_again(render(request, "posts/pictures/_list.html", values))


def _shown(request: Request, digest: str, size: str) -> HttpResponse:
    upload = get_object_or_404(Upload, digest=digest)
    if is_locked_picture(digest) or uploads.is_taken_back(upload):
        raise Http404
    if upload.people and not _may_see_people(request, upload):
        raise Http404
    is_private = bool(upload.people) or is_of_a_story(digest)
    etag = f'"{digest}{size}"'
    if not is_private and etag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers={"ETag": etag, "Cache-Control": ASK_AGAIN})
    shown = _bytes_of(upload, size)
    if shown is None:
        raise Http404
    data, media_type = shown
    headers = {
        "Cache-Control": NEVER if is_private else ASK_AGAIN,
        "Content-Disposition": "inline",
        "X-Content-Type-Options": "nosniff",
    }
    if not is_private:
        headers["ETag"] = etag
    return HttpResponse(data, content_type=media_type, headers=headers)


def _may_see_people(request: Request, upload: Upload) -> bool:
    """A picture on which somebody can be recognised is for the team, and for who sent it."""
    if request.role in MAY_APPROVE:
        return True
    author = upload.post.author_id if upload.post else None
    return request.user.pk in (upload.by_id, author)


def _bytes_of(upload: Upload, size: str) -> tuple[bytes, str] | None:
    """A picture in one of its sizes, and its media type; None when its file is not there any more."""
    folder = config().web.uploads
    if size == SMALL:
        picture = uploads.small(upload, folder)
        return (picture.data, picture.media_type) if picture else None
    data = uploads.file_of(upload, folder)
    return (data, upload.media_type) if data else None


def _changed(request: Request, post: Post, pictures: Pictures) -> tuple[Pictures, list[str]]:
    """The pictures after what was asked for, and a sentence for each thing that could not be done."""
    match = _ASKED.fullmatch(str(request.POST.get("do", "")))
    if match is None:
        return _with_sent(request, post, pictures)
    what, number = match[1], int(match[2])
    if what not in ("crop", "whole"):
        return moved(pictures, number, what), []
    if number >= len(pictures):
        return pictures, []
    try:
        upload = _cropped(request, post, pictures[number].file, number, what)
    except Problem as problem:
        return pictures, [str(problem)]
    cropped = list(pictures)
    cropped[number] = replace(pictures[number], file=upload.file_name)
    return tuple(cropped), []


def _cropped(request: Request, post: Post, file: str, number: int, what: str) -> Upload:
    if what == "whole":
        return cropping.whole_of(file)
    wanted = read_cut(request.POST, number)
    folder = config().web.uploads
    return cropping.crop(file, wanted, post, folder, request.user, now())


def _with_sent(request: Request, post: Post, pictures: Pictures) -> tuple[Pictures, list[str]]:
    """The pictures with those that were sent, and a sentence for each that cannot be taken."""
    sent = request.FILES.getlist("picture")
    problems = [] if sent else [_("Choose a picture first, then add it.")]
    for file in sent:
        try:
            # One byte more than may be: of a larger file the rest is not read.
            source = file.read(MAX_SOURCE + 1)
            picture = _kept(request, post, source, file.name or "", len(pictures))
            pictures = (*pictures, picture)
        except Problem as problem:
            problems.append(str(problem))
    return pictures, problems


def _kept(request: Request, post: Post, source: bytes, name: str, number: int) -> PictureFields:
    if number >= MOST_PICTURES:
        raise Problem(
            _("There are %(most)s pictures already: take one out first.")
            % {"most": MOST_PICTURES}
        )
    upload = uploads.keep(source, name, config().web.uploads, request.user, now(), post)
    return PictureFields(upload.file_name)


urlpatterns = [
    path("pictures/<slug:digest>/", show_picture, name="picture"),
    path("pictures/<slug:digest>/small/", show_small, name="small_picture"),
    path("posts/<int:post>/pictures/", change_pictures, name="post_pictures"),
]
