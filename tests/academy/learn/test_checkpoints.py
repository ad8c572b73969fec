"""A training killed in the middle ends in the same weights, bit by bit."""

import itertools
import os
import pickle
import random
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from academy.learn import checkpoints, states
from academy.learn.batches import shuffled_batches
from academy.learn.checkpoints import Checkpoint
from academy.learn.hooks import Evaluation, History, every, stepping
from academy.learn.seeds import seed_everything
from academy.learn.training import train
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F

STEPS, EVERY, KILLED_AT = 40, 6, 22
WAYS = {"between checkpoints": 18, "while writing": 18}
"""How a training is killed, and the step after which it goes on."""


def kill(*given):
    os.kill(os.getpid(), signal.SIGKILL)


def half_written(path, state):
    """Write the beginning of a checkpoint, and die."""
    states.save_state(path, state)
    Path(path).write_bytes(Path(path).read_bytes()[:500])
    kill()


def trained(path, hooks=()):
    """Train with every source of chance in the loss and in the order; resume where a file is."""
    seed_everything(1)
    images = torch.randn(50, 6)
    labels = images[:, :3].argmax(dim=1)
    model = nn.Sequential(nn.Linear(6, 12), nn.BatchNorm1d(12), nn.Dropout(0.3), nn.Linear(12, 3))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.02, total_steps=STEPS)
    batches = shuffled_batches(len(labels), 8)
    history = History()
    evaluation = Evaluation(model, lambda: {"loss": F.cross_entropy(model(images), labels).item()})

    def loss_of(chosen):
        noise = random.gauss(0, 0.1) + np.random.normal(0, 0.1)
        return F.cross_entropy(model(images[chosen] + noise), labels[chosen])

    checkpoint = Checkpoint(
        path,
        model=model,
        optimizer=optimizer,
        scheduler=scheduler,
        batches=batches,
        history=history,
        evaluation=evaluation,
    )
    start = checkpoint.resume()
    after_step = [stepping(scheduler), history, every(7, evaluation), *hooks, every(EVERY, checkpoint)]
    train(model, loss_of, optimizer, batches, STEPS, start=start, after_step=after_step)
    return start, model, history.losses, evaluation.rows


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """A folder with what trainings left that killed themselves, by the way they did."""
    folder = tmp_path_factory.mktemp("killed")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, __file__, str(folder)]
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == [str(signal.SIGKILL.value)] * len(WAYS), result.stderr
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(("how", "goes_on_after"), WAYS.items())
def test_killed_in_the_middle_it_ends_in_the_same_weights_bit_by_bit(how, goes_on_after, killed):
    whole, again = (load_file(killed / f"{name} to its end.safetensors") for name in ("whole", how))
    assert whole.pop("start") == 0
    assert again.pop("start") == goes_on_after
    assert whole.keys() == again.keys()
    for name, one in whole.items():
        assert torch.equal(one, again[name]), name


@pytest.fixture
def parts():
    return {"model": nn.Linear(2, 1)}


def test_without_a_file_nothing_changes(parts, tmp_path):
    before = torch.get_rng_state()
    assert Checkpoint(tmp_path / "none.safetensors", **parts).resume() == 0
    assert torch.equal(torch.get_rng_state(), before)


class Harmful:
    """Writes a file when it is unpickled."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return Path.touch, (self.path,)


def test_a_file_that_would_run_code_is_refused_and_runs_nothing(parts, tmp_path):
    path, trace = tmp_path / "evil.safetensors", tmp_path / "trace"
    harmful = Harmful(trace)
    for write in (lambda: path.write_bytes(pickle.dumps(harmful, 2)), lambda: torch.save(harmful, path)):
        write()
        with pytest.raises(ValueError, match=r"evil.safetensors is no checkpoint"):
            Checkpoint(path, **parts).resume()
        assert not trace.exists()


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + bytes(100)])
def test_another_file_is_refused(content, parts, tmp_path):
    path = tmp_path / "other.safetensors"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"other.safetensors is no checkpoint.*delete this one"):
        Checkpoint(path, **parts).resume()
    assert path.read_bytes() == content


@pytest.mark.parametrize("write", [torch.save, save_file], ids=["pickle", "safetensors"])
def test_weights_alone_are_no_checkpoint(write, parts, tmp_path):
    write(parts["model"].state_dict(), tmp_path / "weights")
    with pytest.raises(ValueError, match="no checkpoint"):
        Checkpoint(tmp_path / "weights", **parts).resume()


def test_the_checkpoint_of_another_training_is_refused_by_its_parts(parts, tmp_path):
    Checkpoint(tmp_path / "a.safetensors", encoder=nn.Linear(2, 1)).save(3)
    with pytest.raises(ValueError, match=r"checkpoint of encoder; this training has model"):
        Checkpoint(tmp_path / "a.safetensors", **parts).resume()


def test_a_failed_write_leaves_the_last_checkpoint(parts, tmp_path, monkeypatch):
    checkpoint = Checkpoint(tmp_path / "a.safetensors", **parts)
    checkpoint.save(3)
    monkeypatch.setattr(parts["model"], "state_dict", lambda: {"weight": (item for item in "ab")})
    with pytest.raises(TypeError):
        checkpoint.save(4)
    assert checkpoint.read()["step"] == 3
    assert [file.name for file in tmp_path.iterdir()] == ["a.safetensors"]


def train_to_the_end(folder, name):
    """Train, from a checkpoint where there is one, and write all that comes of it."""
    start, model, losses, rows = trained(folder / f"{name}.safetensors")
    seen = torch.tensor([list(row.values()) for row in rows], dtype=torch.float64)
    told = {"start": torch.tensor(start), "losses": losses, "evaluations": seen} | model.state_dict()
    save_file(told, folder / f"{name} to its end.safetensors")


def train_and_die(path, how):
    """Train until it kills itself."""
    if how == "while writing":
        writes = itertools.count(1)
        checkpoints.save_state = lambda *given: (
            half_written(*given) if next(writes) == 4 else states.save_state(*given)
        )
        trained(path)
    trained(path, [lambda step, loss: kill() if step == KILLED_AT else None])


def in_a_fork(run, *given):
    """Run where PyTorch need not be imported again, and tell what signal ended it."""
    child = os.fork()
    if not child:
        run(*given)
        os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    torch.optim.SGD([torch.zeros(1)])  # the first optimizer imports much
    folder = Path(sys.argv[1])
    # All in processes that did nothing else: in one of many tests, sums may be rounded otherwise.
    for how in WAYS:
        print(in_a_fork(train_and_die, folder / f"{how}.safetensors", how), flush=True)
    for name in ("whole", *WAYS):
        in_a_fork(train_to_the_end, folder, name)
