"""What a page is given computes what PyTorch computes; what does not never reaches it."""

import base64
import logging
import os
import subprocess
import sys

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from academy.book import BOOK_VARIABLE, MODEL_MEDIA_TYPE
from academy.web.exports import ModelDiffers, compare, export, loss
from academy.web.onnx_files import OPSET, answers, onnx_file, smaller
from torch import nn

pytestmark = pytest.mark.slow


class Scaled(nn.Module):
    """A net as a page runs it: pixels in, logits out; dropout that must not act."""

    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Dropout(0.5), nn.Linear(32, 10)
        )

    def forward(self, pixels):
        return self.layers((pixels - 0.13) / 0.31)


@pytest.fixture(scope="module")
def net():
    torch.manual_seed(0)
    return Scaled()


@pytest.fixture(scope="module")
def images():
    return torch.rand(120, 1, 8, 8, generator=torch.Generator().manual_seed(1))


@pytest.fixture(scope="module")
def content(net, images):
    return onnx_file(net, images[:2])


@pytest.fixture
def glued(monkeypatch):
    """What is handed to the page, as in the book's build."""
    found = {}
    monkeypatch.setenv(BOOK_VARIABLE, "1")
    monkeypatch.setattr("academy.web.exports.glue", lambda name, value: found.update({name: value}))
    return found


def test_a_page_gets_the_net_and_its_cell_says_size_opset_and_difference(net, images, glued, capsys):
    net.eval()
    export(net, images, "lesson2-tiny")
    assert not net.training
    bundle = glued["lesson2-tiny"]._repr_mimebundle_()
    session = onnxruntime.InferenceSession(base64.b64decode(bundle[MODEL_MEDIA_TYPE]))
    found = session.run(None, {"input": images[:1].numpy()})[0]
    with torch.no_grad():
        expected = net.eval()(images[:1]).numpy()
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert bundle["text/plain"].endswith(" MB")
    said = capsys.readouterr().out
    assert f"opset {OPSET}" in said
    assert "largest difference from PyTorch on 100 inputs:" in said


def test_a_net_in_training_stays_in_training(net, images, glued):
    net.train()
    export(net, images, "lesson2-tiny")
    assert net.training


def test_a_file_that_differs_stops_the_build(net, images, glued, monkeypatch):
    torch.manual_seed(1)  # other weights than those of the net
    wrong = Scaled()
    monkeypatch.setattr("academy.web.exports.onnx_file", lambda model, example: onnx_file(wrong, example))
    with pytest.raises(ModelDiffers, match=r"lesson2-tiny differs from PyTorch by .* 0.0001 is allowed"):
        export(net, images, "lesson2-tiny")
    assert not glued


def test_outputs_that_are_no_numbers_stop_the_build(net, images, glued, monkeypatch):
    monkeypatch.setattr(
        "academy.web.exports.answers", lambda content, inputs: torch.full((len(inputs), 10), torch.nan)
    )
    with pytest.raises(ModelDiffers):
        export(net, images, "lesson2-tiny")


def test_too_few_examples_are_refused(net, images, glued):
    with pytest.raises(ValueError, match="99 examples; 100 are compared"):
        export(net, images[:99], "lesson2-tiny")


@pytest.mark.parametrize(("weights", "share"), [("float16", 0.65), ("int8", 0.6), ("stored-int8", 0.6)])
def test_smaller_weights_make_a_smaller_file_whose_loss_is_said(net, images, glued, capsys, weights, share):
    torch.manual_seed(0)
    wide = nn.Sequential(nn.Flatten(), nn.Linear(64, 500), nn.ReLU(), nn.Linear(500, 10))
    export(wide, images, "lesson2-tiny", weights=weights)
    small = base64.b64decode(glued["lesson2-tiny"]._repr_mimebundle_()[MODEL_MEDIA_TYPE])
    assert len(small) < share * len(onnx_file(wide, images[:2]))
    with torch.no_grad():
        expected = wide(images)
    found = answers(small, images)
    moved = (found - expected).abs().max().item()
    assert 0 < moved < 0.1
    assert f"weights as {weights}" in (said := capsys.readouterr().out)
    assert f"outputs move by up to {moved:.2g}" in said
    assert " of 120 answers change" in said
    assert logging.root.manager.disable == logging.NOTSET


def test_stored_int8_weights_are_those_of_the_net_to_half_a_step(net, content):
    """Read from the file by hand: each output's weights are whole numbers times its scale."""
    model = onnx.load_from_string(smaller(content, "stored-int8"))
    stored = {each.name: onnx.numpy_helper.to_array(each) for each in model.graph.initializer}
    (name,) = (name.removesuffix(".stored") for name in stored if name.endswith(".stored"))
    found = stored[f"{name}.stored"].astype(np.float32) * stored[f"{name}.scale"]
    (weights,) = (each.detach().numpy() for each in net.parameters() if each.numel() == found.size)
    steps = np.abs(weights).max(axis=1, keepdims=True) / 127
    assert (np.abs(found - weights) <= 0.501 * steps).all()


def test_depthwise_convolutions_keep_their_answers_with_stored_int8_weights(images):
    torch.manual_seed(0)
    net = nn.Sequential(
        nn.Conv2d(1, 256, 3), nn.ReLU6(), nn.Conv2d(256, 256, 3, groups=256), nn.ReLU6(), nn.Flatten(),
        nn.Linear(256 * 16, 10),
    ).eval()  # fmt: skip
    with torch.no_grad():
        expected = net(images)
    content = onnx_file(net, images[:2])
    moved = {
        weights: (answers(smaller(content, weights), images) - expected).abs().max()
        for weights in ("int8", "stored-int8")
    }
    assert moved["stored-int8"] < 0.5 * moved["int8"]


def test_an_unknown_way_to_store_weights_is_refused(content):
    with pytest.raises(ValueError, match="int4; choose float32, float16, int8 or stored-int8"):
        smaller(content, "int4")


def test_a_file_takes_batches_of_any_size_and_names_nothing_of_this_machine(content, images):
    assert answers(content, images[:1]).shape == (1, 10)
    assert answers(content, images[:7]).shape == (7, 10)
    model = onnx.load_from_string(content)
    onnx.checker.check_model(model)
    assert model.opset_import[0].version == OPSET
    assert b"/" not in b"".join(
        each.value.encode()
        for part in (model, model.graph, *model.graph.node)
        for each in part.metadata_props
    )
    assert __file__.encode() not in content
    assert b"site-packages" not in content


def test_the_same_net_gives_the_same_bytes(net, images, content):
    assert onnx_file(net, images[:2]) == content


def test_without_onnx_a_readers_cell_does_no_harm(tmp_path):
    """As in Colab: the packages of the book's build are not there."""
    script = """
import sys
for name in ("onnx", "onnxruntime", "onnxscript", "myst_nb"):
    sys.modules[name] = None  # importing it raises ImportError
import torch
from academy.web.exports import ModelDiffers, export
export(torch.nn.Linear(4, 2), torch.zeros(100, 4), "lesson2-tiny")
"""
    variables = {name: value for name, value in os.environ.items() if name != BOOK_VARIABLE}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=tmp_path,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Only the book's build writes lesson2-tiny" in done.stdout
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("off", "stops"), [(0.9e-4, False), (1.1e-4, True)])
def test_a_ten_thousandth_is_as_far_as_a_file_may_be_off(off, stops):
    expected = torch.rand(5, 3, dtype=torch.float64)
    found = expected.clone()
    found[3, 1] -= off
    if stops:
        with pytest.raises(ModelDiffers):
            compare(found, expected, "lesson2-tiny")
    else:
        assert compare(found, expected, "lesson2-tiny") == pytest.approx(off)


def test_answers_change_where_another_output_is_the_largest():
    expected = torch.tensor([[0.0, 1.0, 2.0], [3.0, 1.0, 0.0], [0.0, 5.0, 4.0]])
    found = torch.tensor([[0.5, 0.0, 2.0], [3.0, 3.5, 0.0], [0.0, 5.0, 4.5]])
    assert loss(found, expected) == "1 of 3 answers change, outputs move by up to 2.5"
