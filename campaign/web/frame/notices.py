"""Sentences that a person reads on the next page."""

from django.contrib import messages
from django.http import HttpRequest

from campaign.web.frame.languages import reader_language
from campaign.web.frame.sentences import say


def tell(request: HttpRequest, sentence: str) -> None:
    """Says on the next page what was done."""
    messages.success(request, say(sentence, reader_language()))


def warn(request: HttpRequest, sentence: object) -> None:
    """Says on the next page what could not be done, or should be known."""
    messages.warning(request, say(str(sentence), reader_language()))
