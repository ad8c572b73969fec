"""The two towers, and their loss against open_clip's."""

import pytest
import torch
from academy.lessons.lesson8.dual_encoder import WIDTH, DualEncoder, Tower, info_nce
from open_clip.loss import ClipLoss
from torch.nn import functional as F


def unit(count, seed):
    return F.normalize(torch.randn(count, 8, generator=torch.Generator().manual_seed(seed)).double(), dim=1)


def test_the_loss_and_its_gradients_are_those_of_open_clip():
    ours, theirs = ([unit(6, seed).requires_grad_() for seed in (0, 1)] for _ in range(2))
    scale = torch.tensor(14.0, dtype=torch.float64)
    loss, expected = info_nce(*ours, scale), ClipLoss()(*theirs, scale)
    torch.testing.assert_close(loss, expected, atol=1e-12, rtol=0)
    loss.backward()
    expected.backward()
    for mine, other in zip(ours, theirs):
        torch.testing.assert_close(mine.grad, other.grad, atol=1e-12, rtol=0)


def test_alike_vectors_leave_a_guess_among_the_batch():
    same = unit(1, 0).expand(5, 8)
    assert info_nce(same, same, 10.0).item() == pytest.approx(torch.tensor(5.0).log().item())


def test_a_tower_gives_unit_vectors():
    for hidden in (0, 16):
        vectors = Tower(10, hidden)(torch.randn(3, 10))
        assert vectors.shape == (3, WIDTH)
        torch.testing.assert_close(vectors.norm(dim=1), torch.ones(3))


def test_the_scale_starts_as_in_clip_and_stops_at_a_hundred():
    model = DualEncoder(Tower(4), Tower(6))
    assert model.scale.item() == pytest.approx(1 / 0.07)
    with torch.no_grad():
        model.log_scale.fill_(10)
    assert model.scale.item() == 100
