"""What Lesson 6 writes from scratch, against PyTorch, counting by eye, and the package."""

from collections import Counter

import pytest
import torch
from academy.data.byte_pairs import learn
from academy.data.word_vectors import WordVectors
from academy.lessons.lesson6 import word2vec
from academy.lessons.lesson6.neighbors import analogy_answers
from chapter_cells import definitions
from torch import nn
from torch.nn import functional as F

WEATHER = {"rain": 41, "train": 32, "ran": 20, "tin": 13, "drain": 7}
"""No two pairs of neighbors come equally often, so that the order of merges is one alone."""


@pytest.fixture(scope="module")
def chapter():
    """What the chapter defines."""
    return definitions("lesson6")


def test_pairs_of_neighbors_are_counted_with_the_words_that_have_them(chapter):
    pairs = chapter["count_pairs"]({("r", "a", "n"): 2, ("a", "n", "a", "n"): 3})
    assert pairs == Counter({("a", "n"): 8, ("n", "a"): 3, ("r", "a"): 2})


def test_merges_by_the_chapters_functions_are_those_of_the_package(chapter):
    tokenized = {tuple(word): count for word, count in WEATHER.items()}
    for merges in range(1, 7):
        pairs = chapter["count_pairs"](tokenized)
        best = max(pairs, key=lambda pair: pairs[pair])
        tokenized = {chapter["merge"](tokens, best): count for tokens, count in tokenized.items()}
        learned = learn(WEATHER, merges)
        assert [tuple(learned.split(word)) for word in WEATHER] == list(tokenized)


def test_a_pair_that_overlaps_itself_is_merged_from_the_left(chapter):
    assert chapter["merge"](("a", "a", "a"), ("a", "a")) == ("aa", "a")


@pytest.mark.parametrize("k", [1, 5])
def test_skip_gram_has_the_loss_of_pytorchs_cross_entropy(chapter, k):
    torch.manual_seed(0)
    net = chapter["SkipGram"](9, dimensions=4).double()
    nn.init.normal_(net.told.weight)
    centers, contexts, drawn = (torch.randint(9, (count,)) for count in (7, 7, 5))
    asked = net.asked(centers)
    right = F.binary_cross_entropy_with_logits(
        (asked * net.told(contexts)).sum(dim=1), torch.ones(7, dtype=torch.float64)
    )
    wrong = F.binary_cross_entropy_with_logits(
        asked @ net.told(drawn).T, torch.zeros(7, 5, dtype=torch.float64)
    )
    torch.testing.assert_close(net(centers, contexts, drawn, k), right + k * wrong)


def test_skip_gram_is_the_packages_on_a_batch(chapter, tiny):
    torch.manual_seed(0)
    given = next(word2vec.batches(tiny, word2vec.Recipe(threshold=1, window=3, drawn=4)))
    net, theirs = chapter["SkipGram"](len(tiny.words)), word2vec.SkipGram(len(tiny.words), 100)
    nn.init.normal_(net.told.weight)
    theirs.inputs, theirs.outputs = net.asked, net.told
    centers = given.centers[:, None].expand_as(given.contexts)[given.within]
    ours = net(centers, given.contexts[given.within], given.negatives)
    torch.testing.assert_close(ours, theirs.loss(given, weight=1))


def test_the_mean_leaves_padding_out_as_pytorchs_embedding_bag_does(chapter):
    torch.manual_seed(0)
    layer = nn.EmbeddingBag(6, 3, mode="mean", padding_idx=0, dtype=torch.float64)
    ids = torch.tensor([[1, 2, 0, 0], [5, 3, 3, 4]])
    ours = chapter["masked_mean"](layer.weight[ids], ids != 0)
    torch.testing.assert_close(ours, layer(ids), atol=1e-6, rtol=0)
    torch.testing.assert_close(ours[0], layer.weight[1:3].mean(dim=0))


def test_neighbors_and_analogies_of_the_first_screen_are_the_packages():
    torch.manual_seed(0)
    known = WordVectors(tuple("abcdefgh"), torch.randn(8, 5))
    given = {
        "words": known.words,
        "vectors": known.vectors,
        "row_of": {word: row for row, word in enumerate(known.words)},
        "directions": F.normalize(known.vectors),
    }
    first_screen = definitions("lesson6", **given)
    for three in (("a", "b", "c"), ("h", "c", "e")):
        rows = torch.tensor([[known.words.index(word) for word in three]])
        (answer,) = analogy_answers(known.vectors, rows).tolist()
        first, second, third = known.vectors[rows[0]] / known.vectors[rows[0]].norm(dim=1, keepdim=True)
        assert first_screen["nearest"](second - first + third, 1, but=three) == [known.words[answer]]
