"""Twelve kinds told by prompts, each prompt by itself and all together; about 2 minutes of one core.

The towers have seen no thing that is asked about. A prompt is chosen by new things in known styles
(validation); other new things are judged in known styles (new things) and in an unseen one (new style).
The towers of the first seed are kept in the package.
"""

from dataclasses import asdict

import torch
from academy.learn.calibration import fitted_temperature, reliability
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson8 import kind_towers
from academy.lessons.lesson8.class_names import by_class_names
from academy.lessons.lesson8.contrastive import names, text_features
from academy.lessons.lesson8.dual_encoder import DualEncoder
from academy.lessons.lesson8.kinds_apart import (
    KindPictures,
    in_a_row,
    kinds,
    new_style,
    new_things,
    validation_pictures,
)
from academy.lessons.lesson8.prompts import TEMPLATES, WORDINGS, prompts
from academy.lessons.lesson8.shipped import SHIPPED
from academy.lessons.lesson8.zero_shot import accuracy, class_logits, class_vectors
from torch.nn import functional as F

SEEDS = [0, 1, 2, 3, 4]
ENSEMBLE = "all templates"
JUDGED = {"validation": validation_pictures, "new things": new_things, "new style": new_style}


def judged(model: DualEncoder, classes: torch.Tensor) -> dict[str, float]:
    """Give the accuracy on each set of pictures."""
    return {
        name: round(accuracy(class_logits(model, read().vectors, classes), read().labels), 4)
        for name, read in JUDGED.items()
    }


def by_prompts(model: DualEncoder) -> list[Row]:
    """Judge each template in each wording, and the mean of all templates."""
    groups = {template: (template,) for template in TEMPLATES} | {ENSEMBLE: TEMPLATES}
    return [
        {"wording": wording, "template": name}
        | judged(model, class_vectors(model, prompts(words.values(), group)))
        for wording, words in WORDINGS.items()
        for name, group in groups.items()
    ]


def calibrated(model: DualEncoder) -> Row:
    """Compare the probabilities of the ensemble with how often they are right, as learned and as fitted."""
    classes = class_vectors(model, prompts(WORDINGS["short"].values(), TEMPLATES))
    logits = {name: class_logits(model, read().vectors, classes) for name, read in JUDGED.items()}
    factor = fitted_temperature(logits["validation"], validation_pictures().labels)
    errors = {name: errors_of(found, JUDGED[name]().labels, factor) for name, found in logits.items()}
    return {"scale": round(model.scale.item(), 3), "factor": round(factor, 4), "errors": errors}


def errors_of(logits: torch.Tensor, labels: torch.Tensor, factor: float) -> dict[str, float]:
    """Give the calibration error and mean confidence before and after logits are divided by a factor."""
    found = {}
    for name, scaled in {"learned": logits, "fitted": logits / factor}.items():
        confidence, answers = scaled.softmax(dim=1).max(dim=1)
        found[name] = round(reliability(confidence, answers == labels).error, 4)
        found[f"{name} confidence"] = round(confidence.double().mean().item(), 4)
    return found


def run(seed: int) -> Row:
    """Train towers from a seed, and judge them."""
    model = kind_towers.trained_towers(seed)
    if seed == SEEDS[0]:
        kind_towers.keep(model)
    return {"prompts": by_prompts(model), "calibration": calibrated(model)}


def baselines() -> dict[str, dict[str, float]]:
    """Judge what needs no towers: ImageNet's class names, and MiniLM when it is told the thing's name."""
    words = text_features(tuple(WORDINGS["short"].values()))
    found = {"class names": {}, "told the name": {}}
    for name, read in JUDGED.items():
        pictures: KindPictures = read()
        told = F.normalize(names(pictures.things), dim=-1) @ F.normalize(words, dim=-1).T
        found["class names"][name] = round(
            accuracy(by_class_names(pictures.vectors, words), pictures.labels), 4
        )
        found["told the name"][name] = round(accuracy(told, pictures.labels), 4)
    return found


def main(workers: Workers) -> None:
    """Train from all seeds."""
    settings = {
        "seeds": SEEDS,
        "recipe": asdict(SHIPPED),
        "kinds": list(kinds()),
        "things": {part: len(in_a_row(part)) for part in ("train", "validation", "test")},
    }
    sweep = Sweep([{"seed": seed} for seed in SEEDS], run, "lessons/lesson8/prompts", settings)
    rows = [{"seed": seed} | found for seed, found in zip(SEEDS, sweep.results(workers))]
    sweep.write(rows, baselines=baselines())


if __name__ == "__main__":
    command(main)
