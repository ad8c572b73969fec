"""Task 4: searches with a fault each, and right ones unlike ours."""

import numpy as np
import pytest
import torch
from sklearn.neighbors import NearestNeighbors
from torch.nn import functional as F


def searching(search):
    return lambda names: {"search": search}


def cosines(query, index):
    return F.normalize(index, dim=1) @ F.normalize(query, dim=0)


def ranked(scores, k, leave_out, largest=True):
    """The k best of some scores, without one of them."""
    scores = scores.clone()
    if leave_out is not None:
        scores[leave_out] = -torch.inf if largest else torch.inf
    return scores.topk(min(k, len(scores) - (leave_out is not None)), largest=largest)


def by_dot_product(query, index, k, leave_out=None):
    return ranked(index @ query, k, leave_out)


def by_distance(query, index, k, leave_out=None):
    return ranked((index - query).norm(dim=1), k, leave_out, largest=False)


def least_alike(query, index, k, leave_out=None):
    return ranked(cosines(query, index), k, leave_out, largest=False)


def worst_of_the_best_first(query, index, k, leave_out=None):
    scores, places = ranked(cosines(query, index), k, leave_out)
    return scores.flip(0), places.flip(0)


def query_not_divided(query, index, k, leave_out=None):
    return ranked(F.normalize(index, dim=1) @ query, k, leave_out)


def with_itself(query, index, k, leave_out=None):
    return cosines(query, index).topk(min(k, len(index) - (leave_out is not None)))


def left_out_afterwards(query, index, k, leave_out=None):
    scores, places = cosines(query, index).topk(min(k, len(index)))
    keep = places != (-1 if leave_out is None else leave_out)
    return scores[keep], places[keep]


def always_five(query, index, k, leave_out=None):
    return ranked(cosines(query, index), 5, leave_out)


def beyond_the_end(query, index, k, leave_out=None):
    scores = cosines(query, index)
    if leave_out is not None:
        scores[leave_out] = -torch.inf
    return scores.topk(k)


def padded(query, index, k, leave_out=None):
    scores, places = ranked(cosines(query, index), k, leave_out)
    lacking = k - len(places)
    return F.pad(scores, (0, lacking)), F.pad(places, (0, lacking))


def renumbered(query, index, k, leave_out=None):
    """Places in the index after a row was taken out of it."""
    rest = [place for place in range(len(index)) if place != leave_out]
    return cosines(query, index[rest]).topk(min(k, len(rest)))


def only_places(query, index, k, leave_out=None):
    return ranked(cosines(query, index), k, leave_out).indices


def swapped(query, index, k, leave_out=None):
    scores, places = ranked(cosines(query, index), k, leave_out)
    return places, scores


def in_place(query, index, k, leave_out=None):
    index /= index.norm(dim=1, keepdim=True)
    return ranked(cosines(query, index), k, leave_out)


def one_step_to_long(query, index, k):
    return ranked(cosines(query, index), k, None)


def counted_from_one(query, index, k, leave_out=None):
    scores, places = ranked(cosines(query, index), k, leave_out)
    return scores, places + 1


def unless_zero(query, index, k, leave_out=None):
    return ranked(cosines(query, index), k, leave_out or None)


def without_the_nearest(query, index, k, leave_out=None):
    scores, places = ranked(cosines(query, index), k + (leave_out is not None), None)
    return (scores, places) if leave_out is None else (scores[1:], places[1:])


def no_numbers(query, index, k, leave_out=None):
    scores, places = ranked(cosines(query, index), k, leave_out)
    return scores * torch.nan, places


WRONG = [
    (searching(by_dot_product), "where long vectors come first"),
    (searching(by_distance), "asked is the angle"),
    (searching(least_alike), "sort by falling cosine"),
    (searching(worst_of_the_best_first), "the best first"),
    (searching(query_not_divided), "gives the first a score of"),
    (searching(with_itself), "the row at 7 is not to be found"),
    (searching(unless_zero), "ask `if leave_out is not None`"),
    (searching(without_the_nearest), "is left out, not the nearest"),
    (searching(no_numbers), "gives the first a score of nan"),
    (searching(left_out_afterwards), "returns 4 scores and 4 places, not 5 of each"),
    (searching(always_five), "use the argument"),
    (searching(beyond_the_end), "out of range"),
    (searching(padded), "no more than there are"),
    (searching(renumbered), "places count the rows of `index` as it is given"),
    (searching(counted_from_one), "from 0"),
    (searching(only_places), "not two rows of numbers"),
    (searching(swapped), "nearest in direction are"),
    (searching(in_place), "changes the index that it is given"),
    (searching(one_step_to_long), "unexpected keyword argument 'leave_out'"),
    (searching(lambda query, index, k, leave_out=None: None), "`search` returns nothing"),
    (lambda names: {"index": names["index"].flip(0)}, "is `index` in the order of `reference.images`?"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(4, answers)
    assert not found.solved
    assert helps in " ".join(str(found).split())


def number_by_number(query, index, k, leave_out=None):
    """Loops and lists."""

    def cosine(row):
        lengths = sum(a * a for a in row) ** 0.5 * sum(a * a for a in query.tolist()) ** 0.5
        return sum(a * b for a, b in zip(row, query.tolist())) / lengths

    scored = [(cosine(row), place) for place, row in enumerate(index.tolist()) if place != leave_out]
    best = sorted(scored, reverse=True)[:k]
    return [score for score, _ in best], [place for _, place in best]


def by_numpy(query, index, k, leave_out=None):
    rows, asked = np.asarray(index), np.asarray(query)
    scores = rows @ asked / np.linalg.norm(rows, axis=1) / np.linalg.norm(asked)
    order = np.argsort(-scores)
    order = order[order != (-1 if leave_out is None else leave_out)][:k]
    return scores[order], order


def by_pytorch(query, index, k, leave_out=None):
    scores = F.cosine_similarity(query[None], index, dim=1)
    order = scores.argsort(descending=True).tolist()
    if leave_out is not None:
        order.remove(leave_out)
    return scores[order[:k]], order[:k]


def by_scikit_learn(query, index, k, leave_out=None):
    neighbors = NearestNeighbors(metric="cosine", algorithm="brute").fit(index.numpy())
    apart, places = neighbors.kneighbors(query[None].numpy(), len(index))
    keep = places[0] != (-1 if leave_out is None else leave_out)
    return 1 - apart[0][keep][:k], places[0][keep][:k]


def one_row_of_many(query, index, k, leave_out=None):
    """A search for many queries, given one."""
    scores, places = ranked(cosines(query, index), k, leave_out)
    return scores[None], places[None]


RIGHT = [number_by_number, by_numpy, by_pytorch, by_scikit_learn, one_row_of_many]


@pytest.mark.parametrize("search", RIGHT, ids=lambda search: search.__name__)
def test_a_right_answer_written_differently_is_accepted(result, search):
    found = result(4, searching(search))
    assert found.solved, str(found)
