"""What a person lets pass in one post, with a reason: findings of language and style, and nothing that guards people."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from campaign.checks.catalog import CATALOG, may_be_set
from campaign.content.post import Accepted, PostFile
from campaign.core.finding import Finding, Level, did_you_mean, error
from campaign.core.sentence import Sentence


def may_be_accepted(code: str) -> bool:
    """Whether a person may let a finding of this check pass: those whose level may be set."""
    return may_be_set(code)


def check_accepted(post: PostFile) -> Iterator[Finding]:
    """Acceptances of what no check finds, or of what must not pass."""
    for one in post.accepted:
        if one.code not in CATALOG:
            known = (code for code in CATALOG if may_be_accepted(code))
            yield error(
                "unknown-check",
                Sentence('"{0}" is no check; {1}', one.code, did_you_mean(one.code, known)),
                one.place,
            )
        elif not may_be_accepted(one.code):
            message = Sentence(
                '"{0}" cannot be accepted: it guards people, facts, or what a network takes. Correct the post.',
                one.code,
            )
            yield error("not-to-accept", message, one.place)


def with_accepted(findings: Iterable[Finding], accepted: Sequence[Accepted]) -> list[Finding]:
    """The findings in their order; those that were accepted weigh no more than an information, and bear the reason."""
    reasons = {one.code: one.reason for one in accepted if may_be_accepted(one.code)}
    return [
        replace(finding, level=Level.INFO, accepted=reasons[finding.code])
        if finding.code in reasons
        else finding
        for finding in findings
    ]
