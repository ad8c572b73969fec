"""What happens when the reader acts: the answers of the page, without the page."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr
import torch

from academy.apps.faces import markup
from academy.apps.faces.collection import SHIPPED, Collection
from academy.apps.faces.scene import (
    FARTHEST,
    Kind,
    Scene,
    as_seen,
    code_of,
    decoded,
    drawn,
    encoded,
    scene_of,
)
from academy.apps.faces.sliders import sliders_of
from academy.apps.page import picture_of
from academy.data.reading import Unreadable
from academy.foreign import cleaned
from academy.lessons.lesson5.faces import pixels
from academy.lessons.lesson5.runs import DamagedRun, FaceRun
from academy.lessons.lesson5.sliders import COUNT

MOST_SENTENCES = 3
"""About damaged runs."""
LONGEST_NAME = 60

Answer = list[Any]
"""What changes on the page: the face, the scene, the way, all sliders."""
Change = Callable[[Scene, FaceRun], tuple[Scene, Sequence[float], float]]
"""Gives another scene, and where the sliders and the way stand then.

Raises:
    Unreadable: If it cannot be; then all stays as it is.
"""
AT_REST = [0.0] * COUNT


class Desk:
    """Answers from a collection of runs.

    Its methods take what Gradio hands on unchecked, from the page or from a program: an upload, the name of a
    run, where sliders stand. The scene alone is the page's own; it is None until the page has begun.

    Args:
        collection: The runs.
    """

    def __init__(self, collection: Collection) -> None:
        self.collection = collection

    def begin(self) -> Answer:
        """Show the run to begin with, and the choice of runs, as the folder is now."""
        damaged = [str(each) for each in self.collection.look()]
        if (more := len(damaged) - MOST_SENTENCES) > 0:
            damaged[MOST_SENTENCES:] = [f"{more:,} more cannot be used."]
        return self.opened(self.collection.first, None, " ".join(damaged))

    def choose(self, name: Any, scene: Scene | None) -> Answer:
        """Go on with another run; pictures that were brought stay, and are encoded anew."""
        try:
            self.collection.read(name)
        except DamagedRun as error:
            there = scene.run if scene and scene.run in self.collection.runs else self.collection.first
            return self.opened(there, scene, str(error))
        return self.opened(name, scene)

    def opened(self, name: str, scene: Scene | None, wrong: str = "") -> Answer:
        """Show a run from its beginning."""
        run = self.collection.held(name)
        brought = (scene.picture, scene.other_picture) if scene else (None, None)
        choices = [(titled(each), each) for each in self.collection.names]
        return [
            gr.update(choices=choices, value=name),
            markup.about(run.metadata),
            *self.set(scene_of(name, run, *brought), run, AT_REST, 0.0, wrong),
        ]

    def move(self, scene: Scene | None, way: Any, *positions: Any) -> str:
        """Show the face where the sliders stand."""
        try:
            scene, run = self.current(scene)
        except DamagedRun as error:
            return markup.problem(str(error))
        return shown(scene, run, positions_in(positions), way_in(way))

    def draw(self, scene: Scene | None, way: Any, *positions: Any) -> Answer:
        """Draw a face at random."""

        def change(scene: Scene, run: FaceRun) -> tuple[Scene, Sequence[float], float]:
            start, found = drawn(run, sliders_of(run))
            return replace(scene, kind=Kind.DRAWN, start=start), found, 0.0

        return self.changed(change, scene, way, positions)

    def reset(self, scene: Scene | None, way: Any, *positions: Any) -> Answer:
        """Set all sliders to 0: at the face that was brought, or else the mean face."""

        def change(scene: Scene, run: FaceRun) -> tuple[Scene, Sequence[float], float]:
            return scene_of(scene.run, run, scene.picture, scene.other_picture), AT_REST, 0.0

        return self.changed(change, scene, way, positions)

    def bring(self, upload: Any, scene: Scene | None, way: Any, *positions: Any) -> Answer:
        """Begin with a face that is brought; with the mean face, when it is taken away."""

        def change(scene: Scene, run: FaceRun) -> tuple[Scene, Sequence[float], float]:
            begun = scene_of(scene.run, run, picture_in(upload))
            return replace(begun, other=scene.other, other_picture=scene.other_picture), AT_REST, 0.0

        return self.changed(change, scene, way, positions)

    def bring_other(self, upload: Any, scene: Scene | None, way: Any, *positions: Any) -> Answer:
        """Take a second face to go to; none, when it is taken away."""

        def change(scene: Scene, run: FaceRun) -> tuple[Scene, Sequence[float], float]:
            picture = picture_in(upload)
            code = None if picture is None else encoded(run, picture)
            return replace(scene, other=code, other_picture=picture), positions_in(positions), 0.0

        return self.changed(change, scene, way, positions)

    def draw_other(self, scene: Scene | None, way: Any, *positions: Any) -> Answer:
        """Draw a second face to go to."""

        def change(scene: Scene, run: FaceRun) -> tuple[Scene, Sequence[float], float]:
            code = run.pca.code(torch.randn(len(run.pca.variances)))
            return replace(scene, other=code, other_picture=None), positions_in(positions), 0.0

        return self.changed(change, scene, way, positions)

    def changed(self, change: Change, scene: Scene | None, way: Any, positions: Sequence[Any]) -> Answer:
        """Show the scene after a change, or why there was none."""
        try:
            scene, run = self.current(scene)
        except DamagedRun as error:
            return [markup.problem(str(error)), *[gr.skip()] * (2 + COUNT)]
        try:
            after, found, onward = change(scene, run)
        except Unreadable as error:
            return self.set(scene, run, positions_in(positions), way_in(way), str(error))
        return self.set(after, run, found, onward)

    def current(self, scene: Scene | None) -> tuple[Scene, FaceRun]:
        """Give the scene and its run.

        Raises:
            DamagedRun: If the run has gone.
        """
        name = scene.run if scene else self.collection.first
        run = self.collection.held(name)
        return scene or scene_of(name, run), run

    def set(
        self, scene: Scene, run: FaceRun, positions: Sequence[float], way: float, wrong: str = ""
    ) -> Answer:
        """Set the page to a scene."""
        sliders = sliders_of(run)
        updates = [
            gr.update(label=slider.label, value=at, interactive=slider.works, visible=True)
            for slider, at in zip(sliders, positions)
        ]
        unused = [gr.update(value=0.0, visible=False)] * (COUNT - len(sliders))
        goes = gr.update(value=way, interactive=scene.other is not None)
        return [shown(scene, run, positions, way, wrong), scene, goes, *updates, *unused]


def shown(scene: Scene, run: FaceRun, positions: Sequence[float], way: float, wrong: str = "") -> str:
    """Show the face where the sliders stand, and beside it what it is compared with."""
    sliders = sliders_of(run)
    code = code_of(scene, run, sliders, positions, way)
    beside = {}
    if scene.kind is Kind.YOURS and scene.picture is not None:
        beside = {"Your picture": pixels(scene.picture[None])[0], "Given back": decoded(run, scene.start)}
    if scene.other is not None:
        beside["Second face"] = decoded(run, scene.other)
    return markup.stage(markup.Shown(scene, sliders, positions, way, code), decoded(run, code), beside, wrong)


def picture_in(upload: Any) -> torch.Tensor | None:
    """Read a face that was brought, as the network sees it; None if it was taken away.

    Raises:
        Unreadable: If it cannot be read.
    """
    if upload is None:
        return None
    return as_seen(picture_of(upload))


def positions_in(values: Sequence[Any]) -> list[float]:
    """Return where the sliders stand, whatever was sent."""
    sent = [number(value, -FARTHEST, FARTHEST) for value in values[:COUNT]]
    return [*sent, *AT_REST[len(sent) :]]


def way_in(value: Any) -> float:
    """Return how far to go to the second face, whatever was sent."""
    return number(value, 0.0, 1.0)


def number(value: Any, least: float, most: float) -> float:
    """Return a number within limits; 0 for what is none."""
    if not isinstance(value, int | float) or not math.isfinite(value):
        return 0.0
    return float(min(max(value, least), most))


def titled(name: str) -> str:
    """Say what a run is called in the list of them."""
    return "Lesson 5: drawn faces" if name == SHIPPED else cleaned(name, LONGEST_NAME)
