"""Minutes that a reader with two cores waits for the three blocks: clock time on two threads."""

import time

import torch
from academy.learn.sweeps import read_sweep, write_sweep
from academy.lessons.lesson3.clothes_runs import BATCH_SIZE, accuracy, clothes, trained
from academy.lessons.lesson3.nets import CANDIDATES

NET = "flat_cnn"
THREADS = 2
SEEDS = [0, 1, 2]


def main() -> None:
    """Train as the comparison of the nets did, on all threads, and look at the clock."""
    torch.set_num_threads(THREADS)
    (as_compared,) = [row for row in read_sweep("lessons/lesson3/nets")["rows"] if row["net"] == NET]
    candidate, data, rows = CANDIDATES[NET], clothes(), []
    steps = as_compared["epochs"] * (len(data.train.labels) // BATCH_SIZE)
    for seed in SEEDS:
        begin = time.perf_counter()
        net = trained(candidate.build, data.train, seed, steps, as_compared["rate"]).net
        seconds = round(time.perf_counter() - begin, 1)
        rows.append({"seed": seed, "seconds": seconds, "validation": accuracy(net, data.validation)})
        print(rows[-1], flush=True)
    settings = {"net": NET, "threads": THREADS, "seeds": SEEDS, "steps": steps, "rate": as_compared["rate"]}
    write_sweep("lessons/lesson3/threads", settings, rows, sum(row["seconds"] for row in rows))


if __name__ == "__main__":
    main()
