"""Rated sentences: three parts without a common text, cut into words, and numbered."""

import pytest
import torch
from academy.data.sentences import (
    MARKS,
    UNKNOWN,
    Vocabulary,
    first_of_each,
    frequent_words,
    sentence_split,
    words_of,
)
from academy.data.text import PADDING, rated_sentences


def test_no_text_is_in_two_parts_or_twice():
    texts = [" ".join(text.lower().split()) for part in sentence_split() for text in part.texts]
    assert len(set(texts)) == len(texts)


@pytest.mark.slow
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


def test_smaller_draws_lie_within_larger_ones():
    train = sentence_split().train
    few, more = (set(train.draw(size, seed=3).texts) for size in (100, 300))
    assert len(few) == 100
    assert few < more < set(train.texts)
    assert few != set(train.draw(100, seed=4).texts)
