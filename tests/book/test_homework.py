"""A homework's tasks on the page and in the notebook."""

import nbformat
import pytest
from academy_book import homework
from bs4 import BeautifulSoup
from sites import TinySite

CELL = """\
def double(x):
    # your code
    ...
    # solution
    twice = 2 * x

    return twice
    # end of solution
print(double(3))"""
PAGE = f"""
## Task 1. Double

```{{code-cell}} ipython3
:tags: [task]
{CELL}
```

```{{code-cell}} ipython3
:tags: [remove-cell]
def check(number):
    print(f"Task {{number}}: solved with {{double(3)}}")
```

```{{code-cell}} ipython3
check(1)
```

**To think about.** Why two?

:::{{admonition}} A model answer
:class: dropdown answer
Because two.
:::
"""


def test_the_starter_holds_no_line_of_the_solution():
    assert homework.starter(CELL) == "def double(x):\n    # your code\n    ...\nprint(double(3))"


def test_the_solution_holds_no_line_of_the_starter_and_no_comment_that_marks():
    expected = "def double(x):\n    twice = 2 * x\n\n    return twice\nprint(double(3))"
    assert homework.solution(CELL) == expected


@pytest.mark.parametrize("lost", ["# your code", "# solution", "# end of solution"])
def test_a_task_whose_comments_do_not_pair_is_refused(lost):
    with pytest.raises(ValueError, match="equally indented"):
        homework.starter(CELL.replace(f"    {lost}\n", ""))


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    site = TinySite(tmp_path_factory.mktemp("homework"))
    site.lesson("homework1", PAGE)
    build = site.build()
    assert build.returncode == 0, build.text
    return site.folder / "_build" / "html"


@pytest.mark.slow
def test_the_page_shows_the_starter_and_folds_the_executed_solution(built):
    page = BeautifulSoup((built / "lessons/1-topic/homework1.html").read_text(), "html.parser")
    shown = page.select_one(".tag_task:not(details .tag_task)")
    assert shown.pre.get_text().strip() == homework.starter(CELL)
    fold = shown.find_next_sibling("details")
    assert fold.summary.get_text() == "Solution"
    assert fold.pre.get_text().strip() == homework.solution(CELL)
    assert fold.select_one(".cell_output").get_text().strip() == "6"


@pytest.mark.slow
def test_what_the_check_says_of_the_solution_is_folded_below_it(built):
    page = BeautifulSoup((built / "lessons/1-topic/homework1.html").read_text(), "html.parser")
    (cell,) = [cell for cell in page.select("div.cell") if cell.get_text().strip() == "check(1)"]
    fold = cell.find_next_sibling("details")
    assert fold.summary.get_text() == "What it says of the solution"
    assert fold.select_one(".cell_output").get_text().strip() == "Task 1: solved with 6"
    assert "open" not in fold.attrs


@pytest.mark.slow
def test_the_notebook_has_a_place_to_write_before_the_model_answer(built):
    notebook = nbformat.read(built / "notebooks/homework1.ipynb", as_version=4)
    cells = [cell.source for cell in notebook.cells]
    place = cells.index("*Your answer:*")
    assert "Why two?" in cells[place - 1]
    assert cells[place + 1].startswith("<details>\n<summary>A model answer</summary>")


@pytest.mark.slow
def test_an_incomplete_task_fails_the_build(tmp_path):
    site = TinySite(tmp_path)
    site.lesson("homework1", PAGE.replace("    # solution\n", ""))
    build = site.build()
    assert build.returncode != 0
    assert "a task's cell needs the lines `# your code`, `# solution`, `# end of solution`" in build.text
