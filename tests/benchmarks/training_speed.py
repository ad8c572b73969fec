"""Speed of training, measured side by side; run as a script it renews what the page of benchmarks draws.

Times are the processor's, of one thread: other work on the machine hardly changes them.
"""

import time
from collections.abc import Callable
from typing import Any

import torch
from academy.data.images import Splits, fashion_mnist
from academy.learn.batches import shuffled_batches
from academy.learn.classification import evaluate, train_classifier
from academy.learn.hooks import stepping
from academy.learn.seeds import seed_everything
from academy.learn.sweeps import write_sweep
from academy.nets.mlp import mlp
from torch import nn
from torch.nn import functional as F

TARGET = 0.91
VALIDATION_IMAGES = 5000
CHECK_EVERY = 100
SEEDS = [0]
ROUNDS = 11


def clothes() -> Splits:
    """Load the data both contestants use: the last 5,000 training images are kept for validation."""
    return fashion_mnist().split(validation=VALIDATION_IMAGES).standardized()


def bare_loop(
    net: nn.Module, images: torch.Tensor, labels: torch.Tensor, steps: int, batch_size: int
) -> None:
    """Train with nothing but the lines that training needs."""
    optimizer = torch.optim.Adam(net.parameters(), lr=0.001)
    order, used = torch.randperm(len(labels)), 0
    for _ in range(steps):
        if used + batch_size > len(labels):
            order, used = torch.randperm(len(labels)), 0
        batch = order[used : used + batch_size]
        used += batch_size
        loss = F.cross_entropy(net(images[batch]), labels[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def our_loop(net: nn.Module, images: torch.Tensor, labels: torch.Tensor, steps: int, batch_size: int) -> None:
    """Train with the package's loop."""
    optimizer = torch.optim.Adam(net.parameters(), lr=0.001)
    batches = shuffled_batches(len(labels), batch_size)
    train_classifier(net, optimizer, images, labels, steps, batches=batches)


def processor_seconds(work: Callable[[], object]) -> float:
    """Time one piece of work."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def overhead(hidden_units: int, batch_size: int, steps: int, rounds: int = ROUNDS) -> dict[str, Any]:
    """Time both loops by turns and compare their fastest rounds."""
    images = torch.randn(10_000, 784)
    labels = torch.randint(10, (10_000,))
    taken: dict[str, list[float]] = {"bare": [], "ours": []}
    for _ in range(rounds):
        for name, loop in (("bare", bare_loop), ("ours", our_loop)):
            net = mlp([784, hidden_units, 10])
            taken[name].append(processor_seconds(lambda: loop(net, images, labels, steps, batch_size)))  # noqa: B023
    bare, ours = min(taken["bare"]), min(taken["ours"])
    return {
        "hidden_units": hidden_units,
        "batch_size": batch_size,
        "bare_milliseconds_a_step": round(1e3 * bare / steps, 3),
        "our_milliseconds_a_step": round(1e3 * ours / steps, 3),
        "ratio": round(ours / bare, 4),
    }


def example_net() -> nn.Sequential:
    """Build the network of PyTorch's MNIST example: two convolutions, dropout, two linear layers."""
    return nn.Sequential(
        nn.Conv2d(1, 32, 3),
        nn.ReLU(),
        nn.Conv2d(32, 64, 3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Dropout(0.25),
        nn.Flatten(),
        nn.Linear(9216, 128),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Linear(128, 10),
    )


def small_net() -> nn.Sequential:
    """Build ours: pooling after each convolution, so that the second sees a quarter of the pixels."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(1568, 128),
        nn.ReLU(),
        nn.Linear(128, 10),
    )


Settings = tuple[nn.Sequential, torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler, int]


def example(count: int) -> Settings:
    """Take the example's settings: Adadelta at 1.0, times 0.7 after each epoch, batches of 64."""
    net = example_net()
    optimizer = torch.optim.Adadelta(net.parameters(), lr=1.0)
    return net, optimizer, torch.optim.lr_scheduler.StepLR(optimizer, count // 64, gamma=0.7), 64


def ours(count: int) -> Settings:
    """Take our settings: Adam, one cycle of four epochs that peaks at 0.004, batches of 100."""
    net = small_net()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.004)
    steps = 4 * (count // 100)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.004, total_steps=steps, cycle_momentum=False)
    return net, optimizer, scheduler, 100


CONTESTANTS = {"PyTorch's MNIST example": (example, 14), "a small network, one cycle": (ours, 4)}
"""Settings and the number of epochs after which a run gives up."""


def seconds_to_target(name: str, seed: int, data: Splits, target: float = TARGET) -> dict[str, Any]:
    """Train until the validation accuracy reaches the target; then look at the test images once."""
    settings, epochs = CONTESTANTS[name]
    count = len(data.train.labels)
    seed_everything(seed)
    net, optimizer, scheduler, batch_size = settings(count)
    batches, hooks = shuffled_batches(count, batch_size), [stepping(scheduler)]
    limit = epochs * (count // batch_size)
    steps, seconds, accuracy = 0, 0.0, 0.0
    while accuracy < target and steps < limit:
        piece = min(CHECK_EVERY, limit - steps)
        begin = time.process_time()
        train_classifier(net, optimizer, *data.train, piece, batches=batches, after_step=hooks)
        seconds += time.process_time() - begin
        steps += piece
        accuracy = evaluate(net, *data.validation)[1]
    return {
        "contestant": name,
        "seed": seed,
        "parameters": sum(parameter.numel() for parameter in net.parameters()),
        "batch_size": batch_size,
        "steps": steps,
        "epochs": round(steps * batch_size / count, 2),
        "seconds": round(seconds, 1),
        "validation_accuracy": round(accuracy, 4),
        "test_accuracy": round(evaluate(net, *data.test)[1], 4),
        "reached": accuracy >= target,
    }


def main() -> None:
    """Measure everything and write both results."""
    torch.set_num_threads(1)
    begin = time.perf_counter()
    rows = [overhead(units, size, 200) for units, size in ((100, 64), (500, 100))]
    print(*rows, sep="\n", flush=True)
    shared = {"seconds": "processor time of one thread"}
    write_sweep("benchmarks/loop", shared | {"rounds": ROUNDS}, rows, time.perf_counter() - begin)

    begin = time.perf_counter()
    data = clothes()
    rows = []
    for seed in SEEDS:
        for name in CONTESTANTS:
            rows.append(seconds_to_target(name, seed, data))
            print(rows[-1], flush=True)
    settings = {
        "seeds": SEEDS,
        "target": TARGET,
        "check_every": CHECK_EVERY,
        "data": "Fashion-MNIST: 55,000 training images, 5,000 of the official ones for validation, "
        "the 10,000 official test images",
    }
    write_sweep("benchmarks/fashion", settings | shared, rows, time.perf_counter() - begin)


if __name__ == "__main__":
    main()
