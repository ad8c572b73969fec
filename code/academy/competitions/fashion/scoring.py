"""Fashion-MNIST: as many of the 10,000 test pictures right as a network trained from scratch can get."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import torch
from torch import nn

import academy
from academy.compete import submission, tensors
from academy.compete.entries import Entry, Status, refusing
from academy.compete.files import read_files
from academy.compete.intervals import Interval, wilson
from academy.compete.refused import Refused
from academy.competitions.fashion import onnx_models
from academy.competitions.fashion.answers import Answers, kept
from academy.data.images import fashion_mnist
from academy.foreign import cleaned
from academy.nets.classifiers import CLASSIFIERS

LOGITS_FILE = "logits.safetensors"
LARGEST = {submission.FILE: 64_000}
ONE_OF = {tensors.FILE: 20_000_000, onnx_models.FILE: 20_000_000, LOGITS_FILE: 500_000}
"""Bytes of each file, and of the one that a hand-in has beside."""
LONGEST = {"worked": 2000, "failed": 2000, "machine": 200}
LONGEST_TRAINING = 1e8
"""Seconds."""

JUDGES = ("compete", "competitions/fashion", "nets", "sandbox")
"""The parts of the package that decide what a hand-in scores."""
BATCH = 100
PICTURE = (1, 28, 28)
COUNTER = "num_batches_tracked"
"""What a batch normalization counts while it is trained, and never uses afterwards."""
VARIANCE = "running_var"


@dataclass(frozen=True)
class FashionSubmission(submission.Submission):
    """What a hand-in says of itself."""

    worked: str
    failed: str
    """What was tried and did not help."""
    training_seconds: float
    machine: str
    """On which it was trained."""


@dataclass(frozen=True)
class FashionEntry(Entry):
    """A measured network, or logits of one that nobody has seen."""

    submission: FashionSubmission | None = None
    network: str = ""
    """Which of the course's architectures; or in what format the network, or its logits, came."""
    interval: Interval | None = None
    """Of the accuracy, 95%."""
    predictions: torch.Tensor | None = None
    """Shape (10000,), int64."""
    file_size: int | None = None
    """Bytes of the file with the network, or with its logits."""

    def as_json(self) -> dict[str, Any]:
        """Give what a program wants to know."""
        return {
            **super().as_json(),
            "interval": self.interval,
            "network": self.network,
            "file_size": self.file_size,
        }


def order(entry: Entry) -> tuple[float, ...]:
    """Put highest accuracy first, then fewest parameters."""
    return (-(entry.accuracy or 0), entry.parameters or 0)


@cache
def test_set() -> tuple[torch.Tensor, torch.Tensor]:
    """Give the standard test pictures, shape (10000, 1, 28, 28), from 0 to 1, and their labels."""
    clothes = fashion_mnist()
    return clothes.test_images.float() / 255, clothes.test_labels


@refusing
def score(place: Path, cache: Path | None = None) -> Entry:
    """Measure one hand-in.

    Args:
        place: A folder or zip archive with `submission.toml` and one of `model.safetensors`, `model.onnx`
            and `logits.safetensors`.
        cache: A folder that keeps what networks answered, so that each is measured once.

    Returns:
        What was measured on the standard test pictures; or the entry as refused.

    Raises:
        AssetUnavailable: If the test pictures cannot be had.
    """
    files = read_files(place, LARGEST, ONE_OF)
    table = submission.read_table(files.pop(submission.FILE))
    ((file, content),) = files.items()
    about = submission_of(table)
    network = network_in(table, file)
    images, labels = test_set()
    parts = [network.encode(), content, *judges(), images.numpy().tobytes()]
    answers = kept(cache, parts, len(labels), lambda: measured(file, network, content))
    right = int((answers.predictions == labels).sum())
    ranked = file != LOGITS_FILE
    parameters = answers.parameters if ranked else about.claims.parameters
    unseen = "by logits alone: nobody has seen the network, so it is not ranked."
    return FashionEntry(
        place=place.name,
        status=Status.RANKED if ranked else Status.CLAIMED,
        reason=f"{found(right)} with {parameters:,} parameters." if ranked else f"{found(right)}, {unseen}",
        accuracy=right / len(labels),
        parameters=parameters,
        submission=about,
        network=network,
        interval=wilson(right, len(labels)),
        predictions=answers.predictions,
        file_size=len(content),
    )


def found(right: int) -> str:
    """Say how many of the test pictures a network got right, and how sure that is."""
    count = len(test_set()[1])
    interval = wilson(right, count)
    return (
        f"{right:,} of {count:,} pictures right, {right / count:.2%} "
        f"(95% interval {interval.low:.2%} to {interval.high:.2%})"
    )


def submission_of(table: dict[str, Any]) -> FashionSubmission:
    """Take from the parsed file what a hand-in says of itself."""
    fields = submission.common_entries(table)
    fields |= {name: submission.text_in(table, name, longest) for name, longest in LONGEST.items()}
    seconds = submission.measure_in(
        table, "training_seconds", LONGEST_TRAINING, "a number of seconds, 0 or more"
    )
    return FashionSubmission(**fields, training_seconds=seconds)


def network_in(table: dict[str, Any], file: str) -> str:
    """Say which architecture a file of weights is for; for another file, what it is."""
    if file != tensors.FILE:
        if "architecture" in table:
            raise Refused(f"architecture in {submission.FILE} goes with {tensors.FILE}; here is {file}")
        return "ONNX" if file == onnx_models.FILE else "logits"
    name = submission.entry_in(table, "architecture", str)
    if name not in CLASSIFIERS:
        raise Refused(
            f"there is no architecture {cleaned(name, 40)}; choose among {', '.join(CLASSIFIERS)}, "
            f"or hand in {onnx_models.FILE}"
        )
    return str(name)


@cache
def judges() -> tuple[bytes, ...]:
    """Give all that decides what a network answers, apart from the network and the pictures."""
    package = Path(academy.__path__[0])
    sources = [path for part in JUDGES for path in sorted(package.glob(f"{part}/*.py"))]
    versions = [f"{name} {version_of(name)}".encode() for name in ("torch", "onnx", "onnxruntime")]
    return tuple([*(hashlib.sha256(path.read_bytes()).digest() for path in sources), *versions])


def version_of(package: str) -> str:
    """Return which version is installed; "none" if none is."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "none"


def measured(file: str, network: str, content: bytes) -> Answers:
    """Have a network answer, or read what it is said to have answered."""
    images, labels = test_set()
    if file == LOGITS_FILE:
        weights = tensors.read_tensors(content, LOGITS_FILE)
        tensors.hold_to_shapes(weights, {"logits": (len(labels), 10)}, "the rules ask", LOGITS_FILE)
        return Answers(weights["logits"].argmax(dim=1), 0)
    if file == onnx_models.FILE:
        logits, parameters = onnx_models.run(content, images)
    else:
        model = network_of(network, tensors.read_tensors(content))
        logits, parameters = logits_of(model, images), parameters_of(model)
    return Answers(logits.argmax(dim=1), parameters)


def network_of(architecture: str, weights: dict[str, torch.Tensor]) -> nn.Module:
    """Build one of the course's networks with the weights of a hand-in.

    Raises:
        Refused: If a tensor is missing, too many, of another shape, or a variance is negative.
    """
    model = CLASSIFIERS[architecture]()
    shapes = {
        name: tuple(tensor.shape) for name, tensor in model.state_dict().items() if not name.endswith(COUNTER)
    }
    tensors.hold_to_shapes(weights, shapes, f"the architecture {architecture} asks")
    for name, tensor in weights.items():
        if name.endswith(VARIANCE) and (tensor < 0).any():
            raise Refused(f"{name} in {tensors.FILE} holds a variance below 0")
    model.load_state_dict(weights, strict=False)  # without the counters
    return model.eval()


def logits_of(model: nn.Module, images: torch.Tensor) -> torch.Tensor:
    """Run a network on pictures.

    Raises:
        Refused: If an output is not a finite number.
    """
    with torch.inference_mode():
        logits = torch.cat([model(batch) for batch in images.split(BATCH)])
    if not logits.isfinite().all():
        raise Refused("an output of the network is not a finite number: its weights are too large")
    return logits


def parameters_of(model: nn.Module) -> int:
    """Count weights and biases."""
    return sum(parameter.numel() for parameter in model.parameters())
