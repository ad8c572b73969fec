"""word2vec from scratch, against numbers worked out by hand, formulas and gensim."""

import math

import pytest
import torch
from academy.lessons.lesson6.corpus import corpus_of, keep_probabilities
from academy.lessons.lesson6.library import by_gensim, sentences_of
from academy.lessons.lesson6.neighbors import nearest
from academy.lessons.lesson6.word2vec import (
    CBOW,
    Recipe,
    SkipGram,
    batches,
    negative_sampling_loss,
    noise,
    steps_of,
    word2vec,
)
from gensim.models import Word2Vec


def pairs_of(batch):
    """Pair words by a loop."""
    return [
        (center, context)
        for center, around, within in zip(*(part.tolist() for part in batch[:3]))
        for context, counts in zip(around, within)
        if counts
    ]


def a_batch(corpus, **settings):
    torch.manual_seed(0)
    return next(batches(corpus, Recipe(threshold=1, window=3, drawn=2, **settings)))


def test_the_loss_of_one_pair_worked_out_by_hand():
    # Products 2 with the true word, −1 and 3 with the drawn ones; −log σ(x) = log(1 + e^−x).
    one, target = torch.tensor([[1.0, 0.0]]), torch.tensor([[[2.0, 9.0], [50.0, 0.0]]])
    within = torch.tensor([[True, False]])
    drawn = torch.tensor([[-1.0, 5.0], [3.0, 7.0]])
    by_hand = math.log(1 + math.exp(-2)) + 5 * (math.log(1 + math.exp(-1)) + math.log(1 + math.exp(3))) / 2
    loss = negative_sampling_loss(one, target, within, drawn, 5)
    assert loss.item() == pytest.approx(by_hand, rel=1e-6)


def test_the_gradient_is_the_error_times_the_other_vector():
    chance = torch.Generator().manual_seed(0)
    center, target, drawn = (
        torch.randn(count, 4, generator=chance, dtype=torch.float64, requires_grad=True)
        for count in (1, 1, 3)
    )
    negative_sampling_loss(center, target[None], torch.tensor([[True]]), drawn, 6).backward()
    error = torch.sigmoid(center @ target.T) - 1  # (1, 1)
    errors = torch.sigmoid(center @ drawn.T) * 6 / 3  # (1, 3)
    assert torch.allclose(center.grad, error @ target + errors @ drawn)
    assert torch.allclose(target.grad, error.T @ center)
    assert torch.allclose(drawn.grad, errors.T @ center)


def test_skip_gram_pairs_each_word_with_each_around_it(tiny):
    batch, model = a_batch(tiny), SkipGram(len(tiny.words), 3)
    torch.nn.init.normal_(model.outputs.weight)
    inputs, targets, within = model(batch)
    centers, contexts = zip(*pairs_of(batch))
    assert torch.equal(inputs[:, None].expand_as(targets)[within], model.inputs.weight[list(centers)])
    assert torch.equal(targets[within], model.outputs.weight[list(contexts)])


def test_cbow_pairs_the_mean_of_the_words_around_with_the_word(tiny):
    alone = corpus_of([["alone"], ["a", "b"]], min_count=1)
    for corpus in (tiny, alone):
        batch, model = a_batch(corpus), CBOW(len(corpus.words), 3)
        torch.nn.init.normal_(model.outputs.weight)
        around = [(center.item(), ids[near]) for center, ids, near in zip(*batch[:3]) if near.any()]
        inputs, targets, within = model(batch)
        expected = torch.stack([model.inputs.weight[ids].mean(dim=0) for _, ids in around])
        assert torch.allclose(inputs[within[:, 0]], expected)
        assert torch.equal(targets[within], model.outputs.weight[[center for center, _ in around]])


def test_an_epoch_visits_each_place_once(tiny):
    torch.manual_seed(0)
    recipe = Recipe(threshold=1, batch_size=5, epochs=1)
    assert len(tiny.ids) == 24
    source = batches(tiny, recipe)
    seen = torch.cat([next(source).centers for _ in range(5)])  # 4 batches of 5, one of 4
    assert torch.equal(torch.bincount(seen), tiny.counts)
    assert steps_of(tiny, recipe) == 5


def test_each_place_draws_its_reach_evenly():
    corpus = corpus_of([[str(number) for number in range(3000)]], min_count=1)
    reaches = a_batch(corpus).within.sum(dim=1).float() / 2  # but for the ends of the text
    assert torch.histc(reaches, 3, 0.5, 3.5).tolist() == pytest.approx([1000] * 3, abs=100)  # deviation 26


def test_words_are_drawn_by_their_counts_to_three_quarters():
    corpus = corpus_of([["a"] * 16 + ["b"]], min_count=1)  # 16^¾ = 8
    assert noise(corpus.counts).tolist() == pytest.approx([8 / 9, 1 / 9])
    torch.manual_seed(0)
    drawn = next(batches(corpus, Recipe(drawn=90_000))).negatives
    assert torch.bincount(drawn).tolist() == pytest.approx([80_000, 10_000], abs=400)  # deviation 94


def test_gensim_gets_the_same_words_counts_and_chances(frequent):
    sentences = list(sentences_of(frequent))
    assert sentences[2] == ["the", "red", "runs"]
    model = Word2Vec(sentences, min_count=1, sample=0.05, vector_size=4, workers=1)
    counts = dict(zip(frequent.words, frequent.counts.tolist()))
    assert {word: model.wv.get_vecattr(word, "count") for word in model.wv.index_to_key} == counts
    theirs = [model.wv.get_vecattr(word, "sample_int") / (2**32 - 1) for word in frequent.words]
    assert keep_probabilities(frequent.counts, 0.05).tolist() == pytest.approx(theirs, abs=1e-6)
    # gensim keeps the chances of negatives as sums up to each word.
    sums = torch.tensor([0, *model.cum_table.tolist()]).double().diff() / model.cum_table[-1].item()
    by_word = dict(zip(model.wv.index_to_key, sums.tolist()))
    ours = dict(zip(frequent.words, noise(frequent.counts).tolist()))
    assert ours == pytest.approx(by_word, abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("skip_gram", [True, False])
def test_words_that_stand_in_the_same_places_become_neighbors(skip_gram):
    chance = torch.Generator().manual_seed(0)
    topics = [["cat", "dog", "paw", "tail", "fur"], ["sun", "star", "moon", "sky", "ray"]]
    sentences = [
        [topics[number % 2][place] for place in torch.randint(5, (8,), generator=chance)]
        for number in range(400)
    ]
    corpus = corpus_of(sentences)
    recipe = Recipe(skip_gram=skip_gram, dimensions=8, window=3, threshold=1, batch_size=64, epochs=6)
    for known in (word2vec(corpus, recipe), by_gensim(corpus, recipe, rate=0.1)):
        assert {word for word, _ in nearest(known, "cat", 4)} == set(topics[0]) - {"cat"}


def test_the_same_seed_gives_the_same_vectors(tiny):
    recipe = Recipe(dimensions=4, window=2, epochs=3)
    first, again = (word2vec(tiny, recipe).vectors for _ in range(2))
    other = word2vec(tiny, Recipe(dimensions=4, window=2, epochs=3, seed=1)).vectors
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
