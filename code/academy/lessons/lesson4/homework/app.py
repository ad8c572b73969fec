"""Task 6: an app that is given a picture and answers with the most alike ones."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image

from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson4.homework.features import features_in
from academy.lessons.lesson4.homework.running_app import Answer, Refused, Running, quiet

SHOWN = 5
"""Pictures that an app shows, where it is asked for no other number."""
NEAR = 0.01
"""Of a cosine: what two decimals say."""
LARGEST_DIFFERENCE = 0.06
"""Mean difference of a shown picture from a drawing, of 1: browsers are sent smaller files."""
COMPARED_SIDE = 32
"""Pixels along a side at which shown pictures are compared with the drawings."""


def answers(
    make_app: Any, features_of: Any, index: Any, reference: Any, queries: Any, kinds: Any
) -> Iterator[Finding]:
    """Make the app, start it for this machine alone, and send it pictures as a browser does."""
    with tempfile.TemporaryDirectory() as place, quiet(place):
        with calling("make_app()"):
            app, launched = made(make_app)
        found = list(app_mistakes(app, launched))
        if found:
            yield from found
            return
        drawings = queries.images[[3, len(queries.images) // 2]]
        with calling("make_app().launch()"):
            running = Running(app, place)
        try:
            yield from asked(running, Path(place), drawings, features_of, index, reference, kinds)
        finally:
            running.close()


def made(make_app: Any) -> tuple[Any, list[dict[str, Any]]]:
    """Make an app, and note with which settings it was started meanwhile; it is not."""
    from unittest.mock import patch

    import gradio

    launched: list[dict[str, Any]] = []

    def note(app: Any, *values: Any, **settings: Any) -> None:
        launched.append(settings)

    with patch.object(gradio.Blocks, "launch", note):
        return make_app(), launched


def app_mistakes(app: Any, launched: Sequence[dict[str, Any]]) -> Iterator[Finding]:
    """Say why what was made is no app at rest."""
    import gradio

    if launched:
        public = " with `share=True`: a public link to your machine" if launched[0].get("share") else ""
        yield wrong(
            f"`make_app` starts the app{public}.",
            "return it without `launch`: whoever calls `make_app` decides where it runs.",
        )
    elif app is None or app is ...:
        yield wrong("`make_app` returns nothing.", "end it with `return` and the app.")
    elif not isinstance(app, gradio.Blocks):
        yield wrong(
            f"`make_app` returns a {type(app).__name__}, nothing that can be launched.",
            "a `gr.Interface` or `gr.Blocks`.",
        )
    elif app.analytics_enabled:
        yield wrong("The app reports its use to Gradio.", "leave `analytics_enabled=True` out.")


def asked(
    running: Running,
    place: Path,
    drawings: torch.Tensor,
    features_of: Any,
    index: Any,
    reference: Any,
    kinds: Sequence[str],
) -> Iterator[Finding]:
    """Send a drawing, one on a transparent ground, and none at all."""
    if running.endpoint is None:
        yield wrong(
            "The app takes no picture.", 'an input `gr.Image(type="pil")` of a function that answers.'
        )
        return
    features, known = features_in(features_of(drawings)), features_in(index)
    if features is None or known is None:
        yield wrong("`features_of` or `index` holds no numbers.", "solve Task 3 first.")
        return
    for number, (drawing, cosines) in enumerate(zip(drawings, features @ known.T)):
        file = place / f"{number}.png"
        written(drawing, is_transparent=number == 1).save(file)
        try:
            answer = running.ask(file)
        except Refused as error:
            yield wrong(
                f"Given a picture, the app answers with an error: {error}.",
                'your function gets an array unless you write `gr.Image(type="pil")`, and a gallery takes '
                "arrays of shape (height, width, 3). Call the function alone with what it gets.",
            )
            return
        found = list(answer_mistakes(answer, cosines, reference, kinds))
        if found and number == 1:
            yield wrong(
                f"{found[0].text} That picture has transparent parts; on white it would be answered rightly.",
                '`gr.Image(type="pil", image_mode=None)`: else Gradio drops which parts are transparent, '
                "before `prepare` sees it.",
            )
        if found and number == 0:
            yield from found
        if found:
            return
    yield right(f"a picture is answered with {SHOWN} or more, the most alike first, each with kind and score")
    try:
        shown = len(running.ask(None).pictures)
        if shown:
            yield wrong(
                f"Without a picture, the app answers with {shown} pictures.",
                '`raise gr.Error("…")` with a sentence for people, where the picture is `None`.',
            )
            return
    except Refused as error:
        if not error.is_meant or len(str(error).split()) < 2:
            yield wrong(
                f"Without a picture, the app fails: {error}.",
                '`raise gr.Error("…")` with a sentence for people, where the picture is `None`.',
            )
            return
    yield right("without a picture there is no traceback")


def written(drawing: torch.Tensor, is_transparent: bool) -> Image.Image:
    """Make a PIL picture of a drawing; where it is white, transparent, if so asked."""
    pixels = drawing.permute(1, 2, 0)  # (height, width, 3)
    if not is_transparent:
        return Image.fromarray(pixels.numpy())
    visible = (pixels < 255).any(dim=2, keepdim=True)
    return Image.fromarray(torch.cat([pixels * visible, 255 * visible], dim=2).to(torch.uint8).numpy())


def answer_mistakes(
    answer: Answer, cosines: torch.Tensor, reference: Any, kinds: Sequence[str]
) -> Iterator[Finding]:
    """Say what is wrong with the pictures that an app shows, or with what stands below them.

    Args:
        answer: What the app gave.
        cosines: Of the picture sent with each of the reference set, shape (count,).
        reference: The reference set.
        kinds: Names of the kinds.
    """
    if len(answer.pictures) < SHOWN:
        yield wrong(
            f"Pictures in the answer of the app: {len(answer.pictures)}, not {SHOWN}.",
            "a `gr.Gallery` takes a list of (picture, caption); a slider for k needs `value=5`.",
        )
        return
    shown = [place_of(each.file, reference.images) for each in answer.pictures[:SHOWN]]
    if None in shown:
        yield wrong(
            f"Picture {shown.index(None) + 1} of the answer is none of the reference set.",
            "show `reference.images[place]` as it is, from 0 to 255 and channels last: "
            "`.permute(1, 2, 0).numpy()`.",
        )
        return
    places = [place for place in shown if place is not None]
    best = cosines.topk(SHOWN).values
    for number, (place, wanted) in enumerate(zip(places, best.tolist())):
        if abs(cosines[place].item() - wanted) > NEAR:
            yield wrong(
                f"Picture {number + 1} of the answer has a cosine of {cosines[place]:.2f} with the one sent; "
                f"the one that belongs there has {wanted:.2f}.",
                "`search(features_of([picture])[0], index, k)` with the picture that was sent, "
                "in the order found.",
            )
            return
    yield from caption_mistakes(
        answer, cosines[places], [kinds[int(reference.labels[each])] for each in places]
    )


def caption_mistakes(answer: Answer, cosines: torch.Tensor, names: Sequence[str]) -> Iterator[Finding]:
    """Say where kind or score of a shown picture is written nowhere, or another."""
    for number, (each, cosine, name) in enumerate(zip(answer.pictures, cosines.tolist(), names)):
        text = each.caption or answer.text
        if name.lower() not in text.lower():
            yield wrong(
                f"Picture {number + 1} of the answer is of the kind {name}; its caption says {text!r}.",
                "`kinds[reference.labels[place]]` in the caption, for the place of each picture.",
            )
            return
        numbers = [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", text.replace("−", "-"))]
        if not any(min(abs(value - cosine), abs(value / 100 - cosine)) <= NEAR for value in numbers):
            yield wrong(
                f"Picture {number + 1} of the answer has a cosine of {cosine:.2f}; "
                f"its caption says {text!r}.",
                'the score in the caption, as in `f"{score:.2f}"`.',
            )
            return


def place_of(file: Path, images: torch.Tensor) -> int | None:
    """Return which drawing a file shows; None if it shows none of them."""
    with Image.open(file) as picture:
        small = picture.convert("RGB").resize((COMPARED_SIDE, COMPARED_SIDE), Image.Resampling.BOX)
    shown = torch.from_numpy(np.array(small)).permute(2, 0, 1) / 255
    drawn = torch.nn.functional.adaptive_avg_pool2d(images / 255, COMPARED_SIDE)
    apart, place = (drawn - shown).abs().mean(dim=(1, 2, 3)).min(dim=0)
    return int(place) if apart < LARGEST_DIFFERENCE else None
