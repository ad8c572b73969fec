"""The cells of Lesson 4 that need the hub, on tiny data from a stand-in server on loopback."""

from types import SimpleNamespace

import pytest
import timm
import torch
from academy.assets import registry
from academy.data.images import Labeled
from chapter_cells import cells, definitions
from huggingface_hub import constants
from safetensors.torch import save
from sites import ROOT
from stand_in import Server, registry_text, sends

CHAPTER = ROOT / "lessons/4-transfer-learning/lesson4.md"
PHOTOS, KEPT_BACK = 1001, 5000
"""Photos in each of five files, and how many of all the cell keeps back: five are left to train with."""


@pytest.fixture
def server():
    stand_in = Server()
    yield stand_in
    stand_in.close()


def run_colab_cell(beginning, **given):
    """Run the one cell tagged `colab` whose first line begins so, after the chapter's definitions."""
    (cell,) = (
        each for each in cells(CHAPTER) if "colab" in each.tags and each.first_line.startswith(beginning)
    )
    names = definitions("lesson4", **given)
    exec(cell.source, names)
    return names


def photo_file(seed, count):
    """Make up photos as CIFAR-10's binary version has them: a label, then red, green and blue."""
    generator = torch.Generator().manual_seed(seed)
    pixels = torch.randint(256, (count, 1 + 3072), dtype=torch.uint8, generator=generator)
    pixels[:, 0] %= 10
    return pixels.numpy().tobytes()


def test_small_photos_are_fetched_and_learned_with_and_without_changes(server, tmp_path, monkeypatch, capsys):
    files = {f"data_batch_{number}.bin": photo_file(number, PHOTOS) for number in range(1, 6)}
    files["test_batch.bin"] = photo_file(0, 20)
    for name, content in files.items():
        server.answers[f"/{name}"] = sends(content)
    path = tmp_path / "registry.toml"
    path.write_text(registry_text("cifar10", files, {"kind": "web", "addresses": [f"{server.url}/"]}))
    monkeypatch.setattr(registry, "REGISTRY", path)
    monkeypatch.setenv("ACADEMY_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("ACADEMY_OFFLINE", raising=False)
    registry.assets.cache_clear()
    try:
        names = run_colab_cell("# CIFAR-10")
    finally:
        registry.assets.cache_clear()
    assert len(names["small_photos"].train.labels) == 5 * PHOTOS - KEPT_BACK
    assert names["steps"] == 1
    scores = capsys.readouterr().out.split()
    assert len(scores) == 2
    assert all(0 <= float(score.rstrip("%")) <= 100 for score in scores)
    assert names["net"](names["small_photos"].test.images).shape == (20, 10)


def test_a_backbone_comes_from_the_hub_with_its_weights_and_its_own_normalization(
    server, tmp_path, monkeypatch, capsys
):
    torch.manual_seed(1)
    weights = timm.create_model("resnet18d").state_dict()
    headers = {"ETag": '"weights"', "X_Repo_Commit": "0" * 40}
    place = "/timm/resnet18d.ra2_in1k/resolve/main/model.safetensors"
    server.answers[place] = sends(save(weights), **headers)
    template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace(constants.ENDPOINT, server.url)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setattr(constants, "ENDPOINT", server.url)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)

    images = torch.randint(256, (5, 3, 40, 40), dtype=torch.uint8)
    few = torch.arange(3)
    split = SimpleNamespace(
        train=Labeled(images, torch.arange(5)), test=Labeled(images[3:], torch.tensor([3, 4]))
    )
    names = run_colab_cell("# ResNet-18-D", split=split, few=few, few_labels=few)
    assert place in server.asked
    assert torch.equal(names["resnet"].conv1[0].weight, weights["conv1.0.weight"])
    assert names["settings"]["mean"] == (0.485, 0.456, 0.406)
    assert names["of_few"].shape == (3, 512)
    assert names["of_tests"].shape == (2, 512)
    assert capsys.readouterr().out.strip().endswith("%")
