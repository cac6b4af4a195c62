"""Taking down deletes on the network, keeps the log, and says what could not be deleted."""

import pytest

from campaign.core.problem import Problem
from campaign.decisions.removing import remove
from campaign.models import Event
from campaign.publishers import Opened
from campaign.publishers.publisher import Deleted, NotDeleted, NotThere
from campaign.states import Status
from tests.deliveries import NOON, FakePublisher, delivery, status_of

pytestmark = pytest.mark.django_db


class Account(FakePublisher):
    """A network on which some posts cannot be deleted."""

    def __init__(self, **answers):
        super().__init__()
        self.answers = answers
        self.asked = []

    def delete(self, remote_id):
        self.asked.append(remote_id)
        return self.answers.get(f"p{remote_id}", Deleted())


def opened(account):
    return Opened({"x-en": account}, {})


def published(ids="1"):
    return delivery(
        status=Status.PUBLISHED, remote_id=ids.split()[0], part_ids=ids, url="https://x.com/1"
    )


@pytest.mark.parametrize("answer", [Deleted(), NotThere()])
def test_what_is_deleted_or_gone_already_is_removed_and_the_log_keeps_it(answer):
    one = published()
    remove(one, opened(Account(p1=answer)), "anna", "consent was withdrawn", NOON)
    assert status_of(one) == Status.REMOVED
    assert list(Event.objects.values_list("action", "reason")) == [
        ("deleted", "1"),
        ("removed", "consent was withdrawn"),
    ]


def test_a_thread_is_taken_down_from_its_end():
    account = Account()
    remove(published("1 2 3"), opened(account), "anna", "why", NOON)
    assert account.asked == ["3", "2", "1"]


def test_what_could_not_be_deleted_is_told_and_stays_published():
    one = published("1 2 3")
    with pytest.raises(Problem, match=r"1 of 3 still stand \(2\).*https://x.com/1"):
        remove(one, opened(Account(p2=NotDeleted("X does not answer."))), "anna", "why", NOON)
    assert status_of(one) == Status.PUBLISHED
    assert Event.objects.filter(action="not deleted").get().reason == "2 X does not answer."


@pytest.mark.parametrize("status", set(Status) - {Status.PUBLISHED})
def test_only_what_is_published_can_be_taken_down(status):
    account = Account()
    with pytest.raises(Problem, match="only what is published"):
        remove(delivery(status=status, remote_id="1"), opened(account), "anna", "why", NOON)
    assert account.asked == []


def test_a_post_without_a_known_address_has_to_be_deleted_by_hand():
    with pytest.raises(Problem, match="no known address"):
        remove(delivery(status=Status.PUBLISHED), opened(Account()), "anna", "why", NOON)
