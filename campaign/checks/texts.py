"""What is wrong with finished texts, as the channels would get them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from campaign.core.finding import Finding, Place, error
from campaign.core.sentence import Sentence
from campaign.core.typed import is_seen


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished text, with the post and the channel that it is for and where the post says it."""

    post: str
    channel: str
    text: str
    place: Place


def check_length(finished: Finished, length: int, limit: int) -> Iterator[Finding]:
    """A text that the network would refuse for its length, in the network's own count."""
    if length > limit:
        message = Sentence(
            "On {0} this is {1} characters, {2} more than the {3} allowed: shorten it.",
            *(finished.channel, length, length - limit, limit),
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


def same_texts(texts: Iterable[Finished]) -> Iterator[tuple[Finding, Finished]]:
    """Texts that a channel would get twice: a network may refuse the second, and readers take it for a mistake."""
    first: dict[tuple[str, str], Finished] = {}
    for finished in texts:
        before = first.setdefault((finished.channel, finished.text), finished)
        if before is not finished and is_seen(finished.text):
            message = Sentence(
                "On {0} this is word for word the text of {1}: say it differently.",
                finished.channel,
                before.post,
            )
            yield error("same-text", message, finished.place), finished
