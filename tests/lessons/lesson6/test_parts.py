"""Parts of speech of WordNet's words, and of neighbors on vectors made by hand."""

import pytest
import torch
from academy.data.word_vectors import WordVectors
from academy.lessons.lesson6.parts import parts_of_speech, same_part_of_speech


@pytest.mark.slow
def test_words_of_one_part_of_speech_have_it_and_others_none():
    parts = parts_of_speech()
    assert [parts.get(word) for word in ("river", "happily", "belong", "unhappy")] == [
        "noun",
        "adv",
        "verb",
        "adj",
    ]
    assert "run" not in parts  # a noun, too


def test_each_part_weighs_alike_and_words_without_one_do_not_count():
    # Two verbs beside each other, three nouns of which one stands among the verbs, and a word without a part.
    angles = torch.tensor([0.0, 0.1, 0.06, 2.0, 2.1, 2.05])
    known = WordVectors(
        ("go", "come", "way", "car", "bus", "of"), torch.stack([angles.cos(), angles.sin()], dim=1)
    )
    parts = {"go": "verb", "come": "verb", "way": "noun", "car": "noun", "bus": "noun", "never": "adv"}
    # Nearest: go way, come way, way come, car bus, bus car. Verbs 0 of 2, nouns 2 of 3.
    assert same_part_of_speech(known, parts, count=1) == pytest.approx((0 + 2 / 3) / 2)
