"""A face run as a folder: whole or not there, never overwritten, and checked when it is read."""

import csv
import io
import math
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from PIL import Image
from safetensors.torch import save_file

from academy.atomic import atomic_folder, atomic_path
from academy.compete.files import regular_file
from academy.compete.refused import Refused
from academy.compete.tensors import first_line, hold_to_shapes, read_tensors
from academy.data.reading import Unreadable, in_quotes, read_picture
from academy.lessons.lesson5 import metadata as said
from academy.lessons.lesson5.latents import LatentPCA
from academy.lessons.lesson5.metadata import Metadata, read_metadata
from academy.nets.autoencoders import VariationalAutoencoder

MODEL, PCA, HISTORY = "model.safetensors", "pca.safetensors", "history.csv"
PICTURES = ("reconstructions.png", "samples.png", "traversals.png")
LARGEST = {
    said.FILE: 100_000,
    HISTORY: 2_000_000,
    PCA: 2_000_000,
    MODEL: 100_000_000,
    **dict.fromkeys(PICTURES, 5_000_000),
}
"""The files of a run, and how many bytes of each are read."""
COLUMNS = ["epoch", "pixels", "codes"]
"""Of the history: nats an image, means over the epoch."""
NUMBERS = {"F32": "float32", "F16": "float16", "I64": "int64"}
NAME = re.compile(r"\w[\w.-]{0,59}")
"""Of a run, which becomes the name of a folder on any system."""


class DamagedRun(ValueError):
    """A run cannot be used; the text is a sentence that names it and says why."""


@dataclass(frozen=True)
class FaceRun:
    """A variational autoencoder of faces, and all that is known of it."""

    metadata: Metadata
    network: VariationalAutoencoder
    """Frozen, in evaluation mode, on the processor."""
    pca: LatentPCA
    """Of the codes of the faces that it was trained on: as many components as latents."""
    history: torch.Tensor
    """Shape (epochs, 2): mean nats of the pixels and of the codes, both an image."""


def write_run(folder: Path, name: str, run: FaceRun, pictures: Mapping[str, torch.Tensor]) -> Path:
    """Write a run into a folder of its own, whole or not at all.

    Args:
        folder: Where runs are; made if need be.
        name: Of the run; where it is taken by then, a number is added.
        run: What was trained.
        pictures: Those of ``PICTURES``, by name, shape (3, height, width), float from 0 to 1.

    Returns:
        The folder made.

    Raises:
        ValueError: If it would not be a whole run, as of a training that went to infinity.
        OSError: If it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for place in places(folder, name):
        try:
            with atomic_folder(place) as unfinished:
                fill(unfinished, run, pictures)
            return place
        except Refused as error:
            raise ValueError(
                f"No run was made: {error}. If the training went astray, take a smaller beta."
            ) from None
        except OSError:
            if not os.path.lexists(place):
                raise  # nobody else was faster with this name
    raise AssertionError("there is always another number")


def fill(folder: Path, run: FaceRun, pictures: Mapping[str, torch.Tensor]) -> None:
    """Write the files of a run, and read them once."""
    (folder / said.FILE).write_text(run.metadata.as_json(), encoding="utf-8")
    weights = {name: each.contiguous() for name, each in run.network.state_dict().items()}
    save_file(weights, folder / MODEL)
    run.pca.save(folder / PCA)
    with (folder / HISTORY).open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        rows.writerows([epoch, *parts] for epoch, parts in enumerate(run.history.tolist(), start=1))
    for name, picture in pictures.items():
        save_picture(folder / name, picture)
    content_of(folder)


def save_picture(path: Path, picture: torch.Tensor) -> None:
    """Write a picture of shape (3, height, width), float from 0 to 1, as PNG, whole or not at all."""
    numbers = (255 * picture.clamp(0, 1)).round().byte().permute(1, 2, 0).numpy()
    with atomic_path(path) as unfinished:
        Image.fromarray(numbers).save(unfinished)


def places(folder: Path, name: str) -> Iterator[Path]:
    """Give the places that are free for a run of a name: of that name, or with a number after it."""
    number = 1
    while True:
        place = folder / (name if number == 1 else f"{name}-{number}")
        if not os.path.lexists(place):
            yield place
        number += 1


def expect_name(folder: Path, name: str) -> None:
    """Make sure that a run can have a name.

    Raises:
        ValueError: If it cannot.
    """
    if not NAME.fullmatch(name):
        raise ValueError(
            f"{in_quotes(name)} cannot be the name of a run: take up to 60 letters, digits, points, hyphens "
            "and underscores, a letter, digit or underscore first."
        )
    if os.path.lexists(folder / name):
        raise ValueError(
            f"There is a run {in_quotes(name)} in {folder} already, and none is overwritten. "
            "Choose another name, or none: then one is found."
        )


def read_run(folder: Path) -> FaceRun:
    """Read a run, whoever made it; nothing in it is executed.

    Raises:
        DamagedRun: If anything is missing, damaged, too large or does not fit the rest.
    """
    try:
        return content_of(folder)
    except Refused as error:
        raise DamagedRun(f"The run {in_quotes(folder.name)} cannot be used: {error}.") from None


def content_of(folder: Path) -> FaceRun:
    """Read the files of a run.

    Raises:
        Refused: As ``read_run`` does, without the run's name.
    """
    if not folder.is_dir():
        raise Refused("there is no such folder")
    files = {name: regular_file(folder / name, most) for name, most in LARGEST.items()}
    metadata = read_metadata(files[said.FILE])
    for name in PICTURES:
        expect_picture(files[name], name)
    return FaceRun(
        metadata,
        network_of(metadata, files[MODEL]),
        pca_of(metadata, files[PCA]),
        history_of(metadata, files[HISTORY]),
    )


def network_of(metadata: Metadata, content: bytes) -> VariationalAutoencoder:
    """Build the network, and give it its weights."""
    recipe, weights = metadata.recipe, read_tensors(content, MODEL, NUMBERS)
    with torch.device("meta"):  # without drawing weights that are not kept
        network = VariationalAutoencoder(recipe.latents, recipe.depth)
    shapes = {name: tuple(each.shape) for name, each in network.state_dict().items()}
    hold_to_shapes(weights, shapes, f"{said.FILE} asks", MODEL)
    network.to_empty(device="cpu").load_state_dict(weights)
    return network.to(memory_format=torch.channels_last).eval().requires_grad_(False)


def pca_of(metadata: Metadata, content: bytes) -> LatentPCA:
    """Read the principal components of the codes."""
    latents, tensors = metadata.recipe.latents, read_tensors(content, PCA, NUMBERS)
    shapes = {"mean": (latents,), "components": (latents, latents), "variances": (latents,)}
    hold_to_shapes(tensors, shapes, f"{said.FILE} asks", PCA)
    if (least := tensors["variances"].min()) < 0:
        raise Refused(f"{PCA} holds a variance below 0: {least:.3g}")
    return LatentPCA(**{name: each.float() for name, each in tensors.items()})


def history_of(metadata: Metadata, content: bytes) -> torch.Tensor:
    """Read the losses of each epoch."""
    try:
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
        numbers = [[float(each) for each in row] for row in rows]
    except (ValueError, csv.Error) as error:
        raise Refused(f"{HISTORY} cannot be read: {first_line(error)}") from None
    epochs = metadata.recipe.epochs
    if head != COLUMNS or any(len(row) != len(COLUMNS) for row in rows):
        raise Refused(f"{HISTORY} has not the columns {', '.join(COLUMNS)} in each row")
    if [row[0] for row in numbers] != list(range(1, epochs + 1)):
        raise Refused(f"{HISTORY} has {len(rows)} rows; {said.FILE} asks for the epochs 1 to {epochs}")
    if not all(math.isfinite(each) for row in numbers for each in row):
        raise Refused(f"{HISTORY} holds numbers that are not finite")
    return torch.tensor(numbers)[:, 1:]


def expect_picture(content: bytes, name: str) -> None:
    """Make sure that bytes are a picture.

    Raises:
        Refused: If they are none.
    """
    try:
        read_picture(content, name)
    except Unreadable as error:
        raise Refused(str(error).partition(". ")[0]) from None


def runs_in(folder: Path) -> tuple[dict[str, FaceRun], list[DamagedRun]]:
    """Read all runs in a folder: what is there of them, by name, the earliest first, and what is damaged.

    A folder without any file of a run is none, and left out, as is what is hidden.
    """
    runs, damaged = {}, []
    for place in sorted(folder.iterdir()) if folder.is_dir() else []:
        if place.name.startswith(".") or not any(os.path.lexists(place / name) for name in LARGEST):
            continue
        try:
            runs[place.name] = read_run(place)
        except DamagedRun as error:
            damaged.append(error)
    return dict(sorted(runs.items(), key=lambda item: item[1].metadata.made_at)), damaged
