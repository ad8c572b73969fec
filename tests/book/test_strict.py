"""Whatever is wrong with a page fails the build, says where, and does so each time."""

from textwrap import dedent

import pytest
from sites import FRONT_MATTER, TinySite

pytestmark = pytest.mark.slow


def cell(code: str, options: str = "") -> str:
    return f"```{{code-cell}} ipython3\n{options}{dedent(code).strip()}\n```\n"


FIGURE = """
    import matplotlib.pyplot as plt

    from academy.show.figures import house_style

    house_style()
    plt.plot([0, 1])
    plt.show()
    """
ALT = "---\nmystnb:\n  image:\n    alt: A line that rises.\n---\n"
BLANK = ALT.replace("A line that rises.", '"\\u00a0 \\u200b\\u200d"')
UNREADABLE = FIGURE.replace("plt.show()", r"plt.title(r'100% for $\foo$')")
UNSHOWN = """
    class Unshown:
        def _repr_html_(self):
            raise ValueError("planted")

    display(Unshown())
    """
AS_PIXELS = "get_ipython().run_line_magic('config', 'InlineBackend.figure_formats = [\"png\"]')\n"
UNDRAWN = (
    cell(UNREADABLE, ALT)
    + cell(UNSHOWN, ":tags: [raises-exception]\n")
    + cell(AS_PIXELS + dedent(UNREADABLE), ALT)
)
"""A figure as vectors, a value, and a figure as pixels."""

RAISING = {
    "a cell that raises": (
        cell("planted = 1 / 0"),
        ["planted = 1 / 0", "ZeroDivisionError"],
    ),
    "a claim that the run contradicts": (
        cell("from academy.show.numbers import claim\nclaim('one is more than two', 1 - 2)"),
        ["one is more than two", "measured -1"],
    ),
    "a claim that is not a number": (
        cell("from academy.show.numbers import claim\nclaim('nothing is something', float('nan'))"),
        ["nothing is something", "measured nan"],
    ),
}


@pytest.mark.parametrize("mistake", RAISING)
def test_a_cell_that_stops_fails_the_build_twice_and_is_named(tmp_path, mistake):
    body, expected = RAISING[mistake]
    site = TinySite(tmp_path)
    site.lesson("lesson1", body)
    for build in (site.build(), site.build()):
        assert build.returncode != 0
        for words in ["lesson1.md", *expected]:
            assert words in build.text


LINE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0L9 9"/></svg>\n'

WARNING = {
    "an unknown role": ("{no-such-role}`text`\n", "no-such-role"),
    "a cell that warns, figures that cannot be drawn, and a value that cannot be shown": (
        cell("import warnings\nwarnings.warn('planted')") + UNDRAWN,
        "stderr",
        "code cell 2 left an error: ValueError",
        "code cell 3 left an error: ValueError: planted",
        "code cell 4 left an error: ValueError",
    ),
    "a reference to nothing": ("See {ref}`nowhere`.\n", "undefined label: 'nowhere'"),
    "a link to nothing": ("See [that](#not-there).\n", "not-there"),
    "a number that no cell glues": ("It is {glue:text}`lesson1-unknown`.\n", "lesson1-unknown"),
    "figures and a picture without alternative text, or with blanks": (
        cell(FIGURE) + cell(FIGURE, BLANK) + "![\u2007](/line.svg)\n",
        "the figure of code cell 1 has no alt text",
        "the figure of code cell 2 has no alt text",
        "the picture line.svg has no alt text",
    ),
    "a broken formula": ("The formula $\\frac{1}{$ is broken.\n", "KaTeX cannot read"),
}

FRONT_MATTERS = {
    "no lesson entry": (
        FRONT_MATTER.replace("lesson:\n  number: {number}\n", ""),
        "needs an entry `lesson:`",
    ),
    "an unknown entry": (
        FRONT_MATTER.replace("  number: {number}", "  number: 1\n  colour: red"),
        "`lesson:` holds colour",
    ),
    "no description": (
        FRONT_MATTER.replace("description: A page of a test.\n", ""),
        "needs `description:`",
    ),
    "no name of the kernel": (
        FRONT_MATTER.replace("  display_name: Python 3\n", ""),
        "needs a line `display_name:`",
    ),
}


def test_each_warning_fails_the_build_twice_and_names_its_page(tmp_path):
    site = TinySite(tmp_path)
    expected = {}
    site.write("line.svg", LINE)
    for number, (body, *words) in enumerate(WARNING.values(), 1):
        page = site.lesson(f"lesson{number}", body)
        expected[page.relative_to(tmp_path).with_suffix("").as_posix()] = words
    for number, (head, words) in enumerate(FRONT_MATTERS.values(), len(WARNING) + 1):
        page = site.lesson(f"lesson{number}", "Some text.\n", head.format(number=number))
        expected[page.relative_to(tmp_path).with_suffix("").as_posix()] = [words]
    for build in (site.build(), site.build()):
        assert build.returncode == 1
        warnings = [line for line in build.text.splitlines() if "WARNING" in line or "ERROR" in line]
        for page, complaints in expected.items():
            for words in complaints:
                assert any(page in line and words in line for line in warnings), (page, words, build.text)


def test_a_page_without_mistakes_builds_and_a_second_run_executes_nothing(tmp_path):
    site = TinySite(tmp_path)
    site.lesson("lesson1", cell(FIGURE, ALT) + "\nThe formula $\\frac{1}{2}$ is fine.\n")
    first = site.build()
    assert first.returncode == 0, first.text
    assert first.executed == {"lesson1"}
    second = site.build()
    assert second.returncode == 0
    assert not second.executed
    page = (tmp_path / "_build/html/lessons/1-topic/lesson1.html").read_text()
    assert 'alt="A line that rises."' in page
    assert 'class="katex"' in page
