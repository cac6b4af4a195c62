"""What goes out of a picture is its pixels, upright and within limits, and nothing else that its file holds."""

import hashlib
import io
import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps, PngImagePlugin, features
from PIL.JpegImagePlugin import JpegImageFile

from campaign.content import pictures
from campaign.content.pictures import (
    JPEG,
    MAX_SOURCE,
    PNG,
    BadPicture,
    Clean,
    check_output,
    clean,
    inspect,
)

MARK = "Marie Tremblay"
NEVER_SENT = [
    MARK.encode(),
    *(b"Exif", b"http://ns.adobe.com/xap", b"Photoshop 3.0", b"ICC_PROFILE", b"\xff\xfe"),
    *(b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"tIME", b"iCCP", b"acTL"),
]
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a exif:GPSLatitude='45,30N'>{MARK}</a></x:xmpmeta>".encode()
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def cleaned(
    source: bytes,
    max_bytes: int = 5_000_000,
    max_side: int = 4096,
    types: tuple[str, ...] = (JPEG, PNG),
) -> Clean:
    return clean(source, max_bytes=max_bytes, max_side=max_side, media_types=types)


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pixels(picture: Clean) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


def photo(size: tuple[int, int] = (64, 48)) -> Image.Image:
    """Too many colours for a drawing, and no two corners alike."""
    across, down = (
        Image.linear_gradient("L").resize(size),
        Image.linear_gradient("L").rotate(90).resize(size),
    )
    return Image.merge("RGB", (across, down, Image.radial_gradient("L").resize(size)))


def noise(size: tuple[int, int]) -> Image.Image:
    block = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(251))
    return Image.frombytes(
        "RGB",
        size,
        (block * (size[0] * size[1] * 3 // len(block) + 1))[: size[0] * size[1] * 3],
    )


def upright_after(orientation: int) -> Image.Image:
    """Red above blue, once it is turned as the orientation says."""
    shown = Image.new("RGB", (32, 64), RED)
    shown.paste(BLUE, (0, 32, 32, 64))
    turns = {
        3: Image.Transpose.ROTATE_180,
        6: Image.Transpose.ROTATE_90,
        8: Image.Transpose.ROTATE_270,
    }
    return shown.transpose(turns[orientation])


def exif(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = MARK
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (45.0, 30.0, 12.0), "W", (73.0, 34.0, 1.0)
    return exif


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def with_segment(jpeg: bytes, marker: int, body: bytes) -> bytes:
    return jpeg[:2] + segment(marker, body) + jpeg[2:]


def chunk(name: bytes, body: bytes) -> bytes:
    return (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    )


def with_chunk(png: bytes, name: bytes, body: bytes) -> bytes:
    return png[:33] + chunk(name, body) + png[33:]


def jpeg_with_thumbnail() -> bytes:
    small = with_segment(written(Image.new("RGB", (16, 12), RED), "JPEG"), 0xFE, MARK.encode())
    # Little-endian TIFF: an empty first directory, then one that says where the thumbnail starts and how long it is.
    entries = struct.pack("<HHHLLHHLLL", 2, 0x0201, 4, 1, 44, 0x0202, 4, 1, len(small), 0)
    tiff = b"II*\0" + struct.pack("<LHL", 8, 0, 14) + entries
    return with_segment(written(photo(), "JPEG"), 0xE1, b"Exif\0\0" + tiff + small)


def jpeg_with_iptc() -> bytes:
    author = b"\x1c\x02\x50" + struct.pack(">H", len(MARK)) + MARK.encode()
    resource = (
        b"8BIM\x04\x04\0\0"
        + struct.pack(">L", len(author))
        + author
        + b"\0" * (len(author) % 2)
    )
    return with_segment(written(photo(), "JPEG"), 0xED, b"Photoshop 3.0\0" + resource)


def png_with_everything() -> bytes:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", MARK)
    text.add_text("Comment", MARK * 50, zip=True)
    text.add_itxt("XML:com.adobe.xmp", XMP.decode())
    png = written(photo(), "PNG", pnginfo=text, exif=exif(), icc_profile=SRGB, dpi=(72, 72))
    return with_chunk(
        with_chunk(png, b"tIME", bytes([7, 234, 1, 2, 3, 4, 5])), b"prVt", MARK.encode()
    )


def mpo() -> bytes:
    return written(
        photo(),
        "MPO",
        save_all=True,
        append_images=[Image.new("RGB", (64, 48), RED)],
        exif=exif(),
    )


SOURCES: dict[str, Callable[[], bytes]] = {
    "a JPEG with EXIF and a place": lambda: written(photo(), "JPEG", exif=exif()),
    "a JPEG with XMP": lambda: written(photo(), "JPEG", xmp=XMP),
    "a JPEG with a comment": lambda: written(photo(), "JPEG", comment=MARK),
    "a JPEG with a thumbnail": jpeg_with_thumbnail,
    "a JPEG with IPTC": jpeg_with_iptc,
    "a JPEG with an unknown segment": lambda: with_segment(
        written(photo(), "JPEG"), 0xEB, MARK.encode()
    ),
    "a JPEG with a colour profile": lambda: written(
        photo(), "JPEG", icc_profile=SRGB.replace(b"sRGB", MARK[:4].encode())
    ),
    "a JPEG with something after its end": lambda: written(photo(), "JPEG") + MARK.encode(),
    "a JPEG with a second picture": mpo,
    "a JPEG read bit by bit": lambda: written(photo(), "JPEG", progressive=True, exif=exif()),
    "a grey JPEG": lambda: written(photo().convert("L"), "JPEG", comment=MARK),
    "a JPEG for print": lambda: written(photo().convert("CMYK"), "JPEG", comment=MARK),
    "a PNG with all it can hold": png_with_everything,
    "a PNG with something after its end": lambda: written(photo(), "PNG") + MARK.encode(),
    "a transparent PNG": lambda: written(
        photo().convert("RGBA").rotate(45), "PNG", exif=exif()
    ),
    "a drawing": lambda: written(Image.new("RGB", (40, 30), RED), "PNG", exif=exif()),
    "a WEBP": lambda: written(photo(), "WEBP", exif=exif(), xmp=XMP),
    "a WEBP without loss": lambda: written(
        photo(), "WEBP", lossless=True, exif=exif(), xmp=XMP
    ),
}


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("types", [(JPEG, PNG), (PNG,), (JPEG,)])
def test_nothing_is_left_but_the_pixels(name: str, types: tuple[str, ...]) -> None:
    source = SOURCES[name]()
    assert any(mark in source for mark in NEVER_SENT)
    picture = cleaned(source, types=types)
    assert [mark for mark in NEVER_SENT if mark in picture.data] == []
    assert picture.media_type in types
    image = pixels(picture)
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert (image.size, Image.MIME[image.format or ""]) == (
        (picture.width, picture.height),
        picture.media_type,
    )
    assert picture.sha256 == hashlib.sha256(picture.data).hexdigest()


@pytest.mark.parametrize("name", SOURCES)
def test_the_same_picture_gives_the_same_bytes(name: str) -> None:
    source = SOURCES[name]()
    assert cleaned(source) == cleaned(source)


@pytest.mark.parametrize("name", SOURCES)
def test_a_clean_picture_can_be_cleaned_again(name: str) -> None:
    once = cleaned(SOURCES[name](), max_bytes=4000, max_side=50)
    twice = cleaned(once.data, max_bytes=4000, max_side=50)
    assert (
        twice.media_type,
        len(twice.data) <= 4000,
        max(twice.width, twice.height) <= 50,
    ) == (
        once.media_type,
        True,
        True,
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_turned_picture_is_set_upright(kind: str, orientation: int) -> None:
    picture = cleaned(written(upright_after(orientation), kind, exif=exif(orientation)))
    assert (picture.width, picture.height) == (32, 64)
    image = pixels(picture).convert("RGB")
    top, bottom = image.getpixel((16, 8)), image.getpixel((16, 56))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert top[0] > 200 > 50 > top[2]
    assert bottom[2] > 200 > 50 > bottom[0]


def test_every_orientation_is_set_upright_as_pillow_itself_does() -> None:
    for orientation in range(1, 9):
        source = written(noise((8, 6)), "PNG", exif=exif(orientation))
        expected = ImageOps.exif_transpose(Image.open(io.BytesIO(source)))
        assert pixels(cleaned(source)).tobytes() == expected.tobytes()


def test_an_orientation_that_does_not_exist_changes_nothing() -> None:
    assert cleaned(written(noise((8, 6)), "PNG", exif=exif(77))).width == 8


def odd_entry(tag: int) -> bytes:
    """EXIF in which a word stands where a number should."""
    return b"MM\0*" + struct.pack(">LHHHL4sL", 8, 1, tag, 2, 4, b"left", 0)


@pytest.mark.parametrize(
    "broken", [b"II*\0\xff\xff\xff\x7f", b"no TIFF", odd_entry(0x0112), odd_entry(0x8825)]
)
def test_broken_exif_does_not_keep_a_picture_from_being_sent(broken: bytes) -> None:
    source = with_segment(written(photo(), "JPEG"), 0xE1, b"Exif\0\0" + broken + MARK.encode())
    assert MARK.encode() not in cleaned(source).data
    assert inspect(source).tells_more


def test_a_place_that_cannot_be_read_is_told_as_other_data(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> None:
        raise SyntaxError

    monkeypatch.setattr(Image.Exif, "get_ifd", broken)
    look = inspect(written(photo(), "JPEG", exif=b"Exif\0\0" + odd_entry(0x0112)))
    assert (look.tells_place, look.tells_more) == (False, True)


def test_a_jpeg_stays_a_jpeg_and_a_drawing_stays_exact() -> None:
    drawing = Image.new("RGB", (40, 30), RED)
    assert cleaned(written(photo(), "JPEG")).media_type == JPEG
    assert cleaned(written(drawing, "JPEG")).media_type == JPEG
    assert cleaned(written(photo((400, 300)), "PNG")).media_type == JPEG
    assert cleaned(written(drawing, "WEBP", lossless=True)).media_type == PNG
    exact = cleaned(written(drawing, "PNG"))
    assert (exact.media_type, pixels(exact).tobytes()) == (PNG, drawing.tobytes())


def test_transparency_is_kept_where_the_network_takes_it_and_stands_on_white_elsewhere() -> (
    None
):
    clear = Image.new("RGBA", (20, 20), (*RED, 0))
    clear.paste((*RED, 255), (0, 0, 10, 20))
    kept, flat = cleaned(written(clear, "PNG")), cleaned(written(clear, "PNG"), types=(JPEG,))
    assert (kept.media_type, pixels(kept).getpixel((5, 5))) == (PNG, (*RED, 255))
    assert pixels(flat).getpixel((18, 10)) == WHITE


def test_what_was_erased_to_transparency_is_gone() -> None:
    clear = Image.new("RGBA", (20, 20), (*RED, 0))
    clear.paste((*GREEN, 255), (0, 0, 10, 20))
    assert pixels(cleaned(written(clear, "PNG"))).getpixel((15, 15)) == (0, 0, 0, 0)


def test_transparency_that_hides_nothing_is_left_out() -> None:
    assert pixels(cleaned(written(photo().convert("RGBA"), "PNG"), types=(PNG,))).mode == "RGB"


def test_a_palette_with_transparency_is_kept() -> None:
    image = Image.new("P", (20, 20), 0)
    image.putpalette([*RED, *GREEN])
    image.paste(1, (0, 0, 10, 20))
    picture = cleaned(written(image, "PNG", transparency=0))
    assert pixels(picture).getpixel((5, 5)) == (*GREEN, 255)
    assert pixels(picture).getpixel((15, 5)) == (0, 0, 0, 0)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_every_kind_of_colour_can_be_sent(mode: str, kind: str) -> None:
    picture = cleaned(written(photo().convert(mode), kind))
    assert pixels(picture).mode in {"RGB", "RGBA"}


def test_a_grey_picture_of_16_bits_keeps_its_greys() -> None:
    image = Image.frombytes(
        "I;16", (256, 1), b"".join(struct.pack("<H", grey * 257) for grey in range(256))
    )
    picture = pixels(cleaned(written(image, "PNG")))
    assert [picture.getpixel((grey, 0)) for grey in (0, 100, 255)] == [
        (0,) * 3,
        (100,) * 3,
        (255,) * 3,
    ]


def test_a_picture_for_print_keeps_its_colours() -> None:
    picture = pixels(cleaned(written(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG")))
    red, green, blue = picture.getpixel((8, 8))  # type: ignore[misc]
    assert (red > 230, green < 30, blue < 30) == (True, True, True)


def test_colours_are_brought_to_the_common_colour_space() -> None:
    swapped = SRGB.replace(b"rXYZ", b"tmp!").replace(b"gXYZ", b"rXYZ").replace(b"tmp!", b"gXYZ")
    for mode in ("RGB", "RGBA"):
        image = Image.new(mode, (8, 8), RED)
        red, green, blue = pixels(cleaned(written(image, "PNG", icc_profile=swapped))).getpixel(
            (4, 4)
        )  # type: ignore[misc]
        assert (red < 30, green > 230, blue < 30) == (True, True, True)


@pytest.mark.parametrize("profile", [b"no profile", SRGB[:200], SRGB.replace(b"RGB ", b"GRAY")])
def test_a_profile_that_cannot_be_applied_is_left_out(profile: bytes) -> None:
    assert (
        pixels(
            cleaned(written(Image.new("RGB", (8, 8), RED), "PNG", icc_profile=profile))
        ).getpixel((4, 4))
        == RED
    )


def test_without_colour_management_a_picture_is_sent_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing(*_: object) -> None:
        raise ImportError

    monkeypatch.setattr(ImageCms, "ImageCmsProfile", missing)
    picture = cleaned(written(Image.new("RGB", (8, 8), RED), "PNG", icc_profile=SRGB))
    assert pixels(picture).getpixel((4, 4)) == RED


def test_a_wide_picture_is_scaled_and_keeps_its_shape() -> None:
    picture = cleaned(written(photo((300, 200)), "JPEG"), max_side=150)
    assert (picture.width, picture.height) == (150, 100)
    line = cleaned(written(photo((300, 1)), "JPEG"), max_side=20)
    assert (line.width, line.height) == (20, 1)


def test_a_small_picture_is_not_enlarged() -> None:
    assert cleaned(written(Image.new("RGB", (1, 1)), "PNG")).width == 1


def test_too_many_bytes_cost_quality_first_and_then_size() -> None:
    source = written(noise((200, 150)), "PNG")
    best, worse, least = (
        cleaned(source),
        cleaned(source, max_bytes=20_000),
        cleaned(source, max_bytes=3_000),
    )
    assert len(best.data) > 20_000 >= len(worse.data) > 3_000 >= len(least.data)
    assert best.width == worse.width == 200 > least.width


def test_a_transparent_picture_with_too_many_bytes_gets_smaller_and_stays_transparent() -> None:
    source = written(noise((100, 80)).convert("RGBA").rotate(45), "PNG")
    picture = cleaned(source, max_bytes=8_000)
    assert (picture.media_type, pixels(picture).mode, picture.width < 100) == (
        PNG,
        "RGBA",
        True,
    )
    assert len(picture.data) <= 8_000


def test_limits_that_no_picture_can_meet_are_told() -> None:
    with pytest.raises(
        BadPicture,
        match="cannot be sent in 100 bytes as image/jpeg or image/png: save it as a smaller",
    ):
        cleaned(written(photo(), "JPEG"), max_bytes=100)
    with pytest.raises(BadPicture, match="as image/gif"):
        cleaned(written(photo(), "JPEG"), types=("image/gif",))


def refused(source: bytes) -> BadPicture:
    with pytest.raises(BadPicture) as by_clean:
        cleaned(source)
    with pytest.raises(BadPicture) as by_inspect:
        inspect(source)
    assert str(by_clean.value) == str(by_inspect.value)
    return by_clean.value


def png_head(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(
        b"IHDR", struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    )


@pytest.mark.parametrize("side", [6_400, 9_800, 20_000, 2**31 - 1])
def test_a_bomb_is_refused_before_it_is_decoded(side: int) -> None:
    # Its pixels are no pixels: decoding them would say "damaged".
    problem = refused(png_head(side, side) + chunk(b"IDAT", b"no pixels") + chunk(b"IEND", b""))
    assert str(problem) == "The picture has more than 40 million pixels: save a smaller one."


@pytest.mark.parametrize(
    ("width", "height"), [(8_064, 6_048), (8_160, 6_120), (12_000, 9_000), (60_000, 1_800)]
)
def test_a_photo_of_a_telephone_is_taken_whatever_its_size(width: int, height: int) -> None:
    source = written(Image.new("L", (width, height), 90), "JPEG")
    seen = inspect(source)
    assert (seen.width, seen.height) == (width, height)
    picture = cleaned(source, max_side=2_048)
    assert max(picture.width, picture.height) == 2_048
    assert picture.width / picture.height == pytest.approx(width / height, rel=0.02)


def test_a_large_photo_is_decoded_smaller_than_a_picture_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decoded: list[tuple[int, int]] = []
    load = JpegImageFile.load

    def noted(image: JpegImageFile) -> object:
        decoded.append(image.size)
        return load(image)

    monkeypatch.setattr(JpegImageFile, "load", noted)
    source = written(Image.new("L", (12_000, 9_000), 90), "JPEG")
    inspect(source)
    cleaned(source, max_side=20_000)
    assert decoded
    assert {width * height <= pictures.MAX_PIXELS for width, height in decoded} == {True}


def test_a_photo_that_is_cut_off_is_noticed_at_any_size() -> None:
    source = written(noise((800, 600)).resize((8_000, 6_000)), "JPEG")
    assert refused(source[: len(source) * 2 // 3]).code == "picture-broken"


@pytest.mark.parametrize(
    ("side", "options", "most"), [(11_000, {}, "110"), (8_100, {"progressive": True}, "64")]
)
def test_a_photo_that_takes_too_much_is_told_how_much_is_read(
    side: int, options: dict[str, object], most: str
) -> None:
    problem = refused(written(Image.new("L", (side, side), 90), "JPEG", **options))
    assert (
        str(problem) == f"The picture has more than {most} million pixels: save a smaller one."
    )


def test_a_true_bomb_is_refused() -> None:
    packer = zlib.compressobj(1)
    row = bytes(20_001)
    body = b"".join(packer.compress(row) for _ in range(20_000)) + packer.flush()
    bomb = png_head(20_000, 20_000) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    assert len(bomb) < 3_000_000
    assert refused(bomb).code == "picture-too-large"


@pytest.mark.parametrize("side", [6_400, 16_383])
def test_a_webp_bomb_is_refused(side: int) -> None:
    canvas = (side - 1).to_bytes(3, "little") * 2
    small = written(photo(), "WEBP")[12:]
    body = b"WEBPVP8X" + struct.pack("<LL", 10, 0) + canvas + small
    assert refused(b"RIFF" + struct.pack("<L", len(body)) + body).code in {
        "picture-too-large",
        "picture-broken",
    }


def test_a_jpeg_bomb_is_refused() -> None:
    jpeg = written(photo(), "JPEG")
    at = jpeg.index(b"\xff\xc0") + 5
    assert (
        refused(jpeg[:at] + struct.pack(">HH", 65_500, 65_500) + jpeg[at + 4 :]).code
        == "picture-too-large"
    )


def test_a_jpeg_of_endless_passes_is_refused() -> None:
    assert "takes too long to read" in str(
        refused(written(photo(), "JPEG") + b"\xff\xda" * 1001)
    )


def test_a_text_that_unpacks_without_end_is_harmless() -> None:
    bomb = b"Comment\0\0" + zlib.compress(bytes(70_000_000))
    source = with_chunk(written(photo(), "PNG"), b"zTXt", bomb)
    try:
        picture = cleaned(source)
    except BadPicture as problem:
        assert problem.code == "picture-broken"
    else:
        assert len(picture.data) < 10_000


def test_more_than_thirty_million_bytes_are_not_looked_at() -> None:
    problem = refused(written(photo(), "JPEG") + bytes(MAX_SOURCE + 1_000_000))
    assert (
        str(problem)
        == "The picture has 31 megabytes, and 30 at most are read: save a smaller one."
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_picture_cut_off_is_refused(kind: str, part: float) -> None:
    whole = written(photo(), kind)
    problem = refused(whole[: int(len(whole) * part)])
    assert (problem.code, "damaged or cut off" in str(problem)) == ("picture-broken", True)


@pytest.mark.parametrize(
    "source", [b"", b"Dear all,\n", b"<svg/>", b"RIFF\0\0\0\0WAVE", b"%PDF-1.7"]
)
def test_what_is_no_picture_is_refused(source: bytes) -> None:
    assert (
        str(refused(source))
        == "The picture is no JPEG, PNG or WEBP, whatever its name says: save it as JPEG or PNG."
    )


def test_a_gif_is_refused_with_its_own_words() -> None:
    gif = written(
        Image.new("P", (8, 8)), "GIF", save_all=True, append_images=[Image.new("P", (8, 8), 1)]
    )
    assert (
        str(refused(gif))
        == "The picture is a GIF: animations cannot be sent, so save a still picture as JPEG or PNG."
    )


def test_a_telephone_s_heic_is_refused_with_its_own_words() -> None:
    assert "is a HEIC picture, as telephones make them" in str(
        refused(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")
    )


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "GIF", "PPM", "ICO", "TGA", "JPEG2000"])
def test_other_kinds_of_picture_are_refused(kind: str) -> None:
    assert refused(written(photo(), kind)).code == "picture-type"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_is_refused_as_such(kind: str) -> None:
    problem = refused(
        written(photo(), kind, save_all=True, append_images=[Image.new("RGB", (64, 48), RED)])
    )
    assert (problem.code, "is an animation" in str(problem)) == ("picture-animated", True)


def test_the_sentence_can_name_the_picture() -> None:
    assert refused(b"").of("face.jpg").startswith("The picture face.jpg is no JPEG")


def test_a_look_tells_what_a_file_is_and_whether_it_tells_more() -> None:
    look = inspect(written(photo(), "JPEG"))
    assert (look.media_type, look.width, look.height) == (JPEG, 64, 48)
    assert (look.tells_place, look.tells_more) == (False, False)
    assert inspect(mpo()).media_type == JPEG


@pytest.mark.parametrize(
    "name",
    ["a JPEG with EXIF and a place", "a JPEG with XMP", "a PNG with all it can hold", "a WEBP"],
)
def test_a_look_tells_that_there_is_a_place(name: str) -> None:
    assert inspect(SOURCES[name]()).tells_place


@pytest.mark.parametrize(
    "name", ["a JPEG with a comment", "a JPEG with a thumbnail", "a JPEG with IPTC"]
)
def test_a_look_tells_that_there_is_more(name: str) -> None:
    look = inspect(SOURCES[name]())
    assert (look.tells_place, look.tells_more) == (False, True)


JPEG_BYTES, PNG_BYTES = (
    cleaned(written(photo(), "JPEG")).data,
    cleaned(written(photo(), "PNG"), types=(PNG,)).data,
)
NOT_BARE_JPEG = [
    b"",
    b"\xff\xd8",
    JPEG_BYTES[:-2],
    JPEG_BYTES + b"\0",
    JPEG_BYTES[:40],
    JPEG_BYTES[:2] + b"\0" + JPEG_BYTES[2:],
    JPEG_BYTES[:2] + b"\xff\xdb\0\0" + JPEG_BYTES[2:],
    *(
        with_segment(JPEG_BYTES, marker, b"Exif\0\0")
        for marker in (0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xFE, 0xCC)
    ),
    JPEG_BYTES[:2] + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\1\1" + bytes(3)) + JPEG_BYTES[20:],
]
NOT_BARE_PNG = [
    b"",
    PNG_BYTES[:8],
    PNG_BYTES[:-12],
    PNG_BYTES[:-1],
    PNG_BYTES + b"\0",
    PNG_BYTES[:-12] + chunk(b"IEND", b"more"),
    *(
        with_chunk(PNG_BYTES, name, b"")
        for name in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME", b"iCCP", b"prVt")
    ),
]


@pytest.mark.parametrize(
    ("media_type", "data"),
    [*((JPEG, d) for d in NOT_BARE_JPEG), *((PNG, d) for d in NOT_BARE_PNG)],
)
def test_the_last_look_refuses_whatever_is_not_the_picture(
    media_type: str, data: bytes
) -> None:
    with pytest.raises(BadPicture, match="still held more than its pixels"):
        check_output(data, media_type)


def test_the_last_look_takes_the_pieces_of_a_picture() -> None:
    check_output(JPEG_BYTES, JPEG)
    check_output(written(photo(), "JPEG", progressive=True, restart_marker_blocks=2), JPEG)
    check_output(with_chunk(PNG_BYTES, b"gAMA", bytes(4)), PNG)
    check_output(written(photo().convert("P"), "PNG", dpi=(72, 72), transparency=3), PNG)


def test_a_picture_that_fails_the_last_look_is_not_given_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        pictures, "_encoded", lambda *_: with_segment(JPEG_BYTES, 0xFE, b"a comment")
    )
    with pytest.raises(BadPicture, match="still held more"):
        cleaned(written(photo(), "JPEG"))


def test_this_pillow_reads_all_that_is_promised() -> None:
    assert all(features.check(feature) for feature in ("jpg", "zlib", "webp", "littlecms2"))


def either_way(source: bytes) -> None:
    """A file is cleaned, or refused in words, and nothing else happens."""
    try:
        picture = cleaned(source, max_bytes=20_000, max_side=100)
    except BadPicture as problem:
        assert str(problem).endswith(".")
    else:
        check_output(picture.data, picture.media_type)
        assert len(picture.data) <= 20_000 and max(picture.width, picture.height) <= 100
    try:
        inspect(source)
    except BadPicture as problem:
        assert str(problem).startswith("The picture ")


HEADS = [
    b"",
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\x20\0\0\0WEBPVP8 ",
    b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0",
    b"GIF89a",
]


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(HEADS), st.binary(max_size=200))
def test_any_bytes_are_cleaned_or_refused_in_words(head: bytes, rest: bytes) -> None:
    either_way(head + rest)


WHOLE = {name: make() for name, make in SOURCES.items()}


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_damaged_pictures_are_cleaned_or_refused_in_words(data: st.DataObject) -> None:
    source = bytearray(WHOLE[data.draw(st.sampled_from(sorted(WHOLE)))])
    # Most of what can go wrong stands at the beginning.
    places = st.one_of(
        st.integers(0, min(400, len(source) - 1)), st.integers(0, len(source) - 1)
    )
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=6)):
        source[place] = byte
    either_way(
        bytes(
            source[: data.draw(st.integers(0, len(source)))]
            if data.draw(st.booleans())
            else source
        )
    )


@settings(deadline=None, max_examples=30)
@given(
    st.integers(1, 90),
    st.integers(1, 90),
    st.sampled_from(["RGB", "RGBA", "L", "LA", "P"]),
    st.integers(1, 100),
)
def test_every_size_comes_out_within_its_limits(
    width: int, height: int, mode: str, max_side: int
) -> None:
    picture = cleaned(
        written(noise((width, height)).convert(mode), "PNG"), max_side=max_side, max_bytes=5_000
    )
    assert (
        picture.width <= max_side,
        picture.height <= max_side,
        len(picture.data) <= 5_000,
    ) == (
        True,
        True,
        True,
    )
