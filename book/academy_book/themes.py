"""Vector figures in two themes: by variables that follow the page's color scheme, or painted for one."""

import re

from academy import colors

LIGHT = {"ink": colors.INK, "paper": "none", "blue": colors.BLUE, "orange": colors.ORANGE}
DARK = {"ink": "#e6edf3", "paper": "none", "blue": "#4aa8e8", "orange": "#ff8f47"}
"""What lines, text and points are drawn in, by theme; the other colors are seen on both."""
DRAWN = LIGHT | {"paper": colors.PAPER}
"""The colors in which a cell draws."""


def variables(palette: dict[str, str]) -> str:
    """Return a palette as a rule of a vector figure."""
    return "svg{" + ";".join(f"--{name}:{color}" for name, color in palette.items()) + "}"


def style(light: str, dark: str) -> str:
    """Return what makes the variables follow the page's color scheme."""
    return f"<style>{light}@media(prefers-color-scheme:dark){{{dark}}}</style>"


STYLE = style(variables(LIGHT), variables(DARK))
ANY_STYLE = re.compile(re.escape(style("LIGHT", "DARK")).replace("LIGHT", "[^<]*").replace("DARK", "[^<]*"))
"""The same of any palettes: a figure from an earlier build may have others."""


def with_variables(svg: str) -> str:
    """Return a figure whose colors follow the page's color scheme; one that does already has them renewed."""
    svg = ANY_STYLE.sub("", svg)
    for name, color in DRAWN.items():
        svg = re.sub(rf"{color}\b", f"var(--{name})", svg)
    return re.sub(r"(<svg [^>]*>)", rf"\1{STYLE}", svg, count=1)


def painted(svg: str, palette: dict[str, str]) -> str:
    """Return a figure with variables in the colors of one palette."""
    svg = ANY_STYLE.sub("", svg)
    for name, color in palette.items():
        svg = svg.replace(f"var(--{name})", color)
    return svg
