"""What a file of a state gives back is what was put in."""

import math

import pytest
import torch
from academy.learn.states import load_state, save_state
from safetensors.torch import load_file


def same(one, other):
    """Compare with types, and tensors by dtype, shape and values."""
    if isinstance(one, torch.Tensor):
        return one.dtype == other.dtype and one.shape == other.shape and torch.equal(one, other)
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(map(same, one.values(), other.values()))
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"rates": [0.1, 1e-320, math.inf], "betas": (0.9, 0.999), "on": True, "none": None, "name": "é"},
        {0: torch.ones(2), "0": torch.zeros(3, dtype=torch.int64), 10**30: [(), {}]},
        [torch.tensor(3.5), torch.empty(0), torch.arange(6, dtype=torch.uint8).reshape(2, 3).T],
        {"tensor": "0", "dict": [["a", 1]], "tuple": {"list": ()}},
    ],
    ids=["empty", "plain", "keys", "tensors", "names of our own"],
)
def test_a_state_comes_back_as_it_was(state, tmp_path):
    save_state(tmp_path / "a.safetensors", state)
    assert same(state, load_state(tmp_path / "a.safetensors"))


def test_tensors_that_share_memory_come_back_both(tmp_path):
    whole = torch.arange(4.0)
    save_state(tmp_path / "a.safetensors", [whole, whole[:2], whole])
    assert [part.tolist() for part in load_state(tmp_path / "a.safetensors")] == [
        [0, 1, 2, 3],
        [0, 1],
        [0, 1, 2, 3],
    ]


def test_any_reader_of_safetensors_finds_the_tensors(tmp_path):
    save_state(tmp_path / "a.safetensors", {"weight": torch.ones(2, 3), "step": 4})
    (tensor,) = load_file(tmp_path / "a.safetensors").values()
    assert torch.equal(tensor, torch.ones(2, 3))


def test_what_cannot_be_kept_is_named(tmp_path):
    with pytest.raises(TypeError, match="this one has a set"):
        save_state(tmp_path / "a.safetensors", {"seen": {1, 2}})
    assert list(tmp_path.iterdir()) == []
