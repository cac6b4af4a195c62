"""Facebook Pages, through facebook-sdk. What Facebook takes is in network.py, what the Graph API's answers mean in
answers.py, and how its lists are read in posts.py."""

import hashlib
import hmac
import json
import re
import warnings
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Self

with warnings.catch_warnings():
    # The package has "\d" in a plain string, which newer Pythons warn of when they first compile it.
    warnings.simplefilter("ignore")
    import facebook

from campaign.config import Channel, NetworkSettings
from campaign.core.clock import Clock
from campaign.core.sentence import Sentence, joined
from campaign.publishers.answer import Answer, identifier, mapping, text
from campaign.publishers.facebook.answers import (
    before_posting,
    deleted_or_not,
    is_about_keys,
    no_look,
    outcome_of,
    removal_of,
    said_in,
)
from campaign.publishers.facebook.network import FACEBOOK
from campaign.publishers.facebook.posts import FIELDS, Listed, address_of
from campaign.publishers.keys import optional_key, required_keys
from campaign.publishers.network import Network
from campaign.publishers.publisher import (
    CLOCKS_DIFFER,
    CannotLook,
    Message,
    NotDeleted,
    NotThere,
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

_NO_THREADS = Sentence("Facebook has no threads: send this post by itself.")
_POST_ID = re.compile(r"[0-9]+(?:_[0-9]+)?")
_POSTS_A_PAGE = 25
"""Posts may be long: a hundred of the longest would be megabytes."""
_MOST_PAGES = 40


class _GraphError(facebook.GraphAPIError):  # type: ignore[misc]
    """The SDK's error with what the SDK drops: the status and the headers."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.fields or Sentence("no reason given"))
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
        token = (
            form.pop("access_token", "")
            or params.pop("access_token", "")
            or str(self.access_token)
        )
        proof = self._proof(token)
        headers: dict[str, str] = {}
        # Never in the address, which proxies and logs keep.
        if form:
            form |= {"access_token": token, **proof}
        else:
            params |= proof
            headers["Authorization"] = f"Bearer {token}"
        method = "POST" if post_args is not None else method or "GET"
        url = f"{self._base_url}/{path}"
        response = self.session.request(
            method, url, params=params, data=form, files=files, headers=headers
        )
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

    network: ClassVar[Network] = FACEBOOK

    def __init__(self, graph: _Graph, page_id: str, secrets: tuple[str, ...]) -> None:
        self._graph = graph
        self._page_id = page_id
        self._secrets = secrets

    @classmethod
    def open(cls, channel: Channel, network: NetworkSettings, clock: Clock) -> Self:  # noqa: ARG003 — the contract's
        """One Page; opens no connection. Raises Problem when a key is missing or the address is none."""
        settings = {
            key: network.settings.get(key, cls.network.default(key))
            for key in cls.network.settings
        }
        url = checked_url(settings["graph_url"], "[networks.facebook] graph_url")
        page_id, token = required_keys(channel, cls.network.required_keys)
        app_secret = optional_key(channel, "app_secret")
        graph = _Graph(url, settings["version"], token, app_secret)
        return cls(graph, page_id, (token, app_secret))

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
            raise Unreachable(Sentence("Facebook could not be asked: {0}.", problem)) from None
        except _GraphError as problem:
            return self._verdict(problem.answer)
        if not page.get("id"):
            raise Unreachable(
                Sentence("Facebook gave an answer that names no Page: try again later.")
            )
        return None

    def prepare(self, message: Message) -> Ready | Refused | TryLater:
        """Gives Facebook the pictures, unpublished."""
        objection = (
            _NO_THREADS
            if message.reply_to
            else self.network.pictures.objection(message.pictures)
        )
        if objection:
            return Refused(objection)
        given: list[str] = []
        for picture in message.pictures:
            photo_id = self._give(picture)
            if not isinstance(photo_id, str):
                return photo_id
            given.append(photo_id)
        return Ready(message, tuple(given))

    def publish(self, ready: Ready) -> Outcome:
        """Posts once to the Page's feed."""
        attached = {
            f"attached_media[{n}]": {"media_fbid": photo_id}
            for n, photo_id in enumerate(ready.given)
        }
        try:
            post = self._graph.put_object(
                self._page_id,
                "feed",
                message=ready.message.text,
                fields="id,permalink_url",
                **attached,
            )
        except (NotSent, AnswerLost) as problem:
            return failed_call(problem, "Facebook")
        except _GraphError as problem:
            return outcome_of(problem.answer, self._said(problem.answer))
        remote_id = identifier(mapping(post).get("id"))
        if not remote_id:
            return Unconfirmed(
                Sentence(
                    "Facebook took the post but named no id for it: it may be out, or not."
                )
            )
        return Published(remote_id, address_of(mapping(post), remote_id))

    def recent(self, since: datetime) -> list[RemotePost]:
        """The Page's own posts. Raises as the contract says."""
        start, posts = since - CLOCKS_DIFFER, list[RemotePost]()
        arguments = {"fields": FIELDS, "limit": str(_POSTS_A_PAGE)}
        for _ in range(_MOST_PAGES):
            page = self._listed(arguments)
            recent = [post for post in page.posts if post.at >= start]
            posts += recent
            # An empty page is not the end: Facebook leaves out of a page what it does not show.
            is_past = bool(page.posts) and not recent
            if page.after is None or is_past:
                return sorted(posts, key=lambda post: post.at, reverse=True)
            arguments = page.after
        raise CannotLook(
            Sentence(
                "The Page has more than {0} posts since then: look there yourself.",
                _MOST_PAGES * _POSTS_A_PAGE,
            )
        )

    def delete(self, remote_id: str) -> Removal:
        """Takes a post down."""
        if not _POST_ID.fullmatch(remote_id):
            return NotDeleted(Sentence("“{0}” is no post on Facebook.", remote_id))
        try:
            return deleted_or_not(self._graph.delete_object(remote_id))
        except (NotSent, AnswerLost) as problem:
            return NotDeleted(
                Sentence(
                    "Facebook did not answer ({0}): the post may still be out. Try again later.",
                    problem,
                )
            )
        except _GraphError as problem:
            removal = removal_of(problem.answer, self._said(problem.answer))
        return self._sure(removal) if isinstance(removal, NotThere) else removal

    def _sure(self, removal: NotThere) -> Removal:
        """Facebook says the same of a post that is gone and of one that these keys do not reach: are they good?"""
        try:
            wrong = self.verify()
        except Unreachable as problem:
            wrong = str(problem)
        if not wrong:
            return removal
        return NotDeleted(joined((Sentence("The post was not taken down."), wrong)))

    def _give(self, picture: Picture) -> str | TryLater | Refused:
        """The id of a picture that Facebook has and shows nobody yet; what the failure means otherwise."""
        try:
            photo = self._graph.put_photo(
                (picture.name, picture.data, picture.media_type),
                f"{self._page_id}/photos",
                published=False,
                alt_text_custom=picture.alt,
            )
        except (NotSent, AnswerLost) as problem:
            return failed_preparation(problem, "Facebook", picture.name)
        except _GraphError as problem:
            return before_posting(problem.answer, self._said(problem.answer), picture.name)
        photo_id = text(mapping(photo).get("id"))
        return photo_id or TryLater(
            Sentence("Facebook named no id for {0}. Nothing was posted.", picture.name)
        )

    def _listed(self, arguments: Mapping[str, str]) -> Listed:
        try:
            body = self._graph.get_connections(self._page_id, "published_posts", **arguments)
        except (NotSent, AnswerLost) as problem:
            raise Unreachable(
                Sentence("Facebook could not be asked for the Page's posts: {0}.", problem)
            ) from None
        except _GraphError as problem:
            raise no_look(problem.answer, self._said(problem.answer)) from None
        page = Listed.of(body)
        if page is None:
            raise Unreachable(
                Sentence("Facebook gave no list of the Page's posts: try again later.")
            )
        return page

    def _said(self, answer: Answer) -> str:
        return said_in(answer, self._secrets)

    def _verdict(self, answer: Answer) -> str:
        said = self._said(answer)
        outcome = outcome_of(answer, said)
        if isinstance(outcome, TryLater) and is_about_keys(answer):
            return outcome.reason
        raise Unreachable(
            Sentence(
                "Facebook did not say whether the keys are right ({0}, {1}).",
                answer.status,
                said,
            )
        )


def _written(arguments: Mapping[str, object] | None) -> dict[str, str]:
    """Arguments as the Graph API reads them; the SDK writes lists and truth values as Python does."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in (arguments or {}).items()
        if value is not None
    }
