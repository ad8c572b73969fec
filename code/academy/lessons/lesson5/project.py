"""The face project: faces of any kind, an autoencoder trained on them, and the run that comes of it."""

import re
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

import torch
from torchvision.utils import make_grid
from tqdm import tqdm  # type: ignore[import-untyped]

from academy.data.avatars import avatars
from academy.data.reading import in_quotes
from academy.data.real_faces import Photos, celeba, expect_some, faces_in, labeled_faces_in_the_wild
from academy.learn.hooks import ProgressBar
from academy.learn.training import Hook
from academy.lessons.lesson5.comparison import COMPONENTS, codes_of, images_of
from academy.lessons.lesson5.faces import TEST, TRAIN, VALIDATION, pixels
from academy.lessons.lesson5.knobs import TURN, Effect, effect_of
from academy.lessons.lesson5.latents import LatentPCA, draw_like, latent_pca
from academy.lessons.lesson5.measures import posterior_summary, psnr, reconstruction_quality
from academy.lessons.lesson5.metadata import Figures, Knob, Metadata, expect_recipe
from academy.lessons.lesson5.runs import PICTURES, FaceRun, expect_name, places, save_picture, write_run
from academy.lessons.lesson5.training import BATCH_SIZE, Network, Recipe, Run, trained
from academy.nets.autoencoders import VariationalAutoencoder
from academy.nets.modes import evaluating

FOLDER = Path("face-runs")
"""Where runs are, if nothing else is said."""
LOSSES = {"mse": "MSE", "log-mse": "log-MSE", "perceptual": "perceptual, 3000"}
"""By the names that the command has for them; of the perceptual ones, that whose weight served better."""
PHOTOS = {"lfw": labeled_faces_in_the_wild, "celeba": celeba}
FEWEST_KEPT, MOST_KEPT = 8, 500
"""Faces kept back: a tenth, but no fewer and no more."""
FEWEST = BATCH_SIZE + FEWEST_KEPT
"""Faces that a run needs."""
LOOKS = 10
"""How often a training is looked at: after each epoch, if there are no more."""
SHOWN = 8
"""Faces in a picture of reconstructions."""
TURNED = 200
"""Faces kept back that knobs are turned for, at most."""
FARTHEST = 3
"""Standard deviations to either side in a picture of traversals."""


class FaceData(NamedTuple):
    """Faces for one run."""

    kind: str
    """One of ``KINDS``."""
    name: str
    """What runs on them are called."""
    train: Photos
    validation: Photos
    """Kept back, to measure on."""


def face_data(data: str, count: int | None = None) -> FaceData:
    """Load faces, and keep back the last tenth of them, from 8 to 500.

    Args:
        data: ``avatars``, ``lfw``, ``celeba``, or a folder of pictures.
        count: How many faces, the first ones; by default 5,500 drawn ones, those of the lesson without its
            test faces, 20,000 of a data set, all of a folder.

    Raises:
        ValueError: If there is no such data, or too few faces; the text is a sentence.
        AssetUnavailable: If the data cannot be had.
    """
    if count is not None:
        expect_some(count)
    if data == "avatars":
        kind, name, photos = data, data, drawn(count or TRAIN + VALIDATION)
    elif data in PHOTOS:
        kind, name, photos = data, data, PHOTOS[data](count) if count else PHOTOS[data]()
    elif Path(data).expanduser().is_dir():
        kind, name, photos = "folder", name_after(Path(data)), faces_in(Path(data))
    else:
        raise ValueError(f"{in_quotes(data)} is no folder here, nor one of avatars, lfw and celeba.")
    images = photos.images[:count]
    if len(images) < FEWEST:
        raise ValueError(
            f"{photos.source} {len(images)} faces are too few: a run needs {FEWEST} or more, "
            f"{BATCH_SIZE} for a batch and {FEWEST_KEPT} kept back to measure on."
        )
    kept = min(max(len(images) // 10, FEWEST_KEPT), MOST_KEPT)
    return FaceData(
        kind, name, photos._replace(images=images[:-kept]), photos._replace(images=images[-kept:])
    )


def drawn(count: int) -> Photos:
    """Draw faces, the lesson's own first."""
    images = avatars(max(count, TRAIN + VALIDATION + TEST)).images[:count]
    return Photos(images, f"Drawn faces: {len(images):,}.")


def name_after(folder: Path) -> str:
    """Make of a folder's name one that a run can have."""
    name = re.sub(r"[^\w-]+", "-", folder.expanduser().resolve().name).strip("-")
    return name[:40] or "folder"


def make_run(
    data: str,
    recipe: Recipe,
    count: int | None = None,
    name: str | None = None,
    folder: Path = FOLDER,
    device: torch.device | str | None = None,
) -> Path:
    """Train on faces, measure what came of it, and write it down; stopped, a later call goes on.

    While it trains, a picture of reconstructions stands beside the runs.

    Args:
        data: As in ``face_data``.
        recipe: How to train; variational.
        count: How many faces, as in ``face_data``.
        name: Of the run; by default after the data. Where it is taken at the end, a number is added.
        folder: Where runs are; made if need be.
        device: Where to train; by default on a GPU, if there is one.

    Returns:
        The run's folder.

    Raises:
        ValueError: If recipe, name or faces cannot be, or the training went astray; the text is a sentence.
        AssetUnavailable: If the data cannot be had.
        OSError: If the folder cannot be written.
    """
    expect_recipe(recipe)
    folder.mkdir(parents=True, exist_ok=True)
    if name:
        expect_name(folder, name)
    tempfile.TemporaryFile(dir=folder).close()  # better to fail now than after an hour
    faces = face_data(data, count)
    tqdm.write(
        f"{faces.train.source} {len(faces.train.images):,} to train on; "
        f"the last {len(faces.validation.images)} are kept back."
    )
    name = name or faces.name
    so_far = folder / f"{next(places(folder, name)).name}-so-far.png"

    def watchers(network: Network, steps: int) -> Sequence[Hook]:
        return [ProgressBar(steps), Onlooker(network, faces.validation, steps, recipe.epochs, so_far)]

    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    run = trained(recipe, faces.train, device, watchers)
    place = write_run(folder, name, *measured(run, recipe, faces, str(device)))
    so_far.unlink(missing_ok=True)
    return place


def measured(
    run: Run, recipe: Recipe, faces: FaceData, device: str
) -> tuple[FaceRun, dict[str, torch.Tensor]]:
    """Measure what came of a training, and draw its pictures."""
    network = run.network.cpu()
    assert isinstance(network, VariationalAutoencoder)  # as expect_recipe has made sure
    codes = codes_of(network, faces.train.images)
    pca = latent_pca(codes)
    metadata = Metadata(
        data=faces.kind,
        source=faces.train.source,
        training=len(faces.train.images),
        validation=len(faces.validation.images),
        recipe=recipe,
        figures=figures_of(network, pca, faces.validation),
        knobs=knobs_of(network, pca, faces.validation) if faces.kind == "avatars" else (),
        made=datetime.now(UTC).isoformat(timespec="microseconds"),
        device=device,
        torch=torch.__version__,
    )
    history = run.losses.unflatten(0, (recipe.epochs, -1)).mean(dim=1)  # (epochs, 2)
    pictures = dict(zip(PICTURES, pictures_of(network, pca, codes, faces.validation, recipe.seed)))
    return FaceRun(metadata, network, pca, history), pictures


class Onlooker:
    """Says now and then how far a training is, and shows what the network makes of faces kept back."""

    def __init__(self, network: Network, kept: Photos, steps: int, epochs: int, picture: Path) -> None:
        """Say what to look at.

        Args:
            network: What is trained.
            kept: The faces.
            steps: Of the training.
            epochs: In so many steps.
            picture: The file to write.
        """
        self.network, self.kept, self.picture = network, kept, picture
        self.steps, self.epochs, self.epoch = steps, epochs, steps // epochs
        self.between = max(epochs // LOOKS, 1) * self.epoch
        self.is_new = True

    def __call__(self, step: int, loss: torch.Tensor) -> None:
        """Look after a step, if it is time."""
        if self.is_new and step > 1:
            tqdm.write(f"Going on after epoch {(step - 1) // self.epoch} of {self.epochs}.")
        self.is_new = False
        if step % self.between == 0 or step == self.steps:
            images = pixels(self.kept.images)
            made = reconstructed(self.network, images)
            save_picture(self.picture, beside(images, made))
            tqdm.write(
                f"Epoch {step // self.epoch} of {self.epochs}: {psnr(made, images).mean():.1f} dB on "
                f"{len(images)} faces kept back; some are in {self.picture}."
            )


@torch.no_grad()
def reconstructed(network: Network, images: torch.Tensor) -> torch.Tensor:
    """Give what a network makes of images, on any device, without a change to either."""
    device = next(network.parameters()).device
    with evaluating(network):
        parts = [network.decoder(network.encode(part.to(device))).cpu() for part in images.split(250)]
    return torch.cat(parts)


def beside(images: torch.Tensor, made: torch.Tensor) -> torch.Tensor:
    """Put some faces in a row, and below each what was made of it."""
    grid: torch.Tensor = make_grid(torch.cat([images[:SHOWN], made[:SHOWN]]), nrow=SHOWN)
    return grid


def figures_of(network: VariationalAutoencoder, pca: LatentPCA, kept: Photos) -> Figures:
    """Measure a network on faces kept back."""
    images = pixels(kept.images)
    quality = reconstruction_quality(reconstructed(network, images), images)
    summary = posterior_summary(network, kept.images)
    return Figures(
        psnr=quality["psnr"],
        ssim=quality["ssim"],
        perceptual=quality["perceptual"],
        kl=summary["kl"],
        active=int(summary["active"]),
        share_8=round(pca.shares[:COMPONENTS].sum().item(), 4),
    )


def knobs_of(network: VariationalAutoencoder, pca: LatentPCA, kept: Photos) -> tuple[Knob, ...]:
    """Turn the first components' knobs for drawn faces, and say which attribute each moves most."""
    codes, decode = codes_of(network, kept.images[:TURNED]), partial(images_of, network)
    steps = TURN * pca.variances[:COMPONENTS, None].sqrt() * pca.components[:COMPONENTS]
    effects = [effect_of(decode, codes, step) for step in steps]
    return tuple(knob_of(effect) for effect in effects)


def knob_of(effect: Effect) -> Knob:
    """Keep of an effect what a run says of it."""
    return Knob(
        most=effect.most,
        change=round(float(effect.changes[effect.changes.abs().argmax()]), 4),
        purity=round(effect.purity, 3) if effect.changes.any() else 0.0,
        clear=effect.is_clear,
    )


def pictures_of(
    network: VariationalAutoencoder, pca: LatentPCA, codes: torch.Tensor, kept: Photos, seed: int
) -> list[torch.Tensor]:
    """Draw reconstructions; samples from a normal distribution fitted to the codes; and traversals.

    A traversal goes along a component, from three standard deviations below the mean code to three above.
    """
    images, chance = pixels(kept.images[:SHOWN]), torch.Generator().manual_seed(seed)
    samples = images_of(network, draw_like(codes, 4 * SHOWN, chance))
    components = torch.eye(len(pca.variances))[:COMPONENTS]  # (rows, components)
    sliders = components[:, None] * torch.linspace(-FARTHEST, FARTHEST, SHOWN - 1)[:, None]
    walked = images_of(network, pca.code(sliders).flatten(0, 1))
    return [
        beside(images, reconstructed(network, images)),
        make_grid(samples, nrow=SHOWN),
        make_grid(walked, nrow=SHOWN - 1),
    ]
