"""Classifiers of sentences by counts and by means, against loops, PyTorch, and sums by hand."""

import math

import numpy as np
import pytest
import torch
from academy.data.sentences import Sentences, Vocabulary, frequent_words, words_of
from academy.data.text import batch
from academy.learn.kept_answers import packed, unpacked
from academy.lessons.lesson6.baselines import best_bag, count_rule, counter, majority
from academy.lessons.lesson6.padding_mistakes import PaddingIsZero, PaddingLearns
from academy.lessons.lesson6.sentiment import MeanClassifier, contributions, masked_mean
from academy.lessons.lesson6.sentiment_training import Recipe, accuracy_of, trained
from academy.lessons.lesson6.turns import PAIRS
from sklearn.feature_extraction.text import TfidfVectorizer
from torch import nn

LIKED = ["a good film", "good fun and a good story", "great fun", "a great and warm film"]
NOT_LIKED = ["a bad film", "dull and bad", "a dull story and no fun", "bad"]


@pytest.fixture
def chance():
    return torch.Generator().manual_seed(0)


@pytest.fixture
def sentences() -> Sentences:
    return Sentences((*LIKED, *NOT_LIKED), torch.tensor([2.0] * 4 + [-2.0] * 4))


@pytest.fixture
def network(chance) -> MeanClassifier:
    return MeanClassifier(torch.randn(50, 8, generator=chance, dtype=torch.float64)).double().eval()


SEQUENCES = [[3, 4, 5], [7], [9, 9, 2, 6, 40], [8, 8]]


def test_the_mean_is_that_of_a_loop(chance):
    vectors = torch.randn(50, 8, generator=chance, dtype=torch.float64)
    expected = [sum(vectors[number] for number in ids) / len(ids) for ids in SEQUENCES]
    torch.testing.assert_close(masked_mean(vectors, *batch(SEQUENCES)), torch.stack(expected))


def test_the_mean_is_that_of_pytorchs_layer_and_has_its_gradient(chance):
    ids, mask = batch(SEQUENCES)
    layer = nn.EmbeddingBag(50, 8, mode="mean", padding_idx=0)
    ours = layer.weight.detach().clone().requires_grad_()
    torch.testing.assert_close(masked_mean(ours, ids, mask), layer(ids))
    masked_mean(ours, ids, mask).square().sum().backward()
    layer(ids).square().sum().backward()
    torch.testing.assert_close(ours.grad, layer.weight.grad)


def test_a_sentence_without_words_is_at_zero():
    mean = masked_mean(torch.ones(3, 4), torch.zeros(2, 5, dtype=torch.int64), torch.zeros(2, 5).bool())
    assert mean.tolist() == [[0.0] * 4] * 2


def test_padding_has_no_influence_at_all(network):
    alone = torch.cat([network(*batch([ids])) for ids in SEQUENCES])
    together = network(*batch([*SEQUENCES, list(range(1, 49))]))[:-1]
    torch.testing.assert_close(alone, together, rtol=0, atol=1e-14)  # sums may round otherwise in a batch
    network(*batch(SEQUENCES)).sum().backward()
    assert network.embedding.weight.grad[0].abs().max() == 0


@pytest.mark.parametrize("kind", [PaddingLearns, PaddingIsZero])
def test_counted_padding_has(chance, kind):
    network = kind(torch.randn(50, 8, generator=chance)).eval()
    alone, together = network(*batch([[3, 4]])), network(*batch([[3, 4], [5, 6, 7, 8]]))[:1]
    weight, bias = network.linear.weight[0], network.linear.bias
    vectors = network.embedding.weight
    by_hand = (vectors[3] + vectors[4] + 2 * vectors[0]) @ weight / 4 + bias
    torch.testing.assert_close(together, by_hand)
    assert (alone - together).abs().item() > 1e-3
    assert (vectors[0].abs().max() == 0) == (kind is PaddingIsZero)


def test_a_vector_of_padding_that_is_zero_stays_so(chance):
    network = PaddingIsZero(torch.randn(50, 8, generator=chance))
    network(*batch(SEQUENCES)).sum().backward()
    assert network.embedding.weight.grad[0].abs().max() == 0
    assert network.embedding.weight.grad[3].abs().max() > 0


@pytest.mark.parametrize(("positive", "negative"), PAIRS)
def test_sentences_of_the_same_words_have_the_same_logit(chance, positive, negative):
    words = [words_of(positive), words_of(negative)]
    vocabulary = Vocabulary(frequent_words(words, least=1))
    vectors = torch.randn(len(vocabulary), 8, generator=chance, dtype=torch.float64)
    network = MeanClassifier(vectors).double().eval()
    ours, theirs = network(*batch([vocabulary.encode(each) for each in words]))
    torch.testing.assert_close(ours, theirs, rtol=0, atol=1e-12)


def test_any_order_has_the_same_logit(network, chance):
    ids = torch.randint(1, 50, (30,), generator=chance)
    logits = [network(*batch([ids[torch.randperm(30, generator=chance)].tolist()])).item() for _ in range(20)]
    assert max(logits) - min(logits) < 1e-12


def test_contributions_sum_to_the_logit_and_are_what_leaving_a_word_out_takes_away(network):
    ids = SEQUENCES[2]
    parts = contributions(network, torch.tensor(ids))
    logit = network(*batch([ids])).item()
    bias = network.linear.bias.item()
    assert parts.sum().item() + bias == pytest.approx(logit)
    without = network(*batch([ids[:-1]])).item()
    assert (without - bias) * 4 + 5 * parts[-1].item() == pytest.approx((logit - bias) * 5)


def test_words_are_counted_as_by_hand():
    texts = ["Not good, not bad.", "don't"]
    counts = counter("counts", 1).fit(texts)
    assert counts.get_feature_names_out().tolist() == [",", ".", "bad", "do", "good", "n't", "not"]
    assert counts.transform(texts).toarray().tolist() == [[1, 1, 1, 0, 1, 0, 2], [0, 0, 0, 1, 0, 1, 0]]
    assert counter("binary", 1).fit_transform(texts).toarray().max() == 1
    assert "not good" in counter("binary", 2).fit(texts).vocabulary_


def test_rare_words_weigh_more_by_tf_idf():
    texts = ["a film", "a movie"]
    weights = counter("tf-idf", 1).fit_transform(texts).toarray()[0]  # a, film, movie
    inverse = [1 + math.log(3 / 3), 1 + math.log(3 / 2), 0]
    np.testing.assert_allclose(weights, np.array(inverse) / np.linalg.norm(inverse))
    assert isinstance(counter("tf-idf", 1), TfidfVectorizer)


def test_the_chosen_bag_is_as_good_as_it_says(sentences):
    held_out = Sentences(("good and warm", "bad and dull", "great"), torch.tensor([1.0, -1.0, 1.0]))
    bag = best_bag(sentences, held_out, longest=1)
    assert bag.validation == bag.classifier.score(held_out.texts, held_out.positive) == 1


def test_the_word_list_counts():
    assert count_rule([["good", "good", "bad"], ["film"], ["dull", "mess"]]).tolist() == [1, 0, -2]


def test_the_majority_is_the_more_frequent_label():
    assert majority(torch.tensor([1.0, 0, 1])) == 1
    assert majority(torch.tensor([1.0, 0, 0])) == 0


def test_answers_come_back_as_they_were_packed(chance):
    right = torch.rand(2_003, generator=chance) < 0.7
    assert torch.equal(unpacked(packed(right), 2_003), right)
    assert packed(torch.tensor([True, False, False, False, False, False, True, True])) == "83"


@pytest.mark.parametrize("kind", [MeanClassifier, PaddingLearns])
def test_a_training_learns_and_is_the_same_each_time(sentences, kind):
    recipe = Recipe(steps=60, batch_size=4, rate=0.05)
    first, again = (trained(recipe, sentences, kind=kind) for _ in range(2))
    logits = first.logits(sentences.words)
    assert accuracy_of(logits, sentences.positive) == 1
    assert torch.equal(logits, again.logits(sentences.words))
    other = trained(Recipe(steps=60, batch_size=4, rate=0.05, seed=1), sentences, kind=kind)
    assert not torch.equal(logits, other.logits(sentences.words))


def test_the_weights_of_the_best_look_are_kept(sentences):
    contrary = Sentences(sentences.texts, -sentences.ratings)  # the longer it trains, the worse
    found = trained(Recipe(steps=60, batch_size=4, rate=0.05), sentences, contrary)
    best = max(row["accuracy"] for row in found.evaluation.rows)
    assert found.evaluation.rows[-1]["accuracy"] == 0
    assert accuracy_of(found.logits(contrary.words), contrary.positive) == best > 0


@pytest.mark.slow
def test_frozen_vectors_stay_and_others_move(sentences):
    frozen, tuned = (
        trained(Recipe(beginning, steps=10, batch_size=4), sentences)
        for beginning in ("frozen", "fine-tuned")
    )
    ids = torch.tensor(frozen.vocabulary.encode(["good", "film"]))
    assert frozen.vocabulary.words == tuned.vocabulary.words
    ours, theirs = (each.network.embedding.weight.detach()[ids] for each in (frozen, tuned))
    torch.testing.assert_close(ours.square().mean(dim=1).sqrt(), torch.tensor([0.1, 0.1]))
    assert (ours - theirs).abs().max() > 1e-3
