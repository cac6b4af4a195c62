"""What a text says, for a person who does not read its language: the words of the same post in a language that they read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from campaign.authoring.versions import latest_fields
from campaign.content.fields import Fields
from campaign.models import Delivery
from campaign.models.stories import Storyteller
from campaign.states import NOT_OUT_YET
from campaign.stories.final_word import Outgoing
from campaign.stories.papers import Tale
from campaign.stories.storyteller import named_by


@dataclass(frozen=True, slots=True)
class Counterpart:
    """Of a text, by its delivery, what it says in a language that the person reads; no words where nobody has written
    them."""

    delivery: int
    language: str
    words: str


def _read_by(who: Storyteller, tale: Tale | None) -> set[str]:
    """The languages that a person is known to read: that of their letters, and that in which they told their story."""
    return {who.language, tale.language} if tale else {who.language}


def counterparts(
    who: Storyteller, tale: Tale | None, planned: Sequence[Outgoing]
) -> list[Counterpart]:
    """Of each text in a language that they do not read, what the post says at present: as it waits to go out, else as it was
    written."""
    read = _read_by(who, tale)
    foreign = {text.delivery: text for text in planned if text.language not in read}
    if not foreign:
        return []
    posts = dict(Delivery.objects.filter(pk__in=foreign).values_list("pk", "post"))
    beside = _waiting(who, set(posts.values()), read)
    written = latest_fields(set(posts.values()))
    counterparts = []
    for number, text in foreign.items():
        words = _as_it_waits(text, posts[number], beside)
        words = words or _as_written(who, text, written.get(posts[number]), read)
        counterparts.append(words or Counterpart(text.delivery, who.language, ""))
    return counterparts


def _waiting(who: Storyteller, posts: set[int], read: set[str]) -> list[Delivery]:
    """What of these posts goes out in a language that they read. What is over may say what the post does not say any more,
    and so may a thread that has begun."""
    theirs = Delivery.objects.filter(post__in=posts, post__storyteller=who.reference)
    waiting = theirs.filter(status__in=NOT_OUT_YET, part_ids="", language__in=read)
    return list(waiting.exclude(text="").order_by("pk"))


def _as_it_waits(text: Outgoing, post: int, beside: Iterable[Delivery]) -> Counterpart | None:
    same = [other for other in beside if other.post_id == post]
    # On the same network the two say the same; elsewhere one may be longer.
    same.sort(key=lambda other: other.network != text.network)
    if not same:
        return None
    return Counterpart(text.delivery, same[0].language, same[0].text)


def _as_written(
    who: Storyteller, text: Outgoing, fields: Fields | None, read: set[str]
) -> Counterpart | None:
    """The longer text of the latest version, if it names them. What is filled in later would be read as signs."""
    if fields is None or named_by(fields) != who.reference:
        return None
    for language in sorted(read):
        words = fields.text(language, "long") or fields.text(language, "short")
        if words and "{{" not in words and "{%" not in words:
            return Counterpart(text.delivery, language, words)
    return None
