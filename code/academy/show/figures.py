"""One look for every figure: vector where it is small, otherwise pixels at twice the size."""

import io
from typing import Any

import matplotlib as mpl
from cycler import cycler
from IPython import get_ipython
from matplotlib.figure import Figure

from academy import colors
from academy.show.pictures import keep_pixels, lighten

LARGEST_SVG = 250_000
"""Bytes before compression; a larger vector figure is drawn as pixels instead."""

STYLE: dict[Any, Any] = {
    "axes.axisbelow": True,
    "axes.edgecolor": colors.INK,
    "axes.facecolor": "none",
    "axes.grid": False,
    "axes.labelcolor": colors.INK,
    "axes.prop_cycle": cycler(color=colors.CYCLE),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 11,
    "axes.titleweight": "bold",
    "figure.constrained_layout.use": True,
    "figure.dpi": 96,
    "figure.facecolor": colors.PAPER,
    "figure.figsize": (6.4, 3.6),
    "font.size": 10.5,
    "grid.color": colors.QUIET,
    "grid.linewidth": 0.4,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "savefig.facecolor": colors.PAPER,
    "svg.hashsalt": "academy",
    "text.color": colors.INK,
    "xtick.color": colors.INK,
    "ytick.color": colors.INK,
}


def house_style() -> None:
    """Give every figure that follows the book's look, and show it as vector where that is small."""
    mpl.rcParams.update(STYLE)
    shell = get_ipython()
    if shell is None:
        return
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    set_matplotlib_formats("svg")
    formatters = shell.display_formatter.formatters
    formatters["image/svg+xml"].for_type(Figure, small_svg)
    formatters["image/png"].for_type(Figure, sized_png)


def small_svg(figure: Figure) -> str | None:
    """Draw a figure as SVG text, the same bytes each time; None when it is too large to ship."""
    text = as_svg(figure)
    return text if len(text.encode()) <= LARGEST_SVG else None


def sized_png(figure: Figure) -> tuple[bytes, dict[str, float]] | None:
    """Draw a figure as PNG at twice its size, with the width and height it shall have in CSS pixels.

    Returns:
        The file and its size, or None where the figure is small enough as SVG.
    """
    if small_svg(figure) is not None:
        return None
    target = io.BytesIO()
    figure.savefig(target, format="png", dpi=2 * figure.dpi)
    width, height = figure.get_size_inches() * figure.dpi
    return target.getvalue(), {"width": round(width), "height": round(height)}


def as_svg(figure: Figure) -> str:
    """Draw a figure as SVG text without date or program name, so that a rerun gives the same bytes."""
    keep_pixels(figure)
    target = io.StringIO()
    figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
    return lighten(target.getvalue())
