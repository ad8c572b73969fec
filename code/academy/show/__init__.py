"""Figures in one look, numbers for the prose, and claims that guard it."""

from academy.show.figures import house_style
from academy.show.numbers import ClaimContradicted, claim, glue

__all__ = ["ClaimContradicted", "claim", "glue", "house_style"]
