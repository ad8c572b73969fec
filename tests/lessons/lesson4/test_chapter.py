"""What Lesson 4 writes from scratch, against PyTorch, torchvision, scikit-learn, and the package."""

import numpy as np
import pytest
import torch
from academy.learn import search
from academy.lessons.lesson4 import blocks
from academy.lessons.lesson4.augmentations import predict_over_views
from academy.lessons.lesson4.clothes_runs import three_blocks
from academy.lessons.lesson4.published import alexnet, resnet18
from chapter_cells import definitions
from sklearn.metrics import average_precision_score
from sklearn.neighbors import NearestCentroid
from torch import nn
from torch.utils.flop_counter import FlopCounterMode
from torchvision import models
from torchvision.transforms.v2 import InterpolationMode
from torchvision.transforms.v2 import functional as library


@pytest.fixture(scope="module")
def chapter():
    """What the chapter defines."""
    return definitions("lesson4")


@pytest.mark.parametrize(
    ("decoupled", "theirs"), [(False, torch.optim.Adam), (True, torch.optim.AdamW)], ids=["L2", "AdamW"]
)
@pytest.mark.parametrize("decay", [0.0, 0.01, 3.0])
def test_each_step_with_weight_decay_is_the_library_s(chapter, decoupled, theirs, decay):
    torch.manual_seed(0)
    ours = torch.randn(4, 3, dtype=torch.float64)
    weights = ours.clone().requires_grad_()
    optimizer = theirs([weights], lr=0.02, weight_decay=decay)
    state = {"step": 0, "mean": 0 * ours, "square": 0 * ours}
    for _ in range(30):
        weights.grad = torch.randn_like(ours)
        ours.grad = weights.grad.clone()
        optimizer.step()
        chapter["adam_step"](ours, state, 0.02, decay, decoupled)
        torch.testing.assert_close(ours, weights.detach(), atol=1e-10, rtol=0)


def test_half_of_the_pictures_are_mirrored_and_the_others_stay(chapter):
    torch.manual_seed(0)
    images = torch.rand(400, 3, 5, 6)
    flipped = chapter["flip"](images)
    mirrored = [torch.equal(one, other.flip(2)) for one, other in zip(flipped, images)]
    same = [torch.equal(one, other) for one, other in zip(flipped, images)]
    assert [not each for each in mirrored] == same
    assert 150 < sum(mirrored) < 250


def test_each_picture_is_turned_by_its_own_angle_as_torchvision_turns_it(chapter):
    torch.manual_seed(0)
    images, degrees = torch.rand(6, 2, 20, 20), torch.tensor([0.0, -90, 12, 45, -170, 180])
    expected = [
        library.rotate(image, angle, InterpolationMode.BILINEAR)
        for image, angle in zip(images, degrees.tolist())
    ]
    torch.testing.assert_close(chapter["turn"](images, degrees), torch.stack(expected), atol=1e-3, rtol=0)


def with_the_weights_of(theirs, ours):
    ours.load_state_dict(dict(zip(ours.state_dict(), theirs.state_dict().values(), strict=True)))
    return ours


def torchvision_s(inputs, outputs, stride):
    halving = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
    return models.resnet.BasicBlock(
        inputs, outputs, stride, None if inputs == outputs and stride == 1 else halving
    )


@pytest.mark.parametrize("shape", [(8, 8, 1), (8, 16, 2), (8, 16, 1), (8, 8, 2)], ids=str)
@pytest.mark.parametrize("training", [True, False])
def test_the_residual_block_is_torchvision_s(chapter, shape, training):
    torch.manual_seed(0)
    theirs = torchvision_s(*shape)
    ours = with_the_weights_of(theirs, chapter["Residual"](*shape))
    maps = torch.randn(3, 8, 9, 10)
    torch.testing.assert_close(ours.train(training)(maps), theirs.train(training)(maps))


SAME_AS_THE_PACKAGE = {
    "Inception": (12, 4, (6, 8), (2, 3), 5),
    "vgg_block": (12, 8, 2),
    "separable": (12, 8, 2),
}


@pytest.mark.parametrize("name", SAME_AS_THE_PACKAGE)
def test_a_block_of_the_page_is_the_package_s(chapter, name):
    torch.manual_seed(0)
    arguments = SAME_AS_THE_PACKAGE[name]
    theirs = getattr(blocks, name)(*arguments)
    ours = with_the_weights_of(theirs, chapter[name](*arguments))
    maps = torch.randn(2, 12, 8, 8)
    torch.testing.assert_close(ours(maps), theirs(maps))


@pytest.mark.parametrize("build", [alexnet, resnet18])
@pytest.mark.slow
def test_multiply_adds_are_half_of_what_pytorch_counts_and_no_hook_stays(chapter, build):
    with torch.device("meta"):
        net, photo = build().eval(), torch.empty(1, 3, 224, 224)
        found = chapter["multiply_adds"](net, photo)
        with FlopCounterMode(display=False) as counted:
            net(photo)
    assert 2 * found == counted.get_total_flops()
    assert not any(layer._forward_hooks for layer in net.modules())
    assert chapter["parameters"](net) == sum(each.numel() for each in net.parameters())


def test_the_cosine_is_the_library_s_and_knows_no_length(chapter):
    torch.manual_seed(0)
    queries, index = torch.randn(5, 7), torch.randn(9, 7)
    expected = nn.functional.cosine_similarity(queries[:, None], index[None], dim=2)
    torch.testing.assert_close(chapter["cosine"](queries, index), expected)
    torch.testing.assert_close(chapter["cosine"](3 * queries, index / 8), expected)


@pytest.mark.parametrize("k", [1, 5, 20])
def test_measures_of_a_search_are_scikit_learn_s_and_the_package_s(chapter, k):
    torch.manual_seed(k)
    similarity, relevant = torch.rand(30, 20), torch.rand(30, 20) < 0.3
    relevant[:, 0] = True
    precision, recall, average = chapter["measures"](similarity, relevant, k)
    theirs = [average_precision_score(*each) for each in zip(relevant.numpy(), similarity.numpy())]
    np.testing.assert_allclose(average, theirs, atol=1e-9)
    ranking = search.ranked(similarity, relevant)
    torch.testing.assert_close(precision, search.precision_at(ranking, k))
    torch.testing.assert_close(recall, search.recall_at(ranking, k))


def test_the_measures_worked_by_hand(chapter):
    relevant = torch.tensor([[True, False, True, True, False, False, False, True]])
    found = [each.item() for each in chapter["measures"](-torch.arange(8.0)[None], relevant)]
    assert found == pytest.approx([3 / 5, 3 / 4, (1 + 2 / 3 + 3 / 4 + 4 / 8) / 4])


def test_the_nearest_mean_is_scikit_learn_s(chapter, monkeypatch):
    class TwelveKinds:
        kinds = tuple(range(12))

    monkeypatch.setitem(chapter, "split", TwelveKinds)
    torch.manual_seed(0)
    train, labels, others = torch.randn(60, 5), torch.arange(60) % 12, torch.randn(40, 5)
    expected = NearestCentroid().fit(train.numpy(), labels.numpy()).predict(others.numpy())
    assert chapter["nearest_mean"](train, labels, others).tolist() == expected.tolist()


def test_answers_over_views_are_the_package_s(chapter):
    net, images = three_blocks().eval(), torch.rand(4, 1, 28, 28)
    answers = []
    for over_views in (chapter["over_views"], predict_over_views):
        torch.manual_seed(0)
        answers.append(over_views(net, images, views=3))
    torch.testing.assert_close(*answers)
