"""What happens when the reader acts: the answers of the page, without the page."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import gradio as gr

from academy.apps.page import picture_of
from academy.apps.pictures.gallery import Found
from academy.apps.pictures.markup import problem, unmeasured
from academy.apps.pictures.search import Hit
from academy.apps.pictures.walk import Trail, examples, how_many, pressed, walked
from academy.apps.search import markup
from academy.apps.search.engine import Engine
from academy.apps.search.query import Asked, Query, Unasked, query
from academy.apps.search.sorting import EXAMPLES, names_in, sort, table
from academy.assets.errors import AssetError
from academy.data.reading import Unreadable

FEWEST, USUAL, MOST = 1, 12, 48
"""Pictures that are shown."""


@dataclass(frozen=True)
class Scene:
    """What the page shows: the pictures nearest to a query, or the neighbors of one of them."""

    query: Query | None = None
    """None before anything was asked."""
    wrong: str = ""
    """Why what was asked has no answer."""
    trail: Trail = field(default_factory=list)


class Desk:
    """Answers from an engine.

    Its methods take what Gradio hands on unchecked, from the page or from a program: words, an upload, a
    wording, how many pictures, names of classes. The scene alone is the page's own.

    Args:
        engine: What finds.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def act(
        self,
        words: Any,
        without: Any,
        upload: Any,
        wording: Any,
        count: Any,
        scene: Scene,
        event: gr.EventData,
    ) -> tuple[str, Scene]:
        """Search anew; or go on to the neighbors of a picture, or one step back, if one was pressed."""
        place = pressed(event)
        if place is None:
            scene = self.searched(text_in(words), text_in(without), upload, wording)
        else:
            scene = replace(scene, trail=walked(scene.trail, place, self.engine.count))
        return self.show(count, scene), scene

    def searched(self, words: str, without: str, upload: Any, wording: Any) -> Scene:
        """Make a query of what was given."""
        if not words and not without and upload is None:
            return Scene()
        try:
            picture = None if upload is None else picture_of(upload)
            return Scene(query(self.engine.model, Asked(words, without, picture), wording))
        except (Unasked, Unreadable) as error:
            return Scene(wrong=str(error))

    def show(self, count: Any, scene: Scene) -> str:
        """Show a scene, with as many pictures as asked for."""
        shown = how_many(count, FEWEST, USUAL, MOST)
        if scene.trail:
            place = scene.trail[-1]
            return markup.neighbors(self.engine.neighbors(place, shown), self.engine.found(Hit(place, 1.0)))
        if scene.wrong:
            return problem(scene.wrong)
        if scene.query is None:
            return self.welcome
        return markup.results(self.engine.nearest(scene.query.vector, shown), scene.query.title)

    def sort(self, classes: Any, wording: Any) -> str:
        """Put every picture of the set into one of the classes."""
        try:
            names = names_in(self.engine.model, classes)
        except Unasked as error:
            return problem(str(error))
        found = sort(self.engine.model, self.engine.features, names, wording)
        likely = found.probabilities[:, 0].tolist()

        def examples_of(places: Sequence[int]) -> list[Found]:
            return self.engine.all_found([Hit(place, likely[place]) for place in places])

        piles = []
        for name, places in found.piles():
            most, others = examples_of(places[:EXAMPLES]), places[EXAMPLES:]
            piles.append(markup.ShownPile(name, len(places), most, examples_of(others[-EXAMPLES:])))
        return markup.piles(piles, self.engine.count, table(self.engine.files, found))

    @cached_property
    def welcome(self) -> str:
        """The page before anything was asked, with pictures to begin with, from all over the set."""
        places = examples(self.engine.count)
        return markup.welcome([self.engine.found(Hit(place, 1.0)) for place in places])

    @cached_property
    def quality(self) -> str:
        """How well words find pictures, or why that cannot be said here."""
        try:
            return markup.qualities(self.engine.quality, self.engine.model)
        except AssetError as error:
            return unmeasured(str(error))


def text_in(sent: Any) -> str:
    """Return words without what surrounds them, whatever was sent."""
    return sent.strip() if isinstance(sent, str) else ""
