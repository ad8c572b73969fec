"""Fine-tuning with fewer and with all training sentences, from three seeds; about an hour of one core.

The sentences drawn are those of Lesson 6's ``sweep_sentences.py``, and so are the test sentences: the
numbers of its classifiers can be set beside these. Nothing is chosen on the test sentences: with a rate of
1e-4 and 400 steps, 86 % of the 1,500 validation sentences were right, and no other recipe was tried.
"""

import time
from dataclasses import asdict, replace
from functools import cache

import torch
from academy.data.sentences import TEST, VALIDATION, sentence_split
from academy.learn.kept_answers import packed
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson7.finetuning import Recipe, fine_tuned, linear_on_frozen, scores
from academy.nets.minilm import features

SEEDS = [0, 1, 2]
STEPS = {100: 40, 300: 80, 1_000: 150, 6_541: 600}
"""Steps of 32 for each number of sentences; the last are all that there are."""
RECIPE = Recipe("all", rate=1e-4)
METHODS = ("frozen", "fine-tuned")


@cache
def test_features() -> torch.Tensor:
    """Compute the frozen encoder's features of the test sentences once."""
    return features(sentence_split().test.texts)


def run(method: str, size: int, seed: int) -> Row:
    """Train on some sentences, and measure on the test sentences."""
    split = sentence_split()
    some = split.train.draw(size, seed)
    begin = time.perf_counter()
    linear = linear_on_frozen(some)
    if method == "frozen":
        seconds = time.perf_counter() - begin
        found = torch.from_numpy(linear.decision_function(test_features().numpy()))
    else:
        recipe = replace(RECIPE, steps=STEPS[size], seed=seed)
        model = fine_tuned(recipe, some, linear)
        seconds = time.perf_counter() - begin
        found = scores(model, split.test.texts)
    right = (found > 0) == split.test.positive.bool()
    return {
        "test": round(right.double().mean().item(), 4),
        "seconds": round(seconds, 1),
        "right": packed(right),
    }


def main(workers: Workers) -> None:
    """Train on all sizes from all seeds."""
    settings = {
        "seeds": SEEDS,
        "sentences": {"training": list(STEPS), "validation": VALIDATION, "test": TEST},
        "recipe": asdict(RECIPE),
        "steps": list(STEPS.values()),
        "right": "which test sentences, four a digit",
    }
    rows = [
        {"method": method, "size": size, "seed": seed}
        for size in STEPS
        for method in METHODS
        for seed in SEEDS
    ]
    sweep = Sweep(rows, run, "lessons/lesson7/finetuning", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)
