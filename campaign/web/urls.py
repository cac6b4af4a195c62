"""The addresses of all pages. Each page's own file says them."""

from django.urls import URLPattern, URLResolver

from campaign.web.admin import channels, demo, incidents, pauses, settings
from campaign.web.approve import called_wrong
from campaign.web.approve import pages as approve
from campaign.web.calendar import feed
from campaign.web.calendar import pages as calendar
from campaign.web.campaigns import facts
from campaign.web.campaigns import pages as campaigns
from campaign.web.contributions import pages as contributions
from campaign.web.evergreen import pages as evergreen
from campaign.web.frame import languages
from campaign.web.log import pages as log
from campaign.web.log import went_out
from campaign.web.people import account, sign_in
from campaign.web.people import pages as people
from campaign.web.posts import compose, history
from campaign.web.queue import pages as queue
from campaign.web.rehearsal import pages as rehearsal
from campaign.web.stories import my_story, my_words, tell
from campaign.web.stories import pages as stories
from campaign.web.stories.consenting import agreed, second, steps
from campaign.web.stories.rights import copies, mine
from campaign.web.today import pages as today

urlpatterns: list[URLPattern | URLResolver] = [
    *today.urlpatterns,
    *contributions.urlpatterns,
    *compose.urlpatterns,
    *history.urlpatterns,
    *evergreen.urlpatterns,
    *called_wrong.urlpatterns,
    *approve.urlpatterns,
    *queue.urlpatterns,
    *calendar.urlpatterns,
    *campaigns.urlpatterns,
    *stories.urlpatterns,
    *tell.urlpatterns,
    *my_story.urlpatterns,
    *my_words.urlpatterns,
    *steps.urlpatterns,
    *agreed.urlpatterns,
    *second.urlpatterns,
    *mine.urlpatterns,
    *copies.urlpatterns,
    *facts.urlpatterns,
    *rehearsal.urlpatterns,
    *pauses.urlpatterns,
    *log.urlpatterns,
    *went_out.urlpatterns,
    *channels.urlpatterns,
    *people.urlpatterns,
    *account.urlpatterns,
    *feed.urlpatterns,
    *incidents.urlpatterns,
    *settings.urlpatterns,
    *sign_in.urlpatterns,
    *languages.urlpatterns,
    *demo.urlpatterns,
]

handler400 = "campaign.web.frame.errors.unreadable"
handler403 = "campaign.web.frame.errors.forbidden"
handler404 = "campaign.web.frame.errors.missing"
handler500 = "campaign.web.frame.errors.broken"
