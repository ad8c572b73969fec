"""What ways of cutting cost, counted by hand on a few words."""

import pytest
from academy.data.byte_pairs import learn
from academy.lessons.lesson6.cutting import MERGES, WORDS, byte_pair_cost, byte_pairs_of, word_cost

LEARNED = ["The film is good.", "the film"]
KEPT_BACK = ["the good film", "a film."]
OTHER = ["Films!"]

BY_HAND = {  # ids with two special ones, tokens a sentence, unknown shares here and there
    "at spaces": (7, 5 / 2, 3 / 5, 1),  # "good" and "film." are other words than "good." and "film"
    "by the rule": (8, 6 / 2, 1 / 6, 1),  # "a"; "Films" and "!"
    "by the rule, small letters": (7, 6 / 2, 1 / 6, 1),
    "letters": (16, 20 / 2, 1 / 20, 2 / 6),  # a; F and !
}


@pytest.mark.parametrize("name", WORDS)
def test_words_are_counted_as_by_hand(name):
    cost = word_cost(name, LEARNED, KEPT_BACK, OTHER)
    assert cost == (name, *map(pytest.approx, BY_HAND[name]))


def test_rare_words_are_unknown():
    assert word_cost("by the rule", LEARNED, KEPT_BACK, OTHER, least=2).ids == 3


def test_byte_pairs_are_counted_as_by_hand():
    assert byte_pair_cost(learn({}, 0), ["ab", "é🙂"]) == ("bytes", 256, (2 + 6) / 2, 0, 0)
    assert byte_pair_cost(learn({"ab": 1}, 1), ["abab", "c"]) == ("byte pairs, 1 merges", 257, 3 / 2, 0, 0)


def test_byte_pairs_of_all_sizes_are_those_learned_alone():
    texts = ["the weather in the mountains", "the rain in the valley", "no rain"]
    found = byte_pairs_of(texts)
    assert tuple(found) == MERGES
    assert found[0].split("rain") == ["r", "a", "i", "n"]
    assert found[16_000].split("rain in the") == ["rain", " in", " the"]
