"""Which towers are meant by what a reader writes after ``--model``."""

from collections.abc import Callable
from typing import NamedTuple

from academy.apps.search.model import Model
from academy.data.reading import in_quotes

EMOJI, OPEN_CLIP = "emoji", "open_clip"
DEFAULT = EMOJI


class Choice(NamedTuple):
    """Towers that were chosen, and not yet loaded."""

    load: Callable[[], Model]
    """Raises AssetError where weights cannot be had."""
    open_clip: tuple[str, str] | None
    """Architecture and weights, where they are OpenCLIP's."""


def chosen(model: str) -> Choice:
    """Find towers by what they are called: ``emoji``, ``open_clip:NAME`` or ``open_clip:NAME:PRETRAINED``.

    Raises:
        ValueError: If nothing is called so.
    """
    kind, _, rest = model.partition(":")
    if model == EMOJI:
        from academy.apps.search.emoji_model import EmojiModel

        return Choice(EmojiModel, None)
    if kind == OPEN_CLIP and rest:
        from academy.apps.search.open_clip_model import OpenClip, known_tag

        name, _, asked = rest.partition(":")
        tag = known_tag(name, asked or None)
        return Choice(lambda: OpenClip(name, tag), (name, tag))
    raise ValueError(
        f"There is no model {in_quotes(model)}. Choose {EMOJI}, {OPEN_CLIP}:NAME or "
        f"{OPEN_CLIP}:NAME:PRETRAINED, as in {OPEN_CLIP}:ViT-B-32:laion2b_s34b_b79k."
    )
