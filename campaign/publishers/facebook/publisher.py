"""Facebook Pages, through facebook-sdk (graph.py). What Facebook takes is in network.py, what the Graph API's answers mean in
answers.py, and how its lists are read in posts.py and photos.py."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import ClassVar, Self

from campaign.config import Channel, NetworkSettings
from campaign.core.clock import Clock
from campaign.core.sentence import Sentence, joined
from campaign.publishers.answer import Answer, identifier, mapping, text
from campaign.publishers.facebook.answers import (
    NOT_OURS,
    before_posting,
    deleted_or_not,
    is_about_keys,
    is_done,
    is_missing,
    is_not_allowed,
    no_look,
    not_edited,
    outcome_of,
    passes,
    removal_of,
    said_in,
)
from campaign.publishers.facebook.graph import Graph, GraphError
from campaign.publishers.facebook.network import FACEBOOK
from campaign.publishers.facebook.photos import ATTACHED, kept_photos, photos_of
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


class Facebook:
    """One Page on Facebook."""

    network: ClassVar[Network] = FACEBOOK

    def __init__(self, graph: Graph, page_id: str, secrets: tuple[str, ...]) -> None:
        self._graph = graph
        self._page_id = page_id
        self._secrets = secrets
        self._told_id = ""  # the Page's id as Facebook says it
        # Of posts that are gone, since nobody says any more which photos those had:
        self._kept: dict[str, tuple[str, ...]] = {}  #: the photos that Facebook did not delete
        self._unseen: dict[str, str] = {}  #: why their photos could not be seen

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
        graph = Graph(url, settings["version"], token, app_secret)
        return cls(graph, page_id, (token, app_secret))

    @property
    def session(self) -> Session:
        """The connections of this channel."""
        session: Session = self._graph.session
        return session

    @property
    def account_id(self) -> str:
        """The Page's id, as Facebook says it or as the configuration has it."""
        return self._told_id or self._page_id

    def verify(self) -> str | None:
        """Reads the Page's own name, and whose the token is. None, or a sentence on wrong keys. Raises Unreachable when the
        answer says nothing about them. Facebook may let a Page be read and still refuse its posts until a person confirms
        who they are."""
        try:
            self._told_id = self._id_of(self._page_id)
            owner = self._id_of("me")
        except GraphError as problem:
            return self._verdict(problem.answer)
        # A person's token reads a Page as well as the Page's own does: only the first post would fail.
        if owner != self._told_id:
            return Sentence(
                "Facebook says that page_access_token belongs to {0}, a person or another Page, and not to the Page {1}: "
                "take the Page's own token.",
                owner,
                self._told_id,
            )
        if self._page_id.isdecimal() and self._page_id != self._told_id:
            return Sentence(
                "Facebook says that the id of this Page is {0}, and page_id is {1}: write the first.",
                self._told_id,
                self._page_id,
            )
        return None

    def time(self) -> datetime | None:
        """Facebook's own time now, by its last answer."""
        return self.session.network_time.now()

    def ask_time(self) -> None:
        """Asks Facebook for its time. Raises Unreachable."""
        self.session.ask_time("Facebook")

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
                # With a limit or wrong keys, further calls would only prolong it.
                if isinstance(photo_id, Refused) or not photo_id.whole_channel:
                    self._discard(given)
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
                link=ready.message.link or None,
                fields="id,permalink_url",
                **attached,
            )
        except (NotSent, AnswerLost) as problem:
            return failed_call(problem, "Facebook")
        except GraphError as problem:
            outcome = outcome_of(problem.answer, self._said(problem.answer))
            # Only where the post is surely not out. A repetition may be this very call, heard twice, and live with them.
            if isinstance(outcome, Refused) and not outcome.duplicate:
                self._discard(ready.given)
            return outcome
        remote_id = identifier(mapping(post).get("id"))
        if not remote_id:
            return Unconfirmed(
                Sentence(
                    "Facebook took the post but named no id for it: it may be out, or not."
                )
            )
        return Published(remote_id, address_of(mapping(post), remote_id))

    def edit(self, remote_id: str, message: Message) -> Outcome | NotThere:
        """Gives a post another text. Facebook lets an app change what it has posted itself, and nothing else."""
        if not _POST_ID.fullmatch(remote_id):
            return Refused(Sentence("“{0}” is no post on Facebook.", remote_id))
        try:
            body = self._graph.edit(remote_id, message.text)
        except (NotSent, AnswerLost) as problem:
            return failed_call(problem, "Facebook")
        except GraphError as problem:
            return self._not_edited(problem.answer)
        if is_done(body):
            return Published(remote_id, "")
        return Unconfirmed(Sentence("Facebook did not say that it changed the post."))

    def _not_edited(self, answer: Answer) -> Outcome | NotThere:
        """Facebook says the same of a post that is gone, of one that another app has made, and of wrong keys: are they good?"""
        is_gone = is_missing(answer)
        if not (is_gone or is_not_allowed(answer)):
            return not_edited(answer, self._said(answer))
        try:
            wrong = self.verify()
        except Unreachable as problem:
            return TryLater(str(problem))
        if wrong:
            return TryLater(wrong, whole_channel=True)
        return NotThere() if is_gone else Refused(NOT_OURS)

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
        """Takes a post down, and its photos before it: they stand by themselves, and afterwards nobody could say which they
        were. Where Facebook will not delete a photo, the post goes all the same, and a person is told of the photo."""
        if not _POST_ID.fullmatch(remote_id):
            return NotDeleted(Sentence("“{0}” is no post on Facebook.", remote_id))
        obstacle, kept = "", dict[str, str]()
        try:
            photos = self._photos_of(remote_id)
            kept = {photo: why for photo in photos if (why := self._kept_because(photo))}
        except CannotLook as problem:
            obstacle = str(problem)
        except Unreachable as problem:
            return NotDeleted(str(problem))
        removal = self._taken_down(remote_id)
        if isinstance(removal, NotDeleted):
            return removal
        # The next try needs to know.
        self._kept[remote_id], self._unseen[remote_id] = tuple(kept), obstacle
        left_behind = kept_photos(kept, obstacle)
        return NotDeleted(left_behind) if left_behind else removal

    def _taken_down(self, remote_id: str) -> Removal:
        try:
            return deleted_or_not(self._graph.delete_object(remote_id))
        except (NotSent, AnswerLost) as problem:
            return NotDeleted(_unanswered(problem))
        except GraphError as problem:
            removal = removal_of(problem.answer, self._said(problem.answer))
        return self._sure(removal) if isinstance(removal, NotThere) else removal

    def _photos_of(self, remote_id: str) -> Sequence[str]:
        """The photos of a post. Raises CannotLook when Facebook will not say which they are, else Unreachable."""
        try:
            body = self._graph.get_connections(remote_id, "attachments", fields=ATTACHED)
        except (NotSent, AnswerLost) as problem:
            raise Unreachable(_unanswered(problem)) from None
        except GraphError as problem:
            if is_missing(problem.answer):
                if self._unseen.get(remote_id):
                    raise CannotLook(self._unseen[remote_id]) from None
                return self._kept.get(remote_id, ())
            raise no_look(problem.answer, self._said(problem.answer)) from None
        photos = photos_of(body)
        if photos is None:
            raise CannotLook(Sentence("Facebook gave no list of the post's pictures."))
        return photos

    def _kept_because(self, photo: str) -> str:
        """Deletes a photo. Returns why Facebook keeps it, "" when it is gone. Raises Unreachable when that may pass."""
        try:
            removal = deleted_or_not(self._graph.delete_object(photo))
        except (NotSent, AnswerLost) as problem:
            raise Unreachable(_unanswered(problem)) from None
        except GraphError as problem:
            removal = removal_of(problem.answer, self._said(problem.answer))
            if isinstance(removal, NotDeleted) and not passes(problem.answer):
                return self._said(problem.answer)
        if isinstance(removal, NotDeleted):
            raise Unreachable(removal.reason)
        return ""

    def _discard(self, photos: Sequence[str]) -> None:
        """Deletes photos that nobody was ever shown. What stays all the same, Facebook deletes after a day."""
        with suppress(Exception):  # whatever it is, it changes nothing about the post
            for photo in photos:
                self._graph.delete_object(photo)

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
        except GraphError as problem:
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
        except GraphError as problem:
            raise no_look(problem.answer, self._said(problem.answer)) from None
        page = Listed.of(body)
        if page is None:
            raise Unreachable(
                Sentence("Facebook gave no list of the Page's posts: try again later.")
            )
        return page

    def _id_of(self, node: str) -> str:
        """The id of a Page, or of whoever the token belongs to. Raises GraphError, or Unreachable."""
        try:
            read = mapping(self._graph.get_object(node, fields="id,name"))
        except (NotSent, AnswerLost) as problem:
            raise Unreachable(Sentence("Facebook could not be asked: {0}.", problem)) from None
        named = identifier(read.get("id"))
        if not named:
            raise Unreachable(
                Sentence("Facebook gave an answer that names no Page: try again later.")
            )
        return named

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


def _unanswered(problem: NotSent | AnswerLost) -> str:
    return Sentence(
        "Facebook did not answer ({0}): the post may still be out. Try again later.", problem
    )
