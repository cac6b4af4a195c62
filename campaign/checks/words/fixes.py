"""A fix that a finding offers, made in the text of a post as its file has it."""

import re

from campaign.checks.reading.spans import hashtags, outside, protected, woven
from campaign.core.finding import Fix


def apply_fix(text: str, fix: Fix) -> str:
    """The text with `fix` made wherever its words stand literally; making it again changes nothing.

    What Jinja reads, links, @names and e-mail addresses stay as they are, and hashtags too, unless the fix is about
    a whole hashtag. A fix that would not come to rest is not made at all.
    """
    once = _replaced(text, fix)
    return once if _replaced(once, fix) == once else text


def _replaced(text: str, fix: Fix) -> str:
    if not fix.find:
        return text
    if fix.find.startswith("#"):
        return _replaced_hashtag(text, fix)
    spans = protected(text)
    pieces = [piece.replace(fix.find, fix.replace) for piece in outside(text, spans)]
    return woven(text, spans, pieces)


def _replaced_hashtag(text: str, fix: Fix) -> str:
    tags = set(hashtags(text))
    spans = [span for span in protected(text) if span not in tags]
    whole = re.compile(re.escape(fix.find) + r"(?!\w)")
    # By a function: a text to put in would have its backslashes read as references to groups.
    pieces = [whole.sub(lambda _: fix.replace, piece) for piece in outside(text, spans)]
    return woven(text, spans, pieces)
