"""What of the app's folder for Hugging Face Spaces is this app's own."""

from pathlib import Path

from academy.apps.faces.collection import SHIPPED, Collection
from academy.apps.faces.page import TITLE
from academy.apps.spaces import PACKAGE, Space
from academy.lessons.lesson5.runs import LARGEST
from academy.lessons.lesson5.shipped import FILES

RUNS = "face-runs"

APP = '''\
"""Faces on sliders: starts the page."""

from pathlib import Path

from academy.apps.faces.collection import Collection
from academy.apps.faces.page import build
from academy.apps.page import serve

serve(build(Collection(Path(__file__).with_name("{folder}"), {run!r})), port=None, share=False)
'''

CARD = """\
# {title}

A variational autoencoder draws faces from codes of a few numbers. Eight sliders go along the principal \
components of these codes: move them, draw a face at random, or bring one of your own, see what the network \
makes of it, and walk on to a second one.

It comes from Lesson 5 of the book *Deep Learning, from a neuron to CLIP*.

## Run it

`pip install -r requirements.txt`, then `python app.py`. All that it needs is in this folder.

## What is in it

{runs}

## Licenses

The code, and the weights that come with the book, are under the MIT License (LICENSE). {own}

## Limits

- The network knows the faces that it was trained on. Whatever is brought comes back as one of these, people \
of kinds that it never saw as someone else.
- The sliders' names are what a small network judged; attributes that went together in the training faces go \
together here. They say nothing about people.
- A picture is read on the machine that runs the app, leaves its disk after one to two hours, and is \
sent nowhere else.
- Pictures with more than 50 million pixels, HEIC and SVG are refused, with advice.
"""


def space(collection: Collection) -> Space:
    """Describe the app for export: with the run to begin with, beside the one that always comes along.

    Args:
        collection: The runs.
    """
    name = collection.first
    runs, own = ["- A run of drawn faces."], ""
    files = {file.relative_to(PACKAGE.parent).as_posix(): file for file in FILES}
    if name != SHIPPED:
        runs.append(f"- A run of your own: {collection.held(name).metadata.source}")
        own = "What the faces of your own run allow, you have to say here, before you publish it."
        files |= {f"{RUNS}/{name}/{file}": Path(collection.folder, name, file) for file in LARGEST}
    return Space(
        title=TITLE,
        emoji="🙂",
        short_description="Move faces along the components of their codes",
        license="mit",
        app=APP.format(folder=RUNS, run=name),
        card=CARD.format(title=TITLE, runs="\n".join(runs), own=own),
        files=files,
    )
