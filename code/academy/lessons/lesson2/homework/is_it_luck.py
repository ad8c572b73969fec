"""Task 6: two rivals on fresh seeds, and whether their difference counts."""

from collections.abc import Iterator, Sequence
from typing import Any

import torch

from academy.homework.comparing import compared, judged
from academy.homework.given_values import is_truth, numbers_in
from academy.homework.tasks import Finding, right, wrong
from academy.lessons.lesson2.homework.recipes import RECIPE, plain, tolerance

FEWEST_SEEDS = 4


def doubts(
    trial: Any, table: Any, choice: Any, rivals: Any, seeds: Any, scores: Any, verdict: Any
) -> Iterator[Finding]:
    """See that the seeds are fresh, run a score of each rival again, and judge the difference."""
    if found := list(rival_mistakes(table, choice, rivals)) or list(score_mistakes(choice, seeds, scores)):
        yield from found
        return
    for number, rival in enumerate(rivals):
        if found := list(rerun_mistakes(trial, rival, number, seeds, scores)):
            yield from found
            return
    if not is_truth(verdict):
        yield wrong(f"`verdict` is {verdict!r}, of type {type(verdict).__name__}.", "`True` or `False`.")
        return
    one, other = (torch.tensor(numbers_in(row)).double() for row in scores)
    difference, error = compared(one, other)
    ahead = "first" if difference >= 0 else "second"
    gap = f"{100 * abs(difference):.2f} points, standard error {100 * error:.2f}"
    said = f"over {len(one)} fresh seeds the {ahead} is ahead by {gap}"
    if bool(verdict) in judged(difference, error, one, other):
        yield right(f"{said}: {'counts' if verdict else 'may be luck'}")
    else:
        yield wrong(
            f"{said}; your verdict is {bool(verdict)}.",
            "it counts when its size exceeds twice its error, the root of the sum of variance / runs.",
        )


def rerun_mistakes(trial: Any, rival: Any, number: int, seeds: Any, scores: Any) -> Iterator[Finding]:
    """Run the choice again with its first four seeds, its rival with one, and compare the scores."""
    for place in range(1 if number else FEWEST_SEEDS):
        if found := list(score_mistake(trial, rival, number, place, seeds, scores)):
            yield from found
            return


def score_mistake(
    trial: Any, rival: Any, number: int, place: int, seeds: Any, scores: Any
) -> Iterator[Finding]:
    """Run a rival again with one seed, and compare with its score."""
    said, seed = float(scores[number][place]), int(seeds[place])
    _, history = trial(plain(rival) | {"seed": seed})
    losses, accuracies = (numbers_in(history[key]) or [] for key in ("check_loss", "check_accuracy"))
    best = [min(losses) + tolerance(0.01) >= loss for loss in losses]
    if any(good and abs(each - said) <= tolerance(0.01) for good, each in zip(best, accuracies)):
        return
    wanted = accuracies[losses.index(min(losses))]
    known = any(abs(each - said) <= tolerance(0.01) for each in accuracies)
    yield wrong(
        f"`scores[{number}][{place}]` is {said:.4f}; run again with seed {seed}, the accuracy after the best "
        f"epoch is {wanted:.4f}.",
        "that is the accuracy after another epoch: take the one with the least loss, `best_epoch(history)`."
        if known
        else f"`trial(rivals[{number}] | {{'seed': {seed}}})`, and the accuracy on pictures kept back.",
    )


def rival_mistakes(table: Any, choice: Any, rivals: Any) -> Iterator[Finding]:
    """Say where the rivals are not the choice and the strongest row of another kind."""
    if (
        not isinstance(rivals, Sequence)
        or len(rivals) != 2
        or any(key not in row for row in rivals for key in RECIPE)
    ):
        yield wrong("`rivals` is no list of two recipes.", "two rows of `table`.")
        return
    rows = [row for row in table if alike(row, rivals[1])]
    others = [float(row["check_accuracy"]) for row in table if kind_of(row) != kind_of(choice)]
    if not alike(rivals[0], choice):
        yield wrong("The first of `rivals` is not your choice.", "`rivals = [choice, …]`.")
    elif kind_of(rivals[1]) == kind_of(choice):
        yield wrong(
            f"Both rivals have hidden layers {choice['hidden']} and the optimizer {choice['optimizer']}.",
            "the choice, and the best row with other hidden layers or another optimizer.",
        )
    elif not rows:
        yield wrong("The second of `rivals` is no row of `table`.", "a row as the search found it.")
    elif (reached := max(float(row["check_accuracy"]) for row in rows)) < max(others):
        yield wrong(
            f"The second of `rivals` has {reached:.2%} in `table`, another row {max(others):.2%}.",
            "the greatest `check_accuracy` among the rows with other hidden layers or another optimizer.",
        )


def kind_of(row: Any) -> tuple[str, str]:
    """Return what rivals must differ in."""
    return str([*row["hidden"]]), str(row["optimizer"])


def alike(one: Any, other: Any) -> bool:
    """Tell whether two rows have the same recipe, their seeds and epochs left out."""
    keys = (plain(one).keys() & plain(other).keys()) - {"seed", "epochs"}
    return all(str(one[key]) == str(other[key]) for key in keys)


def score_mistakes(choice: Any, seeds: Any, scores: Any) -> Iterator[Finding]:
    """Say what keeps a race from being fair and complete."""
    seeds = numbers_in(seeds)
    rows = [numbers_in(row) for row in scores] if isinstance(scores, Sequence | torch.Tensor) else []
    if seeds is None:
        yield wrong("`seeds` is no list of numbers.", f"`seeds = [...]`, {FEWEST_SEEDS} or more.")
    elif len(rows) != 2 or None in rows:
        yield wrong("`scores` has no two rows of numbers.", "a row for each rival.")
    elif len(set(seeds)) < FEWEST_SEEDS:
        yield wrong(f"There are {len(set(seeds))} different seeds.", f"{FEWEST_SEEDS} or more.")
    elif int(choice["seed"]) in seeds:
        yield wrong(
            f"Seed {choice['seed']} is among `seeds`, the one by which the choice was made.",
            "fresh seeds: the number that made a row win has its luck in it.",
        )
    elif any(len(row or []) != len(seeds) for row in rows):
        yield wrong(
            f"The rows of `scores` have {[len(row or []) for row in rows]} numbers.",
            f"a row for each rival, in it a number for each of {len(seeds)} seeds.",
        )
    elif any(len(set(row or [])) == 1 for row in rows):
        yield wrong("A row of `scores` has the same number for all seeds.", "a run for each seed.")
