"""The sweeps on memory, order, heads, dates and lengths: what is quick comes out again, the rest in short."""

import importlib

import pytest
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson7 import copying, ordering, translating
from academy.lessons.lesson7.dates import FORMS, by_rule, held_out
from sites import ROOT

LESSON = ROOT / "lessons" / "7-transformers"

pytestmark = pytest.mark.slow


@pytest.fixture
def script(monkeypatch):
    """Import a script that lies beside the lesson."""
    monkeypatch.syspath_prepend(LESSON)
    return importlib.import_module


def recorded(name, **wanted):
    rows = read_sweep(f"lessons/lesson7/{name}")["rows"]
    (row,) = [row for row in rows if wanted.items() <= row.items()]
    return row


def test_both_letters_of_two_heads_come_out_again(script):
    sweep = script("sweep_heads")
    assert sweep.run(heads=2, seed=1)["all_right"] == pytest.approx(
        recorded("heads", heads=2, seed=1)["all_right"], abs=0.03
    )


@pytest.mark.parametrize("positions", ["none", "learned"])
def test_a_third_of_the_training_answers_as_well_at_its_own_length(script, positions):
    sweep = script("sweep_positions")
    expected = recorded("positions", positions=positions, seed=0)["answered"][0]
    assert sweep.run(positions, seed=0, steps=sweep.STEPS // 3)["answered"][0] == pytest.approx(
        expected, abs=0.05
    )


@pytest.mark.parametrize("kind", copying.NETS)
def test_memory_is_measured_at_every_length(script, kind):
    sweep = script("sweep_copying")
    found = sweep.run(kind, "any", seed=0, steps=20)["remembered"]
    assert len(found) == len(read_sweep("lessons/lesson7/copying")["settings"]["lengths"])
    assert all(0 <= share <= 1 for share in found)


def test_memory_that_attention_keeps_comes_out_again(script):
    sweep = script("sweep_lengths")
    for kind in sweep.KINDS:
        for length in (128, 512):
            expected = recorded("lengths", kind=kind, length=length)["bytes"]
            assert sweep.run(kind, length, repeats=1)["bytes"] == expected


def test_fused_attention_is_ours(script):
    sweep = script("sweep_lengths")
    torch = sweep.torch
    torch.manual_seed(0)
    fused = sweep.Fused(sweep.WIDTH, sweep.HEADS).double()
    inputs = torch.randn(2, 9, sweep.WIDTH, dtype=torch.float64)
    torch.testing.assert_close(fused(inputs, inputs)[0], super(sweep.Fused, fused).forward(inputs, inputs)[0])


def test_the_rule_beside_the_dates_is_the_pages(script):
    sweep = script("sweep_dates")
    rule = sweep.scores([by_rule(day.text) for day in held_out()])
    assert rule == read_sweep("lessons/lesson7/dates")["settings"]["rule"]
    assert set(rule["forms"]) == set(FORMS)
    assert all(set(row["forms"]) == set(FORMS) for row in read_sweep("lessons/lesson7/dates")["rows"])


def test_the_recorded_dates_are_of_the_pages_recipe():
    settings = read_sweep("lessons/lesson7/dates")["settings"]
    assert settings["recipe"] | {"seed": 0} == vars(translating.Recipe())


def test_the_longest_rows_are_longer_than_any_trained_on():
    settings = read_sweep("lessons/lesson7/positions")["settings"]
    assert settings["trained_length"] == ordering.TRAINED_LENGTH < settings["lengths"][-1]
