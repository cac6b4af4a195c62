"""The calendar feed: the posts for a person's own calendar, at a secret address that they can take back.

No text of a post, no storyteller and no key of a channel is in it."""

import hashlib
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from campaign.content.dates.ics import IcsEvent, feed
from campaign.core.address_key import digest_of, draw_key
from campaign.models import Delivery, Event, called
from campaign.models.people import Profile
from campaign.people.roles import Role
from campaign.states import GONE, Status
from campaign.web.frame.access import Request, for_everyone, for_members, role_of, see
from campaign.web.frame.names import channel_name
from campaign.web.frame.names import status as status_name
from campaign.web.frame.notices import tell
from campaign.web.frame.site import config, now

KEY = "feed_key"
"""Under which the session keeps a new key, to be shown once."""
BACK, AHEAD = timedelta(days=62), timedelta(days=400)
MOST_BACK, MOST_AHEAD = 500, 1_000
"""How many entries of the past and of the future are in a feed: the nearest."""
SHOWN = (
    *("id", "channel", "status", "due_at", "published_at", "changed"),
    *("post_id", "post__key", "post__title", "post__kind"),
)
LENGTH = timedelta(minutes=15)
"""Of an entry; a post takes no time, and calendars draw nothing for that."""
TENTATIVE = (Status.DRAFT, Status.FAILED, Status.MISSED, Status.UNCONFIRMED)


def feed_key_new(user: User) -> str:
    """A new secret key for a person's feed; the one before no longer opens anything. It is kept as its SHA-256 only."""
    key = draw_key()
    Profile.objects.update_or_create(user=user, defaults={"feed_digest": digest_of(key)})
    return key


def feed_revoke(user: User) -> None:
    """The person's feed is there no more."""
    Profile.objects.filter(user=user).update(feed_digest="")


@for_everyone
@require_safe
def show_feed(request: Request, key: str) -> HttpResponseBase:
    """The feed of whoever has this key; whoever has left, or has no role any more, has none."""
    profile = Profile.objects.select_related("user").filter(feed_digest=digest_of(key)).first()
    role = role_of(profile.user) if profile else None
    if profile is None or role is None:
        raise Http404
    with override(profile.language or "en"):
        text = feed(
            _("%(name)s: posts") % {"name": config().site.name}, _entries(profile.user, role)
        )
    answer = HttpResponse(text.encode(), content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, max-age=300"
    answer.headers["Content-Disposition"] = 'inline; filename="posts.ics"'
    etag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer


@for_members
@require_POST
def new_feed(request: Request) -> HttpResponse:
    """A new address, which the next page shows once."""
    request.session[KEY] = feed_key_new(request.user)
    tell(request, _("This is your new address. The one before no longer works."))
    return see("account")


@for_members
@require_POST
def revoke_feed(request: Request) -> HttpResponse:
    """No address any more."""
    feed_revoke(request.user)
    request.session.pop(KEY, None)
    tell(request, _("Your calendar address no longer works."))
    return see("account")


def _entries(user: User, role: Role) -> list[IcsEvent]:
    events = Event.objects.filter(delivery=OuterRef("pk")).values("delivery")
    changed = Coalesce(
        Subquery(events.annotate(last=Max("at")).values("last")), "post__loaded_at"
    )
    deliveries = Delivery.objects.all()
    if role is Role.VOLUNTEER:
        deliveries = deliveries.filter(post__author=user)
    shown = deliveries.annotate(changed=changed).values_list(*SHOWN)
    moment = now()
    back = shown.filter(due_at__gte=moment - BACK, due_at__lt=moment)
    ahead = shown.filter(due_at__gte=moment, due_at__lt=moment + AHEAD)
    nearest_back = back.order_by("-due_at", "-id")[:MOST_BACK]
    nearest_ahead = ahead.order_by("due_at", "id")[:MOST_AHEAD]
    writer = _Writer(role)
    return [writer.entry(*row) for row in (*nearest_back, *nearest_ahead)]


class _Writer:
    """Writes entries for a reader; what is the same for all of them is found out once."""

    def __init__(self, role: Role) -> None:
        self.host = urlsplit(config().web.url).hostname or "localhost"
        self.channels: dict[str, str] = {}
        self.of_post = role is Role.VOLUNTEER
        self.page = config().web.url + reverse(
            "contribution" if self.of_post else "delivery", args=[0]
        )

    def entry(
        self,
        number: int,
        channel: str,
        status: str,
        due_at: datetime,
        published_at: datetime | None,
        changed: datetime,
        post: int,
        key: str,
        title: str,
        kind: str,
    ) -> IcsEvent:
        name = called(title, key)
        if kind == "story":
            # The title of a story may hold a name, and a calendar is often shared with others.
            name = _("Story no. %(number)s") % {"number": post}
        if channel not in self.channels:
            self.channels[channel] = channel_name(channel, config())
        url = self.page.replace("/0/", f"/{post if self.of_post else number}/")
        return IcsEvent(
            uid=f"delivery-{number}@{self.host}",
            start=published_at or due_at,
            length=LENGTH,
            changed=max(changed, published_at or changed),
            summary=f"{name} · {self.channels[channel]} · {status_name(status)}",
            description=url,
            url=url,
            confirmed=status not in TENTATIVE,
            cancelled=status in GONE,
        )


urlpatterns = [
    path("feed/new/", new_feed, name="feed_new"),
    path("feed/revoke/", revoke_feed, name="feed_revoke"),
    path("feed/<str:key>.ics", show_feed, name="feed"),
]
