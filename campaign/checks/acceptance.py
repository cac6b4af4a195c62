"""What a person lets pass in one post, with a reason: findings of language and style, and those that only a person can judge."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from campaign.checks.catalog import CATALOG, may_be_accepted
from campaign.content.post import Accepted, PostFile
from campaign.core.finding import Finding, Level, did_you_mean, error
from campaign.core.sentence import Sentence


def check_accepted(post: PostFile) -> Iterator[Finding]:
    """Acceptances of what no check finds, or of what must not pass."""
    for acceptance in post.accepted:
        code = acceptance.code
        if code not in CATALOG:
            known = filter(may_be_accepted, CATALOG)
            message = Sentence('"{0}" is no check; {1}', code, did_you_mean(code, known))
            yield error("unknown-check", message, acceptance.place)
        elif not may_be_accepted(code):
            message = Sentence(
                '"{0}" cannot be accepted: it guards people, facts, or what a network takes. Correct the post.',
                code,
            )
            yield error("not-to-accept", message, acceptance.place)


def with_accepted(findings: Iterable[Finding], accepted: Sequence[Accepted]) -> list[Finding]:
    """The findings in their order; those that were accepted become an info, and bear the reason."""
    allowed = (acceptance for acceptance in accepted if may_be_accepted(acceptance.code))
    reasons = {acceptance.code: acceptance.reason for acceptance in allowed}
    return [_with_reason(finding, reasons) for finding in findings]


def _with_reason(finding: Finding, reasons: Mapping[str, str]) -> Finding:
    if finding.code not in reasons:
        return finding
    return replace(finding, level=Level.INFO, accepted=reasons[finding.code])
