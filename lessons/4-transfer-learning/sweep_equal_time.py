"""Accuracy of six nets against their multiply-adds, each trained for the same time on this machine.

A warm run of one thread says how long a step of each net takes: steps of all nets take turns, and the
fastest of each counts, since what else the machine does can only make a step slower. From that follows how
many steps fit into the time.
"""

import time

import torch
from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson4.clothes_runs import BATCH_SIZE, Standardize, clothes, first, measured, trained
from academy.lessons.lesson4.counting import multiply_adds, parameters
from academy.lessons.lesson4.small_nets import SMALL_NETS
from torch import nn
from torch.nn import functional as F

SEEDS = [0, 1, 2, 3, 4]
SECONDS = 6.0
VALIDATION_PICTURES = 5_000
RATES = [0.003, 0.01]
TRIAL = 1 / 4
"""Share of the steps that a trial takes."""
ROUNDS = 30


class Step:
    """One net, ready to be timed."""

    def __init__(self, net: nn.Module) -> None:
        self.net = nn.Sequential(Standardize(), net).to(memory_format=torch.channels_last)
        self.optimizer = torch.optim.Adam(self.net.parameters())
        self.images = clothes().train.images[:BATCH_SIZE]
        self.labels = clothes().train.labels[:BATCH_SIZE]

    def seconds(self) -> float:
        """Take a step; give the processor time it took."""
        begin = time.process_time()
        self.optimizer.zero_grad()
        F.cross_entropy(self.net(self.images), self.labels).backward()
        self.optimizer.step()
        return time.process_time() - begin


def times() -> Row:
    """Find the seconds that a step of each net takes."""
    steps = {name: Step(build()) for name, build in SMALL_NETS.items()}
    rounds = [{name: step.seconds() for name, step in steps.items()} for _ in range(ROUNDS)]
    return {name: round(min(seconds[name] for seconds in rounds), 5) for name in steps}


def run(net: str, steps: int, rate: float, seed: int, trial: bool) -> Row:
    """Train one net and measure it.

    Args:
        net: One of the small nets.
        steps: Number of steps.
        rate: Highest learning rate.
        seed: Where it begins.
        trial: Whether to measure it on validation images, to choose a rate by, rather than the test images.
    """
    done = trained(SMALL_NETS[net], clothes().train, seed, steps, rate)
    seconds = round(done.seconds, 1)
    if trial:
        held_out = first(clothes().validation, VALIDATION_PICTURES)
        return {"validation": measured(done.net, held_out)[1], "seconds": seconds}
    return {"test": measured(done.net, clothes().test)[1], "seconds": seconds}


def merged(net: str, step_seconds: float, trials: list[Row], results: list[Row]) -> Row:
    """Make one row of what a net costs, its trials, and the results of its seeds."""
    model = SMALL_NETS[net]()
    return {
        "net": net,
        "parameters": parameters(model),
        "multiply_adds": multiply_adds(model, torch.rand(1, 1, 28, 28)),
        "step_seconds": step_seconds,
        "steps": results[0]["steps"],
        "rate": results[0]["rate"],
        "trials": [[trial["rate"], trial["validation"]] for trial in trials],
        **{name: [own[name] for own in results] for name in ("test", "seconds")},
    }


def main(workers: Workers) -> None:
    """Time a step of each net, choose its learning rate by short trials, then train it for the same time."""
    settings = {
        "seeds": SEEDS,
        "seconds_of_training": SECONDS,
        "batch_size": BATCH_SIZE,
        "optimizer": "Adam, one-cycle",
        "rates": RATES,
        "trial": "a quarter of the steps, seed 0",
        "data": "Fashion-MNIST: 50,000 images to train with, 5,000 for validation, the 10,000 test images",
        "step_seconds": "processor time of one thread for a batch, the fastest of 30",
        "seconds": "processor time of one thread for one net, on a machine that did other things, too",
    }
    name = "lessons/lesson4/equal_time"
    (seconds,) = Sweep([{}], times, name, settings).results(workers)

    def row_of(net: str, share: float, rate: float, seed: int) -> Row:
        steps = round(share * SECONDS / seconds[net])
        return {"net": net, "steps": steps, "rate": rate, "seed": seed, "trial": share < 1}

    def results(rows: list[Row]) -> dict[str, list[Row]]:
        found = Sweep(rows, run, name, settings).results(workers)
        return {
            net: [row | result for row, result in zip(rows, found) if row["net"] == net] for net in SMALL_NETS
        }

    trials = results([row_of(net, TRIAL, rate, 0) for net in SMALL_NETS for rate in RATES])
    best = {net: max(own, key=lambda trial: trial["validation"])["rate"] for net, own in trials.items()}
    final = results([row_of(net, 1, best[net], seed) for seed in SEEDS for net in SMALL_NETS])
    table = [merged(net, seconds[net], trials[net], final[net]) for net in SMALL_NETS]
    Sweep([], run, name, settings).write(table)


if __name__ == "__main__":
    command(main)
