"""The run that ships: a run like any other, small, with figures that come out again."""

from functools import partial

import pytest
from academy.lessons.lesson5.comparison import images_of
from academy.lessons.lesson5.faces import face_split, pixels
from academy.lessons.lesson5.knobs import TURN, effect_of
from academy.lessons.lesson5.shipped import FILES, shipped_run
from academy.lessons.lesson5.weights import lesson_vae
from skimage.metrics import peak_signal_noise_ratio


def test_it_is_small():
    assert sum(file.stat().st_size for file in FILES) < 2.5 * 2**20


def test_it_gives_faces_back_as_well_as_it_says_and_better_than_the_lessons():
    run, kept = shipped_run(), pixels(face_split().validation.images[:40])
    ours, theirs = (
        sum(
            peak_signal_noise_ratio(face, made, data_range=1)
            for face, made in zip(kept.numpy(), images_of(network, network.encode(kept)).numpy())
        )
        / len(kept)
        for network in (run.network, lesson_vae())
    )
    assert ours == pytest.approx(run.metadata.figures.psnr, abs=0.5)  # of 40 faces and of 500
    assert ours > theirs + 6


@pytest.mark.slow
def test_its_components_move_what_was_recorded():
    run, kept = shipped_run(), face_split().validation.images[:60]
    codes = run.network.encode(pixels(kept))
    for place, knob in enumerate(run.metadata.knobs[:5]):
        step = TURN * run.pca.variances[place].sqrt() * run.pca.components[place]
        effect = effect_of(partial(images_of, run.network), codes, step)
        assert effect.most == knob.most
        assert effect.changes[effect.changes.abs().argmax()] == pytest.approx(knob.change, abs=0.15)
