"""What is refused and what is asked, by every door of every act, found out by trying.

The tables stand in docs/acts.md, and a test holds them to what happens. A rule is a scene in which it speaks against the act;
a door does the act as a person would there, and once more with a yes."""

from tests.acts.approval import APPROVE, RETURN, UNAPPROVE
from tests.acts.campaigns import CAMPAIGNS, PAGE
from tests.acts.care import IN_TOUCH
from tests.acts.files import ADD_DAY, ADD_FACT, CHANGE_FACT, CONFIRM_FACT, LOAD
from tests.acts.frame import Group, with_volunteers
from tests.acts.networks import IS_NOT_OUT, IS_OUT, LOOKED, TAKE_DOWN
from tests.acts.pauses import PAUSE, RESUME
from tests.acts.queue import BRING_BACK, CANCEL
from tests.acts.remembrance import ALLOW
from tests.acts.series import CANCEL_SERIES, LEAVE_SERIES, MOVE, SUBMIT_SERIES
from tests.acts.stories import (
    AGREE,
    CORRECT,
    ERASE,
    HOLD,
    HOLD_WITH_A_WISH,
    RELEASE,
    SECOND_YES,
    SPEAK,
    TAKE_PART_BACK,
    WITHDRAW,
)
from tests.acts.times import RESCHEDULE, RETRY
from tests.acts.writing import (
    BRING_OWN_BACK,
    COPY,
    CORRECT_OUT,
    HAND_IN,
    LET_PASS,
    PICK_UP,
    PLAN,
    PUT_AWAY,
    TAKE_OWN_BACK,
    WRITE_OVER,
)

DECISIONS = (
    RESCHEDULE,
    RETRY,
    CANCEL,
    BRING_BACK,
    APPROVE,
    UNAPPROVE,
    RETURN,
    IS_OUT,
    IS_NOT_OUT,
    LOOKED,
    TAKE_DOWN,
    PAUSE,
    RESUME,
    ALLOW,
)
QUEUE = Group(
    "What goes out, and when",
    (
        "command line",
        "queue, many",
        "page of a delivery",
        "calendar",
        "page of approval",
        "pauses",
    ),
    tuple(with_volunteers(act) for act in DECISIONS),
)
WRITING = Group(
    "What is written",
    ("composer", "page of a contribution", "form of a contribution", "file"),
    (
        HAND_IN,
        TAKE_OWN_BACK,
        BRING_OWN_BACK,
        *map(
            with_volunteers,
            (PLAN, PUT_AWAY, PICK_UP, WRITE_OVER, CORRECT_OUT, LET_PASS, COPY),
        ),
    ),
)
SERIES = Group(
    "Several posts as one",
    ("page of a series",),
    tuple(with_volunteers(act) for act in (MOVE, CANCEL_SERIES, SUBMIT_SERIES, LEAVE_SERIES)),
)
FILES = Group(
    "What files and facts change",
    ("command line", "page of a fact", "page of a day"),
    (LOAD, CHANGE_FACT, *map(with_volunteers, (ADD_FACT, CONFIRM_FACT, ADD_DAY))),
)
OF_CAMPAIGNS = Group("What is done with a campaign", (PAGE,), CAMPAIGNS)
STORIES = Group(
    "Whose story it is",
    ("command line", "page of a story", "noted for them", "their private link"),
    (
        *map(with_volunteers, (AGREE, SECOND_YES, SPEAK, WITHDRAW, TAKE_PART_BACK, HOLD)),
        HOLD_WITH_A_WISH,
        *map(with_volunteers, (RELEASE, CORRECT, ERASE)),
    ),
)
CARE = Group("Looking after people", ("Today",), (with_volunteers(IN_TOUCH),))
GROUPS = (QUEUE, WRITING, SERIES, FILES, OF_CAMPAIGNS, STORIES, CARE)
