"""A vector figure in variables looks in each theme as if it had been drawn in the theme's colors."""

import pytest
from academy import colors
from academy_book import themes

DRAWN = (
    '<?xml version="1.0"?>\n<svg width="9pt" height="9pt" xmlns="http://www.w3.org/2000/svg">'
    '<style type="text/css">*{stroke-linejoin: round}</style>'
    f'<path style="fill: {colors.PAPER}; stroke: {colors.INK}"/><path style="stroke: {colors.BLUE}"/>'
    f'<path style="stroke: {colors.ORANGE}"/><path style="stroke: #123456"/></svg>'
)


@pytest.mark.parametrize("palette", [themes.LIGHT, themes.DARK], ids=["light", "dark"])
def test_painting_undoes_the_variables(palette):
    expected = DRAWN.replace(colors.PAPER, palette["paper"])
    for name in ("ink", "blue", "orange"):
        expected = expected.replace(getattr(colors, name.upper()), palette[name])
    assert themes.painted(themes.with_variables(DRAWN), palette) == expected


def test_a_figure_from_an_earlier_build_gets_the_colors_of_this_one():
    themed = themes.with_variables(DRAWN)
    assert themes.with_variables(themed) == themed
    earlier = themed.replace(themes.DARK["ink"], "#abcdef")
    assert earlier != themed
    assert themes.with_variables(earlier) == themed
