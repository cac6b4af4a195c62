"""What a text says, for a person who does not read its language: the words of the same post in a language that they read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.models import Delivery
from campaign.models.stories import Storyteller
from campaign.stories import papers
from campaign.stories.final_word import Outgoing
from campaign.web.frame.site import config


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Of a text, by its delivery, what it says in a language that the person reads; no words where nobody has written
    them."""

    delivery: int
    language: str
    words: str


def read_by(who: Storyteller) -> set[str]:
    """The languages that a person is known to read: that of their letters, and that in which they told their story. Raises
    Locked when the story cannot be read."""
    tale = papers.tale_of(config().web.uploads, who.reference)
    return {who.language, tale.language} if tale else {who.language}


def counterparts(who: Storyteller, planned: Sequence[Outgoing]) -> list[Counterpart]:
    """Of each text in a language that they do not read."""
    read = read_by(who)
    foreign = {text.delivery: text for text in planned if text.language not in read}
    if not foreign:
        return []
    posts = dict(Delivery.objects.filter(pk__in=foreign).values_list("pk", "post"))
    beside = list(
        Delivery.objects.filter(post__in=set(posts.values()), language__in=read).order_by("pk")
    )
    return [
        _counterpart(text, posts[number], beside, who.language)
        for number, text in foreign.items()
    ]


def _counterpart(
    text: Outgoing, post: int, beside: Iterable[Delivery], language: str
) -> Counterpart:
    same = [other for other in beside if other.post_id == post and other.text]
    # On the same network the two say the same; elsewhere one may be longer.
    same.sort(key=lambda other: other.network != text.network)
    if not same:
        return Counterpart(text.delivery, language, "")
    return Counterpart(text.delivery, same[0].language, same[0].text)
