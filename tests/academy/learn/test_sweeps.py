import sys
from dataclasses import replace

import pytest
import torch
from academy.learn import sweeps
from academy.learn.sweeps import Sweep, Workers, read_sweep, write_sweep


@pytest.fixture
def results(tmp_path, monkeypatch):
    monkeypatch.setattr(sweeps, "PACKAGE", tmp_path)
    return tmp_path


def test_what_was_written_is_read_with_versions_and_machine(results):
    path = write_sweep("some", {"seeds": [0, 1]}, [{"width": 2, "accuracy": [0.5, 0.75]}], seconds=3.2)
    found = read_sweep("some")
    assert found["rows"] == [{"width": 2, "accuracy": [0.5, 0.75]}]
    assert found["settings"] == {"seeds": [0, 1]}
    assert "torch" in found["versions"]
    assert "cores" in found["machine"]
    assert str(results) not in path.read_text()


def test_a_failed_write_leaves_the_old_results(results):
    write_sweep("some", {}, [{"width": 2}], seconds=1)
    with pytest.raises(TypeError):
        write_sweep("some", {}, [{"width": object()}], seconds=1)
    assert read_sweep("some")["rows"] == [{"width": 2}]


def test_an_unknown_sweep_names_the_known_ones(results):
    write_sweep("known", {}, [], seconds=1)
    with pytest.raises(FileNotFoundError, match=r"'unknown'.*'known'"):
        read_sweep("unknown")


def measure(number, trace):
    """Say which process ran this and on how many threads, and leave a trace in a folder."""
    import os
    from pathlib import Path

    import torch

    place = Path(trace)
    with (place / f"{number}.txt").open("a") as file:
        file.write("run\n")
    if number == 2 and (place / "broken").exists():
        raise OverflowError("too much")
    chance = torch.randn(300, 300, generator=torch.Generator().manual_seed(number))
    sums = (chance @ chance).sum().item()
    return {"number": number, "sum": sums, "threads": torch.get_num_threads(), "process": os.getpid()}


measure.__module__ = "__main__"  # as in a script: workers get the function itself


@pytest.fixture
def sweep(results):
    rows = [{"number": number, "trace": str(results)} for number in (3, 1, 2, 0)]
    return Sweep(rows, measure, "lesson/varied", {"seeds": [0]})


def times_run(place):
    return {file.stem: len(file.read_text().split()) for file in place.glob("*.txt")}


def numbers(rows):
    return [(row["number"], row["sum"]) for row in rows]


@pytest.mark.slow
def test_workers_give_the_numbers_of_one_in_the_order_of_the_rows(sweep):
    threads = torch.get_num_threads()
    alone = sweep.results()
    assert [row["number"] for row in alone] == [3, 1, 2, 0]
    assert torch.get_num_threads() == threads
    sweep.partial.unlink()
    beside = sweep.results(Workers(2))
    assert numbers(beside) == numbers(alone)
    assert {row["threads"] for row in alone + beside} == {1}
    assert not {row["process"] for row in beside} & {row["process"] for row in alone}


def test_interrupted_it_goes_on_and_runs_no_row_again(sweep, results):
    (results / "broken").touch()
    with pytest.raises(OverflowError) as caught:
        sweep.results()
    assert '"number": 2' in caught.value.__notes__[0]
    (results / "broken").unlink()
    rows = sweep.results()
    assert times_run(results) == {"3": 1, "1": 1, "2": 2, "0": 1}
    path = sweep.write(rows, chosen=3)
    assert read_sweep("lesson/varied")["rows"] == rows
    assert read_sweep("lesson/varied")["settings"] == {"seeds": [0], "chosen": 3}
    assert [file.name for file in path.parent.iterdir()] == ["varied.json"]


def test_more_rows_run_alone_and_other_settings_start_anew(sweep, results):
    replace(sweep, rows=sweep.rows[:2]).results()
    sweep.results()
    assert set(times_run(results).values()) == {1}
    replace(sweep, settings={"seeds": [1]}).results()
    assert set(times_run(results).values()) == {2}


def test_old_results_stay_until_all_rows_are_done(sweep, results):
    write_sweep("lesson/varied", {}, [{"number": 9}], seconds=1)
    replace(sweep, rows=sweep.rows[:2]).results()
    assert read_sweep("lesson/varied")["rows"] == [{"number": 9}]


@pytest.mark.slow
def test_a_dask_cluster_gives_the_same_numbers(sweep):
    distributed = pytest.importorskip("distributed")
    alone = sweep.results()
    sweep.partial.unlink()
    settings = {"n_workers": 2, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    with distributed.LocalCluster(silence_logs="ERROR", **settings) as cluster:
        far = sweep.results(Workers(dask=cluster.scheduler_address))
    assert numbers(far) == numbers(alone)
    assert not {row["process"] for row in far} & {row["process"] for row in alone}


def test_a_cluster_without_dask_is_refused_with_what_to_install(sweep, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ImportError, match="pip install dask distributed"):
        sweep.results(Workers(dask="tcp://127.0.0.1:1"))
