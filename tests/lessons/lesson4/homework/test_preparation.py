"""Task 2: preparations with a fault each, and right ones unlike ours."""

import numpy as np
import pytest
import timm
import torch
from PIL import Image, ImageOps
from torch import nn
from torchvision.transforms import v2

HALF = ([0.5] * 3, [0.5] * 3)
IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])


def prepared(
    *,
    upright=True,
    paper="white",
    sizes=96,
    crop=True,
    scale=True,
    normal=HALF,
    times=1,
    change=None,
    after=None,
):
    """A preparation from which steps can be left out or changed."""

    def prepare(picture):
        if not torch.is_tensor(picture):
            picture = ImageOps.exif_transpose(picture) if upright else picture
            picture = picture.convert("RGBA" if paper else "RGB")
            if paper:
                picture = Image.alpha_composite(Image.new("RGBA", picture.size, paper), picture).convert(
                    "RGB"
                )
            picture = v2.functional.pil_to_tensor(picture)
        if change:
            picture = change(picture)
        steps = [v2.ToDtype(torch.float32, scale=scale)]
        steps += [v2.Resize(sizes, antialias=True)] if sizes else []
        steps += [v2.CenterCrop(96)] * crop
        steps += [v2.Normalize(*normal)] * times
        picture = v2.Compose(steps)(picture)
        return after(picture) if after else picture

    return prepare


def preparing(**changes):
    return lambda names: {"prepare": prepared(**changes)}


def only_rgb(picture):
    """What PIL opens, as an array with whatever channels it has."""
    if torch.is_tensor(picture):
        return prepared()(picture)
    pixels = np.array(ImageOps.exif_transpose(picture))
    return prepared()(torch.from_numpy(pixels).permute(2, 0, 1))


def only_pil(picture):
    return prepared()(picture.convert("RGB"))


def unlike_for_tensors(picture):
    """Tensors are taken for numbers from 0 to 1 already."""
    return (
        v2.Normalize(*HALF)(v2.Resize((96, 96))(picture.float()))
        if torch.is_tensor(picture)
        else (prepared()(picture))
    )


def in_place(picture):
    if torch.is_tensor(picture):
        found = prepared()(picture)
        picture.fill_(0)
        return found
    return prepared()(picture)


def as_numpy(picture):
    return prepared()(picture).numpy()


def bytes_of(picture):
    return (255 * prepared(times=0)(picture)).to(torch.uint8)


def rgba_alone(names):
    """White paper below what is transparent, but not where a palette says so."""

    def prepare(picture):
        if not torch.is_tensor(picture) and picture.mode != "RGBA":
            picture = Image.fromarray(np.array(ImageOps.exif_transpose(picture).convert("RGB")))
        return names["prepare"](picture)

    return {"prepare": prepare}


WRONG = [
    (preparing(scale=False), "divide pixels by 255 first"),
    (preparing(scale=False, times=0), "Black becomes 0.00 and white 255.00"),
    (preparing(times=0), "pixels from 0 to 1 are half of it"),
    (preparing(times=2), "that is normalized twice"),
    (preparing(normal=IMAGENET), "`backbone.pretrained_cfg`"),
    (preparing(change=lambda pixels: pixels / 255, after=lambda pixels: pixels / 255), "by 255 twice"),
    (preparing(after=lambda pixels: -pixels), "light and dark are turned around"),
    (preparing(normal=([0.5] * 3, [0.25] * 3)), "white 2.00"),
    (preparing(after=lambda pixels: pixels.flip(0)), "the order is red, green, blue"),
    (preparing(sizes=(96, 96)), "stretched"),
    (preparing(sizes=None), "cutting alone shows a corner"),
    (preparing(crop=False), "no square"),
    (preparing(after=lambda pixels: pixels[None]), "not (3, side, side)"),
    (preparing(after=lambda pixels: pixels.permute(1, 2, 0)), "channels first"),
    (preparing(after=lambda pixels: pixels.transpose(1, 2)), "becomes bright at the bottom left"),
    (preparing(after=lambda pixels: pixels.flip(2)), "becomes bright at the top left"),
    (preparing(after=lambda pixels: pixels + 0.1 * torch.randn(3, 1, 1)), "training was −0.99"),
    (preparing(after=lambda pixels: pixels.roll(int(torch.randint(1, 4, ())), 2)), "no augmentation here"),
    (preparing(upright=False), "stays on its side"),
    (preparing(paper=None), "What is transparent becomes red"),
    (preparing(paper="black"), "What is transparent becomes black"),
    (rgba_alone, "(mode P)"),
    (lambda names: {"prepare": only_rgb}, "prepare(picture) on a gray picture of mode L"),
    (lambda names: {"prepare": only_pil}, "Look next"),
    (lambda names: {"prepare": unlike_for_tensors}, "the same steps for both"),
    (lambda names: {"prepare": in_place}, "changes the picture that it is given"),
    (lambda names: {"prepare": as_numpy}, "`prepare` returns a ndarray, not a tensor"),
    (lambda names: {"prepare": bytes_of}, "`prepare` returns torch.uint8"),
    (lambda names: {"prepare": lambda picture: None}, "`prepare` returns nothing"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(2, answers)
    assert not found.solved
    assert helps in str(found)


def by_numpy(picture):
    """PIL resizes and cuts, NumPy does the rest."""
    if torch.is_tensor(picture):
        picture = Image.fromarray(picture.permute(1, 2, 0).numpy())
    picture = ImageOps.exif_transpose(picture).convert("RGBA")
    paper = Image.new("RGB", picture.size, (255, 255, 255))
    paper.paste(picture, mask=picture.getchannel("A"))
    square = ImageOps.fit(paper, (128, 128), Image.Resampling.LANCZOS)
    return torch.from_numpy(((np.array(square) - 127.0) / 128).transpose(2, 0, 1)).float()


def framed(picture):
    """Nothing is cut away: what is not square gets a white margin."""
    if torch.is_tensor(picture):
        picture = v2.functional.to_pil_image(picture)
    picture = ImageOps.exif_transpose(picture).convert("RGBA")
    paper = Image.new("RGBA", picture.size, "white")
    whole = ImageOps.pad(Image.alpha_composite(paper, picture).convert("RGB"), (96, 96), color="white")
    return v2.functional.to_dtype(v2.functional.to_image(whole), torch.float32, scale=True) * 2 - 1


def of_timm(names):
    """What timm itself offers, behind the same paper."""
    transform = timm.data.create_transform(
        **timm.data.resolve_data_config({"input_size": (3, 96, 96)}, model=names["backbone"])
    )

    def prepare(picture):
        if torch.is_tensor(picture):
            picture = v2.functional.to_pil_image(picture)
        return transform(names["on_white"](picture))

    return {"prepare": prepare}


def for_a_resnet(names):
    """Another network of torchvision, which says nothing of itself, and ImageNet's mean and std."""
    return {"backbone": nn.Sequential(nn.Conv2d(3, 8, 3), nn.Flatten()), "prepare": prepared(normal=IMAGENET)}


RIGHT = {
    "by PIL and NumPy": lambda names: {"prepare": by_numpy},
    "with a margin": lambda names: {"prepare": framed},
    "timm's own": of_timm,
    "for another network": for_a_resnet,
    "larger": preparing(sizes=110),
}


@pytest.mark.parametrize("answers", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(result, answers):
    found = result(2, answers)
    assert found.solved, str(found)
