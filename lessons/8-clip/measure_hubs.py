"""What is found too often, both ways, and what cures it, three seeds; about two minutes of one core.

Both cures look at the training concepts in the style that is judged, also where that is the unseen style:
at pictures without their names. How sharp the inverted softmax is, is chosen by recall at 10 of validation.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import torch
from academy.data.emoji import Emoji
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson8.concepts import UNSEEN_STYLE, concept_split
from academy.lessons.lesson8.contrastive import trained
from academy.lessons.lesson8.dual_encoder import DualEncoder
from academy.lessons.lesson8.gap import Placed, closed, gap
from academy.lessons.lesson8.hubs import inverted_softmax, skewness
from academy.lessons.lesson8.judging import cosines, placed
from academy.lessons.lesson8.retrieval import median_rank, recall, times_found
from academy.lessons.lesson8.shipped import SHIPPED

SEEDS = [0, 1, 2]
RECIPE = SHIPPED
KNOWN_STYLE = "noto"
SHARPNESS = [3.0, 5.0, 10.0, 20.0]
FOUND = 10
"""Answers of a query that count as found."""

Judge = Callable[[Placed], torch.Tensor]
"""Gives similarities of queries with answers."""


def turned(both: Placed) -> Placed:
    """Swap pictures and texts, so that pictures ask."""
    return Placed(pictures=both.texts, texts=both.pictures)


def measured(similarities: torch.Tensor) -> Row:
    """Say what is found, and how often what is found most."""
    times = times_found(similarities, FOUND)
    return {
        "recall_1": round(recall(similarities, 1), 4),
        "recall_10": round(recall(similarities, FOUND), 4),
        "median_rank": median_rank(similarities),
        "most_found": int(times.max()),
        "skewness": round(skewness(times), 3),
    }


def cures(known: Placed) -> dict[str, list[tuple[float | None, Judge]]]:
    """List ways to compare, each at some settings, by what is known."""

    def inverted(sharpness: float) -> Judge:
        return lambda both: inverted_softmax(cosines(both), known.texts @ both.pictures.T, sharpness)

    return {
        "none": [(None, cosines)],
        "means removed": [(None, lambda both: cosines(closed(both, known)))],
        "inverted softmax": [(sharpness, inverted(sharpness)) for sharpness in SHARPNESS],
    }


def row_of(cure: str, settings: Sequence[tuple[float | None, Judge]], choose: Placed, judge: Placed) -> Row:
    """Choose a setting by validation, and measure it on the test concepts."""
    sharpness, compare = max(settings, key=lambda each: recall(each[1](choose), FOUND))
    return {"cure": cure, "sharpness": sharpness} | measured(compare(judge))


def asked(model: DualEncoder, style: str, turn: Callable[[Placed], Placed]) -> list[Row]:
    """Measure all cures where queries are of one kind and answers of the other."""
    split = concept_split()

    def of(emoji: Sequence[Emoji]) -> Placed:
        return turn(placed(model, emoji, style))

    known = of(split.train)
    return [row_of(cure, tries, of(split.validation), of(split.test)) for cure, tries in cures(known).items()]


def run(seed: int, steps: int = RECIPE.steps) -> Row:
    """Train from one seed, and let both kinds ask in both styles."""
    model, rows = trained(replace(RECIPE, seed=seed, steps=steps)), []
    for style in (KNOWN_STYLE, UNSEEN_STYLE):
        for direction, turn in (("names ask", lambda both: both), ("pictures ask", turned)):
            head = {"style": style, "direction": direction}
            rows += [head | row for row in asked(model, style, turn)]
    gaps = {
        style: round(gap(placed(model, concept_split().test, style)), 4)
        for style in (KNOWN_STYLE, UNSEEN_STYLE)
    }
    return {"rows": rows, "gaps": gaps}


def main(workers: Workers) -> None:
    """Train from all seeds."""
    settings = {"seeds": SEEDS, "steps": RECIPE.steps, "known style": KNOWN_STYLE, "found": FOUND}
    rows = [{"seed": seed} for seed in SEEDS]
    sweep = Sweep(rows, run, "lessons/lesson8/hubs", settings)
    found = sweep.results(workers)
    table = [row | each for row, result in zip(rows, found) for each in result["rows"]]
    sweep.write(table, gaps=[result["gaps"] for result in found])


if __name__ == "__main__":
    command(main)
