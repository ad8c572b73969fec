"""The two halves of the rated pairs, and what a judgment holds."""

import pytest
import torch
from academy.data.word_vectors import Analogy, RatedPairs, WordVectors
from academy.lessons.lesson6.evaluation import half, judged, random_vectors

RATED = RatedPairs(
    (("a", "b"), ("c", "d"), ("a", "c"), ("b", "c"), ("a", "d"), ("b", "d"), ("a", "x")),
    torch.tensor([9.0, 8.0, 5.0, 4.0, 2.0, 1.0, 0.0]),
)


def test_the_halves_share_no_pair_and_make_the_whole():
    halves = [half(RATED, which) for which in (0, 1)]
    assert sorted(pair for part in halves for pair in part.pairs) == sorted(RATED.pairs)
    assert halves[1].ratings.tolist() == [8, 4, 1]


def test_a_judgment_holds_each_half_and_both_groups_of_kinds():
    angles = torch.tensor([0.0, 0.1, 1.0, 1.2])  # the closer, the higher rated, in both halves
    known = WordVectors(("a", "b", "c", "d"), torch.stack([angles.cos(), angles.sin()], dim=1))
    kinds = {
        "family": [Analogy("a", "b", "c", "d")],
        "gram1": [Analogy("a", "b", "d", "c"), Analogy("a", "b", "c", "d")],
        "capital": [Analogy("a", "b", "c", "a")],
    }
    found = judged(known, RATED, kinds)
    assert found == {"validation": 1, "test": 1, "pairs": 6, "family": 1, "grammar": 1}


def test_vectors_by_chance_know_nothing():
    words = tuple(f"word{number}" for number in range(2000))
    known = random_vectors(words, 100, seed=0)
    pairs = tuple(zip(words[::2], words[1::2]))
    rated = RatedPairs(pairs, torch.rand(1000, generator=torch.Generator().manual_seed(1)))
    found = judged(known, rated, {"family": []})
    assert found["test"] == pytest.approx(0, abs=0.15)  # standard error 0.045
    assert torch.equal(known.vectors, random_vectors(words, 100, seed=0).vectors)
