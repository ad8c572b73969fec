"""The cells of Lesson 4 that need the hub, on tiny data from a stand-in server on loopback."""

from types import SimpleNamespace

import timm
import torch
from academy.data.images import Labeled
from chapter_cells import run_colab_cell
from huggingface_hub import constants
from safetensors.torch import save
from sites import ROOT
from stand_in import sends

CHAPTER = ROOT / "lessons/4-transfer-learning/lesson4.md"
PHOTOS, KEPT_BACK = 1001, 5000
"""Photos in each of five files, and how many of all the cell keeps back: five are left to train with."""


def photo_file(seed, count):
    """Make up photos as CIFAR-10's binary version has them: a label, then red, green and blue."""
    generator = torch.Generator().manual_seed(seed)
    pixels = torch.randint(256, (count, 1 + 3072), dtype=torch.uint8, generator=generator)
    pixels[:, 0] %= 10
    return pixels.numpy().tobytes()


def test_small_photos_are_fetched_and_learned_with_and_without_changes(served, capsys):
    files = {f"data_batch_{number}.bin": photo_file(number, PHOTOS) for number in range(1, 6)}
    files["test_batch.bin"] = photo_file(0, 20)
    served("cifar10", files)
    names = run_colab_cell(CHAPTER, "# CIFAR-10")
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
    names = run_colab_cell(CHAPTER, "# ResNet-18-D", split=split, few=few, few_labels=few)
    assert place in server.asked
    assert torch.equal(names["resnet"].conv1[0].weight, weights["conv1.0.weight"])
    assert names["settings"]["mean"] == (0.485, 0.456, 0.406)
    assert names["of_few"].shape == (3, 512)
    assert names["of_tests"].shape == (2, 512)
    assert capsys.readouterr().out.strip().endswith("%")
