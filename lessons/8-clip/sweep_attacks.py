"""Wrong words on pictures, for towers that saw hardly any, and for some that did; 1 minute of one core.

The towers of the first seed with any words are kept in the package.
"""

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson8.attacks import WORDS, moved, pairs_with_words, written_labels
from academy.lessons.lesson8.drawn_vectors import word_vectors
from academy.lessons.lesson8.kind_towers import WITH_WORDS, keep, trained_towers
from academy.lessons.lesson8.kinds_apart import kind_pictures
from academy.lessons.lesson8.prompts import SHORT, TEMPLATES, prompts
from academy.lessons.lesson8.shipped import SHIPPED
from academy.lessons.lesson8.written_words import ATTACKED_STYLE
from academy.lessons.lesson8.zero_shot import accuracy, class_logits, class_vectors

SEEDS = [0, 1, 2]


def run(words: str, seed: int) -> Row:
    """Train with such words on about half of the pictures, then attack."""
    pairs = pairs_with_words(words)
    model = trained_towers(seed, pairs)
    if (words, seed) == (WORDS[-1], SEEDS[0]):
        keep(model, WITH_WORDS)
    classes = class_vectors(model, prompts(SHORT.values(), TEMPLATES))
    clean = kind_pictures("test", [ATTACKED_STYLE])
    before = class_logits(model, clean.vectors, classes)
    after = class_logits(model, word_vectors()["wrong"], classes)
    found = moved(before, after, written_labels()) | {
        "clean": accuracy(before, clean.labels),
        "with a word": accuracy(after, clean.labels),
    }
    share = 1 - pairs_with_words("none").pictures.shape[1] / pairs.pictures.shape[1]
    return {"share": round(share, 4)} | {name: round(value, 4) for name, value in found.items()}


def main(workers: Workers) -> None:
    """Train with no words, each thing's own kind, and any."""
    settings = {"seeds": SEEDS, "steps": SHIPPED.steps, "style": ATTACKED_STYLE}
    rows = [{"words": words, "seed": seed} for words in WORDS for seed in SEEDS]
    sweep = Sweep(rows, run, "lessons/lesson8/attacks", settings)
    sweep.write([row | found for row, found in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)
