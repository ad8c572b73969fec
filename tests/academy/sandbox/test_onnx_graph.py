"""A graph that breaks a rule is refused in one sentence before anything runs it."""

import pickle
import struct

import numpy as np
import onnx
import pytest
import torch
from academy.sandbox.onnx_graph import NotAllowed, judge
from onnx import AttributeProto, TensorProto, helper, numpy_helper
from onnx_graphs import FIRST, IMAGES, LINEAR, LOGITS, WEIGHT, model, node, value, written


def test_a_plain_graph_is_allowed():
    assert judge(written()) == model()


def test_a_domain_that_no_operator_is_from_does_not_matter():
    assert judge(changed(lambda made: made.opset_import.add(domain="com.microsoft", version=1)))


def changed(change):
    made = model()
    change(made)
    return made.SerializeToString()


def external():
    tensor = TensorProto(name="weight", data_type=TensorProto.FLOAT, dims=[784, 10])
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="/etc/passwd")
    return tensor


def shaped(dims):
    return TensorProto(name="weight", data_type=TensorProto.FLOAT, dims=dims, raw_data=bytes(40))


def with_function(made):
    made.opset_import.add(domain="mine", version=1)
    made.functions.append(
        helper.make_function(
            "mine", "F", ["x"], ["y"], [node("Relu", "x", "y")], [helper.make_opsetid("", 18)]
        )
    )


def sparse(made):
    values = numpy_helper.from_array(np.ones(1, np.float32), "sparse")
    made.graph.sparse_initializer.append(
        helper.make_sparse_tensor(values, numpy_helper.from_array(np.zeros(1, np.int64)), [9])
    )


BRANCH = helper.make_graph([node("Identity", "first", "out")], "branch", [], [value("out", "N", 10)])
LOOP = node("If", "yes", "logits", then_branch=BRANCH, else_branch=BRANCH)
YES = {"yes": np.array(True)}


def hidden_graph():
    attribute = AttributeProto(name="alpha", type=AttributeProto.FLOAT, f=0.1)
    attribute.g.CopyFrom(BRANCH)
    leaky = node("LeakyRelu", "first", "logits")
    leaky.attribute.append(attribute)
    return leaky


def after(operator, inputs="first", **attributes):
    return written([*FIRST, node(operator, inputs, "logits", **attributes)])


def weight_as(kind):
    return written(tensors={"weight": WEIGHT.astype(kind)})


WHOLE = written()
CASES = {
    "a pickle": (pickle.dumps({"a": 1}), "looks like a pickle"),
    "a text": (b"this is a network, believe me", "no ONNX file, or cut off"),
    "zeros": (bytes(1000), "no ONNX file, or cut off"),
    "cut off": (WHOLE[: len(WHOLE) // 2], "no ONNX file, or cut off"),
    "ONNX Runtime's own format": (struct.pack("<I", 24) + b"ORTM" + bytes(100), "no ONNX file, or cut off"),
    "nothing in it": (onnx.ModelProto(ir_version=9).SerializeToString(), "the opset of model.onnx is none"),
    "an old opset": (written(opset=9), "the opset of model.onnx is 9; it may be 13 to 23"),
    "an opset of the future": (written(opset=999), "the opset of model.onnx is 999"),
    "two opsets": (
        changed(lambda made: made.opset_import.add(domain="ai.onnx", version=17)),
        "the opset of model.onnx is 17, 18; it may be",
    ),
    "a node of a custom domain": (
        after("Relu", domain="com.microsoft"),
        "the operator Relu in model.onnx is from the domain com.microsoft; only ONNX's own",
    ),
    "names that command a terminal": (
        after("\x1b[31mRelu", domain="\u202ecom\n"),
        "the operator \ufffd[31mRelu in model.onnx is from the domain \ufffdcom;",
    ),
    "a function": (changed(with_function), "holds functions or training steps"),
    "a function of the default domain": (
        changed(lambda made: made.functions.add(name="F")),
        "holds functions or training steps",
    ),
    "training steps": (changed(lambda made: made.training_info.add()), "holds functions or training steps"),
    "a branch": (written([*FIRST, LOOP], YES), "the operator If in"),
    "chance": (
        written([node("RandomNormal", "", "logits", shape=[1, 10])]),
        "the operator RandomNormal in",
    ),
    "dropout": (
        after("Dropout"),
        "the operator Dropout in model.onnx is not among those allowed; call model.eval()",
    ),
    "dynamic quantization": (
        written([*FIRST, node("DynamicQuantizeLinear", "first", "a b c")]),
        "not among those allowed: the weights are quantized; hand in float32",
    ),
    "quantized weights": (after("DequantizeLinear", "first bias"), "the weights are quantized"),
    "a quantized product": (after("MatMulInteger", "first bias"), "the weights are quantized"),
    "a recurrent layer": (
        after("LSTM"),
        "the operator LSTM in model.onnx is not among those allowed: recurrent",
    ),
    "sequences": (after("SequenceConstruct"), "the operator SequenceConstruct in"),
    "an unknown operator": (after("x" * 500), "the operator xxx"),
    "a graph in an attribute": (written([*FIRST, hidden_graph()]), "holds more than its type says"),
    "texts in an attribute": (
        written([*FIRST, node("Constant", "", "logits", value_strings=["a"])]),
        "holds no plain numbers",
    ),
    "batch normalization in training": (
        after("BatchNormalization", "first bias bias bias bias", training_mode=1),
        "call model.eval()",
    ),
    "texts from numbers": (after("Cast", to=TensorProto.STRING), "a Cast makes something else"),
    "weights in another file": (written(tensors={"weight": external()}), "external_data=False"),
    "sparse weights": (changed(sparse), "holds sparse or quantized tensors"),
    "int8 weights": (weight_as(np.int8), "of type INT8; weights must be float32"),
    "float16 weights": (weight_as(np.float16), "of type FLOAT16; weights must be float32"),
    "float64 weights": (weight_as(np.float64), "of type DOUBLE; weights must be float32"),
    "texts as weights": (written(tensors={"bias": np.array(["a"] * 10)}), "of type STRING"),
    "an unknown type": (
        changed(lambda made: setattr(made.graph.initializer[0], "data_type", 99)),
        "of type unknown",
    ),
    "weights that are no numbers": (
        written(tensors={"bias": np.full(10, np.nan, np.float32)}),
        "holds numbers that are not finite",
    ),
    "a tensor that claims more than it has": (
        written(tensors={"weight": shaped([10**6, 10**6])}),
        "claims 1,000,000,000,000 numbers; 40 bytes are stored",
    ),
    "a tensor that claims a little more": (
        written(tensors={"weight": shaped([11])}),
        "the tensor weight cannot be read",
    ),
    "a negative size": (written(tensors={"weight": shaped([-10, -1])}), "has the shape [-10, -1]"),
    "another input": (
        written([node("Flatten", "input", "flat"), LINEAR[1]], inputs=[value("input", "N", 1, 28, 28)]),
        "the inputs of model.onnx are input; there must be one, called images",
    ),
    "two inputs": (written(inputs=[IMAGES, value("y", "N")]), "the inputs of model.onnx are images, y"),
    "no input": (written(inputs=[]), "the inputs of model.onnx are none"),
    "flat pictures": (written(inputs=[value("images", "N", 784)]), "it is N × 784"),
    "whole numbers": (
        written(inputs=[value("images", "N", 1, 28, 28, kind=TensorProto.UINT8)]),
        "it is something else",
    ),
    "one picture at a time": (written(inputs=[value("images", 1, 1, 28, 28)]), "takes 1 pictures at a time"),
    "another output": (
        written(FIRST, outputs=[value("first", "N", 10)]),
        "the outputs of model.onnx are first; there must be one, called logits",
    ),
    "two outputs": (written(outputs=[LOGITS, value("flat", "N", 784)]), "are logits, flat"),
    "eleven classes": (written(outputs=[value("logits", "N", 11)]), "it is N × 11"),
    "a name that is not there": (after("Relu", "nowhere"), "model.onnx is not valid"),
    "a circle": (
        written([node("Add", "images b", "a"), node("Relu", "a", "b"), *LINEAR]),
        "model.onnx is not valid",
    ),
    "a name given twice": (written([*FIRST, *LINEAR]), "model.onnx is not valid"),
    "an attribute that is none": (after("Relu", speed=3), "model.onnx is not valid"),
    "very many nodes": (
        written([*LINEAR, *(node("Relu", "flat", f"r{index}") for index in range(5000))]),
        "has 5,002 nodes",
    ),
}


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", CASES)
def test_what_breaks_a_rule_is_refused(name):
    content, reason = CASES[name]
    with pytest.raises(NotAllowed) as refusal:
        judge(content)
    sentence = str(refusal.value)
    assert reason in sentence
    assert sentence.isprintable()
    assert len(sentence) < 350


def test_wherever_a_file_is_cut_off_it_is_refused():
    for length in np.linspace(1, len(WHOLE) - 1, 40).astype(int):
        with pytest.raises(NotAllowed):
            judge(WHOLE[:length])


def test_what_torch_saves_is_refused_unopened(tmp_path):
    torch.save({"weight": torch.zeros(3)}, tmp_path / "model.onnx")
    with pytest.raises(NotAllowed, match="looks like a pickle"):
        judge((tmp_path / "model.onnx").read_bytes())
