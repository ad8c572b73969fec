"""The decks' own Sphinx project, run by book/academy_book/decks.py into the built book."""

import hashlib
import sys
from pathlib import Path

from academy import colors

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE), str(HERE.parent / "book")]


def digest(*patterns: str) -> str:
    """Return one check sum over the files of the engine and the theme."""
    files = sorted(path for pattern in patterns for path in HERE.glob(pattern) if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def palette() -> dict[str, str]:
    """Return the book's colors."""
    return {name.lower(): value for name, value in vars(colors).items() if str(value).startswith("#")}


project = "Slides"
language = "en"
extensions = ["myst_parser", "sphinx_revealjs", "academy_decks"]
exclude_patterns = [  # what the reveal.js package holds beside what the decks load
    "revealjs/css",
    "revealjs/dist/*.esm.js",
    "revealjs/dist/*.map",
    "revealjs/dist/theme/*.css",
    "revealjs/dist/theme/fonts/*/*.[et]*",
    "revealjs/dist/theme/fonts/league-gothic",
    "revealjs/plugin/[!n]*",
    "revealjs/plugin/notes/[!n]*",
    "revealjs/plugin/notes/*.esm.js",
]
templates_path = ["_templates"]
myst_enable_extensions = ["amsmath", "attrs_block", "attrs_inline", "colon_fence", "dollarmath"]

html_math_renderer = "katex"
html_copy_source = False
html_use_index = False
html_context = {"palette": palette()}

revealjs_html_theme = "revealjs-simple"
revealjs_style_theme = "deck.css"
revealjs_css_files = ["katex/katex.min.css"]
revealjs_static_path = ["_static", str(HERE.parent / "book" / "_static" / "js" / "storage.js")]
revealjs_use_section_ids = True
revealjs_script_plugins = [{"name": "RevealNotes", "src": "revealjs/plugin/notes/notes.js"}]
revealjs_script_conf = {
    "width": 1280,
    "height": 720,
    "margin": 0,
    "center": False,
    "hash": True,
    "defaultTiming": 60,  # without it the speaker view does not pace by the timing of each slide
    "navigationMode": "linear",
    "slideNumber": "c/t",
    "transition": "none",
    "backgroundTransition": "none",
    "pdfSeparateFragments": False,
    "pdfMaxPagesPerSlide": 1,
    "scrollActivationWidth": None,  # a phone shows slides too, not one long page
}

deck_engine = digest("academy_decks/*.py", "_static/*", "_templates/*")
