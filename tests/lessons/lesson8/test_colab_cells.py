"""The cells of Lesson 8 that need the hub, on tiny models of the same classes from a stand-in on loopback."""

import sys
from types import SimpleNamespace
from typing import ClassVar

import matplotlib.pyplot as plt
import numpy as np
import open_clip
import pytest
import torch
from chapter_cells import cells
from IPython.core.inputtransformer2 import TransformerManager
from PIL import Image
from sites import ROOT
from stand_in_clip import OPEN_CLIP, serve_clip
from stand_in_hub import become_hub, point_to
from torch.nn import functional as F

CHAPTER = ROOT / "lessons/8-clip/lesson8.md"
IMPORTS = """
from textwrap import fill

import matplotlib.pyplot as plt
import open_clip
import torch
from torch.nn import functional as F
from transformers import AutoProcessor, BlipForConditionalGeneration, BlipForQuestionAnswering, pipeline

from academy.lessons.lesson8.your_photos import your_photos
"""
PHOTOS = {"red.jpg": (200, 20, 20), "green.png": (20, 200, 20), "blue.webp": (20, 20, 200)}

pytestmark = pytest.mark.slow


@pytest.fixture
def hub(server, tmp_path, monkeypatch):
    """A stand-in for the hub; the working folder is empty."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    become_hub(server)
    serve_clip(server, tmp_path / "models", monkeypatch)
    point_to(server, tmp_path / "cache", monkeypatch)
    monkeypatch.setattr(plt, "show", lambda: None)
    plt.close("all")  # what other tests have left open
    yield server
    plt.close("all")


@pytest.fixture
def photos(tmp_path, hub):
    """Three photos of a reader."""
    folder = tmp_path / "here" / "my-photos"
    folder.mkdir()
    for name, color in PHOTOS.items():
        Image.new("RGB", (90, 70), color).save(folder / name)


def run(*beginnings, **given):
    """Run cells by the beginnings of their first lines, in a notebook of their own."""
    names = dict(given)
    exec(IMPORTS, names)
    names.update(given)
    for beginning in beginnings:
        (cell,) = (
            each for each in cells(CHAPTER) if "colab" in each.tags and each.first_line.startswith(beginning)
        )
        exec(TransformerManager().transform_cell(cell.source), names)
    return names


def test_every_cell_says_in_its_first_line_what_it_needs():
    found = [cell for cell in cells(CHAPTER) if "colab" in cell.tags]
    assert len(found) >= 8
    assert all(cell.first_line.startswith("# ") for cell in found)


def test_photos_are_named_by_weights_from_the_hub(hub, photos, capsys):
    names = run("# Your photos:", "# OpenCLIP", "# Zero-shot")
    assert capsys.readouterr().out.startswith("3 of 3 pictures in the folder “my-photos”.")
    assert f"/{OPEN_CLIP}/resolve/main/open_clip_model.safetensors" in hub.asked
    assert not names["large_clip"].training
    assert names["shares"].shape == (3, len(names["things"]))
    torch.testing.assert_close(names["shares"].sum(dim=1), torch.ones(3))
    torch.testing.assert_close(names["photo_vectors"].norm(dim=1), torch.ones(3))
    assert len(plt.get_fignums()) == 3
    bars = plt.gcf().axes[1].containers[0]
    assert [bar.get_width() for bar in bars] == pytest.approx(names["shares"][2].tolist())


def test_shares_are_those_of_the_networks_own_logits(hub, photos):
    names = run("# Your photos:", "# OpenCLIP", "# Zero-shot")
    clip = names["large_clip"]
    with torch.no_grad():
        logits, _ = clip.get_logits(names["prepared"], open_clip.tokenize(names["choices"]))
    torch.testing.assert_close(names["shares"], logits.softmax(dim=1))


def test_an_ensemble_is_the_direction_of_the_mean(hub, photos, capsys):
    names = run("# Your photos:", "# OpenCLIP", "# Zero-shot", "# Templates")
    templates, things = names["templates"], names["things"]
    single = [names["text_vectors"](things, [each]) for each in templates]
    expected = F.normalize(torch.stack(single).mean(dim=0), dim=1)
    torch.testing.assert_close(names["text_vectors"](things, templates), expected)
    said = capsys.readouterr().out.splitlines()[-len(templates) - 1 :]
    assert [line[:28].strip() for line in said] == [*templates, "all of them"]


def test_photos_are_searched_with_words(hub, photos, capsys):
    names = run("# Your photos:", "# OpenCLIP", "# Zero-shot", "# Templates", "# Your photos, searched")
    said = capsys.readouterr().out.splitlines()[-3:]
    best = names["mine"].names[names["cosines"].argmax()]
    assert said[2].startswith("a place far away")
    assert said[2].split()[4] == best
    assert all(sorted(line.split()[-6::2]) == sorted(PHOTOS) for line in said)


def test_openais_weights_choose_with_transformers(hub, photos, capsys):
    names = run("# Your photos:", "# Zero-shot", "# OpenAI's", **made_up_clip())
    said = capsys.readouterr().out.splitlines()[-3:]
    assert [line.split()[0] for line in said] == sorted(PHOTOS)
    assert any("openai/clip-vit-base-patch32" in path for path in hub.asked)
    shares = names["choose"](names["mine"].pictures[0], candidate_labels=names["things"])
    assert sum(each["score"] for each in shares) == pytest.approx(1)
    assert shares[0]["label"] in said[0]


def made_up_clip():
    """What the cell with OpenCLIP's weights would have left."""
    return {
        "large_clip": SimpleNamespace(
            encode_text=lambda tokens, normalize: torch.ones(len(tokens), 4), logit_scale=torch.tensor(0.0)
        ),
        "tokenize": open_clip.tokenize,
        "photo_vectors": torch.ones(3, 4),
    }


@pytest.mark.parametrize(
    ("beginning", "name"),
    [("# BLIP: a caption", "blip-image-captioning-base"), ("# BLIP: a question", "blip-vqa-base")],
)
def test_blip_writes_something_of_each_photo(beginning, name, hub, photos, capsys):
    run("# Your photos:", beginning)
    said = capsys.readouterr().out.splitlines()[-3:]
    assert [line.split()[0] for line in said] == sorted(PHOTOS)
    assert any(name in path for path in hub.asked)


class Drawing:
    """Stands in for the pipeline of diffusers, which is not installed here: notes what it is asked."""

    asked: ClassVar[list] = []

    @classmethod
    def from_pretrained(cls, name, **settings):
        cls.asked.append((name, settings))
        return cls()

    def to(self, device):
        assert device == "cuda"
        return self

    def __call__(self, prompt, generator, guidance_scale):
        self.asked.append((prompt, guidance_scale, generator))
        return SimpleNamespace(images=[np.zeros((8, 8, 3))])


@pytest.fixture
def gpu(monkeypatch):
    """Something that answers like a GPU and like diffusers."""
    monkeypatch.setattr(Drawing, "asked", [])
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch, "Generator", lambda device: SimpleNamespace(manual_seed=lambda seed: seed))
    monkeypatch.setitem(sys.modules, "diffusers", SimpleNamespace(StableDiffusionPipeline=Drawing))


@pytest.fixture
def installed():
    """What the cell asks pip for, in place of installing it."""
    asked = []
    shell = SimpleNamespace(run_line_magic=lambda *line: asked.append(line))
    return asked, {"get_ipython": lambda: shell}


def test_stable_diffusion_draws_three_strengths_from_the_same_noise(gpu, installed, monkeypatch):
    monkeypatch.setattr(plt, "show", lambda: None)
    asked, shell = installed
    run("# Stable Diffusion", **shell)
    assert asked == [("pip", "install --quiet diffusers")]
    (name, settings), *drawn = Drawing.asked
    assert name == "stable-diffusion-v1-5/stable-diffusion-v1-5"
    assert settings == {"variant": "fp16", "torch_dtype": torch.float16}
    assert [guidance for _, guidance, _ in drawn] == [1, 4, 12]
    assert len({noise for *_, noise in drawn}) == 1
    plt.close("all")


def test_without_a_gpu_stable_diffusion_fetches_nothing(installed, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    _, shell = installed
    assert "draw" not in run("# Stable Diffusion", **shell)
