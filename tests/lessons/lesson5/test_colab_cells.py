"""The cells of Lesson 5 that train on photos, on a tiny archive or folder and for one epoch."""

import io
import zipfile

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from academy.lessons.lesson5.features import backbone
from academy.lessons.lesson5.runs import read_run
from academy.lessons.lesson5.training import Recipe
from chapter_cells import run_colab_cell
from PIL import Image
from sites import ROOT

CHAPTER = ROOT / "lessons/5-variational-autoencoders/lesson5.md"

pytestmark = pytest.mark.slow


def short(**given):
    """A recipe that is done after one epoch; what the cell asks for must be there."""
    return Recipe(**given | {"epochs": 1})


def photo(number, size):
    """Make up a photo: a face has nothing to do with what is tested here."""
    pixels = np.random.default_rng(number).integers(256, size=(4, 4, 3), dtype=np.uint8)
    target = io.BytesIO()
    Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC).save(target, "JPEG")
    return target.getvalue()


@pytest.fixture
def drawn(monkeypatch):
    """The pictures that were shown, each in a figure of its own as in a notebook."""
    pictures = []
    plt.close("all")  # a test before may have left a figure

    def show():
        pictures.append(np.asarray(plt.gca().images[0].get_array()))
        plt.close()

    monkeypatch.setattr(plt, "show", show)
    return pictures


@pytest.fixture(scope="module")
def measuring():
    """Have what measures reconstructions at hand: once an archive is served, nothing else is."""
    backbone()


@pytest.fixture
def stars(measuring, served, own_checkpoints, capsys):
    """What the first cell leaves: a network that has learned 72 photos of an archive like that of CelebA."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as content:
        for number in range(1, 81):
            content.writestr(f"img_align_celeba/{number:06}.jpg", photo(number, (178, 218)))
    served("celeba", {"img_align_celeba.zip": archive.getvalue()})
    return run_colab_cell(CHAPTER, "# Real faces", Recipe=short)


def look(stars):
    """Run the cell that shows photos kept back; it leaves what shows others, too."""
    wanted = {name: stars[name] for name in ("device", "stars", "kept_photos", "learned_photos")}
    return run_colab_cell(CHAPTER, "# The photos kept back", **wanted)


def test_photos_are_fetched_learned_and_shown(stars, capsys, drawn):
    assert stars["photos"].images.shape == (80, 3, 64, 64)
    assert len(stars["learned_photos"].images) == 72
    assert stars["stars"].losses.shape == (1, 2)
    assert capsys.readouterr().out == "CelebA: 80 of its 80 photos of famous people.\n"

    look(stars)
    (picture,) = drawn
    assert picture.shape == (3 * 66 + 2, 8 * 66 + 2, 3)  # two pixels around each
    first = torch.from_numpy(picture[2:66, 2:66]).permute(2, 0, 1)
    torch.testing.assert_close(first, stars["photos"].images[72] / 255)


@pytest.mark.parametrize(("count", "pictures"), [(0, 0), (71, 1), (72, 2)])
def test_pictures_of_ones_own_are_shown_and_from_72_on_learned(
    count, pictures, stars, tmp_path, monkeypatch, capsys, drawn
):
    monkeypatch.chdir(tmp_path)
    for number in range(count):
        (tmp_path / "my-faces").mkdir(exist_ok=True)
        (tmp_path / "my-faces" / f"{number:02}.jpg").write_bytes(photo(number, (90, 70)))
    capsys.readouterr()
    wanted = {name: stars[name] for name in ("device", "stars", "learned_photos")}
    names = run_colab_cell(
        CHAPTER, "# Your own", **wanted, Recipe=short, show_faces=look(stars)["show_faces"]
    )
    assert len(drawn) == 1 + pictures
    said = f"{count} of {count} pictures in the folder “my-faces”.\n" if count else ""
    printed = capsys.readouterr().out
    assert printed.startswith(said)
    assert ("own" in names) == (count == 72)
    if count < 72:
        assert printed == said
    else:
        run = read_run(tmp_path / "face-runs" / "my-faces")
        assert (run.metadata.training, run.metadata.validation) == (64, 8)
