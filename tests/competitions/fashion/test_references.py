"""The script behind the reference entries of the Fashion-MNIST competition."""

import importlib.util
import json
import sys
from dataclasses import replace

import pytest
import torch
from academy.competitions.fashion.scoring import score
from academy.data.images import Labeled, fashion_mnist
from academy.learn.sweeps import read_sweep
from academy.nets.classifiers import CLASSIFIERS
from sites import ROOT

pytestmark = pytest.mark.slow

COMPETITION = ROOT / "lessons" / "competitions" / "fashion"
REFERENCE = sorted((COMPETITION / "submissions").glob("reference-*"))


@pytest.fixture
def script(monkeypatch, tmp_path):
    """The script as a module: what it writes goes elsewhere, and the linear net is trained for one epoch."""
    specification = importlib.util.spec_from_file_location("fashion_train", COMPETITION / "train.py")
    module = importlib.util.module_from_spec(specification)
    monkeypatch.setitem(sys.modules, specification.name, module)
    specification.loader.exec_module(module)
    monkeypatch.setitem(module.RECIPES, "linear", replace(module.RECIPES["linear"], epochs=1))
    (tmp_path / "entries.toml").write_bytes((COMPETITION / "entries.toml").read_bytes())
    monkeypatch.setattr(module, "HERE", tmp_path)
    monkeypatch.setattr("academy.learn.sweeps.PACKAGE", tmp_path)
    threads = torch.get_num_threads()
    yield module
    torch.set_num_threads(threads)
    torch.set_flush_denormal(False)


@pytest.fixture
def examples(script, monkeypatch):
    """Two batches of few pictures."""
    monkeypatch.setattr(script, "BATCH_SIZE", 5)
    generator = torch.Generator().manual_seed(0)
    return Labeled(torch.rand(10, 1, 28, 28, generator=generator), torch.arange(10))


def weights(net):
    return torch.cat([tensor.flatten() for tensor in net.state_dict().values()])


@pytest.mark.parametrize("name", ["linear", "residual"])
def test_a_training_that_was_interrupted_ends_as_one_that_was_not(
    name, script, examples, tmp_path, monkeypatch
):
    recipe = replace(script.RECIPES[name], epochs=2)
    whole, _ = script.trained(recipe, 3, examples, tmp_path / "whole.pt")
    kept = script.Checkpoint.save

    def interrupted(*given):
        kept(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(script.Checkpoint, "save", interrupted)
    with pytest.raises(KeyboardInterrupt):
        script.trained(recipe, 3, examples, tmp_path / "broken.pt")
    monkeypatch.setattr(script.Checkpoint, "save", kept)
    again, seconds = script.trained(recipe, 3, examples, tmp_path / "broken.pt")
    torch.testing.assert_close(weights(again), weights(whole))
    assert seconds > 0


def test_another_seed_gives_another_net(script, examples, tmp_path):
    one, other = (
        script.trained(script.RECIPES["linear"], seed, examples, tmp_path / f"{seed}.pt")[0]
        for seed in (0, 1)
    )
    assert not torch.equal(weights(one), weights(other))


def test_the_script_writes_a_hand_in_that_is_ranked_and_records_its_accuracy(script, tmp_path):
    script.main(["linear"], seeds=2, machine="a test")
    entry = score(tmp_path / "submissions" / "reference-linear")
    assert entry.status == "ranked", entry.reason
    assert entry.submission.seed == 0
    assert entry.submission.machine == "a test"
    (row,) = json.loads((tmp_path / "competitions/fashion/results/reference.json").read_bytes())["rows"]
    assert row["seeds"] == [0, 1]
    assert row["accuracy"][0] == pytest.approx(entry.accuracy, abs=2e-4)
    assert min(row["accuracy"]) > 0.8
    assert not list(tmp_path.glob("train.part-*"))


def test_held_out_images_are_the_last_for_training_and_nothing_is_handed_in(script, tmp_path):
    data = fashion_mnist()
    (images, labels), (others, other_labels) = script.examples_of(data, held_out=True)
    assert torch.equal(torch.cat([images, others]), data.train_images / 255)
    assert torch.equal(torch.cat([labels, other_labels]), data.train_labels)
    assert len(others) == 10_000
    script.main(["linear"], held_out=True)
    assert not (tmp_path / "submissions").exists()
    assert (tmp_path / "competitions/fashion/results/held_out.json").exists()


def test_results_of_other_recipes_stay(script, tmp_path):
    rows = [
        {"recipe": name, "accuracy": [accuracy], "seconds": [1.0]}
        for name, accuracy in (("one", 0.1), ("other", 0.2), ("one", 0.3))
    ]
    for row in rows:
        script.record(row, held_out=False)
    assert read_sweep("competitions/fashion/reference")["rows"] == rows[1:]


def test_a_recipe_that_does_not_exist_is_named_beside_those_that_do(script):
    with pytest.raises(script.typer.BadParameter, match="lenett: choose among linear, mlp, lenet, residual"):
        script.main(["lenett"])


def test_numbers_of_half_the_size_hardly_change_the_logits(script):
    net = CLASSIFIERS["residual"]().eval()
    images = torch.rand(20, 1, 28, 28)
    shorter = script.InBfloat16(net)(images)
    assert shorter.dtype == torch.float32
    assert not torch.equal(shorter, net(images))
    torch.testing.assert_close(shorter, net(images), atol=0.05, rtol=0.05)


@pytest.mark.parametrize("place", REFERENCE, ids=lambda place: place.name)
def test_a_reference_entry_scores_what_was_recorded(place, site):
    entry = score(place, site.parent / "scores")  # where the build keeps what the same networks answered
    name = place.name.removeprefix("reference-")
    (row,) = (row for row in read_sweep("competitions/fashion/reference")["rows"] if row["recipe"] == name)
    assert entry.accuracy == pytest.approx(row["accuracy"][0], abs=5e-4)
    assert entry.submission.training_seconds == round(row["seconds"][0])
    assert entry.submission.seed == row["seeds"][0] == 0


def test_each_recipe_and_each_architecture_of_the_course_has_a_reference_entry(script):
    assert {place.name for place in REFERENCE} == {f"reference-{name}" for name in script.RECIPES}
    assert {recipe.net for recipe in script.RECIPES.values()} == CLASSIFIERS.keys()
