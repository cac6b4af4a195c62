"""The very page that was shown: the explanations, questions, hints and the sentence that is agreed to, kept once for each
different text. It tells of nobody."""

import hashlib
from datetime import datetime

from campaign.models.stories import ShownPage


def digest_of(words: str) -> str:
    """The SHA-256 of a page's words, in hexadecimal."""
    return hashlib.sha256(words.encode()).hexdigest()


def keep(words: str, language: str, now: datetime) -> str:
    """Keeps a page as it was shown. Returns its digest; "" for no words."""
    if not words:
        return ""
    digest = digest_of(words)
    values = {"language": language, "words": words, "first_at": now}
    ShownPage.objects.get_or_create(digest=digest, defaults=values)
    return digest


def page_of(digest: str) -> ShownPage | None:
    """The page with this digest; None for a consent of before pages were kept."""
    return ShownPage.objects.filter(digest=digest).first() if digest else None
