"""Task 8: photos prepared with a fault each, and a right preparation unlike ours."""

import numpy as np
import pytest
import torch
from academy.data import photo
from academy.lessons.lesson2.homework.photo import SEED, unseen
from scipy import ndimage
from torch.nn import functional as F


def test_photos_are_taken_of_pictures_that_were_not_trained_with(names):
    chance = torch.Generator().manual_seed(SEED)
    chosen = unseen(names["pictures"], names["training"][0], names["as_inputs"], chance)
    assert len(set(chosen)) == 150
    assert not set(chosen) & set(names["train_part"].tolist())


def prepared(*, wall=True, inverted=True, cropped=True, box=28, light=None, keep_shape=True):
    """A preparation from which steps can be left out."""

    def prepare(camera):
        gray = photo.shrink(photo.gray(camera))
        gray = light(gray) if light else gray / wall_of(gray)
        cloth = torch.where(1 - gray > 0.1, 1 - gray, 0)
        if cropped:
            cloth = photo.crop(photo.drop_specks(cloth))
        if keep_shape:
            cloth = photo.resized(cloth, box / max(cloth.shape))
            cloth = photo.placed(cloth, cloth.shape[0] / 2, cloth.shape[1] / 2)
        else:
            cloth = F.interpolate(cloth[None, None], (28, 28), mode="bilinear", antialias=True)[0, 0]
        return (255 * (cloth if inverted else 1 - cloth)).clamp(0, 255)[None].to(torch.uint8)

    return prepare


def off_center(camera):
    """The photo's middle in the place of the garment's."""
    gray = photo.shrink(photo.gray(camera))
    dark = 1 - gray / wall_of(gray)
    cloth = photo.crop(photo.drop_specks(torch.where(dark > 0.1, dark, 0)))
    cloth = photo.resized(cloth, 28 / max(cloth.shape))
    return (255 * photo.placed(cloth, gray.shape[0] / 2, gray.shape[1] / 2))[None].to(torch.uint8)


def upside_down(camera):
    return prepared()(camera).flip(1)


def wall_of(gray):
    corners = F.adaptive_avg_pool2d(gray[None, None], 8)[..., ::7, ::7]
    return F.interpolate(corners, gray.shape, mode="bilinear", align_corners=True)[0, 0]


def preparing(prepare):
    """Answers to Task 8 with another preparation."""

    def answers(names):
        def tell(camera):
            with torch.no_grad():
                return names["final_net"](names["as_inputs"](prepare(camera)[None])).softmax(dim=1)[0]

        return {"prepare": prepare, "tell": tell}

    return answers


def telling(change):
    return lambda names: {"tell": lambda camera: change(names, camera)}


def logits_of(names, camera):
    with torch.no_grad():
        return names["final_net"](names["as_inputs"](names["prepare"](camera)[None]))


def unscaled(names, camera):
    """Pixels from 0 to 1, as they are, for a net that learned from standardized ones."""
    with torch.no_grad():
        return names["final_net"](names["prepare"](camera).flatten()[None] / 255).softmax(dim=1)[0]


WRONG = [
    (preparing(prepared(inverted=False)), "invert"),
    (preparing(prepared(cropped=False)), "crop to the garment"),
    (preparing(prepared(box=20)), "no box of 20"),
    (preparing(prepared(box=24)), "has 24 pixels"),
    (preparing(lambda camera: prepared()(camera).float()), "`.to(torch.uint8)`"),
    (preparing(prepared(keep_shape=False)), "trousers stay narrow"),
    (preparing(prepared(light=photo.even_light)), "Which step takes cloth for wall?"),
    (preparing(off_center), "`placed` takes the middle of *your* image"),
    (preparing(upside_down), "what differs from the data set, size, shadow, edges?"),
    (preparing(lambda camera: prepared()(camera) / 255), "from 0 to 255"),
    (preparing(lambda camera: prepared()(camera)[0]), "adds a dimension in front"),
    (telling(unscaled), "scale as in training"),
    (telling(lambda names, camera: logits_of(names, camera)[0]), "makes probabilities of them"),
    (telling(lambda names, camera: logits_of(names, camera).softmax(dim=1)), "take row 0"),
    (telling(lambda names, camera: logits_of(names, camera).softmax(dim=1)[0].argmax()), "not (10,)"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[helps for _, helps in WRONG])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(8, answers)
    assert not found.solved
    assert helps in str(found)


def with_one_threshold(camera):
    """No light evened: the largest piece of what is a good deal darker than the wall. It loses some."""
    gray = camera.mean(dim=0).numpy()
    dark = 1 - gray / np.quantile(gray, 0.9)
    pieces, _ = ndimage.label(dark > 0.3)
    largest = pieces == np.bincount(pieces[pieces > 0]).argmax()
    up, across = np.nonzero(largest.any(axis=1))[0], np.nonzero(largest.any(axis=0))[0]
    cloth = np.where(largest, dark, 0)[up[0] : up[-1] + 1, across[0] : across[-1] + 1]
    height, width = cloth.shape
    side = max(cloth.shape)
    square = np.zeros((side, side), dtype=np.float32)
    top, left = (side - height) // 2, (side - width) // 2
    square[top : top + height, left : left + width] = cloth
    small = F.interpolate(torch.from_numpy(square)[None, None], (28, 28), mode="area")[0]
    return (255 * small).to(torch.uint8)


def test_a_right_answer_written_differently_is_accepted(result):
    found = result(8, preparing(with_one_threshold))
    assert found.solved, str(found)
