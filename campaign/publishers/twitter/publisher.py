"""X, through tweepy. What it takes is in network.py, what its answers mean in answers.py, and how its lists are read in
posts.py."""

import base64
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import ClassVar, Self

import requests
import tweepy

from campaign.config import Channel, NetworkSettings
from campaign.core.clock import Clock
from campaign.core.sentence import Sentence
from campaign.publishers.answer import Answer, identifier, mapping, text
from campaign.publishers.keys import required_keys
from campaign.publishers.network import Network
from campaign.publishers.publisher import (
    CLOCKS_DIFFER,
    CannotLook,
    Message,
    NotDeleted,
    Outcome,
    Picture,
    Published,
    Ready,
    Refused,
    RemotePost,
    Removal,
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
    failed_preparation,
)
from campaign.publishers.twitter.answers import (
    READ_ONLY,
    before_posting,
    does_not_know,
    is_read_only,
    is_x,
    no_look,
    outcome_of,
    removal_of,
    said_in,
)
from campaign.publishers.twitter.network import TWITTER, account_of
from campaign.publishers.twitter.posts import FIELDS, Listed, address_of

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
_MOST_PAGES = 40
"""Of a hundred posts each: more than X lists."""
_REACH = 3_200
"""X lists no more of an account's posts than this."""


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
        response = self.session.request(
            method,
            self._base_url + route,
            params=params,  # type: ignore[arg-type]
            json=json,
            auth=self._sign,
        )
        if not 200 <= response.status_code < 300:
            error = _ERRORS.get(response.status_code, tweepy.HTTPException)
            if response.status_code >= 500:
                error = tweepy.TwitterServerError
            # An empty reading is handed over because tweepy's fails on bodies that are not X's own.
            raise error(response, response_json={})
        return response


class Twitter:
    """One account on X."""

    network: ClassVar[Network] = TWITTER

    def __init__(self, client: _Client, keys: tuple[str, ...], clock: Clock) -> None:
        self._client = client
        self._keys = keys
        self._clock = clock
        self._named_id = account_of(keys[2])
        self._told_id = ""  # the account's id as X says it
        self._names = tuple(FIELDS)  # the word for a post's fields that X knew last, first

    @classmethod
    def open(cls, channel: Channel, network: NetworkSettings, clock: Clock) -> Self:
        """One account; opens no connection. Raises Problem when a key is missing or the address is none."""
        api_url = network.settings.get("api_url", cls.network.default("api_url"))
        url = checked_url(api_url, "[networks.twitter] api_url")
        keys = required_keys(channel, cls.network.required_keys)
        return cls(_Client(url, keys), keys, clock)

    @property
    def session(self) -> Session:
        """The connections of this channel."""
        return self._client.session

    @property
    def account_id(self) -> str:
        """The account's id, as X says it or as the access token has it."""
        return self._told_id or self._named_id

    def verify(self) -> str | None:
        """Reads the account's own profile, which X charges as one user read. None, or a sentence on wrong keys.
        Raises Unreachable when the answer says nothing about them."""
        try:
            answer = _answered(lambda: self._client.get_me(user_auth=True))
        except (NotSent, AnswerLost) as problem:
            raise Unreachable(Sentence("X could not be asked: {0}.", problem)) from None
        if not answer.well:
            return self._verdict(answer)
        self._told_id = _account_in(answer)
        if is_read_only(answer):
            return READ_ONLY
        if self._named_id not in ("", self._told_id):
            # Lost answers would be looked for on an account that is another one.
            return Sentence(
                "The access token begins with the id {0}, and X says that it belongs to {1}: copy the keys of this "
                "account again, all four.",
                self._named_id,
                self._told_id,
            )
        return None

    def time(self) -> datetime | None:
        """X's own time now, by its last answer."""
        return self.session.network_time.now()

    def ask_time(self) -> None:
        """Asks X for its time. Raises Unreachable."""
        self.session.ask_time("X")

    def prepare(self, message: Message) -> Ready | Refused | TryLater:
        """Gives X the pictures."""
        objection = self.network.pictures.objection(message.pictures)
        if objection:
            return Refused(objection)
        given: list[str] = []
        for picture in message.pictures:
            try:
                given.append(self._give(picture))
            except (NotSent, AnswerLost) as problem:
                return failed_preparation(problem, "X", picture.name)
            except _NotTaken as problem:
                return problem.outcome
        return Ready(message, tuple(given))

    def publish(self, ready: Ready) -> Outcome:
        """Posts once."""
        message = ready.message
        try:
            answer = _answered(
                lambda: self._client.create_tweet(
                    text=message.text,
                    media_ids=list(ready.given) or None,
                    in_reply_to_tweet_id=message.reply_to or None,
                    user_auth=True,
                )
            )
        except (NotSent, AnswerLost) as problem:
            return failed_call(problem, "X")
        if not answer.well:
            return outcome_of(answer, self._said(answer), self._clock())
        remote_id = identifier(mapping(answer.fields.get("data")).get("id"))
        if not remote_id:
            return Unconfirmed(
                Sentence(
                    "X took the post but named no id for it ({0}): it may be out, or not.",
                    self._said(answer),
                )
            )
        return Published(remote_id, address_of(remote_id))

    def edit(self, remote_id: str, message: Message) -> Outcome:  # noqa: ARG002 - the contract's
        """X lets no app change a post that is out but those of its paying accounts, within an hour."""
        return Refused(Sentence("A post that is out on X cannot be changed: take it down."))

    def recent(self, since: datetime) -> list[RemotePost]:
        """The account's own posts, replies too. X charges for each post that is listed. Raises as the contract says."""
        start, after, posts = since - CLOCKS_DIFFER, "", list[RemotePost]()
        for _ in range(_MOST_PAGES):
            page = self._listed(start, after)
            posts += page.posts
            after = page.after
            if not after:
                break
        # With so many, X may have left older ones out: a post that is not among them need not be missing.
        if after or len(posts) >= _REACH:
            raise CannotLook(
                Sentence(
                    "X lists only the {0} latest posts of an account, and there are more since then.",
                    _REACH,
                )
            )
        return sorted(posts, key=lambda post: post.at, reverse=True)

    def delete(self, remote_id: str) -> Removal:
        """Takes a post down, which X charges for."""
        if not remote_id.isdecimal():
            return NotDeleted(Sentence("“{0}” is no post on X.", remote_id))
        try:
            answer = _answered(lambda: self._client.delete_tweet(remote_id, user_auth=True))
        except (NotSent, AnswerLost) as problem:
            return NotDeleted(
                Sentence(
                    "X did not answer ({0}): the post may still be out. Try again later.",
                    problem,
                )
            )
        return removal_of(answer, self._said(answer), self._clock())

    def _give(self, picture: Picture) -> str:
        """The id of a picture that X has, description and all. tweepy knows only the address that X has closed."""
        written = base64.b64encode(picture.data).decode("ascii")
        upload = {"media": written, "media_category": "tweet_image"}
        answer = self._prepared(picture, "/2/media/upload", upload)
        media_id = text(mapping(answer.fields.get("data")).get("id"))
        if not media_id:
            reason = Sentence(
                "X named no id for {0} ({1}). Nothing was posted.",
                picture.name,
                self._said(answer),
            )
            raise _NotTaken(TryLater(reason))
        described = {"id": media_id, "metadata": {"alt_text": {"text": picture.alt}}}
        answer = self._prepared(picture, "/2/media/metadata", described)
        if answer.fields.get("errors") or not answer.fields:
            reason = Sentence(
                "X did not take the description of {0} ({1}). Nothing was posted.",
                picture.name,
                self._said(answer),
            )
            raise _NotTaken(TryLater(reason))
        return media_id

    def _prepared(self, picture: Picture, route: str, body: Mapping[str, object]) -> Answer:
        answer = _answered(
            lambda: self._client.request("POST", route, json=body, user_auth=True)
        )
        if not answer.well:
            said = self._said(answer)
            raise _NotTaken(before_posting(answer, said, self._clock(), picture.name))
        return answer

    def _listed(self, start: datetime, after: str) -> Listed:
        answer = self._page(start, after)
        if not answer.well:
            raise no_look(answer, self._said(answer), self._clock())
        page = Listed.of(answer)
        if page is None:
            raise Unreachable(
                Sentence(
                    "X gave no list of the account's posts ({0}): try again later.",
                    self._said(answer),
                )
            )
        return page

    def _page(self, start: datetime, after: str) -> Answer:
        """A page of the account's posts, asked for in the words that X knows: once it has refused one, in the other."""
        route = f"/2/users/{self._user_id()}/tweets"
        asked = {"start_time": start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")}
        asked |= {"max_results": "100"} | ({"pagination_token": after} if after else {})
        for name in self._names:
            parameters = {**asked, name: FIELDS[name]}
            # tweepy's own method knows the older word alone.
            answer = self._asked(partial(self._client.request, "GET", route, parameters))
            if not does_not_know(answer, name):
                self._names = (name, *(other for other in self._names if other != name))
                break
        return answer

    def _user_id(self) -> str:
        """X's tokens begin with the id of their account; a token that does not costs a question, once."""
        if not self.account_id:
            answer = self._asked(lambda: self._client.get_me(user_auth=True))
            if not answer.well:
                raise no_look(answer, self._said(answer), self._clock())
            self._told_id = _account_in(answer)
        return self.account_id

    def _asked(self, call: Callable[[], requests.Response]) -> Answer:
        try:
            return _answered(call)
        except (NotSent, AnswerLost) as problem:
            raise Unreachable(
                Sentence("X could not be asked for the account's posts: {0}.", problem)
            ) from None

    def _said(self, answer: Answer) -> str:
        return said_in(answer, self._keys)

    def _verdict(self, answer: Answer) -> str:
        said = self._said(answer)
        outcome = outcome_of(answer, said, self._clock())
        if isinstance(outcome, TryLater) and answer.status in (401, 403) and is_x(answer):
            return outcome.reason
        if answer.status == 403 and is_x(answer):
            return Sentence(
                "X does not let these keys see their own account ({0}): see X's developer console.",
                said,
            )
        raise Unreachable(
            Sentence(
                "X did not say whether the keys are right ({0}, {1}).", answer.status, said
            )
        )


class _NotTaken(Exception):
    """A picture that X did not take: what that means for its post."""

    def __init__(self, outcome: TryLater | Refused) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


def _account_in(answer: Answer) -> str:
    """The id of the account in an answer about it. Raises Unreachable when there is none."""
    account = identifier(mapping(answer.fields.get("data")).get("id"))
    if not account:
        raise Unreachable(Sentence("X gave an answer that names no account: try again later."))
    return account


def _answered(call: Callable[[], requests.Response]) -> Answer:
    """The answer of any status. Raises NotSent or AnswerLost."""
    try:
        return Answer.of(call())
    except tweepy.HTTPException as problem:
        return Answer.of(problem.response)
