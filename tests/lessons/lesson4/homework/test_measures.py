"""Task 5: measures with a fault each, and right ones unlike ours."""

import pytest
import torch
from academy.lessons.lesson4.homework.measures import CASES, RIGHT
from academy.lessons.lesson4.homework.measures import mean as mean_of
from sklearn.metrics import precision_score


def test_the_cases_have_the_measures_that_were_worked_out_by_hand():
    found = [[measure(case.hits(), case.k) for measure in RIGHT] for case in CASES]
    by_hand = [
        [3 / 5, 3 / 4, 1],
        [1 / 3, 1 / 4, 0],
        [1 / 3, mean_of([1 / 5, 1 / 2]), 1 / 2],
        [1 / 2, 1 / 4, 1 / 2],
    ]
    for one, other in zip(found, by_hand):
        assert one == pytest.approx(other)


def measuring(change):
    """The right three numbers, changed: a function of hits (queries, pictures), k, and the three."""

    def measures(places, query_labels, labels, k):
        hits = (labels[places] == query_labels[:, None]).double()
        first = hits[:, :k]
        three = [first.mean().item(), (first.sum(1) / hits.sum(1)).mean().item(), hits[:, 0].mean().item()]
        return change(hits, k, *three)

    return lambda names: {"measures": measures}


def by_places(places, query_labels, labels, k):
    """Places taken for labels."""
    hits = (places == query_labels[:, None]).double()
    return hits[:, :k].mean(), hits[:, :k].sum(1).mean(), hits[:, 0].mean()


WRONG = [
    (measuring(lambda hits, k, p, r, a: (r, r, a)), "divided by all that are relevant, as the recall is"),
    (measuring(lambda hits, k, p, r, a: (p, p, a)), "divided by k, as the precision is"),
    (measuring(lambda hits, k, p, r, a: (hits.mean(), r, a)), "k is not used"),
    (measuring(lambda hits, k, p, r, a: (hits[:, :5].mean(), r, a)), "k is an argument"),
    (measuring(lambda hits, k, p, r, a: (100 * p, 100 * r, 100 * a)), "a share, from 0 to 1"),
    (measuring(lambda hits, k, p, r, a: (k * p, r, a)), "that is a count; divide it by k"),
    (measuring(lambda hits, k, p, r, a: (len(hits) * p, r, a)), "asked is their mean"),
    (
        measuring(lambda hits, k, p, r, a: (p, hits[:, :k].sum() / hits.sum(), a)),
        "divide for each query, then take the mean",
    ),
    (
        measuring(lambda hits, k, p, r, a: (p, hits[:, :k].sum(1).mean() / hits.shape[1], a)),
        "divide by those of the query's kind",
    ),
    (measuring(lambda hits, k, p, r, a: (p, r, hits[:, :k].amax(1).mean())), "only the nearest does"),
    (measuring(lambda hits, k, p, r, a: (p, r, p)), "accuracy looks at the nearest alone"),
    (
        measuring(lambda hits, k, p, r, a: (p, r, (hits[:, :k].mean(1) > 0.5).double().mean())),
        "that asks for most of the first k",
    ),
    (measuring(lambda hits, k, p, r, a: (r, p, a)), "as the recall is"),
    (measuring(lambda hits, k, p, r, a: (p, r)), "three numbers, each the mean"),
    (measuring(lambda hits, k, p, r, a: None), "`measures` returns nothing"),
    (measuring(lambda hits, k, p, r, a: (hits[:, :k].mean(1), r, a)), "three numbers"),
    (lambda names: {"measures": by_places}, "the labels in the order of the ranking"),
    (lambda names: {"result": 0.45}, "`result` is 0.45, of type float"),
    (lambda names: {"result": (0.9, 0.12, 0.95)}, "The precision in `result` is 0.900"),
    (lambda names: {"result": (*names["result"][:2], 0.99)}, "The accuracy in `result` is 0.990"),
    (lambda names: {"result": names["by_pixels"]}, "with your features it is"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(5, answers)
    assert not found.solved
    assert helps in " ".join(str(found).split())


def counted(places, query_labels, labels, k):
    """Loops and counts."""
    precisions, recalls, right = [], [], 0
    for row, label in zip(places.tolist(), query_labels.tolist()):
        kinds = [labels[place].item() for place in row]
        precisions.append(kinds[:k].count(label) / k)
        recalls.append(kinds[:k].count(label) / labels.tolist().count(label))
        right += kinds[0] == label
    return mean_of(precisions), mean_of(recalls), right / len(places)


def as_tensors(places, query_labels, labels, k):
    hits = labels[places[:, :k]] == query_labels.unsqueeze(1)
    relevant = (labels == query_labels.unsqueeze(1)).sum(dim=1)
    return torch.stack([hits.float().mean(), (hits.sum(1) / relevant).mean(), hits[:, 0].float().mean()])


def as_a_dict(places, query_labels, labels, k):
    return dict(zip(("accuracy", "recall", "precision"), reversed(counted(places, query_labels, labels, k))))


def by_scikit_learn(places, query_labels, labels, k):
    shown = [
        precision_score((labels[row] == label).int()[:k], torch.ones(k), zero_division=0)
        for row, label in zip(places, query_labels)
    ]
    return mean_of(shown), *counted(places, query_labels, labels, k)[1:]


def by_numpy(places, query_labels, labels, k):
    hits = labels.numpy()[places.numpy()] == query_labels.numpy()[:, None]
    return hits[:, :k].mean(), (hits[:, :k].sum(1) / hits.sum(1)).mean(), hits[:, 0].mean()


@pytest.mark.parametrize(
    "measures",
    [counted, as_tensors, as_a_dict, by_scikit_learn, by_numpy],
    ids=lambda measures: measures.__name__,
)
def test_a_right_answer_written_differently_is_accepted(result, measures):
    found = result(5, lambda names: {"measures": measures})
    assert found.solved, str(found)
