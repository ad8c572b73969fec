"""Task 3: features of a set with a fault each, and right ones unlike ours."""

import numpy as np
import pytest
import torch
from torch.nn import functional as F


def features(make, indexed=False):
    """Answers to Task 3: a function of network, preparation and pictures, and the index that it gives.

    A faulty one is refused before its index is looked at, which is then the solution's.
    """

    def answers(names):
        def features_of(pictures):
            return make(names["backbone"], names["prepare"], pictures)

        index = features_of(names["reference"].images) if indexed else names["index"]
        return {"features_of": features_of, "index": index}

    return answers


def raw(backbone, prepare, pictures, size=32):
    parts = [pictures[start : start + size] for start in range(0, len(pictures), size)]
    return torch.cat([backbone(torch.stack([prepare(each) for each in part])) for part in parts])


def unit(backbone, prepare, pictures, size=32):
    return F.normalize(raw(backbone, prepare, pictures, size), dim=1)


def without_the_last(backbone, prepare, pictures):
    return unit(backbone, prepare, pictures[: len(pictures) // 32 * 32])


def by_columns(backbone, prepare, pictures):
    return F.normalize(raw(backbone, prepare, pictures), dim=0)


def as_a_whole(backbone, prepare, pictures):
    found = raw(backbone, prepare, pictures)
    return found / found.norm()


def with_graph(backbone, prepare, pictures):
    return unit(backbone, prepare, pictures) * torch.ones(1, requires_grad=True)


def standardized(backbone, prepare, pictures):
    found = raw(backbone, prepare, pictures)
    return F.normalize(found - found.mean(dim=0), dim=1)


def reversed_order(backbone, prepare, pictures):
    return unit(backbone, prepare, pictures).flip(0)


def awake(backbone, prepare, pictures):
    """Training mode, in which features depend on the batch; and its statistics are put back."""
    kept = {name: tensor.clone() for name, tensor in backbone.state_dict().items()}
    found = unit(backbone.train(), prepare, pictures)
    backbone.eval().load_state_dict(kept)
    return found


def flattened(backbone, prepare, pictures):
    return unit(backbone, prepare, pictures).flatten()


def few(backbone, prepare, pictures):
    return F.normalize(raw(backbone, prepare, pictures)[:, :100], dim=1)


def prepared_twice(backbone, prepare, pictures):
    return unit(backbone, lambda picture: 2 * prepare(picture) - 1, pictures)


def infinite(backbone, prepare, pictures):
    return unit(backbone, prepare, pictures) * float("nan")


def indexed(change):
    return lambda names: {"index": change(names)}


def untrained(names):
    """A backbone whose last maps are mixed up by chance, picture by picture alike, and so say little."""
    torch.manual_seed(0)
    projection = torch.randn(3 * 96 * 96, 64)

    class Noise(torch.nn.Module):
        def forward(self, pictures):
            return torch.sin(40 * pictures.flatten(1) @ projection)

    backbone = Noise().eval()
    return {"backbone": backbone} | features(
        lambda _, prepare, given: unit(backbone, prepare, given), indexed=True
    )(names)


WRONG = [
    (features(raw), "The rows have lengths from"),
    (features(by_columns), "divide each row by its own length"),
    (features(as_a_whole), "`F.normalize(features, dim=1)`"),
    (features(lambda *given: unit(*given, size=10_000)), "The network gets 70 pictures at once"),
    (features(without_the_last), "70 pictures become shape (64, 1280)"),
    (features(flattened), "become shape (89600,)"),
    (features(with_graph), "carry a graph for gradients"),
    (features(standardized), "nothing in its row comes from its neighbors"),
    (features(reversed_order), "in another order than the pictures"),
    (features(awake), "others than `backbone(prepare(picture)[None])`"),
    (features(few), "A picture has 100 features; `backbone` gives 1,280"),
    (features(prepared_twice), "goes through `prepare` once"),
    (features(infinite), "not finite"),
    (features(lambda *given: None), "`features_of` returns nothing"),
    (features(lambda *given: "features"), "70 pictures become no numbers"),
    (indexed(lambda names: names["index"][:400]), "`index` has shape (400, 1280), not (432, features)"),
    (indexed(lambda names: names["index"].flip(0)), "does not hold what `features_of` gives"),
    (indexed(lambda names: 3 * names["index"]), "run the cell again after a change"),
    (indexed(lambda names: names["features_of"]), "`index` has no numbers"),
    (untrained, "are the weights trained"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(3, answers)
    assert not found.solved
    assert helps in str(found)


def test_a_network_that_is_left_in_training_mode_is_noticed(result, names):
    def answers(names):
        def features_of(pictures):
            found = unit(names["backbone"], names["prepare"], pictures)
            names["backbone"].train()
            return found

        return {"features_of": features_of}

    try:
        found = result(3, answers)
    finally:
        names["backbone"].eval()
    assert "leaves `backbone` in training mode" in str(found)


def one_by_one(backbone, prepare, pictures):
    rows = []
    for picture in pictures:
        row = backbone(prepare(picture)[None])[0]
        rows.append(row / row.norm())
    return torch.stack(rows)


def by_numpy(backbone, prepare, pictures):
    found = raw(backbone, prepare, pictures, size=64).numpy()
    return found / np.sqrt((found**2).sum(axis=1, keepdims=True))


def a_list_of_rows(backbone, prepare, pictures):
    return [*unit(backbone, prepare, pictures, size=7)]


def by_a_loader(backbone, prepare, pictures):
    loader = torch.utils.data.DataLoader([prepare(each) for each in pictures], batch_size=50)
    with torch.inference_mode():
        found = torch.cat([backbone(batch) for batch in loader])
    return (found.double() / found.double().norm(dim=1, keepdim=True)).clone()


RIGHT = {"one by one": one_by_one, "NumPy": by_numpy, "a list": a_list_of_rows, "a DataLoader": by_a_loader}


@pytest.mark.parametrize("make", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(result, make):
    found = result(3, features(make, indexed=True))
    assert found.solved, str(found)
