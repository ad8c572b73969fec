"""What happens when the reader acts: the answers of the page, without the page."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import gradio as gr

from academy.apps.page import picture_of
from academy.apps.pictures.markup import problem, unmeasured
from academy.apps.pictures.search import Hit
from academy.apps.pictures.walk import Trail, examples, how_many, pressed, walked
from academy.apps.similar import markup
from academy.apps.similar.engine import Engine, Found
from academy.assets.errors import AssetError
from academy.data.reading import Unreadable

FEWEST, USUAL, MOST = 1, 6, 24
"""Neighbors that are shown."""


class Desk:
    """Answers from an engine.

    Its methods take what Gradio hands on unchecked, from the page or from a program: an upload, how many
    neighbors, names of backbones, the trail.

    Args:
        engine: What finds.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def begin(self, upload: Any, count: Any, backbones: Any) -> tuple[str, Trail]:
        """Find the pictures that are most similar to one of your own, for each backbone."""
        return self.answer(upload, count, backbones, []), []

    def go(
        self, upload: Any, count: Any, backbones: Any, trail: Trail, event: gr.EventData
    ) -> tuple[str, Trail]:
        """Go on to the neighbors of a reference, or one step back."""
        trail = walked(trail, pressed(event), self.engine.count)
        return self.answer(upload, count, backbones, trail), trail

    def answer(self, upload: Any, count: Any, backbones: Any, trail: Trail) -> str:
        """Show the neighbors of the last reference on the trail, or else of the picture."""
        chosen = [name for name in self.engine.titles if isinstance(backbones, list) and name in backbones]
        if not chosen:
            return problem("Nothing is compared: choose a way to compare under “Compare”.")
        shown = how_many(count, FEWEST, USUAL, MOST)
        if trail:
            return self.neighbors(chosen, trail[-1], shown)
        if upload is None:
            return self.welcome
        try:
            return self.similar(chosen, upload, shown)
        except Unreadable as error:
            return problem(str(error))

    def neighbors(self, backbones: Sequence[str], place: int, count: int) -> str:
        """Show the neighbors of a reference."""
        found = self.by_title(backbones, lambda name: self.engine.similar_to(place, name, count))
        return markup.results(found, self.reference(place))

    def similar(self, backbones: Sequence[str], upload: Any, count: int) -> str:
        """Show the neighbors of the reader's picture.

        Raises:
            Unreadable: If it cannot be read.
        """
        picture = picture_of(upload)
        return markup.results(
            self.by_title(backbones, lambda name: self.engine.similar(picture, name, count)), None
        )

    def reference(self, place: int) -> Found:
        """Give one picture of the set."""
        return self.engine.found(Hit(place, 1.0))

    def by_title(
        self, backbones: Sequence[str], find: Callable[[str], Sequence[Found]]
    ) -> dict[str, Sequence[Found]]:
        """Ask each backbone, and file its answer under what a person calls it."""
        return {self.engine.titles[name]: find(name) for name in backbones}

    @cached_property
    def welcome(self) -> str:
        """The page before anything was asked, with references to begin with, from all over the set."""
        return markup.welcome([self.reference(place) for place in examples(self.engine.count)])

    @cached_property
    def quality(self) -> str:
        """How well each backbone finds pictures of one kind, or why that cannot be said here."""
        try:
            return markup.qualities(self.engine.quality(), self.engine.titles)
        except AssetError as error:
            return unmeasured(str(error))
