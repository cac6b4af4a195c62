"""What an approval is given to: the text and the pictures, by their hashes, which are checked again when they are sent."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from campaign.content.pictures import BadPicture, clean
from campaign.content.post import PostPicture as PictureFile
from campaign.core.foreign import reason_of
from campaign.core.sentence import Sentence
from campaign.delivery.pictured import pictures_in
from campaign.publishers.network import PictureLimits
from campaign.publishers.publisher import Picture

ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


class NotAsApproved(Exception):
    """A picture is not the one that was approved, or cannot be used; the text is a sentence for a person."""


class CannotRead(Exception):
    """A picture cannot be read now, which may pass; the text is a sentence for a person."""


def fingerprint(text: str, pictures: str = "", link: str = "") -> str:
    """What an approval is given to: the very text, alt texts, pictures, and the link beside them, by their SHA-256."""
    # Without a link it is what it was before there were any: what was approved then stays approved.
    beside = f"\0{link}" if link else ""
    return hashlib.sha256(f"{text}\0{pictures}{beside}".encode()).hexdigest()


def frozen(pictures: Sequence[PictureFile], language: str) -> str:
    """Which pictures these are, as a JSON list: file, SHA-256 of its bytes, and alt text. "" without pictures."""
    if not pictures:
        return ""
    values = [
        {
            "file": str(picture.file.resolve()),
            "sha256": _hash(picture.file),
            "alt": picture.alts.get(language, ""),
        }
        for picture in pictures
    ]
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def thawed(text: str, limits: PictureLimits) -> tuple[Picture, ...]:
    """The pictures of a text that `frozen` made, as they go out: free of metadata, within the network's limits.

    Raises NotAsApproved for a file that is gone or another one, and CannotRead for one that cannot be read now."""
    wanted = pictures_in(text)
    return tuple(_ready(picture, number, limits) for number, picture in enumerate(wanted, 1))


def _ready(wanted: dict[str, str], number: int, limits: PictureLimits) -> Picture:
    path = Path(wanted["file"])
    try:
        source = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise NotAsApproved(
            Sentence(
                "The picture {0} is not there any more: put it back, or approve the post anew.",
                path.name,
            )
        ) from None
    except OSError as problem:
        sentence = Sentence(
            "The picture {0} cannot be read now ({1}), and nothing was posted.",
            path.name,
            reason_of(problem),
        )
        raise CannotRead(sentence) from None
    if hashlib.sha256(source).hexdigest() != wanted["sha256"]:
        raise NotAsApproved(
            Sentence(
                "The picture {0} is not the one that was approved: load and approve the post anew.",
                path.name,
            )
        )
    try:
        cleaned = clean(
            source,
            max_bytes=limits.max_bytes,
            max_side=min(limits.max_width, limits.max_height),
            media_types=limits.media_types,
        )
    except BadPicture as problem:
        raise NotAsApproved(problem.of(path.name)) from None
    name = f"picture-{number}.{ENDINGS[cleaned.media_type]}"
    return Picture(cleaned.data, cleaned.media_type, name, wanted["alt"])


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""  # the hash of no file: when it is sent, it is not the one that was approved
