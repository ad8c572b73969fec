"""What the page shows of faces and runs, as HTML."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import torch
from PIL import Image

from academy.apps.faces.scene import Scene
from academy.apps.faces.sliders import how_named
from academy.apps.markup import address, frame
from academy.foreign import cleaned
from academy.lessons.lesson5.metadata import Metadata
from academy.lessons.lesson5.sliders import Slider

LONGEST = 200
"""Characters of a run's source that are shown."""
KINDS = {
    "avatars": "drawn faces",
    "lfw": "Labeled Faces in the Wild",
    "celeba": "CelebA",
    "folder": "a folder of pictures",
}

STYLE = """
.faces {
  display: grid; grid-template: "large few" auto "save save" auto / minmax(0, 24rem) auto;
  justify-content: start; gap: 0.75rem;
}
figure { margin: 0; }
img { display: block; width: 100%; height: auto; aspect-ratio: 1; border-radius: 8px; }
figcaption { margin-top: 0.25rem; font-size: 0.875rem; line-height: 1.3; }
.large { grid-area: large; }
.large figcaption { font-size: 1rem; }
.few { grid-area: few; display: flex; flex-direction: column; gap: 0.5rem; }
.few figure { width: 6.5rem; }
.save { grid-area: save; display: flex; flex-wrap: wrap; gap: 0.5rem; }
.save a {
  padding: 0.5rem 0.875rem; color: inherit; font-size: 0.875rem; line-height: 1.3; text-decoration: none;
  border: 1px solid var(--border-color-primary); border-radius: 8px; background: var(--block-background-fill);
}
.save a:hover { border-color: var(--slider-color); }
@media (max-width: 48rem) {
  .faces {
    grid-template: "large few" auto "large save" 1fr / minmax(0, min(13rem, 32vh)) minmax(0, 1fr);
    gap: 0.5rem 0.75rem;
  }
  .few { flex-flow: row wrap; }
  .few figure { width: 3rem; }
  .few figcaption { font-size: 0.75rem; line-height: 1.15; }
  .large figcaption { font-size: 0.875rem; }
  .save { align-content: end; }
  .save a { padding: 0.375rem 0.625rem; }
}
"""
ABOUT_STYLE = """
dl { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0 0 1rem; }
dl div { display: flex; gap: 0.375rem; }
dt { color: var(--body-text-color-subdued); }
dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
"""


@dataclass(frozen=True)
class Shown:
    """The face that is shown, in numbers."""

    scene: Scene
    sliders: Sequence[Slider]
    positions: Sequence[float]
    """Of the sliders, as they stand on the page."""
    way: float
    """Gone to the second face, from 0 to 1."""
    code: torch.Tensor
    """Shape (latents,)."""

    @property
    def caption(self) -> str:
        """Say what the face is."""
        way = f", {self.way:.0%} of the way to the second face" if self.scene.other is not None else ""
        return capitalized(self.scene.kind) + (way if self.way else "")

    @property
    def alternative(self) -> str:
        """Say what the face is, and where the sliders stand that are not at 0."""
        moved = [f"{slider.name} {signed(at)}" for slider, at in zip(self.sliders, self.positions) if at]
        return "; ".join([self.caption, *filter(None, [", ".join(moved)])])

    def as_json(self) -> str:
        """Write down what makes the face: the run, the sliders, and the code that its decoder takes."""
        settings = {
            "run": self.scene.run,
            "from": self.scene.kind,
            "sliders": [
                {"name": each.name, "component": each.component, "sign": each.sign, "position": at}
                for each, at in zip(self.sliders, self.positions)
            ],
            "way to the second face": self.way,
            "code": self.code.tolist(),
        }
        return json.dumps(settings, indent=1, ensure_ascii=False)


def stage(shown: Shown, face: torch.Tensor, beside: Mapping[str, torch.Tensor], wrong: str = "") -> str:
    """Show the face, what it is compared with, and what can be kept of it.

    Args:
        shown: The face, in numbers.
        face: Its picture, shape (3, 64, 64), float from 0 to 1.
        beside: Smaller pictures by their captions.
        wrong: What went wrong.
    """
    settings = address(shown.as_json().encode(), "application/json")
    few = "".join(figure(address_of(picture), caption, caption) for caption, picture in beside.items())
    picture = address_of(face)
    return frame(
        shown.caption,
        f'<div class="faces"><div class="large">{figure(picture, shown.caption, shown.alternative)}</div>'
        f'<div class="few">{few}</div><div class="save">'
        f'<a download="face.png" href="{picture}">Download picture</a>'
        f'<a download="face.json" href="{settings}">Download settings</a></div></div>',
        wrong,
    )


def problem(sentence: str) -> str:
    """Say what went wrong where no face can be shown."""
    return frame("", "", sentence)


def figure(picture: str, caption: str, alt: str) -> str:
    """Draw a picture, given as an address, with words below it."""
    # Decoded at once: a picture that takes the place of another must leave no gap.
    return (
        f'<figure><img alt="{escape(alt)}" width="64" height="64" decoding="sync" src="{picture}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def address_of(picture: torch.Tensor) -> str:
    """Write a picture of shape (3, height, width), float from 0 to 1, as the address of a PNG."""
    target = io.BytesIO()
    numbers = (255 * picture.clamp(0, 1)).round().byte().permute(1, 2, 0).numpy()
    Image.fromarray(numbers).save(target, "PNG", compress_level=1)
    return address(target.getvalue(), "image/png")


def signed(amount: float) -> str:
    """Write where a slider stands."""
    return f"{amount:+.1f}".replace("-", "−")


def capitalized(sentence: str) -> str:
    """Begin with a capital letter."""
    return sentence[0].upper() + sentence[1:]


def about(metadata: Metadata) -> str:
    """Show what a run is, and how its sliders got their names."""
    recipe, figures = metadata.recipe, metadata.figures
    rows = {
        "Data": f"{KINDS[metadata.data]}, {metadata.training:,} to train on",
        "Latents": f"{recipe.latents}",
        "β": f"{recipe.beta:g}",
        "Loss": recipe.loss,
        "Epochs": f"{recipe.epochs:,}",
        "Reconstruction": f"{figures.psnr:.1f} dB",
        "KL": f"{figures.kl:.0f} nats",
        "Variance in 8 components": f"{figures.share_8:.0%}",
    }
    items = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in rows.items())
    return (
        f"<h2>This run</h2><p>{escape(cleaned(metadata.source, LONGEST))}</p><dl>{items}</dl>"
        f"<h2>What the sliders move</h2><p>{escape(how_named(metadata))}</p>"
    )
