"""What people handed in about a story, sealed, in the folder of uploads: the signed consent, the story, its pictures.

Each storyteller has a folder of their own there, named by the reference, so that all of it can be erased at once."""

import base64
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Container
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from campaign.core.problem import Problem
from campaign.core.sentence import Sentence
from campaign.stories.vault import seal, unseal

LARGEST_PROOF = 10_000_000
"""Bytes of a signed consent."""
PROOFS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
"""How the files begin that a proof may be, and what they are."""
TALE = "story"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_REFERENCE = re.compile(r"S-[0-9]{4,12}")


@dataclass(frozen=True, slots=True)
class Tale:
    """A story as it was told: the words, their language, the SHA-256 of each picture, and whom to ask when its person
    cannot answer any more."""

    words: str
    language: str
    pictures: tuple[str, ...] = ()
    trusted: str = ""


def media_type(data: bytes) -> str:
    """What a proof is, by how it begins; "" when it is nothing that a proof may be."""
    return next((kind for beginning, kind in PROOFS.items() if data.startswith(beginning)), "")


def check_proof(data: bytes) -> None:
    """Raises Problem for what cannot be kept as the proof of a consent."""
    if len(data) > LARGEST_PROOF:
        raise Problem(
            Sentence("The proof is larger than 10 megabytes: scan or photograph it smaller.")
        )
    if not media_type(data):
        raise Problem(Sentence("The proof has to be a PDF, a JPEG or a PNG file."))


def digest_of(data: bytes) -> str:
    """The SHA-256, in hexadecimal, by which `keep` keeps it."""
    return hashlib.sha256(data).hexdigest()


def keep(uploads: Path, reference: str, data: bytes) -> str:
    """Seals data into the storyteller's folder. Returns the SHA-256, in hexadecimal, by which `read` gets it back.

    Raises Problem when it cannot be written, and Locked when there is no key to seal with.
    """
    digest = digest_of(data)
    _write(_folder(uploads, reference) / digest, seal(base64.b64encode(data).decode("ascii")))
    return digest


def read(uploads: Path, reference: str, digest: str) -> bytes | None:
    """What was kept under this SHA-256; None when there is nothing. Raises Locked when no present key fits, and Problem
    when it cannot be read."""
    if not _DIGEST.fullmatch(digest):
        return None
    sealed = _read(_folder(uploads, reference) / digest)
    return None if sealed is None else base64.b64decode(unseal(sealed))


def keep_tale(uploads: Path, reference: str, tale: Tale) -> None:
    """Seals a story as it was told, in place of the one that was there. Raises Problem as `keep` does."""
    _write(_folder(uploads, reference) / TALE, seal(json.dumps(asdict(tale))))


def tale_of(uploads: Path, reference: str) -> Tale | None:
    """The story as it was told; None when none was handed in, or it is erased. Raises Locked when no key fits."""
    sealed = _read(_folder(uploads, reference) / TALE)
    if sealed is None:
        return None
    fields = json.loads(unseal(sealed))
    return Tale(
        fields["words"], fields["language"], tuple(fields["pictures"]), fields["trusted"]
    )


def erase(uploads: Path, reference: str) -> None:
    """Deletes all that was handed in about a story; nothing when nothing is there. Raises Problem for no reference, and
    OSError where something of it is still there."""
    with suppress(FileNotFoundError):
        shutil.rmtree(_folder(uploads, reference))


def erase_told(
    uploads: Path, reference: str, proofs: Container[str], *, words: bool = True
) -> None:
    """As `erase`, of the words and the pictures that were told; or, without `words`, of the pictures alone. The proofs of
    consents, by their SHA-256, stay as long as there is a record. Raises OSError, and Locked when no key fits."""
    folder = _folder(uploads, reference)
    if not folder.is_dir():
        return
    tale = None if words else tale_of(uploads, reference)
    if tale is not None and tale.pictures:
        keep_tale(uploads, reference, replace(tale, pictures=()))
    for path in folder.iterdir():
        if path.name not in proofs and (words or path.name != TALE):
            path.unlink(missing_ok=True)


def _folder(uploads: Path, reference: str) -> Path:
    """The folder of a storyteller. Raises Problem for what is no reference: it becomes a part of a path."""
    if not _REFERENCE.fullmatch(reference):
        raise Problem(
            Sentence(
                "There is no such storyteller: write the reference of the record, such as S-0042."
            )
        )
    return uploads / "stories" / reference


def _read(path: Path) -> str | None:
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise Problem(
            Sentence(
                "What was submitted about this story cannot be read: please tell an admin."
            )
        ) from problem


def _write(path: Path, sealed: str) -> None:
    """The whole file or none; readable for the program alone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # In the same folder, so that it becomes the file in one step.
        handle, half = tempfile.mkstemp(dir=path.parent, prefix=".half-")
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(sealed)
        os.replace(half, path)
    except OSError as problem:
        raise Problem(
            Sentence(
                "What you sent could not be kept: please tell an admin, or try again later."
            )
        ) from problem
