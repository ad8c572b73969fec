"""Which runs can be chosen: the most recent first, and always the one that ships."""

import shutil

import pytest
from academy.apps.faces.collection import SHIPPED, Collection
from academy.lessons.lesson5.runs import DamagedRun
from academy.lessons.lesson5.shipped import shipped_run


def test_the_most_recent_run_comes_first_and_the_one_that_ships_last(runs):
    collection = Collection(runs)
    assert collection.names == ["late", "early", SHIPPED]
    assert collection.first == "late"
    assert Collection(runs, "early").first == "early"
    assert Collection(runs, SHIPPED).first == SHIPPED


def test_without_a_folder_there_is_the_one_that_ships(tmp_path):
    collection = Collection(tmp_path / "nowhere")
    assert collection.names == [SHIPPED]
    assert collection.held(SHIPPED) is shipped_run()
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_or_damaged_run_that_is_asked_for_is_a_sentence(runs):
    with pytest.raises(ValueError, match="“nobody” cannot be used: there is no such folder"):
        Collection(runs, "nobody")
    (runs / "early" / "pca.safetensors").write_bytes(b"damaged")
    with pytest.raises(DamagedRun, match="“early” cannot be used"):
        Collection(runs, "early")


def test_damaged_runs_are_named_and_left_out(runs):
    (runs / "late" / "metadata.json").write_text("{}")
    collection = Collection(runs)
    assert collection.names == ["early", SHIPPED]
    assert ["“late”" in str(each) for each in collection.look()] == [True]


@pytest.mark.parametrize("name", ["../early", "", None, 3, ["late"], "nobody"])
def test_a_name_that_no_run_has_reads_nothing(runs, name):
    with pytest.raises(DamagedRun, match="is not there any more"):
        Collection(runs).read(name)


def test_a_run_that_has_gone_is_no_longer_offered(runs):
    collection = Collection(runs)
    shutil.rmtree(runs / "late")
    with pytest.raises(DamagedRun, match="no such folder"):
        collection.read("late")
    assert collection.names == ["early", SHIPPED]
