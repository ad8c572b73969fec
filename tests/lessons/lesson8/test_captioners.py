"""Captioners: attention as loops by hand have it, REINFORCE as enumeration has it, and both kinds learn."""

import itertools
import math

import pytest
import torch
from academy.lessons.lesson8.caption_scenes import scenes
from academy.lessons.lesson8.caption_training import (
    KINDS,
    Recipe,
    batches,
    captioned,
    captioner,
    cross_entropy,
    surrogate,
    trained,
    written,
)
from academy.lessons.lesson8.caption_words import LONGEST, WORDS
from academy.lessons.lesson8.captioners import Attention, Told


@pytest.fixture(scope="module")
def some():
    return scenes(64, torch.Generator().manual_seed(0))


def test_attention_is_the_loop_by_hand():
    torch.manual_seed(0)
    attention = Attention(channels=3, hidden=2, width=4).double()
    features, state = torch.randn(1, 5, 3, dtype=torch.float64), torch.randn(1, 2, dtype=torch.float64)
    weights, bias = attention.from_features.weight.tolist(), attention.from_features.bias.tolist()
    from_state, of_score = attention.from_state.weight.tolist(), attention.score.weight[0].tolist()
    scores = []
    for cell in features[0].tolist():
        hidden = [
            math.tanh(
                sum(w * x for w, x in zip(weights[unit], cell))
                + bias[unit]
                + sum(u * h for u, h in zip(from_state[unit], state[0].tolist()))
            )
            for unit in range(4)
        ]
        scores.append(sum(v * h for v, h in zip(of_score, hidden)))
    all_of_them = sum(math.exp(score) for score in scores)
    found = attention(attention.from_features(features), state)
    assert found[0].tolist() == pytest.approx([math.exp(score) / all_of_them for score in scores], abs=1e-9)


@pytest.mark.parametrize("kind", ["soft", "hard"])
def test_shares_sum_to_one_and_hard_attention_sees_one_cell(kind, some):
    model = captioner(Recipe(kind, 1)).eval()
    batch = captioned(some)
    told = model(batch.pictures, batch.so_far)
    torch.testing.assert_close(told.shares.sum(dim=2), torch.ones(64, LONGEST))
    features, shares = model.encoder(batch.pictures), told.shares[:, 0]
    seen = model.context(features, shares, told.places[:, 0])
    for picture in range(3):
        cells = zip(shares[picture], features[picture])
        expected = (
            sum(share * cell for share, cell in cells)
            if kind == "soft"
            else (features[picture, told.places[picture, 0]])
        )
        torch.testing.assert_close(seen[picture], expected)


@pytest.mark.parametrize("kind", KINDS)
def test_writing_is_reading_ones_own_words(kind, some):
    model = captioner(Recipe(kind, 1)).eval()
    wrote = model.write(some.pictures)
    words = wrote.logits.argmax(dim=2)
    so_far = torch.nn.functional.pad(words[:, :-1], (1, 0))
    torch.testing.assert_close(model(some.pictures, so_far).logits, wrote.logits, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("kind", KINDS)
def test_a_word_does_not_hang_on_later_ones(kind, some):
    model = captioner(Recipe(kind, 1)).eval()
    batch = captioned(some)
    changed = batch.so_far.clone()
    changed[:, 5:] = 1
    before, after = (model(batch.pictures, words).logits[:, :5] for words in (batch.so_far, changed))
    torch.testing.assert_close(before, after)


def tiny_case():
    """Two steps, three places a step; what the second word is worth hangs on both places."""
    torch.manual_seed(0)
    scores = torch.randn(2, 3, dtype=torch.float64, requires_grad=True)
    logits = torch.randn(3, 3, 2, len(WORDS), dtype=torch.float64)
    logits[:, :, 0] = logits[:, :1, 0]  # the first word comes before the second place
    return scores, logits, torch.tensor([[3, 5]])


def exact_gradient(scores, logits, words):
    shares, expected = scores.softmax(dim=1), 0
    for first, second in itertools.product(range(3), repeat=2):
        chance = shares[0, first] * shares[1, second]
        log_chances = logits[first, second].log_softmax(dim=1)
        expected = expected + chance * (log_chances[0, words[0, 0]] + log_chances[1, words[0, 1]])
    return torch.autograd.grad(expected, scores)[0]


@pytest.mark.parametrize("baseline", [0.0, -4.0])
def test_the_mean_of_the_score_function_estimate_is_the_exact_gradient(baseline):
    scores, logits, words = tiny_case()
    mean = torch.zeros_like(scores)
    for first, second in itertools.product(range(3), repeat=2):
        shares = scores.softmax(dim=1)
        told = Told(logits[first, second][None], shares[None], torch.tensor([[first, second]]))
        (estimate,) = torch.autograd.grad(surrogate(told, words, baseline).sum(), scores)
        mean += (shares[0, first] * shares[1, second]).detach() * estimate
    torch.testing.assert_close(mean, exact_gradient(scores, logits, words))


def test_batches_are_the_same_for_the_same_seed(some):
    first, second = (next(batches(some, 8, seed=3)) for _ in range(2))
    assert torch.equal(first.words, second.words)
    assert torch.equal(first.pictures, second.pictures)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_few_steps_lower_the_loss(kind, some):
    recipe = Recipe(kind, steps=40, batch_size=32, rate=3e-3)
    model = captioner(recipe)
    before = cross_entropy(model, captioned(some)).item()
    trained(recipe, some, model=model)
    assert cross_entropy(model, captioned(some)).item() < before / 2
    assert all(text.startswith("a ") for text in written(model, some.pictures[:4]))
