"""Judges and runs one ONNX file: ``python -m academy.sandbox.onnx_run FOLDER``, started within limits.

Reads `model.onnx` and `images.npy` in the folder; writes `outcome.json`, and `logits.bin` when all went well.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from academy.sandbox.onnx_graph import CLASSES, FILE, INPUT, OUTPUT, NotAllowed, judge, short
from academy.sandbox.onnx_plain import parameters_of, plain

IMAGES_FILE, LOGITS_FILE, OUTCOME_FILE = "images.npy", "logits.bin", "outcome.json"
BATCH, OTHER_BATCH = 500, 300
"""Pictures at a time: first in the order in which they come, then in another."""
ALONE = 100
"""So many pictures are shown one at a time as well."""
PREAMBLE = re.compile(
    r".*(Status Message|FAIL|INVALID_GRAPH|INVALID_ARGUMENT) ?: |/\S+:\d+ "
    r"|(virtual )?onnxruntime::.*?\)( const)? "
)
"""What ONNX Runtime says before it says what is wrong."""
MOST_CHANGED = 3
"""Pictures whose class may differ between the two: near ties, by rounding."""
TOLERANCE = 1e-3
"""By which a logit may differ between the two, relative to its size or 1."""


def main(folder: Path) -> None:
    """Judge and run the file of a folder, and write what came of it."""
    import numpy as np

    try:
        model = plain(judge((folder / FILE).read_bytes()))
        logits = run(model.SerializeToString(), np.load(folder / IMAGES_FILE))
    except NotAllowed as refusal:
        outcome: dict[str, Any] = {"refused": str(refusal)}
    else:
        (folder / LOGITS_FILE).write_bytes(logits.astype("<f4").tobytes())
        outcome = {"parameters": parameters_of(model)}
    (folder / OUTCOME_FILE).write_text(json.dumps(outcome), encoding="utf-8")


def run(content: bytes, images: Any) -> Any:
    """Run a plain model on pictures, in changing company and alone.

    Args:
        content: The model's file.
        images: Shape (count, 1, 28, 28), float32, in an order that the model cannot know.

    Returns:
        Logits, shape (count, 10), float32.

    Raises:
        NotAllowed: If it cannot be run, or a picture's logits depend on the others.
    """
    import numpy as np
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # Otherwise it would also take its own format, which nobody has judged.
    options.add_session_config_entry("session.load_model_format", "ONNX")
    try:
        session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # its errors share no other class
        raise NotAllowed(f"ONNX Runtime cannot load {FILE}: {cause(error)}") from None
    logits = in_batches(session, images, BATCH)
    chance = np.random.default_rng()  # differs each time
    for count, size in ((len(images), OTHER_BATCH), (ALONE, 1)):
        chosen = chance.permutation(len(images))[:count]
        compare(logits[chosen], in_batches(session, images[chosen], size))
    return logits


def compare(logits: Any, again: Any) -> None:
    """Refuse a network whose answers depend on more than the picture.

    Args:
        logits: Shape (count, 10).
        again: What the same pictures got in other company.
    """
    import numpy as np

    changed = int((logits.argmax(axis=1) != again.argmax(axis=1)).sum())
    if changed > MOST_CHANGED:
        raise NotAllowed(
            f"{changed:,} of {len(logits):,} pictures get another class with others in the batch; "
            "each picture must be judged by itself"
        )
    difference = np.abs(logits - again) / np.maximum(np.abs(logits), 1)
    if difference.max() > TOLERANCE:
        raise NotAllowed(
            f"the logits of a picture change by up to {difference.max():.2g} with the others in its batch; "
            "each picture must be judged by itself"
        )


def in_batches(session: Any, images: Any, size: int) -> Any:
    """Run pictures, so many at a time; return their logits."""
    import numpy as np

    logits = np.empty((len(images), CLASSES), np.float32)
    for start in range(0, len(images), size):
        batch = images[start : start + size]
        try:
            found = session.run([OUTPUT], {INPUT: batch})[0]
        except Exception as error:
            raise NotAllowed(f"ONNX Runtime cannot run {FILE}: {cause(error)}") from None
        if found.dtype != np.float32 or found.shape != (len(batch), CLASSES):
            raise NotAllowed(
                f"for {len(batch)} pictures the output is {found.dtype} of shape {list(found.shape)}; "
                f"it must be float32 of shape {[len(batch), CLASSES]}"
            )
        if not np.isfinite(found).all():
            raise NotAllowed("an output of the network is not a finite number")
        logits[start : start + size] = found
    return logits


def cause(error: Exception) -> str:
    """Say why ONNX Runtime gave up, without the places in its own source."""
    text = " ".join(str(error).split())
    node = re.search(r"while running (\w+) node", text)
    where = f"in {node[1]}, " if node else ""
    if re.search(r"alloc", text):
        return f"{where}it asks for more memory than there is"
    return where + short(PREAMBLE.sub("", text))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
