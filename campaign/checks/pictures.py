"""What is wrong with a post's pictures and with the words that stand for them."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from campaign.content.pictures import (
    JPEG,
    MAX_SOURCE,
    PNG,
    WEBP,
    BadPicture,
    Source,
    inspect,
    too_many_bytes,
)
from campaign.content.post import PostPicture
from campaign.core.finding import Finding, Place, error, info, warning
from campaign.core.sentence import Sentence, joined
from campaign.core.typed import unreadable

SHORT_ALT = 15
"""Characters below which a description hardly says what a picture shows."""
LONG_ALT = 250
"""Characters above which a description tires those who listen to it."""

_ENDINGS = {JPEG: (".jpg", ".jpeg", ".jpe", ".jfif"), PNG: (".png",), WEBP: (".webp",)}
_EVERY_ENDING = frozenset(chain.from_iterable(_ENDINGS.values()))
_FILE_NAME = re.compile(
    r"(?i)\S+\.(jpe?g|png|webp|gif|heic|tiff?|bmp)|(img|dsc[fn]?|pxl|dcim|screenshot)[-_ ]?\d\S*"
)
_SAYS_PICTURE = re.compile(
    r"(?i)(an? |the |une? |la |l['’])?"
    r"(image|photo|photograph|picture|graphic|photographie|graphique)( showing\b| of\b| de\b| des\b| du\b| d['’])"
)
_NOT_FOR_EARS = re.compile(r"(?i)https?://|\bwww\.|#\w")


def check_picture(path: Path, place: Place) -> Iterator[Finding]:
    """Whether a picture's file can be sent, and what of it will stay behind."""
    try:
        source = _read(path)
        seen = inspect(source) if source is not None else None
    except BadPicture as problem:
        yield error(problem.code, problem.of(path.name), place)
        return
    if seen is None:
        yield error("no-picture", _not_there(path), place)
        return
    yield from _name(path, seen, place)
    yield from _metadata(path, seen, place)


def check_alt(alt: str, language: str, place: Place, limit: int) -> Iterator[Finding]:
    """What is wrong with a picture's description; `limit` is the most characters that the network takes."""
    words = alt.strip()
    if not words:
        message = Sentence(
            "The picture has no alt.{0}: say what it shows, for those who cannot see it.",
            language,
        )
        yield error("missing-alt", message, place)
        return
    yield from _alt_length(words, language, place, limit)
    yield from _alt_words(words, language, place)


def check_number(pictures: Sequence[PostPicture], most: int) -> Iterator[Finding]:
    """More pictures than a post can have."""
    if len(pictures) > most:
        message = Sentence(
            "A post can have {0} pictures, and here are {1}: leave some out.",
            most,
            len(pictures),
        )
        yield error("too-many-pictures", message, pictures[most].place)


def _read(path: Path) -> bytes | None:
    """The file's bytes; None when it is not there, is no plain file or may not be read. Raises BadPicture when too large."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return None  # A pipe would be waited for without end.
        if status.st_size > MAX_SOURCE:
            raise too_many_bytes(status.st_size)
        with path.open("rb") as file:
            return file.read(MAX_SOURCE + 1)  # It may have grown since.
    except (OSError, ValueError):  # ValueError: a name that no file can have
        return None


def _not_there(path: Path) -> Sentence:
    """What to do about a picture that cannot be opened; what lies there under nearly its name is named."""
    for sign in unreadable(path.name.replace("\t", "\v").replace("\n", "\v")):
        # "photos\bench.jpg" between double quotation marks: \b is a sign of its own.
        return Sentence(
            "The name of the picture, “{0}”, holds a sign that nobody can read: write / for each {1} in it.",
            sign.around,
            "\\",
        )
    # A path of Windows is one long name elsewhere.
    written = Path(path.parent, *path.name.split("\\")) if "\\" in path.name else path
    beside = path.with_name(written.name)
    for wanted in (written, beside):
        there = _alike(wanted)
        if there and there != path:
            name = os.path.relpath(there, path.parent).replace(os.sep, "/")
            return Sentence(
                "The picture {0} is not there, and {1} is: write the name as it stands on the disk, small letters and capitals too.",
                path.name,
                name,
            )
    return Sentence("The picture {0} cannot be opened: put it beside the post.", path.name)


def _alike(path: Path) -> Path | None:
    """What stands in the same folder under this name, or one that people read as the same: with other capitals, accents
    made of other signs, or another ending for the same type."""
    try:
        names = sorted(os.listdir(path.parent))
    except OSError:
        return None
    for same in (str, _folded, _stem):
        for name in names:
            there = path.parent / name
            if same(name) == same(path.name) and there.suffix.lower() in _EVERY_ENDING:
                return there if there.is_file() else None
    return None


def _folded(name: str) -> str:
    return re.sub(r"[\s_-]+", "-", unicodedata.normalize("NFKC", name).casefold().strip())


def _stem(name: str) -> str:
    return _folded(Path(name).stem)


def _name(path: Path, seen: Source, place: Place) -> Iterator[Finding]:
    endings = _ENDINGS[seen.media_type]
    if path.suffix.lower() not in endings:
        kind = seen.media_type.removeprefix("image/").upper()
        message = Sentence(
            "The picture {0} is really a {1}: rename it to end in {2}.",
            path.name,
            kind,
            endings[0],
        )
        yield warning("picture-name", message, place)


def _metadata(path: Path, seen: Source, place: Place) -> Iterator[Finding]:
    stays = Sentence("It will not be sent, but it stays in the file.")
    if seen.tells_place:
        holds = Sentence("The picture {0} holds location data.", path.name)
        yield info("picture-location", joined((holds, stays)), place)
    elif seen.tells_more:
        holds = Sentence(
            "The picture {0} holds data about its origin, such as a camera, a time or a name.",
            path.name,
        )
        yield info("picture-metadata", joined((holds, stays)), place)


def _alt_length(words: str, language: str, place: Place, limit: int) -> Iterator[Finding]:
    length = len(words)
    if length > limit:
        message = Sentence(
            "The alt.{0} is {1} characters, {2} more than the {3} allowed: shorten it.",
            language,
            length,
            length - limit,
            limit,
        )
        yield error("alt-too-long", message, place)
    elif length > LONG_ALT:
        message = Sentence(
            "The alt.{0} is {1} characters, long to listen to: move details into the post.",
            language,
            length,
        )
        yield info("alt-long", message, place)
    elif length < SHORT_ALT:
        message = Sentence(
            "The alt.{0} is only {1} characters: say a little more of what the picture shows.",
            language,
            length,
        )
        yield warning("alt-short", message, place)


def _alt_words(words: str, language: str, place: Place) -> Iterator[Finding]:
    if _FILE_NAME.fullmatch(words):
        message = Sentence(
            "The alt.{0} looks like the name of a file: say what the picture shows.", language
        )
        yield warning("alt-file-name", message, place)
    if says := _SAYS_PICTURE.match(words):
        message = Sentence(
            'The alt.{0} begins with "{1}", which screen readers say already: leave it out.',
            language,
            says[0].strip(),
        )
        yield warning("alt-says-picture", message, place)
    if _NOT_FOR_EARS.search(words):
        message = Sentence(
            "The alt.{0} holds a link or a hashtag: put it into the post's text, not into a description.",
            language,
        )
        yield warning("alt-link", message, place)
