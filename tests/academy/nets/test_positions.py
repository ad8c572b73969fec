"""Where a vector stands: sines by hand, and turns that leave only the distance."""

import math

import pytest
import torch
from academy.nets.attention import MultiHeadAttention
from academy.nets.positions import rotary, sinusoidal


def test_sines_and_cosines_by_hand():
    table = sinusoidal(3, 4)
    for place in range(3):
        slow = place / 100  # 10000 ** (2 / 4)
        wanted = [math.sin(place), math.cos(place), math.sin(slow), math.cos(slow)]
        torch.testing.assert_close(table[place], torch.tensor(wanted))


def test_turned_vectors_keep_their_length_and_are_complex_numbers_turned():
    torch.manual_seed(0)
    vectors = torch.randn(2, 5, 6, dtype=torch.float64)
    turned = rotary(vectors)
    torch.testing.assert_close(turned.norm(dim=-1), vectors.norm(dim=-1))
    speeds = torch.tensor([1, 10_000 ** (-1 / 3), 10_000 ** (-2 / 3)], dtype=torch.float64)
    turns = torch.exp(1j * torch.arange(5)[:, None] * speeds)
    complex_vectors = torch.view_as_complex(vectors.unflatten(-1, (3, 2)).contiguous())
    torch.testing.assert_close(turned, torch.view_as_real(complex_vectors * turns).flatten(-2))


def test_dot_products_of_turned_vectors_depend_on_the_distance_alone():
    torch.manual_seed(0)
    query, key = torch.randn(2, 8, dtype=torch.float64)
    scores = rotary(query.expand(9, 8)) @ rotary(key.expand(9, 8)).T
    for distance in range(-8, 9):
        along = scores.diagonal(distance)
        torch.testing.assert_close(along, along[:1].expand_as(along))
    assert scores[0, 1] != pytest.approx(scores[0, 2].item())


def test_attention_without_positions_does_not_see_order_and_with_turns_it_does():
    torch.manual_seed(0)
    vectors = torch.randn(1, 6, 8, dtype=torch.float64)
    order = torch.tensor([3, 1, 0, 5, 2, 4])
    for rotated in (False, True):
        attention = MultiHeadAttention(8, 2, rotated).double()
        straight, mixed = attention(vectors, vectors)[0], attention(vectors[:, order], vectors[:, order])[0]
        assert torch.allclose(straight[:, order], mixed) is not rotated


def test_an_odd_width_is_refused():
    with pytest.raises(ValueError, match="7 numbers cannot be cut into pairs: choose 6 or 8"):
        sinusoidal(3, 7)
