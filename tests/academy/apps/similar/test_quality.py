"""Precision, recall and accuracy, by hand and beside scikit-learn."""

from pathlib import Path

import pytest
import torch
from academy.apps.pictures.index import indexed
from academy.apps.pictures.references import EMOJI_SIDE, kind_references
from academy.apps.similar.backbones import load_backbones
from academy.apps.similar.quality import Vectors, emoji_quality, measured
from sklearn.metrics import precision_score, recall_score
from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors
from torch.nn.functional import normalize


def angles(*degrees: float) -> torch.Tensor:
    turned = torch.tensor(degrees).deg2rad()
    return torch.stack([turned.cos(), turned.sin()], dim=1)


def test_a_case_worked_out_by_hand() -> None:
    references = Vectors(angles(0, 10, 20, 60, 70, 80), ["cat", "cat", "dog", "dog", "dog", "dog"])
    # At 5° the nearest three are cat, cat, dog; at 30° dog, cat, dog; at 12° cat, dog, cat.
    queries = Vectors(angles(5, 31, 12), ["cat", "dog", "dog"])
    quality = measured("pixels", references, queries, k=3)
    assert quality.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert quality.recall == pytest.approx((2 / 2 + 2 / 4 + 1 / 4) / 3)
    assert quality.accuracy == pytest.approx(2 / 3)
    assert (quality.backbone, quality.count, quality.k) == ("pixels", 3, 3)


def test_of_equal_votes_the_nearest_wins() -> None:
    references = Vectors(angles(0, 3, 50, 60), ["cat", "dog", "dog", "cat"])
    assert measured("", references, Vectors(angles(-5), ["cat"]), k=2).accuracy == 1
    assert measured("", references, Vectors(angles(5), ["cat"]), k=2).accuracy == 0


@pytest.mark.parametrize("k", [1, 5])
def test_all_three_are_those_of_scikit_learn(k: int) -> None:
    chance = torch.Generator().manual_seed(0)
    labels = torch.randint(0, 2, (230,), generator=chance)
    features = normalize(torch.randn(230, 8, generator=chance) + labels[:, None])
    names = ["cat" if label else "dog" for label in labels.tolist()]
    references, queries = Vectors(features[:200], names[:200]), Vectors(features[200:], names[200:])
    quality = measured("", references, queries, k)

    nearest = NearestNeighbors(metric="cosine", algorithm="brute").fit(references.features)
    found = nearest.kneighbors(queries.features, k, return_distance=False)
    relevant = [[name == label for name in references.labels] for label in queries.labels]
    is_found = [[place in row for place in range(200)] for row in found.tolist()]
    assert quality.precision == pytest.approx(precision_score(relevant, is_found, average="samples"))
    assert quality.recall == pytest.approx(recall_score(relevant, is_found, average="samples"))

    voters = KNeighborsClassifier(k, metric="cosine", algorithm="brute").fit(
        references.features, references.labels
    )
    assert quality.accuracy == pytest.approx(voters.score(queries.features, queries.labels))


@pytest.mark.slow
def test_the_emoji_of_a_kind_are_found_better_than_by_luck(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve kinds: luck finds one in twelve."""
    monkeypatch.setattr("academy.apps.pictures.references.DRAWN_SIDE", 32)  # for speed
    index = indexed(kind_references(), load_backbones(["pixels"], EMOJI_SIDE), progress=False)
    (quality,) = emoji_quality(index)
    assert (quality.backbone, quality.count, quality.k) == ("pixels", 144, 5)
    assert quality.precision > 1.5 / 12
    assert quality.accuracy > 1.5 / 12
    assert quality.recall == pytest.approx(quality.precision * 5 / (3 * 34))
