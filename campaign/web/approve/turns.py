"""One after the other: where a post stands among those that wait for the reader, and which one comes next."""

from dataclasses import dataclass

from django.http import HttpResponseRedirect

from campaign.listings.approvals import AHEAD, in_turn
from campaign.models import Post
from campaign.web.frame.access import Request, see
from campaign.web.frame.site import config


@dataclass(frozen=True, slots=True)
class Turn:
    """The place of a post, from 1, 0 where it does not wait for the reader; how many wait; and the next one, 0 for none."""

    place: int
    total: int
    next: int

    @property
    def is_more(self) -> bool:
        """Whether more may wait than were looked at."""
        return self.total >= AHEAD


def turn_of(request: Request, post: Post) -> Turn:
    """Where a post stands for the reader. After the last, the first one is next."""
    own = config().publishing.own_approval
    numbers = in_turn(request.user, own=own)
    total = len(numbers)
    place = 0
    if post.pk in numbers:
        place = numbers.index(post.pk) + 1
    # Behind its place, and from the beginning again.
    others = numbers[place:] + numbers[:place]
    others = [number for number in others if number != post.pk]
    following = next(iter(others), 0)
    return Turn(place, total, following)


def next_of(turn: Turn, done: Post, otherwise: HttpResponseRedirect) -> HttpResponseRedirect:
    """Leads to the next post, which says what was done last; `otherwise` where there is none."""
    if not turn.next:
        return otherwise
    answer = see("approve", turn.next)
    answer.headers["Location"] += f"?done={done.pk}"
    return answer


def done_before(request: Request) -> Post | None:
    """The post that the reader has just decided about, as the address says; None where it says nothing."""
    written = str(request.GET.get("done", ""))
    number = int(written) if written.isdecimal() and len(written) < 19 else 0
    return Post.objects.filter(pk=number).first() if number else None
