"""ONNX files: made from a net, run, and made smaller.

onnx and onnxruntime are part of the book's build, not of a reader's notebook; hence the imports inside.
"""

import logging
import tempfile
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import torch
from torch import nn

OPSET = 18
"""The version of ONNX's operators that the files use; ONNX Runtime Web knows it."""
TO_RUN = ("onnx", "onnxruntime", "psutil")
"""Packages that it takes to run an ONNX file within limits, and no part of the package's own needs."""
TO_WRITE = ("onnxscript", *TO_RUN)
"""Those that it takes to write one and run it."""


def missing_packages(needed: Sequence[str]) -> str:
    """Give the command that installs those of some packages that are missing; nothing where all are there."""
    missing = [name for name in needed if find_spec(name) is None]
    return f"pip install {' '.join(missing)}" if missing else ""


def onnx_file(
    model: nn.Module, example: torch.Tensor, input_name: str = "input", output_name: str = "output"
) -> bytes:
    """Write a net as ONNX, for batches of any size.

    Args:
        model: One input, one output.
        example: Two inputs, shape (2, ...).
        input_name: What the file calls its input.
        output_name: What the file calls its output.

    Returns:
        The file; it names nothing of this machine.
    """
    was_training = model.training
    batch = {0: torch.export.Dim("batch")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter, about itself
        program = torch.onnx.export(
            model.eval(),
            (example,),
            input_names=[input_name],
            output_names=[output_name],
            dynamic_shapes=(batch,),
            opset_version=OPSET,
            dynamo=True,
            verbose=False,
        )
    model.train(was_training)
    assert program is not None
    written = program.model_proto
    for part in (written, written.graph, *written.graph.node):
        del part.metadata_props[:]  # lines of source with their paths
    return bytes(written.SerializeToString())


def answers(content: bytes, inputs: torch.Tensor) -> torch.Tensor:
    """Run an ONNX file on inputs of shape (count, ...)."""
    import onnxruntime

    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    return torch.from_numpy(session.run(None, {"input": inputs.numpy()})[0])


def smaller(content: bytes, weights: str) -> bytes:
    """Store an ONNX file's weights in fewer bits.

    Args:
        content: The file.
        weights: "float16" halves it; "int8" makes it a quarter, and multiplies in whole numbers.

    Returns:
        The smaller file, with the same float32 input and output.

    Raises:
        ValueError: If the weights are to be stored in another way.
    """
    import onnx

    if weights == "float16":
        from onnxruntime.transformers.float16 import convert_float_to_float16

        return bytes(
            convert_float_to_float16(onnx.load_from_string(content), keep_io_types=True).SerializeToString()
        )
    if weights == "int8":
        return with_int8_weights(content)
    raise ValueError(f"weights cannot be stored as {weights}; choose float32, float16 or int8")


def with_int8_weights(content: bytes) -> bytes:
    """Quantize the matrices of an ONNX file, each output's weights with a scale of their own."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder, "large.onnx"), Path(folder, "small.onnx")
        large.write_bytes(content)
        logging.disable(logging.WARNING)  # it advises a preparation that these files do not need
        try:
            # Seven bits of a weight's eight: with all of them, the sums overflow on processors without VNNI.
            quantize_dynamic(large, small, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
        finally:
            logging.disable(logging.NOTSET)
        return small.read_bytes()
