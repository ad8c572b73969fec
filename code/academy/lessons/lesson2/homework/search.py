"""Task 5: a table of runs, and the choice from it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from torch import nn

from academy.homework.tasks import Finding, right, wrong
from academy.lessons.lesson2.homework.curves import curve_mistakes
from academy.lessons.lesson2.homework.recipes import RECIPE, RESULTS, plain, tolerance

FEWEST_RUNS = 8
RUNS_AGAIN = 2
"""Rows that are run again beside the choice, the best of the others; each takes as long as it took."""


def searches(trial: Any, table: Any, choice: Any) -> Iterator[Finding]:
    """Look at what was varied, run recipes again, and see what the choice went by."""
    found = list(table_mistakes(table)) or list(choice_mistakes(table, choice))
    if found:
        yield from found
        return
    yield right(f"{len(table)} runs; the choice has {choice['check_accuracy']:.2%} on pictures kept back")
    returned = trial(plain(choice) | {"epochs": 1})
    if not isinstance(returned, Sequence) or len(returned) != 2 or not isinstance(returned[0], nn.Module):
        yield wrong("`trial` does not return a net and its history.", "`return net, history`.")
        return
    if found := list(curve_mistakes("the history of `trial`", returned[1])):
        yield from found
        return
    if (epochs := len(returned[1]["check_loss"])) != 1:
        yield wrong(f"The recipe asks for 1 epoch, the history has {epochs}.", "`recipe['epochs']`.")
        return
    yield from heeds_recipe(trial, table, choice, first_loss(returned))
    yield from repeats(trial, table, choice)


def table_mistakes(table: Any) -> Iterator[Finding]:
    """Say what a table of runs lacks."""
    rows = list(table) if isinstance(table, Sequence) else []
    if not rows or not all(isinstance(row, Mapping) for row in rows):
        yield wrong("`table` is no list of rows.", "`table = []`, and `table.append({...})` for each run.")
        return
    wanted = (*RECIPE, *RESULTS)
    lacking = [key for key in wanted if any(key not in row for row in rows)]
    if lacking:
        yield wrong(
            f"Rows of `table` have no {' and no '.join(map(repr, lacking))}.", f"the keys: {[*wanted]}."
        )
    elif any("test" in str(key) for row in rows for key in row):
        yield wrong(
            "A row of `table` knows the test set.",
            "choose by `check_accuracy`; the test set waits for Task 7.",
        )
    elif len(rows) < FEWEST_RUNS:
        yield wrong(f"`table` has {len(rows)} runs.", f"{FEWEST_RUNS} or more.")
    elif any(not 0 <= float(row["check_accuracy"]) <= 1 for row in rows):
        yield wrong("A `check_accuracy` is no share.", "from 0 to 1, as `fit` writes it down.")
    else:
        yield from variety_mistakes(rows)


def variety_mistakes(rows: list[Any]) -> Iterator[Finding]:
    """Say what a search did not vary."""
    for key, what in (("hidden", "hidden layers"), ("optimizer", "optimizer")):
        if len({str(row[key]) for row in rows}) < 2:
            yield wrong(f"All runs have the same {what}.", f"try at least two values of `{key}`.")
    for optimizer in sorted({str(row["optimizer"]) for row in rows}):
        rates = {float(row["rate"]) for row in rows if str(row["optimizer"]) == optimizer}
        if len(rates) < 2:
            yield wrong(
                f"{optimizer} was tried at one rate only, {rates.pop():g}.",
                "before you compare optimizers, give each its own learning rate: two or more for each.",
            )
    if len({str(sorted(plain(row).items(), key=str)) for row in rows}) < len(rows):
        yield wrong(
            "Two rows of `table` have the same recipe.", "each run differs from all others in something."
        )


def choice_mistakes(table: Any, choice: Any) -> Iterator[Finding]:
    """Say where the choice is not the row that is best on pictures kept back."""
    if not isinstance(choice, Mapping) or not any(dict(choice) == dict(row) for row in table):
        yield wrong("`choice` is no row of `table`.", "`max(table, key=…)` returns a row.")
        return
    best = max(float(row["check_accuracy"]) for row in table)
    if float(choice["check_accuracy"]) < best:
        yield wrong(
            f"`choice` has {float(choice['check_accuracy']):.2%} on pictures kept back, another {best:.2%}.",
            "the greatest `check_accuracy`, neither the training loss nor the last row nor the test set.",
        )


def first_loss(returned: Any) -> float:
    """Return the training loss of the first epoch of what `trial` returns."""
    return float(returned[1]["train_loss"][0])


def heeds_recipe(trial: Any, table: Any, choice: Any, base: float) -> Iterator[Finding]:
    """See whether one epoch comes out the same again, and otherwise where the recipe is another."""
    recipe = plain(choice) | {"epochs": 1}
    again = first_loss(trial(dict(recipe)))
    if abs(again - base) > tolerance(0.01) * base:
        yield wrong(
            f"The same recipe, run twice, has losses {base:.4f} and {again:.4f} in its first epoch.",
            "`torch.manual_seed(recipe['seed'])` before the net is built, inside `trial`.",
        )
        return
    named = (row["optimizer"] for row in table if row["optimizer"] != recipe["optimizer"])
    others = {
        "optimizer": next(named),
        "seed": int(recipe["seed"]) + 1,
        "rate": float(recipe["rate"]) / 3,
        "hidden": [*recipe["hidden"], 20],
        "activation": nn.Tanh if recipe["activation"] is not nn.Tanh else nn.ReLU,
    }
    for key, value in others.items():
        if first_loss(trial(recipe | {key: value})) == base:
            yield wrong(
                f"Another `{key}` in the recipe changes nothing.", f"use `recipe['{key}']` in `trial`."
            )
            return
    yield right("the same recipe gives the same again; another seed, rate, optimizer or net gives another")


def repeats(trial: Any, table: Any, choice: Any) -> Iterator[Finding]:
    """Run the chosen row again, and the best of the others."""
    others = [row for row in table if dict(row) != dict(choice)]
    strongest = sorted(others, key=lambda row: -float(row["check_accuracy"]))[:RUNS_AGAIN]
    for name, row in (("the chosen row", choice), *((named(row), row) for row in strongest)):
        if found := list(rerun_mistakes(trial, name, row)):
            yield from found
            return
    yield right(
        f"run again, the chosen row and {len(strongest)} others have once more what `table` says of them"
    )


def named(row: Any) -> str:
    """Name a row by what was varied."""
    return f"the row with {row['hidden']}, {row['optimizer']} and rate {float(row['rate']):g}"


def rerun_mistakes(trial: Any, name: str, row: Any) -> Iterator[Finding]:
    """Run a row again, and say where it comes out otherwise."""
    _, history = trial(plain(row))
    best = int(row["best"])
    if not 1 <= best <= len(history["check_accuracy"]):
        yield wrong(
            f"`best` of {name} is {row['best']}, but there are {len(history['check_accuracy'])} epochs.",
            "the row's recipe has the number of epochs that it was trained for.",
        )
        return
    found, wanted = float(history["check_accuracy"][best - 1]), float(row["check_accuracy"])
    if abs(found - wanted) > tolerance(0.01):
        yield wrong(
            f"Run again, {name} has {found:.4f} after epoch {best}, not {wanted:.4f}.",
            "`check_accuracy` belongs to the epoch `best`, counted from 1, of this recipe with this seed.",
        )
        return
    losses = [float(loss) for loss in history["check_loss"]]
    if losses[best - 1] > min(losses) + tolerance(0.01):
        yield wrong(
            f"By the loss the best epoch of {name} is {losses.index(min(losses)) + 1}, `best` says {best}.",
            "`best_epoch(history)`: the least `check_loss`, not the greatest accuracy.",
        )
