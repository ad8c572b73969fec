"""An ONNX model reduced to what it computes: what is left is what runs, and what is counted.

onnx comes with the book's build, not with the reader's package; hence the imports inside.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from academy.sandbox.onnx_graph import CLASSES, INPUT, OUTPUT, PICTURE, opsets_of, stored_in

if TYPE_CHECKING:
    from onnx import AttributeProto, ModelProto, NodeProto, TensorProto

FORMAT_VERSION = 8
"""Of ONNX itself; every operator that is allowed fits into it."""
PARAMETER_BYTES = 4
"""Of a float32 number."""
FREE = 50
"""Beside this many float32 numbers, one parameter's worth of anything else is free."""


class Numbered(dict[str, str]):
    """Gives every name that others chose a number, so that no name says anything."""

    def __missing__(self, name: str) -> str:
        self[name] = format(len(self), "x")
        return self[name]


def plain(model: ModelProto) -> ModelProto:
    """Copy what decides the outputs of a judged model: operators, their settings, stored numbers.

    Left out is what a network cannot use: descriptions, metadata, names, shapes in between, domains that
    none of its operators is from.
    """
    from onnx import GraphProto, ModelProto, OperatorSetIdProto, TensorProto, helper

    names = Numbered({name: name for name in ("", INPUT, OUTPUT)})
    graph = GraphProto(
        name="graph",
        node=[plain_node(node, names) for node in model.graph.node],
        initializer=[plain_tensor(tensor, names[tensor.name]) for tensor in model.graph.initializer],
        input=[helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["N", *PICTURE])],
        output=[helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["N", CLASSES])],
    )
    operators = [OperatorSetIdProto(version=version) for version in opsets_of(model)]
    return ModelProto(ir_version=FORMAT_VERSION, opset_import=operators, graph=graph)


def plain_node(node: NodeProto, names: Numbered) -> NodeProto:
    """Copy an operator with its settings."""
    from onnx import NodeProto

    return NodeProto(
        op_type=node.op_type,
        input=[names[name] for name in node.input],
        output=[names[name] for name in node.output],
        attribute=[plain_attribute(attribute) for attribute in node.attribute],
    )


def plain_attribute(attribute: AttributeProto) -> AttributeProto:
    """Copy a setting: its name, its type, and the value that its type names."""
    from onnx import AttributeProto

    kinds = AttributeProto.AttributeType
    fields = {
        kinds.FLOAT: "f",
        kinds.INT: "i",
        kinds.STRING: "s",
        kinds.TENSOR: "t",
        kinds.FLOATS: "floats",
        kinds.INTS: "ints",
    }
    field = fields[attribute.type]
    value = plain_tensor(attribute.t, "") if field == "t" else getattr(attribute, field)
    return AttributeProto(name=attribute.name, type=attribute.type, **{field: value})


def plain_tensor(tensor: TensorProto, name: str) -> TensorProto:
    """Copy the numbers of a tensor."""
    from onnx import numpy_helper

    return numpy_helper.from_array(numpy_helper.to_array(tensor), name)


def parameters_of(model: ModelProto) -> int:
    """Count what a plain model holds.

    Returns:
        The number of its stored float32 numbers. All the rest adds one for every 4 bytes, beyond a fiftieth
        of that number: room for the graph of an ordinary network, none to hide answers in.
    """
    from onnx import TensorProto

    floats: int = sum(
        math.prod(tensor.dims) for tensor in stored_in(model.graph) if tensor.data_type == TensorProto.FLOAT
    )
    rest = model.ByteSize() - PARAMETER_BYTES * floats
    extra: int = math.ceil(rest / PARAMETER_BYTES) - floats // FREE
    return floats + max(0, extra)
