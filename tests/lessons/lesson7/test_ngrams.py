"""Counted n-grams against numbers worked out by hand, and against the definition in dictionaries."""

import math
from collections import Counter

import pytest
import torch
from academy.lessons.lesson7.austen_runs import bits_by_counts, counted
from academy.lessons.lesson7.characters import encode
from academy.lessons.lesson7.ngrams import KneserNey
from academy.lessons.lesson7.novels import austen_split

LETTERS = 96
ABAB = torch.tensor([1, 2, 1, 2])
"""Two letters, and 0 for what is before the text."""


def by_definition(ids, order, vocabulary):
    """Smooth as the formulas say: a dictionary for each length, and a recursion."""
    padded = [0] * (order - 1) + ids
    places = range(order, len(padded) + 1)
    counts = {order: Counter(tuple(padded[end - order : end]) for end in places)}
    for length in range(order - 1, 0, -1):
        before = {tuple(padded[end - length - 1 : end]) for end in places}
        counts[length] = Counter(gram[1:] for gram in before)
    discounts = {}
    for length, found in counts.items():
        once, twice = (sum(count == times for count in found.values()) for times in (1, 2))
        discounts[length] = once / (once + 2 * twice) if once and twice else 0.5

    def probability(context, character):
        found, discount = counts[len(context) + 1], discounts[len(context) + 1]
        shorter = probability(context[1:], character) if context else 1 / vocabulary
        after = {gram[-1]: count for gram, count in found.items() if gram[:-1] == context}
        if not after:
            return shorter
        total = sum(after.values())
        return max(after.get(character, 0) - discount, 0) / total + discount * len(after) / total * shorter

    return probability


def test_two_letters_by_hand():
    model = KneserNey(ABAB, order=2, vocabulary=3)
    single, pairs = model.levels
    assert single.discount == pytest.approx(1 / 3)  # a letter after one other, a letter after two
    assert pairs.discount == pytest.approx(1 / 2)  # two pairs once, one twice
    assert model.following(torch.tensor([1])).tolist() == pytest.approx([1 / 54, 17 / 108, 89 / 108])
    assert model.following(torch.tensor([2])).tolist() == pytest.approx([1 / 27, 44 / 54, 4 / 27])
    assert model.probabilities(ABAB)[-1] == pytest.approx(89 / 108)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("order", [1, 2, 3, 5])
def test_any_short_text_is_smoothed_as_the_formulas_say(order, seed):
    chance = torch.Generator().manual_seed(seed)
    text, unseen = (torch.randint(1, 4, (30,), generator=chance) for _ in range(2))
    model, expected = KneserNey(text, order, vocabulary=5), by_definition(text.tolist(), order, 5)
    padded = [0] * (order - 1) + unseen.tolist()
    by_hand = [
        expected(tuple(padded[place : place + order - 1]), padded[place + order - 1])
        for place in range(len(unseen))
    ]
    assert model.probabilities(unseen).tolist() == pytest.approx(by_hand, rel=1e-12)


def test_after_any_text_the_probabilities_are_a_whole():
    model = KneserNey(encode("It is a truth universally acknowledged.\n" * 2), 4, LETTERS)
    for text in ("", "I", "truth", "unknown words", "\n\n"):
        following = model.following(encode(text))
        assert following.sum() == pytest.approx(1)
        assert following.min() > 0


def test_what_comes_next_is_what_the_whole_text_is_made_of():
    text = encode("She was in love.\n")
    model = KneserNey(encode("He was not in love; she was.\n"), 5, LETTERS)
    one_by_one = [model.following(text[:place])[text[place]] for place in range(len(text))]
    assert model.probabilities(text).tolist() == pytest.approx([float(each) for each in one_by_one])


def test_a_letter_that_follows_many_is_likelier_in_a_new_place():
    text = encode("xyxyxyxyxyxyxy abcbdbebfbgb")  # y comes more often, b after more letters
    following = KneserNey(text, 2, LETTERS).following(encode("Q"))
    assert following[encode("b")] > following[encode("y")]


def test_another_id_can_stand_before_a_text():
    text = torch.tensor([0, 1, 0, 1, 1])
    assert torch.equal(
        KneserNey(text, 3, 3, before=2).probabilities(text),
        KneserNey((text + 1) % 3, 3, 3, before=0).probabilities((text + 1) % 3),
    )


def test_orders_that_cannot_be_counted_are_refused():
    with pytest.raises(ValueError, match="10 out of 96 tokens cannot be counted here: choose 1 to 9"):
        KneserNey(ABAB, 10, LETTERS)
    with pytest.raises(ValueError, match="0 out of 1024 tokens cannot be counted here: choose 1 to 6"):
        KneserNey(ABAB, 0, 1024)
    with pytest.raises(ValueError, match="empty text"):
        KneserNey(torch.tensor([], dtype=torch.int64), 2, LETTERS)


@pytest.mark.slow
def test_longer_contexts_say_more_of_a_novel_that_was_not_counted():
    text = austen_split().validation[:50_000]
    one, three, five = (
        bits_by_counts(counted("characters", order)[0], "characters", text) for order in (1, 3, 5)
    )
    assert math.log2(LETTERS) > one > three + 1 > five + 1.5
