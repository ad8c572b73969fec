"""The book's colors: told apart by every kind of color vision, and readable on both themes.

The hues are those of Okabe and Ito, *Color universal design* (2008).
"""

INK = "#24292f"
"""Lines and text; the book's build swaps it for a light gray in dark mode."""

PAPER = "#ffffff"
"""Background of a figure; the book's build makes it transparent."""

QUIET = "#8c959f"
"""Grids and helper lines, visible on white and on black."""

BLUE = "#0072b2"
ORANGE = "#d55e00"
GREEN = "#009e73"
PURPLE = "#cc79a7"
SKY = "#56b4e9"
GOLD = "#e69f00"

CYCLE = [BLUE, ORANGE, GREEN, PURPLE, SKY, GOLD]
"""Order in which curves take their colors."""
