"""MiniLM from its packaged files, against the steps written out."""

import pytest
import torch
from academy.nets.minilm import WIDTH, by_length, encoded, features, minilm, pieces_of

pytestmark = pytest.mark.slow

TEXTS = ["A film.", "It is not a good film, and it is far too long for what it has to say.", "Great fun!"]


def test_texts_become_pieces_between_two_marks():
    assert pieces_of("Unforgettable fun!") == [
        "[CLS]",
        "un",
        "##for",
        "##get",
        "##table",
        "fun",
        "!",
        "[SEP]",
    ]


def test_padding_and_company_do_not_change_features():
    together = features(TEXTS)
    alone = torch.cat([features([text]) for text in TEXTS])
    assert together.shape == (3, WIDTH)
    torch.testing.assert_close(together, alone, atol=1e-5, rtol=1e-4)


def test_features_are_the_mean_of_the_states():
    with torch.no_grad():
        states = minilm()(**encoded(TEXTS[:1])).last_hidden_state[0]  # (length, width)
    torch.testing.assert_close(features(TEXTS[:1])[0], states.mean(dim=0), atol=1e-5, rtol=1e-4)


def test_features_lie_as_meanings_do():
    river, brook, money = torch.nn.functional.normalize(
        features(["She swam in the river.", "They bathed in the brook.", "The bank lends money."])
    )
    assert river @ brook > river @ money + 0.2


def test_texts_are_ordered_by_their_length():
    assert by_length(TEXTS) == [2, 0, 1] or by_length(TEXTS) == [0, 2, 1]
    assert by_length([]) == []
