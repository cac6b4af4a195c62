"""The second pair of eyes on facts of the pages: which of them nobody but their writer has looked at."""

from collections.abc import Iterable

from campaign.content.facts import Fact
from campaign.models.shared import Shared, SharedKind


def unconfirmed() -> frozenset[str]:
    """The facts of the pages whose newest version nobody has confirmed, by their ids."""
    versions = Shared.objects.filter(kind=SharedKind.FACT).order_by("number")
    waits: dict[str, bool] = {}
    for key, confirmed_at in versions.values_list("key", "confirmed_at"):
        waits[key] = confirmed_at is None  # a later version takes the place of the earlier one
    return frozenset(key for key, is_waiting in waits.items() if is_waiting)


def waiting(facts: Iterable[Fact]) -> frozenset[str]:
    """Those of these facts that wait for somebody other than their writer; one of a file never does."""
    of_pages = {fact.id for fact in facts if fact.of_pages}
    return unconfirmed() & of_pages if of_pages else frozenset()
