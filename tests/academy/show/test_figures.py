"""Figures as readers get them: small ones as vectors, large ones as pixels, all told apart without color."""

import io
import itertools
from xml.etree import ElementTree

import matplotlib.pyplot as plt
import numpy as np
import pytest
from academy import colors
from academy.show.figures import LARGEST_SVG, house_style, sized_png, small_svg
from matplotlib.colors import to_rgb
from PIL import Image


@pytest.fixture
def style():
    with plt.rc_context():
        house_style()
        yield
        plt.close("all")


def figure_of(points):
    figure, axes = plt.subplots(figsize=(5, 3))
    generator = np.random.default_rng(0)
    axes.scatter(*generator.normal(size=(2, points)), c=generator.uniform(size=points))
    return figure


def test_a_small_figure_is_a_vector_and_the_same_bytes_each_time(style):
    first, second = small_svg(figure_of(50)), small_svg(figure_of(50))
    assert first == second
    root = ElementTree.fromstring(first)
    assert root.attrib["width"] == "360pt"
    assert colors.INK in first
    assert sized_png(figure_of(50)) is None


@pytest.mark.slow
def test_a_large_figure_is_pixels_at_twice_the_size_it_asks_for(style):
    figure = figure_of(20_000)
    assert small_svg(figure) is None
    data, shown = sized_png(figure)
    assert (shown["width"], shown["height"]) == (480, 288)
    assert Image.open(io.BytesIO(data)).size == (960, 576)
    assert len(data) < LARGEST_SVG


def luminance(color):
    channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return float(np.dot([0.2126, 0.7152, 0.0722], channels))


def contrast(first, second):
    """Contrast ratio of two colors (WCAG 2.1)."""
    light, dark = sorted([luminance(first), luminance(second)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("color", [colors.BLUE, colors.ORANGE])
@pytest.mark.parametrize("background", ["#ffffff", "#121212"])
def test_the_two_classes_stand_out_on_both_themes(color, background):
    assert contrast(color, background) >= 3, "WCAG 1.4.11 for graphics"


# Linear maps of how people without one kind of cone see (Viénot, Brettel and Mollon 1999, in linear RGB).
PROTANOPIA = np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]])
DEUTERANOPIA = np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]])


def linear(color):
    return np.array([c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)])


@pytest.mark.parametrize("vision", [PROTANOPIA, DEUTERANOPIA], ids=["protanopia", "deuteranopia"])
def test_no_two_colors_of_the_cycle_look_alike_to_color_blind_eyes(vision):
    seen = [vision @ linear(color) for color in colors.CYCLE]
    distances = [np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)]
    assert min(distances) > 0.1
