"""What vectors know, on vectors made by hand; ranks against a formula."""

import math

import pytest
import torch
from academy.data.word_vectors import Analogy, RatedPairs, WordVectors
from academy.lessons.lesson6.neighbors import agreement, analogy_score, nearest, odd_one_out

# Directions: royal, male, female, food.
KNOWN = WordVectors(
    ("man", "woman", "king", "queen", "bread", "cheese"),
    torch.tensor(
        [[0, 1, 0, 0], [0, 0, 1, 0], [1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 0, 1], [0.1, 0, 0, 3]],
        dtype=torch.float32,
    ),
)
ROYAL = Analogy("man", "king", "woman", "queen")


def test_the_nearest_is_the_one_of_the_smallest_angle_whatever_the_length():
    (word, similarity), *others = nearest(KNOWN, "bread", 3)
    assert word == "cheese"
    assert similarity == pytest.approx(3 / (3**2 + 0.1**2) ** 0.5)
    assert "bread" not in dict(others)


def test_a_word_without_a_vector_is_refused():
    with pytest.raises(KeyError, match="'wine' is none of the 6 words"):
        nearest(KNOWN, "wine")


def test_ranks_are_compared_and_unknown_pairs_do_not_count():
    pairs = (("king", "queen"), ("Bread", "cheese"), ("man", "king"), ("man", "bread"), ("man", "wine"))
    rated = RatedPairs(pairs, torch.tensor([9.0, 8.0, 5.0, 0.0, 10.0]))
    # Ranks of the ratings are 4 3 2 1, of the cosines (0.5, 0.999, 0.707, 0) 2 4 3 1: the squares of their
    # differences sum to 6, and the correlation is 1 − 6 · 6 / (4 · 15).
    found = agreement(KNOWN, rated)
    assert found.covered == 4
    assert found.spearman == pytest.approx(0.4)


def test_an_analogy_that_is_exact_comes_out():
    assert analogy_score(KNOWN, [ROYAL, Analogy("man", "king", "wine", "queen")]) == (1, 1)
    assert math.isnan(analogy_score(KNOWN, []).accuracy)


def test_leaving_out_the_given_words_can_make_the_answer():
    # second − first + third is nearest to the third word itself when the first two hardly differ.
    close = WordVectors(("a", "b", "c", "d"), torch.tensor([[1, 0.1], [1, 0.2], [0.0, 1], [-0.5, 1]]))
    analogy = [Analogy("a", "b", "c", "d")]
    assert analogy_score(close, analogy).accuracy == 1
    assert analogy_score(close, analogy, leave_out=False).accuracy == 0


def test_the_odd_one_is_the_one_of_another_kind():
    assert odd_one_out(KNOWN, ["man", "king", "bread", "queen"]) == "bread"
