"""Telling one's story, or that of somebody close: the public form, one short page. What may be done with the story is asked
afterwards, on the private page, in steps."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from campaign.care import hands
from campaign.core.problem import Problem
from campaign.models.stories import Storyteller
from campaign.people import letters
from campaign.stories import aside, storyteller, telling
from campaign.stories.telling import LONGEST, MOST_PICTURES, WEB_FORM
from campaign.web.frame.access import Request, for_everyone, see
from campaign.web.frame.fields import Box, Typed
from campaign.web.frame.languages import IN_LINK, reader_language, remember
from campaign.web.frame.site import config, now
from campaign.web.stories import floods
from campaign.web.stories.consenting.questions import TOO_LONG
from campaign.web.stories.form import StoryForm, can_mail, pictures_of, welcome


class TellForm(StoryForm):
    """The form as it is shown to who tells their own story, or that of somebody close."""

    stamp, refusal = "", ""  #: `refusal`: why the form as a whole is not taken
    words = Typed(
        longest=LONGEST,
        too_long=StoryForm.too_many_words,
        blank=gettext_lazy("Write your story; a few lines are enough."),
        label=gettext_lazy("What would you like to tell?"),
        help_text=gettext_lazy(
            "A few lines are enough, and it need not be polished. Leave out what you do not want others to know, and the"
            " names of other people."
        ),
        box=Box(rows=9),
    )
    name = Typed(
        longest=storyteller.LONGEST,
        too_long=TOO_LONG,
        blank=gettext_lazy(
            "Write your name. It stays sealed, unless you agree that it appears."
        ),
        label=gettext_lazy("What is your name?"),
        help_text=gettext_lazy(
            "It is kept locked away from the story. We ask you later whether a name may appear."
        ),
        box=Box(complete="name"),
    )


@for_everyone
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tell_story(request: Request) -> HttpResponse:
    """The form; POST takes the story in, once nothing is missing."""
    if not config().stories.open:
        raise Http404
    if request.method != "POST":
        tongue = reader_language()
        form = TellForm(
            initial={"language": tongue, "contact_language": tongue, "whose": "self"}
        )
        form.stamp = floods.stamp(now())
        return _show(request, form)
    if not floods.may_try(request, now()):
        return _full(request)
    form = _read(request)
    of = floods.read_stamp(form.stamp, now())
    form.refusal = _refusal(request, of)
    pictures = pictures_of(form, request.FILES.getlist("files"))
    if of is None or form.refusal or form.errors:
        form.stamp = form.stamp if of else floods.stamp(now())
        return _show(request, form, 422)
    if aside.is_full():
        return _full(request, form)
    answer = _take(request, form, pictures, of)
    # The pages that follow are in the language of the link that led here.
    return remember(answer, reader_language()) if IN_LINK in request.GET else answer


@for_everyone
@require_GET
def show_thanks(request: Request) -> HttpResponse:
    """After a story of somebody to whom the private link is mailed: nothing here opens their page."""
    names = {"pictures_later": "pictures" in request.GET, "help_first": "help" in request.GET}
    return render(request, "stories/form/tell_thanks.html", names)


def _read(request: Request) -> TellForm:
    form = TellForm(request.POST, request.FILES)
    form.stamp = request.POST.get("stamp", "")[:300]
    return form


def _refusal(request: Request, of: floods.Stamp | None) -> str:
    if request.POST.get(floods.TRAP):
        return _(
            "Something filled in a field that people do not see. Nothing was kept yet: please send it once more."
        )
    if of is None:
        return _(
            "This page was open for a very long time. Nothing was kept yet: look through it and send it once more."
        )
    if floods.is_too_fast(of, now()):
        return _(
            "That was very fast. Nothing was kept yet: please wait a few seconds and send it once more."
        )
    return ""


def _take(
    request: Request, form: TellForm, pictures: list[bytes], of: floods.Stamp
) -> HttpResponse:
    is_flood = floods.is_flood(request, now())
    kept = () if is_flood and aside.has_many() else pictures
    told = telling.ToldStory(
        form.cleaned_data["words"], form.cleaned_data["language"], kept, of.number, is_flood
    )
    folder = config().web.uploads
    try:
        who = telling.record(form.person(), told, None, folder, WEB_FORM, now())
    except Problem as problem:
        form.refusal = str(problem)
        return _show(request, form, 422)
    return _welcome(who, pictures_later=len(kept) < len(pictures))


def _welcome(who: Storyteller, *, pictures_later: bool) -> HttpResponse:
    """The link to their page is shown where no letter can bring it. Else it comes by letter alone, since the address may be
    somebody else's; and for a story that waits apart, once it is let in."""
    if not can_mail(who):
        return see("my_story_welcome", storyteller.new_link(who, who.reference, now()))
    if not who.is_aside:
        welcome(who, who.reference)
    answer = see("tell_thanks")
    told = {"pictures": "later"} if pictures_later else {}
    if hands.up(who):
        told["help"] = "first"
    if told:
        answer.headers["Location"] += f"?{urlencode(told)}"
    return answer


def _full(request: Request, form: TellForm | None = None) -> HttpResponse:
    """Nothing that was written is lost: it stands there to be copied, or to be sent later from the same page."""
    form = form or _read(request)
    form.stamp = floods.stamp(now())
    form.refusal = _(
        "Many stories are arriving just now, and we want to read each with care. Yours is not kept yet: leave this page"
        " open and send it in an hour, or write to us."
    )
    return _show(request, form, 429)


def _show(request: Request, form: TellForm, status: int = 200) -> HttpResponse:
    names = {
        "form": form,
        "had_pictures": "files" in request.FILES,
        "unagreed_days": config().stories.unagreed_days,
        "trap": floods.TRAP,
        "longest": LONGEST,
        "most_pictures": MOST_PICTURES,
        "letters": letters.can_send(),
    }
    return render(request, "stories/form/tell.html", names, status=status)


urlpatterns = [
    path("tell/", tell_story, name="tell"),
    path("tell/thanks/", show_thanks, name="tell_thanks"),
]
