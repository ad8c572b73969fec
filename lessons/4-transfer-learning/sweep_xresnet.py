"""What each change of xResNet does alone, and all of them, on 5,000 pictures of clothes, over draws."""

from functools import partial

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson4.clothes_runs import BATCH_SIZE, clothes, drawn, first, measured, trained
from academy.lessons.lesson4.published import RESNET, XRESNET, Style
from academy.lessons.lesson4.small_nets import small_resnet

STYLES = {
    "ResNet": RESNET,
    "deep stem": Style(deep_stem=True),
    "last norm at zero": Style(zero_last_norm=True),
    "pooled shortcut": Style(pooled_shortcut=True),
    "xResNet": XRESNET,
}
SEEDS = [0, 1, 2, 3, 4]
PICTURES = 5_000
STEPS = 300
VALIDATION_PICTURES = 5_000
RATE = 0.01


def run(style: str, seed: int) -> Row:
    """Train one net.

    Args:
        style: What it has of xResNet.
        seed: Of the draw of the pictures, the weights and the batches.
    """
    train = drawn(clothes().train, PICTURES, seed)
    held_out = first(clothes().validation, VALIDATION_PICTURES)
    done = trained(partial(small_resnet, STYLES[style]), train, seed, STEPS, RATE)
    row = {"style": style, "seed": seed, "seconds": round(done.seconds, 1)}
    for name, part in (("training", first(train, 1_000)), ("validation", held_out)):
        row[f"{name}_loss"], row[name] = measured(done.net, part)
    return row


def main(workers: Workers) -> None:
    """Train a small ResNet with each change of xResNet alone, and with all."""
    settings = {
        "seeds": SEEDS,
        "pictures": PICTURES,
        "steps": STEPS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "optimizer": "Adam, one-cycle",
        "data": "Fashion-MNIST: training pictures drawn at random; 5,000 others for validation",
        "seconds": "processor time of one thread for one net",
    }
    rows = [{"style": style, "seed": seed} for seed in SEEDS for style in STYLES]
    sweep = Sweep(rows, run, "lessons/lesson4/xresnet", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)
