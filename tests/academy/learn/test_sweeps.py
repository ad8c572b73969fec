import pytest
from academy.learn import sweeps
from academy.learn.sweeps import read_sweep, write_sweep


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
