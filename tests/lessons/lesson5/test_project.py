"""The face project and its command: faces of any kind, trained on, stopped and resumed, measured, listed."""

import os
import signal
import subprocess
import sys

import numpy as np
import pytest
import torch
from academy.cli import app
from academy.data import real_faces
from academy.data.avatars import avatars
from academy.data.picture_files import NoPictures
from academy.data.real_faces import Photos
from academy.lessons.lesson5 import cli, project, training
from academy.lessons.lesson5.judge import JUDGED, probabilities
from academy.lessons.lesson5.project import FEWEST, face_data, make_run
from academy.lessons.lesson5.runs import PICTURES, read_run
from academy.lessons.lesson5.training import Recipe
from PIL import Image
from sites import ROOT
from torch.distributions import Normal, kl_divergence
from typer.testing import CliRunner

TINY = Recipe(latents=3, epochs=2, depth=5)
KINDS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF", "bmp": "BMP", "tif": "TIFF"}


def picture(number):
    """A picture of a size of its own, seeded by its number."""
    chance = np.random.default_rng(number)
    pixels = chance.integers(256, size=(4, 4, 3), dtype=np.uint8)
    return Image.fromarray(pixels).resize((60 + number % 50, 110 - number % 40), Image.Resampling.BICUBIC)


@pytest.fixture
def fill(tmp_path):
    """Make a folder of so many pictures of all kinds, and return it."""

    def make(count):
        folder = tmp_path / "My faces"
        (folder / "more").mkdir(parents=True)
        for number in range(count):
            ending = list(KINDS)[number % len(KINDS)]
            place = folder / "more" if number % 3 == 0 else folder
            picture(number).save(place / f"{number:03}.{ending}", KINDS[ending])
        return folder

    return make


def faces(*words):
    """Run the command."""
    return CliRunner().invoke(app, ["faces", *map(str, words)])


def images(count):
    return torch.arange(count, dtype=torch.uint8)[:, None, None, None].expand(-1, 3, 64, 64)


@pytest.mark.parametrize(
    ("count", "kept"), [(FEWEST, 8), (89, 8), (90, 9), (200, 20), (4_999, 499), (5_010, 500), (20_000, 500)]
)
def test_a_tenth_is_kept_back_from_8_to_500(count, kept, monkeypatch):
    found = Photos((torch.arange(count) % 256).byte()[:, None, None, None].expand(-1, 3, 64, 64), "gray")
    monkeypatch.setitem(project.PHOTOS, "lfw", lambda: found)
    data = face_data("lfw")
    assert len(data.validation.images) == kept
    assert len(data.train.images) == count - kept >= 64
    torch.testing.assert_close(torch.cat([data.train.images, data.validation.images]), found.images)


def test_too_few_faces_are_counted(monkeypatch):
    monkeypatch.setitem(project.PHOTOS, "celeba", lambda count: Photos(images(count), "Photos."))
    with pytest.raises(
        ValueError, match="71 faces are too few: a run needs 72 or more, 64 for a batch and 8"
    ):
        face_data("celeba", 71)
    assert len(face_data("celeba", 72).train.images) == 64


@pytest.mark.parametrize("count", [0, -3])
def test_no_faces_are_none(count, fill):
    with pytest.raises(ValueError, match=f"{count} faces are none"):
        face_data(str(fill(1)), count)


def test_what_is_no_data_is_said():
    with pytest.raises(ValueError, match="“avatar” is no folder here, nor one of avatars, lfw and celeba"):
        face_data("avatar")


def test_a_folder_of_all_kinds_is_read_and_broken_pictures_are_named(fill):
    folder = fill(90)
    whole = (folder / "001.png").read_bytes()
    (folder / "cut.png").write_bytes(whole[: len(whole) // 2])
    (folder / "text.jpg").write_text("no picture at all")
    (folder / "empty.webp").write_bytes(b"")
    (folder / "notes.txt").write_text("about them")
    (folder / "photo.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(40))
    data = face_data(str(folder))
    assert len(data.train.images) + len(data.validation.images) == 90
    assert data.train.images.shape[1:] == (3, 64, 64)
    assert data.name == "My-faces"
    assert data.train.source.startswith("90 of 94 pictures in the folder “My faces”. ")
    assert "“cut.png” is damaged or cut off" in data.train.source
    assert "“empty.webp” is empty" in data.train.source
    assert "1 more were left out" in data.train.source
    assert "notes.txt" not in data.train.source


def test_of_a_folder_the_first_are_taken(fill):
    folder = fill(80)
    data, everything = face_data(str(folder), 75), face_data(str(folder))
    torch.testing.assert_close(
        torch.cat([data.train.images, data.validation.images]),
        torch.cat([everything.train.images, everything.validation.images])[:75],
    )


def test_a_folder_without_pictures_is_refused(tmp_path):
    with pytest.raises(NoPictures, match="holds no picture"):
        face_data(str(tmp_path))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"depth": 6}, "depth in the recipe is 6, not a whole number from 3 to 5"),
        ({"latents": 1}, "latents in the recipe is 1, not a whole number from 2 to 512"),
        ({"beta": -1.0}, "beta in the recipe is -1.0, not a number from 0"),
        ({"beta": float("nan")}, "beta in the recipe is nan, not a number"),
        ({"epochs": 0}, "epochs in the recipe is 0, not a whole number from 1"),
        ({"variational": False}, "variational in the recipe is False, not true"),
        ({"loss": "MAE"}, "loss in the recipe is 'MAE', not one of MSE, log-MSE"),
    ],
)
def test_what_no_run_can_have_is_refused_before_any_face_is_read(wrong, sentence, tmp_path, monkeypatch):
    monkeypatch.setattr(project, "face_data", lambda *given: pytest.fail("faces were read"))
    with pytest.raises(ValueError, match=sentence):
        make_run("avatars", Recipe(**wrong), folder=tmp_path / "runs")


def test_what_the_command_is_asked_for_reaches_the_training(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(project, "make_run", lambda *given: asked.append(given) or tmp_path / "x")
    words = (
        "--data lfw --count 300 --beta 4 --latents 32 --depth 3 --loss log-mse --epochs 7 --seed 5 --name x"
    )
    result = faces("train", *words.split(), "--folder", tmp_path)
    assert result.stdout == f"The run is in {tmp_path / 'x'}.\n"
    recipe = Recipe(latents=32, beta=4, loss="log-MSE", epochs=7, seed=5, depth=3)
    assert asked == [("lfw", recipe, 300, "x", tmp_path)]


def test_what_the_command_says_without_loading_the_lesson_is_what_the_lesson_has():
    assert cli.HERE == project.FOLDER
    assert {each.value for each in cli.Loss} == set(project.LOSSES)
    assert set(project.LOSSES.values()) <= set(training.LOSSES)


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["--depth", "6"], 2, "depth in the recipe is 6, not a whole number from 3 to 5."),
        (["--name", "../x"], 2, "“../x” cannot be the name of a run"),
        (["--data", "nowhere"], 2, "“nowhere” is no folder here, nor one of avatars, lfw and celeba."),
        (["--loss", "mae"], 2, "'mae' is not one of 'mse', 'log-mse', 'perceptual'"),
        (["--data", "lfw"], 3, "Labeled Faces in the Wild could not be fetched"),
    ],
)
def test_the_command_says_what_cannot_be_and_leaves_nothing(words, status, sentence, tmp_path, monkeypatch):
    def refuses(**given):
        raise OSError("data not found")

    monkeypatch.setattr(real_faces, "fetch_lfw_people", refuses)
    result = faces("train", "--folder", tmp_path / "runs", *words)
    assert result.exit_code == status
    assert sentence in " ".join(result.stderr.replace("│", "").split())
    assert list(tmp_path.glob("runs/*")) == []


def test_a_folder_that_cannot_be_written_is_said_before_anything_is_trained(tmp_path):
    (tmp_path / "runs").write_text("a file")
    result = faces("train", "--folder", tmp_path / "runs")
    assert result.exit_code == 1
    assert f"{tmp_path / 'runs'} cannot be written or read: File exists." in result.stderr


def test_a_stopped_training_is_told_how_to_go_on(tmp_path, monkeypatch):
    def stops(*given):
        raise KeyboardInterrupt

    monkeypatch.setattr(project, "trained", stops)
    monkeypatch.setattr(project, "drawn", lambda count: Photos(images(72), "Gray."))
    result = faces("train", "--folder", tmp_path / "runs")
    assert result.exit_code == 130
    assert result.stderr == "Stopped; the same command goes on after the last whole epoch.\n"


def test_list_shows_figures_and_names_what_is_damaged(run_folder, face_run, run_pictures):
    damaged = project.write_run(run_folder.parent, "[red]", face_run, run_pictures)
    (damaged / "history.csv").unlink()
    result = faces("list", "--folder", run_folder.parent)
    assert result.exit_code == 0
    head, row, _ = result.stdout.splitlines()
    assert " ".join(head.split()) == "run data latents depth β loss epochs dB KL in 8"
    assert " ".join(row.split()) == "faces folder 3 5 4 log-mse 2 12.3 3 100%"
    assert result.stderr.startswith(
        "The run “[red]” cannot be used: there is no history.csv, but metadata.json"
    )


def test_list_of_nothing_says_what_makes_a_run(tmp_path):
    result = faces("list", "--folder", tmp_path / "runs")
    assert result.exit_code == 0
    assert result.stdout == f"There is no run in {tmp_path / 'runs'}; `academy faces train` makes one.\n"


KILLED = """
import os, signal, sys
from pathlib import Path
from academy.cli import app
from academy.lessons.lesson5 import training

loss, calls = training.LOSSES["MSE"], []

def kills(made, images):
    calls.append(1)
    if len(calls) == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return loss(made, images)

cache = Path(sys.argv.pop())
training.cache_folder = lambda: cache
training.LOSSES["MSE"] = kills
app()
"""
"""The command, killed in its fourth step."""


@pytest.mark.slow
def test_a_run_killed_in_mid_epoch_and_resumed_ends_as_one_never_killed(fill, tmp_path, monkeypatch):
    """With two batches an epoch, the fourth step is in the middle of the second."""
    words = ["train", "--data", fill(142), "--latents", 3, "--depth", 5, "--epochs", 3]
    for place in ("killed", "whole"):
        (tmp_path / place).mkdir()
    arguments = [*map(str, words), "--folder", tmp_path / "killed/runs", tmp_path / "killed"]
    dead = subprocess.run(
        [sys.executable, "-c", KILLED, "faces", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "code")},
        capture_output=True,
        text=True,
    )
    assert dead.returncode == -signal.SIGKILL, dead.stderr
    assert [each.name for each in (tmp_path / "killed/runs").iterdir()] == ["My-faces-so-far.png"]
    said, made = {}, {}
    for place in ("killed", "whole"):
        monkeypatch.setattr(training, "cache_folder", lambda place=place: tmp_path / place)
        said[place] = faces(*words, "--folder", tmp_path / place / "runs").stdout
        made[place] = read_run(tmp_path / place / "runs/My-faces")
        assert [each.name for each in (tmp_path / place / "runs").iterdir()] == ["My-faces"]
    assert "142 of 142 pictures in the folder “My faces”. 128 to train on" in said["killed"]
    assert "Going on after epoch 1 of 3." in said["killed"]
    assert "Going on" not in said["whole"]
    killed, whole = (made[place].network.state_dict() for place in ("killed", "whole"))
    torch.testing.assert_close(killed, whole, rtol=0, atol=0)
    assert torch.equal(made["killed"].history, made["whole"].history)
    assert made["killed"].metadata.figures == made["whole"].metadata.figures


@pytest.mark.slow
def test_a_run_of_avatars_is_what_it_says(tmp_path, own_checkpoints):
    """Its figures and knobs, computed anew from what is in the folder."""
    place = make_run("avatars", Recipe(latents=3, epochs=2, depth=5), 80, "drawn", tmp_path / "runs")
    assert place == tmp_path / "runs" / "drawn"
    run = read_run(place)
    kept, learned = avatars(6000).images[72:80] / 255, avatars(6000).images[:72] / 255
    posterior = run.network.posterior(kept)
    made, codes = run.network.decoder(posterior.mean), run.network.encode(learned)
    figures = run.metadata.figures
    assert (run.metadata.training, run.metadata.validation, run.metadata.data) == (72, 8, "avatars")

    errors = (made - kept).square().mean(dim=(1, 2, 3))
    assert figures.psnr == pytest.approx(np.mean(-10 * np.log10(errors.numpy())), abs=0.01)
    std = (posterior.log_variance / 2).exp()
    kl = kl_divergence(Normal(posterior.mean, std), Normal(0.0, 1.0)).sum(dim=1).mean()
    assert figures.kl == pytest.approx(kl.item(), abs=0.02)
    assert figures.share_8 == 1  # of three latents
    variances = np.linalg.eigvalsh(np.cov(codes.T.double().numpy()))[::-1]
    np.testing.assert_allclose(run.pca.variances, variances, rtol=1e-3)

    assert len(run.metadata.knobs) == 3
    for place, knob in enumerate(run.metadata.knobs):
        step = 2 * run.pca.variances[place].sqrt() * run.pca.components[place]
        ends = (probabilities(run.network.decoder(posterior.mean + side * step)) for side in (1, -1))
        changes = torch.stack([*ends]).diff(dim=0)[0].neg().mean(dim=0)
        assert abs(knob.change) == pytest.approx(changes.abs().max().item(), abs=1e-3)
        assert knob.change == pytest.approx(changes[JUDGED.index(knob.most)].item(), abs=1e-3)

    pictures = {name: Image.open(tmp_path / "runs/drawn" / name).size for name in PICTURES}
    tile = 66  # 64 pixels and 2 between
    assert pictures == {
        "reconstructions.png": (8 * tile + 2, 2 * tile + 2),
        "samples.png": (8 * tile + 2, 4 * tile + 2),
        "traversals.png": (7 * tile + 2, 3 * tile + 2),
    }
    first = np.asarray(Image.open(tmp_path / "runs/drawn/reconstructions.png"))[2:66, 2:66]
    assert np.array_equal(first, avatars(6000).images[72].permute(1, 2, 0))


@pytest.mark.slow
def test_the_same_training_again_is_read_and_becomes_another_run(
    fill, tmp_path, monkeypatch, own_checkpoints
):
    folder, runs = str(fill(72)), tmp_path / "runs"
    first = make_run(folder, TINY, folder=runs)
    monkeypatch.setitem(training.LOSSES, "MSE", lambda made, images: pytest.fail("it was trained again"))
    again = make_run(folder, TINY, folder=runs)
    assert [first.name, again.name] == ["My-faces", "My-faces-2"]
    first, again = read_run(first), read_run(again)
    torch.testing.assert_close(first.network.state_dict(), again.network.state_dict(), rtol=0, atol=0)
    assert first.metadata.knobs == again.metadata.knobs == ()


@pytest.mark.slow
@pytest.mark.parametrize("loss", ["log-mse", "perceptual"])
def test_each_loss_trains(loss, fill, tmp_path, own_checkpoints):
    words = ["--data", fill(72), "--loss", loss, "--latents", 2, "--depth", 3, "--epochs", 1, "--name", loss]
    result = faces("train", *words, "--folder", tmp_path / "runs")
    assert result.exit_code == 0, result.output
    assert read_run(tmp_path / "runs" / loss).metadata.recipe.loss == project.LOSSES[loss]
