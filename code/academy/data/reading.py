"""A picture that somebody brings: read as upright RGB, or refused with a sentence that says what to do."""

import codecs
import io
import re
import warnings
from contextlib import suppress
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from academy.foreign import cleaned

MOST_PIXELS = 50_000_000
"""A picture with more is refused before it is decoded; reading as many takes up to 450 MB for a moment."""
MOST_BYTES = 100_000_000
"""A file with more is refused before it is read."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
"""What is decoded, by Pillow's names; none of them runs another program, as EPS would."""
SUFFIXES = (
    ".jpg",
    ".jpeg",
    ".png",
    ".webp",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".avif",
    ".heic",
    ".heif",
    ".svg",
)
"""How files end that their owner takes for pictures, whatever is in them."""
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
"""What stands at the start of the files that phones by Apple write."""
START = 64
"""Bytes at the start of a file that tell what it is."""
DEEP_GRAY = ("I", "I;16", "I;16B", "I;16L", "I;16N")
"""Pillow's modes for 16 bits a pixel."""
LONGEST_NAME = 60
"""Characters of a file's name that a sentence repeats."""
INSTEAD = "Choose a picture as JPEG, PNG or WebP."


class Unreadable(ValueError):
    """A picture that cannot be read; the text is a sentence for the person who brought it."""


def read_picture(source: Path | bytes, name: str | None = None) -> Image.Image:
    """Read a picture as a person sees it.

    Args:
        source: A file, or the bytes of one.
        name: What a sentence calls it; by default the file's name.

    Returns:
        The first frame in RGB, turned upright as its EXIF data say; what is transparent lies on white.

    Raises:
        Unreadable: If it is no picture, is damaged, or has more than 50 million pixels or 100 MB. Nothing
            larger than that is decoded.
    """
    if isinstance(source, Path):
        return read_picture(read_content(source, name), name or source.name)
    called = in_quotes(name) if name else "The picture"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of decoders, about what is slightly wrong
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with opened(source, called) as picture:
            return decoded(picture, called)


def read_content(path: Path, name: str | None = None) -> bytes:
    """Read a file that is not too large, and nothing but a regular file.

    Args:
        path: The file.
        name: What a sentence calls it; by default the file's name.

    Raises:
        Unreadable: If it is not there, may not be read, or has more than 100 MB.
    """
    called = in_quotes(name or path.name)
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "is not there"
            raise Unreadable(f"{called} {what}. {INSTEAD}")
        if (size := path.stat().st_size) > MOST_BYTES:
            raise Unreadable(
                f"{called} has {size / 1e6:,.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read. "
                "Save the picture smaller."
            )
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(
            f"{called} cannot be read ({error.strerror or error}). Allow reading it, or choose another."
        ) from error


def in_quotes(name: str) -> str:
    """Write a name that somebody chose as it stands in a sentence."""
    return f"“{cleaned(name, LONGEST_NAME)}”"


def opened(content: bytes, called: str) -> Image.Image:
    """Read the head of a picture, and refuse what is none or too large.

    Raises:
        Unreadable: As in ``read_picture``; no pixel has been decoded then.
    """
    if why := why_no_picture(content):
        raise Unreadable(f"{called} {why}")
    try:
        picture = Image.open(io.BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many_pixels(called, int(re.findall(r"\d+", str(error))[0])) from error
    except Exception as error:  # a damaged head, too, makes trouble of many kinds
        raise Unreadable(
            f"{called} is damaged at its start, or of a kind that is not read. {INSTEAD}"
        ) from error
    if (pixels := picture.width * picture.height) > MOST_PIXELS:
        raise too_many_pixels(called, pixels)
    return picture


def decoded(picture: Image.Image, called: str) -> Image.Image:
    """Decode a picture whose head is good.

    Raises:
        Unreadable: If the rest of it is not.
    """
    try:
        return as_seen(picture)
    except Exception as error:  # decoders trip over damaged files in many ways
        raise Unreadable(
            f"{called} is damaged or cut off, so it cannot be read to its end. Copy, download or save it "
            "again, or choose another picture."
        ) from error


def too_many_pixels(called: str, pixels: int) -> Unreadable:
    """Say that a picture is too large."""
    return Unreadable(
        f"{called} has {pixels / 1e6:,.0f} million pixels; at most {MOST_PIXELS / 1e6:.0f} million are read. "
        "Save it smaller, for example 2,000 pixels wide."
    )


def why_no_picture(content: bytes) -> str | None:
    """Say why bytes are no picture that can be read, after the name; None where they may be one."""
    if not content:
        return f"is empty. {INSTEAD}"
    if is_picture(content):
        return None
    if is_heif(content):
        return (
            "is a HEIC picture, which is not read here. Save it as JPEG: a Mac exports it from Preview; for "
            "new pictures of an iPhone, choose Settings, Camera, Formats, Most Compatible."
        )
    if b"<svg" in content[:4096].lower():
        return "is a drawing in SVG, which is not read here. Save it as PNG."
    if is_text(content):
        return f"is a text, whatever its name says. {INSTEAD}"
    return f"is not a picture, or of a kind that is not read. {INSTEAD}"


def is_picture(start: bytes) -> bool:
    """Tell whether a file that begins so is of a kind that is read."""
    return (
        start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"))
        or (start[:4] == b"RIFF" and start[8:12] == b"WEBP")
        or (start[:2] == b"BM" and start[6:10] == bytes(4))
        or (start[4:8] == b"ftyp" and (b"avif" in start[8:START] or b"avis" in start[8:START]))
    )


def is_heif(start: bytes) -> bool:
    """Tell whether a file that begins so is what phones by Apple write."""
    return start[4:8] == b"ftyp" and start[8:12] in HEIF_BRANDS


def is_text(content: bytes) -> bool:
    """Tell whether bytes are written language: UTF-8 without a zero, as no picture is."""
    try:
        # The end may cut a character in two, which this decoder alone does not mind.
        return "\0" not in codecs.getincrementaldecoder("utf-8")().decode(content[:4096])
    except UnicodeDecodeError:
        return False


def as_seen(picture: Image.Image) -> Image.Image:
    """Decode a picture, and make of it what is seen; nothing is copied in vain, since it may be large."""
    picture.load()
    turn(picture)
    if picture.mode in DEEP_GRAY:
        picture = Image.fromarray((np.asarray(picture).clip(0, 65535) // 257).astype(np.uint8))
    if not picture.has_transparency_data:
        return picture if picture.mode == "RGB" else picture.convert("RGB")
    clear = picture if picture.mode == "RGBA" else picture.convert("RGBA")
    seen = Image.new("RGB", clear.size, "white")
    seen.paste(clear, mask=clear)
    return seen


def turn(picture: Image.Image) -> None:
    """Turn a picture as its EXIF data say; where these are damaged, leave it as it lies."""
    with suppress(Exception):  # the data are a small file of their own, and damaged in as many ways
        ImageOps.exif_transpose(picture, in_place=True)
