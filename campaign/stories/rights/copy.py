"""Everything that is held of a person, for them: gathered, and put into one file.

Nobody else's data is in it. Whoever of the team did something is "the team"; what the team wrote in reasons is left out, since
it may speak of others: a person reads it to them who asks. What a post said while it was another person's is not theirs."""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db.models import Model, Q, QuerySet

from campaign.authoring import drafts
from campaign.content.fields import Fields
from campaign.content.source import fields_in
from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.models import Delivery, Event, Post, Upload, Version
from campaign.models.stories import Consent, FinalWord, Storyteller, Withdrawal
from campaign.people.roles import NOBODY
from campaign.stories import papers, storyteller
from campaign.stories.agreeing.archive import page_of
from campaign.stories.storyteller import named_by, note
from campaign.stories.telling import WEB_FORM
from campaign.stories.vault import unseal

Said = dict[str, object]
"""A part of it, as JSON has it."""
YOU, TEAM, PROGRAM = "you", "team", "program"
_PROGRAM = NOBODY | {"command line"}
_ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
LEFT_OUT = frozenset({"id", "link_digest", "form", "problem", "tries", "next_at"})
"""Columns that say nothing of a person: keys, and how often something was tried."""
_SAME_TIME = (1980, 1, 1, 0, 0, 0)
"""What the file says of when its parts were made: the same whoever makes it, and wherever."""


@dataclass(frozen=True, slots=True)
class Held:
    """All of it: as JSON has it, and the files beside it by their names."""

    data: Said
    consents: tuple[Consent, ...]
    files: dict[str, bytes] = field(default_factory=dict)


def hand_over(who: Storyteller, uploads: Path, by: str, now: datetime) -> Held:
    """Gathers it, and writes into the log that it was handed over; `by` is the reference where they did it themselves.

    Raises Problem when what was known of them is erased, and Locked when it cannot be read."""
    known = Storyteller.objects.get(pk=who.pk)
    if known.erased_at:
        raise Problem(
            Sentence(
                "What was known of storyteller {0} is erased: nothing of theirs is left.",
                known.reference,
            )
        )
    gathered = _Gathered(known, uploads)
    data = gathered.all()
    note(known, "copy handed over", by, now)
    return Held(data, tuple(known.consents.order_by("number")), gathered.files)


def zipped(held: Held, page: str) -> bytes:
    """One file: `page` to read, the same for programs, and the pictures and papers."""
    made = io.BytesIO()
    said = json.dumps(held.data, ensure_ascii=False, indent=2)
    parts = {"read-me.html": page.encode(), "everything.json": said.encode(), **held.files}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name, _SAME_TIME), content)
    return made.getvalue()


class _Gathered:
    """What is found of a person, and the files of it."""

    def __init__(self, who: Storyteller, uploads: Path) -> None:
        self.who, self.uploads = who, uploads
        self.files: dict[str, bytes] = {}
        self.posts = list(storyteller.posts_of(who).order_by("pk"))
        #: those that never told of anybody else
        self.only_theirs = [post for post in self.posts if storyteller.tells_only_of(who, post)]
        self.deliveries = storyteller.shown_to(who)

    def all(self) -> Said:
        who = self.who
        return {
            **self._columns(who),
            "told": self._told(),
            "consents": [self._consent(each) for each in who.consents.order_by("number")],
            "posts": [self._post(post) for post in self.posts],
            "deliveries": [self._delivery(delivery) for delivery in self.deliveries],
            "taken_back": [self._withdrawal(each) for each in who.withdrawals.order_by("pk")],
            "waits_for_a_second_look": [self._columns(row) for row in who.takings_back.all()],
            "hands": [self._columns(row) for row in who.hands.all()],
            "log": list(self._log()),
        }

    def _by(self, name: str) -> str:
        """Who did something: the person, the program, or the team, of whom nobody is named."""
        if name in ("", self.who.reference, WEB_FORM):
            return YOU
        return PROGRAM if name in _PROGRAM else TEAM

    def _told(self) -> Said | None:
        tale = papers.tale_of(self.uploads, self.who.reference)
        if tale is None:
            return None
        kept = [self._paper(digest, "told") for digest in tale.pictures]
        return {
            "words": tale.words,
            "language": tale.language,
            "person_of_trust": tale.trusted,
            "pictures": list(filter(None, kept)),
        }

    def _paper(self, digest: str, folder: str) -> str:
        """The name of a file that they handed in; "" where it is gone."""
        data = papers.read(self.uploads, self.who.reference, digest)
        if not data:
            return ""
        ending = _ENDINGS.get(papers.media_type(data), "bin")
        name = f"{folder}/{digest[:16]}.{ending}"
        self.files[name] = data
        return name

    def _consent(self, consent: Consent) -> Said:
        proof = consent.proof_digest
        shown = page_of(consent.form_digest)
        return {
            **self._columns(consent),
            "proof": self._paper(proof, "papers") if proof else "",
            "page_as_it_was_shown": shown.words if shown else "",
        }

    def _columns(self, row: Model) -> Said:
        """Every column of a row about them, what is sealed opened: a new one is in it without being named here."""
        said: Said = {}
        for column in row._meta.concrete_fields:
            value = getattr(row, column.attname)
            if column.name.endswith("_sealed"):
                said[column.name.removesuffix("_sealed")] = unseal(value)
            elif column.name.endswith("_by"):
                said[column.name] = self._by(value)
            elif column.name not in LEFT_OUT and not column.is_relation:
                said[column.name] = value.isoformat() if isinstance(value, date) else value
        return said

    def _post(self, post: Post) -> Said:
        versions = [self._version(version, fields) for version, fields in self._versions(post)]
        return {
            "campaign": post.campaign,
            "kind": post.kind,
            "since": _at(post.loaded_at),
            "emptied_at": _at(post.emptied_at),
            "versions": versions,
            "being_written": self._being_written(post),
            "other_pictures": self._came_in(post),
        }

    def _being_written(self, post: Post) -> list[Said]:
        """What somebody has typed and not saved yet, as far as it names nobody else."""
        own = {self.who.reference}
        if post in self.only_theirs:
            own.add("")
        typed = [drafts.draft_of(post, draft.user) for draft in post.drafts.order_by("pk")]
        return [_texts(kept.fields) for kept in typed if kept and named_by(kept.fields) in own]

    def _came_in(self, post: Post) -> list[str]:
        """The pictures that came in for it, and may be in no version."""
        if post not in self.only_theirs:
            return []
        names = [self._upload(upload.digest) for upload in post.uploads.all()]
        return list(filter(None, names))

    def _versions(self, post: Post) -> Iterator[tuple[Version, Fields]]:
        """Those that tell of them: a post may have been another person's before, or have had no person yet."""
        read = [(each, fields_in(each.source)) for each in post.versions.order_by("number")]
        was_anothers = any(
            named_by(fields) not in ("", self.who.reference) for _, fields in read
        )
        for version, fields in read:
            named = named_by(fields)
            is_theirs = named == self.who.reference or not (named or was_anothers)
            if fields is not None and is_theirs:
                yield version, fields

    def _version(self, version: Version, fields: Fields) -> Said:
        pictures = [
            {"file": self._upload(Path(picture.file).stem), "described_as": dict(picture.alts)}
            for picture in fields.pictures
        ]
        return {
            "number": version.number,
            "at": _at(version.at),
            "by": TEAM,
            "texts": _texts(fields),
            "pictures": pictures,
        }

    def _upload(self, digest: str) -> str:
        """The name of a picture that came in for a post; "" where it is gone."""
        upload = Upload.objects.filter(digest=digest).first()
        if upload is None:
            return ""
        return self._file(self.uploads / upload.file_name, digest)

    def _file(self, path: Path, digest: str) -> str:
        """The name of a picture by its SHA-256; "" where it is gone, or another one lies there by now."""
        try:
            data = path.read_bytes()
        except OSError:  # it was deleted, or is on another machine
            return ""
        if papers.digest_of(data) != digest:
            return ""
        # Of two folders, two files may have one name.
        name = f"pictures/{digest[:16]}{path.suffix}"
        self.files[name] = data
        return name

    def _delivery(self, delivery: Delivery) -> Said:
        wanted = json.loads(delivery.pictures) if delivery.pictures else []
        pictures = [
            {
                "file": self._file(Path(each["file"]), each["sha256"]),
                "described_as": each["alt"],
            }
            for each in wanted
        ]
        return {
            "network": delivery.network,
            "channel": delivery.channel,
            "language": delivery.language,
            "status": delivery.status,
            "due_at": _at(delivery.due_at),
            "published_at": _at(delivery.published_at),
            "url": delivery.url,
            "text": delivery.text,
            "pictures": pictures,
            "answers": [self._word(word) for word in self._words(delivery)],
            "attempts": list(_attempts(delivery)),
        }

    def _words(self, delivery: Delivery) -> QuerySet[FinalWord]:
        return delivery.final_words.filter(consent__storyteller=self.who).order_by("pk")

    def _word(self, word: FinalWord) -> Said:
        return self._columns(word)

    def _withdrawal(self, asked: Withdrawal) -> Said:
        copies = [
            {
                **self._columns(copy),
                "network": copy.delivery.network,
                "url": copy.delivery.url,
            }
            for copy in asked.takedowns.select_related("delivery").order_by("pk")
        ]
        return {**self._columns(asked), "copies": copies}

    def _log(self) -> Iterator[Said]:
        reference = self.who.reference
        about = Q(reason=reference) | Q(reason__startswith=f"{reference} ")
        theirs = Q(delivery__in=self.deliveries) | Q(post__in=self.only_theirs)
        for event in Event.objects.filter(about | theirs).order_by("at", "pk"):
            yield {
                "at": _at(event.at),
                "what": event.action,
                "by": self._by(event.actor),
                "from": event.from_status,
                "to": event.to_status,
            }


def _texts(fields: Fields) -> Said:
    return {language: dict(forms) for language, forms in fields.texts.items()}


def _attempts(delivery: Delivery) -> Iterator[Said]:
    for attempt in delivery.attempts.order_by("number", "pk"):
        yield {
            "at": _at(attempt.started_at),
            "outcome": attempt.outcome,
            "url": attempt.url,
        }


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
