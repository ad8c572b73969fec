"""Gaps, hubs and maps: worked out by hand, against SciPy, and on spaces whose shape is known."""

import numpy as np
import pytest
import torch
from academy.data.emoji import Emoji
from academy.lessons.lesson8.false_negatives import same_concept, variants_preferred
from academy.lessons.lesson8.gap import Placed, closed, gap, told_apart
from academy.lessons.lesson8.hubs import inverted_softmax, most_by_chance, skewness
from academy.lessons.lesson8.maps import by_tsne, by_umap, mixed
from academy.lessons.lesson8.retrieval import ranks, times_found
from scipy.stats import skew
from torch.nn import functional as F


def islands(apart: float, count: int = 60) -> Placed:
    """Place pairs that are near but for a shift of the texts, in a space of eight numbers."""
    chance = torch.Generator().manual_seed(0)
    pictures = torch.randn(count, 8, generator=chance)
    texts = pictures + 0.1 * torch.randn(count, 8, generator=chance)
    texts[:, 0] += apart
    return Placed(F.normalize(pictures, dim=-1), F.normalize(texts, dim=-1))


def test_the_gap_is_the_distance_of_the_means():
    pictures = torch.tensor([[1.0, 0.0], [0.6, 0.8]])
    texts = torch.tensor([[0.0, -1.0], [0.6, -0.8]])
    assert gap(Placed(pictures, texts)) == pytest.approx(np.hypot(0.8 - 0.3, 0.4 + 0.9))


def test_a_line_tells_two_islands_apart_and_not_one():
    assert told_apart(islands(10.0), islands(10.0)) > 0.97
    assert told_apart(islands(0.0), islands(0.0)) < 0.65


def test_closing_brings_both_means_near_and_leaves_unit_vectors():
    open_space = islands(3.0)
    space = closed(open_space, open_space)
    assert gap(space) < 0.3 * gap(open_space)
    for vectors in space:
        torch.testing.assert_close(vectors.norm(dim=1), torch.ones(len(vectors)))


def test_the_most_found_by_chance_is_that_of_draws():
    chance = np.random.default_rng(0)
    drawn = chance.binomial(50, 5 / 40, size=(4000, 40)).max(axis=1).mean()
    assert most_by_chance(50, 40, 5) == pytest.approx(drawn, abs=0.1)


def test_skewness_is_scipys():
    times = torch.tensor([0, 1, 1, 2, 9, 3, 0, 4])
    assert skewness(times) == pytest.approx(skew(times.numpy()))


def test_the_inverted_softmax_takes_from_a_hub_what_it_gives_to_all():
    similarities = torch.tensor([[0.6, 0.5]])  # the hub first
    known = torch.tensor([[0.6, 0.1], [0.6, 0.1]])
    scores = inverted_softmax(similarities, known, 1.0)
    expected = torch.tensor([[0.6 - np.log(2 * np.exp(0.6)), 0.5 - np.log(2 * np.exp(0.1))]])
    torch.testing.assert_close(scores, expected.float())
    assert scores.argmax() == 1


def test_a_hub_made_on_purpose_is_cured_and_right_answers_come_back():
    chance = torch.Generator().manual_seed(0)
    similarities = torch.eye(30) * 0.3 + 0.05 * torch.randn(30, 30, generator=chance)
    known = 0.05 * torch.randn(50, 30, generator=chance)
    similarities[:, 4] += 0.5
    known[:, 4] += 0.5
    cured = inverted_softmax(similarities, known, 10.0)
    assert times_found(similarities, 1)[4] == 30
    assert times_found(cured, 1)[4] <= 2
    assert (ranks(cured) == 1).double().mean() > 0.9


def emoji(*names: str) -> list[Emoji]:
    return [Emoji(name, (), "") for name in names]


def test_variants_of_one_concept_are_told():
    same = same_concept(emoji("man cook", "rose", "woman cook", "cook"))
    assert same.nonzero().tolist() == [[0, 2], [0, 3], [2, 0], [2, 3], [3, 0], [3, 2]]


def test_only_those_that_have_a_variant_are_asked_which_wrong_answer_is_likeliest():
    same = same_concept(emoji("man cook", "rose", "woman cook"))
    logits = torch.tensor([[5.0, 1.0, 4.0], [3.0, 4.0, 0.0], [1.0, 2.0, 5.0]])
    assert variants_preferred(logits, same) == 0.5  # the first prefers its variant, the last the rose


def test_kinds_are_mixed_by_half_in_one_cloud_and_not_at_all_on_two_islands():
    chance = np.random.default_rng(0)
    cloud = chance.normal(size=(400, 2))
    assert mixed(cloud) == pytest.approx(0.5, abs=0.05)
    cloud[200:] += 100
    assert mixed(cloud) == 0.0


@pytest.mark.slow
def test_a_map_keeps_islands_apart_and_pairs_together():
    assert mixed(by_tsne(islands(20.0))) < 0.1
    assert mixed(by_tsne(islands(0.0))) > 0.35


@pytest.mark.slow
def test_umap_does_too_without_a_word_of_warning(recwarn):
    assert mixed(by_umap(islands(20.0))) < 0.1
    assert mixed(by_umap(islands(0.0))) > 0.35
    assert not [each for each in recwarn if "random_state" in str(each.message)]
