"""Task 4: filled rows and means with a fault each, and right ones unlike ours."""

import numpy as np
import pytest
import torch
from academy.data.text import batch
from torch.nn.utils.rnn import pad_sequence


def mean(vectors, mask):
    return (vectors * mask[..., None]).sum(dim=1) / mask.sum(dim=1, keepdim=True).clamp(min=1)


def padding(change):
    """What a change of our ids and mask hands in."""
    return {"pad": lambda rows: change(*batch(rows)), "masked_mean": mean}


def averaging(change):
    return {"pad": batch, "masked_mean": change}


def filled(rows, side="right", value=0):
    ids = pad_sequence(
        [torch.as_tensor(row) for row in rows], batch_first=True, padding_value=value, padding_side=side
    )
    return ids, ids != value


def of_long(rows):
    return filled([torch.tensor(row, dtype=torch.long) for row in rows])


def with_row(change):
    """Our ids and mask, but for what happens with a row without an id."""
    return {"pad": lambda rows: change(rows) if [] in rows else batch(rows), "masked_mean": mean}


def growing(rows):
    longest = max(map(len, rows))
    for row in rows:
        row += [0] * (longest - len(row))
    ids = torch.tensor(rows)
    return ids, ids != 0


def sums(vectors, mask):
    return (vectors * mask[..., None]).sum(dim=1)


WRONG = [
    (padding(lambda ids, mask: None), "`pad` returns nothing"),
    (padding(lambda ids, mask: ids), "not two tensors"),
    (padding(lambda ids, mask: (ids.tolist(), mask.tolist())), "not two tensors"),
    (padding(lambda ids, mask: (ids.T, mask.T)), "a row a sentence"),
    (padding(lambda ids, mask: (ids[:, :3], mask[:, :3])), "as long as the longest"),
    (padding(lambda ids, mask: (ids.float(), mask)), "an id is a place in a table"),
    (padding(lambda ids, mask: (ids, mask.sum(dim=1))), "a truth for each id"),
    (padding(lambda ids, mask: (ids, ~mask)), "it is turned around"),
    (padding(lambda ids, mask: (ids, ids > 1)), "an unknown one (1) among them"),
    ({"pad": lambda rows: filled(rows, side="left"), "masked_mean": mean}, "the zeros come after"),
    ({"pad": lambda rows: filled(rows, value=1), "masked_mean": mean}, "fill up with 0"),
    ({"pad": lambda rows: filled(rows, value=-1), "masked_mean": mean}, "fill up with 0"),
    (with_row(filled), "of an empty list `torch.tensor` makes float numbers"),
    (with_row(lambda rows: batch([row for row in rows if row])), "a row without an id stays a row"),
    (with_row(lambda rows: (batch(rows)[0], torch.ones(2, 2))), "zeros, and no token"),
    (with_row(lambda rows: [min(row) for row in rows]), "Running `pad([[], [8, 2]])` raised ValueError"),
    ({"pad": growing, "masked_mean": mean}, "changes the lists"),
    ({"pad": torch.tensor, "masked_mean": mean}, "Running `pad("),
    (averaging(lambda vectors, mask: None), "`masked_mean` returns nothing"),
    (averaging(lambda vectors, mask: vectors.mean(dim=1)), "the mean over all"),
    (averaging(lambda vectors, mask: sums(vectors, mask)), "that is the sum"),
    (averaging(lambda vectors, mask: sums(vectors, mask) / mask.shape[1]), "by the length of the row"),
    (averaging(lambda vectors, mask: sums(vectors, mask) / mask.sum()), "of the whole batch"),
    (averaging(lambda vectors, mask: vectors.sum(1) / mask.sum(1, keepdim=True)), "before you sum"),
    (averaging(lambda vectors, mask: sums(vectors, mask) / (mask.sum(1, keepdim=True) + 1)), "one is added"),
    (averaging(lambda vectors, mask: vectors[:, 0]), "the first token alone"),
    (averaging(lambda vectors, mask: mean(vectors, mask)[:, None]), "not (3, 4)"),
    (averaging(lambda vectors, mask: (vectors * mask[..., None]).mean(dim=2)), "sum over `dim=1`"),
    (averaging(lambda vectors, mask: mean(vectors.detach(), mask)), "No slope passes"),
    (averaging(lambda vectors, mask: torch.stack([v[m].mean(0) for v, m in zip(vectors, mask)])), "0 / 0"),
    (averaging(lambda vectors, mask: vectors[mask].mean(dim=0)), "not (3, 4)"),
]


@pytest.mark.parametrize(("wrong", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, wrong, helps):
    found = checked(4, **wrong)
    assert not found.solved
    assert helps in str(found)


def by_numpy(rows):
    ids = np.zeros((len(rows), max(map(len, rows))), dtype=np.int64)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = row
    return [torch.from_numpy(ids), torch.from_numpy(ids).ne(0).float()]


def by_weights(vectors, mask):
    weights = mask.double() / mask.sum(dim=1, keepdim=True).clamp(min=1e-9)
    return torch.einsum("nld,nl->nd", vectors.double(), weights)


def by_product(vectors, mask):
    """Needs a mask of float numbers, as the ``pad`` beside it makes one."""
    total = (mask[:, None] @ vectors)[:, 0]
    return total / (mask @ torch.ones(mask.shape[1], 1)).clamp(min=1)


def row_by_row(vectors, mask):
    zeros = torch.zeros(vectors.shape[2])
    return torch.stack([row[real].mean(0) if real.any() else zeros for row, real in zip(vectors, mask)])


def nan_to_zero(vectors, mask):
    return vectors.masked_fill(~mask[..., None], torch.nan).nanmean(dim=1).nan_to_num(0)


RIGHT = {
    "ours": (batch, mean),
    "pad_sequence": (of_long, by_weights),
    "NumPy, a mask of numbers": (by_numpy, by_product),
    "row by row": (batch, row_by_row),
    "nan": (batch, nan_to_zero),
}


@pytest.mark.parametrize(("pad", "masked_mean"), RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(checked, pad, masked_mean):
    found = checked(4, pad=pad, masked_mean=masked_mean)
    assert found.solved, str(found)
