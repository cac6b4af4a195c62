"""What X's answers mean. They are from its documentation at docs.x.com and from replies that others have published;
where the two differ, both are understood."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from campaign.core.sentence import Sentence, joined
from campaign.core.span import say_span
from campaign.publishers.answer import Answer, bounded, mapping, quoted, text
from campaign.publishers.network_time import WRONG
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

_CAPS = ("x-user-limit-24hour", "x-app-limit-24hour")
_LOCKED_CODES = {"63", "64", "87", "220", "226", "261", "326", "453"}
"""Suspended, suspended, not permitted, no access, taken for a machine, read-only, locked, another access level needed: the
numbers of X's older error format."""
_LIMIT_CODES = {"185", "344"}
"""The posts of a day are used up, which X's older error format says as a 403."""
_LOCKED_TYPES = (
    "oauth1-permissions",
    "unsupported-authentication",
    "client-forbidden",
    "user-suspended",
    "not-authorized-for-resource",
)
_LOCKED_WORDS = re.compile(
    r"\b(suspended|locked|not permitted to access this feature|oauth1 app permissions|access level|might be automated)\b"
)
_UNSAID_WORDS = "not permitted to perform this action"
"""X's words for whatever it does not want to give a reason for; of a post that was checked, the account or its app is left."""

_NOT_FOUND = "resource-not-found"
READ_ONLY = Sentence(
    "X gives these keys leave to read only: set the app to “Read and write” in X's "
    "developer console, then make the access token and its secret anew."
)


def outcome_of(answer: Answer, said: str, now: datetime) -> TryLater | Refused | Unconfirmed:
    """What an error means for the post. `said` is X's words, quoted."""
    status = answer.status
    if _is_limit(answer):
        reason = Sentence(
            "X asks to wait ({0}): too many posts or calls in a short time. It goes on by itself.",
            said,
        )
        return TryLater(reason, _wait(answer, now), whole_channel=True)
    if status == 402:
        return _stop(
            Sentence(
                "The X account has no credits left ({0}): buy credits in X's developer console; it then goes on.",
                said,
            )
        )
    if is_trouble(answer):
        return Unconfirmed(Sentence("{0}. The post may be out, or not.", trouble(answer, said)))
    if not is_x(answer):
        return _stop(
            Sentence(
                "Something other than X answered with {0}: check the network, a proxy, and api_url.",
                status,
            )
        )
    if status == 401:
        return _stop(_unauthorized(said, abs(now - answer.time(now))))
    if status == 404:
        return _stop(
            Sentence(
                "X did not know its own address for posts ({0}): it may be out of order. If this goes on, check api_url.",
                said,
            )
        )
    if status == 403:
        return _forbidden(answer, said)
    return Refused(Sentence("X does not accept this post: {0}. Change it.", said))


def before_posting(
    answer: Answer, said: str, now: datetime, picture: str
) -> TryLater | Refused:
    """What an error at a call that prepares a post means for it: nothing is out. `picture` is the one it was about."""
    outcome = outcome_of(answer, said, now)
    if isinstance(outcome, Unconfirmed) or (answer.status == 404 and is_x(answer)):
        return TryLater(
            Sentence(
                "X did not take {0} ({1}, {2}). Nothing was posted.",
                picture,
                answer.status,
                said,
            )
        )
    if isinstance(outcome, Refused):
        return Refused(Sentence("X does not accept {0}: {1}. Change it.", picture, said))
    return outcome


def no_look(answer: Answer, said: str, now: datetime) -> Unreachable:
    """What an error at reading the account's own posts means."""
    outcome = outcome_of(answer, said, now)
    if isinstance(outcome, Unconfirmed):
        return Unreachable(
            Sentence(
                "{0}. The account's posts cannot be read at the moment.", trouble(answer, said)
            )
        )
    if isinstance(outcome, Refused):
        return CannotLook(
            Sentence(
                "X does not let these keys read the account's own posts ({0}): see its developer console.",
                said,
            )
        )
    if _is_limit(answer):
        reason = Sentence("X asks to wait ({0}): too many calls in a short time.", said)
        return Unreachable(reason, outcome.wait)
    passes = answer.status == 404 or not (answer.status == 402 or is_x(answer))
    return Unreachable(outcome.reason, outcome.wait) if passes else CannotLook(outcome.reason)


def removal_of(answer: Answer, said: str, now: datetime) -> Removal:
    """What an answer to taking a post down means."""
    if answer.well and mapping(answer.fields.get("data")).get("deleted") is True:
        return Deleted()
    if is_missing(answer):
        return NotThere()
    if is_trouble(answer):
        reason = trouble(answer, said)
        if answer.well:
            reason = Sentence("X did not say that it took the post down")
        return NotDeleted(Sentence("{0}. The post may still be out: try again later.", reason))
    outcome = outcome_of(answer, said, now)
    if _is_limit(answer) or isinstance(outcome, Refused):
        return NotDeleted(
            Sentence(
                "X did not take the post down ({0}): try again later, or delete it at x.com.",
                said,
            )
        )
    return NotDeleted(joined((Sentence("The post was not taken down."), outcome.reason)))


def is_trouble(answer: Answer) -> bool:
    """Whether the answer leaves open what came of the call."""
    return not 400 <= answer.status < 500 or answer.status == 408


def trouble(answer: Answer, said: str) -> str:
    """What X had instead of an answer, without the stop at the end."""
    if 300 <= answer.status < 400:
        return Sentence("X sent the call elsewhere ({0}): check api_url", answer.status)
    return Sentence("X had trouble of its own ({0}, {1})", answer.status, said)


def is_missing(answer: Answer) -> bool:
    """Whether X says that it has no such post: as a 404, or as an error in an answer of success."""
    kinds = [text(answer.fields.get("type"))]
    kinds += [text(error.get("type")) for error in _errors(answer)]
    is_told = any(kind.endswith(_NOT_FOUND) for kind in kinds)
    return is_told and not answer.fields.get("data")


def is_read_only(answer: Answer) -> bool:
    """Whether X says that these keys may read only."""
    return answer.headers.get("x-access-level", "").strip().lower() == "read"


def does_not_know(answer: Answer, parameter: str) -> bool:
    """Whether X refuses the call for this parameter of its address, or for what it asks with it."""
    named = {name for error in _errors(answer) for name in mapping(error.get("parameters"))}
    return answer.status == 400 and (parameter in named or parameter in _words(answer))


def is_x(answer: Answer) -> bool:
    """Whether the body is one of X's own error formats, and not the page of something on the way."""
    return bool(answer.fields.keys() & {"detail", "title", "errors", "error"})


def said_in(answer: Answer, secrets: tuple[str, ...]) -> str:
    """X's words, quoted."""
    return quoted(_words(answer), secrets)


def _unauthorized(said: str, off: timedelta) -> Sentence:
    # A call is signed with its time, and X refuses one that is too old or yet to come: "ensure that your system's timestamp is
    # in sync with Twitter's" (twittercommunity.com/t/troubleshooting-oauth-1-0a/231).
    if off > WRONG:
        return Sentence(
            "X did not accept the call ({0}). This machine's clock is off by {1}, for which X refuses calls with good keys "
            "too: set it right.",
            said,
            say_span(timedelta(seconds=round(off.total_seconds()))),
        )
    return Sentence(
        "X did not accept this channel's keys ({0}). If this goes on, make new keys in X's developer console.",
        said,
    )


def _stop(reason: str) -> TryLater:
    return TryLater(reason, whole_channel=True)


def _forbidden(answer: Answer, said: str) -> TryLater | Refused:
    words = _words(answer).lower()
    if "duplicate" in words or "187" in _codes(answer):
        return Refused(
            Sentence("X has had this very text from this account already: change the wording."),
            duplicate=True,
        )
    if is_read_only(answer) or str(answer.fields.get("type", "")).endswith(
        "oauth1-permissions"
    ):
        return _stop(READ_ONLY)
    if _is_locked(answer, words):
        return _stop(
            Sentence(
                "X does not let this account or app post ({0}): sign in at x.com and at X's developer console.",
                said,
            )
        )
    if _UNSAID_WORDS in words:
        return _stop(
            Sentence(
                "X does not permit this, and does not say why ({0}): see the account at x.com, and its access level in X's "
                "developer console.",
                said,
            )
        )
    return Refused(Sentence("X does not accept this post: {0}. Change it.", said))


def _is_limit(answer: Answer) -> bool:
    return answer.status == 429 or (
        answer.status == 403 and bool(_codes(answer) & _LIMIT_CODES)
    )


def _is_locked(answer: Answer, words: str) -> bool:
    kind = str(answer.fields.get("type", ""))
    return (
        kind.endswith(_LOCKED_TYPES)
        or answer.fields.get("reason") == "client-not-enrolled"
        or bool(_codes(answer) & _LOCKED_CODES)
        or bool(_LOCKED_WORDS.search(words))
    )


def _errors(answer: Answer) -> list[Mapping[str, object]]:
    errors = answer.fields.get("errors")
    return [mapping(error) for error in errors] if isinstance(errors, list) else []


def _codes(answer: Answer) -> set[str]:
    return {text(error.get("code")) for error in _errors(answer)}


def _words(answer: Answer) -> str:
    """What X says about it: the single errors where there are some, which say more than the summary."""
    single = [
        text(error.get("message")) or text(error.get("detail")) for error in _errors(answer)
    ]
    summary = text(answer.fields.get("detail")) or text(answer.fields.get("title"))
    return " ".join(filter(None, single)) or summary


def _wait(answer: Answer, now: datetime) -> timedelta | None:
    """The time until the limit that is used up begins anew: a day's cap before the window of fifteen minutes."""
    used_up = [cap for cap in _CAPS if answer.number(f"{cap}-remaining") == 0]
    names = [f"{cap}-reset" for cap in used_up] or ["x-rate-limit-reset"]
    numbers = [answer.number(name) for name in names]
    resets = [reset for reset in numbers if reset is not None]
    if not resets:
        return None
    seconds = max(resets) - answer.time(now).timestamp()
    if seconds <= 0:
        return None
    # X's times are whole seconds: one more, so as not to come a moment too early. And no more than a timedelta holds.
    return bounded(timedelta(seconds=min(seconds + 1, 1e9)))
