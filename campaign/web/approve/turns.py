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
    numbers = in_turn(request.user, own=config().publishing.own_approval)
    total = len(numbers)
    if post.pk not in numbers:
        first = numbers[0] if numbers else 0
        return Turn(0, total, first)
    place = numbers.index(post.pk)
    after = numbers[(place + 1) % total]
    return Turn(place + 1, total, after if total > 1 else 0)


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
