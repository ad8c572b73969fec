"""The denoiser of the spiral's points, trained once and judged beside baselines; two minutes of one core.

It keeps the weights as float16; what it records was measured with the weights as they are kept.
"""

import time
from dataclasses import asdict

import torch
from academy.learn.sweeps import Row, write_sweep
from academy.lessons.lesson8.denoiser_training import Recipe, fit
from academy.lessons.lesson8.denoiser_weights import keep_half
from academy.lessons.lesson8.spiral_diffusion import (
    FAR,
    MAKERS,
    NAME,
    NOISE,
    POINTS,
    arm_conditions,
    judged,
    spiral_net,
    training_points,
)

RECIPE = Recipe(steps=8_000, rate=2e-3)
SEEDS = [0, 1, 2]
DRAWN = 2000
"""Points of each arm that are judged."""


def row(method: str, seed: int) -> Row:
    """Judge one way of making points, from one noise."""
    noise = torch.randn(DRAWN, 2, generator=torch.Generator().manual_seed(seed))
    found = {name: round(value, 4) for name, value in judged(MAKERS[method], noise).items()}
    return {"method": method, "seed": seed} | found


def main() -> None:
    """Train it, keep its weights, and record how good its points are."""
    torch.set_num_threads(1)
    torch.manual_seed(RECIPE.seed)
    network, (points, arms) = spiral_net(), training_points()
    begin = time.perf_counter()
    fit(network, points, arm_conditions(arms), RECIPE)
    seconds = time.perf_counter() - begin
    keep_half(network.state_dict(), NAME)
    rows = [row(method, seed) for method in MAKERS for seed in SEEDS]
    settings = {"seeds": SEEDS, "recipe": asdict(RECIPE), "points": POINTS, "noise": NOISE}
    settings |= {"far": FAR, "judged": 2 * DRAWN}
    print(write_sweep("lessons/lesson8/spiral_denoiser", settings, rows, seconds))


if __name__ == "__main__":
    main()
