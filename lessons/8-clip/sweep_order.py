"""Which of two captions belongs to a picture of two things; about 3 minutes of one core.

The things of the test were never trained on, neither alone nor in a pair. Both towers learn, but where
the texts' is said to be locked, as it is in the shipped ones.
"""

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson8.compositions import STYLE, TRAIN, both_orders, unseen_pairs
from academy.lessons.lesson8.order import (
    POOLED,
    RECIPE,
    WAYS,
    captions,
    chosen_rightly,
    one_replaced,
    trained_for_order,
)
from torch.nn import functional as F

SEEDS = [0, 1, 2]


def run(pooled: str, trained: str, seed: int, locked: bool = False) -> Row:
    """Train towers, and ask."""
    found = chosen_rightly(trained_for_order(pooled, trained, seed, locked), pooled)
    return {name: round(right.double().mean().item(), 4) for name, right in found.items()}


def by_reading() -> dict[str, float]:
    """Say how alike captions are to MiniLM, when things are swapped and when one is another."""
    shown = both_orders(unseen_pairs())
    own = captions(shown)
    others = {
        "swapped": captions([each.swapped for each in shown]),
        "replaced": captions(one_replaced(shown)),
    }
    return {name: round(F.cosine_similarity(own, other).mean().item(), 4) for name, other in others.items()}


def main(workers: Workers) -> None:
    """Train in all ways."""
    settings = {
        "seeds": SEEDS,
        "steps": RECIPE.steps,
        "pairs to train on": TRAIN,
        "pictures": len(both_orders(unseen_pairs())),
        "style": STYLE,
        "cosines of captions": by_reading(),
    }
    rows = [
        {"pooled": pooled, "trained": trained, "locked": locked, "seed": seed}
        for locked in (False, True)
        for pooled in POOLED
        for trained in WAYS
        for seed in SEEDS
        if not locked or trained == WAYS[2]
    ]
    sweep = Sweep(rows, run, "lessons/lesson8/order", settings)
    sweep.write([row | found for row, found in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)
