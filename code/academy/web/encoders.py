"""Encoders as small files for a page: weights rounded where they lie, arithmetic left in float32.

onnx and onnxruntime are part of the book's build, not of a reader's notebook; hence the imports inside.
"""

import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn

from academy.book import MODEL_MEDIA_TYPE, in_book
from academy.nets.modes import evaluating
from academy.show.numbers import glue
from academy.web.exports import Exported, compare, outputs
from academy.web.onnx_files import LEAST_ROUNDED, OPSET, answers

STEPS = 127
"""Steps on either side of zero, in which a weight that is multiplied with is stored."""
TABLE_STEPS = 31
"""The same for rows that are looked up: a text meets few of them, so coarser ones cost less."""
LONGEST = 128
"""Most entries along a dimension that varies from input to input."""


def export_encoder(model: nn.Module, batches: Sequence[torch.Tensor], name: str) -> list[torch.Tensor]:
    """Give the page an encoder: `{interactive}` with `:model: name` or `:second-model: name` runs it.

    The build prints what was written, and how far it is from PyTorch. In a reader's notebook there is no
    page to give it to, and nothing is written.

    Args:
        model: One input, one output; both with the batch as first dimension.
        batches: Inputs as the page will give them, float32, each batch of at least two. What differs from
            batch to batch in a dimension may be of any size in the page, up to 128.
        name: Unique in the book; starts with the page's name, as in ``lesson8-texts``.

    Returns:
        What the page's file gives for each batch; where none is written, what PyTorch gives.

    Raises:
        ModelDiffers: If the file's outputs, before weights are rounded, are not those of PyTorch to 1e-4.
    """
    expected = [outputs(model, batch) for batch in batches]
    if not in_book():
        print(f"Only the book's build writes {name} for its page; nothing is written here.")
        return expected
    content = encoder_file(model, batches)
    difference = max(compare(answers(content, each), own, name) for each, own in zip(batches, expected))
    print(f"{name}: {len(content) / 1e6:.1f} MB of ONNX, opset {OPSET}")
    print(f"largest difference from PyTorch: {difference:.0e}")
    content = with_stored_weights(content)
    found = [stored_answers(content, each) for each in batches]
    turned = torch.cosine_similarity(torch.cat(found), torch.cat(expected))
    print(f"weights stored in steps: {len(content) / 1e6:.1f} MB, mean cosine {turned.mean():.4f}")
    glue(name, Exported(content, MODEL_MEDIA_TYPE))
    return found


def encoder_file(model: nn.Module, batches: Sequence[torch.Tensor]) -> bytes:
    """Write an encoder as ONNX, for batches of any size, and for any size of what varies between batches."""
    shapes = torch.tensor([batch.shape for batch in batches])
    varies = (shapes != shapes[0]).any(dim=0).tolist()
    sizes: dict[int, Any] = {0: torch.export.Dim("batch")}
    for dimension in range(1, len(varies)):
        if varies[dimension]:
            sizes[dimension] = torch.export.Dim(f"size_{dimension}", max=LONGEST)
    with evaluating(model), torch.no_grad(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the exporter, about itself
        program = torch.onnx.export(
            model,
            (batches[0],),
            input_names=["input"],
            output_names=["output"],
            dynamic_shapes=(sizes,),
            opset_version=OPSET,
            dynamo=True,
            verbose=False,
        )
    assert program is not None
    written = program.model_proto
    for part in (written, written.graph, *written.graph.node):
        del part.metadata_props[:]  # lines of source with their paths
    return bytes(written.SerializeToString())


def with_stored_weights(content: bytes) -> bytes:
    """Keep kernels, matrices and tables of an ONNX file as whole steps, with a step for each output or row.

    Args:
        content: The file, with float32 weights.

    Returns:
        A file of about a quarter, with the same float32 input and output.
    """
    import onnx
    from onnx import numpy_helper

    model = onnx.load_from_string(content)
    graph = model.graph
    users = {each: node for node in graph.node for each in node.input}
    kept, added = [], []
    for weights in graph.initializer:
        values = numpy_helper.to_array(weights)
        axis = axis_of_steps(weights.name, users)
        if axis is None or values.size < LEAST_ROUNDED * values.shape[axis]:
            kept.append(weights)
            continue
        node = users[weights.name]
        is_table = node.op_type == "Gather"
        steps, step = in_steps(values, axis, TABLE_STEPS if is_table else STEPS)
        names = [f"{weights.name}_steps", f"{weights.name}_step"]
        kept += [numpy_helper.from_array(each, name) for each, name in zip((steps, step), names)]
        added += looked_up(node, *names) if is_table else rebuilt(weights.name, names, axis)
        if is_table:
            graph.node.remove(node)
    nodes = in_order([*added, *graph.node], {each.name for each in (*kept, *graph.input)})
    for part, entries in ((graph.initializer, kept), (graph.node, nodes)):
        del part[:]
        part.extend(entries)
    return bytes(model.SerializeToString())


def stored_answers(content: bytes, inputs: torch.Tensor) -> torch.Tensor:
    """Run a file with stored weights as the page does: in float32.

    With all of its optimizations, ONNX Runtime here would round what flows through the net, too.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    return torch.from_numpy(session.run(None, {"input": inputs.numpy()})[0])


def axis_of_steps(name: str, users: Mapping[str, Any]) -> int | None:
    """Say along which axis of a weight each entry gets a step of its own; None for what is left alone."""
    node = users.get(name)
    if node is None:
        return None
    place = list(node.input).index(name)
    transposed = any(each.name == "transB" and each.i for each in node.attribute)
    axes = {("Conv", 1): 0, ("MatMul", 1): 1, ("Gemm", 1): 0 if transposed else 1, ("Gather", 0): 0}
    return axes.get((node.op_type, place))


def in_steps(values: np.ndarray, axis: int, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Round weights to whole steps, int8, of the length that suits each entry along an axis, float32."""
    others = tuple(each for each in range(values.ndim) if each != axis)
    step = np.maximum(np.abs(values).max(axis=others, keepdims=True), np.finfo(np.float32).tiny) / most
    return (values / step).round().astype(np.int8), step.ravel().astype(np.float32)


def rebuilt(name: str, names: Sequence[str], axis: int) -> list[Any]:
    """Multiply steps by their length before they are used."""
    from onnx import helper

    return [helper.make_node("DequantizeLinear", names, [name], axis=axis)]


def looked_up(node: Any, steps: str, step: str) -> list[Any]:
    """Look up rows of steps, and multiply those alone."""
    from onnx import TensorProto, helper

    found, (places, output) = f"{steps}_found", (node.input[1], node.output[0])
    return [
        helper.make_node("Gather", [steps, places], [found]),
        helper.make_node("Cast", [found], [f"{found}_cast"], to=TensorProto.FLOAT),
        helper.make_node("Gather", [step, places], [f"{found}_step"]),
        helper.make_node("Constant", [], [f"{found}_axis"], value_ints=[-1]),
        helper.make_node("Unsqueeze", [f"{found}_step", f"{found}_axis"], [f"{found}_length"]),
        helper.make_node("Mul", [f"{found}_cast", f"{found}_length"], [output]),
    ]


def in_order(nodes: Sequence[Any], known: set[str]) -> list[Any]:
    """Order nodes so that each comes after those it needs, as ONNX asks for."""
    known, waiting, ordered = {"", *known}, list(nodes), []
    while waiting:
        ready = [node for node in waiting if known.issuperset(node.input)]
        ordered += ready
        known.update(output for node in ready for output in node.output)
        waiting = [node for node in waiting if not known.issuperset(node.output)]
    return ordered
