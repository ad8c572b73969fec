"""Judges and runs one ONNX file: ``python -m academy.sandbox.onnx_run FOLDER``, started within limits.

Reads `model.onnx` and `images.npy` in the folder; writes `outcome.json`, and `logits.bin` when all went well.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

from academy.sandbox.onnx_graph import CLASSES, FILE, INPUT, OUTPUT, NotAllowed, judge, short

IMAGES_FILE, LOGITS_FILE, OUTCOME_FILE = "images.npy", "logits.bin", "outcome.json"
BATCH, OTHER_BATCH = 500, 300
"""Pictures at a time, first in their order, then in another."""
PREAMBLE = re.compile(r".*(Status Message|FAIL|INVALID_GRAPH|INVALID_ARGUMENT) ?: |/\S+:\d+ ")
"""What ONNX Runtime says before it says what is wrong."""
MOST_CHANGED = 3
"""Pictures whose class may differ between the two: near ties, by rounding."""
TOLERANCE = 1e-3
"""By which a logit may differ between the two, relative to its size or 1."""


def main(folder: Path) -> None:
    """Judge and run the file of a folder, and write what came of it."""
    import numpy as np

    content = (folder / FILE).read_bytes()
    try:
        parameters = judge(content)
        logits = run(content, np.load(folder / IMAGES_FILE))
    except NotAllowed as refusal:
        outcome: dict[str, Any] = {"refused": str(refusal)}
    else:
        (folder / LOGITS_FILE).write_bytes(logits.astype("<f4").tobytes())
        outcome = {"parameters": parameters}
    (folder / OUTCOME_FILE).write_text(json.dumps(outcome), encoding="utf-8")


def run(content: bytes, images: Any) -> Any:
    """Run a judged file on pictures, twice in other company.

    Args:
        content: The file.
        images: Shape (count, 1, 28, 28), float32.

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
    in_order = np.arange(len(images))
    shuffled = np.random.RandomState(0).permutation(len(images))
    logits = in_batches(session, images, in_order, BATCH)
    again = in_batches(session, images, shuffled, OTHER_BATCH)
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
    return logits


def in_batches(session: Any, images: Any, order: Any, size: int) -> Any:
    """Run pictures in the given order; return their logits in their own."""
    import numpy as np

    logits = np.empty((len(images), CLASSES), np.float32)
    for start in range(0, len(order), size):
        chosen = order[start : start + size]
        try:
            found = session.run([OUTPUT], {INPUT: images[chosen]})[0]
        except Exception as error:
            raise NotAllowed(f"ONNX Runtime cannot run {FILE}: {cause(error)}") from None
        if found.dtype != np.float32 or found.shape != (len(chosen), CLASSES):
            raise NotAllowed(
                f"for {len(chosen)} pictures the output is {found.dtype} of shape {list(found.shape)}; "
                f"it must be float32 of shape {[len(chosen), CLASSES]}"
            )
        if not np.isfinite(found).all():
            raise NotAllowed("an output of the network is not a finite number")
        logits[chosen] = found
    return logits


def cause(error: Exception) -> str:
    """Say why ONNX Runtime gave up, without the places in its own source."""
    text = " ".join(str(error).split())
    node = re.search(r"while running (\w+) node", text)
    where = f"in {node[1]}, " if node else ""
    if re.search(r"alloc", text):
        return f"{where}it asks for more memory than there is"
    return where + short(
        re.sub(r".*(Status Message|FAIL|INVALID_GRAPH|INVALID_ARGUMENT) ?: |/\S+:\d+ ", "", text)
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
