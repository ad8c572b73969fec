"""What Lesson 6 asks of sentences: words looked up in a table, and pairs that differ in their order."""

import pytest
import torch
from academy.data.sentences import words_of
from academy.data.word_vectors import WordVectors
from academy.lessons.lesson6.turns import PAIRS, has_turn
from academy.lessons.lesson6.word_lookup import looked_up


def test_a_word_is_looked_up_in_its_own_letters_first_and_then_in_others():
    known = WordVectors(("Good", "good", "Paris", "PARIS", "USA"), torch.arange(1.0, 11).view(5, 2))
    vectors, found = looked_up(["good", "paris", "usa", "film"], known)
    assert vectors.tolist() == [[3, 4], [5, 6], [9, 10], [0, 0]]
    assert found.tolist() == [True, True, True, False]


@pytest.mark.parametrize(("positive", "negative"), PAIRS)
def test_a_pair_differs_in_the_order_of_its_words_alone(positive, negative):
    assert sorted(words_of(positive)) == sorted(words_of(negative))
    assert words_of(positive) != words_of(negative)


def test_a_turn_is_a_word_and_not_a_part_of_one():
    assert has_turn(words_of("It isn't good"))
    assert not has_turn(words_of("A button and a knot"))
