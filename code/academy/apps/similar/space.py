"""What of the app's folder for Hugging Face Spaces is this app's own."""

from collections.abc import Sequence

from academy.apps.similar.backbones import expect_known
from academy.apps.similar.page import TITLE
from academy.apps.spaces import Space
from academy.assets.registry import find
from academy.data.emoji import STYLES

WEIGHTS = {"efficientnet": "efficientnet-lite0", "resnet18": "resnet18"}
"""The asset behind a backbone; the pixels need none."""

APP = '''\
"""Find similar pictures: starts the page."""

from academy.apps.page import serve
from academy.apps.similar.engine import open_engine
from academy.apps.similar.page import build

serve(build(open_engine(None, {backbones})), port=None, share=False)
'''

CARD = """\
# {title}

Upload, paste or photograph a picture: the app shows its nearest neighbors among emoji in {styles} drawing \
styles, by cosine similarity of features. Several ways to compare stand beside each other, with precision, \
recall and accuracy on a small labeled set. Press a neighbor to see its own neighbors.

It comes from the book *Deep Learning, from a neuron to CLIP*.

## Run it

`pip install -r requirements.txt`, then `python app.py`. The first start fetches weights and drawings, \
checks their sums, and takes some minutes to index them.

## Licenses

The code is under the MIT License (LICENSE). What it fetches is not in this folder:

| what | license | made by |
| --- | --- | --- |
{rows}

## Limits

{limits}
- A picture is read on the machine that runs the app, leaves its disk after one to two hours, and is \
sent nowhere else.
- Pictures with more than 50 million pixels, HEIC and SVG are refused, with advice.
- The nearest neighbor is the most similar of what is there: a picture of something that no emoji shows gets \
neighbors, too. A high cosine is no probability.
"""


def space(backbones: Sequence[str]) -> Space:
    """Describe the app for export.

    Args:
        backbones: Names of the backbones it compares.

    Raises:
        ValueError: If there is none of a name.
    """
    expect_known(backbones)
    used = [WEIGHTS[name] for name in backbones if name in WEIGHTS]
    assets = [find(name) for name in (*used, *(f"emoji-{style}" for style in STYLES), "emoji-keywords")]
    return Space(
        title=TITLE,
        emoji="🔎",
        short_description="Nearest neighbors of a picture among emoji",
        license="mit",
        app=APP.format(backbones=list(backbones)),
        card=CARD.format(
            title=TITLE,
            styles=len(STYLES),
            rows="\n".join(f"| {each.title} | {each.license} | {each.attribution} |" for each in assets),
            limits="\n".join(f"- {text}" for text in dict.fromkeys(each.avoid for each in assets)),
        ),
    )
