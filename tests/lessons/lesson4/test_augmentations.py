"""The augmentations that Lesson 4 compares, and answers over several views."""

import pytest
import torch
from academy.data.images import Labeled
from academy.lessons.lesson4.augmentations import (
    AUGMENTATIONS,
    one_after_another,
    predict_over_views,
    sometimes,
)
from academy.lessons.lesson4.clothes_runs import drawn, three_blocks, trained
from torch import nn


@pytest.mark.parametrize("name", [name for name in AUGMENTATIONS if name != "none"])
def test_each_changes_pictures_and_keeps_their_shape_and_range(name):
    torch.manual_seed(0)
    images = torch.rand(20, 1, 28, 28)
    changed = AUGMENTATIONS[name](images)
    assert changed.shape == images.shape
    assert (changed - images).abs().max() > 0.1
    assert changed.min() >= 0
    assert changed.max() <= 1


def test_the_last_augmentation_gets_what_the_first_made():
    both = one_after_another(lambda images: images + 1, lambda images: images * 10)
    assert both(torch.zeros(1)).item() == 10


def test_half_of_the_images_are_changed_and_the_others_stay():
    torch.manual_seed(0)
    changed = sometimes(lambda images: images + 1)(torch.zeros(1000, 1, 2, 2))
    means = changed.mean(dim=(1, 2, 3)).tolist()
    assert set(means) == {0, 1}
    assert 450 < sum(means) < 550


def test_one_view_is_the_image_itself():
    images, net = torch.rand(3, 1, 28, 28), three_blocks().eval()
    expected = net(images).detach().softmax(dim=1)
    torch.testing.assert_close(predict_over_views(net, images, views=1), expected)


def test_a_net_that_does_not_see_mirrors_and_moves_says_the_same_over_all_views():
    images = torch.zeros(2, 1, 28, 28)
    images[0, :, 10:15, 9:20] = 1  # away from the edges, over which it must not move
    images[1, :, 12:14, 12:20] = 1
    blind = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(1, 3))
    one, many = (predict_over_views(blind, images, views) for views in (1, 5))
    torch.testing.assert_close(many, one)


def test_more_views_are_their_mean():
    torch.manual_seed(1)
    images, net = torch.rand(4, 1, 28, 28), three_blocks().eval()
    torch.manual_seed(2)
    averaged = predict_over_views(net, images, views=3)
    torch.manual_seed(2)
    views = [images] + [AUGMENTATIONS["flip and move"](images) for _ in range(2)]
    expected = sum(net(view).detach().softmax(dim=1) for view in views) / 3
    torch.testing.assert_close(averaged, expected)


def test_drawn_pictures_are_a_part_with_their_labels_each_once():
    examples = Labeled(torch.arange(100.0), torch.arange(100))
    few, other = drawn(examples, 30, seed=0), drawn(examples, 30, seed=1)
    assert len(set(few.labels.tolist())) == 30
    assert torch.equal(few.images, few.labels.float())
    assert few.labels.tolist() != other.labels.tolist()
    assert torch.equal(few.labels, drawn(examples, 30, seed=0).labels)


def test_a_training_of_few_pictures_learns_them():
    torch.manual_seed(0)
    labels = torch.arange(50) % 10
    images = torch.rand(50, 1, 28, 28) * 0.2
    for image, label in zip(images, labels):
        image[:, 2 * label + 3 : 2 * label + 6] += 0.8
    done = trained(three_blocks, Labeled(images, labels), seed=0, steps=20, rate=0.01)
    assert len(done.losses) == 20
    assert done.losses[-1] < done.losses[0] / 4
