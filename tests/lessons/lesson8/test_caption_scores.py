"""Scores of captions against numbers worked out by hand."""

import pytest
import torch
from academy.lessons.lesson8.caption_scenes import scenes
from academy.lessons.lesson8.caption_scores import attributes, bleu, exact, most_frequent, nearest, wrong
from academy.lessons.lesson8.caption_words import END, counted, decoded, encoded

TRUE = "a red circle above a blue cross"
SHAPE_WRONG = "a red square above a blue cross"


def test_bleu_of_one_wrong_word_by_hand():
    """Of 7 words 6 are there, of 6 pairs 4, of 5 triples 2, of 4 quadruples 1; as long as it should be."""
    expected = (6 / 7 * 4 / 6 * 2 / 5 * 1 / 4) ** (1 / 4)
    assert bleu([SHAPE_WRONG], [TRUE]) == pytest.approx(expected)


def test_bleu_counts_over_all_captions_not_each():
    """Together: 13 of 14, 10 of 12, 7 of 10, 5 of 8."""
    expected = (13 / 14 * 10 / 12 * 7 / 10 * 5 / 8) ** (1 / 4)
    assert bleu([SHAPE_WRONG, TRUE], [TRUE, TRUE]) == pytest.approx(expected)


def test_bleu_punishes_what_is_too_short():
    short = "a red circle above"
    assert bleu([short], [TRUE]) == pytest.approx(torch.exp(torch.tensor(1 - 7 / 4)).item())


def test_wrong_parts_are_counted_by_kind():
    found = [SHAPE_WRONG, "a blue cross left of a red circle", "a a red"]
    assert exact(found, [TRUE] * 3) == 0
    assert wrong(found, [TRUE] * 3) == pytest.approx({"color": 4 / 6, "shape": 5 / 6, "relation": 2 / 3})


@pytest.mark.parametrize("text", ["", "a red", "a red circle above", "a circle red above a blue cross"])
def test_what_is_no_caption_has_no_attributes(text):
    assert attributes(text) is None


def test_a_picture_is_nearest_to_itself_and_the_frequent_caption_is_counted():
    some = scenes(60, torch.Generator().manual_seed(0))
    assert nearest(some, some.pick(slice(0, 20))) == some.captions()[:20]
    captions = some.captions()
    (guess, other) = most_frequent(some, 2)
    assert guess == other
    assert captions.count(guess) == max(map(captions.count, captions))


def test_captions_become_numbers_and_captions_again():
    captions = scenes(50, torch.Generator().manual_seed(0)).captions()
    numbers = encoded(captions)
    assert decoded(numbers) == captions
    lengths = torch.tensor([len(text.split()) for text in captions])
    assert torch.equal(counted(numbers).sum(dim=1), lengths + 1)  # its end counts, too
    assert (numbers[torch.arange(50), lengths] == END).all()
