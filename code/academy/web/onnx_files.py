"""ONNX files: made from a net, run, and made smaller.

onnx and onnxruntime are part of the book's build, not of a reader's notebook; hence the imports inside.
"""

import logging
import tempfile
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from torch import nn

OPSET = 18
"""The version of ONNX's operators that the files use; ONNX Runtime Web knows it."""
STEPS = 127
"""Steps on either side of zero, in which a rounded weight is stored."""
LEAST_ROUNDED = 32
"""Weights behind an output from which on they are stored in steps; fewer take little room and matter much."""
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
        weights: "float16" halves it. "int8" makes it a quarter, and multiplies in whole numbers, which
            rounds what flows through the net, too: good for a few layers. "int8-stored" rounds the kernels of
            convolutions alone, and multiplies in float32: for deep ones.

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
    if weights == "int8-stored":
        return with_rounded_kernels(content)
    raise ValueError(
        f"weights cannot be stored as {weights}; choose float32, float16, int8 or int8-stored"
    )


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


def with_rounded_kernels(content: bytes) -> bytes:
    """Keep the kernels of an ONNX file's convolutions as whole steps, with a step for each output channel."""
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load_from_string(content)
    graph = model.graph
    kernels = {node.input[1] for node in graph.node if node.op_type == "Conv"}
    kept, rebuilding = [], []
    for weights in graph.initializer:
        values = numpy_helper.to_array(weights)  # (outputs, inputs of a group, height, width)
        if weights.name not in kernels or values[0].size < LEAST_ROUNDED:
            kept.append(weights)
            continue
        step = np.maximum(np.abs(values).max(axis=(1, 2, 3)), np.finfo(np.float32).tiny) / STEPS
        steps = (values / step[:, None, None, None]).round().astype(np.int8)
        names = [f"{weights.name}_steps", f"{weights.name}_step"]
        kept += [numpy_helper.from_array(each, name) for each, name in zip((steps, step), names)]
        rebuilding.append(helper.make_node("DequantizeLinear", names, [weights.name], axis=0))
    nodes = [*rebuilding, *graph.node]
    for part, entries in ((graph.initializer, kept), (graph.node, nodes)):
        del part[:]
        part.extend(entries)
    return bytes(model.SerializeToString())
