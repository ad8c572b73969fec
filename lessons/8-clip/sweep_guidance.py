"""Guidance from none to much: kinds that are met, variety, copies; two minutes of one core.

The painter and the judge are those that ``train_emoji_denoiser.py`` left; seeds are those of the noise, and
one seed gives all weights the same noise.
"""

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson8.emoji_diffusion import emoji_painter
from academy.lessons.lesson8.guidance import (
    NEAR,
    copy_distance,
    judged,
    nearest_trained,
    painted,
    real_spread,
    real_variety,
    to_training,
    variety,
)
from academy.lessons.lesson8.small_judge import found, real_pictures

SEEDS = [0, 1, 2, 3, 4]
WEIGHTS = [0, 1, 2, 4, 7]
NAMES = {"trained": False, "new": True}


def rounded(measured: Row) -> Row:
    """Round what was measured."""
    return {name: round(value, 4) for name, value in measured.items()}


def run(weight: float, seed: int) -> Row:
    """Paint with one weight from one noise, and judge."""
    measured = {names: judged(painted(weight, seed, held_out), held_out) for names, held_out in NAMES.items()}
    return {names: rounded(each) for names, each in measured.items()} | {
        "variety": round(variety(weight, seed), 4)
    }


def beside() -> Row:
    """Measure what it is compared with: real pictures, and the picture of the nearest trained name."""
    pictures, kinds = real_pictures(emoji_painter().code, held_out=True)
    return {
        "judge_on_new_pictures": round(found(pictures, kinds), 4),
        "nearest_name": {
            names: rounded(judged(nearest_trained(held_out), held_out)) for names, held_out in NAMES.items()
        },
        "real_new_distance": round(to_training(pictures).mean().item(), 4),
        "real_spread": round(real_spread(), 4),
        "real_variety": round(real_variety(), 4),
        "copy_distance": round(copy_distance(), 4),
    }


def main(workers: Workers) -> None:
    """Try each weight with the noise of each seed."""
    rows = [{"weight": weight, "seed": seed} for weight in WEIGHTS for seed in SEEDS]
    sweep = Sweep(rows, run, "lessons/lesson8/guidance", {"seeds": SEEDS, "near": NEAR})
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))], beside=beside())


if __name__ == "__main__":
    command(main)
