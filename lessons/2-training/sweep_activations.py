"""Activations, initializations and depth on Fashion-MNIST, over seeds. The page draws what it writes."""

import math
import time
from collections.abc import Sequence
from itertools import product
from typing import Any

import torch
from academy.data.images import Labeled, Splits
from academy.learn.ensembles import Ensemble, accuracies
from academy.learn.optimizers import Adam, Momentum, Optimizer
from academy.learn.sweeps import Sweep, Workers, command
from academy.lessons.lesson2.clothes_runs import BATCH_SIZE, clothes, train_on_clothes
from academy.lessons.lesson2.initializations import WIDTH, build, starts_of
from torch import nn
from torch.nn import functional as F

ACTIVATIONS = ["ReLU", "LeakyReLU", "ELU", "GELU", "Tanh", "Sigmoid"]
DEPTHS = [4, 10]
SEEDS = list(range(10))
STEPS = 1000
RATES = {"momentum": [0.003, 0.01, 0.03, 0.1, 0.3], "adam": [0.0003, 0.001, 0.003, 0.01]}
OPTIMIZERS: dict[str, type[Optimizer]] = {"momentum": Momentum, "adam": Adam}
PROBED_IMAGES = 1000
OFF = 0.05
"""A unit is off on an image where its activation's slope is below this share of the steepest one."""


def at_the_start(net: nn.Sequential, probed: Labeled) -> tuple[list[float], list[float], float]:
    """Measure a net before training.

    Returns:
        The norm of the gradient of each layer's weights, the spread of each hidden layer's outputs over
        the images (the root of the mean variance of a unit), and the loss.
    """
    images, labels = probed
    loss = F.cross_entropy(net(images), labels)
    layers = [layer for layer in net if isinstance(layer, nn.Linear)]
    gradients = torch.autograd.grad(loss, [layer.weight for layer in layers])
    spreads, outputs = [], images
    with torch.no_grad():
        for linear, activation in zip(net[0:-1:2], net[1:-1:2]):
            outputs = activation(linear(outputs))
            spreads.append(outputs.var(dim=0).mean().sqrt().item())
    return [gradient.norm().item() for gradient in gradients], spreads, loss.item()


def slopes(activation: nn.Module, inputs: torch.Tensor) -> torch.Tensor:
    """Differentiate an activation at every input."""
    inputs = inputs.detach().requires_grad_()
    (slope,) = torch.autograd.grad(activation(inputs).sum(), inputs)
    return slope.abs()


def off_units(net: nn.Sequential, images: torch.Tensor) -> tuple[list[float], list[float]]:
    """Find out how much of a trained net passes no gradient on.

    Returns:
        For each hidden layer the share of units and images where the unit is off, and the share of units
        that are off on every image.
    """
    off_shares, dead_shares, outputs = [], [], images
    for linear, activation in zip(net[0:-1:2], net[1:-1:2]):
        inputs = linear(outputs)
        steepest = slopes(activation, torch.linspace(-8, 8, 1601)).max()
        off = slopes(activation, inputs) < OFF * steepest  # (images, units)
        off_shares.append(off.double().mean().item())
        dead_shares.append(off.all(dim=0).double().mean().item())
        outputs = activation(inputs)
    return off_shares, dead_shares


def last_updates(ensemble: Ensemble, optimizer: Optimizer, data: Splits, seeds: list[int]) -> torch.Tensor:
    """Take one more step and compare it with the weights: shape (nets, layers)."""
    names = [name for name in ensemble.parameters if name.endswith("weight")]
    before = {name: ensemble.parameters[name].detach().clone() for name in names}
    train_on_clothes(ensemble, optimizer, data, seeds, steps=1)
    return torch.stack(
        [
            (ensemble.parameters[name].detach() - before[name]).flatten(1).norm(dim=1)
            / before[name].flatten(1).norm(dim=1)
            for name in names
        ],
        dim=1,
    )


def averages(measured: list[list[float]], digits: int) -> list[float | None]:
    """Average over the nets, to so many significant digits; None where one of them has left the numbers."""
    means = torch.tensor(measured, dtype=torch.float64).mean(dim=0).tolist()
    return [float(f"{mean:.{digits}g}") if math.isfinite(mean) else None for mean in means]


def run(
    optimizer: str,
    activation: str,
    depth: int,
    start: str,
    rates: Sequence[float] | None = None,
    seeds: Sequence[int] = SEEDS,
) -> dict[str, Any]:
    """Train one kind of net at every rate from every seed, and measure it at its best rate."""
    begin = time.perf_counter()
    data, rates, seeds = clothes(), list(rates or RATES[optimizer]), list(seeds)
    probed = Labeled(*(part[:PROBED_IMAGES] for part in data.train))
    fresh = build(activation, depth, start, seeds)
    gradient_norms, spreads, first_losses = zip(*(at_the_start(net, probed) for net in fresh))
    nets = [net for _ in rates for net in build(activation, depth, start, seeds)]  # rate by rate
    net_seeds = seeds * len(rates)
    ensemble = Ensemble(nets)
    chosen_optimizer = OPTIMIZERS[optimizer](
        ensemble.parameters.values(), torch.tensor(rates).repeat_interleave(len(seeds))
    )
    losses = train_on_clothes(ensemble, chosen_optimizer, data, net_seeds, STEPS)
    validation = accuracies(ensemble, *data.validation).reshape(len(rates), -1)
    test = accuracies(ensemble, *data.test).reshape(len(rates), -1)
    ensemble.hand_back()
    best = int(validation.mean(dim=1).argmax())
    chosen = slice(best * len(seeds), (best + 1) * len(seeds))
    off_shares, dead_shares = zip(*(off_units(net, probed.images) for net in nets[chosen]))
    ratios = last_updates(ensemble, chosen_optimizer, data, net_seeds)[chosen]
    return {
        "optimizer": optimizer,
        "depth": depth,
        "activation": activation,
        "start": start,
        "choice_means": [round(mean, 4) for mean in validation.mean(dim=1).tolist()],
        "learning_rate": rates[best],
        "accuracy": [round(value, 4) for value in test[best].tolist()],
        "last_loss": averages(losses[-100:, chosen].reshape(-1, 1).tolist(), 3)[0],
        "first_loss": float(f"{math.fsum(first_losses) / len(seeds):.4g}"),
        "gradient_norms": averages(list(gradient_norms), 3),
        "output_spreads": averages(list(spreads), 3),
        "update_ratios": averages(ratios.tolist(), 3),
        "off_shares": averages(list(off_shares), 3),
        "dead_shares": averages(list(dead_shares), 3),
        "seconds": round(time.perf_counter() - begin, 1),
    }


def main(workers: Workers) -> None:
    """Train with each activation, initialization, depth and optimizer on Fashion-MNIST, over seeds."""
    rows = [
        {"optimizer": optimizer, "activation": activation, "depth": depth, "start": start}
        for optimizer, depth, activation in product(RATES, DEPTHS, ACTIVATIONS)
        for start in starts_of(activation)
    ]
    settings = {
        "seeds": SEEDS,
        "steps": STEPS,
        "batch_size": BATCH_SIZE,
        "width": WIDTH,
        "rates": RATES,
        "data": "Fashion-MNIST: the first 10,000 training images; of the last 10,000, the first half chose "
        "the learning rate, the second half is reported",
        "off": OFF,
        "probed_images": PROBED_IMAGES,
    }
    sweep = Sweep(rows, run, "lessons/lesson2/activations", settings)
    sweep.write(sweep.results(workers))


if __name__ == "__main__":
    command(main)
