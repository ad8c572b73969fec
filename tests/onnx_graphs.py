"""ONNX files as someone would write them without PyTorch, good and bad."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper

FLOAT = TensorProto.FLOAT
IMAGES = helper.make_tensor_value_info("images", FLOAT, ["N", 1, 28, 28])
LOGITS = helper.make_tensor_value_info("logits", FLOAT, ["N", 10])
WEIGHT = np.random.RandomState(0).randn(784, 10).astype(np.float32)
BIAS = np.zeros(10, np.float32)


def node(operator, inputs, outputs, **attributes):
    """Make a node from names separated by spaces."""
    return helper.make_node(operator, inputs.split(), outputs.split(), **attributes)


LINEAR = [node("Flatten", "images", "flat"), node("Gemm", "flat weight bias", "logits")]
"""The same as the course's linear classifier."""
FIRST = [*LINEAR[:-1], node("Gemm", "flat weight bias", "first")]
"""The same under another name, for nodes that follow."""


def model(nodes=LINEAR, tensors=None, inputs=(IMAGES,), outputs=(LOGITS,), opset=18, **parts):
    """Make a model; without tensors, those of the linear classifier."""
    stored = {"weight": WEIGHT, "bias": BIAS} | (tensors or {})
    initializers = [
        value if isinstance(value, TensorProto) else numpy_helper.from_array(value, name)
        for name, value in stored.items()
    ]
    graph = helper.make_graph(list(nodes), "graph", list(inputs), list(outputs), initializers)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9, **parts)


def written(*arguments, **parts):
    """Make a model's file."""
    return model(*arguments, **parts).SerializeToString()


def value(name, *sizes, kind=FLOAT):
    """Describe an input or an output."""
    return helper.make_tensor_value_info(name, kind, sizes)
