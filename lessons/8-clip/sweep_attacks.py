"""Wrong words on pictures, for towers that never saw any, and for some that did; 3 minutes of one core."""

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson8.attacks import moved, pairs_with_words, written_labels
from academy.lessons.lesson8.drawn_vectors import word_vectors
from academy.lessons.lesson8.kind_towers import RECIPE, trained_towers
from academy.lessons.lesson8.kinds_apart import kind_pictures
from academy.lessons.lesson8.prompts import SHORT, TEMPLATES, prompts
from academy.lessons.lesson8.written_words import ATTACKED_STYLE
from academy.lessons.lesson8.zero_shot import accuracy, class_logits, class_vectors

SEEDS = [0, 1, 2]
COPIES = [0, 1, 4]


def run(copies: int, seed: int) -> Row:
    """Train with so many copies of the pictures with words, then attack."""
    pairs = pairs_with_words(copies)
    model = trained_towers(seed, pairs)
    classes = class_vectors(model, prompts(SHORT.values(), TEMPLATES))
    clean = kind_pictures("test", [ATTACKED_STYLE])
    before = class_logits(model, clean.vectors, classes)
    after = class_logits(model, word_vectors()["wrong"], classes)
    found = moved(before, after, written_labels()) | {
        "clean": accuracy(before, clean.labels),
        "with a word": accuracy(after, clean.labels),
    }
    share = 1 - pairs_with_words(0).pictures.shape[1] / pairs.pictures.shape[1]
    return {"share": round(share, 4)} | {name: round(value, 4) for name, value in found.items()}


def main(workers: Workers) -> None:
    """Train with no, few and many pictures with words."""
    settings = {"seeds": SEEDS, "copies": COPIES, "steps": RECIPE.steps, "style": ATTACKED_STYLE}
    rows = [{"copies": copies, "seed": seed} for copies in COPIES for seed in SEEDS]
    sweep = Sweep(rows, run, "lessons/lesson8/attacks", settings)
    sweep.write([row | found for row, found in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)
