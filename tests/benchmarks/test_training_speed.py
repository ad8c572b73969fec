"""What the page of benchmarks is drawn from, in short; reported and not asserted."""

import pytest
from benchmarks import training_speed


def test_our_loop_beside_a_bare_one(monkeypatch: pytest.MonkeyPatch) -> None:
    row = training_speed.overhead(hidden_units=100, batch_size=64, steps=100, rounds=5)
    print(f"\na step of our loop takes {row['ratio']:.3f} times as long as one of a bare loop")


def test_both_networks_begin_to_learn() -> None:
    data = training_speed.clothes()
    for name in training_speed.CONTESTANTS:
        row = training_speed.seconds_to_target(name, seed=0, data=data, target=0.5)
        print(f"\n{name}: {row['seconds']} s to 50 %, {row['parameters']} parameters")
