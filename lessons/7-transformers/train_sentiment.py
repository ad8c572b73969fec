"""Trains the sentiment of Lesson 7's pipeline: light tuning of MiniLM; some minutes of one core.

What it learns lies in the package as ``sentiment.safetensors``, what it is worth in ``light_sentiment.json``.
No recipe but this was tried; the test sentences are looked at once.
"""

import time
from dataclasses import asdict

import torch
from academy.data.sentences import sentence_split
from academy.learn.kept_answers import packed
from academy.learn.sweeps import write_sweep
from academy.lessons.lesson7.finetuning import Recipe, fine_tuned, linear_on_frozen, scores
from academy.lessons.lesson7.light import light_parameters, save_light
from academy.lessons.lesson7.sentiment import FILE, sentiment_model

RECIPE = Recipe("light", rate=1e-3, steps=200)


def main() -> None:
    """Train, keep what was learned, and measure what was kept."""
    begin = time.perf_counter()
    torch.set_num_threads(1)
    split = sentence_split()
    model = fine_tuned(RECIPE, split.train, linear_on_frozen(split.train.draw(1_000, seed=0)))
    save_light(FILE, model)
    parameters = sum(each.numel() for each in light_parameters(model).values())
    sentiment_model.cache_clear()  # what was kept is asked, rounded as it is
    right = {
        name: (scores(sentiment_model(), part.texts) > 0) == part.positive.bool()
        for name, part in (("validation", split.validation), ("test", split.test))
    }
    shares = {name: round(each.double().mean().item(), 4) for name, each in right.items()}
    row = {"method": "light", **shares, "right": packed(right["test"])}
    settings = {
        "seeds": [RECIPE.seed],
        "recipe": asdict(RECIPE),
        "sentences": len(split.train.texts),
        "parameters": parameters,
    }
    write_sweep("lessons/lesson7/light_sentiment", settings, [row], time.perf_counter() - begin)
    print(shares)


if __name__ == "__main__":
    main()
