"""Hand-ins as someone would write them without the package."""

import pytest
from hand_ins import TOML, tensors_of
from safetensors.torch import save_file


@pytest.fixture
def hand_in(tmp_path):
    """Writes a hand-in; what is not given is good."""

    def write(toml=TOML, tensors=None, folder="hand-in"):
        place = tmp_path / folder
        place.mkdir()
        (place / "submission.toml").write_text(toml, encoding="utf-8")
        save_file(tensors_of([2, 6, 3, 1]) if tensors is None else tensors, place / "model.safetensors")
        return place

    return write
