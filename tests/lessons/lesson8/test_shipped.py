"""The towers that come with the package: they are those that were recorded."""

import pytest
import torch
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson8.concepts import concept_split
from academy.lessons.lesson8.contrastive import names, similarities
from academy.lessons.lesson8.retrieval import recall
from academy.lessons.lesson8.shipped import clip, keep


def recorded(**wanted):
    (row,) = [row for row in read_sweep("lessons/lesson8/clip")["rows"] if wanted.items() <= row.items()]
    return row


@pytest.mark.slow
@pytest.mark.parametrize("style", ["fluent", "openmoji"])
def test_the_kept_towers_find_what_was_recorded(style):
    found = similarities(clip(), concept_split().test, style)
    row = recorded(texts="locked", seed=0, style=style)
    assert recall(found, 1) == pytest.approx(row["recall@1"], abs=0.006)
    assert recall(found, 10) == pytest.approx(row["recall@10"], abs=0.006)


@pytest.mark.slow
def test_the_locked_texts_are_minilms_less_their_mean():
    mean = names(concept_split().train).mean(dim=0)
    torch.testing.assert_close(clip().texts.mean, mean, atol=1e-3, rtol=1e-2)


def test_kept_towers_come_back(tmp_path):
    file = tmp_path / "clip.safetensors"
    keep(clip(), file)
    for name, tensor in clip(file).state_dict().items():
        torch.testing.assert_close(tensor, clip().state_dict()[name])
