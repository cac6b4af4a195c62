"""What the Graph API's answers mean for a Page. They are from Meta's documentation of it, and from replies that others
have published; the HTTP status of an error varies there, its code does not."""

from collections.abc import Mapping
from datetime import timedelta

from campaign.core.sentence import Sentence, joined
from campaign.publishers.answer import Answer, bounded, mapping, parsed, quoted, text
from campaign.publishers.publisher import (
    CannotLook,
    Deleted,
    NotDeleted,
    NotThere,
    Refused,
    Removal,
    TryLater,
    Unconfirmed,
    Unreachable,
)

_UNKNOWN = frozenset({"1", "2"})
_LIMITS = frozenset({"4", "17", "32", "341", "613", "80001"})
_KEYS = frozenset(
    {"3", "10", "102", "104", "190", "803", "2635"} | {str(code) for code in range(200, 300)}
)
"""Token, permission, proof of the app's secret, a page that is not there, a version that is over."""
_NOT_ALLOWED = frozenset({"3", "10", "200"})
"""Of the keys' codes, those that Facebook says of a single thing, too: of a post that another app has made."""
NOT_OURS = Sentence(
    "Facebook lets nobody change this post but the app that made it: take it down, then send this one again."
)
_BLOCKED = "368"
_SAME_AGAIN = "506"
_LINKS = frozenset({"1609005", "1609008"})
"""The page that a post links to could not be read, or is one of Facebook's own."""


def outcome_of(answer: Answer, said: str) -> TryLater | Refused | Unconfirmed:
    """What an error means for the post. `said` is Facebook's words, quoted."""
    if is_trouble(answer):
        return Unconfirmed(Sentence("{0}. The post may be out, or not.", trouble(answer, said)))
    if _is_limit(answer):
        reason = Sentence(
            "Facebook asks to wait ({0}): too many calls in a short time. It goes on by itself.",
            said,
        )
        return TryLater(reason, _wait(answer), whole_channel=True)
    if _is_about_keys(answer) or _code(answer) == _BLOCKED or not _error(answer):
        return TryLater(_stop(answer, said), whole_channel=True)
    if _code(answer) == _SAME_AGAIN:
        return Refused(
            Sentence(
                "Facebook has this very text as the Page's latest post: change the wording."
            ),
            duplicate=True,
        )
    if _is_about_link(answer):
        return Refused(
            Sentence(
                "Facebook cannot show the page that the post links to: {0}. Look whether it opens, or change the link.",
                said,
            )
        )
    return Refused(Sentence("Facebook does not accept this post: {0}. Change it.", said))


def before_posting(answer: Answer, said: str, picture: str) -> TryLater | Refused:
    """What an error at a call that prepares a post means for it: nothing is out. `picture` is the one it was about."""
    outcome = outcome_of(answer, said)
    if isinstance(outcome, Unconfirmed):
        return TryLater(
            Sentence(
                "Facebook did not take {0} ({1}, {2}). Nothing was posted.",
                picture,
                answer.status,
                said,
            )
        )
    if isinstance(outcome, Refused):
        return Refused(Sentence("Facebook does not accept {0}: {1}. Change it.", picture, said))
    return outcome


def no_look(answer: Answer, said: str) -> Unreachable:
    """What an error at reading the Page's own posts means."""
    outcome = outcome_of(answer, said)
    if isinstance(outcome, Unconfirmed):
        return Unreachable(
            Sentence(
                "{0}. The Page's posts cannot be read at the moment.", trouble(answer, said)
            )
        )
    if isinstance(outcome, Refused):
        return CannotLook(
            Sentence(
                "Facebook does not let the Page's posts be read ({0}): connect the Page anew.",
                said,
            )
        )
    if _is_limit(answer):
        reason = Sentence("Facebook asks to wait ({0}): too many calls in a short time.", said)
        return Unreachable(reason, outcome.wait)
    if passes(answer):
        return Unreachable(outcome.reason, outcome.wait)
    return CannotLook(outcome.reason)


def removal_of(answer: Answer, said: str) -> Removal:
    """What an error at taking a post down means. A post that is not there and one that the keys do not reach look
    the same: the caller has made sure of the keys."""
    if is_trouble(answer):
        return NotDeleted(
            Sentence("{0}. The post may still be out: try again later.", trouble(answer, said))
        )
    if is_missing(answer):
        return NotThere()
    outcome = outcome_of(answer, said)
    if _is_limit(answer) or isinstance(outcome, Refused):
        return NotDeleted(
            Sentence(
                "Facebook did not take the post down ({0}): try again later, or delete it there.",
                said,
            )
        )
    return NotDeleted(joined((Sentence("The post was not taken down."), outcome.reason)))


def not_edited(answer: Answer, said: str) -> TryLater | Refused | Unconfirmed:
    """What an error at changing a post that is out means."""
    outcome = outcome_of(answer, said)
    if isinstance(outcome, Unconfirmed):
        reason = Sentence("{0}. The post may be changed, or not.", trouble(answer, said))
        return Unconfirmed(reason)
    if isinstance(outcome, Refused):
        return Refused(
            Sentence("Facebook does not take this text for the post: {0}. Change it.", said)
        )
    return outcome


def is_done(body: object) -> bool:
    """Whether an answer says that what was asked for is done: Facebook has two forms of it."""
    return body is True or mapping(body).get("success") is True


def deleted_or_not(body: object) -> Removal:
    """What success at taking a post down means."""
    if is_done(body):
        return Deleted()
    return NotDeleted(
        Sentence(
            "Facebook did not say that it took the post down: the post may still be out. Try again later."
        )
    )


def is_trouble(answer: Answer) -> bool:
    """Trouble of Facebook's own, a redirect, a time-out, or success and an error in one: it is open what came of it."""
    code = _code(answer)
    if answer.well:
        return not code or code in _UNKNOWN or "id" in answer.fields
    is_open = not 400 <= answer.status < 500 or answer.status == 408
    if is_open or code in _UNKNOWN:
        return True
    # An error that is known by its code says itself what came of the call, whatever "is_transient" says beside it.
    return _error(answer).get("is_transient") is True and not _is_known(answer)


def passes(answer: Answer) -> bool:
    """Whether what is wrong ends without a person: trouble of Facebook's own, a limit, something on the way."""
    return is_trouble(answer) or _is_limit(answer) or not _error(answer)


def trouble(answer: Answer, said: str) -> str:
    """What Facebook had instead of an answer, without the stop at the end."""
    if 300 <= answer.status < 400:
        return Sentence(
            "Facebook sent the call elsewhere ({0}): check graph_url", answer.status
        )
    return Sentence("Facebook had trouble of its own ({0}, {1})", answer.status, said)


def is_about_keys(answer: Answer) -> bool:
    """Whether the trouble is with the keys, or the Page is blocked."""
    return _is_about_keys(answer) or _code(answer) == _BLOCKED


def is_not_allowed(answer: Answer) -> bool:
    """Whether these keys may not do this very thing, though they may be good for others."""
    return _code(answer) in _NOT_ALLOWED


def is_missing(answer: Answer) -> bool:
    """Code 100 with subcode 33: the object is not there, or not for this token."""
    subcode = text(_error(answer).get("error_subcode"))
    return _code(answer) == "100" and subcode == "33"


def said_in(answer: Answer, secrets: tuple[str, ...]) -> str:
    """Facebook's words, quoted."""
    error = _error(answer)
    return quoted(text(error.get("error_user_msg")) or text(error.get("message")), secrets)


def _stop(answer: Answer, said: str) -> str:
    if _is_about_keys(answer):
        return Sentence(
            "Facebook does not accept this Page's keys ({0}): connect the Page anew.", said
        )
    if _code(answer) == _BLOCKED:
        return Sentence(
            "Facebook has blocked this Page's posts ({0}): sign in there and see why.", said
        )
    return Sentence(
        "Something other than Facebook answered with {0}: check the network, a proxy, and graph_url.",
        answer.status,
    )


def _is_known(answer: Answer) -> bool:
    return (
        _is_limit(answer) or _is_about_keys(answer) or _code(answer) in (_BLOCKED, _SAME_AGAIN)
    )


def _is_limit(answer: Answer) -> bool:
    return _code(answer) in _LIMITS or answer.status == 429


def _is_about_keys(answer: Answer) -> bool:
    return _code(answer) in _KEYS or is_missing(answer)


def _is_about_link(answer: Answer) -> bool:
    subcode = text(_error(answer).get("error_subcode"))
    return not _LINKS.isdisjoint((_code(answer), subcode))


def _error(answer: Answer) -> Mapping[str, object]:
    return mapping(answer.fields.get("error"))


def _code(answer: Answer) -> str:
    return text(_error(answer).get("code"))


def _wait(answer: Answer) -> timedelta | None:
    """The longest wait, in minutes, that the header of the business use case limits asks for."""
    header = answer.headers.get("x-business-use-case-usage", "")
    usage = mapping(parsed(header.encode()))
    longest = 0
    for entries in usage.values():
        for entry in entries if isinstance(entries, list) else ():
            minutes = mapping(entry).get("estimated_time_to_regain_access")
            if isinstance(minutes, int):
                longest = max(longest, minutes)
    # No more than a timedelta holds.
    return bounded(timedelta(minutes=min(longest, 1_000_000)))
