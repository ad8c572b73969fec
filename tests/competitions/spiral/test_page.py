"""The search behind the reference entries finds them again, and tells what it tried."""

import importlib.util
import json
import re
import sys
from itertools import product

import pytest
import torch
from academy.competitions.spiral.scoring import ACTIVATIONS, BOARDS, board_of, score
from academy.learn.sweeps import read_sweep
from safetensors.torch import load_file
from sites import ROOT

pytestmark = pytest.mark.slow

COMPETITION = ROOT / "lessons" / "competitions" / "spiral"
REFERENCE = sorted((COMPETITION / "submissions").glob("reference-*"))


@pytest.fixture(scope="module")
def search():
    """The script, as a module."""
    specification = importlib.util.spec_from_file_location("spiral_search", COMPETITION / "search.py")
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module
    specification.loader.exec_module(module)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield module
    torch.set_num_threads(threads)


def row_of(entry):
    """Return the row of results that a reference entry comes from."""
    rows = [
        row
        for row in read_sweep("competitions/spiral/search")["rows"]
        if (tuple(row["widths"]), tuple(row["activations"])) == (entry.widths, entry.activations)
    ]
    return next(row for row in rows if row["accuracy"][0] == pytest.approx(entry.accuracy, abs=2e-5))


@pytest.mark.parametrize(
    "place", [each for each in REFERENCE if "shallow" in each.name], ids=lambda p: p.name
)
def test_a_reference_entry_comes_out_of_its_seed_again(search, place):
    """Only the seed that won; which others were trained beside it makes no difference."""
    entry = score(place)
    group = search.Group(entry.widths, entry.activations, 1, 1)
    row, weights = search.run(group, [entry.submission.seed])
    assert row["accuracy"][0] == pytest.approx(entry.accuracy, abs=1e-3)
    committed = load_file(place / "model.safetensors")
    for index, tensor in enumerate(weights):
        name = f"layers.{index // 2}.{'bias' if index % 2 else 'weight'}"
        found = tensor[0].float().reshape(committed[name].shape)
        torch.testing.assert_close(found, committed[name], rtol=0.02, atol=0.02)


def test_a_deep_reference_entry_grows_from_its_seed_again(search):
    entry = score(COMPETITION / "submissions" / "reference-deep-31")
    row = row_of(entry)
    depth = len(row["grown_from"]) - 2
    parent = search.Group(tuple(row["grown_from"]), entry.activations[:depth], 1, 1)
    _, weights = search.run(parent, [entry.submission.seed])
    group = search.Group(entry.widths, entry.activations, 1, 1, parent)
    again, _ = search.run(group, [entry.submission.seed], weights)
    assert again["accuracy"][0] == pytest.approx(entry.accuracy, abs=1e-3)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_layers_that_hand_on_change_hardly_any_answer(search, name):
    torch.manual_seed(0)
    group = search.Group((2, 4, 1, 1), ("tanh", "tanh"), 5, 5)
    weights = search.fresh(group.widths, range(5))
    deep = search.Group((2, 4, *[1] * 9, 1), ("tanh", "tanh") + (name,) * 8, 5, 5, group)
    grown = search.grown(deep, weights)
    points = torch.randn(2000, 2, dtype=torch.float64)
    before = search.logits_of(weights, group.activations, points) > 0
    after = search.logits_of(grown, deep.activations, points) > 0
    assert (before == after).double().mean() > 0.97


def test_interrupted_it_goes_on_where_it_was(search, tmp_path, monkeypatch):
    monkeypatch.setattr(search, "HERE", tmp_path)
    descend = search.descend
    monkeypatch.setattr(search, "descend", lambda *given: descend(*given[:-2], 20, given[-1]))  # 20 steps
    first = search.Search(tmp_path / "part", 1, lambda name: None)
    group = first.search((2, 2, 1, 1), ("tanh", "tanh"), 4, 2)
    deep = first.grow(group, (2, 2, *[1] * 9, 1), "tanh", 2)
    monkeypatch.setattr(search, "run", lambda *given: pytest.fail("trained again"))
    second = search.Search(tmp_path / "part", 1, lambda name: None)
    assert second.search((2, 2, 1, 1), ("tanh", "tanh"), 4, 2) == group
    assert second.grow(group, (2, 2, *[1] * 9, 1), "tanh", 2) == deep
    for key in (group, deep):
        assert second.done[key][0] == first.done[key][0]
        for one, other in zip(second.done[key][1], first.done[key][1]):
            torch.testing.assert_close(one, other, rtol=0, atol=0)
    assert not list((tmp_path / "part").glob("*.part"))


def test_the_results_say_how_much_was_tried_and_nothing_of_the_place_they_ran_in():
    found = read_sweep("competitions/spiral/search")
    assert {"python", "torch"} <= found["versions"].keys()
    assert not re.search(r"/[a-z]+/", json.dumps(found))
    assert found["settings"]["nets"] == sum(row["tried"] for row in found["rows"])
    smallest = {
        tuple(row["activations"]): row["tried"] for row in found["rows"] if row["widths"] == [2, 2, 1, 1]
    }
    assert set(smallest) == set(product(ACTIVATIONS, repeat=2))
    assert min(smallest.values()) >= 64


def test_every_board_but_the_readers_own_has_a_reference_entry_with_and_without_other_activations():
    boards = {(board_of(entry.widths), set(entry.activations) == {"ReLU"}) for entry in map(score, REFERENCE)}
    assert boards == set(product(BOARDS.keys() - {"one-layer"}, (False, True)))
