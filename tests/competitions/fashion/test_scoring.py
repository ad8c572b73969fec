"""A hand-in to Fashion-MNIST scores what its network gets right on the test pictures, and nothing else."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest
import torch
from academy.assets.errors import AssetUnavailable
from academy.cli import app
from academy.compete.entries import Status, score_all
from academy.compete.intervals import ranks
from academy.compete.tables import board_table
from academy.competitions.fashion import packing, scoring
from academy.competitions.fashion.packing import pack
from academy.competitions.fashion.scoring import order, score
from academy.data.images import fashion_mnist
from academy.nets.classifiers import CLASSIFIERS
from bs4 import BeautifulSoup
from hand_ins import FASHION, linear_weights
from onnx_graphs import written
from safetensors.torch import load_file, save
from sites import ROOT
from torch import nn
from typer.testing import CliRunner

ABOUT = {
    "name": "Mine",
    "author": "Me",
    "training": "not at all",
    "worked": "nothing",
    "failed": "nothing",
    "training_seconds": 1.5,
    "machine": "1 core",
    "seed": 4,
}


def check(*arguments):
    return CliRunner().invoke(app, ["compete", "fashion", "check", *map(str, arguments)])


@pytest.fixture(scope="module")
def clothes():
    return fashion_mnist()


def counted(model, clothes):
    """How many of the test pictures a model gets right, straight in PyTorch."""
    right = 0
    with torch.no_grad():
        for images, labels in zip(clothes.test_images.split(1000), clothes.test_labels.split(1000)):
            right += (model(images / 255).argmax(dim=1) == labels).sum().item()
    return right


def linear(weights):
    layer = nn.Linear(784, 10)
    layer.weight.data, layer.bias.data = weights["1.weight"], weights["1.bias"]
    return nn.Sequential(nn.Flatten(), layer)


def test_a_linear_model_scores_what_the_same_sums_score(clothes, clothes_hand_in):
    entry = score(clothes_hand_in())
    assert entry.status is Status.RANKED
    right = counted(linear(linear_weights()), clothes)
    assert entry.accuracy == right / 10_000
    assert f"{right:,} of 10,000 pictures right" in entry.reason
    assert entry.parameters == 7850
    assert (entry.predictions == clothes.test_labels).sum() == right


@pytest.fixture
def few(clothes, monkeypatch):
    """Two batches of test pictures, and no others."""
    pair = (clothes.test_images[:200] / 255, clothes.test_labels[:200])
    for module in (packing, scoring):
        monkeypatch.setattr(module, "test_set", lambda: pair)
    return pair


@pytest.mark.parametrize("name", ["lenet", "residual"])
def test_an_architecture_of_the_course_comes_back_as_the_same_network(tmp_path, few, name):
    torch.manual_seed(0)
    model = CLASSIFIERS[name]()
    model.train()(torch.rand(50, 1, 28, 28))  # running statistics of their own
    model.eval()
    folder = pack(model, tmp_path / name, **ABOUT, architecture=name)
    assert not any("num_batches" in tensor for tensor in load_file(folder / "model.safetensors"))
    entry = score(folder)
    with torch.no_grad():
        expected = model(few[0]).argmax(dim=1)
    assert torch.equal(entry.predictions, expected)
    assert entry.parameters == sum(parameter.numel() for parameter in model.parameters())
    assert entry.claim_holds


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_onnx_and_pytorch_agree_on_every_picture(tmp_path, clothes):
    """The model keeps its own normalization inside, and is packed while it is in training."""
    torch.manual_seed(0)
    body = [nn.Conv2d(1, 16, 3, stride=3, bias=False), nn.BatchNorm2d(16), nn.GELU(), nn.Flatten()]
    model = nn.Sequential(nn.BatchNorm2d(1), *body, nn.Dropout(0.5), nn.Linear(16 * 9 * 9, 10))
    model(torch.rand(100, 1, 28, 28))
    folder = pack(model, tmp_path / "mine", **ABOUT)
    assert sorted(path.name for path in folder.iterdir()) == ["model.onnx", "submission.toml"]
    entry = score(folder)
    assert entry.network == "ONNX"
    assert entry.accuracy == counted(model.eval(), clothes) / 10_000
    assert entry.claim_holds
    # The second normalization is merged into the convolution before it: of scale and shift a bias is left.
    # The first stays apart, with its mean and variance. GELU is computed with three constants.
    assert entry.parameters == sum(parameter.numel() for parameter in model.parameters()) - 16 + 2 + 3
    assert entry.file_size == (folder / "model.onnx").stat().st_size


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_lines_on_the_page_export_what_is_accepted(tmp_path, clothes, clothes_hand_in):
    torch.manual_seed(0)
    model = CLASSIFIERS["lenet"]()
    page = fashion_page().split("**Any network as ONNX.**")[1]
    lines = page.split("```python\n")[1].split("```")[0]
    exec(lines.replace('"my-network', f'"{tmp_path}/my-network'), {"torch": torch, "model": model})
    assert [path.name for path in (tmp_path / "my-network").iterdir()] == ["model.onnx"]
    content = (tmp_path / "my-network" / "model.onnx").read_bytes()
    entry = score(clothes_hand_in(files={"model.onnx": content}))
    assert entry.accuracy == counted(model.eval(), clothes) / 10_000
    assert entry.parameters == 61_706


def test_the_lines_on_the_page_write_weights_that_are_accepted(tmp_path, few, clothes_hand_in):
    lines = fashion_page().split("from safetensors.torch import")[1].split("```")[0]
    (tmp_path / "my-network").mkdir()
    model = CLASSIFIERS["residual"]()
    exec(
        f"from safetensors.torch import{lines}".replace('"my-network', f'"{tmp_path}/my-network'),
        {"model": model},
    )
    content = (tmp_path / "my-network" / "model.safetensors").read_bytes()
    entry = score(clothes_hand_in(FASHION | {"architecture": "residual"}, {"model.safetensors": content}))
    assert entry.status is Status.RANKED


def test_the_description_on_the_page_is_accepted(clothes_hand_in):
    place = clothes_hand_in()
    toml = fashion_page().split("```toml\n")[1].split("```")[0]
    (place / "submission.toml").write_text(toml.replace('"lenet"', '"linear"'))
    assert score(place).status is Status.RANKED


def fashion_page():
    return (ROOT / "lessons/competitions/fashion/fashion.md").read_text()


def test_logits_alone_are_claimed_and_end_with_1(clothes, clothes_hand_in):
    logits = nn.functional.one_hot(clothes.test_labels, 10).float()
    logits[:300] = logits[:300].roll(1, dims=1)
    place = clothes_hand_in(files={"logits.safetensors": save({"logits": logits})})
    done = check(place, "--json")
    assert done.exit_code == 1
    found = json.loads(done.output)
    assert found["status"] == "claimed"
    assert found["accuracy"] == 0.97
    assert found["network"] == "logits"
    assert "nobody has seen the network" in found["reason"]


def test_the_command_ends_with_0_and_2_and_its_json_holds_what_programs_need(clothes_hand_in, tmp_path):
    done = check(clothes_hand_in(), "--json")
    assert done.exit_code == 0
    found = json.loads(done.output)
    assert found["status"] == "ranked"
    assert found["interval"][0] < found["accuracy"] < found["interval"][1]
    assert found["parameters"] == 7850
    assert found["claim_holds"] is False
    done = check(tmp_path / "nothing there", "--json")
    assert done.exit_code == 2
    assert json.loads(done.output)["accuracy"] is None
    assert "neither a folder nor a .zip archive" in json.loads(done.output)["reason"]


def test_without_the_test_pictures_the_command_says_why_and_ends_with_3(clothes_hand_in, monkeypatch):
    def unavailable():
        raise AssetUnavailable("fashion-mnist cannot be had: no source answers")

    monkeypatch.setattr(scoring, "test_set", unavailable)
    done = check(clothes_hand_in())
    assert done.exit_code == 3
    assert done.stderr == "fashion-mnist cannot be had: no source answers\n"


def test_a_false_claim_shows_the_measured_number_beside_it(clothes_hand_in):
    place = clothes_hand_in(FASHION | {"claims": {"parameters": 10, "accuracy": 0.999}})
    done = check(place)
    assert done.exit_code == 0
    assert done.output.startswith("goes on the board: ")
    assert "with 7,850 parameters. Claimed were 99.90% with 10 parameters." in done.output


def test_a_zip_archive_is_scored_as_its_folder(clothes_hand_in, tmp_path):
    place = clothes_hand_in()
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as archive:
        for file in place.iterdir():
            archive.write(file, f"mine/{file.name}")
        archive.writestr("mine/notes.md", "not read")
    assert score(tmp_path / "mine.zip").accuracy == score(place).accuracy


def test_the_board_orders_by_accuracy_and_shows_ties(clothes, clothes_hand_in, tmp_path):
    for name, seed in {"a": 1, "b": 2}.items():
        clothes_hand_in(files={"model.safetensors": save(linear_weights(seed))}, folder=f"in/{name}")
    shutil.copytree(tmp_path / "in/a", tmp_path / "in/c")
    clothes_hand_in(FASHION | {"seed": -1}, folder="in/refused")
    entries = score_all(tmp_path / "in", score, order)
    assert [entry.status for entry in entries] == ["ranked"] * 3 + ["refused"]
    board = entries[:3]
    accuracies = [entry.accuracy for entry in board]
    assert accuracies == sorted(accuracies, reverse=True)
    assert accuracies[0] != accuracies[2]
    texts = ranks([(entry.accuracy, entry.interval) for entry in board])
    table = BeautifulSoup(board_table("Board", board, {}, texts).data, "html.parser")
    shown = [row.find("td").get_text() for row in table.find_all("tr")[1:]]
    assert shown == texts


def test_scores_are_kept_and_only_what_changed_is_measured_again(clothes_hand_in, tmp_path, monkeypatch):
    kept, measured = tmp_path / "kept", []
    original = scoring.measured
    monkeypatch.setattr(scoring, "measured", lambda *arguments: measured.append(1) or original(*arguments))
    place = clothes_hand_in()
    first = score(place, kept)
    again = score(place, kept)
    assert len(measured) == 1
    assert torch.equal(first.predictions, again.predictions)
    assert again.accuracy == first.accuracy == score(place).accuracy
    measured.clear()

    toml = (place / "submission.toml").read_text()
    (place / "submission.toml").write_text(toml.replace("0.5", "0.7"))
    assert score(place, kept).sentence.endswith("Claimed were 70.00% with 7,850 parameters.")
    assert not measured, "another claim needs no new measurement"

    (place / "model.safetensors").write_bytes(save(linear_weights(1)))
    assert score(place, kept).accuracy == score(place).accuracy != first.accuracy
    assert len(measured) == 2, "once with and once without what is kept"
    assert len(list(kept.iterdir())) == 2
    measured.clear()

    for broken in ("", "no JSON", "[]", '{"predictions": "123", "parameters": 3}', '{"predictions": 3}'):
        for file in kept.iterdir():
            file.write_text(broken)
        assert score(place, kept).accuracy == score(place).accuracy
    assert len(measured) == 10

    (place / "model.safetensors").write_bytes(b"broken")
    assert score(place, kept).status is Status.REFUSED


def test_all_that_judges_a_network_is_among_what_judges():
    """Modules of the package that a measurement loads, from the sandbox's process too, are looked at."""
    from academy.competitions.fashion import onnx_models
    from academy.nets import classifiers
    from academy.sandbox import onnx_graph

    judging = [Path(module.__file__) for module in (scoring, onnx_models, classifiers, onnx_graph)]
    hashes = {hashlib.sha256(path.read_bytes()).digest() for path in judging}
    assert hashes <= set(scoring.judges())


def test_what_judges_decides_what_is_kept(clothes_hand_in, tmp_path, monkeypatch):
    place = clothes_hand_in()
    score(place, tmp_path / "kept")
    monkeypatch.setattr(scoring, "judges", lambda: (b"other rules",))
    score(place, tmp_path / "kept")
    assert len(list((tmp_path / "kept").iterdir())) == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"author": ""}, "author in submission"),
        ({"worked": "x" * 2001}, "worked in submission"),
        ({"training_seconds": float("nan")}, "training_seconds in submission"),
        ({"architecture": "resnet"}, "there is no architecture resnet"),
        ({"architecture": "lenet"}, "lacks the tensor 0.bias, .* it holds 1.bias and 1.weight"),
    ],
)
def test_what_the_rules_exclude_is_not_packed(tmp_path, change, reason):
    with pytest.raises(ValueError, match=reason):
        pack(linear(linear_weights()), tmp_path, **ABOUT | {"architecture": "linear"} | change)
    assert not any(tmp_path.iterdir())


def test_what_is_packed_says_at_once_what_it_scores(tmp_path, capsys):
    folder = pack(linear(linear_weights()), tmp_path, **ABOUT, architecture="linear")
    said = capsys.readouterr().out.strip()
    assert said.endswith("with 7,850 parameters.")
    assert score(folder).reason == said


def test_to_pack_as_onnx_without_its_packages_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("academy.web.onnx_files.find_spec", lambda name: None if "onnx" in name else name)
    with pytest.raises(ValueError, match=r"packages are missing: pip install onnxscript onnx onnxruntime$"):
        pack(linear(linear_weights()), tmp_path, **ABOUT)
    assert not any(tmp_path.iterdir())


def test_a_folder_with_another_kind_of_model_stays_as_it_is(tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"mine")
    with pytest.raises(
        ValueError, match=r"holds model\.onnx already, beside which model\.safetensors cannot"
    ):
        pack(linear(linear_weights()), tmp_path, **ABOUT, architecture="linear")
    assert [path.name for path in tmp_path.iterdir()] == ["model.onnx"]


def test_the_same_kind_is_packed_again_in_place_of_the_first(tmp_path):
    for seed in (0, 1):
        folder = pack(linear(linear_weights(seed)), tmp_path, **ABOUT, architecture="linear")
    assert torch.equal(load_file(folder / "model.safetensors")["1.weight"], linear_weights(1)["1.weight"])


UNFIT = {
    "flattened pixels": (nn.Linear(784, 10), "; on two it failed: "),
    "three channels": (nn.Conv2d(3, 10, 28), "; on two it failed: "),
    "nine classes": (nn.Sequential(nn.Flatten(), nn.Linear(784, 9)), r"gave \[2, 9\], not \[2, 10\]"),
    "no logits": (nn.LSTM(28, 10), "; on two it failed: "),
}


@pytest.mark.parametrize("architecture", [None, "linear"])
@pytest.mark.parametrize("name", UNFIT)
def test_a_model_of_other_pictures_is_told_what_it_must_take(tmp_path, name, architecture):
    model, reason = UNFIT[name]
    with pytest.raises(ValueError, match=r"must take pictures of shape \(count, 1, 28, 28\)") as refusal:
        pack(model, tmp_path, **ABOUT, architecture=architecture)
    refusal.match(reason)
    assert "\n" not in str(refusal.value)
    assert model.training
    assert not any(tmp_path.iterdir())


def test_an_onnx_file_is_a_hand_in_without_pytorch(clothes, clothes_hand_in):
    entry = score(clothes_hand_in(files={"model.onnx": written()}))
    assert entry.status is Status.RANKED
    assert entry.parameters == 7850
