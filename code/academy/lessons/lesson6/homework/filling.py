"""Task 4: rows of one length, and a mean that leaves out what fills them up."""

from collections.abc import Iterator
from typing import Any

import torch

from academy.homework.tasks import Finding, calling, right, wrong

ROWS = [[5, 2, 9], [7], [3, 1, 4, 1, 6]]
IDS = torch.tensor([[5, 2, 9, 0, 0], [7, 0, 0, 0, 0], [3, 1, 4, 1, 6]])
MASK = IDS != 0
WITH_EMPTY = [[], [8, 2]]
EMPTY = torch.tensor([[True, False], [False, False]])


def fills(pad: Any, masked_mean: Any) -> Iterator[Finding]:
    """Fill up rows, then take means in which what fills them is huge."""
    with calling(f"pad({ROWS})"):
        given = [list(row) for row in ROWS]
        found = pad(given)
    mistakes = list(pad_mistakes(found)) or list(empty_row_mistakes(pad))
    if given != ROWS:
        mistakes = [wrong("`pad` changes the lists that it is given.", "make new ones: `row + [0] * …`.")]
    if mistakes:
        yield from mistakes
        return
    yield right("ids at the left, zeros after them, and a mask that is true where a token is")
    kind = found[1].dtype
    mistakes = list(mean_mistakes(masked_mean, kind)) or list(empty_mistakes(masked_mean, kind))
    if mistakes:
        yield from mistakes
        return
    yield right("a mean over real tokens alone, in value and in slope; an empty sentence has zeros")


def pad_mistakes(found: Any) -> Iterator[Finding]:
    """Say what is wrong with ids and mask."""
    if found is None or found is ...:
        yield wrong("`pad` returns nothing.", "end it with `return ids, mask`.")
        return
    if not isinstance(found, tuple | list) or len(found) != 2 or not all(map(torch.is_tensor, found)):
        yield wrong(
            f"`pad` returns a {type(found).__name__}, not two tensors.", "end it with `return ids, mask`."
        )
        return
    ids, mask = found
    if tuple(ids.shape) != tuple(IDS.shape):
        yield wrong(
            f"Rows of 3, 1 and 5 ids become shape {tuple(ids.shape)}, not {tuple(IDS.shape)}.",
            "a row a sentence, as long as the longest of this batch.",
        )
    elif ids.is_floating_point() or ids.dtype == torch.bool:
        yield wrong(f"Ids are of type {ids.dtype}.", "an id is a place in a table: `dtype=torch.long`.")
    elif not torch.equal(ids, IDS.to(ids)):
        yield wrong(f"{ROWS} becomes {ids.tolist()}.", look_for_ids(ids))
    elif tuple(mask.shape) != tuple(IDS.shape):
        yield wrong(
            f"The mask has shape {tuple(mask.shape)}, not {tuple(IDS.shape)}.", "a truth for each id."
        )
    elif not torch.equal(mask.bool(), MASK):
        turned = torch.equal(~mask.bool(), MASK)
        yield wrong(
            f"The mask of {IDS[0].tolist()} is {mask[0].tolist()}.",
            "it is turned around: true where there **is** a token."
            if turned
            else "true where there is a token, an unknown one (1) among them; false where 0 fills up.",
        )


def empty_row_mistakes(pad: Any) -> Iterator[Finding]:
    """Say what comes of a row without an id."""
    with calling(f"pad({WITH_EMPTY})"):
        ids, mask = pad([list(row) for row in WITH_EMPTY])
    if ids.is_floating_point():
        yield wrong(
            f"With a row without an id, as in {WITH_EMPTY}, ids are of type {ids.dtype}.",
            "of an empty list `torch.tensor` makes float numbers: say `dtype=torch.long`.",
        )
    elif ids.tolist() != [[0, 0], [8, 2]] or mask.bool().tolist() != [[False, False], [True, True]]:
        yield wrong(
            f"{WITH_EMPTY} becomes {ids.tolist()}, and the mask {mask.tolist()}.",
            "a row without an id stays a row: zeros, and no token.",
        )


def look_for_ids(ids: torch.Tensor) -> str:
    """Say which mistake makes these ids."""
    if torch.equal(ids, torch.stack([row.roll(int((row == 0).sum())) for row in IDS])):
        return "the zeros come after the ids, not before them."
    if (ids != 0).sum() == MASK.sum() or (ids[MASK] == IDS[MASK]).all():
        return "fill up with 0, the id of `<pad>`; 1 is an unknown word."
    return "each row has its own ids first, then zeros."


def mean_mistakes(masked_mean: Any, kind: torch.dtype) -> Iterator[Finding]:
    """Say what is wrong with means over three rows, with a mask of the type that `pad` makes."""
    chance = torch.Generator().manual_seed(0)
    vectors = torch.randn(*MASK.shape, 4, generator=chance)
    vectors[~MASK] = 1000.0  # what fills up must not matter
    vectors.requires_grad_()
    with calling("masked_mean(vectors, mask)"):
        found = masked_mean(vectors, MASK.to(kind, copy=True))
    if found is None or found is ...:
        yield wrong("`masked_mean` returns nothing.", "end it with `return` and the means.")
        return
    if not torch.is_tensor(found) or tuple(found.shape) != (3, 4):
        shape = f"shape {tuple(found.shape)}" if torch.is_tensor(found) else f"a {type(found).__name__}"
        yield wrong(
            f"Vectors of shape {tuple(vectors.shape)} become {shape}, not (3, 4).",
            "a mean vector for each sentence: sum over `dim=1`, the tokens.",
        )
        return
    wanted = torch.stack([row[real].mean(dim=0) for row, real in zip(vectors, MASK)])
    found = found.to(wanted.dtype)
    if not torch.allclose(found, wanted, atol=1e-4):
        yield wrong(
            f"The mean of one vector {numbers(vectors[1, 0])} and four that fill up is {numbers(found[1])}.",
            look_for_mean(found.detach(), vectors.detach()),
        )
        return
    weights = torch.randn(3, 4, generator=chance)
    slope = (
        torch.autograd.grad((found * weights).sum(), vectors, allow_unused=True)[0]
        if (found.requires_grad)
        else None
    )
    expected = torch.autograd.grad((wanted * weights).sum(), vectors)[0]
    if slope is None:
        yield wrong("No slope passes through `masked_mean`.", "no `detach`, `no_grad` or NumPy in it.")
    elif not torch.allclose(slope, expected, atol=1e-5):
        yield wrong(
            "The slopes of the vectors are others than those of a mean.",
            "all of a mean is differentiable: no `detach` on the way.",
        )


def numbers(vector: torch.Tensor) -> str:
    """Write the first numbers of a vector."""
    return "(" + ", ".join(f"{value:.2f}" for value in vector[:2].tolist()) + ", …)"


def look_for_mean(found: torch.Tensor, vectors: torch.Tensor) -> str:
    """Say which mistake makes these means."""
    weights = MASK[..., None].float()
    total, counts = (vectors * weights).sum(dim=1), weights.sum(dim=1)
    slips = {
        "that is the mean over all, what fills up among them: times the mask first.": vectors.mean(dim=1),
        "divided by the length of the row; divide by the number of real tokens, `mask.sum(dim=1)`.": (
            total / MASK.shape[1]
        ),
        "that is the sum: divide by the number of real tokens.": total,
        "divided by the number of real tokens of the whole batch; each sentence has its own.": (
            total / MASK.sum()
        ),
        "the sum has what fills up in it: times the mask, before you sum.": vectors.sum(dim=1) / counts,
        "that is the largest number, not the mean.": vectors.masked_fill(~MASK[..., None], -1e9).amax(dim=1),
        "that is the first token alone.": vectors[:, 0],
        "one is added to the number of tokens; `clamp(min=1)` guards an empty sentence alone.": (
            total / (counts + 1)
        ),
    }
    for look, slip in slips.items():
        if torch.allclose(found.float(), slip, atol=1e-3):
            return look
    return "`vectors * mask[..., None]`, summed over the tokens, divided by `mask.sum(dim=1, keepdim=True)`."


def empty_mistakes(masked_mean: Any, kind: torch.dtype) -> Iterator[Finding]:
    """Say what the mean of no token is, where it is not zeros."""
    with calling("masked_mean(vectors, mask) with a sentence without a token"):
        found = masked_mean(torch.ones(2, 2, 3), EMPTY.to(kind, copy=True))
    if not torch.equal(found[1].float(), torch.zeros(3)):
        yield wrong(
            f"A sentence without a token has the mean {found[1].tolist()}.",
            "0 / 0 is nan, and one nan spoils all weights in a step: let zeros come out, as with "
            "`mask.sum(…).clamp(min=1)`.",
        )
