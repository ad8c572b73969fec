"""Activations, initializations and depth on Fashion-MNIST, over seeds. The page draws what it writes."""

import math
import time
from collections.abc import Callable
from typing import Any

import torch
from academy.learn.ensembles import Ensemble, accuracies, fresh_nets
from academy.learn.optimizers import Adam, Momentum, Optimizer
from academy.learn.sweeps import write_sweep
from academy.lessons.lesson2.clothes_runs import Clothes, clothes, train_on_clothes
from torch import nn
from torch.nn import functional as F

ACTIVATIONS = ["ReLU", "LeakyReLU", "ELU", "GELU", "Tanh", "Sigmoid"]
DEPTHS = [4, 10]
WIDTH = 64
SEEDS = [0, 1, 2]
STEPS = 1000
RATES = {"momentum": [0.003, 0.01, 0.03, 0.1, 0.3], "adam": [0.0003, 0.001, 0.003, 0.01]}
OPTIMIZERS: dict[str, type[Optimizer]] = {"momentum": Momentum, "adam": Adam}
PROBED_IMAGES = 1000
OFF = 0.05
"""A unit is off on an image where its activation's slope is below this share of the steepest one."""


def he(weight: torch.Tensor) -> None:
    """Initialize for activations of the ReLU family (He et al., 2015)."""
    nn.init.kaiming_normal_(weight, nonlinearity="relu")


def xavier(weight: torch.Tensor) -> None:
    """Initialize for activations that are near the identity at zero (Glorot and Bengio, 2010)."""
    nn.init.xavier_normal_(weight)


def xavier_times_four(weight: torch.Tensor) -> None:
    """Initialize for the sigmoid, whose slope at zero is a quarter (Glorot and Bengio, 2010)."""
    nn.init.xavier_normal_(weight, gain=4)


def starts_of(activation: str) -> dict[str, Callable[[torch.Tensor], None] | None]:
    """Name the initializations to try; None is PyTorch's default."""
    if activation == "Sigmoid":
        return {"default": None, "matched": xavier, "times four": xavier_times_four}
    return {"default": None, "matched": xavier if activation == "Tanh" else he}


def initialize(net: nn.Sequential, start: Callable[[torch.Tensor], None], seed: int) -> None:
    """Draw every weight anew and set every bias to zero."""
    torch.manual_seed(seed)
    for layer in net:
        if isinstance(layer, nn.Linear):
            start(layer.weight)
            nn.init.zeros_(layer.bias)


def build(activation: str, depth: int, start: str, seeds: list[int]) -> list[nn.Sequential]:
    """Build one net for each seed."""
    nets = fresh_nets([784] + [WIDTH] * depth + [10], getattr(nn, activation), seeds)
    chosen = starts_of(activation)[start]
    if chosen is not None:
        for net, seed in zip(nets, seeds):
            initialize(net, chosen, seed)
    return nets


def at_the_start(net: nn.Sequential, data: Clothes) -> tuple[list[float], list[float], float]:
    """Measure a net before training, on the first training images.

    Returns:
        The norm of the gradient of each layer's weights, the spread of each hidden layer's outputs over
        the images (the root of the mean variance of a unit), and the loss.
    """
    images, labels = data.images[:PROBED_IMAGES], data.labels[:PROBED_IMAGES]
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


def last_updates(ensemble: Ensemble, optimizer: Optimizer, data: Clothes, seeds: list[int]) -> torch.Tensor:
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


def averages(measured: list[list[float]], digits: int) -> list[float]:
    """Average over the nets, to so many significant digits."""
    means = torch.tensor(measured, dtype=torch.float64).mean(dim=0).tolist()
    return [float(f"{mean:.{digits}g}") for mean in means]


def run(
    optimizer_name: str,
    activation: str,
    depth: int,
    start: str,
    data: Clothes,
    rates: list[float],
    seeds: list[int],
) -> dict[str, Any]:
    """Train one kind of net at every rate from every seed, and measure it at its best rate."""
    begin = time.perf_counter()
    fresh = build(activation, depth, start, seeds)
    gradient_norms, spreads, first_losses = zip(*(at_the_start(net, data) for net in fresh))
    nets = [net for _ in rates for net in build(activation, depth, start, seeds)]  # rate by rate
    net_seeds = seeds * len(rates)
    ensemble = Ensemble(nets)
    optimizer = OPTIMIZERS[optimizer_name](
        ensemble.parameters.values(), torch.tensor(rates).repeat_interleave(len(seeds))
    )
    losses = train_on_clothes(ensemble, optimizer, data, net_seeds, STEPS)
    choice = accuracies(ensemble, data.choice_images, data.choice_labels).reshape(len(rates), -1)
    report = accuracies(ensemble, data.report_images, data.report_labels).reshape(len(rates), -1)
    ensemble.hand_back()
    best = int(choice.mean(dim=1).argmax())
    chosen = slice(best * len(seeds), (best + 1) * len(seeds))
    off_shares, dead_shares = zip(*(off_units(net, data.images[:PROBED_IMAGES]) for net in nets[chosen]))
    ratios = last_updates(ensemble, optimizer, data, net_seeds)[chosen]
    return {
        "optimizer": optimizer_name,
        "depth": depth,
        "activation": activation,
        "start": start,
        "choice_means": [round(mean, 4) for mean in choice.mean(dim=1).tolist()],
        "learning_rate": rates[best],
        "accuracy": [round(value, 4) for value in report[best].tolist()],
        "last_loss": float(f"{losses[-100:, chosen].mean():.3g}"),
        "first_loss": float(f"{math.fsum(first_losses) / len(seeds):.4g}"),
        "gradient_norms": averages(list(gradient_norms), 3),
        "output_spreads": averages(list(spreads), 3),
        "update_ratios": averages(ratios.tolist(), 3),
        "off_shares": averages(list(off_shares), 3),
        "dead_shares": averages(list(dead_shares), 3),
        "seconds": round(time.perf_counter() - begin, 1),
    }


def main() -> None:
    """Run everything and write the results."""
    begin = time.perf_counter()
    torch.set_num_threads(1)
    data = clothes()
    rows = []
    for optimizer_name, rates in RATES.items():
        for depth in DEPTHS:
            for activation in ACTIVATIONS:
                for start in starts_of(activation):
                    rows.append(run(optimizer_name, activation, depth, start, data, rates, SEEDS))
                    print(
                        optimizer_name,
                        depth,
                        activation,
                        start,
                        rows[-1]["choice_means"],
                        rows[-1]["seconds"],
                        flush=True,
                    )
    settings = {
        "seeds": SEEDS,
        "steps": STEPS,
        "batch_size": 100,
        "width": WIDTH,
        "rates": RATES,
        "data": "Fashion-MNIST: the first 10,000 training images; of the last 10,000, the first half chose "
        "the learning rate, the second half is reported",
        "off": OFF,
        "probed_images": PROBED_IMAGES,
    }
    write_sweep("lessons/lesson2/activations", settings, rows, time.perf_counter() - begin)


if __name__ == "__main__":
    main()
