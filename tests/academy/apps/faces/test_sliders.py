"""What sliders are called, and which way they go."""

import dataclasses

import pytest
import torch
from academy.apps.faces.sliders import direction, how_named, sliders_of
from academy.lessons.lesson5.metadata import Knob
from academy.lessons.lesson5.shipped import shipped_run
from face_runs import small_run


def labels(*knobs):
    return [each.label for each in sliders_of(small_run(knobs=knobs))]


def test_what_moves_far_names_a_slider_and_nothing_else():
    beard = Knob("beard", 0.8, 0.5, clear=True)
    barely = Knob("smile", 0.24, 0.4, clear=True)  # as of the lesson's own network, whose judge cannot tell
    unclear = Knob("hat", 0.9, 0.5, clear=False)
    assert labels(beard, barely, unclear) == ["Beard", "Component 2", "Hat and more"]
    assert labels() == ["Component 1", "Component 2", "Component 3"]


def test_two_sliders_of_one_attribute_are_told_apart():
    knob = Knob("smile", 0.8, 0.5, clear=True)
    assert labels(knob, Knob("hat", 0.7, 0.5, clear=True), knob) == [
        "Smile (component 1)",
        "Hat",
        "Smile (component 3)",
    ]


def test_to_the_right_there_is_more_of_what_the_name_says():
    run = small_run(knobs=(Knob("beard", -0.8, 0.5, clear=True), Knob("hat", 0.7, 0.5, clear=True)))
    sliders, std = sliders_of(run), run.pca.variances.sqrt()
    moved = direction(run, sliders, [1.0, 2.0, 0.0])
    expected = -std[0] * run.pca.components[0] + 2 * std[1] * run.pca.components[1]
    torch.testing.assert_close(moved, expected)


def test_a_component_without_variance_moves_nothing_and_says_so():
    run = small_run(knobs=(Knob("beard", 0.8, 0.5, clear=True),) * 3)
    variances = torch.tensor([2.0, 1e-5, 0.0])
    run = dataclasses.replace(run, pca=dataclasses.replace(run.pca, variances=variances))
    sliders = sliders_of(run)
    assert [each.label for each in sliders] == [
        "Beard",
        "Component 2: moves nothing in this run",
        "Component 3: moves nothing in this run",
    ]
    assert direction(run, sliders, [0.0, 3.0, -3.0]).tolist() == [0, 0, 0]


def test_the_run_that_ships_has_names_where_something_was_found():
    sliders = sliders_of(shipped_run())
    assert [each.name for each in sliders] == [
        "light clothes",
        "light hair and more",
        "dark skin",
        "warm-colored clothes",
        "long hair and more",
        "component 6",
        "component 7",
        "component 8",
    ]
    assert [each.sign for each in sliders] == [1, -1, 1, -1, 1, 1, 1, 1]


@pytest.mark.parametrize(("knobs", "said"), [((), "they have numbers"), (None, "judge of Lesson 5")])
def test_it_says_how_names_were_found(knobs, said):
    run = small_run() if knobs is None else small_run(knobs=knobs)
    assert said in how_named(run.metadata)
