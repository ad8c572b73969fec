"""What the tests of Lesson 5 share: a few faces, and a place of their own for what is trained."""

from pathlib import Path

import pytest
import torch
from academy.lessons.lesson5 import training
from academy.lessons.lesson5.faces import Faces, FaceSplit, face_split
from academy.lessons.lesson5.latents import latent_pca
from academy.lessons.lesson5.metadata import Figures, Knob, Metadata
from academy.lessons.lesson5.runs import PICTURES, FaceRun, write_run
from academy.lessons.lesson5.training import Recipe
from academy.nets.autoencoders import VariationalAutoencoder


@pytest.fixture(scope="session")
def few() -> FaceSplit:
    """Enough faces for two batches, and some to measure on."""
    split = face_split()
    return FaceSplit(split.train.part(0, 128), split.validation.part(0, 40), split.test.part(0, 40))


@pytest.fixture
def own_checkpoints(tmp_path, monkeypatch):
    """Let no test find what an earlier training has left."""
    monkeypatch.setattr(training, "cache_folder", lambda: tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def faces(few) -> Faces:
    return few.train


@pytest.fixture(scope="session")
def face_run() -> FaceRun:
    """A run of two epochs with untrained weights, drawn at random as are its figures."""
    torch.manual_seed(0)
    network = VariationalAutoencoder(3, depth=5).eval()
    codes = torch.randn(20, 3) * torch.tensor([3.0, 2.0, 1.0])
    metadata = Metadata(
        data="folder",
        source="80 of 81 pictures in the folder “faces”.",
        training=72,
        validation=8,
        recipe=Recipe(latents=3, beta=4, loss="log-MSE", epochs=2, depth=5),
        figures=Figures(psnr=12.34, ssim=0.5, perceptual=1.5, kl=3.25, active=2, share_8=1.0),
        knobs=(Knob("smile", -0.5, 0.75, clear=True), Knob("hat", 0.125, 0.25, clear=False)),
        made="2026-11-27T10:00:00+00:00",
        device="cpu",
        torch="2.9.0",
    )
    return FaceRun(metadata, network, latent_pca(codes), torch.tensor([[9.5, 1.25], [8.25, 2.5]]))


@pytest.fixture(scope="session")
def run_pictures() -> dict[str, torch.Tensor]:
    return {name: torch.rand(3, 20, 30, generator=torch.Generator().manual_seed(0)) for name in PICTURES}


@pytest.fixture
def run_folder(tmp_path, face_run, run_pictures) -> Path:
    """A run on disk, for a test to damage."""
    return write_run(tmp_path / "runs", "faces", face_run, run_pictures)
