"""Training one classifier of images, and how well it does on those it is not trained on."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import torch
from torch import nn
from torch.nn import functional as F

from academy.learn.batches import shuffled_batches
from academy.learn.hooks import History
from academy.learn.training import Hook, Optimizer, train
from academy.nets.modes import evaluating

Transform = Callable[[torch.Tensor], torch.Tensor]

BATCH_SIZE = 100
"""Where nothing else is said."""


def labeled_batches(
    images: torch.Tensor,
    labels: torch.Tensor,
    batches: Iterable[torch.Tensor],
    device: torch.device,
    transform: Transform,
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Pick images and labels by their indices.

    Args:
        images: Shape (count, ...), on any device.
        labels: Shape (count,), int64.
        batches: Indices of each batch.
        device: Where the batches go.
        transform: Applied there to the images of each batch, as for augmentation.

    Yields:
        Images of shape (batch, ...) and labels of shape (batch,).
    """
    for chosen in batches:
        yield transform(images[chosen].to(device)), labels[chosen].to(device)


def train_classifier(
    model: nn.Module,
    optimizer: Optimizer,
    images: torch.Tensor,
    labels: torch.Tensor,
    steps: int,
    *,
    batches: Iterable[torch.Tensor] | None = None,
    transform: Transform | None = None,
    label_smoothing: float = 0.0,
    after_step: Sequence[Hook] = (),
) -> History:
    """Train a classifier on the cross-entropy.

    Args:
        model: Gives one logit a class; trained in place, on the device of its weights, and left in
            training mode.
        optimizer: Holds the model's parameters.
        images: Inputs, shape (count, ...), on any device.
        labels: Classes, shape (count,), int64.
        steps: Number of steps.
        batches: Indices of each batch; when None, batches of 100 in PyTorch's own random order.
        transform: Applied to the images of each batch, as for augmentation.
        label_smoothing: Share of each label that is spread evenly over all classes.
        after_step: Hooks of :func:`academy.learn.training.train`.

    Returns:
        The mean cross-entropy of the batch before each step, in nats.
    """
    device = next(model.parameters()).device
    if batches is None:
        batches = shuffled_batches(len(labels), batch_size=min(BATCH_SIZE, len(labels)))
    history = History()

    def loss_of(batch: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        inputs, targets = batch
        return F.cross_entropy(model(inputs), targets, label_smoothing=label_smoothing)

    examples = labeled_batches(images, labels, batches, device, transform or nn.Identity())
    train(model, loss_of, optimizer, examples, steps, after_step=[*after_step, history])
    return history


@torch.no_grad()
def predict(model: nn.Module, images: torch.Tensor, batch_size: int = 1000) -> torch.Tensor:
    """Run a model on many images, a part at a time, in evaluation mode.

    Args:
        model: Back in its own mode afterwards.
        images: Shape (count, ...), on any device.
        batch_size: Images that the model sees at once.

    Returns:
        Outputs of shape (count, ...), on the device of the images.
    """
    device = next(model.parameters()).device
    with evaluating(model):
        return torch.cat([model(part.to(device)).to(images.device) for part in images.split(batch_size)])


def evaluate(model: nn.Module, images: torch.Tensor, labels: torch.Tensor) -> tuple[float, float]:
    """Measure a classifier in evaluation mode.

    Args:
        model: Gives one logit a class.
        images: Shape (count, ...).
        labels: Shape (count,), int64.

    Returns:
        The mean cross-entropy in nats, and the share of images it is right on.
    """
    logits = predict(model, images)
    return F.cross_entropy(logits, labels).item(), (logits.argmax(dim=1) == labels).double().mean().item()
