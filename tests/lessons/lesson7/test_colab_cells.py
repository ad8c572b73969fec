"""The cells of Lesson 7 that need the hub, on tiny models of the same classes from a stand-in on loopback."""

import pytest
from chapter_cells import cells
from sites import ROOT
from stand_in_hub import tiny_models
from transformers import BertForMaskedLM, pipeline

pytestmark = pytest.mark.slow

CHAPTER = ROOT / "lessons/7-transformers/lesson7.md"


def test_three_pipelines_come_from_the_hub_and_answer(hub, capsys):
    (cell,) = (each for each in cells(CHAPTER) if "colab" in each.tags)
    names = {"pipeline": pipeline}
    exec(cell.source, names)
    said = capsys.readouterr().out.splitlines()
    assert names["feel_hub"]("Not bad at all!")[0]["label"] in ("NEGATIVE", "POSITIVE")
    assert isinstance(names["fill_hub"].model, BertForMaskedLM)
    assert len(names["fill_hub"]("A large [MASK] of water.")) == 5
    assert said[2].startswith("Once upon a time")
    for name in tiny_models():
        assert any(name in path for path in hub.asked)
