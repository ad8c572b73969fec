"""What heads look at, on attention made up for it, and on MiniLM's."""

import pytest
import torch
from academy.lessons.lesson7.encoder import HEADS, LAYERS, attention, pieces_of
from academy.lessons.lesson7.looks import LOOKS, even_shares, head_shares, shares


@pytest.mark.parametrize(
    ("look", "weights"),
    [
        ("itself", torch.eye(6)),
        ("the piece before", torch.eye(6).roll(1, dims=0)),
        ("the piece after", torch.eye(6).roll(-1, dims=0)),
        ("[CLS]", torch.eye(6)[[0] * 6]),
        ("[SEP]", torch.eye(6)[[5] * 6]),
    ],
)
def test_a_head_that_looks_at_one_thing_alone_is_found_out(look, weights):
    found = dict(zip(LOOKS, shares(weights).tolist()))
    assert found[look] == 1
    # The first piece's neighbor before is a mark, the last one's after is one, too.
    assert sum(found.values()) - found[look] <= 0.5


def test_shares_are_those_of_a_loop():
    weights = torch.rand(2, 7, 7, generator=torch.Generator().manual_seed(0)).softmax(dim=-1)
    for head in range(2):
        rows = range(1, 6)
        expected = [
            sum(weights[head, row, row] for row in rows) / 5,
            sum(weights[head, row, row - 1] for row in rows) / 5,
            sum(weights[head, row, row + 1] for row in rows) / 5,
            sum(weights[head, row, 0] for row in rows) / 5,
            sum(weights[head, row, 6] for row in rows) / 5,
        ]
        torch.testing.assert_close(shares(weights)[:, head], torch.stack(expected))


def test_nothing_between_the_marks_is_refused():
    with pytest.raises(ValueError, match="no word between"):
        shares(torch.eye(2))


@pytest.mark.slow
def test_attention_is_that_of_every_head_and_sums_to_one():
    text = "The bank of the river was steep."
    found = attention(text)
    assert found.shape == (LAYERS, HEADS, len(pieces_of(text)), len(pieces_of(text)))
    torch.testing.assert_close(found.sum(dim=-1), torch.ones(found.shape[:-1]))
    assert head_shares([text]).shape == (len(LOOKS), LAYERS, HEADS)
    assert even_shares([text]).tolist() == pytest.approx([1 / len(pieces_of(text))] * len(LOOKS))
