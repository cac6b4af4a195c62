"""X, through tweepy. What X answers, and when, is from its documentation at docs.x.com and from replies
that others have published; where the two differ, both are understood."""

import logging
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Self

import requests
import tweepy

from campaign.checks.length import weighted_length
from campaign.checks.texts import Finished, check_cashtags
from campaign.clock import Clock
from campaign.config import Channel, Network
from campaign.finding import Finding
from campaign.publishers.answer import Answer, bounded, mapping, quoted, text
from campaign.publishers.keys import required_keys
from campaign.publishers.publisher import (
    Message,
    Outcome,
    Published,
    Refused,
    TryLater,
    Unconfirmed,
    Unreachable,
)
from campaign.publishers.session import (
    AnswerLost,
    NotSent,
    Session,
    checked_url,
    failed_call,
)

# At DEBUG these libraries write keys, signatures and whole requests into the log.
for _library in ("tweepy", "requests_oauthlib", "oauthlib"):
    logging.getLogger(_library).setLevel(logging.INFO)

_ERRORS: Mapping[int, type[tweepy.HTTPException]] = {
    400: tweepy.BadRequest,
    401: tweepy.Unauthorized,
    403: tweepy.Forbidden,
    404: tweepy.NotFound,
    429: tweepy.TooManyRequests,
}
_CAPS = ("x-user-limit-24hour", "x-app-limit-24hour")
_LOCKED_CODES = {"63", "64", "261", "326"}
"""Suspended, suspended, read-only, locked: the numbers of X's older error format."""
_LOCKED_TYPES = (
    "oauth1-permissions",
    "unsupported-authentication",
    "client-forbidden",
    "user-suspended",
)
_LOCKED_WORDS = re.compile(r"\b(suspended|locked|not permitted to access this feature|oauth1 app permissions)\b")


class _Client(tweepy.Client):  # type: ignore[misc]
    """tweepy's client at an address of our choice, over our session.

    tweepy writes its host into `request` and has no time-out: this method replaces that one, signs for the host
    that is really called, and raises tweepy's own exceptions.
    """

    def __init__(self, base_url: str, keys: tuple[str, ...]) -> None:
        # Answers come back whole: tweepy's own reading of them drops the headers.
        super().__init__(None, *keys, return_type=requests.Response, wait_on_rate_limit=False)
        self.session: Session = Session(base_url)
        self._base_url = base_url
        self._sign = tweepy.OAuth1UserHandler(*keys).apply_auth()

    def request(
        self,
        method: str,
        route: str,
        params: Mapping[str, object] | None = None,
        json: Mapping[str, object] | None = None,
        user_auth: bool = True,  # noqa: ARG002 — tweepy's; there is no other way in here
    ) -> requests.Response:
        """Calls once, in the account's own name. Raises tweepy.HTTPException, NotSent or AnswerLost."""
        response = self.session.request(method, self._base_url + route, params=params, json=json, auth=self._sign)  # type: ignore[arg-type]
        if not 200 <= response.status_code < 300:
            error = _ERRORS.get(response.status_code, tweepy.HTTPException)
            if response.status_code >= 500:
                error = tweepy.TwitterServerError
            # An empty reading is handed over because tweepy's fails on bodies that are not X's own.
            raise error(response, response_json={})
        return response


class Twitter:
    """One account on X."""

    required_keys: ClassVar[tuple[str, ...]] = (
        "consumer_key",
        "consumer_secret",
        "access_token",
        "access_token_secret",
    )
    optional_keys: ClassVar[tuple[str, ...]] = ()
    settings: ClassVar[dict[str, str]] = {"api_url": "https://api.x.com"}
    form: ClassVar[str] = "short"
    limit: ClassVar[int] = 280
    utm_source: ClassVar[str] = "x"

    def __init__(self, client: _Client, keys: tuple[str, ...], clock: Clock) -> None:
        self._client = client
        self._keys = keys
        self._clock = clock

    @staticmethod
    def length(text: str) -> int:
        """X's weighted count."""
        return weighted_length(text)

    @staticmethod
    def problems(finished: Finished) -> Iterable[Finding]:
        """More than one cashtag."""
        return check_cashtags(finished)

    @classmethod
    def open(cls, channel: Channel, network: Network, clock: Clock) -> Self:
        """One account; opens no connection. Raises Problem when a key is missing or the address is none."""
        url = checked_url(
            network.settings.get("api_url", cls.settings["api_url"]),
            "[networks.twitter] api_url",
        )
        keys = required_keys(channel, cls.required_keys)
        return cls(_Client(url, keys), keys, clock)

    @property
    def session(self) -> Session:
        """The connections of this channel."""
        return self._client.session

    def verify(self) -> str | None:
        """Reads the account's own profile, which X charges as one user read. None, or a sentence on wrong keys.
        Raises Unreachable when the answer says nothing about them."""
        try:
            answer = Answer.of(self._client.get_me(user_auth=True))
        except (NotSent, AnswerLost) as problem:
            raise Unreachable(f"X could not be asked: {problem}.") from None
        except tweepy.HTTPException as problem:
            return self._verdict(Answer.of(problem.response))
        if not mapping(answer.fields.get("data")).get("id"):
            raise Unreachable("X gave an answer that names no account: try again later.")
        return _READ_ONLY if _is_read_only(answer) else None

    def publish(self, message: Message) -> Outcome:
        """Posts once."""
        try:
            answer = Answer.of(self._client.create_tweet(text=message.text, user_auth=True))
        except (NotSent, AnswerLost) as problem:
            return failed_call(problem, "X")
        except tweepy.HTTPException as problem:
            return self._outcome(Answer.of(problem.response))
        remote_id = text(mapping(answer.fields.get("data")).get("id"))
        if not remote_id:
            return Unconfirmed(f"X took the post but named no id for it ({self._said(answer)}): it may be out, or not.")
        return Published(remote_id, f"https://x.com/i/web/status/{remote_id}")

    def _said(self, answer: Answer) -> str:
        return quoted(_words(answer), self._keys)

    def _verdict(self, answer: Answer) -> str:
        outcome = self._outcome(answer)
        if isinstance(outcome, TryLater) and answer.status in (401, 403) and _is_x(answer):
            return outcome.reason
        if answer.status == 403 and _is_x(answer):
            return f"X does not let these keys see their own account ({self._said(answer)}): see X's developer console."
        raise Unreachable(f"X did not say whether the keys are right ({answer.status}, {self._said(answer)}).")

    def _outcome(self, answer: Answer) -> TryLater | Refused | Unconfirmed:
        said = self._said(answer)
        status = answer.status
        if status == 429:
            reason = f"X asks to wait ({said}): too many posts or calls in a short time. It goes on by itself."
            return TryLater(reason, _wait(answer, self._clock()), whole_channel=True)
        if status == 402:
            return _stop(
                f"The X account has no credits left ({said}): buy credits in X's developer console; it then goes on."
            )
        if not 400 <= status < 500 or status == 408:
            return Unconfirmed(_doubt(answer, said))
        if not _is_x(answer):
            return _stop(f"Something other than X answered with {status}: check the network, a proxy, and api_url.")
        if status in _STOPS:
            return _stop(_STOPS[status].format(said=said))
        return (
            _forbidden(answer, said) if status == 403 else Refused(f"X does not accept this post: {said}. Change it.")
        )


_READ_ONLY = (
    "X gives these keys leave to read only: set the app to “Read and write” in X's developer console,"
    " then make the access token and its secret anew."
)
_STOPS = {
    401: "X did not accept this channel's keys ({said}). If this goes on, make new keys in X's developer console.",
    404: "X did not know its own address for posts ({said}): it may be out of order. If this goes on, check api_url.",
}


def _stop(reason: str) -> TryLater:
    return TryLater(reason, whole_channel=True)


def _doubt(answer: Answer, said: str) -> str:
    if 300 <= answer.status < 400:
        return f"X sent the call elsewhere ({answer.status}): check api_url. The post may be out, or not."
    return f"X had trouble of its own ({answer.status}, {said}): the post may be out, or not."


def _forbidden(answer: Answer, said: str) -> TryLater | Refused:
    words = _words(answer).lower()
    if "duplicate" in words or "187" in _codes(answer):
        return Refused(
            "X has had this very text from this account already: change the wording.",
            duplicate=True,
        )
    if _is_read_only(answer) or str(answer.fields.get("type", "")).endswith("oauth1-permissions"):
        return _stop(_READ_ONLY)
    if _is_locked(answer, words):
        return _stop(
            f"X does not let this account or app post ({said}): sign in at x.com and at X's developer console."
        )
    return Refused(f"X does not accept this post: {said}. Change it.")


def _is_locked(answer: Answer, words: str) -> bool:
    kind = str(answer.fields.get("type", ""))
    return (
        kind.endswith(_LOCKED_TYPES)
        or answer.fields.get("reason") == "client-not-enrolled"
        or bool(_codes(answer) & _LOCKED_CODES)
        or bool(_LOCKED_WORDS.search(words))
    )


def _is_read_only(answer: Answer) -> bool:
    return answer.headers.get("x-access-level", "").strip().lower() == "read"


def _is_x(answer: Answer) -> bool:
    """Whether the body is one of X's own error formats, and not the page of something on the way."""
    return bool(answer.fields.keys() & {"detail", "title", "errors", "error"})


def _errors(answer: Answer) -> list[Mapping[str, object]]:
    found = answer.fields.get("errors")
    return [mapping(error) for error in found] if isinstance(found, list) else []


def _codes(answer: Answer) -> set[str]:
    return {text(error.get("code")) for error in _errors(answer)}


def _words(answer: Answer) -> str:
    """What X says about it: the single errors where there are some, which say more than the summary."""
    single = [text(error.get("message")) or text(error.get("detail")) for error in _errors(answer)]
    return " ".join(filter(None, single)) or text(answer.fields.get("detail")) or text(answer.fields.get("title"))


def _wait(answer: Answer, now: datetime) -> timedelta | None:
    """The time until the limit that is used up begins anew: a day's cap before the window of fifteen minutes."""
    used_up = [cap for cap in _CAPS if answer.number(f"{cap}-remaining") == 0]
    names = [f"{cap}-reset" for cap in used_up] or ["x-rate-limit-reset"]
    resets = [reset for name in names if (reset := answer.number(name)) is not None]
    if not resets:
        return None
    seconds = max(resets) - answer.time(now).timestamp()
    # X's times are whole seconds: one more, so as not to come a moment too early.
    return bounded(timedelta(seconds=min(seconds + 1, 1e9))) if seconds > 0 else None
