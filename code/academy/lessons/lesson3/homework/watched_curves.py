"""Task 3: curves of five trainings, and what is wrong with each."""

from collections.abc import Iterator, Mapping
from typing import Any

from academy.homework.tasks import Finding, right, wrong
from academy.learn.sweeps import read_sweep

SHOWN = {
    "A": "dropout on in evaluation",
    "B": "none",
    "C": "batches of one",
    "D": "dropout too strong",
    "E": "batch statistics in evaluation",
}
"""Which training is shown under which letter."""
NAMES = [*sorted(SHOWN.values()), "overfitting"]
"""What students choose from; nobody overfits."""
SYMPTOMS = {
    "none": (
        "all three curves of pictures kept back agree, and none falls for good; the training passes them, as "
        "it does with few pictures, and is not near 100%"
    ),
    "dropout too strong": "the training stays far **below** the pictures kept back, and both stay low",
    "dropout on in evaluation": "the same network, measured twice on the same pictures, gives two numbers",
    "batch statistics in evaluation": (
        "the same network on the same pictures, sorted or mixed, gives two numbers, and each again when asked"
    ),
    "batches of one": (
        "what is kept back is far below the training from the first epochs on, in any order and each time"
    ),
}
"""What the curves of each show."""
WOULD_SHOW = {
    "none": "then all three curves of pictures kept back would agree, and not lie far from the training",
    "dropout too strong": "then the training, measured with it, would be far below what is kept back",
    "dropout on in evaluation": "then measuring twice would give two numbers, as zeros are drawn anew",
    "batch statistics in evaluation": "then the order of the pictures kept back would count",
    "batches of one": (
        "then the averages kept for evaluation would fit no picture: low from the start, in any order"
    ),
    "overfitting": (
        "then what is kept back would rise and **fall** again, while the training climbs to nearly 100%"
    ),
}
"""What the curves of a wrong answer would show."""
NO_OVERFITTING = "then the gap would open late, and what is kept back would not be bad from the start"
"""The same where what is kept back does rise and fall, but low."""


def curves() -> dict[str, dict[str, list[float]]]:
    """Give the curves by letter, each a dict of four lists with a share of right answers an epoch."""
    rows = {row["fault"]: row for row in read_sweep("lessons/lesson3/homework3/curves")["rows"]}
    return {
        letter: {key: rows[fault][key] for key in ("training", "sorted", "again", "mixed")}
        for letter, fault in SHOWN.items()
    }


def diagnoses(faults: Any) -> Iterator[Finding]:
    """Compare what each training is said to suffer from."""
    if not isinstance(faults, Mapping):
        yield wrong(f"`faults` is a {type(faults).__name__}.", "a dict from a letter to a name.")
        return
    for letter, fault in SHOWN.items():
        said = faults.get(letter)
        if said is None or said is ...:
            yield wrong(f"`faults` has nothing for {letter}.", f"one of {', '.join(NAMES)}.")
        elif not isinstance(said, str) or said not in NAMES:
            yield wrong(f"{letter} is {said!r}, which is none of the names.", f"one of {', '.join(NAMES)}.")
        elif said != fault:
            yield wrong(
                f"{letter} is not “{said}”: {would_show(said, fault)}.", f"at {letter}, {where(fault)}"
            )
        else:
            yield right(f"{letter}, {said}: {SYMPTOMS[fault]}")


def would_show(said: str, fault: str) -> str:
    """Say what curves would show that this training's do not."""
    return NO_OVERFITTING if (said, fault) == ("overfitting", "batches of one") else WOULD_SHOW[said]


def where(fault: str) -> str:
    """Say which curves to compare, and not what they say."""
    if fault == "none":
        return "does what is kept back fall for good, and what would each other name show?"
    if fault == "dropout too strong":
        return "compare the training with what is kept back: which is above, and by how much?"
    if fault == "batches of one":
        return "compare the first epochs of the training with what is kept back."
    return "compare the three curves of what is kept back with each other, number by number."
