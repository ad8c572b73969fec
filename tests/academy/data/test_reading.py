"""Pictures as people bring them: every kind is read as it is seen, and every bad one gets a sentence."""

import io
import os
import random
import struct
import tracemalloc
import zlib
from pathlib import Path

import numpy as np
import pytest
from academy.data.reading import Unreadable, is_picture, read_picture
from PIL import Image

RED, GREEN, WHITE = (255, 0, 0), (0, 255, 0), (255, 255, 255)


def saved(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def two_halves() -> Image.Image:
    """Red above, green below, taller than wide."""
    picture = Image.new("RGB", (8, 16), GREEN)
    picture.paste(RED, (0, 0, 8, 8))
    return picture


def sentence_on(source: Path | bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_picture(source)
    text = str(refused.value)
    assert text[0] in "T“"
    assert text.endswith(".")
    assert "Error" not in text
    return text


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP", "TIFF"])
def test_a_picture_without_loss_is_read_pixel_by_pixel(kind: str) -> None:
    picture = read_picture(saved(two_halves(), kind))
    assert picture.mode == "RGB"
    np.testing.assert_array_equal(np.asarray(picture), np.asarray(two_halves()))


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "AVIF"])
def test_a_picture_with_loss_is_read_nearly_so(kind: str) -> None:
    picture = read_picture(saved(two_halves().resize((80, 160)), kind, quality=95))
    assert (
        np.abs(
            np.asarray(picture.resize((8, 16), Image.Resampling.BOX)) - np.asarray(two_halves(), float)
        ).mean()
        < 12
    )


def test_a_file_is_read_like_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "halves.png").write_bytes(saved(two_halves()))
    assert read_picture(tmp_path / "halves.png").getpixel((0, 0)) == RED


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_whatever_the_camera_held(orientation: int) -> None:
    lying = {
        1: lambda pixels: pixels,
        2: np.fliplr,
        3: lambda pixels: np.rot90(pixels, 2),
        4: np.flipud,
        5: lambda pixels: pixels.swapaxes(0, 1),
        6: lambda pixels: np.rot90(pixels, 1),
        7: lambda pixels: np.rot90(pixels.swapaxes(0, 1), 2),
        8: lambda pixels: np.rot90(pixels, 3),
    }[orientation]
    pixels = np.random.default_rng(0).integers(0, 256, (6, 4, 3), dtype=np.uint8)
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = saved(Image.fromarray(np.ascontiguousarray(lying(pixels))), exif=exif)
    np.testing.assert_array_equal(np.asarray(read_picture(content)), pixels)


def test_sixteen_bits_of_gray_stand_upright_too() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = Image.fromarray(np.zeros((4, 6), dtype=np.uint16))
    assert read_picture(saved(lying, exif=exif)).size == (4, 6)


def test_exif_data_that_are_damaged_leave_the_picture_as_it_lies() -> None:
    content = saved(two_halves(), "JPEG", exif=b"Exif\0\0" + b"MM\0*\xff\xff\xff\xff" + bytes(range(40)))
    assert read_picture(content).size == (8, 16)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "PA"])
def test_what_is_transparent_lies_on_white(mode: str) -> None:
    clear = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (0, 0, 2, 4))
    picture = read_picture(saved(clear.convert(mode), "TIFF" if mode == "PA" else "PNG"))
    assert [picture.getpixel(place) for place in [(0, 0), (3, 3)]] == [(0, 0, 0), WHITE]


def test_half_transparent_red_on_white_is_pink() -> None:
    red, green, blue = read_picture(saved(Image.new("RGBA", (1, 1), (255, 0, 0, 128)))).getpixel((0, 0))
    assert (red, green, blue) == (255, 127, 127)


def test_a_palette_with_a_transparent_color_lies_on_white() -> None:
    picture = two_halves().quantize(2)
    green = picture.getpixel((0, 15))
    read = read_picture(saved(picture, transparency=green))
    assert (read.getpixel((0, 0)), read.getpixel((0, 15))) == (RED, WHITE)


def test_a_transparent_color_of_an_rgb_picture_lies_on_white() -> None:
    read = read_picture(saved(two_halves(), transparency=GREEN))
    assert (read.getpixel((0, 0)), read.getpixel((0, 15))) == (RED, WHITE)


def test_sixteen_bits_of_gray_keep_their_shades() -> None:
    deep = Image.fromarray(np.array([[0, 32_896, 65_535]], dtype=np.uint16))
    for kind in ("PNG", "TIFF"):
        read = read_picture(saved(deep, kind))
        assert [read.getpixel((column, 0))[0] for column in range(3)] == [0, 128, 255]


def test_sixteen_bits_a_color_keep_their_shades() -> None:
    head = struct.pack(">IIBBBBB", 1, 1, 16, 2, 0, 0, 0)
    content = png(head, b"\0" + struct.pack(">HHH", 65_535, 32_896, 0))
    assert read_picture(content).getpixel((0, 0)) == (255, 128, 0)


def test_inks_of_a_printer_become_light() -> None:
    inks = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    red, green, blue = read_picture(saved(inks, "JPEG", quality=95)).getpixel((8, 8))
    assert red > 200
    assert max(green, blue) < 50


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_black_white_gray_and_palettes_become_rgb(mode: str) -> None:
    read = read_picture(saved(Image.new("RGB", (4, 4), "white").convert(mode)))
    assert (read.mode, read.getpixel((0, 0))) == ("RGB", WHITE)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_frame_is_seen(kind: str) -> None:
    frames = [Image.new("RGB", (32, 32), color) for color in (RED, GREEN)]
    content = saved(frames[0], kind, save_all=True, append_images=frames[1:])
    red, green, _ = read_picture(content).getpixel((16, 16))
    assert red > 240
    assert green < 15


def test_no_picture_at_all_is_told() -> None:
    assert "is empty" in sentence_on(b"")


def test_a_text_named_png_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "cat.png").write_text("Ceci n’est pas un chat.")
    assert sentence_on(tmp_path / "cat.png") == (
        "“cat.png” is a text, whatever its name says. Choose a picture as JPEG, PNG or WebP."
    )


def test_a_text_that_is_cut_within_a_letter_is_a_text() -> None:
    assert "is a text" in sentence_on(("x" + "é" * 5_000).encode())


def test_other_bytes_are_no_picture() -> None:
    assert "is not a picture" in sentence_on(random.Random(0).randbytes(500))


def test_a_drawing_in_svg_is_told_to_become_png() -> None:
    assert "SVG" in sentence_on(b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"></svg>')


def test_postscript_is_never_handed_to_another_program() -> None:
    assert "is a text" in sentence_on(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n")


@pytest.mark.parametrize("brand", [b"heic", b"mif1"])
def test_heic_is_told_to_become_jpeg(brand: bytes) -> None:
    text = sentence_on(b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0mif1heic" + bytes(100))
    assert "HEIC" in text
    assert "JPEG" in text


def test_a_folder_and_what_is_not_there_are_told(tmp_path: Path) -> None:
    assert "is a folder" in sentence_on(tmp_path)
    assert "is not there" in sentence_on(tmp_path / "gone.png")


def test_a_name_is_shown_as_text_on_one_line(tmp_path: Path) -> None:
    (tmp_path / "a\n\x1b[31mb.png").write_bytes(b"")
    assert sentence_on(tmp_path / "a\n\x1b[31mb.png").startswith("“a \ufffd[31mb.png” is empty")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_picture_that_is_cut_off_is_told(kind: str) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    content = saved(Image.fromarray(noise), kind)
    text = sentence_on(content[: len(content) // 2])
    assert "damaged" in text


def png(head: bytes, lines: bytes) -> bytes:
    """Write a PNG by hand, whose head may promise anything."""
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def promising(width: int, height: int, bits: int = 1) -> bytes:
    """A tiny PNG that says that it is large."""
    return png(struct.pack(">IIBBBBB", width, height, bits, 0, 0, 0, 0), b"\0")


@pytest.mark.parametrize("side", [7_100, 10_000, 20_000, 60_000])
def test_too_many_pixels_are_refused_by_the_head_alone(side: int) -> None:
    tracemalloc.start()
    text = sentence_on(promising(side, side))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert f"{side * side / 1e6:,.0f} million pixels; at most 50 million" in text
    assert most < 1_000_000


def test_a_bomb_of_zeros_is_refused_before_it_unfolds() -> None:
    """A megabyte that would become a gigabyte."""
    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    assert "900 million pixels" in sentence_on(png(head, bytes(30_001) * 100))


def test_text_in_a_picture_that_unfolds_without_end_is_refused() -> None:
    whole = promising(1, 1, 8)
    data = b"Comment\0\0" + zlib.compress(bytes(20_000_000))
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    assert "damaged" in sentence_on(whole[:33] + chunk + whole[33:])


def test_a_file_of_too_many_bytes_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge.tif").open("wb") as file:
        file.truncate(3_000_000_000)
    assert "3,000 MB; at most 100 MB" in sentence_on(tmp_path / "huge.tif")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert "is not there" in sentence_on(tmp_path / "pipe.png")


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.png").write_bytes(saved(two_halves()))

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert "“secret.png” cannot be read (Permission denied)" in sentence_on(tmp_path / "secret.png")


def test_the_largest_picture_that_is_promised_to_be_read_is_read() -> None:
    assert read_picture(saved(Image.new("1", (10_000, 5_000)))).size == (10_000, 5_000)


def spoiled(content: bytes, chance: random.Random) -> bytes:
    """Change a few bytes, half of them near the start, where a picture says how it is to be read."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        changed[
            chance.randrange(min(120, len(changed)))
            if chance.random() < 0.5
            else chance.randrange(len(changed))
        ] = chance.randrange(256)
    return bytes(changed[: chance.randint(8, len(changed))] if chance.random() < 0.2 else changed)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "AVIF"])
def test_whatever_is_damaged_there_is_a_picture_or_a_sentence(kind: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = saved(two_halves(), kind, **({} if kind in ("GIF", "BMP") else {"exif": exif}))
    chance = random.Random(kind)
    for _ in range(400):
        try:
            assert read_picture(spoiled(content, chance)).mode == "RGB"
        except Unreadable as refused:
            assert str(refused).endswith(".")  # noqa: PT017


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP", "AVIF"])
def test_pictures_are_known_by_their_first_bytes(kind: str) -> None:
    assert is_picture(saved(two_halves(), kind)[:64])


@pytest.mark.parametrize("start", [b"BMW, Audi, Fiat", b"GIFT", b"%PDF-1.7", b"RIFF....WAVE", b""])
def test_other_files_are_not_taken_for_pictures(start: bytes) -> None:
    assert not is_picture(start)
