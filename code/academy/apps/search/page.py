"""The page: words go in and pictures come out, each of which leads to its neighbors; and a set is sorted."""

from html import escape
from typing import Any

import gradio as gr

from academy.apps.page import ONE_AT_A_TIME, UNOPENED, page, picture_input
from academy.apps.pictures.markup import ON_LOAD, STYLE, credits, skipped
from academy.apps.search.desk import FEWEST, MOST, USUAL, Desk, Scene
from academy.apps.search.engine import Engine
from academy.apps.search.markup import SORTED_STYLE
from academy.apps.search.query import LONGEST
from academy.apps.search.sorting import FEWEST as FEWEST_CLASSES
from academy.apps.search.sorting import MOST as MOST_CLASSES
from academy.apps.search.wordings import AS_WRITTEN, AVERAGED, choices

TITLE = "Find pictures by words"
PAGE_STYLE = "<style>.gradio-container .ask { align-items: flex-end; }</style>"
"""The button stands on the line of the fields."""
IN_ORDER: dict[str, Any] = {**UNOPENED, **ONE_AT_A_TIME}
LAST: dict[str, Any] = {"trigger_mode": "always_last", **IN_ORDER}
"""For a listener: what the reader did last while an answer was on its way is answered after it."""


def build(engine: Engine) -> gr.Blocks:
    """Make the page.

    Args:
        engine: What finds.
    """
    desk = Desk(engine)
    built = page(TITLE)
    with built:
        gr.HTML(
            f"{PAGE_STYLE}<h1>{TITLE}</h1><p>Words, a picture, or both: see what is nearest among "
            f"{escape(engine.description)}. Press a picture to see its own neighbors. "
            f"{escape(engine.model.title)}. {escape(engine.model.about_pictures)}</p>",
            apply_default_css=False,
        )
        with gr.Row(elem_classes="ask"):
            words = gr.Textbox(
                label="Search for",
                placeholder="a red fruit",
                max_lines=1,
                max_length=LONGEST,
                scale=3,
                min_width=200,
            )
            without = gr.Textbox(
                label="Without", placeholder="apple", max_lines=1, max_length=LONGEST, scale=2
            )
            search = gr.Button("Search", variant="primary", scale=1, min_width=120)
        with gr.Row():
            with gr.Column(scale=5, min_width=280):
                found = gr.HTML(desk.welcome, css_template=STYLE, js_on_load=ON_LOAD, apply_default_css=False)
            with gr.Column(scale=2, min_width=280):
                count = gr.Slider(FEWEST, MOST, USUAL, step=1, label="Pictures")
                wording = gr.Dropdown(choices(), value=AS_WRITTEN, label="Wording", filterable=False)
                picture = picture_input("A picture to search with")
        gr.HTML(
            "<details><summary>How the parts add up</summary><p>Each part is a vector of length 1. Words and "
            "a picture are added, and the words under “Without” are taken away. The sum, made as long as 1 "
            "again, is compared with every picture by its cosine. Between words and pictures cosines are "
            "smaller than between pictures, and smaller still once words were taken away: what counts is "
            "their order."
            f"</p><p>{escape(engine.model.about_words)}</p></details>",
            apply_default_css=False,
        )
        gr.HTML(
            f"<h2>Sort all of them</h2><p>Name {FEWEST_CLASSES} to {MOST_CLASSES} classes, one a line: each "
            "picture goes into the nearest. The probability is a softmax over the classes that you name, so "
            "it adds up to 100% even where none of them is right: it is no probability that a picture is "
            "any of them.</p>",
            apply_default_css=False,
        )
        with gr.Row():
            with gr.Column(scale=2, min_width=280):
                classes = gr.Textbox(
                    label="Classes", placeholder="animal\nfood\nvehicle", lines=5, max_lines=12
                )
                class_wording = gr.Dropdown(
                    choices(), value=AVERAGED, label="Wording of the classes", filterable=False
                )
                sort = gr.Button("Sort", variant="primary")
            with gr.Column(scale=5, min_width=280):
                piles = gr.HTML(css_template=SORTED_STYLE, apply_default_css=False)
        gr.HTML(
            desk.quality + skipped(engine.skipped) + credits(engine.credits),
            apply_default_css=False,
        )

        scene = gr.State(Scene())
        # All that leads to another scene is answered one after the other, in its order: so what came last
        # stands last. Only the last of several would do, but Gradio forgets which picture that one named.
        gr.on(
            [
                search.click,
                words.submit,
                without.submit,
                picture.change,
                wording.input,
                found.select,
            ],
            desk.act,
            [words, without, picture, wording, count, scene],
            [found, scene],
            api_name="search",
            trigger_mode="multiple",
            **IN_ORDER,
        )
        count.change(desk.show, [count, scene], found, api_visibility="private", **LAST)
        sort.click(desk.sort, [classes, class_wording], piles, api_name="sort", **LAST)
    return built
