"""Who is found for a neutral query, by who was shown with neutral captions; about 4 minutes of one core."""

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson8.kind_towers import trained_towers
from academy.lessons.lesson8.portrayed import ASKED, asked, leanings, pairs_with_women, portrayed
from academy.lessons.lesson8.shipped import SHIPPED

SEEDS = [0, 1, 2]
SHARES = [0.0, 0.25, 0.5, 0.75, 1.0]


def run(share: float, seed: int) -> Row:
    """Train with a share of women, and ask for what was never shown."""
    found = leanings(trained_towers(seed, pairs_with_women(share, seed)))
    return {
        "women first": round((found > 0).double().mean().item(), 4),
        "leaning": round(found.double().mean().item(), 4),
    }


def main(workers: Workers) -> None:
    """Train with all shares."""
    settings = {
        "seeds": SEEDS,
        "steps": SHIPPED.steps,
        "asked": [each.caption for each in asked()],
        "trained on": len(portrayed()) - ASKED,
    }
    rows = [{"share": share, "seed": seed} for share in SHARES for seed in SEEDS]
    sweep = Sweep(rows, run, "lessons/lesson8/portrayed", settings)
    sweep.write([row | found for row, found in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)
