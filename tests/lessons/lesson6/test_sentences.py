"""The sentences of Lesson 6: three parts without a common text, cut into words, and numbered."""

import pytest
import torch
from academy.data.text import PADDING, rated_sentences
from academy.data.word_vectors import WordVectors
from academy.lessons.lesson6.sentences import (
    MARKS,
    UNKNOWN,
    Vocabulary,
    first_of_each,
    frequent_words,
    sentence_split,
    words_of,
)
from academy.lessons.lesson6.turns import PAIRS, has_turn
from academy.lessons.lesson6.word_lookup import looked_up


def test_no_text_is_in_two_parts_or_twice():
    texts = [" ".join(text.lower().split()) for part in sentence_split() for text in part.texts]
    assert len(set(texts)) == len(texts)


def test_every_clear_text_is_in_one_part_with_its_rating():
    found = rated_sentences()
    clear = {text for text, rating in zip(found.texts, found.ratings.tolist()) if abs(rating) > 0.5}
    ratings = dict(zip(reversed(found.texts), reversed(found.ratings.tolist())))
    split = sentence_split()
    assert {text for part in split for text in part.texts} == clear
    for part in split:
        assert [ratings[text] for text in part.texts] == pytest.approx(part.ratings.tolist())
        assert [rating > 0 for rating in part.ratings.tolist()] == part.positive.bool().tolist()


def test_the_split_is_the_same_each_time():
    first = sentence_split()
    sentence_split.cache_clear()
    torch.manual_seed(5)  # the state of the usual random numbers does not matter
    again = sentence_split()
    assert [part.texts for part in again] == [part.texts for part in first]
    assert len(first.test.texts) == 2_000


def test_case_and_spaces_make_no_other_text():
    assert first_of_each(["A  film.", "a film. ", "A movie.", "a FILM."]) == [0, 2]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't!", ["do", "n't", "!"]),
        ("can’t won't", ["ca", "n't", "wo", "n't"]),
        ("It's the Spielbergs' 2nd film.", ["it", "'s", "the", "spielbergs", "'", "2nd", "film", "."]),
        ("well-made, I'd say...", ["well", "-", "made", ",", "i", "'d", "say", ".", ".", "."]),
        ("", []),
    ],
)
def test_words_are_cut_as_the_pretrained_vectors_have_them(text, words):
    assert words_of(text) == words


def test_unknown_words_share_an_id_and_no_word_is_padding():
    vocabulary = Vocabulary(["good", "film", "good"])
    assert len(vocabulary) == len(MARKS) + 2
    assert vocabulary.encode(["good", "goood", "film"]) == [2, UNKNOWN, 3]
    assert PADDING not in vocabulary.encode(["<", "padding", ">"])


def test_words_are_listed_by_how_often_they_occur():
    assert frequent_words([["a", "b", "a"], ["c", "b", "a", "d"]]) == ["a", "b"]


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
