"""Face runs on disk: they come back as they were, none is overwritten, and each damage has its sentence."""

import csv
import dataclasses
import errno
import json
import os
import pickle

import numpy as np
import pytest
import torch
from academy.lessons.lesson5 import runs
from academy.lessons.lesson5.runs import DamagedRun, expect_name, read_run, runs_in, write_run
from PIL import Image
from safetensors.torch import load_file, save_file


def same_weights(first, second):
    torch.testing.assert_close(first.state_dict(), second.state_dict(), rtol=0, atol=0)


def test_a_run_comes_back_as_it_was(run_folder, face_run):
    again = read_run(run_folder)
    assert again.metadata == face_run.metadata
    same_weights(again.network, face_run.network)
    assert torch.equal(again.history, face_run.history)
    for name in ("mean", "components", "variances"):
        assert torch.equal(getattr(again.pca, name), getattr(face_run.pca, name))
    images = torch.rand(4, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        torch.testing.assert_close(again.network.encode(images), face_run.network.encode(images))
    assert not again.network.training
    assert not any(each.requires_grad for each in again.network.parameters())


def test_its_files_are_what_other_programs_read(run_folder, run_pictures):
    assert {each.name for each in run_folder.iterdir()} == {
        "model.safetensors",
        "pca.safetensors",
        "history.csv",
        "metadata.json",
        "reconstructions.png",
        "samples.png",
        "traversals.png",
    }
    with (run_folder / "history.csv").open(newline="") as file:
        assert list(csv.DictReader(file)) == [
            {"epoch": "1", "pixels": "9.5", "codes": "1.25"},
            {"epoch": "2", "pixels": "8.25", "codes": "2.5"},
        ]
    assert json.loads((run_folder / "metadata.json").read_text())["recipe"]["beta"] == 4
    picture = np.asarray(Image.open(run_folder / "samples.png"))
    assert picture.shape == (20, 30, 3)
    assert abs(picture / 255 - run_pictures["samples.png"].permute(1, 2, 0).numpy()).max() <= 0.5 / 255 + 1e-6


def test_weights_kept_as_float16_are_read(run_folder, face_run):
    halved = {
        name: each.half() if each.is_floating_point() else each
        for name, each in load_file(run_folder / "model.safetensors").items()
    }
    save_file(halved, run_folder / "model.safetensors")
    weight = next(read_run(run_folder).network.parameters())
    assert weight.dtype == torch.float32
    torch.testing.assert_close(weight, next(face_run.network.parameters()), atol=1e-3, rtol=1e-3)


def test_a_taken_name_gets_a_number_and_nothing_is_overwritten(tmp_path, face_run, run_pictures):
    (tmp_path / "faces-2").write_text("somebody's notes")
    made = [write_run(tmp_path, "faces", face_run, run_pictures).name for _ in range(3)]
    assert made == ["faces", "faces-3", "faces-4"]
    assert (tmp_path / "faces-2").read_text() == "somebody's notes"


def test_who_is_slower_with_a_name_takes_the_next(tmp_path, face_run, run_pictures, monkeypatch):
    fill = runs.fill

    def overtaken(folder, run, pictures):
        fill(folder, run, pictures)
        if not (tmp_path / "faces").exists():
            (tmp_path / "faces").mkdir()
            (tmp_path / "faces" / "metadata.json").write_text("of another")

    monkeypatch.setattr(runs, "fill", overtaken)
    assert write_run(tmp_path, "faces", face_run, run_pictures).name == "faces-2"
    assert (tmp_path / "faces" / "metadata.json").read_text() == "of another"
    assert {each.name for each in tmp_path.iterdir()} == {"faces", "faces-2"}


def test_a_full_disk_leaves_nothing(tmp_path, face_run, run_pictures, monkeypatch):
    def full(path, picture):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(runs, "save_picture", full)
    with pytest.raises(OSError, match="No space left"):
        write_run(tmp_path, "faces", face_run, run_pictures)
    assert list(tmp_path.iterdir()) == []


def test_a_training_that_went_astray_makes_no_run(tmp_path, face_run, run_pictures):
    history = torch.tensor([[9.5, 1.25], [float("nan"), 2.5]])
    astray = dataclasses.replace(face_run, history=history)
    with pytest.raises(ValueError, match=r"No run was made: history\.csv holds numbers that are not finite"):
        write_run(tmp_path, "faces", astray, run_pictures)
    assert list(tmp_path.iterdir()) == []


def changed(file, old, new):
    """Replace a part of a text file."""

    def damage(folder):
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")

    return damage


def wrote(file, content):
    return lambda folder: (folder / file).write_bytes(content)


def gone(file):
    return lambda folder: (folder / file).unlink()


def cut(file):
    return lambda folder: os.truncate(folder / file, (folder / file).stat().st_size // 2)


def tensors(file, change):
    """Change the tensors of a file."""

    def damage(folder):
        found = load_file(folder / file)
        change(found)
        save_file(found, folder / file)

    return damage


def put(name, value):
    return lambda found: found.update({name: value})


def piped(folder):
    (folder / "model.safetensors").unlink()
    os.mkfifo(folder / "model.safetensors")


def linked(folder):
    (folder / "metadata.json").rename(folder.parent / "elsewhere.json")
    (folder / "metadata.json").symlink_to(folder.parent / "elsewhere.json")


class Harmful:
    """Would end the tests if anything unpacked it."""

    def __reduce__(self):
        return os._exit, (99,)


META, MODEL, PCA, HISTORY = "metadata.json", "model.safetensors", "pca.safetensors", "history.csv"
BIAS = "decoder.16.bias"
DAMAGES = {
    "no model": (gone(MODEL), "there is no model.safetensors, but history.csv, metadata.json"),
    "no metadata": (gone(META), "there is no metadata.json, but history.csv, model.safetensors"),
    "no history": (gone(HISTORY), "there is no history.csv"),
    "no components": (gone(PCA), "there is no pca.safetensors"),
    "no picture": (gone("samples.png"), "there is no samples.png"),
    "empty": (wrote(META, b""), "metadata.json is empty"),
    "too large": (wrote(META, b" " * 100_001), "metadata.json has more than 100,000 bytes"),
    "a pipe": (piped, "model.safetensors is no file"),
    "a link": (linked, "metadata.json is a link"),
    "not JSON": (wrote(META, b"{beta"), "metadata.json cannot be read as JSON: Expecting property name"),
    "not UTF-8": (wrote(META, b"\xff\xfe{}"), "metadata.json cannot be read as JSON"),
    "nested without end": (wrote(META, b"[" * 99_999), "metadata.json cannot be read as JSON"),
    "a list": (wrote(META, b"[]"), "metadata.json is no table of names and values"),
    "twice": (changed(META, '"kl"', '"ssim"'), "cannot be read as JSON: a name occurs twice"),
    "an unknown key": (changed(META, '"made"', '"maid"'), "metadata.json lacks made"),
    "one key more": (changed(META, '"made"', '"run": "rm -r", "made"'), "an entry that is not known: run"),
    "an unknown knob": (changed(META, '"most"', '"least"'), "knob 1 of metadata.json lacks most"),
    "an unknown attribute": (changed(META, '"hat"', '"horns"'), "most in knob 2 of metadata.json is 'horns'"),
    "data of no kind": (
        changed(META, '"folder"', '"cats"'),
        "data in metadata.json is 'cats', not one of av",
    ),
    "NaN": (changed(META, "12.34", "NaN"), "psnr in “figures” of metadata.json is nan, not a number from"),
    "endless": (changed(META, "12.34", "1e999"), "psnr in “figures” of metadata.json is inf"),
    "400 digits": (changed(META, "12.34", "9" * 400), "psnr in “figures” of metadata.json is 999999"),
    "a text for a number": (changed(META, "12.34", '"12"'), "is '12', not a number from -200 to 200"),
    "true for 1": (
        changed(META, '"epochs": 2', '"epochs": true'),
        "epochs in .* is True, not a whole number",
    ),
    "no date": (changed(META, "2026-11-27T10:00:00+00:00", "today"), "made in .* is 'today', not a date"),
    "a date of no zone": (changed(META, ":00+00:00", ":00"), "made in .* not a date and time with its zone"),
    "a million latents": (
        changed(META, '"latents": 3', '"latents": 1000000'),
        "latents in “recipe” of metadata.json is 1000000, not a whole number from 2 to 512",
    ),
    "no such depth": (changed(META, '"depth": 5', '"depth": 9'), "is 9, not a whole number from 3 to 5"),
    "no such loss": (changed(META, '"log-MSE"', '"exec"'), "loss in “recipe” of metadata.json is 'exec'"),
    "other latents": (
        changed(META, '"latents": 3', '"latents": 4'),
        r"has the shape \[6, 640\]; metadata.json asks for \[8, 640\]",
    ),
    "another depth": (
        changed(META, '"depth": 5', '"depth": 4'),
        "model.safetensors holds a tensor|lacks the",
    ),
    "more epochs": (changed(META, '"epochs": 2', '"epochs": 3'), "history.csv has 2 rows; .* epochs 1 to 3"),
    "a text as weights": (wrote(MODEL, b"weights? what weights"), "the header of model.safetensors claims"),
    "a pickle": (wrote(MODEL, pickle.dumps(Harmful())), "model.safetensors looks like a pickle"),
    "half of the weights": (cut(MODEL), "model.safetensors cannot be read"),
    "a tensor less": (tensors(MODEL, lambda found: found.pop(BIAS)), f"lacks the tensor {BIAS}"),
    "a tensor more": (tensors(MODEL, put("more", torch.ones(1))), "holds a tensor more; metadata.json asks"),
    "a wrong shape": (
        tensors(MODEL, put(BIAS, torch.zeros(4))),
        rf"{BIAS} has the shape \[4\]; metadata.json asks for \[3\]",
    ),
    "a weight that is NaN": (
        tensors(MODEL, put(BIAS, torch.tensor([0, float("nan"), 0]))),
        f"the tensor {BIAS} in model.safetensors holds numbers that are not finite",
    ),
    "double precision": (
        tensors(MODEL, put(BIAS, torch.zeros(3).double())),
        f"the tensor {BIAS} in model.safetensors is of type F64, not F32",
    ),
    "components of another run": (
        tensors(PCA, put("mean", torch.zeros(4))),
        r"mean has the shape \[4\]; metadata.json asks for \[3\]",
    ),
    "a variance below 0": (
        tensors(PCA, put("variances", torch.tensor([2, 1, -0.5]))),
        "pca.safetensors holds a variance below 0: -0.5",
    ),
    "components without end": (
        tensors(PCA, put("mean", torch.full((3,), float("inf")))),
        "the tensor mean in pca.safetensors holds numbers that are not finite",
    ),
    "half of the components": (cut(PCA), "pca.safetensors"),
    "other columns": (
        changed(HISTORY, "codes", "notes"),
        "history.csv has not the columns epoch, pixels, code",
    ),
    "a column less": (changed(HISTORY, ",2.5", ""), "history.csv has not the columns"),
    "an epoch twice": (changed(HISTORY, "2,8.25", "1,8.25"), "history.csv has 2 rows; .* the epochs 1 to 2"),
    "a word": (changed(HISTORY, "8.25", "much"), "history.csv cannot be read: could not convert"),
    "a loss that is NaN": (changed(HISTORY, "8.25", "nan"), "history.csv holds numbers that are not finite"),
    "half of a picture": (cut("traversals.png"), "“traversals.png” is damaged or cut off"),
    "a text as picture": (wrote("samples.png", b"a face"), "“samples.png” is a text"),
}


@pytest.mark.parametrize(("damage", "sentence"), DAMAGES.values(), ids=DAMAGES)
def test_each_damage_gives_its_sentence(run_folder, damage, sentence):
    damage(run_folder)
    with pytest.raises(DamagedRun, match=rf"^The run “faces” cannot be used: .*{sentence}.*\.$"):
        read_run(run_folder)


def test_a_folder_that_is_not_there_is_no_run(tmp_path):
    with pytest.raises(DamagedRun, match=r"The run “none” cannot be used: there is no such folder\."):
        read_run(tmp_path / "none")


def test_runs_come_in_the_order_they_were_made_damaged_ones_apart(tmp_path, face_run, run_pictures):
    for name, made in {"b": "09:00:00+00:00", "a": "10:30:00+00:00", "c": "11:45:00+02:00"}.items():
        metadata = dataclasses.replace(face_run.metadata, made=f"2026-11-27T{made}")
        write_run(tmp_path, name, dataclasses.replace(face_run, metadata=metadata), run_pictures)
    write_run(tmp_path, "d", face_run, run_pictures)
    (tmp_path / "d" / "metadata.json").unlink()
    (tmp_path / ".partial-0123-e").mkdir()
    (tmp_path / "notes").mkdir()
    (tmp_path / "a-so-far.png").write_bytes(b"")
    found, damaged = runs_in(tmp_path)
    assert list(found) == ["b", "c", "a"]
    assert [str(each)[:45] for each in damaged] == ["The run “d” cannot be used: there is no metad"]


def test_where_nothing_is_there_are_no_runs(tmp_path):
    assert runs_in(tmp_path / "nothing") == ({}, [])


@pytest.mark.parametrize(
    "name", ["my run", "../up", "a/b", "", ".hidden", "-x", "a" * 61, "a\nb", "a\n", "C:"]
)
def test_names_that_are_no_folder_everywhere_are_refused(tmp_path, name):
    with pytest.raises(ValueError, match="cannot be the name of a run"):
        expect_name(tmp_path, name)


@pytest.mark.parametrize("name", ["faces", "β_4.0-more", "7", "Gesichter-größer"])
def test_other_names_are_taken(tmp_path, name):
    expect_name(tmp_path, name)


def test_the_name_of_a_run_that_is_there_is_refused(run_folder):
    with pytest.raises(ValueError, match=r"There is a run “faces” in .* already, and none is overwritten"):
        expect_name(run_folder.parent, "faces")
