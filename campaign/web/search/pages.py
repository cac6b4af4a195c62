"""One field for everything: posts, deliveries, stories, facts, campaigns and the log. Who contributes finds their own alone."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from campaign.content.campaigns import Campaign
from campaign.content.facts import Fact
from campaign.content.library import Library
from campaign.listings.everywhere import SHOWN, Answers, everywhere, own_posts
from campaign.listings.search import has_words, words
from campaign.people.roles import Role
from campaign.web.frame.access import Request, for_members
from campaign.web.frame.languages import reader_language
from campaign.web.frame.log_words import line
from campaign.web.frame.site import library
from campaign.web.posts.form import plain

LONGEST = 200
"""Characters that are looked for."""
MOST = 8
"""Facts and campaigns that are shown."""


@dataclass(frozen=True, slots=True)
class NamedCampaign:
    """A campaign, by its name in the reader's language."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class FactFound:
    """A fact, with its claim in the reader's language."""

    key: str
    claim: str


@for_members
@require_GET
def search(request: Request) -> HttpResponse:
    """A few of all that has the words, and the way to all of it. A volunteer finds what they wrote, and nothing else."""
    typed = plain(request.GET.get("q", ""))
    text = typed[:LONGEST].strip()
    is_volunteer = request.role is Role.VOLUNTEER
    answers = _of_own(text, request.user) if is_volunteer else _of_team(text)
    values = {
        "q": text,
        "is_asked": bool(words(text)),
        **answers,
    }
    return render(request, "search/search.html", values)


def _of_own(text: str, author: User) -> dict[str, object]:
    own = own_posts(text, author)
    return {
        "contributions": own[:SHOWN],
        "has_any": bool(own),
    }


def _of_team(text: str) -> dict[str, object]:
    answers = everywhere(text)
    asked = words(text)
    files = library()
    facts = list(_facts(files, asked))
    campaigns = list(_campaigns(files, asked))
    values = _of_database(answers)
    values |= {
        "facts": facts[:MOST],
        "campaigns": campaigns[:MOST],
        "more_facts": len(facts) > MOST,
        "more_campaigns": len(campaigns) > MOST,
    }
    values["has_any"] = any(values.values())
    return values | _longer(answers)


def _of_database(answers: Answers) -> dict[str, object]:
    return {
        "posts": answers.posts[:SHOWN],
        "deliveries": answers.deliveries[:SHOWN],
        "stories": answers.stories[:SHOWN],
        "lines": [line(entry) for entry in answers.entries[:SHOWN]],
    }


def _longer(answers: Answers) -> dict[str, object]:
    """Of which kinds there are more than are shown."""
    return {
        "more_posts": len(answers.posts) > SHOWN,
        "more_deliveries": len(answers.deliveries) > SHOWN,
        "more_stories": len(answers.stories) > SHOWN,
        "more_lines": len(answers.entries) > SHOWN,
    }


def _facts(files: Library, asked: tuple[str, ...]) -> Iterable[FactFound]:
    language = reader_language()
    if not asked:
        return
    for fact in files.facts.values():
        if has_words(_words_of_fact(fact), asked):
            claim = fact.claims.get(language, "")
            yield FactFound(fact.id, claim)


def _words_of_fact(fact: Fact) -> str:
    written = (
        fact.id,
        fact.source,
        *fact.claims.values(),
        *fact.citations.values(),
    )
    return " ".join(written)


def _campaigns(files: Library, asked: tuple[str, ...]) -> Iterable[NamedCampaign]:
    language = reader_language()
    if not asked:
        return
    for campaign in files.campaigns.values():
        if has_words(_words_of_campaign(campaign), asked):
            slug = campaign.slug
            name = campaign.names.get(language, slug)
            yield NamedCampaign(slug, name)


def _words_of_campaign(campaign: Campaign) -> str:
    written = (
        campaign.slug,
        *campaign.names.values(),
        *campaign.aims.values(),
    )
    return " ".join(written)


urlpatterns = [
    path("search/", search, name="search"),
]
