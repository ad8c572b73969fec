"""What Lesson 8 writes from scratch, against libraries and the package."""

import math

import pytest
import torch
from academy.lessons.lesson8.best_denoisers import gaussian_denoiser
from academy.lessons.lesson8.dual_encoder import info_nce
from academy.lessons.lesson8.generating import generated
from chapter_cells import definitions
from open_clip.loss import ClipLoss
from torch.nn import functional as F

EXACT = {"rtol": 0.0, "atol": 1e-10}
SCALE = 14.0


@pytest.fixture(scope="module")
def chapter():
    """What the chapter defines."""
    return definitions("lesson8")


@pytest.fixture
def pairs():
    torch.manual_seed(0)
    return F.normalize(torch.randn(2, 12, 8, dtype=torch.float64), dim=-1)


def test_the_contrastive_loss_is_open_clips_and_the_packages(chapter, pairs):
    ours = chapter["contrastive_loss"](*pairs, SCALE)
    torch.testing.assert_close(ours, ClipLoss()(*pairs, torch.tensor(SCALE)), **EXACT)
    torch.testing.assert_close(ours, info_nce(*pairs, SCALE), **EXACT)


def test_attention_is_a_mean_weighted_by_softmax(chapter):
    torch.manual_seed(0)
    cells, state = torch.randn(6, 4, dtype=torch.float64), torch.randn(3, dtype=torch.float64)
    sizes = ((5, 4), (5, 3), (5,), (5,))
    of_cell, of_state, shift, score = (torch.randn(*size, dtype=torch.float64) for size in sizes)
    shares, context = chapter["look"](cells, state, of_cell, of_state, shift, score)
    expected = torch.stack(
        [torch.tanh(of_cell @ cell + of_state @ state + shift) @ score for cell in cells]
    ).softmax(dim=0)
    torch.testing.assert_close(shares, expected, **EXACT)
    torch.testing.assert_close(context, sum(s * cell for s, cell in zip(shares, cells)), **EXACT)


def test_ddim_is_the_packages(chapter):
    starts = torch.tensor([[1.0], [-2.0]], dtype=torch.float64)
    angles = torch.linspace(math.radians(89.1), 0, 21, dtype=torch.float64)
    ours = chapter["ddim"](lambda noisy, now: now.sin() * noisy, starts, angles)
    perfect = gaussian_denoiser(torch.zeros(1).double(), torch.eye(1).double())
    torch.testing.assert_close(ours, generated(perfect, starts, torch.zeros(2, 1), steps=20)[-1], **EXACT)
