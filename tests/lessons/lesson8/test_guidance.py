"""Small emoji, their judge and the weight of the guidance, from the shipped weights."""

import pytest
import torch
from academy.data.emoji_kinds import things_apart
from academy.learn.sweeps import read_sweep
from academy.lessons.lesson8.diffusion import noise_loss
from academy.lessons.lesson8.emoji_diffusion import drawn_noise, emoji_painter
from academy.lessons.lesson8.guidance import (
    asked_names,
    copy_distance,
    judged,
    nearest_trained,
    painted,
    root_mean_square,
    spread,
    to_training,
    training_pictures,
)
from academy.lessons.lesson8.small_judge import asked_kinds, found, real_pictures
from academy.lessons.lesson8.small_pictures import (
    COMPONENTS,
    fitted_code,
    name_vectors,
    small_pictures,
    trained_things,
)
from sklearn.decomposition import PCA

RECORDED = "lessons/lesson8/guidance"


@pytest.fixture(scope="module")
def recorded():
    return read_sweep(RECORDED)


def test_distances_by_hand():
    black, gray, white = (torch.full((1, 3, 16, 16), shade) for shade in (0.0, 0.5, 1.0))
    assert root_mean_square(black, white).item() == pytest.approx(1)
    assert spread(torch.cat([black, gray, white])) == pytest.approx((0.5 + 0.5 + 1) / 3)


def test_code_is_scikit_learns_pca():
    pictures = torch.rand(300, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    code = fitted_code(pictures)
    rows = pictures.flatten(1).numpy()
    reference = PCA(COMPONENTS, svd_solver="full").fit(rows)
    expected = reference.inverse_transform(reference.transform(rows)).clip(0, 1)
    torch.testing.assert_close(
        code.decode(code.encode(pictures)).flatten(1), torch.from_numpy(expected), atol=1e-4, rtol=0
    )


def test_no_name_that_was_kept_apart_is_trained():
    trained = {each.name for each in trained_things()}
    assert not trained & set(asked_names(held_out=True))
    assert set(asked_names(held_out=False)) <= trained
    assert len(asked_kinds(held_out=True)) == sum(map(len, things_apart()[1].values()))


@pytest.mark.slow
def test_a_training_picture_is_its_own_copy():
    assert to_training(training_pictures()[:20]).max().item() == pytest.approx(0, abs=1e-3)
    assert copy_distance() > 0.01


@pytest.mark.slow
def test_the_judge_is_as_good_on_new_real_pictures_as_recorded(recorded):
    pictures, kinds = real_pictures(emoji_painter().code, held_out=True)
    assert found(pictures, kinds) == pytest.approx(
        recorded["settings"]["beside"]["judge_on_new_pictures"], abs=0.01
    )


@pytest.mark.slow
def test_the_denoiser_has_the_recorded_loss_and_prefers_the_right_names():
    curve = read_sweep("lessons/lesson8/emoji_denoiser")["rows"][0]["mean"]
    painter, things = emoji_painter(), trained_things()[::10]
    codes = painter.code.encode(small_pictures(things))
    vectors = name_vectors([each.name for each in things]).repeat(3, 1)
    loss, wrong = (
        noise_loss(painter.network, codes.repeat(9, 1), names.repeat(9, 1), torch.Generator().manual_seed(0))
        for names in (vectors, vectors.roll(1, dims=0))
    )
    assert loss.item() == pytest.approx(curve[-1], rel=0.1)
    assert wrong.item() > 1.1 * loss.item()


@pytest.mark.slow
def test_nearest_names_are_copies(recorded):
    again = judged(nearest_trained(held_out=True), held_out=True)
    assert again["copies"] == 1
    row = recorded["settings"]["beside"]["nearest_name"]["new"]
    assert again["found"] == pytest.approx(row["found"], abs=0.02)


def test_without_guidance_the_name_does_not_matter():
    noise = drawn_noise(2, seed=0)
    apple, house = (
        emoji_painter().paint(name_vectors([name]).repeat(2, 1), noise, weight=0)
        for name in ("red apple", "house")
    )
    torch.testing.assert_close(apple, house)


def test_a_seed_paints_the_same_picture_again():
    first, again = (emoji_painter().pictures(["red apple"], weight=4, seed=3) for _ in range(2))
    torch.testing.assert_close(first, again)


@pytest.mark.slow
def test_a_recorded_point_is_what_is_painted(recorded):
    row = next(row for row in recorded["rows"] if (row["weight"], row["seed"]) == (4, 0))
    again = judged(painted(4, 0, held_out=True), held_out=True)
    assert again["found"] == pytest.approx(row["new"]["found"], abs=0.03)  # 4 of 144
    assert again["copies"] == pytest.approx(row["new"]["copies"], abs=0.03)
    assert again["distance"] == pytest.approx(row["new"]["distance"], abs=0.003)
