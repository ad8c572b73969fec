"""A network handed in as ONNX runs in a process of its own, in bounded time and memory, and alone."""

import json
import sys
import time
from itertools import combinations
from pathlib import Path

import numpy as np
import psutil
import pytest
import torch
from academy.compete.refused import Refused
from academy.competitions.fashion import onnx_models
from academy.sandbox import onnx_run
from onnx import TensorProto
from onnx_graphs import BIAS, FIRST, LINEAR, WEIGHT, node, value, written

pytestmark = pytest.mark.slow

IMAGES = torch.rand(700, 1, 28, 28, generator=torch.Generator().manual_seed(0))
GIGABYTES = 1.0


def whole(*numbers):
    return np.array(numbers, np.int64)


def refusal(content, seconds=60.0, gigabytes=GIGABYTES):
    begin = time.monotonic()
    with pytest.raises(Refused) as refused:
        onnx_models.run(content, IMAGES, seconds, gigabytes)
    assert time.monotonic() - begin < seconds + 20
    return short(str(refused.value))


def short(sentence):
    assert "\n" not in sentence
    assert len(sentence) <= 350
    return sentence


def test_it_computes_what_the_same_sums_give():
    logits, parameters = onnx_models.run(written(), IMAGES)
    expected = IMAGES.flatten(1).numpy() @ WEIGHT + BIAS
    np.testing.assert_allclose(logits, expected, rtol=1e-4, atol=1e-4)
    assert parameters == 784 * 10 + 10


def then(*nodes):
    return [*FIRST, *nodes]


def giant(*size):
    """Make zeros of a size out of two numbers, and add them up."""
    made = node("ConstantOfShape", "size", "zeros")
    return written(
        then(made, node("ReduceSum", "zeros", "sum"), node("Add", "first sum", "logits")),
        {"size": whole(*size)},
    )


def blown_up(operator, inputs, tensors, **attributes):
    """Make more and more of the logits, and take ten again."""
    nodes = [
        node(operator, inputs, "more", **attributes),
        node("ReduceMax", "more", "most"),
        node("Add", "first most", "logits"),
    ]
    return written(then(*nodes), tensors)


PADDED = {"kernel_shape": [1, 1], "pads": [200_000] * 4}
TOO_MUCH = {
    "zeros beyond all memory": giant(10**6, 10**6),
    "zeros beyond its memory": giant(2_000, 10**6),
    "a size that overflows": giant(2**40, 2**40),
    "Expand": blown_up("Expand", "first size", {"size": whole(10**7, 1, 1)}),
    "Tile": blown_up("Tile", "first size", {"size": whole(10**5, 10**5)}),
    "Pad": blown_up("Pad", "first size", {"size": whole(0, 0, 10**9, 10**9)}),
    "Resize": blown_up(
        "Resize", "images none scales", {"none": BIAS[:0], "scales": np.array([1, 1, 999, 999], np.float32)}
    ),
    "Conv": blown_up("Conv", "images one", {"one": np.ones((1, 1, 1, 1), np.float32)}, **PADDED),
    "Range": blown_up("Range", "a b c", {"a": np.float32(0), "b": np.float32(1e12), "c": np.float32(1)}),
    "OneHot": blown_up(
        "OneHot", "places depth both", {"places": whole(1), "depth": whole(2**40), "both": BIAS[:2]}
    ),
}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_asks_for_too_much_memory_is_refused(name):
    before = psutil.Process().memory_info().rss
    sentence = refusal(TOO_MUCH[name])
    assert "ONNX Runtime cannot" in sentence or "used more than 1 GB of memory" in sentence
    assert "onnxruntime_src" not in sentence
    assert psutil.Process().memory_info().rss - before < 200e6


@pytest.mark.timeout(120)
def test_ten_million_nodes_are_refused_before_they_fill_the_memory():
    nodes = b"\x0a\x00" * 9_900_000
    content = b"\x3a" + varint(len(nodes)) + nodes + b"\x42\x04\x0a\x00\x10\x12"
    sentence = refusal(content)
    assert "GB of memory" in sentence or "nodes" in sentence


def varint(number):
    """Write a length as protobuf does."""
    digits = []
    while number > 127:
        digits.append(number & 127 | 128)
        number >>= 7
    return bytes([*digits, number])


@pytest.mark.timeout(60)
def test_what_takes_too_long_is_ended():
    steps = [node("MatMul", f"x{step} square", f"x{step + 1}") for step in range(1000)]
    grown = [node("Flatten", "images", "x0"), *steps, node("MatMul", "x1000 weight", "logits")]
    square = np.eye(784, dtype=np.float32) * 0.99
    sentence = refusal(written(grown, {"square": square}), seconds=3)
    assert sentence == "model.onnx did not stop when its time was over; it has 3 seconds and 1 GB"
    assert not any(onnx_run.__name__ in " ".join(each.cmdline()) for each in psutil.Process().children())


COMPANY = {
    "the mean of the batch": then(
        node("ReduceMean", "first axis", "mean"), node("Sub", "first mean", "logits")
    ),
    "the number of pictures": then(
        node("Shape", "images", "count", end=1),
        node("Cast", "count", "number", to=TensorProto.FLOAT),
        node("Div", "first number", "logits"),
    ),
    "the place in the batch": then(node("CumSum", "first first_axis", "logits")),
    "the neighbor": then(
        node("Slice", "first minus_one far first_axis minus_one", "logits"),
    ),
    "the neighbor, in a whisper": then(
        node("Slice", "first minus_one far first_axis minus_one", "turned"),
        node("Mul", "turned tiny", "logits"),
    ),
    "the neighbor, where all else is a tie": then(
        node("Slice", "first minus_one far first_axis minus_one", "turned"),
        node("Mul", "turned tiny", "whisper"),
        node("Mul", "first nothing", "tie"),
        node("Add", "tie whisper", "logits"),
    ),
    "whether there is company at all": then(
        node("Shape", "images", "count", end=1),
        node("Equal", "count one", "alone"),
        node("Neg", "first", "opposite"),
        node("Where", "alone opposite first", "logits"),
    ),
}


def said_by_the_program(folder, content):
    """Do what the process does with a file that harms nobody, without starting one."""
    (folder / onnx_models.FILE).write_bytes(content)
    np.save(folder / onnx_run.IMAGES_FILE, IMAGES.numpy())
    onnx_run.main(folder)
    return short(json.loads((folder / onnx_run.OUTCOME_FILE).read_text()).get("refused", "nothing"))


@pytest.mark.parametrize("name", COMPANY)
def test_a_picture_must_not_depend_on_its_company(name, tmp_path):
    tensors = {"axis": whole(0), "first_axis": whole(0), "minus_one": whole(-1), "far": whole(-(2**62))}
    tensors |= {"tiny": np.float32(1e-7), "nothing": np.float32(0), "one": whole(1)}
    said = said_by_the_program(tmp_path, written(COMPANY[name], tensors))
    assert "each picture must be judged by itself" in said


def test_the_order_of_the_pictures_is_another_each_time(monkeypatch):
    orders, runs = [], np.arange(1000)
    pictures = torch.tensor(runs, dtype=torch.float32).view(-1, 1, 1, 1).expand(-1, 1, 28, 28)

    def watched(command, seconds, gigabytes, folder, environment):
        shown = np.load(f"{folder}/{onnx_run.IMAGES_FILE}")[:, 0, 0, 0]
        orders.append(shown.tolist())
        logits = np.zeros((1000, 10), "<f4")
        logits[:, 3] = shown
        Path(folder, onnx_run.LOGITS_FILE).write_bytes(logits.tobytes())
        Path(folder, onnx_run.OUTCOME_FILE).write_text('{"parameters": 1}')

    monkeypatch.setattr("academy.sandbox.limits.run_limited", watched)
    for _ in range(3):
        logits, _ = onnx_models.run(written(), pictures)
        assert logits[:, 3].tolist() == runs.tolist(), "each answer stands by its picture"
    for one, other in combinations([runs.tolist(), *orders], 2):
        assert sorted(one) == sorted(other)
        assert sum(here == there for here, there in zip(one, other, strict=True)) < 20


def test_outputs_must_be_what_they_are_said_to_be(tmp_path):
    lines = [node("Flatten", "images", "flat"), node("Gemm", "flat wide", "logits")]
    open_end = [value("logits", "N", "M")]
    wide = written(lines, {"wide": np.zeros((784, 11), np.float32)}, outputs=open_end)
    eleven = "the output is float32 of shape [500, 11]; it must be float32 of shape [500, 10]"
    assert eleven in said_by_the_program(tmp_path, wide)
    nan = written(then(node("Log", "first", "logits")))
    assert "not a finite number" in said_by_the_program(tmp_path, nan)
    misfit = written(lines, {"wide": np.zeros((783, 10), np.float32)})
    assert "ONNX Runtime cannot" in said_by_the_program(tmp_path, misfit)


def test_the_judge_speaks_through_the_process():
    assert refusal(b"no network") == "model.onnx is no ONNX file, or cut off"


def test_what_the_process_leaves_is_not_trusted(tmp_path):
    outcome, logits = tmp_path / "outcome.json", tmp_path / "logits.bin"
    for content in (
        b"",
        b"[" * 5000,
        b"3",
        b"{}",
        b'{"parameters": "many"}',
        b'{"refused": 3}',
        bytes(20_000),
    ):
        outcome.write_bytes(content)
        logits.write_bytes(bytes(4 * 10 * 5))
        with pytest.raises(Refused, match="ended the program"):
            onnx_models.read_outcome(tmp_path, 5, 100)
    outcome.write_text(json.dumps({"parameters": 7}))
    assert onnx_models.read_outcome(tmp_path, 5, 100)[1] == 7
    for size in (0, 100, 4 * 10 * 6):
        logits.write_bytes(bytes(size))
        with pytest.raises(Refused, match="ended the program"):
            onnx_models.read_outcome(tmp_path, 5, 100)
    outcome.write_text(json.dumps({"refused": "\x1b[31mred\n\ud800\u202e" + "x" * 9000}))
    with pytest.raises(Refused) as refused:
        onnx_models.read_outcome(tmp_path, 5, 100)
    assert str(refused.value).startswith("\ufffd[31mred \ufffd\ufffdxxx")
    assert len(str(refused.value)) == 350


def test_a_program_that_crashes_is_a_sentence(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert "ended the program that ran it" in refusal(written())


def test_without_its_packages_it_says_what_to_install(monkeypatch):
    content = written()
    monkeypatch.setattr("academy.web.onnx_files.find_spec", lambda name: None)
    assert "packages are missing: pip install onnx onnxruntime psutil" in refusal(content)


def test_the_process_gets_nothing_of_the_environment(monkeypatch):
    given = {}
    monkeypatch.setenv("SECRET_TOKEN", "password")
    monkeypatch.setattr(
        "academy.sandbox.limits.run_limited",
        lambda command, seconds, gigabytes, folder, environment: given.update(environment),
    )
    with pytest.raises(Refused):
        onnx_models.run(written(LINEAR), IMAGES)
    assert given.keys() == {"PYTHONPATH", "OMP_NUM_THREADS"}
