"""All that a network could read of its file counts as parameters; what it cannot read does not run."""

import math

import numpy as np
import onnx
import pytest
from academy.sandbox.onnx_graph import judge
from academy.sandbox.onnx_plain import parameters_of, plain
from academy.sandbox.onnx_run import run
from onnx import TensorProto, helper
from onnx_graphs import LINEAR, model, node, written

WEIGHTS = 784 * 10 + 10
FREE = WEIGHTS // 50
"""What the graph of the linear classifier may hold beside its weights."""
ANSWERS = math.ceil(10_000 * math.log2(10) / 8)
"""Bytes that it takes to store a digit for each of 10,000 pictures."""
SECRET = np.random.RandomState(0).bytes(ANSWERS + 3)  # a whole number of float32
BITS = np.unpackbits(np.frombuffer(SECRET, np.uint8))


def counted(content):
    return parameters_of(plain(judge(content)))


def digits(base):
    """The secret as whole numbers below a base, which is a power of two."""
    width = base.bit_length() - 1
    rows = BITS[: len(BITS) // width * width].reshape(-1, width)
    return (rows @ (1 << np.arange(width))).tolist()


def pools():
    """The secret in the sides that poolings add to the picture, a byte at each."""
    pads = np.frombuffer(SECRET, np.uint8)[: len(SECRET) // 4 * 4].reshape(-1, 4).tolist()
    return [
        node("MaxPool", "images", f"p{index}", kernel_shape=[1, 1], pads=pad)
        for index, pad in enumerate(pads)
    ]


def wires():
    """The secret in which of 4,096 earlier values each operator takes."""
    chain = [node("Relu", "images", "w0"), *(node("Relu", f"w{i}", f"w{i + 1}") for i in range(2047))]
    pairs = np.reshape(digits(2048)[: len(digits(2048)) // 2 * 2], (-1, 2))
    return [
        *chain,
        *(node("Add", f"w{one} w{other}", f"v{index}") for index, (one, other) in enumerate(pairs)),
    ]


PLACES = {
    "float32": {"tensors": {"t": np.frombuffer(SECRET, np.uint32).astype(np.float32)}},
    "int64": {"tensors": {"t": np.frombuffer(SECRET[: len(SECRET) // 8 * 8], np.int64)}},
    "int32": {"tensors": {"t": np.frombuffer(SECRET, np.int32)}},
    "truth values": {"tensors": {"t": BITS.astype(bool)}},
    "a list of whole numbers": {"nodes": [node("Constant", "", "c", value_ints=digits(256))]},
    "a list of floats": {"nodes": [node("Constant", "", "c", value_floats=map(float, digits(256)))]},
    "single numbers": {
        "nodes": [node("Constant", "", f"c{i}", value_int=n) for i, n in enumerate(digits(256))]
    },
    "a text": {"nodes": [node("Constant", "", "c", value_string=SECRET)]},
    "the value of many others": {
        "nodes": [
            node(
                "ConstantOfShape", "size", f"c{i}", value=helper.make_tensor("", TensorProto.INT64, [1], [n])
            )
            for i, n in enumerate(digits(256))
        ],
        "tensors": {"size": np.array([3])},
    },
    "paddings": {"nodes": pools()},
    "who is connected to whom": {"nodes": wires()},
    "which operator it is": {
        "nodes": [node(("Relu", "Abs")[bit], "images", f"o{i}") for i, bit in enumerate(BITS[:4900])]
    },
}
HELD = {"which operator it is": 4900}
"""Bits of the secret that a place has room for, where those are not all."""


@pytest.mark.parametrize("place", PLACES)
def test_wherever_answers_are_put_they_count_with_all_their_bits(place):
    parts = PLACES[place]
    content = written([*LINEAR, *parts.get("nodes", [])], parts.get("tensors"))
    bits = HELD.get(place, 8 * ANSWERS - 64)  # less what does not fill the last number
    assert counted(content) >= WEIGHTS - FREE + bits / 32


def test_without_weights_the_graph_counts_from_its_first_byte():
    zeros = [node("ReduceMean", "images", "mean", axes=[1, 2, 3]), node("Expand", "mean size", "logits")]
    content = written([node("Flatten", "images", "f"), *zeros], {"size": np.array([1, 10])}, opset=13)
    network = plain(judge(content))
    network.graph.initializer.pop(0)  # the weights of the linear classifier
    network.graph.initializer.pop(0)
    assert parameters_of(network) == math.ceil(network.ByteSize() / 4) > 20


def test_what_a_network_cannot_read_is_not_run_and_does_not_count():
    made, secret = model(), "the answers " * 500
    for each in (made, made.graph, made.graph.node[1], made.graph.initializer[0], made.graph.input[0]):
        each.doc_string = secret
        each.metadata_props.add(key="answers", value=secret)
    made.producer_name = made.domain = made.graph.name = made.graph.node[0].name = secret
    made.graph.value_info.add(name=secret)
    made.opset_import.add(domain=secret, version=1)
    made.graph.node[1].attribute.add(name="alpha", type=onnx.AttributeProto.FLOAT, f=1, doc_string=secret)
    for names in (made.graph.node[0].output, made.graph.node[1].input):
        names[0] = secret  # as a value between the two
    network = plain(judge(made.SerializeToString()))
    assert b"answers" not in network.SerializeToString()
    assert parameters_of(network) == WEIGHTS


@pytest.mark.parametrize("opset", [13, 18, 23])
def test_what_is_left_computes_the_same(opset):
    import onnxruntime

    content = written(opset=opset)
    images = np.random.RandomState(0).rand(600, 1, 28, 28).astype(np.float32)
    expected = onnxruntime.InferenceSession(content).run(None, {"images": images})[0]
    found = run(plain(judge(content)).SerializeToString(), images)
    np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)
