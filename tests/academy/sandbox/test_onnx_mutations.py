"""Whatever becomes of a file, judging and running it ends in an answer or in one sentence."""

import json
import random
import sys
from pathlib import Path

import academy
import numpy as np
import onnx
import pytest
from academy.sandbox.limits import run_limited
from onnx_graphs import node, written

MUTATIONS = 90
RUN_ALL = (
    "import sys; from pathlib import Path; from academy.sandbox.onnx_run import main; "
    "[main(Path(name)) for name in sys.argv[1:]]"
)
RANDOM = np.random.RandomState(0)
NET = written(
    [
        node("Conv", "images kernel", "maps", strides=[4, 4], pads=[1, 1, 1, 1]),
        node("Relu", "maps", "rectified"),
        node("MaxPool", "rectified", "pooled", kernel_shape=[2, 2], strides=[2, 2]),
        node("Reshape", "pooled flat", "features"),
        node("Gemm", "features weight bias", "logits"),
    ],
    {
        "kernel": RANDOM.randn(2, 1, 3, 3).astype(np.float32),
        "flat": np.array([-1, 18]),
        "weight": RANDOM.randn(18, 10).astype(np.float32),
    },
)
VALUES = {
    int: [0, -1, 1, 7, 2**31 - 1, 10**6],
    float: [0.0, float("nan"), float("inf"), -1e38],
    str: ["", "images", "logits", "\u202e\x1b[31m", "a" * 5000, "Loop", "Expand"],
    bytes: [b"", b"\xff" * 7, bytes(40)],
}


def other_bytes(chance, content):
    """Flip, insert, delete or cut off."""
    place, few = chance.randrange(len(content)), chance.randrange(1, 9)
    before, after = content[:place], content[place:]
    flipped = bytes([after[0] ^ 1 << chance.randrange(8)]) + after[1:]
    return before + chance.choice([flipped, chance.randbytes(few) + after, after[few:], b""])


def messages(message):
    """Yield a message and all that are inside of it."""
    yield message
    for field, value in message.ListFields():
        if field.type == field.TYPE_MESSAGE:
            for each in value if hasattr(value, "append") else [value]:
                yield from messages(each)


def other_fields(chance, content):
    """Change, repeat or take away one value somewhere in the graph."""
    model = onnx.load_model_from_string(content)
    message = chance.choice([each for each in messages(model) if each.ListFields()])
    field, value = chance.choice(message.ListFields())
    if not hasattr(value, "append"):
        if type(value) in VALUES and field.type != field.TYPE_ENUM:
            setattr(message, field.name, chance.choice(VALUES[type(value)]))
        else:
            message.ClearField(field.name)
    elif chance.random() < 0.5:
        value.append(value[0])
    else:
        value.pop(chance.randrange(len(value)))
    return model.SerializeToString()


@pytest.mark.timeout(90)
def test_a_mutated_file_gets_an_answer_or_a_sentence(tmp_path):
    chance = random.Random(0)
    folders = [tmp_path / str(index) for index in range(MUTATIONS)]
    for index, folder in enumerate(folders):
        folder.mkdir()
        content = (other_bytes, other_fields)[index % 2](chance, NET)
        (folder / "model.onnx").write_bytes(content)
        np.save(folder / "images.npy", np.random.RandomState(1).rand(30, 1, 28, 28).astype(np.float32))
    package = str(Path(academy.__path__[0]).parent)
    run_limited([sys.executable, "-c", RUN_ALL, *map(str, folders)], 60, 2, ".", {"PYTHONPATH": package})
    ran = 0
    for folder in folders:
        outcome = json.loads((folder / "outcome.json").read_text())
        if "refused" in outcome:
            assert outcome["refused"].isprintable()
            assert len(outcome["refused"]) < 350
        else:
            ran += 1
            assert (folder / "logits.bin").stat().st_size == 30 * 10 * 4
    assert 10 < ran < MUTATIONS - 40
