"""What the pages' templates have beyond Django's own: names, moments, badges and icons."""

import secrets

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from campaign.content.facts import Fact, cited
from campaign.web.drawn.known import shape_name, standing_name
from campaign.web.frame import moments, names, networks
from campaign.web.frame.icons import icon, thumbnail
from campaign.web.frame.languages import reader_language
from campaign.web.frame.names import OF_ALL, STAGES, STATUSES
from campaign.web.frame.sentences import say
from campaign.web.frame.site import library_as_read

register = template.Library()
for of_names in (
    names.ready,
    names.status,
    names.stage,
    names.kind,
    networks.network,
    names.language_name,
    names.place_name,
    names.language_within,
    names.place,
    names.level_name,
    shape_name,
    standing_name,
):
    register.filter(of_names)
for of_moments in (
    moments.at,
    moments.day,
    moments.weekday,
    moments.hour,
    moments.second,
    moments.iso,
    moments.clock,
):
    register.filter(of_moments)
for drawn in (icon, networks.network_icon, networks.network_styles, thumbnail):
    register.simple_tag(drawn)


@register.filter
def said(sentence: object) -> str:
    """A sentence of the program in the reader's language."""
    return say(str(sentence), reader_language())


@register.filter
def campaign_name(slug: str) -> str:
    """What a campaign is called in the reader's language."""
    return names.campaign_name(slug, library_as_read())


@register.filter
def source(fact: Fact) -> str:
    """The source of a fact, in full; of a figure of one's own, how it was counted."""
    return fact.source or cited(fact, reader_language())


@register.simple_tag
def colon() -> str:
    """A colon after what a page fills in; French has a no-break space before it."""
    return "\u00a0:" if reader_language() == "fr" else ":"


@register.simple_tag
def form_number() -> SafeString:
    """A number of this very form, so that a double press makes one thing (`campaign.authoring.once`)."""
    return format_html(
        '<input type="hidden" name="form" value="{}">', secrets.token_urlsafe(16)
    )


@register.simple_tag
def badge(value: str) -> SafeString:
    """The status of a delivery or of a whole post, or the stage of a post, as a pill with icon and words."""
    plain = (value, "info")
    name, drawing = STATUSES.get(value) or STAGES.get(value) or OF_ALL.get(value, plain)
    return format_html(
        '<span class="badge" data-status="{}">{} {}</span>', value, icon(drawing), name
    )
