"""What knobs do, as the judge tells it."""

from dataclasses import replace

import pytest
import torch
from academy.data.avatar_faces import faces as drawn_faces
from academy.data.avatars import face_image
from academy.lessons.lesson5.faces import pixels
from academy.lessons.lesson5.judge import JUDGED, clothing
from academy.lessons.lesson5.knobs import (
    effect_of,
    full_turn,
    joint_differences,
    mean_differences,
    summary_of,
)

HAT, GLASSES = JUDGED.index("hat"), JUDGED.index("glasses")


def changes(**of):
    table = torch.zeros(4, len(JUDGED))
    for name, values in of.items():
        table[:, JUDGED.index(name)] = torch.tensor(values)
    return table


def test_the_lead_counts_changes_without_their_signs():
    effect = summary_of(changes(hat=[-0.8, -0.6, -0.8, -0.6], glasses=[0.1, 0.1, 0.1, 0.1]))
    assert effect.most == "hat"
    assert effect.lead == pytest.approx(0.6)
    assert effect.purity == pytest.approx(0.7 / 0.8)
    assert effect.lead_error == pytest.approx(1.96 * (0.04 / 3) ** 0.5 / 2)
    assert effect.is_clear


def test_two_attributes_moved_alike_leave_nothing_clear():
    effect = summary_of(changes(hat=[0.9, 0.1, 0.8, 0.2], glasses=[0.1, 0.9, 0.2, 0.7]))
    assert effect.most == "hat"
    assert not effect.is_clear


def test_colors_of_clothes_are_light_or_warm():
    face = drawn_faces(1)[0]
    colors = {
        "#ffffff": (True, False),
        "#ffafb9": (True, True),
        "#ff488e": (False, True),
        "#262e33": (False, False),
    }
    assert {color: clothing(replace(face, clothes_color=color)) for color in colors} == colors


@pytest.mark.slow
def test_a_knob_that_puts_glasses_on_moves_glasses():
    """A decoder that draws: the only latent is whether the face has glasses."""
    bare = [replace(face, glasses=None) for face in drawn_faces(12, seed=3)]
    pictures = {
        sign: pixels(torch.stack([face_image(replace(face, glasses=glasses)) for face in bare]))
        for sign, glasses in ((1, "round"), (-1, None))
    }
    effect = effect_of(lambda codes: pictures[int(codes[0].sign())], torch.zeros(12, 1), torch.ones(1))
    assert effect.most == "glasses"
    assert effect.changes[GLASSES] > 0.9
    assert effect.is_clear


def test_directions_fitted_together_keep_tied_attributes_apart():
    """Each attribute has a latent of its own, but the second comes mostly with the first."""
    chance = torch.Generator().manual_seed(0)
    first = torch.rand(400, generator=chance) < 0.5
    second = torch.rand(400, generator=chance) < torch.where(first, 0.9, 0.1)
    truth = torch.stack([first, second], dim=1)
    codes = truth * torch.tensor([2.0, 3.0]) + 1
    own = torch.diag(torch.tensor([2.0, 3.0]))
    torch.testing.assert_close(joint_differences(codes, truth), own, atol=1e-4, rtol=0)
    alone = mean_differences(codes, truth)
    torch.testing.assert_close(alone.diag(), own.diag())
    assert (alone[0, 1], alone[1, 0]) > (1, 1)  # each brings the other along


def test_a_full_turn_is_two_standard_deviations_long():
    codes = torch.randn(500, 3, generator=torch.Generator().manual_seed(0)) * torch.tensor([1.0, 5.0, 1.0])
    turn = full_turn(torch.tensor([0.0, 0.1, 0.0]), codes)
    torch.testing.assert_close(turn, torch.tensor([0, 2 * codes[:, 1].std().item(), 0]))
