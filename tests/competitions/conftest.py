"""Hand-ins as someone would write them without the package."""

import pytest
from hand_ins import FASHION, TOML, linear_weights, tensors_of, toml_of, without, write_hand_in
from safetensors.torch import save


@pytest.fixture
def hand_in(tmp_path):
    """Writes a hand-in to the spiral; what is not given is good."""

    def write(toml=TOML, tensors=None, folder="hand-in"):
        weights = save(tensors_of([2, 6, 3, 1]) if tensors is None else tensors)
        return write_hand_in(tmp_path / folder, toml, {"model.safetensors": weights})

    return write


@pytest.fixture
def clothes_hand_in(tmp_path):
    """Writes a hand-in to Fashion-MNIST; what is not given is a good linear classifier."""

    def write(entries=FASHION, files=None, folder="hand-in"):
        files = {"model.safetensors": save(linear_weights())} if files is None else files
        entries = entries if "model.safetensors" in files else without(entries, "architecture")
        return write_hand_in(tmp_path / folder, toml_of(entries), files)

    return write
