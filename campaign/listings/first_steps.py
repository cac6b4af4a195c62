"""How far a new installation is: what has really been done of its first steps."""

from typing import NamedTuple

from campaign.database.sql import ask, marks
from campaign.people.roles import MAY_APPROVE

ENOUGH = 2
"""People who may approve: nobody approves their own words."""
_STEPS = f"""
SELECT
  (SELECT COUNT(*) FROM (
     SELECT DISTINCT u.id FROM auth_user u
     JOIN auth_user_groups m ON m.user_id = u.id JOIN auth_group g ON g.id = m.group_id
     WHERE u.is_active AND g.name IN ({marks(MAY_APPROVE)}) LIMIT {ENOUGH}) AS a) AS approvers,
  (SELECT COUNT(*) FROM (SELECT 1 FROM campaign_post LIMIT 1) AS b) AS posts,
  (SELECT COUNT(*) FROM (
     SELECT 1 FROM campaign_delivery WHERE approved_by_id IS NOT NULL LIMIT 1) AS c) AS approved,
  (SELECT COUNT(*) FROM (
     SELECT 1 FROM campaign_channelstate
     WHERE tested_at IS NOT NULL AND test_problem = '' LIMIT 1) AS d) AS accounts
"""


class FirstSteps(NamedTuple):
    """How much of each there is, counted as far as it matters."""

    approvers: int  #: people, up to ENOUGH
    posts: int
    approved: int  #: deliveries
    accounts: int  #: whose last test went well

    @property
    def has_people(self) -> bool:
        """Whether somebody is there who can approve what another one wrote."""
        return self.approvers >= ENOUGH

    @property
    def is_done(self) -> bool:
        """Whether nothing is left of these."""
        return self.has_people and bool(self.posts and self.approved and self.accounts)


def first_steps() -> FirstSteps:
    """All of it by one question."""
    roles = [role.value for role in MAY_APPROVE]
    [steps] = ask(FirstSteps, _STEPS, *roles)
    return steps
