"""The denoiser of small emoji and their judge, trained once; about twelve minutes of one core.

It keeps the weights as float16; what it records was measured with the weights as they are kept.
"""

import time
from dataclasses import asdict

import torch
from academy.learn.sweeps import Row, write_sweep
from academy.lessons.lesson8.denoiser_training import Recipe, fit
from academy.lessons.lesson8.emoji_diffusion import EmojiPainter, emoji_net, emoji_painter, keep_painter
from academy.lessons.lesson8.small_judge import found, keep_judge, real_pictures, trained_judge
from academy.lessons.lesson8.small_pictures import (
    DRAWN_STYLES,
    fitted_code,
    name_vectors,
    small_pictures,
    trained_things,
)

RECIPE = Recipe(steps=30_000)
SHOWN = 1000
"""Steps whose mean loss is one point of the curve."""


def main() -> None:
    """Train both, keep their weights, and record the loss and how often the judge is right."""
    torch.set_num_threads(1)
    torch.manual_seed(RECIPE.seed)
    pictures, network = small_pictures(trained_things()), emoji_net()
    code = fitted_code(pictures)
    vectors = name_vectors([each.name for each in trained_things()]).repeat(len(DRAWN_STYLES), 1)
    begin = time.perf_counter()
    losses = fit(network, code.encode(pictures), vectors, RECIPE)
    seconds = time.perf_counter() - begin
    keep_painter(EmojiPainter(network, code))

    kept_code = emoji_painter().code
    keep_judge(trained_judge(kept_code))
    rebuilt = kept_code.decode(kept_code.encode(pictures))
    lost = (rebuilt - pictures).square().sum() / (pictures - pictures.mean(dim=0)).square().sum()
    rows: list[Row] = [
        {
            "part": "loss",
            "mean": [round(each, 4) for each in losses.unflatten(0, (-1, SHOWN)).mean(1).tolist()],
        },
        {"part": "code", "variance_kept": round(1 - lost.item(), 4)},
        {"part": "judge", "trained": round(found(*real_pictures(kept_code, held_out=False)), 4)},
        {"part": "judge", "new": round(found(*real_pictures(kept_code, held_out=True)), 4)},
    ]
    settings = {"seeds": [RECIPE.seed], "recipe": asdict(RECIPE), "pictures": len(pictures), "shown": SHOWN}
    print(write_sweep("lessons/lesson8/emoji_denoiser", settings, rows, seconds))


if __name__ == "__main__":
    main()
