"""Importance of pieces: against loops, SciPy, and a classifier whose answer hangs on one piece."""

import pytest
import torch
from academy.lessons.lesson7 import importance
from academy.nets.minilm import tokenizer
from scipy.stats import spearmanr

pytestmark = pytest.mark.slow

IDS = torch.tensor([101, 7, 9, 150, 33, 102])


@pytest.mark.parametrize("name", ["by_attention", "by_all_attention", "by_gradient", "by_hiding"])
def test_each_piece_but_the_marks_has_its_importance(small_classifier, name):
    found = getattr(importance, name)(small_classifier, IDS)
    assert found.shape == (4,)
    assert (found >= 0).all()
    assert len(found.unique()) == 4


def test_hiding_is_what_a_loop_over_pieces_gives(small_classifier):
    found = importance.by_hiding(small_classifier, IDS)
    score = importance.score_of(small_classifier, IDS[None])[0]
    for place in range(1, 5):
        hidden = IDS.clone()
        hidden[place] = tokenizer().mask_token_id
        moved = (importance.score_of(small_classifier, hidden[None])[0] - score).abs()
        torch.testing.assert_close(found[place - 1], moved)


def test_the_gradient_says_what_a_small_change_does(small_classifier):
    model = small_classifier.double()
    found = importance.by_gradient(model, IDS)
    table = model.bert.embeddings.word_embeddings.weight.data
    before = importance.score_of(model, IDS[None]).item()
    for place in range(1, 5):
        kept, step = table[IDS[place]].clone(), 1e-6
        table[IDS[place]] *= 1 - step
        moved = abs(importance.score_of(model, IDS[None]).item() - before) / step
        table[IDS[place]] = kept
        assert found[place - 1].item() == pytest.approx(moved, rel=1e-3, abs=1e-6)


def test_rollout_of_attention_to_itself_alone_stays_where_it_is(small_classifier):
    found = importance.by_all_attention(small_classifier, IDS)
    assert 0 < found.sum() < 1  # the marks have the rest


def test_ranks_are_compared_as_scipy_does():
    first, second = torch.randn(2, 30, generator=torch.Generator().manual_seed(0))
    assert importance.rank_correlation(first, second) == pytest.approx(spearmanr(first, second).statistic)
    assert importance.rank_correlation(first, 3 * first + 1) == pytest.approx(1)


def test_an_answer_that_hangs_on_one_piece_flips_without_it(small_classifier):
    model = small_classifier
    score = importance.score_of(model, IDS[None]).item()
    hidden = IDS.clone()
    hidden[3] = tokenizer().mask_token_id
    without = importance.score_of(model, hidden[None]).item()
    model.classifier.bias.data[1] -= (score + without) / 2  # now the two are on different sides
    assert importance.flips(model, IDS, [2]) == [True]
    model.classifier.bias.data[1] += 100
    assert importance.flips(model, IDS, [0, 1, 2, 3]) == [False] * 4
