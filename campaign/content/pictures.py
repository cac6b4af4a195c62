"""Pictures made fit to send: the pixels alone, upright, within a network's limits.

Nothing of a file survives but its pixels. They are copied into a new image, so that no EXIF, place, XMP, IPTC, comment,
thumbnail, text or time can come along, and what is then written is read again, piece by piece, before it is given out.
What lies under fully transparent parts is blackened too: whoever erased a face expects it gone.
"""

import hashlib
import io
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageCms
from PIL.JpegImagePlugin import JpegImageFile

from campaign.core.sentence import Sentence

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
MAX_SOURCE = 30_000_000
"""Bytes of a file, at the most; a larger one is not opened."""
MAX_PIXELS = 40_000_000
"""Pixels of a picture as it is decoded. So many took some 330 megabytes of memory."""
MAX_PHOTO, MAX_PROGRESSIVE = 110_000_000, 64_000_000
"""Pixels of a JPEG, as telephones take of 48, 50 and 108 million: above MAX_PIXELS it is decoded at half its size, or less. One
that is built of layers is in memory as a whole all the same. 108 million took 200 megabytes, 64 million in layers 230."""

_TYPES = {"JPEG": JPEG, "MPO": JPEG, "PNG": PNG, "WEBP": WEBP}
"""By Pillow's names of formats. MPO is a JPEG with more pictures behind the first."""
_OTHERS = (
    (
        re.compile(rb"GIF8"),
        Sentence("a GIF: animations cannot be sent, so save a still picture"),
    ),
    (
        re.compile(rb"(?s)....ftyp(hei|mif|msf)"),
        Sentence("a HEIC picture, as telephones make them: save it"),
    ),
)
_UPRIGHT = [Image.Transpose(turn) for turn in (0, 3, 1, 5, 4, 6, 2)]
"""What sets a picture of EXIF's orientations 2 to 8 upright: mirrored, on its head, both, and so on."""
_MOST_SCANS = 1000  # A JPEG has about ten; by chance, thirty million bytes of anything hold some 460 of the marks.
_METADATA = {"exif", "xmp", "photoshop", "comment"}
_QUALITIES = (90, 85, 78, 70, 60)
# Pictures take memory, and what Python does with warnings is one setting for all threads.
_ONE_AT_A_TIME = threading.Lock()


class BadPicture(Exception):
    """A picture that cannot be sent. Its text is a sentence for the user, `code` a word that programs can rely on."""

    def __init__(self, code: str, says: str) -> None:
        super().__init__(Sentence("The picture {0}", says))
        self.code = code
        self.says = says

    def of(self, name: str) -> str:
        """The same sentence with the picture's name."""
        return Sentence("The picture {0} {1}", name, self.says)


@dataclass(frozen=True, slots=True)
class Source:
    """A picture's file: its real type, its size in pixels, and whether it holds metadata."""

    media_type: str
    width: int
    height: int
    tells_place: bool
    tells_more: bool  #: any other metadata


@dataclass(frozen=True, slots=True)
class Clean:
    """A picture fit to send; `sha256` is of `data`, in hexadecimal."""

    data: bytes
    media_type: str
    width: int
    height: int
    sha256: str


def inspect(source: bytes) -> Source:
    """What a picture's file is, after decoding all of it. Raises BadPicture as `clean` does."""
    with _ONE_AT_A_TIME, _opened(source) as image:
        width, height = image.size
        _shrink(image, width, height)
        image.load()
        return Source(
            media_type=_TYPES[image.format or ""],
            width=width,
            height=height,
            tells_place=_tells_place(image),
            tells_more=_tells_more(image),
        )


def clean(
    source: bytes, *, max_bytes: int, max_side: int, media_types: tuple[str, ...]
) -> Clean:
    """The picture as it is sent: its pixels alone, at most `max_side` wide and high, in at most `max_bytes`.

    The same bytes, limits and version of Pillow give the same result. Raises BadPicture for what is no still JPEG, PNG
    or WEBP, is damaged, has more bytes than MAX_SOURCE or too many pixels, or cannot be brought within the limits.
    """
    with _ONE_AT_A_TIME:
        pixels, keep_exact = _pixels(source, max_side)
        picture = _fit(pixels, keep_exact, max_bytes, media_types)
    check_output(picture.data, picture.media_type)
    return picture


def check_output(data: bytes, media_type: str) -> None:
    """Read a written picture piece by piece; raise BadPicture if it holds anything but the picture itself."""
    is_bare = _is_bare_jpeg(data) if media_type == JPEG else _is_bare_png(data)
    if not is_bare:
        raise BadPicture(
            "picture-unclean",
            Sentence("still held more than its pixels after cleaning: save it anew as a PNG."),
        )


@contextmanager
def _opened(source: bytes) -> Iterator[Image.Image]:
    """The picture with its head read and judged. Whatever Pillow raises in the block becomes a BadPicture."""
    _judge_bytes(source)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns of odd metadata, which are not kept.
        try:
            with Image.open(io.BytesIO(source), formats=("JPEG", "PNG", "WEBP")) as image:
                _judge_head(image)
                yield image
        except BadPicture:
            raise
        except Image.DecompressionBombError as problem:  # more than Pillow opens
            most = MAX_PHOTO if source.startswith(b"\xff\xd8") else MAX_PIXELS
            raise _too_many_pixels(most) from problem
        # Damaged files make Pillow raise errors of nearly every kind.
        except Exception as problem:
            says = Sentence(
                "cannot be read, it is damaged or cut off: open it in a picture program and save it anew."
            )
            raise BadPicture("picture-broken", says) from problem


def _judge_bytes(source: bytes) -> None:
    if len(source) > MAX_SOURCE:
        raise too_many_bytes(len(source))
    for beginning, what in _OTHERS:
        if beginning.match(source):
            raise BadPicture("picture-type", Sentence("is {0} as JPEG or PNG.", what))
    is_webp = source.startswith(b"RIFF") and source.startswith(b"WEBP", 8)
    if not is_webp and not source.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        raise BadPicture(
            "picture-type",
            Sentence(
                "is no JPEG, PNG or WEBP, whatever its name says: save it as JPEG or PNG."
            ),
        )
    if source.startswith(b"\xff\xd8") and source.count(b"\xff\xda") > _MOST_SCANS:
        raise BadPicture(
            "picture-broken",
            Sentence("is built in an unusual way that takes too long to read: save it anew."),
        )


def too_many_bytes(size: int) -> BadPicture:
    """The error for a file of more than MAX_SOURCE bytes."""
    much = Sentence(
        "{0} megabytes, and {1} at most are read",
        f"{size / 1000000.0:.0f}",
        MAX_SOURCE // 10**6,
    )
    return BadPicture("picture-too-large", Sentence("has {0}: save a smaller one.", much))


def _judge_head(image: Image.Image) -> None:
    most = _most_pixels(image)
    if image.width * image.height > most:
        raise _too_many_pixels(most)
    if getattr(image, "n_frames", 1) > 1 and image.format != "MPO":
        raise BadPicture(
            "picture-animated",
            Sentence("is an animation, and only still pictures can be sent: save one of them."),
        )


def _most_pixels(image: Image.Image) -> int:
    if not isinstance(image, JpegImageFile):
        return MAX_PIXELS
    return MAX_PROGRESSIVE if image.info.get("progressive") else MAX_PHOTO


def _too_many_pixels(most: int) -> BadPicture:
    says = Sentence("has more than {0} million pixels: save a smaller one.", most // 10**6)
    return BadPicture("picture-too-large", says)


def _shrink(image: Image.Image, width: int, height: int) -> None:
    """Has a JPEG decoded at half its size, a quarter or an eighth: no smaller than this, unless it had more than MAX_PIXELS."""
    part = next(
        part for part in (1, 2, 4, 8) if image.width * image.height <= MAX_PIXELS * part**2
    )
    # Pillow takes the smallest size that is no smaller than this; and it is asked once, since it heeds no second time.
    image.draft(None, (min(width, image.width // part), min(height, image.height // part)))


def _tells_place(image: Image.Image) -> bool:
    try:
        tags = set(image.getexif().get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # EXIF that cannot be read still counts as metadata.
        tags = set()
    if tags - {ExifTags.GPS.GPSVersionID}:  # cameras without a place write the version alone
        return True
    xmp = image.info.get("xmp")
    return isinstance(xmp, bytes) and b"GPSL" in xmp


def _tells_more(image: Image.Image) -> bool:
    return not _METADATA.isdisjoint(image.info) or bool(getattr(image, "text", None))


def _pixels(source: bytes, max_side: int) -> tuple[Image.Image, bool]:
    """The pixels alone, in a new image, and whether they lose much as a JPEG: they are transparent, or a drawing."""
    shown, orientation, drawing = _decoded(source, max_side)
    profile = shown.info.get("icc_profile")
    shown.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    if 2 <= orientation <= 8:
        shown = shown.transpose(_UPRIGHT[orientation - 2])
    shown = _standard_colours(shown, profile)
    alone = _alone(shown)
    return alone, drawing or alone.mode == "RGBA"


def _decoded(source: bytes, max_side: int) -> tuple[Image.Image, int, bool]:
    """The image, its EXIF orientation, and whether it is a drawing."""
    with _opened(source) as image:
        _shrink(image, 2 * max_side, 2 * max_side)  # in a part of the memory
        image.load()
        shown = _eight_bits(image)
        is_jpeg = _TYPES[image.format or ""] == JPEG
        # None: more colours than that.
        drawing = not is_jpeg and shown.getcolors(256) is not None
        return shown, _orientation(image), drawing


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # Unreadable EXIF tells no orientation.
        return 1


def _eight_bits(image: Image.Image) -> Image.Image:
    """The image in a mode that can be scaled: grey, colours, CMYK, or colours with transparency."""
    if image.mode.startswith("I"):
        # 16 bits a pixel; Pillow's own conversion would turn nearly all of it white.
        return image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in {"L", "RGB", "CMYK"} else image.convert("RGB")


def _standard_colours(image: Image.Image, profile: object) -> Image.Image:
    """The image in sRGB. A profile that cannot be applied is left out, as many programs that show pictures do."""
    if not isinstance(profile, bytes):
        return image
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        standard = ImageCms.profileToProfile(colours, own, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, ImportError, OSError, TypeError, ValueError):
        return image
    if standard and alpha:
        standard.putalpha(alpha)
    return standard or image


def _alone(image: Image.Image) -> Image.Image:
    """A new image with the same pixels; what no one can see of them is black."""
    if image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255):
        seen = image.getchannel("A").point(lambda alpha: 255 if alpha else 0)
        alone = Image.new("RGBA", image.size)
        alone.paste(image, mask=seen)
        return alone
    alone = Image.new("RGB", image.size)
    alone.paste(image if image.mode == "RGB" else image.convert("RGB"))
    return alone


def _fit(
    image: Image.Image, keep_exact: bool, max_bytes: int, media_types: tuple[str, ...]
) -> Clean:
    """The best of the image that `max_bytes` hold: first in ever lower quality, then ever smaller."""
    plans = _plans(keep_exact, image.mode == "RGBA", media_types)
    scale = 1.0
    while plans and scale > 0.02:  # What is too large even as a speck is given up.
        scaled = _scaled(image, scale)
        for media_type, quality in plans:
            data = _encoded(scaled, media_type, quality)
            if len(data) <= max_bytes:
                sha256 = hashlib.sha256(data).hexdigest()
                return Clean(data, media_type, scaled.width, scaled.height, sha256)
        scale *= min(0.8, (max_bytes / len(data)) ** 0.5)  # Bytes go with the area.
    says = Sentence(
        "cannot be sent in {0} bytes as {1}: save it as a smaller JPEG or PNG.",
        max_bytes,
        " or ".join(media_types),
    )
    raise BadPicture("picture-too-large", says)


def _plans(
    keep_exact: bool, transparent: bool, media_types: tuple[str, ...]
) -> list[tuple[str, int]]:
    """The types and qualities to try, best first. White shows through a transparent picture only as a last resort."""
    png = [(PNG, 0)] if PNG in media_types else []
    jpeg = [(JPEG, quality) for quality in _QUALITIES] if JPEG in media_types else []
    if transparent or not jpeg:
        return png or jpeg
    return png + jpeg if keep_exact else jpeg


def _scaled(image: Image.Image, scale: float) -> Image.Image:
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    if size == image.size:
        return image
    return _alone(image.resize(size, Image.Resampling.LANCZOS))


def _encoded(image: Image.Image, media_type: str, quality: int) -> bytes:
    out = io.BytesIO()
    if media_type == PNG:
        image.save(out, "PNG")
    else:
        _on_white(image).save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image)
    return paper


_JFIF, _SOS = 0xE0, 0xDA
_JPEG_PIECES = frozenset({_JFIF, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD, _SOS})
"""Markers, in order: JFIF, DQT, SOF0, SOF2, DHT, DRI, SOS."""
_END_OF_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7]")
_PNG_PIECES = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"gAMA", b"pHYs"}
)


def _is_bare_jpeg(data: bytes) -> bool:
    """Whether a JPEG (ITU-T T.81, annex B) has only the pieces that make the picture, and nothing after its end."""
    if not data.startswith(b"\xff\xd8"):
        return False
    at = 2
    while data[at : at + 2] != b"\xff\xd9":
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if not _is_known_piece(data[at : at + 9], length):
            return False
        is_scan = data[at + 1] == _SOS
        at += 2 + length
        if is_scan:  # its data have no length: they go on to the next marker
            end = _END_OF_SCAN.search(data, at)
            at = end.start() if end else len(data)
    return at + 2 == len(data)


def _is_known_piece(head: bytes, length: int) -> bool:
    """Whether these are the first bytes of a piece of a JPEG that makes the picture."""
    if len(head) < 2 or head[0] != 0xFF or head[1] not in _JPEG_PIECES or length < 2:
        return False
    if head[1] != _JFIF:
        return True
    return length == 16 and head[4:] == b"JFIF\0"  # longer with a thumbnail


def _is_bare_png(data: bytes) -> bool:
    """Whether a PNG (https://www.w3.org/TR/png-3/) has only the pieces that make the picture, and nothing after."""
    if not data.startswith(b"\x89PNG\r\n\x1a\n"):
        return False
    at, piece, length = 8, b"", 0
    while at + 12 <= len(data) and piece != b"IEND":
        length = int.from_bytes(data[at : at + 4], "big")
        piece = data[at + 4 : at + 8]
        if piece not in _PNG_PIECES:
            return False
        at += 12 + length
    return piece == b"IEND" and length == 0 and at == len(data)
