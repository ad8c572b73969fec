"""A walk through a set, from neighbor to neighbor and back; and how much of it is shown."""

import math
from typing import Any

import gradio as gr

GOLDEN = 0.618034
"""Steps of this part of a whole fall all over it, and into no rhythm of what lies there."""
EXAMPLES = 6
"""References that are offered to who has no picture at hand."""
BACK = -1
"""The place that the button Back names."""

Trail = list[int]
"""The references that the reader went through; the last one is the one whose neighbors are shown."""


def pressed(event: gr.EventData) -> Any:
    """Give the place that the press of a button names; None where no button was pressed."""
    data = event._data  # its attributes are these; asked for where there are none, they raise
    return data.get("place") if isinstance(data, dict) else None


def walked(trail: Trail, place: Any, count: int) -> Trail:
    """Go on to a reference, or one step back; whatever else is named leads nowhere.

    Args:
        trail: So far.
        place: A place in the set, or ``BACK``.
        count: Pictures of the set.
    """
    if place == BACK:
        return trail[:-1]
    if isinstance(place, int) and 0 <= place < count:
        return [*trail, place]
    return trail


def examples(count: int) -> list[int]:
    """Choose places from all over a set, each once."""
    return [*dict.fromkeys(int(count * (each * GOLDEN % 1)) for each in range(EXAMPLES))]


def how_many(asked: Any, fewest: int, usual: int, most: int) -> int:
    """Return how many pictures are shown, whatever was asked for."""
    if not isinstance(asked, int | float) or not math.isfinite(asked):
        return usual
    return int(min(max(asked, fewest), most))
