"""Questions that need order or several heads: drawn as they say, and answered where they can be."""

import pytest
import torch
from academy.lessons.lesson7 import heads, ordering
from academy.lessons.lesson7.depth import DEPTH, gradient_norms


def test_the_letter_that_is_asked_for_follows_the_one_star():
    torch.manual_seed(0)
    drawn = ordering.rows(60, 6)
    for row, following in zip(drawn.symbols.tolist(), drawn.following.tolist()):
        assert row.count(ordering.STAR) == 1
        assert row[row.index(ordering.STAR) + 1] == following


@pytest.mark.parametrize("positions", ordering.POSITIONS)
def test_without_positions_and_only_then_the_order_changes_no_answer(positions):
    torch.manual_seed(0)
    model = ordering.Ordering(positions).double()
    symbols = torch.tensor([[3, ordering.STAR, 5, 1]])
    same = torch.allclose(model(symbols), model(symbols[:, [1, 3, 0, 2]]))
    assert same is (positions == "none")


def test_only_learned_positions_are_learned():
    names = {
        kind: {name for name, _ in ordering.Ordering(kind).named_parameters()} for kind in ordering.POSITIONS
    }
    assert names["learned"] - names["none"] == {"places"}
    assert names["sinusoidal"] == names["rotary"] == names["none"]


def test_positions_of_no_known_kind_are_refused_with_those_there_are():
    with pytest.raises(ValueError, match="'relative': choose one of none, sinusoidal, learned, rotary"):
        ordering.Ordering("relative")


def test_each_mark_is_at_one_place_and_its_letter_is_the_answer():
    torch.manual_seed(0)
    drawn = heads.rows(40)
    for letters, marks, answers in zip(*(part.tolist() for part in drawn)):
        assert [letters[marks.index(mark)] for mark in range(1, heads.MARKS + 1)] == answers
        assert marks.count(0) == heads.LENGTH - heads.MARKS


def test_heads_cost_no_weights():
    counts = {sum(each.numel() for each in heads.Asking(number).parameters()) for number in (1, 2, 4)}
    assert len(counts) == 1


def test_gradients_of_each_layer_come_again_with_their_seed():
    first = gradient_norms(True, seed=0)
    assert len(first) == DEPTH
    assert first == gradient_norms(True, seed=0)
    assert all(norm > 0 for norm in first + gradient_norms(False, seed=0))
