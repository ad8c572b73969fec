"""Names of pictures by a frozen language model, whose prefix is learned; about eight minutes of one core.

The rate is chosen by the loss of validation concepts after a short training. There is one seed: the
layer begins as what a regression gives, so that a seed decides the order of pictures alone. The spread
that is recorded is that over emoji.
"""

import time

import torch
from academy.learn.seeds import seed_everything
from academy.learn.sweeps import Row, write_sweep
from academy.lessons.lesson8.kept_weights import keep_weights, with_weights
from academy.lessons.lesson8.naming import NamedPictures, Training, fitted, mean_loss, nearest_names, said
from academy.lessons.lesson8.naming_runs import judged, questions, to_choose_by, to_learn, unknown_words
from academy.lessons.lesson8.prefix import PrefixNamer
from academy.nets.smollm2 import smollm2
from academy.show.numbers import difference

SEED = 0
RATES, SHORT = (1e-3, 4e-3), 12
STEPS, BATCH_SIZE = 150, 16
EVERY = 9
"""Of the validation pictures, each of so many is asked for the loss that the rate is chosen by."""


def begun() -> PrefixNamer:
    """Make a layer that a regression has set."""
    seed_everything(SEED)
    model = PrefixNamer(smollm2())
    model.begin_with(to_learn())
    return model


def trained(rate: float, steps: int) -> tuple[PrefixNamer, list[float]]:
    """Train a layer through the language model, and give it with the loss before each step."""
    model = begun()
    return model, fitted(model, to_learn(), Training(rate, steps, BATCH_SIZE, seed=SEED))


def chosen_by(model: PrefixNamer) -> float:
    """Give the loss of some pictures of validation concepts."""
    pictures = to_choose_by()
    return mean_loss(model, NamedPictures(pictures.vectors[::EVERY], pictures.names[::EVERY]))


def found_of_unknown(spoken: list[str], true: list[str]) -> tuple[int, int]:
    """Count words of true names that no learned name has: those that were said, and all."""
    pairs = [(word, said) for name, said in zip(true, spoken) for word in name.split()]
    unknown = [word in said.split() for (word, said), new in zip(pairs, unknown_words(true)) if new]
    return sum(unknown), len(unknown)


def main() -> None:
    """Choose a rate, train, judge, and compare with the nearest picture's name."""
    torch.set_num_threads(1)
    begin = time.perf_counter()
    tried = [{"rate": 0.0, "loss": round(chosen_by(begun()), 3)}]
    for rate in RATES:
        tried.append({"rate": rate, "loss": round(chosen_by(trained(rate, SHORT)[0]), 3)})
        print(tried, flush=True)
    rate = min(tried[1:], key=lambda row: row["loss"])["rate"]
    model, losses = trained(rate, STEPS)
    print([round(loss, 2) for loss in losses[::5]], f"{time.perf_counter() - begin:.0f} s", flush=True)
    keep_weights(model, "prefix")
    models = {"regression alone": begun(), "trained": with_weights(model, "prefix")}

    rows: list[Row] = []
    ahead, examples, unknown = {}, [], {}
    for name, question in questions().items():
        pictures = question.pictures
        nearest = judged(nearest_names(pictures.vectors, to_learn()), question)
        for way, each in models.items():
            spoken = said(each, pictures.vectors, batch_size=50)
            found = judged(spoken, question)
            rows.append({"method": "prefix", "way": way, "pictures": name} | found.means)
            print(rows[-1], f"{time.perf_counter() - begin:.0f} s", flush=True)
            ahead[f"{way}, {name}"] = [
                round(value, 4) for value in difference(found.each, nearest.each, paired=True)
            ]
            unknown[f"{way}, {name}"] = found_of_unknown(spoken, list(pictures.names))
            if (way, name) == ("trained", "new"):
                examples = spoken[: len(question.emoji)]
    settings = {
        "seed": SEED,
        "tried": tried,
        "steps_tried": SHORT,
        "rate": rate,
        "steps": STEPS,
        "batch_size": BATCH_SIZE,
        "losses": [round(loss, 3) for loss in losses],
        "word_f1_ahead_of_nearest": ahead,
        "unknown_words_found": unknown,
        "said_in_the_first_style": examples,
    }
    print(write_sweep("lessons/lesson8/prefix", settings, rows, time.perf_counter() - begin))


if __name__ == "__main__":
    main()
