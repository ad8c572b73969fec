"""Task 6: neighbors with a fault each, and right ones unlike ours."""

import numpy as np
import pytest
import torch
from academy.data.word_vectors import word_vectors
from academy.lessons.lesson6.homework.nearest_words import ASKED
from sklearn.neighbors import NearestNeighbors
from torch import nn
from torch.nn import functional as F

OWN_WORDS = [*ASKED, "film", "plot", "cast", "dull", "fun", "odd"]
OWN_VECTORS = torch.randn(10, 5, generator=torch.Generator().manual_seed(0))
NUMBERS = {word: place for place, word in enumerate(OWN_WORDS, start=2)}


def encode(tokens, vocabulary):
    return [vocabulary.get(token, 1) for token in tokens]


def network(rows):
    """What stands for the model of Task 5: a table of these rows, and a linear layer."""
    return nn.Sequential(nn.Embedding.from_pretrained(rows), nn.Linear(5, 1))


def table_of(vectors):
    return F.pad(vectors, (0, 0, 2, 0))  # <pad>, <unk>


def by_scores(scores_of, start=0):
    """Neighbors by scores of any kind, the highest first, the word itself left out."""

    def nearest(word, words, vectors, count):
        place = words.index(word)
        scores = scores_of(vectors, vectors[place])
        order = scores.argsort(descending=True).tolist()
        return [words[each] for each in order if each != place][start : start + count]

    return nearest


def cosines(vectors, vector):
    return F.normalize(vectors, dim=1) @ F.normalize(vector, dim=0)


def with_nan(vectors, vector):
    return vectors @ vector / (vectors.norm(dim=1) * vector.norm())


ours = by_scores(cosines)


@pytest.fixture(scope="module")
def tables():
    web = word_vectors()
    words = list(web.words)
    return {
        "nearest": ours,
        "packaged": {word: ours(word, words, web.vectors, 6) for word in ASKED},
        "own": {word: ours(word, OWN_WORDS, OWN_VECTORS, 6) for word in ASKED},
        "own_words": OWN_WORDS,
        "own_vectors": OWN_VECTORS,
        "model": network(table_of(OWN_VECTORS)),
        "encode": encode,
        "vocabulary": NUMBERS,
    }


def itself(word, words, vectors, count):
    return [word, *ours(word, words, vectors, count - 1)]


WRONG = [
    (lambda *given: None, "`nearest` returns nothing"),
    (lambda *given: "far north", "gives a str, not a list"),
    (lambda *given: torch.tensor([3, 6, 1]), "gives a Tensor, not a list"),
    (lambda word, words, vectors, count: [3, 6, 1], "words, not their places"),
    (lambda word, words, vectors, count: ours(word, words, vectors, 5), "as many words as `count` says"),
    (itself, "its own nearest neighbor"),
    (by_scores(with_nan), "0 / 0 is nan"),
    (by_scores(lambda vectors, vector: vectors @ vector), "in which long vectors win"),
    (by_scores(lambda vectors, vector: -(vectors - vector).norm(dim=1)), "that is the distance"),
    (by_scores(lambda vectors, vector: -cosines(vectors, vector)), "these are the farthest"),
    (by_scores(lambda vectors, vector: cosines(vectors, vector).abs()), "−1 is the opposite"),
    (by_scores(cosines, start=1), "the cosine is the dot product"),
    (lambda *given: ours(*given)[::-1], "in another order"),
    (lambda word, words: [], "TypeError"),
]


@pytest.mark.parametrize(("wrong", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_function_is_caught_with_a_sentence_that_helps(checked, tables, wrong, helps):
    found = checked(6, **tables | {"nearest": wrong})
    assert not found.solved
    assert helps in str(found)


def swapped(table):
    return table | {"good": table["bad"], "bad": table["good"]}


WRONG_TABLES = [
    (lambda given: {"packaged": list(given["packaged"].values())}, "is no dict with lists"),
    (lambda given: {"packaged": {"good": given["packaged"]["good"]}}, "is no dict with lists"),
    (lambda given: {"packaged": given["own"]}, "by their vectors it is"),
    (lambda given: {"packaged": swapped(given["packaged"])}, "by their vectors it is"),
    (lambda given: {"own": {word: near[:5] for word, near in given["own"].items()}}, "has 5 words, not 6"),
    (lambda given: {"own": {word: ["zebra"] * 6 for word in ASKED}}, "has no vector here"),
    (lambda given: {"own": swapped(given["own"])}, "are these the vectors you looked in"),
    (lambda given: {"own_vectors": OWN_VECTORS[1:]}, "a row for each word"),
    (lambda given: {"own_vectors": OWN_VECTORS.tolist()}, "a row for each word"),
    (lambda given: {"own_words": OWN_WORDS[::-1]}, "take rows by id"),
    (lambda given: {"own_vectors": table_of(OWN_VECTORS)[:10]}, "not that of the model's table at its id"),
    (lambda given: {"model": network(table_of(OWN_VECTORS + 1))}, "if you have trained again"),
    (lambda given: {"model": None}, "solve task 5 first"),
    (lambda given: {"encode": lambda tokens, vocabulary: [2]}, "solve task 2 first"),
    (lambda given: {"vocabulary": None}, "Running `encode(tokens, vocabulary)` raised AttributeError"),
    (lambda given: {"own_words": [*OWN_WORDS[:9], "zebra"]}, "'zebra', which `vocabulary` does not know"),
    (lambda given: {"own": dict.fromkeys(ASKED)}, "`own['good']` is a NoneType"),
    (lambda given: {"own": dict.fromkeys(ASKED, "film")}, "`own['good']` is a str"),
    (lambda given: {"own": dict.fromkeys(ASKED, [["film", 0.5]] * 6)}, "give words"),
    (lambda given: {"own_words": ["<pad>", *OWN_WORDS[:9]]}, "leave the first two ids out"),
    (lambda given: {"own_words": ["a", *OWN_WORDS[1:]]}, "has no 'good'"),
    (lambda given: {"own_words": "good"}, "a list of words"),
]


@pytest.mark.parametrize(
    ("change", "helps"), WRONG_TABLES, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG_TABLES)]
)
def test_a_wrong_table_is_caught_with_a_sentence_that_helps(checked, tables, change, helps):
    found = checked(6, **tables | change(tables))
    assert not found.solved
    assert helps in str(found)


def by_numpy(word, words, vectors, count):
    rows = np.asarray(vectors, dtype=np.float64)
    row = rows[words.index(word)]
    lengths = np.linalg.norm(rows, axis=1)
    cosines = rows @ row / np.maximum(lengths * np.linalg.norm(row), 1e-12)
    ranked = sorted(zip(-cosines, words))
    return [each for _, each in ranked if each != word][:count]


def by_scikit_learn(word, words, vectors, count):
    found = NearestNeighbors(n_neighbors=count + 1, metric="cosine").fit(vectors)
    places = found.kneighbors(vectors[[words.index(word)]], return_distance=False)[0]
    return tuple(words[place] for place in places if words[place] != word)


def by_similarity(word, words, vectors, count):
    scores = F.cosine_similarity(vectors, vectors[words.index(word)][None])
    best = scores.topk(count + 1).indices[1:]
    return [words[place] for place in best]


def one_by_one(word, words, vectors, count):
    row = dict(zip(words, vectors))
    others = [each for each in words if each != word]
    return sorted(others, key=lambda each: -F.cosine_similarity(row[each], row[word], dim=0).item())[:count]


RIGHT = {
    "ours": ours,
    "NumPy": by_numpy,
    "scikit-learn": by_scikit_learn,
    "PyTorch's": by_similarity,
    "one by one": one_by_one,
}


@pytest.mark.parametrize("nearest", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(checked, tables, nearest):
    own = {word: nearest(word, OWN_WORDS, OWN_VECTORS, 6) for word in ASKED}
    found = checked(6, **tables | {"nearest": nearest, "own": own})
    assert found.solved, str(found)


class OneHot(nn.Module):
    """A table that is the weight of a linear layer: a column a word."""

    def __init__(self):
        super().__init__()
        self.mix = nn.Linear(12, 5, bias=False)
        self.mix.weight.data = table_of(OWN_VECTORS).T


@pytest.mark.parametrize(
    "change",
    [
        {"own_vectors": OWN_VECTORS.numpy()},
        {"own_vectors": F.normalize(OWN_VECTORS, dim=1)},
        {"own_vectors": nn.Parameter(OWN_VECTORS)},
        {"own_words": tuple(OWN_WORDS)},
        {"model": OneHot()},
        {"model": nn.Linear(3, 1)},
    ],
    ids=[
        "NumPy",
        "of length 1",
        "with slopes",
        "a tuple",
        "columns of a linear layer",
        "no table to be seen",
    ],
)
def test_rows_may_come_in_any_form(checked, tables, change):
    found = checked(6, **tables | change)
    assert found.solved, str(found)
