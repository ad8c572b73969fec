"""How the autoencoders of Lesson 5 are trained: the weight of the KL, what is free, and going on."""

import pytest
import torch
from academy.data.real_faces import Photos
from academy.lessons.lesson5 import training
from academy.lessons.lesson5.training import Recipe, trained
from academy.nets.autoencoders import Gaussians

SHORT = Recipe(latents=4, epochs=2)


def weights(run):
    return torch.cat([each.flatten().double() for each in run.network.state_dict().values()])


def test_beta_rises_along_a_line_and_stays():
    recipe = Recipe(beta=4, warm_up=0.5)
    assert [recipe.beta_at(done) for done in (0, 0.25, 0.5, 1)] == [0, 2, 4, 4]
    assert Recipe(beta=4).beta_at(0) == 4


def test_the_first_nats_of_each_latent_are_free():
    """Three latents with KLs of 0, 0.5 and 8 nats, of which 1 each is free: the rest pays 8, free ones 1."""
    posterior = Gaussians(torch.tensor([[0.0, 1.0, 4.0]]), torch.zeros(1, 3))
    assert Recipe().penalty(posterior).item() == pytest.approx(8.5)
    assert Recipe(free_bits=1).penalty(posterior).item() == pytest.approx(1 + 1 + 8)


def test_free_bits_give_no_gradient():
    mean = torch.tensor([[1.0, 4.0]], requires_grad=True)
    Recipe(free_bits=1).penalty(Gaussians(mean, torch.zeros(1, 2))).backward()
    assert mean.grad.tolist() == [[0, 4]]


@pytest.mark.slow
def test_what_was_stopped_goes_on_to_the_same_weights(faces, own_checkpoints, monkeypatch):
    whole = trained(SHORT, faces)
    assert whole.losses.shape == (4, 2)
    assert not whole.network.training
    (file,) = own_checkpoints.rglob("*.safetensors")
    file.unlink()
    loss, calls = training.LOSSES["MSE"], []

    def stops(made, images):
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return loss(made, images)

    with monkeypatch.context() as patch:
        patch.setitem(training.LOSSES, "MSE", stops)
        with pytest.raises(KeyboardInterrupt):
            trained(SHORT, faces)
    again = trained(SHORT, faces)
    assert torch.equal(weights(again), weights(whole))
    assert torch.equal(again.losses, whole.losses)


@pytest.mark.slow
def test_a_training_that_is_done_is_read_and_another_recipe_is_not_taken_for_it(
    faces, own_checkpoints, monkeypatch
):
    whole = trained(SHORT, faces)
    monkeypatch.setitem(training.LOSSES, "MSE", lambda made, images: pytest.fail("it was trained again"))
    assert torch.equal(weights(trained(SHORT, faces)), weights(whole))
    for other in (Recipe(latents=4, epochs=2, seed=1), Recipe(latents=4, epochs=2, beta=2)):
        with pytest.raises(pytest.fail.Exception, match="again"):
            trained(other, faces)


def test_depth_leaves_the_names_of_earlier_checkpoints_as_they_were(faces, own_checkpoints):
    """A checkpoint's name holds this text; the long sweeps find theirs by it."""
    assert repr(Recipe()) == (
        "Recipe(latents=64, variational=True, beta=1.0, warm_up=0.0, free_bits=0.0, loss='MSE', epochs=5, "
        "seed=0)"
    )
    recipes = [Recipe(latents=4, depth=depth) for depth in (3, 4, 5)]
    names = {training.checkpoint_of(recipe, recipe.build(), faces) for recipe in recipes}
    assert len(names) == 3


@pytest.mark.slow
def test_a_plain_autoencoder_has_no_kl(faces, own_checkpoints):
    run = trained(Recipe(latents=4, variational=False, epochs=1), faces)
    assert run.losses[:, 1].tolist() == [0, 0]
    assert (run.losses[:, 0] > 0).all()


def test_photos_are_trained_on_where_one_says(tmp_path, monkeypatch):
    """On the device "meta" nothing is computed, and no weights can be read to name a checkpoint by."""

    class Reached(Exception):
        pass

    def stops(made, images):
        raise Reached(made.device.type, images.device.type)

    monkeypatch.setattr(training, "checkpoint_of", lambda *given: tmp_path / "none")
    monkeypatch.setitem(training.LOSSES, "MSE", stops)
    photos = Photos(torch.zeros(64, 3, 64, 64, dtype=torch.uint8), "black")
    for device in ("meta", "cpu"):
        with pytest.raises(Reached) as reached:
            trained(SHORT, photos, device)
        assert reached.value.args == (device, device)


def test_too_few_faces_for_a_batch_are_refused():
    photos = Photos(torch.zeros(63, 3, 64, 64, dtype=torch.uint8), "black")
    with pytest.raises(ValueError, match="63 faces make no batch of 64"):
        trained(SHORT, photos)
