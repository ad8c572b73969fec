"""What Lesson 3 writes from scratch, against PyTorch, the package, and numbers worked out by hand."""

import copy
import itertools
import random

import numpy as np
import pytest
import torch
from academy.lessons.lesson3.nets import flat_cnn
from academy.nets import small_cnn as package
from chapter_cells import definitions
from safetensors import safe_open
from torch import nn
from torch.nn import functional as F

MEAN, SPREAD = 0.25, 0.5


@pytest.fixture(scope="module")
def chapter():
    """What the chapter defines, with made-up pictures."""
    return definitions(
        "lesson3", mean=torch.tensor(MEAN), spread=torch.tensor(SPREAD), device=torch.device("cpu")
    )


def doubles(*shape):
    return torch.randn(shape, dtype=torch.float64)


def value_and_slopes(layer, parts, errors_seed=0):
    """Run a layer on copies of its parts, and pull random errors back through it."""
    parts = [part.detach().clone().requires_grad_() for part in parts]
    value = layer(*parts)
    errors = torch.randn(value.shape, generator=torch.Generator().manual_seed(errors_seed)).to(value)
    return value, *torch.autograd.grad(value, parts, errors)


def assert_same(one, other):
    for mine, theirs in zip(one, other, strict=True):
        torch.testing.assert_close(mine, theirs, atol=1e-9, rtol=1e-9)


SETTINGS = list(itertools.product([1, 2, 3], [0, 1, 4], [1, 3], [1, 2, 4]))


@pytest.mark.parametrize(("stride", "padding", "dilation", "groups"), SETTINGS)
@pytest.mark.parametrize("kernel_size", [1, 2, 3])
def test_the_convolution_is_the_library_s_in_value_and_all_three_slopes(
    chapter, kernel_size, stride, padding, dilation, groups
):
    torch.manual_seed(0)
    options = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    parts = [
        doubles(2, 4, 11, 8),
        doubles(8, 4 // groups, kernel_size, kernel_size),
        doubles(8),
    ]
    ours = value_and_slopes(lambda *given: chapter["convolve"](*given, **options), parts)
    assert_same(ours, value_and_slopes(lambda *given: F.conv2d(*given, **options), parts))


def test_one_window_after_another_gives_what_the_library_gives(chapter):
    torch.manual_seed(0)
    image, kernel = torch.randint(9, (6, 9)), torch.randint(-2, 3, (3, 3))
    expected = F.conv2d(image[None, None].double(), kernel[None, None].double())[0, 0]
    assert torch.equal(chapter["slide"](image, kernel).double(), expected)


@pytest.mark.parametrize("seed", range(20))
def test_the_formula_of_the_size_says_what_comes_out(chapter, seed):
    (images, weight, bias), size, options = chapter["random_setting"](np.random.default_rng(seed))
    assert F.conv2d(images, weight, bias, **options).shape[-2:] == (size, size)


def test_a_map_is_off_where_windows_fall_between_those_of_before(chapter):
    torch.manual_seed(0)
    images, pooling = torch.randint(256, (5, 1, 28, 28), dtype=torch.uint8), nn.MaxPool2d(2)
    assert [chapter["off"](pooling, images, right) for right in (2, 4)] == [0, 0]
    assert min(chapter["off"](pooling, images, right) for right in (1, 3)) > 0.05


def random_stack(seed):
    """Convolutions and maxima one after the other, without padding."""
    chance = random.Random(seed)
    layers = []
    for _ in range(chance.randint(1, 4)):
        size, stride = chance.randint(1, 4), chance.randint(1, 2)
        layers.append(
            chance.choice(
                [
                    nn.Conv2d(1, 1, size, stride, bias=False),
                    nn.MaxPool2d(size, stride),
                    nn.Sequential(nn.Conv2d(1, 1, size, stride, bias=False), nn.ReLU()),
                ]
            )
        )
    flat = [part for layer in layers for part in (layer if isinstance(layer, nn.Sequential) else [layer])]
    return nn.Sequential(*flat)


@torch.no_grad()
def side_that_counts(net, side=45):
    """Light one column after the other, all weights being 1: how far does one unit look?"""
    for parameter in net.parameters():
        parameter.fill_(1)
    columns = torch.zeros(side, 1, side, side)
    columns[torch.arange(side), 0, :, torch.arange(side)] = 1
    return 1 + (net(columns)[:, 0, 0, 0] > 0).nonzero().max().item()


@pytest.mark.parametrize("seed", range(30))
def test_the_receptive_field_is_as_wide_as_what_one_unit_notices(chapter, seed):
    net = random_stack(seed)
    for place, side in chapter["receptive_fields"](net).items():
        assert side == side_that_counts(net[: place + 1])


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("training", [True, False])
def test_dropout_is_the_library_s_in_value_and_slope_with_the_same_zeros(chapter, rate, training):
    values, found = doubles(40, 7), []
    for layer in (chapter["dropout"], F.dropout):
        torch.manual_seed(3)
        found.append(value_and_slopes(lambda x: layer(x, rate, training), [values]))  # noqa: B023
    assert_same(*found)


def test_dropout_keeps_the_mean_and_drops_its_share(chapter):
    torch.manual_seed(0)
    dropped = chapter["dropout"](torch.ones(200_000), 0.3, training=True)
    assert dropped.mean().item() == pytest.approx(1, abs=0.01)
    assert (dropped == 0).double().mean().item() == pytest.approx(0.3, abs=0.01)


@pytest.mark.parametrize("shape", [(8, 3, 5, 5), (2, 3, 1, 1), (1, 3, 4, 2)], ids=str)
def test_batch_norm_is_the_library_s_in_training_and_use_with_slopes_and_averages(chapter, shape):
    torch.manual_seed(0)
    theirs = nn.BatchNorm2d(3).double()
    nn.init.normal_(theirs.weight)
    nn.init.normal_(theirs.bias)
    ours = copy.deepcopy(theirs)
    for training in (True, True, False, True):
        maps, found = 3 * doubles(*shape) + 2, []
        for layer, norm in ((lambda x: chapter["batch_norm"](x, ours), ours), (theirs, theirs)):
            norm.train(training).zero_grad()
            inputs = maps.clone().requires_grad_()
            value = layer(inputs)
            (value * torch.arange(value.numel()).view_as(value).sin()).sum().backward()
            found.append(
                (
                    value,
                    inputs.grad,
                    norm.weight.grad,
                    norm.bias.grad,
                    norm.running_mean,
                    norm.running_var,
                )
            )
        assert_same(*found)


def test_pictures_are_moved_by_whole_pixels_and_black_comes_in(chapter):
    images = torch.arange(1.0, 10).reshape(1, 1, 3, 3)
    assert chapter["moved"](images, 1).tolist() == [[[[0, 1, 2], [0, 4, 5], [0, 7, 8]]]]
    assert chapter["moved"](images, -1, 2).tolist() == [[[[0, 0, 0], [0, 0, 0], [2, 3, 0]]]]


def test_a_training_hands_its_options_on(chapter):
    seen = []

    def spy(inputs):
        seen.append(inputs.shape)
        return inputs

    net = nn.Sequential(nn.Flatten(), nn.Linear(4, 10))
    chapter["trained"](net, torch.randn(300, 1, 2, 2), torch.arange(300) % 10, steps=7, transform=spy)
    assert seen == [(100, 1, 2, 2)] * 7


def small(chapter, **options):
    """The page's network with what the options add."""
    net = chapter["small_cnn"]()
    if options.get("dropout"):
        net = chapter["with_dropout"](net, options["dropout"])
    return chapter["with_norm"](net) if options["norm"] else net


@pytest.mark.parametrize("norm", [True, False])
@pytest.mark.parametrize("dropout", [0.0, 0.3])
def test_the_network_of_the_page_is_the_package_s(chapter, norm, dropout):
    torch.manual_seed(0)
    ours = small(chapter, norm=norm, dropout=dropout)
    theirs = package.small_cnn(norm, dropout)
    assert str(ours) == str(theirs)
    theirs.load_state_dict(ours.state_dict())
    images = torch.randn(5, 1, 28, 28)
    assert torch.equal(ours.eval()(images), theirs.eval()(images))


def test_the_three_blocks_of_the_page_are_those_that_were_measured(chapter):
    assert str(chapter["flat_cnn"]()) == str(flat_cnn())


class Interrupted(Exception):
    """Stands for a session that ends."""


@pytest.fixture
def project(chapter):
    """The chapter's loop on made-up pictures with dropout and batch normalization; gives a run."""
    torch.manual_seed(1)
    pictures = torch.randint(256, (450, 1, 28, 28), dtype=torch.uint8)
    data = chapter["Pictures"](pictures, torch.arange(450) % 10)
    check = chapter["as_inputs"](pictures[:50]), torch.arange(50) % 10

    def run(path, dies_after=None, **options):
        def death(step, loss):
            if step == dies_after:
                raise Interrupted

        torch.manual_seed(0)
        layers = [nn.Conv2d(1, 2, 5, 4), nn.BatchNorm2d(2), nn.Dropout(0.5), nn.Flatten(), nn.Linear(72, 10)]
        run = chapter["new_run"](nn.Sequential(*layers), steps=12)
        chapter["fit"](run, data, check, 3, path, hooks=[death], save_every=3, **options)
        return run

    return run


@pytest.mark.parametrize("step", [1, 3, 4, 5, 7, 11, 12])
def test_a_run_killed_in_mid_epoch_ends_bit_by_bit_where_an_unbroken_one_does(
    project, tmp_path, step, capsys
):
    whole = project(tmp_path / "whole.safetensors")
    with pytest.raises(Interrupted):
        project(tmp_path / "parts.safetensors", dies_after=step)
    parts = project(tmp_path / "parts.safetensors")
    assert whole.step == parts.step == 12
    for one, other in zip(whole.net.state_dict().values(), parts.net.state_dict().values(), strict=True):
        assert torch.equal(one, other)
    assert whole.best_loss == parts.best_loss
    assert {path.name for path in tmp_path.iterdir()} == {"whole.safetensors", "parts.safetensors"}


def test_a_killed_run_goes_on_with_batches_of_another_size(project, tmp_path, capsys):
    whole = project(tmp_path / "whole.safetensors", batch_size=150)
    with pytest.raises(Interrupted):
        project(tmp_path / "parts.safetensors", dies_after=5, batch_size=150)
    parts = project(tmp_path / "parts.safetensors", batch_size=150)
    assert whole.step == parts.step == 9
    for one, other in zip(whole.net.state_dict().values(), parts.net.state_dict().values(), strict=True):
        assert torch.equal(one, other)


def test_a_new_run_finds_no_file_of_an_old_one(chapter, tmp_path, monkeypatch):
    monkeypatch.setitem(chapter, "folder", tmp_path)
    chapter["fresh"]("clothes").write_text("of an old run")
    assert not chapter["fresh"]("clothes").exists()


def test_the_best_epoch_is_kept_and_its_weights_are_those_at_the_end(
    chapter, project, tmp_path, monkeypatch, capsys
):
    scores = iter([(0.9, 0.1), (0.4, 0.2), (0.6, 0.3)])
    seen = []

    def made_up(net, *check):
        seen.append(copy.deepcopy(net.state_dict()))
        return next(scores)

    monkeypatch.setitem(chapter, "evaluate", made_up)
    run = project(tmp_path / "a.safetensors")
    assert run.best_loss == 0.4
    for name, value in run.net.state_dict().items():
        assert torch.equal(value, seen[1][name])
    with safe_open(tmp_path / "a.safetensors", "pt") as file:  # a reader that runs nothing
        assert torch.equal(file.get_tensor("net/4.weight"), seen[2]["4.weight"])


def test_an_epoch_shows_each_picture_once_and_goes_on_where_it_stopped(chapter):
    data = chapter["Pictures"](torch.zeros(300, 1, 28, 28, dtype=torch.uint8), torch.arange(300))

    def labels(epoch, *place):
        rest = chapter["rest_of_epoch"](data, epoch, *place)
        return [label for _, batch in rest for label in batch.tolist()]

    whole = labels(0, 0)
    assert sorted(whole) == list(range(300))
    assert labels(0, 2) == whole[200:]
    assert labels(0, 2, 60) == whole[120:]
    assert sorted(labels(1, 0)) == list(range(300))
    assert labels(1, 0) != whole


def test_what_is_covered_costs_most_where_the_network_looks(chapter):
    class OnePixel(nn.Module):
        def forward(self, inputs):
            bright = inputs[:, 0, 9, 20]
            return torch.stack([bright, -bright], dim=1)

    inputs = torch.full((1, 28, 28), 2.0)
    lost = chapter["occlusion"](OnePixel(), inputs, 0)
    rows, columns = (lost > 0).nonzero().unbind(dim=1)
    assert (2 * rows).tolist() == [4] * 3 + [6] * 3 + [8] * 3  # squares of 6 pixels that hold row 9
    assert sorted({2 * column for column in columns.tolist()}) == [16, 18, 20]
