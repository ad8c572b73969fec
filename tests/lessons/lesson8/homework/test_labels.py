"""Task 4: classifiers from few labels with a slip each, curves of other draws, and right ones unlike ours."""

import numpy as np
import pytest
import torch
from academy.data.emoji_kinds import examples_of_each
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC
from torch.nn import functional as F

pytestmark = pytest.mark.slow

DRAWS = range(5)


def nearest(known, labels, asked):
    return labels[(F.normalize(asked, dim=1) @ F.normalize(known, dim=1).T).argmax(dim=1)]


def probe(known, labels, asked):
    """A linear classifier that needs no fitting: the nearest mean."""
    means = torch.stack([known[labels == label].mean(dim=0) for label in labels.unique()])
    return labels.unique()[torch.cdist(asked, means).argmin(dim=1)]


def measured(given, solving, classifier, draws=DRAWS, part="labeled"):
    """The accuracies of a classifier on some draws, a list for each number of shots."""
    rows, labels = vectors(given, part), given[part].labels
    asked, truths = solving.gallery, given["test"].labels

    def once(count, draw):
        some = examples_of_each(labels, count, draw)
        answers = torch.as_tensor(classifier(rows[some], labels[some], asked))
        return (answers == truths).double().mean().item()

    return {count: [once(count, draw) for draw in draws] for count in given["shots"]}


def vectors(given, part):
    return F.normalize(given["model"].encode_image(given[part].numbers), dim=1)


def means(rows):
    return {count: sum(row) / len(row) for count, row in rows.items()}


@pytest.fixture(scope="module")
def answers(given, solving):
    """A right answer; zero-shot has as much as a probe with four labels, or a little less."""
    curves = {
        name: means(measured(given, solving, classifier))
        for name, classifier in (("nearest", nearest), ("probe", probe))
    }
    return {
        "nearest": nearest,
        "probe": probe,
        "curves": curves,
        "worth": 4,
        "test_right": curves["probe"][4] - 0.01,
    }


@pytest.fixture
def result(checked, answers):
    return lambda **changed: checked(4, **answers | changed)


def by_dot_product(known, labels, asked):
    return labels[(asked @ known.T).argmax(dim=1)]


def ignoring_labels(known, labels, asked):
    """A probe that was fitted once and for all."""
    first = torch.tensor([4, 9])
    return first[(asked.sum(dim=1) > 0).long()]


FUNCTIONS = [
    ({"nearest": lambda *given: None}, "`nearest` returns nothing"),
    ({"nearest": lambda *given: 3}, "one label for each picture asked"),
    ({"nearest": by_dot_product}, "it is the angle that counts"),
    (
        {"nearest": lambda known, labels, asked: labels[torch.cdist(asked, known).argmin(dim=1)]},
        "it is the angle that counts",
    ),
    (
        {
            "nearest": lambda known, labels, asked: (
                F.normalize(asked, dim=1) @ F.normalize(known, dim=1).T
            ).argmax(dim=1)
        },
        "these are places among the known ones",
    ),
    ({"probe": lambda *given: None}, "`probe` returns nothing"),
    ({"probe": lambda known, labels, asked: labels}, "one label for each picture asked"),
    ({"probe": ignoring_labels}, "is it fitted anew"),
    ({"probe": lambda known, labels, asked: probe(known, (labels > 5).long(), asked)}, "labels, not logits"),
    ({"curves": [0.1, 0.2]}, "`curves` is a list"),
    ({"curves": {"probe": {1: 0.3, 4: 0.5}}}, "a dict with 'nearest' and 'probe'"),
    ({"worth": 1}, "`worth` is 1; zero-shot has"),
    ({"worth": None}, "`worth` is None; zero-shot has"),
    ({"test_right": 0.99}, "or `None`"),
]


@pytest.mark.parametrize(("change", "helps"), FUNCTIONS, ids=[f"{n} {w[1]}" for n, w in enumerate(FUNCTIONS)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, change, helps):
    found = result(**change)
    assert not found.solved
    assert helps in " ".join(str(found).split())


CURVES = {
    "that is one draw": lambda *given: means(measured(*given, probe, draws=[0])),
    "that is a percentage": lambda *given: {
        count: 100 * value for count, value in means(measured(*given, probe)).items()
    },
    "are the examples from `labeled`": lambda *given: means(measured(*given, probe, part="test")),
    "a dict from each of [1, 4]": lambda *given: {1: 0.3},
    "judged on `test`": lambda *given: means(measured(*given, probe, draws=range(5, 10))) | {4: 0.1},
}


@pytest.mark.parametrize("helps", CURVES)
def test_a_curve_of_something_else_is_caught(result, given, solving, answers, helps):
    curves = answers["curves"] | {"probe": CURVES[helps](given, solving)}
    found = result(curves=curves)
    assert not found.solved
    assert helps in " ".join(str(found).split())


def by_neighbors(known, labels, asked):
    neighbor = KNeighborsClassifier(1, metric="cosine").fit(known.numpy(), labels.numpy())
    return neighbor.predict(asked.numpy())


def one_by_one(known, labels, asked):
    found = []
    for row in asked:
        cosines = [float(F.cosine_similarity(row, each, dim=0)) for each in known]
        found.append(int(labels[int(np.argmax(cosines))]))
    return found


def fitted_by(make):
    return lambda known, labels, asked: make().fit(known.numpy(), labels.numpy()).predict(asked.numpy())


def by_gradient(known, labels, asked):
    """A linear layer in PyTorch."""
    classes = labels.unique()
    torch.manual_seed(0)
    layer = torch.nn.Linear(known.shape[1], len(classes))
    optimizer = torch.optim.Adam(layer.parameters(), 0.05)
    for _ in range(30):
        loss = F.cross_entropy(layer(known), torch.searchsorted(classes, labels))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return classes[layer(asked).argmax(dim=1)]


RIGHT = {
    "scikit-learn's neighbor and regression": (
        by_neighbors,
        fitted_by(lambda: LogisticRegression(max_iter=500)),
    ),
    "one by one, a support vector machine": (one_by_one, fitted_by(lambda: LinearSVC(dual=True))),
    "the nearest mean": (nearest, fitted_by(NearestCentroid)),
    "scaled first": (
        nearest,
        fitted_by(lambda: make_pipeline(StandardScaler(), LogisticRegression(C=0.01))),
    ),
    "by gradients": (nearest, by_gradient),
}


@pytest.mark.parametrize("functions", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(checked, given, solving, functions):
    given = given | {"shots": (2, 3)}
    curves = {
        name: means(measured(given, solving, function))
        for name, function in zip(("nearest", "probe"), functions)
    }
    found = checked(
        4,
        nearest=functions[0],
        probe=functions[1],
        curves=curves,
        worth=None,
        test_right=0.9,
        shots=given["shots"],
    )
    assert found.solved, str(found)
