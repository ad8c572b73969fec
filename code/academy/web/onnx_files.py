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
MATRIX = 2
"""Dimensions from which on a tensor is weights of outputs, not their biases."""
WORTH_STORING = 1024
"""Weights from which on a tensor is stored in 8 bits."""
MOST_INT8 = 127
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
        weights: "float16" halves it; "int8" makes it a quarter, and multiplies in whole numbers;
            "stored-int8" makes it a quarter, and computes in float32.

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
    if weights == "stored-int8":
        return with_stored_int8_weights(content)
    raise ValueError(f"weights cannot be stored as {weights}; choose float32, float16, int8 or stored-int8")


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


def with_stored_int8_weights(content: bytes) -> bytes:
    """Round the matrices and kernels of an ONNX file to 8 bits, each output's with a scale of their own.

    Two nodes before each make float32 numbers of them, once, when the file is loaded. So inputs and hidden
    numbers are not rounded, as they are where whole numbers are multiplied; depthwise convolutions, with
    nine weights a channel, lose far less.
    """
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load_from_string(content)
    kept, nodes = [], []
    for tensor in model.graph.initializer:
        weights = numpy_helper.to_array(tensor)
        if weights.dtype != np.float32 or weights.ndim < MATRIX or weights.size < WORTH_STORING:
            kept.append(tensor)
            continue
        scales = np.abs(weights).max(axis=tuple(range(1, weights.ndim)), keepdims=True) / MOST_INT8
        scales[scales == 0] = 1  # an output whose weights are all zero
        name = tensor.name
        kept.append(numpy_helper.from_array(np.round(weights / scales).astype(np.int8), f"{name}.stored"))
        kept.append(numpy_helper.from_array(scales, f"{name}.scale"))
        nodes.append(helper.make_node("Cast", [f"{name}.stored"], [f"{name}.whole"], to=TensorProto.FLOAT))
        nodes.append(helper.make_node("Mul", [f"{name}.whole", f"{name}.scale"], [name]))
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    nodes.extend(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())
