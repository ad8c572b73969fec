"""What heads look at, on attention made up for it, and on MiniLM's."""

import pytest
import torch
from academy.lessons.lesson7.looks import LOOKS, even_shares, head_shares, looks_of, shares
from academy.nets.minilm import HEADS, LAYERS, attention, encoded, minilm, pieces_of


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


@pytest.mark.slow
def test_a_word_looks_as_the_models_own_queries_and_keys_say():
    text = "The keys to the cabinet are old."
    place = pieces_of(text).index("are")
    layer = minilm().encoder.layer[3]
    with torch.no_grad():
        states = minilm()(**encoded([text]), output_hidden_states=True).hidden_states[3][0]  # into layer 4
        asked = layer.attention.self.query(states[place]).view(HEADS, 1, -1)
        offered = layer.attention.self.key(states).view(len(states), HEADS, -1).transpose(0, 1)
    expected = ((asked * offered).sum(dim=-1) / asked.shape[-1] ** 0.5).softmax(dim=-1)  # (heads, length)
    for head, weights in ((2, expected[1]), (None, expected.mean(dim=0))):
        found = looks_of(text, "are", layer=4, head=head)
        assert [piece for piece, _ in found] == pieces_of(text)
        assert [share for _, share in found] == pytest.approx(weights.tolist(), abs=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("subject", "nearer", "verb"), [("keys", "cabinet", "are"), ("key", "cabinets", "is")]
)
def test_a_head_sees_the_subject_of_a_verb_past_a_nearer_noun(subject, nearer, verb):
    text = f"The {subject} to the old {nearer} in my grandmother's kitchen {verb} missing."
    found = dict(looks_of(text, verb, layer=4, head=2))
    assert found[subject] > 0.4
    assert found[nearer] < 0.02


@pytest.mark.slow
@pytest.mark.parametrize(
    ("layer", "head", "piece", "said"),
    [(0, 1, "river", "no layer 0"), (4, 13, "river", "no head 13"), (4, 2, "the", "'the' stands 2 times")],
)
def test_what_is_not_there_once_is_refused(layer, head, piece, said):
    with pytest.raises(ValueError, match=said):
        looks_of("The bank of the river.", piece, layer, head)
