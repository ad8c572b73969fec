"""A malformed hand-in is refused in one sentence, quickly, in little memory, and nothing of it is run."""

import io
import json
import os
import pickle
import random
import resource
import struct
import zipfile

import pytest
import torch
from academy.cli import app
from academy.compete.entries import Status
from academy.competitions.spiral import scoring
from academy.competitions.spiral.scoring import score
from academy.data.spiral_density import Drawn
from hand_ins import TOML, refusal_of, tensors_of
from safetensors.torch import save, save_file
from typer.testing import CliRunner

GOOD = tensors_of([2, 6, 3, 1])
FEW_MEGABYTES = 50
"""By how much the memory of the process may grow."""


class Poison:
    """Writes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return os.system, (f"touch {self.path}",)


def header(table):
    text = json.dumps(table).encode()
    return struct.pack("<Q", len(text)) + text


def changed(name, tensor):
    return GOOD | {name: tensor}


TOMLS = {
    "no TOML": ("\x00\x01 not toml", "submission.toml cannot be read"),
    "half of it": (TOML[:60], "submission.toml cannot be read"),
    "deeply nested": ("a = " + "[" * 30_000, "submission.toml cannot be read"),
    "a number of a million digits": (f"seed = {'9' * 60_000}", "submission.toml cannot be read"),
    "too long": (TOML + "#" * 70_000, "more than 64,000 bytes"),
    "empty": ("", "submission.toml is empty"),
    "no name": (TOML.replace("name", "title"), "no entry name"),
    "a name of two lines": (
        TOML.replace("Six tanh", "Six\\ntanh"),
        "name in submission.toml must be one line",
    ),
    "an endless name": (TOML.replace("Six tanh", "x" * 1000), "1 to 80 printable characters"),
    "no claims": (TOML.partition("[claims]")[0], "no entry claims"),
    "claims that are a text": (TOML.replace("[claims]", 'claims = "many"\n[other]'), "claims in submission"),
    "percent claimed": (TOML.replace("0.5", "84.2"), "a share from 0 to 1"),
    "nan claimed": (TOML.replace("0.5", "nan"), "a share from 0 to 1"),
    "a script as link": (TOML.replace("https://example.org", "javascript:alert(1)//"), "https://"),
    "an unknown class": (TOML.replace("shallow", "widest"), "may be one-layer, shallow, deep, deep-wide"),
    "class and depth disagree": (TOML.replace("shallow", "deep"), "takes 10 hidden layers; widths name 2"),
    "ten million units": (TOML.replace("6, 3", "6, 10000000"), "from 1 to 64"),
    "negative units": (TOML.replace("6, 3", "6, -3"), "from 1 to 64"),
    "units that are a text": (TOML.replace("6, 3", '6, "3"'), "from 1 to 64"),
    "half a unit": (TOML.replace("6, 3", "6, 3.0"), "from 1 to 64"),
    "true units": (TOML.replace("6, 3", "6, true"), "from 1 to 64"),
    "ten thousand layers": (TOML.replace("6, 3", "6, " * 10_000 + "3"), "takes 2 hidden layers"),
    "no widths": (TOML.replace("[2, 6, 3, 1]", "[]"), "from 2 inputs to 1 output"),
    "three inputs": (TOML.replace("[2, 6", "[3, 6"), "from 2 inputs to 1 output"),
    "an unknown activation": (
        TOML.replace('"tanh", ', '"swish", '),
        "no activation swish; choose among ReLU",
    ),
    "an activation that is a list": (
        TOML.replace('"tanh", ', '["tanh"], '),
        "activations in submission.toml must",
    ),
    "an activation of a million bits": (
        TOML.replace('"tanh", ', f"0x{'f' * 50_000}, "),
        "activations in submission.toml must be texts",
    ),
    "an activation as deep as the limit": (
        TOML.replace('"tanh", ', "{" + ".".join("a" * 200) + " = 1}, "),
        "activations in submission.toml must be texts",
    ),
    "an activation a thousand dots deep": (
        TOML.replace('"tanh", ', "{" + ".".join("a" * 1000) + " = 1}, "),
        "more than 200 dots outside of texts",
    ),
    "a key of 31,000 dots": (".".join("a" * 31_000) + " = 1", "more than 200 dots outside of texts"),
    "dots behind a text of too many quotes": (
        'a = [ """x"""", {' + ".".join("b" * 20_000) + ' = 1}, "" ]',
        "more than 200 dots outside of texts",
    ),
    "an activation in Chinese": (
        TOML.replace('"tanh", ', '"双曲", '),
        "no activation 双曲; choose among ReLU",
    ),
    "an activation that commands": (
        TOML.replace('"tanh", ', '"\\u001b[2J\\u202e", '),
        "no activation \ufffd[2J\ufffd;",
    ),
    "too few activations": (TOML.replace('"tanh", ', ""), "2 hidden layers need as many activations"),
    "a narrow layer in deep-wide": (
        TOML.replace("shallow", "deep-wide").replace("6, 3", "6, 3, 2, 2, 2, 1, 2, 2, 2, 2"),
        "at least 2 units a layer",
    ),
}
TENSORS = {
    "a wrong shape": (changed("layers.1.weight", torch.zeros(3, 5)), "has the shape [3, 5]; the widths ask"),
    "transposed": (changed("layers.0.weight", torch.zeros(2, 6)), "has the shape [2, 6]; the widths ask"),
    "a missing tensor": (
        {k: v for k, v in GOOD.items() if k != "layers.2.bias"},
        "lacks the tensor layers.2",
    ),
    "an extra tensor": (GOOD | {"layers.3.weight": torch.zeros(1)}, "holds a tensor layers.3.weight"),
    "no tensors": ({}, "lacks the tensor layers.0.bias"),
    "nan": (changed("layers.0.bias", torch.full((6,), torch.nan)), "numbers that are not finite"),
    "infinity": (changed("layers.0.bias", torch.full((6,), torch.inf)), "numbers that are not finite"),
    "float64": (changed("layers.0.bias", torch.zeros(6).double()), "is of type F64, not F32"),
    "float16": (changed("layers.0.bias", torch.zeros(6).half()), "is of type F16, not F32"),
    "a name that commands": (
        {"\x1b]0;title\x07\u202e": torch.zeros(1)},
        "it holds \ufffd]0;title\ufffd\ufffd.",
    ),
    "integers": (changed("layers.0.bias", torch.zeros(6).long()), "is of type I64, not F32"),
    "a net that overflows": (changed("layers.2.weight", torch.full((1, 3), 3e38)), "not a finite number"),
}
SPAN = {"dtype": "F32", "shape": [6, 2], "data_offsets": [0, 48]}
FILES = {
    "an empty file": (b"", "model.safetensors is empty"),
    "three bytes": (b"\x10\x00\x00", "the header of model.safetensors claims"),
    "cut off": (save(GOOD)[:-20], "model.safetensors cannot be read"),
    "bytes too many": (save(GOOD) + b"\x00" * 20, "model.safetensors cannot be read"),
    "a header cut off": (save(GOOD)[:40], "the header of model.safetensors claims"),
    "a huge header": (struct.pack("<Q", 2**63) + b"{}", "claims 9,223,372,036,854,775,808 bytes"),
    "a large header": (struct.pack("<Q", 200_000) + b" " * 200_000, "there is room for 100,000"),
    "a header that is no JSON": (struct.pack("<Q", 8) + b"no JSON!", "header of model.safetensors cannot"),
    "a nested header": (struct.pack("<Q", 90_000) + b"[" * 90_000, "header of model.safetensors cannot"),
    "a header that is a list": (struct.pack("<Q", 2) + b"[]", "is no table of tensors"),
    "a tensor that is a number": (header({"layers.0.weight": 3}), "is of type none, not F32"),
    "half a surrogate pair": (
        header({"\ud800": {"dtype": "I64"}}),
        "the tensor \ufffd in model.safetensors is of",
    ),
    "half a surrogate pair as type": (header({"a": {"dtype": "\ud800"}}), "is of type \ufffd, not F32"),
    "half a surrogate pair among good names": (
        header({"\ud800": SPAN}) + bytes(48),
        "model.safetensors cannot be read",
    ),
    "a type of 90,000 characters": (header({"a": {"dtype": "x" * 90_000}}), f"of type {'x' * 39}…, not F32"),
    "a type that is nested": (header({"a": {"dtype": [[[]]]}}), "is of type none, not F32"),
    "a size beyond all numbers": (
        header({"layers.0.weight": {"dtype": "F32", "shape": [0, 2**62, 2**62], "data_offsets": [0, 0]}}),
        "model.safetensors cannot be read",
    ),
    "a hundred dimensions": (
        header({"layers.0.weight": {"dtype": "F32", "shape": [0] + [1] * 99, "data_offsets": [0, 0]}}),
        "model.safetensors cannot be read",
    ),
    "a tensor beyond the end": (header({"layers.0.weight": SPAN}), "model.safetensors cannot be read"),
    "a tensor of absurd shape": (
        header({"layers.0.weight": SPAN | {"shape": [2**40, 2**40]}}) + b"\x00" * 48,
        "model.safetensors cannot be read",
    ),
    "a negative place": (
        header({"layers.0.weight": SPAN | {"data_offsets": [-48, 0]}}),
        "model.safetensors cannot be read",
    ),
    "a name twice": (
        (lambda text: struct.pack("<Q", len(text)) + text)(b'{"a": {}, "a": {}}'),
        "a name occurs twice",
    ),
    "too large": (b"\x00" * 1_000_001, "more than 1,000,000 bytes"),
}


@pytest.fixture(autouse=True)
def _little_memory():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < FEW_MEGABYTES, f"{grown:.0f} MB more"


@pytest.fixture(scope="module", autouse=True)
def _loaded(tmp_path_factory):
    """What scoring any hand-in keeps in memory, such as the cells of the density, is there before."""
    place = tmp_path_factory.mktemp("first")
    (place / "submission.toml").write_text(TOML)
    save_file(GOOD, place / "model.safetensors")
    assert score(place).status is Status.BELOW


def refusal(place):
    return refusal_of(score(place))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", TOMLS)
def test_a_bad_description_is_refused(hand_in, name):
    toml, reason = TOMLS[name]
    assert reason in refusal(hand_in(toml))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", TENSORS)
def test_bad_weights_are_refused(hand_in, name):
    tensors, reason = TENSORS[name]
    assert reason in refusal(hand_in(tensors=tensors))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_of_weights_is_refused(hand_in, name):
    content, reason = FILES[name]
    place = hand_in()
    (place / "model.safetensors").write_bytes(content)
    assert reason in refusal(place)


def test_bytes_that_are_no_text_are_refused(hand_in):
    place = hand_in()
    (place / "submission.toml").write_bytes(b"\xff\xfe\x00name")
    assert "submission.toml is not saved as UTF-8" in refusal(place)


@pytest.mark.parametrize("write", [pickle.dump, torch.save], ids=["pickle", "torch.save"])
def test_a_pickle_is_refused_unopened(hand_in, tmp_path, write):
    place = hand_in()
    with (place / "model.safetensors").open("wb") as file:
        write(Poison(tmp_path / "executed"), file)
    assert "looks like a pickle" in refusal(place)
    assert not (tmp_path / "executed").exists()


@pytest.mark.timeout(20)
def test_nothing_outside_of_the_folder_is_read(hand_in, tmp_path):
    place = hand_in()
    secret = tmp_path / "secret.toml"
    secret.write_text("password")
    (place / "submission.toml").unlink()
    (place / "submission.toml").symlink_to(secret)
    assert "submission.toml is a link" in refusal(place)
    (place / "submission.toml").unlink()
    (place / "submission.toml").symlink_to("/dev/zero")
    assert "submission.toml is a link" in refusal(place)
    (place / "submission.toml").unlink()
    assert "there is no submission.toml" in refusal(place)
    os.mkfifo(place / "submission.toml")
    assert "submission.toml is no file" in refusal(place)
    (place / "submission.toml").unlink()
    (place / "submission.toml").mkdir()
    assert "submission.toml is no file" in refusal(place)
    (tmp_path / "linked").symlink_to(place)
    assert "linked is a link" in refusal(tmp_path / "linked")


def zipped(path, entries, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return path


def bomb():
    """A zip archive whose model unpacks to 100 MB."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("submission.toml", TOML)
        with archive.open("model.safetensors", "w") as file:
            for _ in range(100):
                file.write(bytes(1_000_000))
    return target.getvalue()


@pytest.mark.timeout(60)
def test_a_bad_archive_is_refused(tmp_path):
    weights = save(GOOD)
    good = [("submission.toml", TOML), ("model.safetensors", weights)]
    cases = {
        "cannot be read": b"no archive at all" * 10,
        "is empty": b"",
        "more than 1,000,000 bytes": bomb(),
        "more than 2,064,000 bytes": bytes(2_064_001),
    }
    for reason, content in cases.items():
        (tmp_path / "bad.zip").write_bytes(content)
        assert reason in refusal(tmp_path / "bad.zip")
    assert "no submission.toml at its top or in one folder" in refusal(
        zipped(tmp_path / "b.zip", [("../../x/submission.toml", TOML)])
    )
    assert "2 files submission.toml" in refusal(
        zipped(tmp_path / "c.zip", [("a/submission.toml", TOML), *good])
    )
    damaged = bytearray(zipped(tmp_path / "d.zip", good, zipfile.ZIP_STORED).read_bytes())
    damaged[damaged.index(b"Six tanh")] ^= 1
    (tmp_path / "d.zip").write_bytes(damaged)
    assert "cannot be read: Bad CRC-32" in refusal(tmp_path / "d.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "bad.zip", "c.zip", "d.zip"], (
        "unpacked"
    )


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_another_packing_than_deflate_is_refused_before_it_unpacks(tmp_path, packing):
    path = zipped(tmp_path / "bad.zip", [("submission.toml", TOML)], packing)
    assert "packed by a method other than deflate" in refusal(path)


def directory_entry(archive, name):
    """Where in an archive's bytes the directory's entry of a file begins."""
    return archive.index(b"PK\x01\x02", archive.index(name.encode(), archive.index(b"PK\x01\x02")) - 46)


@pytest.mark.parametrize(
    ("offset", "value", "reason"),
    [
        (8, struct.pack("<H", 1), "submission.toml in the zip archive is encrypted"),
        (8, struct.pack("<H", 1 << 6), "the zip archive cannot be read"),
        (10, struct.pack("<H", 99), "packed by a method other than deflate"),
        (24, struct.pack("<L", 3), "the zip archive cannot be read"),
        (24, struct.pack("<L", 60_000), "by the directory; pack it anew"),
        (42, struct.pack("<L", 7), "the zip archive cannot be read"),
    ],
    ids=["encrypted", "strongly", "packing 99", "too small", "too large", "elsewhere"],
)
def test_an_archive_that_lies_about_a_file_is_refused(tmp_path, offset, value, reason):
    path = zipped(tmp_path / "lies.zip", [("submission.toml", TOML), ("model.safetensors", save(GOOD))])
    content = bytearray(path.read_bytes())
    start = directory_entry(bytes(content), "submission.toml") + offset
    content[start : start + len(value)] = value
    path.write_bytes(content)
    assert reason in refusal(path)


def test_an_archives_link_out_of_it_is_not_followed(tmp_path):
    linked = zipfile.ZipInfo("submission.toml")
    linked.external_attr = 0o120777 << 16
    path = zipped(tmp_path / "link.zip", [(linked, "/etc/hostname"), ("model.safetensors", save(GOOD))])
    assert "submission.toml cannot be read" in refusal(path)


def test_the_command_says_the_sentence_and_ends_with_2(hand_in):
    place = hand_in(TOMLS["negative units"][0])
    done = CliRunner().invoke(app, ["compete", "spiral", "check", str(place)])
    assert done.exit_code == 2
    assert done.output == "refused: widths in submission.toml must be whole numbers from 1 to 64.\n"


@pytest.mark.timeout(60)
def test_dots_in_texts_and_comments_are_not_counted(hand_in):
    dots = "." * 900
    toml = TOML.replace("2,000 steps", f"{dots} 2,000 steps") + f"# {'.' * 9000}\n"
    toml += f'quoted = "{dots}\\"{dots}"\nliteral = \'{dots}"\'\nlines = """\n{dots}\n"""\n'
    assert score(hand_in(toml)).status is Status.BELOW


def test_what_windows_writes_is_read(hand_in, tmp_path):
    place = hand_in("\ufeff" + TOML.replace("\n", "\r\n"))
    files = [(f"folder\\{file.name}", file.read_bytes()) for file in place.iterdir()]
    for entry in (score(place), score(zipped(tmp_path / "MINE.ZIP", files))):
        assert entry.status is Status.BELOW


FUZZED = 40
"""Mutants of each kind of file."""


def mutant(content, draw):
    """Return bytes with a few changes, as damage and malice make them."""
    content = bytearray(content)
    for _ in range(draw.randint(1, 4)):
        start = draw.randrange(len(content) or 1)
        end = start + draw.choice([1, 2, 4, 8, 64])
        piece = bytes(content[start:end])
        content[start:end] = draw.choice(
            [
                b"",
                draw.randbytes(len(piece)),
                piece * draw.choice([2, 9, 300]),
                b"\xff" * len(piece),
                bytes(8),
            ]
        )
    return bytes(content[: draw.randrange(len(content) + 1)] if draw.random() < 0.15 else content)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", ["submission.toml", "model.safetensors", "zip"])
def test_no_mutation_of_a_hand_in_finds_a_fault_of_the_scorer(hand_in, tmp_path, monkeypatch, kind):
    monkeypatch.setattr(scoring, "drawn_accuracy", lambda logits_of, generator: Drawn(0.5, 1.0))  # for speed
    monkeypatch.setattr(
        scoring, "spiral_accuracy", lambda logits_of: float(0 * logits_of(torch.ones(1, 2)).detach() + 0.5)
    )
    draw = random.Random(0)
    place = hand_in()
    packed = zipped(tmp_path / "mine.zip", [(file.name, file.read_bytes()) for file in place.iterdir()])
    file = packed if kind == "zip" else place / kind
    good = file.read_bytes()
    for _ in range(FUZZED):
        file.write_bytes(mutant(good, draw))
        entry = score(packed if kind == "zip" else place)
        assert "its own fault" not in entry.reason
        entry.sentence.encode()
