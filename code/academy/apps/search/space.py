"""What of the app's folder for Hugging Face Spaces is this app's own."""

from academy.apps.search.page import TITLE
from academy.apps.spaces import PACKAGE, Space
from academy.assets.registry import find
from academy.data.emoji import STYLES
from academy.lessons.lesson8 import shipped

RESULTS = shipped.FILE.parent
SHIPPED = [shipped.FILE, *(RESULTS / f"{name}.safetensors" for name in ("pair_basis", "pair_vectors"))]
"""Weights and vectors that come with the package; the baseline needs the vectors whatever the model."""

APP = '''\
"""Find pictures by words: starts the page."""

from academy.apps.page import serve
from academy.apps.search.engine import open_engine
from academy.apps.search.page import build
from academy.apps.search.{module} import {name}

serve(build(open_engine(None, lambda: {name}{arguments!r})), port=None, share=False)
'''

CARD = """\
# {title}

Write a few words, give a picture, or both: the app shows the nearest of the emoji in {styles} drawing \
styles, by the cosine of two towers' vectors. Take words away, put them into templates, press a picture to \
see its neighbors, or name classes and sort all pictures into them, with a table to download. How well names \
find pictures is measured beside a baseline.

It comes from Lesson 8 of the book *Deep Learning, from a neuron to CLIP*.

## Run it

`pip install -r requirements.txt`, then `python app.py`. The first start fetches weights and drawings, \
checks their sums, and takes some minutes for small copies of them.

## Licenses

The code, and the weights that come with the book, are under the MIT License (LICENSE). What the app fetches \
is not in this folder:

| what | license | made by |
| --- | --- | --- |
{rows}

## Limits

{limits}
- {towers}
- A softmax over the classes that are named adds up to 100% even where none is right.
- A picture is read on the machine that runs the app, leaves its disk after one to two hours, and is \
sent nowhere else.
- Pictures with more than 50 million pixels, HEIC and SVG are refused, with advice.
"""


def space(open_clip: tuple[str, str] | None) -> Space:
    """Describe the app for export.

    Args:
        open_clip: Architecture and weights of a model of OpenCLIP; None for the towers of Lesson 8.
    """
    names = ["efficientnet-lite0", "minilm"] if open_clip is None else []
    assets = [find(name) for name in (*names, *(f"emoji-{style}" for style in STYLES), "emoji-keywords")]
    rows = [f"| {each.title} | {each.license} | {each.attribution} |" for each in assets]
    towers = "The towers were trained on emoji and their names: to photos and sentences they are new."
    if open_clip is not None:
        rows.append(f"| {' '.join(open_clip)} | see its page on the Hugging Face hub | OpenCLIP |")
        towers = "The towers were trained on pairs from the web, and hold their errors and prejudices."
    return Space(
        title=TITLE,
        emoji="🔤",
        short_description="Emoji by words, and sorted into classes you name",
        license="mit",
        app=APP.format(
            module="emoji_model" if open_clip is None else "open_clip_model",
            name="EmojiModel" if open_clip is None else "OpenClip",
            arguments=open_clip or (),
        ),
        card=CARD.format(
            title=TITLE,
            styles=len(STYLES),
            rows="\n".join(rows),
            limits="\n".join(f"- {text}" for text in dict.fromkeys(each.avoid for each in assets)),
            towers=towers,
        ),
        files={file.relative_to(PACKAGE.parent).as_posix(): file for file in SHIPPED},
    )
