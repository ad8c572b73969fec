"""The run that ships: the lesson's own network, with the figures that were recorded of it."""

from functools import partial

import pytest
import torch
from academy.lessons.lesson5.comparison import images_of
from academy.lessons.lesson5.faces import face_split
from academy.lessons.lesson5.knobs import TURN, effect_of
from academy.lessons.lesson5.metadata import read_metadata
from academy.lessons.lesson5.runs import read_run, write_run
from academy.lessons.lesson5.shipped import FILES, shipped_run
from academy.lessons.lesson5.weights import lesson_vae


def test_it_is_a_run_like_any_other(tmp_path, run_pictures):
    run = shipped_run()
    assert read_metadata(run.metadata.as_json().encode()) == run.metadata
    again = read_run(write_run(tmp_path, "lesson", run, run_pictures))
    code = torch.zeros(1, 64)
    with torch.no_grad():
        torch.testing.assert_close(again.network.decoder(code), lesson_vae().decoder(code))
    assert again.history.shape == (16, 2)


def test_its_files_are_all_that_it_needs_and_small():
    assert all(file.is_file() for file in FILES)
    assert sum(file.stat().st_size for file in FILES) < 2 * 2**20


@pytest.mark.slow
def test_its_components_move_what_was_recorded():
    run, kept = shipped_run(), face_split().validation.images[:60]
    with torch.no_grad():
        codes = run.network.encode(kept.float() / 255)
    for place, knob in enumerate(run.metadata.knobs[:5]):
        step = TURN * run.pca.variances[place].sqrt() * run.pca.components[place]
        effect = effect_of(partial(images_of, run.network), codes, step)
        assert effect.most == knob.most
        assert effect.changes[effect.changes.abs().argmax()] == pytest.approx(knob.change, abs=0.15)
