"""R's data, from bytes written by hand after the manual, and damaged in every way."""

import gzip
import zlib
from pathlib import Path

import pytest
from academy.assets.cache import fetch
from academy.data.r_files import read_data, value_of

HEAD = b"X\n" + b"".join(number.to_bytes(4, "big") for number in (3, 0x040201, 0x030500, 5)) + b"UTF-8"
CLOSURE = 3


def number(value: int) -> bytes:
    return value.to_bytes(4, "big", signed=True)


def text(content: str | None) -> bytes:
    if content is None:
        return number(9) + number(-1)
    return number(9) + number(len(content.encode())) + content.encode()


def texts(*contents: str | None) -> bytes:
    return number(16) + number(len(contents)) + b"".join(map(text, contents))


def named(values: dict[str, bytes], symbol: bytes | None = None) -> bytes:
    tag = number(1) + text("names") if symbol is None else symbol
    attributes = number(2 | 1 << 10) + tag + texts(*values) + number(254)
    return number(19 | 1 << 9) + number(len(values)) + b"".join(values.values()) + attributes


def write(folder: Path, objects: dict[str, bytes]) -> None:
    places, blocks = {}, b""
    for name, content in objects.items():
        block = number(len(HEAD + content)) + zlib.compress(HEAD + content)
        places[name] = number(13) + number(2) + number(len(blocks)) + number(len(block))
        blocks += block
    seen = number(1 << 8 | 255)  # the first symbol once more
    index = named({"variables": named(places), "references": named({}, seen), "compressed": texts()})
    (folder / "Rdata.rdb").write_bytes(blocks)
    (folder / "Rdata.rdx").write_bytes(gzip.compress(HEAD + index))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (texts("a", "", None, "né🙂"), ["a", "", None, "né🙂"]),
        (number(13) + number(3) + number(-1) + number(0) + number(2**31 - 1), [-1, 0, 2**31 - 1]),
        (named({"first": texts("x"), "second": number(254)}), {"first": ["x"], "second": None}),
        (number(19) + number(1) + texts(), [[]]),
    ],
)
def test_a_value_is_what_was_written(content, expected):
    assert value_of(HEAD + content) == expected


def test_objects_are_found_by_their_names(tmp_path):
    write(tmp_path, {"one": texts("first", "second"), "other": texts("third")})
    assert read_data(tmp_path) == {"one": ["first", "second"], "other": ["third"]}


def test_a_function_is_refused():
    with pytest.raises(ValueError, match="R's kind 3, which is none"):
        value_of(HEAD + number(CLOSURE))


def test_wherever_a_value_is_cut_off_it_says_so():
    whole = HEAD + named({"first": texts("x", "y"), "second": number(13) + number(1) + number(5)})
    for length in range(len(whole)):
        with pytest.raises(ValueError, match=r"there should be .* more|begins with"):
            value_of(whole[:length])


def test_a_count_that_no_file_could_hold_takes_no_memory():
    with pytest.raises(ValueError, match="there should be 4 more"):
        value_of(HEAD + number(16) + number(2**31 - 1))


def test_lists_without_end_are_refused():
    with pytest.raises(ValueError, match="deeper than any data"):
        value_of(HEAD + (number(19) + number(1)) * 100_000)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda block: number(5) + block[4:], "does not become 5 bytes"),
        (lambda block: number(10_000) + block[4:], "does not become 10000 bytes"),
        (lambda block: block[:4] + b"no zlib" + block[11:], "cannot be unpacked"),
        (lambda block: block[:-8], "does not become|there should be"),
    ],
)
def test_a_damaged_block_is_named(tmp_path, damage, message):
    write(tmp_path, {"one": texts(*(f"word {place}" for place in range(200)))})
    blocks = tmp_path / "Rdata.rdb"
    blocks.write_bytes(damage(blocks.read_bytes()))
    with pytest.raises(ValueError, match=message):
        read_data(tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"", b"no gzip", gzip.compress(b"nothing of R"), gzip.compress(HEAD + texts())],
    ids=["empty", "no gzip", "nothing of R", "a value alone"],
)
def test_what_is_no_index_is_named(tmp_path, content):
    (tmp_path / "Rdata.rdx").write_bytes(content)
    (tmp_path / "Rdata.rdb").write_bytes(b"")
    with pytest.raises(ValueError, match=r"Rdata\.rdx is no index|begins with"):
        read_data(tmp_path)


def test_the_packaged_novels_are_read():
    found = read_data(fetch("austen"))
    assert {name: len(lines) for name, lines in found.items()} == {  # as the package's R has them
        "emma": 16_235,
        "mansfieldpark": 15_349,
        "northangerabbey": 7_856,
        "persuasion": 8_328,
        "prideprejudice": 13_030,
        "sensesensibility": 12_624,
    }
    assert (
        found["prideprejudice"][9]
        == "It is a truth universally acknowledged, that a single man in possession"
    )
