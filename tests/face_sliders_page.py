"""The sliders for faces on the lesson's page, and what PyTorch makes of where they stand."""

import base64
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import torch
from academy.apps.faces.sliders import direction, sliders_of
from academy.lessons.lesson5.comparison import images_of
from academy.lessons.lesson5.faces import face_split
from academy.lessons.lesson5.project import knobs_of
from academy.lessons.lesson5.runs import FaceRun
from academy.lessons.lesson5.shipped import shipped_run
from academy.lessons.lesson5.weights import lesson_pca, lesson_vae
from lesson_visits import visits
from PIL import Image
from playwright.sync_api import Locator, Page

LESSON = "lessons/5-variational-autoencoders/lesson5.html"
NAME = "face-sliders"
LARGE = ".face-sliders .face canvas"
FIRST, SECOND = (f".face-sliders .walk canvas >> nth={place}" for place in (0, 1))
visit = visits(LESSON, NAME, ".face-sliders .slider")


@cache
def lesson_run() -> FaceRun:
    """The lesson's network as the app would have it: with components of its codes, and what a judge says."""
    shipped, network, pca = shipped_run(), lesson_vae(), lesson_pca()
    knobs = knobs_of(network, pca, face_split().validation)
    return FaceRun(replace(shipped.metadata, knobs=knobs), network, pca, shipped.history)


def codes(positions: torch.Tensor) -> torch.Tensor:
    """Codes of faces, as the app computes them: eight sliders move the code that the others make.

    Args:
        positions: Shape (count, 64).
    """
    run = lesson_run()
    rest = torch.cat([torch.zeros(len(positions), 8), positions[:, 8:]], dim=1)
    moved = [direction(run, sliders_of(run), each[:8].tolist()) for each in positions]
    return run.pca.code(rest) + torch.stack(moved)


def pixels(positions: Sequence[float]) -> np.ndarray:
    """The picture of a face, shape (64, 64, 3), from 0 to 255."""
    padded = torch.tensor([*positions, *[0.0] * (64 - len(positions))])[None]
    return 255 * images_of(lesson_run().network, codes(padded))[0].permute(1, 2, 0).numpy()


def painted(canvas: Locator) -> np.ndarray:
    """What a canvas shows, shape (64, 64, 3), from 0 to 255."""
    written = canvas.evaluate("(canvas) => canvas.toDataURL()").partition(",")[2]
    picture = Image.open(io.BytesIO(base64.b64decode(written))).convert("RGB")
    return np.asarray(picture, dtype=np.float32)


def told(page: Page) -> dict[str, list]:
    """What the chapter's cells tell the script."""
    return json.loads(page.locator(f"[data-interactive={NAME}]").get_attribute("data-value"))


def state(page: Page) -> dict[str, list[float]]:
    """The two faces and the way, as the link tells them; the lesson's own where it tells nothing."""
    link = page.get_by_label("Link to this state").input_value().partition("?")[2]
    face, other = told(page)["faces"]
    found = {"face": face, "other": other, "way": [0.0]}
    for part in filter(None, link.split("&")):
        name, _, text = part.partition("=")
        found[name] = [float(each) for each in text.split(",")]
    return found


def sliders(page: Page) -> list[float]:
    """Where the eight sliders stand."""
    return page.locator(".sliders input").evaluate_all("(all) => all.map((each) => each.valueAsNumber)")


def move(page: Page, label: str, value: float) -> None:
    """Move a slider, and let it go."""
    page.get_by_label(label, exact=True).fill(str(value))
