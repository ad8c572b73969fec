"""Linear probes: a linear classifier on frozen vectors, from few examples of each class."""

from collections.abc import Mapping

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from academy.data.emoji_kinds import examples_of_each
from academy.lessons.lesson8.kinds_apart import KindPictures

INVERSE_PENALTIES = (1e-4, 1e-3, 1e-2, 1e-1, 1.0)
"""Values of C, scikit-learn's inverse of the weight penalty, to choose from."""


def probed(
    train: KindPictures, validation: KindPictures, tests: Mapping[str, KindPictures], shots: int, draw: int
) -> dict[str, float]:
    """Draw examples, fit a linear classifier for each penalty, and judge the one that validates best.

    Args:
        train: What examples are drawn from.
        validation: What the penalty is chosen by.
        tests: What the chosen classifier is judged by.
        shots: Examples of each class.
        draw: Seed of the choice.

    Returns:
        The ``penalty`` chosen (as C), the ``validation`` accuracy, and that of each test by its name.

    Raises:
        ValueError: If a class has fewer examples.
    """
    chosen = examples_of_each(train.labels, shots, draw)
    examples, labels = train.vectors[chosen].numpy(), train.labels[chosen].numpy()
    fits = [fitted(examples, labels, each) for each in INVERSE_PENALTIES]
    scores = [judged(fit, validation) for fit in fits]
    best = scores.index(max(scores))
    found = {name: judged(fits[best], pictures) for name, pictures in tests.items()}
    return {"penalty": INVERSE_PENALTIES[best], "validation": scores[best]} | found


def fitted(examples: np.ndarray, labels: np.ndarray, inverse_penalty: float) -> Pipeline:
    """Fit a linear classifier on examples, shape (count, width), each column scaled to spread 1."""
    classifier = LogisticRegression(C=inverse_penalty, max_iter=500)
    return make_pipeline(StandardScaler(), classifier).fit(examples, labels)


def judged(classifier: Pipeline, pictures: KindPictures) -> float:
    """Give the share of pictures whose kind is told rightly."""
    return float(classifier.score(pictures.vectors.numpy(), pictures.labels.numpy()))
