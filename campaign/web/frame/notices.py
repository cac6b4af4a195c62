"""Sentences that a person reads on the next page."""

from django.contrib import messages
from django.http import HttpRequest


def tell(request: HttpRequest, sentence: str) -> None:
    """What was done."""
    messages.success(request, sentence)


def warn(request: HttpRequest, sentence: object) -> None:
    """What could not be done, or should be known."""
    messages.warning(request, str(sentence))
