"""Nets of 8, 20 and 56 layers with and without shortcuts on small pictures, over seeds."""

from academy.data.images import Labeled
from academy.learn.seeds import seed_everything
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson4.clothes_runs import BATCH_SIZE, Standardize, clothes, first, measured, trained
from academy.lessons.lesson4.deep_nets import gradient_norms, residual_net, without_shortcuts
from torch import nn
from torch.nn import functional as F

SEEDS = [0, 1, 2, 3, 4]
LAYERS = [8, 20, 56]
STEPS = 100
RATE = 0.003
CURVE_STEPS = 10
"""Losses are averaged over so many steps for the curves."""
LAST_STEPS = 30
"""And over so many for the training loss at the end."""
MEASURED_IMAGES = 200
"""Training pictures on which gradients are measured."""
VALIDATION_IMAGES = 2_000


def halved(examples: Labeled) -> Labeled:
    """Make pictures of half the height and width, by means."""
    return Labeled(F.avg_pool2d(examples.images, 2), examples.labels)


def build(layers: int, shortcuts: bool) -> nn.Sequential:
    """Build a net; with and without shortcuts it begins with the same weights."""
    net = residual_net(layers)
    return net if shortcuts else without_shortcuts(net)


def norms(net: nn.Module) -> list[float]:
    """Measure the gradient of each 3×3 convolution on training pictures, as batches are seen in training."""
    images, labels = halved(first(clothes().train, MEASURED_IMAGES))
    found = gradient_norms(net.train(), Standardize()(images), labels)
    return [float(f"{norm:.3g}") for norm in found.tolist()]


def run(layers: int, shortcuts: bool, seed: int) -> Row:
    """Train one net; measure its loss along the way, and what reaches each layer before and after.

    Args:
        layers: How many the net has.
        shortcuts: Whether it has them.
        seed: Where it begins.
    """
    train, held_out = halved(clothes().train), halved(first(clothes().validation, VALIDATION_IMAGES))
    seed_everything(seed)
    start = norms(build(layers, shortcuts))
    done = trained(lambda: build(layers, shortcuts), train, seed, STEPS, RATE)
    curve = done.losses.reshape(-1, CURVE_STEPS).mean(dim=1)
    return {
        "loss_curve": [round(loss, 4) for loss in curve.tolist()],
        "training_loss": round(done.losses[-LAST_STEPS:].mean().item(), 4),
        "validation": measured(done.net, held_out)[1],
        "gradients_at_start": start,
        "gradients_at_end": norms(done.net[1]),
        "seconds": round(done.seconds, 1),
    }


def main(workers: Workers) -> None:
    """Train nets of three depths, each with and without shortcuts."""
    settings = {
        "seeds": SEEDS,
        "steps": STEPS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "optimizer": "Adam, one-cycle",
        "curve_steps": CURVE_STEPS,
        "last_steps": LAST_STEPS,
        "data": "Fashion-MNIST, 14 by 14 pixels: 50,000 images to train with, 2,000 others for validation",
        "gradients": "norm for each 3 by 3 convolution, first to last, on 200 training images",
        "seconds": "processor time of one thread for one net",
    }
    rows = [
        {"layers": layers, "shortcuts": shortcuts, "seed": seed}
        for seed in SEEDS
        for layers in LAYERS
        for shortcuts in (False, True)
    ]
    sweep = Sweep(rows, run, "lessons/lesson4/depth", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)
