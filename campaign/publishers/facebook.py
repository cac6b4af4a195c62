"""Facebook Pages, through facebook-sdk. What the Graph API answers is from Meta's documentation of it, and
from replies that others have published; the HTTP status of an error varies there, its code does not."""

import hashlib
import hmac
import json
import warnings
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import ClassVar, Self

with warnings.catch_warnings():
    # The package has "\d" in a plain string, which newer Pythons warn of when they first compile it.
    warnings.simplefilter("ignore")
    import facebook

from campaign.checks.texts import Finished
from campaign.clock import Clock
from campaign.config import Channel, Network
from campaign.finding import Finding
from campaign.publishers.answer import Answer, bounded, mapping, parsed, quoted, text
from campaign.publishers.keys import optional_key, required_keys
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

_UNKNOWN = frozenset({"1", "2"})
_LIMITS = frozenset({"4", "17", "32", "341", "613", "80001"})
_KEYS = frozenset({"3", "10", "102", "104", "190", "803", "2635"} | {str(code) for code in range(200, 300)})
"""Token, permission, proof of the app's secret, a page that is not there, a version that is over."""
_BLOCKED = "368"
_SAME_AGAIN = "506"


class _GraphError(facebook.GraphAPIError):  # type: ignore[misc]
    """The SDK's error with what the SDK drops: the status and the headers."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.fields or "no reason given")
        self.answer = answer


class _Graph(facebook.GraphAPI):  # type: ignore[misc]
    """facebook-sdk at an address of our choice, over our session.

    Its own `request` takes an error without an `error` in it for success, corrupts lists, and writes the token into
    the address. This method replaces that one; all others of the SDK go through it, `get_version` excepted.
    """

    def __init__(self, base_url: str, version: str, token: str, app_secret: str) -> None:
        super().__init__(access_token=token, session=Session(base_url))
        # The SDK's own check of versions ends at 3.1, and lets no number of two digits pass.
        self.version = version
        self._base_url = base_url
        self._app_secret = app_secret

    def request(
        self,
        path: str,
        args: Mapping[str, object] | None = None,
        post_args: Mapping[str, object] | None = None,
        files: Mapping[str, object] | None = None,
        method: str | None = None,
    ) -> object:
        """The JSON of the answer. Raises facebook.GraphAPIError, NotSent or AnswerLost."""
        params, form = _written(args), _written(post_args)
        token = form.pop("access_token", "") or params.pop("access_token", "") or str(self.access_token)
        proof = self._proof(token)
        if form:
            form |= {"access_token": token, **proof}
            headers = {}
        else:
            params |= proof
            headers = {"Authorization": f"Bearer {token}"}
        method = "POST" if post_args is not None else method or "GET"
        url = f"{self._base_url}/{path}"
        response = self.session.request(method, url, params=params, data=form, files=files, headers=headers)
        answer = Answer.of(response)
        if not answer.well or answer.fields.get("error"):
            raise _GraphError(answer)
        return answer.body

    def _proof(self, token: str) -> dict[str, str]:
        """Meta's appsecret_proof: that the caller has the app's secret, not only a token."""
        if not self._app_secret:
            return {}
        proof = hmac.new(self._app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        return {"appsecret_proof": proof}


class Facebook:
    """One Page on Facebook."""

    required_keys: ClassVar[tuple[str, ...]] = ("page_id", "page_access_token")
    optional_keys: ClassVar[tuple[str, ...]] = ("app_secret",)
    settings: ClassVar[dict[str, str]] = {
        "graph_url": "https://graph.facebook.com",
        "version": "v26.0",
    }
    form: ClassVar[str] = "long"
    limit: ClassVar[int] = 63_206
    utm_source: ClassVar[str] = "facebook"

    def __init__(self, graph: _Graph, page_id: str, secrets: tuple[str, ...]) -> None:
        self._graph = graph
        self._page_id = page_id
        self._secrets = secrets

    @staticmethod
    def length(text: str) -> int:
        """Characters, each counting as one."""
        return len(text)

    @staticmethod
    def problems(finished: Finished) -> Iterable[Finding]:  # noqa: ARG004 — the contract's
        """Nothing but the length is known to matter."""
        return ()

    @classmethod
    def open(cls, channel: Channel, network: Network, clock: Clock) -> Self:  # noqa: ARG003 — the contract's
        """One Page; opens no connection. Raises Problem when a key is missing or the address is none."""
        settings = {**cls.settings, **network.settings}
        url = checked_url(settings["graph_url"], "[networks.facebook] graph_url")
        page_id, token = required_keys(channel, cls.required_keys)
        app_secret = optional_key(channel, "app_secret")
        return cls(
            _Graph(url, settings["version"], token, app_secret),
            page_id,
            (token, app_secret),
        )

    @property
    def session(self) -> Session:
        """The connections of this channel."""
        session: Session = self._graph.session
        return session

    def verify(self) -> str | None:
        """Reads the Page's own name. None, or a sentence on wrong keys. Raises Unreachable when the answer says nothing
        about them. Facebook may let a Page be read and still refuse its posts until a person confirms who they are."""
        try:
            page = mapping(self._graph.get_object(self._page_id, fields="id,name"))
        except (NotSent, AnswerLost) as problem:
            raise Unreachable(f"Facebook could not be asked: {problem}.") from None
        except _GraphError as problem:
            return self._verdict(problem.answer)
        if not page.get("id"):
            raise Unreachable("Facebook gave an answer that names no Page: try again later.")
        return None

    def publish(self, message: Message) -> Outcome:
        """Posts once to the Page's feed."""
        try:
            post = self._graph.put_object(self._page_id, "feed", message=message.text, fields="id,permalink_url")
        except (NotSent, AnswerLost) as problem:
            return failed_call(problem, "Facebook")
        except _GraphError as problem:
            return self._outcome(problem.answer)
        remote_id = text(mapping(post).get("id"))
        if not remote_id:
            return Unconfirmed("Facebook took the post but named no id for it: it may be out, or not.")
        link = text(mapping(post).get("permalink_url"))
        return Published(
            remote_id,
            link if link.startswith("https://") else f"https://www.facebook.com/{remote_id}",
        )

    def _verdict(self, answer: Answer) -> str:
        outcome = self._outcome(answer)
        if isinstance(outcome, TryLater) and (_is_about_keys(answer) or _code(answer) == _BLOCKED):
            return outcome.reason
        said = quoted(_words(answer), self._secrets)
        raise Unreachable(f"Facebook did not say whether the keys are right ({answer.status}, {said}).")

    def _outcome(self, answer: Answer) -> TryLater | Refused | Unconfirmed:
        code, status = _code(answer), answer.status
        said = quoted(_words(answer), self._secrets)
        if _is_in_doubt(answer):
            return Unconfirmed(_doubt(status, said))
        if code in _LIMITS or status == 429:
            reason = f"Facebook asks to wait ({said}): too many calls in a short time. It goes on by itself."
            return TryLater(reason, _wait(answer), whole_channel=True)
        if _is_about_keys(answer):
            return TryLater(
                f"Facebook does not accept this Page's keys ({said}): connect the Page anew.",
                whole_channel=True,
            )
        if code == _BLOCKED:
            return TryLater(
                f"Facebook has blocked this Page's posts ({said}): sign in there and see why.",
                whole_channel=True,
            )
        if code == _SAME_AGAIN:
            return Refused(
                "Facebook has this very text as the Page's latest post: change the wording.",
                duplicate=True,
            )
        return _refused(answer, said)


def _is_in_doubt(answer: Answer) -> bool:
    """Trouble of Facebook's own, a redirect, a time-out, or success and an error in one."""
    code = _code(answer)
    if answer.well:
        return not code or code in _UNKNOWN or "id" in answer.fields
    return not 400 <= answer.status < 500 or answer.status == 408 or code in _UNKNOWN


def _refused(answer: Answer, said: str) -> TryLater | Refused | Unconfirmed:
    if not _error(answer):
        reason = (
            f"Something other than Facebook answered with {answer.status}: check the network, a proxy, and graph_url."
        )
        return TryLater(reason, whole_channel=True)
    if _error(answer).get("is_transient") is True:
        return Unconfirmed(_doubt(answer.status, said))
    return Refused(f"Facebook does not accept this post: {said}. Change it.")


def _doubt(status: int, said: str) -> str:
    if 300 <= status < 400:
        return f"Facebook sent the call elsewhere ({status}): check graph_url. The post may be out, or not."
    return f"Facebook had trouble of its own ({status}, {said}): the post may be out, or not."


def _error(answer: Answer) -> Mapping[str, object]:
    return mapping(answer.fields.get("error"))


def _code(answer: Answer) -> str:
    return text(_error(answer).get("code"))


def _is_about_keys(answer: Answer) -> bool:
    """Also code 100 with subcode 33: the Page is not there, or not for this token."""
    return _code(answer) in _KEYS or (
        _code(answer),
        text(_error(answer).get("error_subcode")),
    ) == ("100", "33")


def _words(answer: Answer) -> str:
    error = _error(answer)
    return text(error.get("error_user_msg")) or text(error.get("message"))


def _wait(answer: Answer) -> timedelta | None:
    """The longest wait, in minutes, that the header of the business use case limits asks for."""
    usage = mapping(parsed(answer.headers.get("x-business-use-case-usage", "").encode()))
    entries = [mapping(entry) for entries in usage.values() if isinstance(entries, list) for entry in entries]
    minutes = [found for entry in entries if isinstance(found := entry.get("estimated_time_to_regain_access"), int)]
    return bounded(timedelta(minutes=min(max(minutes, default=0), 1_000_000)))


def _written(arguments: Mapping[str, object] | None) -> dict[str, str]:
    """Arguments as the Graph API reads them; the SDK writes lists and truth values as Python does."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in (arguments or {}).items()
        if value is not None
    }
