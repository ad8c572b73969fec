"""A network that says what can be seen of a face, to measure what turning a knob does."""

from functools import cache

import torch
from torch.nn import functional as F
from torch.optim.lr_scheduler import LambdaLR

from academy.data.avatar_faces import ATTRIBUTES, Face
from academy.learn.batches import shuffled_batches
from academy.learn.classification import predict
from academy.learn.hooks import stepping
from academy.learn.schedules import one_cycle
from academy.learn.seeds import seed_everything
from academy.learn.training import train
from academy.lessons.lesson5.faces import Faces, pixels
from academy.lessons.lesson5.weights import with_kept_weights
from academy.nets.autoencoders import Encoder

JUDGED = (*ATTRIBUTES, "light clothes", "warm clothes")
"""What the judge tells: two attributes of clothes more, since much of what varies in these faces is there."""
LIGHT = 0.7
"""From which luma on a color is light, from 0 to 1."""
BATCH_SIZE, RATE = 64, 3e-3


def true_attributes(faces: Faces) -> torch.Tensor:
    """Say what is true of faces, shape (count, 10), bool, in the order of ``JUDGED``."""
    return torch.cat([faces.attributes, torch.tensor([clothing(face) for face in faces.drawn])], dim=1)


def clothing(face: Face) -> tuple[bool, bool]:
    """Say whether clothes are light, and whether they are warm: more red than blue."""
    red, green, blue = (int(face.clothes_color[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue > LIGHT, red > blue


def trained_judge(faces: Faces, epochs: int, seed: int = 0) -> Encoder:
    """Train one network with a logit for each attribute.

    Half of the images it is shown at half the resolution, since it will judge images that are not sharp.

    Args:
        faces: To train with.
        epochs: How often it sees each.
        seed: Of all random numbers.

    Returns:
        In evaluation mode; takes images of shape (count, 3, 64, 64), float from 0 to 1.
    """
    seed_everything(seed)
    network = Encoder(len(JUDGED)).to(memory_format=torch.channels_last)
    truth, steps = true_attributes(faces).float(), epochs * (len(faces.images) // BATCH_SIZE)
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE)
    scheduler = LambdaLR(optimizer, lambda step: one_cycle(step / steps))

    def loss_of(chosen: torch.Tensor) -> torch.Tensor:
        images = pixels(faces.images[chosen])
        images[: BATCH_SIZE // 2] = blurred(images[: BATCH_SIZE // 2])
        return F.binary_cross_entropy_with_logits(network(images), truth[chosen])

    batches = shuffled_batches(len(faces.images), BATCH_SIZE)
    train(network, loss_of, optimizer, batches, steps, after_step=[stepping(scheduler)])
    return network.eval()


def blurred(images: torch.Tensor) -> torch.Tensor:
    """Halve the resolution of images, and give them their size back."""
    return F.interpolate(F.avg_pool2d(images, 2), scale_factor=2, mode="bilinear")


def accuracies(network: Encoder, images: torch.Tensor, truth: torch.Tensor) -> dict[str, float]:
    """Give the share of images on which a judge is right about each attribute.

    Args:
        network: The judge.
        images: Shape (count, 3, 64, 64), float from 0 to 1.
        truth: Shape (count, 10), bool.
    """
    right = ((predict(network, images, 250) > 0) == truth).double().mean(dim=0)
    return {name: round(share, 4) for name, share in zip(JUDGED, right.tolist())}


@cache
def judge() -> Encoder:
    """Load the judge that ``train_judge.py`` trained, frozen and in evaluation mode."""
    return with_kept_weights(Encoder(len(JUDGED)), "judge")


def probabilities(images: torch.Tensor) -> torch.Tensor:
    """Say how sure the judge is of each attribute, shape (count, 10), from 0 to 1.

    Args:
        images: Shape (count, 3, 64, 64), float from 0 to 1.
    """
    return predict(judge(), images, 250).sigmoid()
