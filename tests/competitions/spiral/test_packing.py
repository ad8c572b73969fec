"""`academy.competitions.spiral.packing.pack` makes a hand-in of a PyTorch model, or says why it cannot."""

import tomllib

import pytest
import torch
from academy.compete.entries import Status
from academy.competitions.spiral.packing import pack
from academy.competitions.spiral.scoring import score
from academy.data.spiral_density import spiral_accuracy
from academy.learn.ensembles import fresh_nets
from academy.lessons.lesson1.spiral_runs import train_on_spirals
from academy.nets.mlp import mlp
from academy.nets.sine import Sine
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

ABOUT = {"name": "Mine", "author": "Me", "training": "not at all", "seed": 4}


def test_a_trained_net_comes_back_as_the_same_net(tmp_path):
    (net,) = train_on_spirals(fresh_nets([2, 8, 8, 1], nn.Tanh, [0]), [0], 300, 0.01).nets
    folder = pack(net, tmp_path / "new" / "mine", **ABOUT, link="https://example.org")
    assert sorted(path.name for path in folder.iterdir()) == ["model.safetensors", "submission.toml"]
    entry = score(folder)
    assert entry.accuracy == pytest.approx(spiral_accuracy(net), abs=1e-9)
    assert entry.claim_holds
    points = torch.randn(100, 2)
    torch.testing.assert_close(entry.model(points), net(points))
    table = tomllib.loads((folder / "submission.toml").read_text())
    assert table["class"] == "shallow"
    assert table["widths"] == [2, 8, 8, 1]
    assert table["activations"] == ["tanh", "tanh"]
    assert table["claims"]["parameters"] == 105
    tensors = load_file(folder / "model.safetensors")
    assert tensors["layers.1.weight"].shape == (8, 8)
    assert {tensor.dtype for tensor in tensors.values()} == {torch.float32}


@pytest.mark.parametrize("text", ['a "quoted" \\ one', "Լուսինե 🌀", "an escape \x7f no", "it's # so"])
def test_names_of_all_kinds_come_back(tmp_path, text):
    clean = text.replace("\x7f", "")
    folder = pack(mlp([2, 3, 1, 1]), tmp_path, **ABOUT | {"name": clean})
    assert score(folder).submission.name == clean


def test_boards_are_told_apart(tmp_path):
    boards = {(3,): "one-layer", (3, 1): "shallow", (2,) * 10: "deep-wide", (2, 1) * 5: "deep"}
    for widths, board in boards.items():
        folder = pack(mlp([2, *widths, 1], Sine), tmp_path / board, **ABOUT)
        entry = score(folder)
        assert entry.status is not Status.REFUSED
        assert entry.submission.board == board


class Own(nn.Module):
    """A model that calls its activation as a function."""

    def __init__(self):
        super().__init__()
        self.first, self.second, self.out = nn.Linear(2, 4), nn.Linear(4, 4), nn.Linear(4, 1)

    def forward(self, points):
        return self.out(F.relu(self.second(F.relu(self.first(points)))))


def test_a_model_with_functions_names_its_activations(tmp_path):
    torch.manual_seed(0)
    model = Own().double()
    with pytest.raises(ValueError, match="2 hidden layers need as many activations; there are 0"):
        pack(model, tmp_path, **ABOUT)
    with pytest.raises(ValueError, match="computes something else"):
        pack(model, tmp_path, **ABOUT, activations=["tanh", "tanh"])
    assert not any(tmp_path.iterdir())
    folder = pack(model, tmp_path, **ABOUT, activations=["ReLU", "ReLU"])
    assert score(folder).accuracy == pytest.approx(spiral_accuracy(lambda x: model(x.double())), abs=1e-5)


def test_an_activation_that_is_none_of_the_boards_is_named(tmp_path):
    class Wave(nn.Module):
        def forward(self, values):
            return values.sin()

    with pytest.raises(ValueError, match=r"Softsign is no activation .*academy.nets.sine.Sine"):
        pack(mlp([2, 3, 2, 1], nn.Softsign), tmp_path, **ABOUT)
    with pytest.raises(ValueError, match=r"Wave is no activation .* `activations=\['sine', 'tanh'\]`"):
        pack(mlp([2, 3, 2, 1], Wave), tmp_path, **ABOUT)
    folder = pack(mlp([2, 3, 2, 1], Wave), tmp_path, **ABOUT, activations=["sine", "sine"])
    assert score(folder).activations == ("sine", "sine")


def test_one_activation_may_serve_all_layers(tmp_path):
    relu = nn.ReLU()
    net = nn.Sequential(nn.Linear(2, 3), relu, nn.Linear(3, 3), relu, nn.Linear(3, 1))
    assert score(pack(net, tmp_path, **ABOUT)).activations == ("ReLU", "ReLU")


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (mlp([2, 3, 3, 3, 1]), "1, 2 or 10 hidden layers; this model has 3"),
        (mlp([3, 3, 3, 1]), "from 2 inputs to 1 output"),
        (mlp([2, 65, 3, 1]), "from 1 to 64"),
        (mlp([2, 3, 3, 1], nn.SiLU), "SiLU is no activation"),
        (mlp([2, 3, 3, 1], lambda: nn.LeakyReLU(0.3)), "computes something else"),
        (nn.Sequential(*mlp([2, 3, 3, 1]), nn.Sigmoid()), "there are 3"),
        (
            nn.Sequential(
                nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 2, bias=False), nn.ReLU(), nn.Linear(2, 1)
            ),
            "no bias",
        ),
        (nn.ReLU(), "this model has 0"),
    ],
)
def test_a_model_that_the_rules_exclude_is_refused_before_anything_is_written(tmp_path, model, reason):
    torch.manual_seed(0)
    for parameter in model.parameters():
        nn.init.normal_(parameter)
    with pytest.raises(ValueError, match=reason):
        pack(model, tmp_path, **ABOUT)
    assert not any(tmp_path.iterdir())


def test_a_text_that_the_rules_exclude_is_refused(tmp_path):
    with pytest.raises(ValueError, match="author in submission"):
        pack(mlp([2, 3, 1, 1]), tmp_path, **ABOUT | {"author": ""})
    with pytest.raises(ValueError, match="https://"):
        pack(mlp([2, 3, 1, 1]), tmp_path, **ABOUT, link="file:///etc")
    assert not any(tmp_path.iterdir())
