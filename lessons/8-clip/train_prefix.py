"""Names of pictures by a frozen language model, whose prefix is learned; about three minutes of one core.

There is one seed: the layer begins as what a regression gives, so that a seed decides the order of
pictures alone. The spread that is recorded is that over emoji.
"""

import time

import torch
from academy.learn.seeds import seed_everything
from academy.learn.sweeps import Row, write_sweep
from academy.lessons.lesson8.concepts import SEEN_STYLES, concept_split
from academy.lessons.lesson8.kept_weights import keep_weights, with_weights
from academy.lessons.lesson8.naming import NamedPictures, Training, fitted, mean_loss, nearest_names, said
from academy.lessons.lesson8.naming_runs import Question, judged, to_choose_by, to_learn, unknown_words
from academy.lessons.lesson8.prefix import PrefixNamer
from academy.nets.smollm2 import smollm2
from academy.show.numbers import difference

SEED = 0
RATE = 1e-3
"""Of this and 0.004, better on the validation concepts after 12 steps."""
STEPS, BATCH_SIZE = 60, 16
EVERY = 9
"""Of the validation pictures, each of so many is asked for its loss."""
STYLE = SEEN_STYLES[0]


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


def validation_loss(model: PrefixNamer) -> float:
    """Give the loss of some pictures of validation concepts."""
    pictures = to_choose_by()
    return mean_loss(model, NamedPictures(pictures.vectors[::EVERY], pictures.names[::EVERY]))


def found_of_unknown(spoken: list[str], true: list[str]) -> tuple[int, int]:
    """Count words of true names that no learned name has: those that were said, and all."""
    pairs = [(word, said) for name, said in zip(true, spoken) for word in name.split()]
    unknown = [word in said.split() for (word, said), new in zip(pairs, unknown_words(true)) if new]
    return sum(unknown), len(unknown)


def main() -> None:
    """Train, judge before and after, and compare with the nearest picture's name."""
    torch.set_num_threads(1)
    begin = time.perf_counter()
    question = Question(concept_split().test, (STYLE,))
    pictures = question.pictures
    nearest = judged(nearest_names(pictures.vectors, to_learn()), question)
    rows: list[Row] = [{"method": "nearest picture"} | nearest.means]
    model, losses = trained(RATE, STEPS)
    keep_weights(model, "prefix")
    print([round(loss, 2) for loss in losses[::3]], f"{time.perf_counter() - begin:.0f} s", flush=True)
    for way, each in {"trained": with_weights(model, "prefix"), "regression alone": begun()}.items():
        spoken = said(each, pictures.vectors, batch_size=50)
        found = judged(spoken, question)
        ahead = difference(found.each, nearest.each, paired=True)
        unknown, of = found_of_unknown(spoken, list(pictures.names))
        rows.append(
            {"method": "prefix", "way": way}
            | found.means
            | {
                "validation_loss": round(validation_loss(each), 3),
                "word_f1_ahead_of_nearest": [round(value, 4) for value in ahead],
                "unknown_words_found": unknown,
                "unknown_words": of,
                "said": spoken,
            }
        )
        print({key: value for key, value in rows[-1].items() if key != "said"}, flush=True)
    settings = {
        "seeds": [SEED],
        "rate": RATE,
        "steps": STEPS,
        "batch_size": BATCH_SIZE,
        "style": STYLE,
        "losses": [round(loss, 3) for loss in losses],
    }
    print(write_sweep("lessons/lesson8/prefix", settings, rows, time.perf_counter() - begin))


if __name__ == "__main__":
    main()
