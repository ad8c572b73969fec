"""Figures in one look, numbers for the prose, and claims that guard it."""

from academy import colors
from academy.show.figures import house_style
from academy.show.numbers import ClaimContradicted, claim, glue
from academy.show.plane import field, grid, grid_lines, plane, scatter

__all__ = [
    "ClaimContradicted",
    "claim",
    "colors",
    "field",
    "glue",
    "grid",
    "grid_lines",
    "house_style",
    "plane",
    "scatter",
]
