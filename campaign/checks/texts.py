"""What is wrong with finished texts, as the channels would get them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from campaign.content.links import without_tags
from campaign.core.finding import Finding, Place, error
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen

_UNSEEN = re.compile("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")


def with_link(text: str, link: str) -> str:
    """A text with the address that goes out beside it below, as one text."""
    return f"{text}\n\n{link}" if link else text


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished text, with the post and the channel that it is for and where the post says it."""

    post: str
    channel: str
    text: str
    place: Place
    link: str = ""  #: the address that goes out beside the text

    @property
    def whole(self) -> str:
        """All that readers get: the text, and below it the address that goes out beside it."""
        return with_link(self.text, self.link)


def check_length(finished: Finished, length: int, limit: int) -> Iterator[Finding]:
    """A text that the network would refuse for its length, in the network's own count."""
    if length > limit:
        message = Sentence(
            "On {0} this is {1} characters, {2} more than the {3} allowed: shorten it.",
            finished.channel,
            length,
            length - limit,
            limit,
        )
        yield error("too-long", message, finished.place)


def check_empty(finished: Finished) -> Iterator[Finding]:
    """A text with nothing in it."""
    if not is_seen(finished.text):
        yield error(
            "empty",
            Sentence("On {0} nothing would be left to say: write a text.", finished.channel),
            finished.place,
        )


# Asked of each text by the checks for the same and for nearly the same one, at each plan.
@lru_cache(maxsize=16_384)
def as_read(text: str) -> str:
    """A text as people read it, to compare it with another: without the tags of its links, signs that nobody sees, and the
    way in which its blanks and lines are set."""
    said = unicodedata.normalize("NFC", without_tags(text))
    if not said.isascii():
        said = _UNSEEN.sub("", said)
    return " ".join(said.split())


def same_texts(texts: Iterable[Finished]) -> Iterator[tuple[Finding, Finished]]:
    """Texts that a channel would get twice, as people read them: a network may refuse the second, and readers take it for a
    mistake."""
    first: dict[tuple[str, str], Finished] = {}
    for finished in texts:
        before = first.setdefault((finished.channel, as_read(finished.whole)), finished)
        if before is not finished and is_seen(finished.text):
            message = Sentence(
                "On {0} this is word for word the text of {1}: say it differently.",
                finished.channel,
                before.post,
            )
            yield error("same-text", message, finished.place), finished
