"""Leaning of words, on vectors made by hand; the permutation test, on groups whose answer is known."""

import pytest
import torch
from academy.data.word_vectors import WordVectors
from academy.lessons.lesson6.bias import OCCUPATIONS, THINGS, leaning, wider_spread

KNOWN = WordVectors(
    ("he", "she", "smith", "nurse", "table"),
    torch.tensor([[2.0, 0, 0], [0, 1, 0], [3, 0, 4], [0, 1, 1], [1, 1, 5]]),
)


def test_words_lean_by_their_cosine_with_the_difference():
    # The axis is (1, −1, 0) / √2; smith is (0.6, 0, 0.8), nurse (0, 1, 1) / √2, table near to both alike.
    found = leaning(KNOWN, ["smith", "nurse", "table"])
    assert found.tolist() == pytest.approx([0.6 / 2**0.5, -0.5, 0], abs=1e-6)
    assert torch.allclose(leaning(KNOWN, ["smith"], "she", "he"), -found[:1])


def test_a_word_without_a_vector_is_refused():
    with pytest.raises(KeyError, match="'baker' is none of the 5 words"):
        leaning(KNOWN, ["baker"])


def test_a_spread_that_is_wider_is_found_and_one_that_is_not_is_not():
    chance = torch.Generator().manual_seed(0)
    narrow, same, wide = torch.randn(3, 40, generator=chance) * torch.tensor([[1.0], [1.0], [3.0]])
    found = wider_spread(wide + 100, narrow)  # where they lie does not matter
    assert found.ratio == pytest.approx((wide.std(correction=1) / narrow.std(correction=1)).item(), rel=1e-4)
    assert found.p_value == pytest.approx(1 / 10_001)
    assert wider_spread(same, narrow).p_value > 0.05
    assert wider_spread(narrow, wide).p_value > 0.99


def test_no_word_is_listed_twice():
    assert len({*OCCUPATIONS, *THINGS}) == len(OCCUPATIONS) + len(THINGS)
