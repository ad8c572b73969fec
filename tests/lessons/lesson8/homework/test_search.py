"""Task 5: searches and measures with a slip each, and right ones unlike ours."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F

pytestmark = pytest.mark.slow


def measures(cosines):
    """The rank of each row's own answer, by sorting."""
    places = torch.as_tensor(cosines).argsort(dim=1, descending=True)
    own = torch.arange(len(places))[:, None]
    ranks = 1 + (places == own).double().argmax(dim=1)
    return (
        (ranks == 1).double().mean().item(),
        (ranks <= 10).double().mean().item(),
        float(np.median(ranks.numpy())),
    )


@pytest.fixture
def result(checked, given, solving):
    """Checks a search, a function of text vectors, gallery and what it is asked; and what is measured."""
    cosines = solving.text_vectors(given["test"].names) @ solving.gallery.T

    def check(search=None, **changed):
        def searching(words, k=5, without=""):
            return (search or found)(solving.text_vectors, solving.gallery, words, k, without)

        right = {"measures": measures, "by_names": measures(cosines), "by_pictures": measures(cosines.T)}
        return checked(5, search=searching, **right | changed)

    check.cosines = cosines
    return check


def query(text_vectors, words, without):
    vector = text_vectors([words])[0]
    return F.normalize(vector - text_vectors([without])[0], dim=0) if without else vector


def found(text_vectors, gallery, words, k, without):
    return (gallery @ query(text_vectors, words, without)).topk(min(k, len(gallery)))


def changed(change):
    """A search whose scores and places are changed."""
    return lambda *given: change(*found(*given))


def added(text_vectors, gallery, words, k, without):
    vector = text_vectors([words])[0] + (text_vectors([without])[0] if without else 0)
    return (gallery @ F.normalize(vector, dim=0)).topk(min(k, len(gallery)))


def always_without(text_vectors, gallery, words, k, without):
    vector = text_vectors([words])[0] - text_vectors([without])[0]
    return (gallery @ F.normalize(vector, dim=0)).topk(min(k, len(gallery)))


SEARCHES = [
    (lambda *given: None, "`search` returns nothing"),
    (lambda *given: found(*given)[1], "`return scores, places`"),
    (lambda *given: found(*given)[::-1], "places are whole"),
    (changed(lambda scores, places: (scores, places + 1000)), "counted from 0"),
    (lambda t, g, words, k, without: found(t, g, words, 5, without), "use the argument"),
    (lambda t, g, words, k, without: (g @ query(t, words, without)).topk(k), "out of range"),
    (lambda t, g, words, k, without: found(t, -g, words, k, without), "these are the least alike"),
    (changed(lambda scores, places: (scores.flip(0), places.flip(0))), "the largest cosine comes first"),
    (lambda t, g, words, k, without: found(t, g, words, k, ""), "use `without`"),
    (added, "`without` is added"),
    (always_without, "an empty text has a vector, too"),
    (
        lambda t, g, words, k, without: (t([words + " at sea"])[0] @ g.T).topk(min(k, len(g))),
        "unit vectors of the words and of the pictures",
    ),
    (changed(lambda scores, places: (scores * 10, places)), "products of unit vectors"),
    (changed(lambda scores, places: (scores * torch.nan, places)), "products of unit vectors"),
    (changed(lambda scores, places: (scores, ["ship"] * len(places))), "no names"),
    (changed(lambda scores, places: (scores.sum(), places)), "two rows of numbers"),
    (lambda t, g, words, k: found(t, g, words, k, ""), "raised TypeError"),
]


@pytest.mark.parametrize(("search", "helps"), SEARCHES, ids=[f"{n} {w[1]}" for n, w in enumerate(SEARCHES)])
def test_a_wrong_search_is_caught_with_a_sentence_that_helps(result, search, helps):
    said = result(search)
    assert not said.solved
    assert helps in " ".join(str(said).split())


def ranked_from_zero(cosines):
    first, ten, middle = measures(cosines)
    return first, ten, middle - 1


def mean_rank(cosines):
    own = cosines.diagonal()[:, None]
    return *measures(cosines)[:2], (1 + (cosines > own).sum(dim=1)).double().mean().item()


def counts(cosines):
    first, ten, middle = measures(cosines)
    return len(cosines) * first, len(cosines) * ten, middle


def nine(cosines):
    ranks = 1 + (cosines > cosines.diagonal()[:, None]).sum(dim=1)
    first, _, middle = measures(cosines)
    return first, (ranks < 10).double().mean().item(), middle


MEASURES = [
    (lambda cosines: None, "`measures(cosines)` is nothing"),
    (lambda cosines: measures(cosines)[:2], "three numbers: recall@1"),
    (lambda cosines: measures(cosines.T), "compare within a row"),
    (ranked_from_zero, "the best rank is 1"),
    (mean_rank, "that is the mean rank"),
    (counts, "divide by the number of queries"),
    (nine, "the tenth with them"),
    (lambda cosines: [100 * each for each in measures(cosines)[:2]] + [measures(cosines)[2]], "percentages"),
    (lambda cosines: (0.123, *measures(cosines)[1:]), "the rank of a query is 1 plus"),
]


@pytest.mark.parametrize(("measure", "helps"), MEASURES, ids=[f"{n} {w[1]}" for n, w in enumerate(MEASURES)])
def test_wrong_measures_are_caught_with_a_sentence_that_helps(result, measure, helps):
    said = result(measures=measure)
    assert not said.solved
    assert helps in " ".join(str(said).split())


def test_the_first_place_that_differs_is_named(result):
    """The fifth and sixth of six are exchanged for others; the first four are right."""
    worse = changed(
        lambda scores, places: (scores, places) if len(places) != 6 else (scores, swapped(places))
    )
    said = " ".join(str(result(worse)).split())
    assert "As number 5, `search('a way to travel', 6, without='water')` finds the picture at" in said


def swapped(places):
    others = [place for place in range(144) if place not in places.tolist()][:2]
    return torch.tensor([*places[:4].tolist(), *others])


def test_directions_that_are_swapped_are_caught(result):
    by_names, by_pictures = measures(result.cosines), measures(result.cosines.T)
    assert by_names != by_pictures
    said = result(by_names=by_pictures, by_pictures=by_names)
    assert "that is the other direction" in " ".join(str(said).split())


def test_numbers_of_another_table_are_caught(result):
    said = result(by_pictures=(0.9, 0.95, 1))
    assert "`by_pictures` is 0.900, 0.950 and 1; we find" in " ".join(str(said).split())


def in_numpy(text_vectors, gallery, words, k, without):
    vector = text_vectors([words]).numpy()[0]
    if without != "":
        vector = vector - text_vectors([without]).numpy()[0]
        vector = vector / np.linalg.norm(vector)
    scores = gallery.numpy() @ vector
    order = np.argsort(-scores)[:k]
    return scores[order], order


def by_difference_of_cosines(text_vectors, gallery, words, k, without):
    """The same order, in scores that are no cosines of one query."""
    scores = gallery @ text_vectors([words])[0]
    if without:
        scores = scores - gallery @ text_vectors([without])[0]
    order = scores.argsort(descending=True)[:k]
    return scores[order].tolist(), order.tolist()


def in_a_row_of_one(*given):
    scores, places = found(*given)
    return scores[None], places[None]


def by_sorting(text_vectors, gallery, words, k, without):
    vector = query(text_vectors, words, without)
    scored = sorted(((float(row @ vector), place) for place, row in enumerate(gallery)), reverse=True)
    return list(zip(*scored[:k]))


def by_counting(cosines):
    """NumPy, and the lower of two middle ranks, as torch's median."""
    table = np.asarray(cosines)
    ranks = torch.from_numpy(1 + (table > np.diag(table)[:, None]).sum(axis=1))
    return {
        "first": (ranks < 2).mean(dtype=float),
        "ten": (ranks < 11).mean(dtype=float),
        "middle": ranks.median(),
    }


RIGHT = {
    "as it is": (found, measures),
    "NumPy, and the lower median in a dict": (in_numpy, by_counting),
    "a difference of cosines": (by_difference_of_cosines, measures),
    "a row of one": (in_a_row_of_one, lambda cosines: torch.tensor(measures(cosines))),
    "sorted pairs": (by_sorting, lambda cosines: list(measures(cosines))),
}


@pytest.mark.parametrize(("search", "measure"), RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(result, search, measure):
    both = {"by_names": measure(result.cosines), "by_pictures": measure(result.cosines.T)}
    said = result(search, measures=measure, **both)
    assert said.solved, str(said)
