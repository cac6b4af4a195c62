"""The addresses of all pages. Each page's own file says them."""

from django.urls import URLPattern, URLResolver

from campaign.web import (
    account,
    approve,
    calendar,
    campaigns,
    channels,
    compose,
    contribute,
    demo,
    facts,
    feed,
    history,
    languages,
    log,
    my_story,
    pauses,
    people,
    queue,
    rehearsal,
    settings_page,
    sign_in,
    stories,
    tell,
    today,
)

urlpatterns: list[URLPattern | URLResolver] = [
    *today.urlpatterns,
    *contribute.urlpatterns,
    *compose.urlpatterns,
    *history.urlpatterns,
    *approve.urlpatterns,
    *queue.urlpatterns,
    *calendar.urlpatterns,
    *campaigns.urlpatterns,
    *stories.urlpatterns,
    *tell.urlpatterns,
    *my_story.urlpatterns,
    *facts.urlpatterns,
    *rehearsal.urlpatterns,
    *pauses.urlpatterns,
    *log.urlpatterns,
    *channels.urlpatterns,
    *people.urlpatterns,
    *account.urlpatterns,
    *feed.urlpatterns,
    *settings_page.urlpatterns,
    *sign_in.urlpatterns,
    *languages.urlpatterns,
    *demo.urlpatterns,
]

handler400 = "campaign.web.errors.unreadable"
handler403 = "campaign.web.errors.forbidden"
handler404 = "campaign.web.errors.missing"
handler500 = "campaign.web.errors.broken"
