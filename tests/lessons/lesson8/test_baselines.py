"""Ways without towers: against scikit-learn and by hand, and that what was recorded comes out again."""

import pytest
import torch
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson8.baselines import (
    by_guess,
    by_labels,
    by_nearest,
    by_ridge,
    centered,
    train_pictures,
    train_texts,
)
from academy.lessons.lesson8.concepts import SEEN_STYLES, UNSEEN_STYLE, concept_split
from academy.lessons.lesson8.judging import recalls
from academy.lessons.lesson8.pair_vectors import picture_vectors
from sklearn.neighbors import KNeighborsClassifier

pytestmark = pytest.mark.slow

CHOSEN = {row["method"]: row for row in read_sweep("lessons/lesson8/baselines")["rows"] if row["chosen"]}


def test_a_training_picture_is_its_own_neighbor_and_a_new_one_has_scikit_learns():
    emoji, guess = concept_split().train, by_nearest()
    own = guess(picture_vectors(emoji, "twemoji"))
    assert (own == train_texts()).all(dim=1).double().mean() > 0.97  # a few are drawn alike under two names
    new = picture_vectors(concept_split().test[:20], UNSEEN_STYLE)
    places = torch.arange(len(train_pictures())) % len(emoji)
    neighbors = KNeighborsClassifier(1, metric="cosine").fit(train_pictures(), places)
    torch.testing.assert_close(guess(new), train_texts()[neighbors.predict(new)])


def test_ridge_is_least_squares_with_a_cost_on_weights():
    guess, pictures = by_ridge(50.0), train_pictures().double()
    texts = train_texts().double().repeat(len(SEEN_STYLES), 1)
    shifted = pictures - pictures.mean(dim=0)
    gram = shifted.T @ shifted + 50.0 * torch.eye(shifted.shape[1], dtype=torch.float64)
    weights = torch.linalg.solve(gram, shifted.T @ (texts - texts.mean(dim=0)))
    expected = texts.mean(dim=0) + shifted[:5] @ weights
    torch.testing.assert_close(guess(train_pictures()[:5]).double(), expected, atol=2e-3, rtol=1e-3)


def test_what_all_names_share_is_taken_away():
    assert centered(train_texts()).mean(dim=0).norm() < 0.2 < train_texts().mean(dim=0).norm()


@pytest.mark.parametrize("method", ["ridge", "nearest picture"])
def test_the_recorded_recalls_come_out_again(method):
    row, emoji = CHOSEN[method], concept_split().test
    guess = by_ridge(row["setting"]) if method == "ridge" else by_nearest()
    found = recalls(
        [by_guess(guess, emoji, style) for style in SEEN_STYLES], by_guess(guess, emoji, UNSEEN_STYLE)
    )
    assert found == pytest.approx(row["test"], abs=0.006)


def test_labels_find_as_many_as_recorded():
    row, emoji = CHOSEN["labels"], concept_split().test
    found = by_guess(by_labels(row["setting"]), emoji, UNSEEN_STYLE)
    assert recalls([found], found)["unseen_10"] == pytest.approx(row["test"]["unseen_10"], abs=0.011)
