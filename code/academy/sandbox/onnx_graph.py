"""Whether a network in the ONNX format keeps to the rules: its graph is judged before anything runs it.

onnx comes with the book's build, not with the reader's package; hence the imports inside.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from academy.foreign import cleaned

if TYPE_CHECKING:
    from onnx import AttributeProto, GraphProto, ModelProto, NodeProto, TensorProto, ValueInfoProto

FILE = "model.onnx"
INPUT, OUTPUT = "images", "logits"
PICTURE = (1, 28, 28)
CLASSES = 10
PICKLES = (b"\x80", b"PK")
"""How a pickle and PyTorch's archive around one begin."""

OPSETS = range(13, 24)
MOST_NODES = 5000
MOST_TENSORS = 5000
MOST_DIMENSIONS = 8
LONGEST_NAME, LONGEST_MESSAGE = 60, 200
"""Of what others wrote, in a sentence."""
DEFAULT_DOMAINS = ("", "ai.onnx")

NAMES = """
    Abs Add And ArgMax ArgMin AveragePool BatchNormalization Cast CastLike Ceil Celu Clip Concat Constant
    ConstantOfShape Conv ConvTranspose Cos CumSum DepthToSpace Div Elu Equal Erf Exp Expand EyeLike Flatten
    Floor Gather GatherElements GatherND Gelu Gemm GlobalAveragePool GlobalMaxPool Greater GreaterOrEqual
    GridSample GroupNormalization HardSigmoid HardSwish Hardmax Identity InstanceNormalization LRN
    LayerNormalization LeakyRelu Less LessOrEqual Log LogSoftmax LpNormalization LpPool MatMul Max MaxPool
    Mean Min Mish Mul Neg Not OneHot Or PRelu Pad Pow RMSNormalization Range Reciprocal ReduceL1 ReduceL2
    ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare Relu
    Reshape Resize Round Selu Shape Sigmoid Sign Sin Size Slice Softmax Softplus Softsign SpaceToDepth Split
    Sqrt Squeeze Sub Sum Tanh ThresholdedRelu Tile TopK Transpose Trilu Unsqueeze Where Xor
"""
OPERATORS = frozenset(NAMES.split())
"""What computes the same from the same numbers each time, without loops, branches, chance or texts."""


class NotAllowed(Exception):
    """A graph breaks a rule; the message is a sentence for its author, without its full stop."""


def judge(content: bytes) -> ModelProto:
    """Hold a file to the rules.

    Args:
        content: The whole file, its size already limited.

    Returns:
        The model in it.

    Raises:
        NotAllowed: If it breaks one.
    """
    import onnx
    from google.protobuf.message import DecodeError

    if content.startswith(PICKLES):
        raise NotAllowed(
            f"{FILE} looks like a pickle, as torch.save writes; that could run code and is not opened. "
            "torch.onnx.export writes the right format"
        )
    try:
        model = onnx.load_model_from_string(content)
    except (DecodeError, ValueError, RecursionError):
        raise NotAllowed(f"{FILE} is no ONNX file, or cut off") from None
    judge_model(model)
    judge_interface(model.graph)
    for tensor in stored_in(model.graph):
        judge_tensor(tensor)
    for node in model.graph.node:
        for attribute in node.attribute:
            judge_attribute(node, attribute)
    try:
        onnx.checker.check_model(model)
    except (onnx.checker.ValidationError, ValueError) as error:
        raise NotAllowed(f"{FILE} is not valid: {short(error)}") from None
    return model


def judge_model(model: ModelProto) -> None:
    """Refuse what is not a plain graph of operators that everybody has."""
    graph = model.graph
    versions = opsets_of(model)
    if len(versions) != 1 or versions[0] not in OPSETS:
        found = ", ".join(map(str, versions)) or "none"
        raise NotAllowed(f"the opset of {FILE} is {found}; it may be {OPSETS[0]} to {OPSETS[-1]}")
    if model.functions or model.training_info:
        raise NotAllowed(f"{FILE} holds functions or training steps; export the network alone")
    if graph.sparse_initializer or graph.quantization_annotation:
        raise NotAllowed(f"{FILE} holds sparse or quantized tensors; its weights must be float32")
    if len(graph.node) > MOST_NODES or len(graph.initializer) > MOST_TENSORS:
        raise NotAllowed(
            f"{FILE} has {len(graph.node):,} nodes and {len(graph.initializer):,} tensors; "
            f"at most {MOST_NODES:,} and {MOST_TENSORS:,} are run"
        )
    for node in graph.node:
        if node.domain not in DEFAULT_DOMAINS:
            raise NotAllowed(
                f"the operator {named(node.op_type)} in {FILE} is from the domain {named(node.domain)}; "
                "only ONNX's own operators are allowed"
            )
        if node.op_type not in OPERATORS:
            raise NotAllowed(
                f"the operator {named(node.op_type)} in {FILE} is not among those allowed{advice(node)}"
            )


def opsets_of(model: ModelProto) -> list[int]:
    """Return the versions of ONNX's own operators that a model asks for; those of others do not matter."""
    return sorted({each.version for each in model.opset_import if each.domain in DEFAULT_DOMAINS})


def advice(node: NodeProto) -> str:
    """Say what to do about an operator that is often met and not allowed."""
    if node.op_type == "Dropout":
        return "; call model.eval() before the export"
    if re.search("[Qq]uantize|Integer|^QLinear", node.op_type):
        return ": the weights are quantized; hand in float32"
    if node.op_type in ("LSTM", "GRU", "RNN"):
        return ": recurrent layers are not run"
    return ""


def judge_interface(graph: GraphProto) -> None:
    """Compare input and output with those that the rules name."""
    inner = {tensor.name for tensor in graph.initializer}
    inputs = [each for each in graph.input if each.name not in inner]
    if [each.name for each in inputs] != [INPUT]:
        raise NotAllowed(f"the inputs of {FILE} are {names(inputs)}; there must be one, called {INPUT}")
    if [each.name for each in graph.output] != [OUTPUT]:
        raise NotAllowed(
            f"the outputs of {FILE} are {names(graph.output)}; there must be one, called {OUTPUT}"
        )
    shape = shape_of(inputs[0])
    if shape is None or len(shape) != 4 or shape[1:] != list(PICTURE):
        raise NotAllowed(f"the input {INPUT} must be float32 of shape N × 1 × 28 × 28; it is {said(shape)}")
    if shape[0] is not None:
        raise NotAllowed(
            f"the input {INPUT} takes {shape[0]} pictures at a time; export with a batch of any size, "
            "as with dynamic_shapes"
        )
    if (outputs := shape_of(graph.output[0])) is None or outputs[1:] not in ([CLASSES], [None]):
        raise NotAllowed(f"the output {OUTPUT} must be float32 of shape N × {CLASSES}; it is {said(outputs)}")


def shape_of(value: ValueInfoProto) -> list[int | None] | None:
    """Return the sizes of a float32 tensor, None where one is open; None for anything else."""
    from onnx import TensorProto

    kind = value.type.tensor_type
    if kind.elem_type != TensorProto.FLOAT or not kind.HasField("shape"):
        return None
    return [each.dim_value if each.HasField("dim_value") else None for each in kind.shape.dim]


def stored_in(graph: GraphProto) -> Iterable[TensorProto]:
    """Yield all tensors that are stored: initializers, and those of constants and other attributes."""
    yield from graph.initializer
    for node in graph.node:
        yield from (attribute.t for attribute in node.attribute if attribute.HasField("t"))


def judge_tensor(tensor: TensorProto) -> None:
    """Hold a tensor to the rules."""
    from onnx import TensorProto

    if tensor.data_location == TensorProto.EXTERNAL or tensor.external_data:
        raise NotAllowed(
            f"the tensor {named(tensor.name)} is kept in another file; export with external_data=False"
        )
    if tensor.data_type not in (TensorProto.FLOAT, TensorProto.INT64, TensorProto.INT32, TensorProto.BOOL):
        known = {number: name for name, number in TensorProto.DataType.items()}
        kind = known.get(tensor.data_type, "unknown")
        raise NotAllowed(f"the tensor {named(tensor.name)} is of type {kind}; weights must be float32")
    judge_numbers(tensor)


def judge_numbers(tensor: TensorProto) -> None:
    """Refuse a tensor whose numbers are not all there, or not finite."""
    import numpy as np
    from onnx import numpy_helper

    sizes = list(tensor.dims)
    if len(sizes) > MOST_DIMENSIONS or any(size < 0 for size in sizes):
        raise NotAllowed(f"the tensor {named(tensor.name)} has the shape {named(str(sizes))}")
    stored = (
        len(tensor.raw_data)
        + 4 * len(tensor.float_data)
        + 8 * len(tensor.int64_data)
        + 4 * len(tensor.int32_data)
    )
    if math.prod(sizes) > max(stored, 1):  # every number takes a byte or more
        claimed = f"{math.prod(sizes):,} numbers; {stored:,} bytes are stored"
        raise NotAllowed(f"the tensor {named(tensor.name)} claims {claimed}")
    try:
        values = numpy_helper.to_array(tensor)
    except (ValueError, TypeError) as error:
        raise NotAllowed(f"the tensor {named(tensor.name)} cannot be read: {short(error)}") from None
    if not np.isfinite(values).all() and len(sizes) > 0:  # a lone infinity bounds a maximum
        raise NotAllowed(f"the tensor {named(tensor.name)} holds numbers that are not finite")


def judge_attribute(node: NodeProto, attribute: AttributeProto) -> None:
    """Hold an attribute to the rules."""
    from onnx import AttributeProto, TensorProto

    kinds = AttributeProto.AttributeType
    plain = (kinds.FLOAT, kinds.INT, kinds.STRING, kinds.TENSOR, kinds.FLOATS, kinds.INTS)
    where = f"the attribute {named(attribute.name)} of {node.op_type}"
    if attribute.type not in plain or attribute.ref_attr_name:
        raise NotAllowed(f"{where} holds no plain numbers; graphs within graphs are not run")
    if attribute.HasField("g") or attribute.graphs or attribute.tensors or attribute.strings:
        raise NotAllowed(f"{where} holds more than its type says")
    if node.op_type == "BatchNormalization" and attribute.name == "training_mode" and attribute.i:
        raise NotAllowed("a BatchNormalization is in training mode; call model.eval() before the export")
    usual = (TensorProto.FLOAT, TensorProto.INT64, TensorProto.INT32, TensorProto.BOOL)
    if node.op_type == "Cast" and attribute.name == "to" and attribute.i not in (*usual, TensorProto.DOUBLE):
        raise NotAllowed("a Cast makes something else of numbers than float32, float64, int32, int64 or bool")


def names(values: Iterable[ValueInfoProto]) -> str:
    """List the names of inputs or outputs."""
    return named(", ".join(each.name for each in values)) or "none"


def said(shape: list[int | None] | None) -> str:
    """Write a shape, or that it is none of float32."""
    return (
        "something else"
        if shape is None
        else " × ".join("N" if size is None else str(size) for size in shape)
    )


def named(text: str) -> str:
    """Show a name that others chose."""
    return cleaned(text, LONGEST_NAME)


def short(message: Exception | str) -> str:
    """Show another library's message in one line."""
    return cleaned(str(message), LONGEST_MESSAGE).rstrip(".")
