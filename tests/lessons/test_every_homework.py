"""What is demanded of every homework: its page, its notebooks, and its grades."""

import homework_notebooks
import nbformat
import pytest
from academy.homework import grading
from academy_book import homework
from bs4 import BeautifulSoup
from sites import ROOT


@pytest.fixture(params=map(homework_notebooks.together, grading.homeworks()))
def name(request):
    return request.param


def test_every_page_has_its_checks_and_all_checks_have_their_page():
    assert grading.homeworks() == sorted(page.stem for page in ROOT.glob("lessons/*/homework*.md"))


def test_a_homework_has_the_name_by_which_it_is_found(name):
    assert grading.find(name).name == name


def test_the_books_solutions_have_the_full_score(name, solved):
    unsolved = [task["title"] for task in solved(name).grade["tasks"] if not task["solved"]]
    assert unsolved == []


def test_a_blank_notebook_runs_and_no_task_of_it_is_solved(name, blank):
    grade = blank(name).grade
    assert grade["problems"] == [], "it runs to its end"
    assert [task["title"] for task in grade["tasks"] if task["solved"]] == []


def test_the_grader_gives_the_solutions_the_full_score(name, solved):
    graded = solved(name)
    assert graded.grade["sentence"] == "Everything is right."
    assert graded.grade["score"] == graded.grade["of"] == len(grading.find(name).tasks)
    assert graded.status == 0


def test_the_grader_gives_a_blank_notebook_nothing_and_says_what_its_first_task_lacks(name, blank):
    graded = blank(name)
    first = grading.find(name).result(1, graded.names)
    lacking = next(finding.text for finding in first.findings if not finding.right)
    assert graded.grade["sentence"] == f"Task 1: {lacking}"
    assert (graded.grade["score"], graded.grade["of"]) == (0, len(grading.find(name).tasks))
    assert graded.status == 1


def test_starter_and_solution_differ_in_their_own_lines_alone(name):
    assert homework_notebooks.tasks(name)
    for task in homework_notebooks.tasks(name):
        starter, solution, part = [], [], "both"
        for line in task.splitlines():
            part = {"# your code": "starter", "# solution": "solution"}.get(line.strip(), part)
            if part != "solution":
                starter.append(line)
            if part == "both" or (part == "solution" and not line.strip().endswith("# solution")):
                solution.append(line)
            if line.strip() == "# end of solution":
                solution.pop()
                part = "both"
        assert homework.starter(task).splitlines() == starter
        assert homework.solution(task).splitlines() == solution


def test_the_page_shows_nothing_unfolded_that_a_solution_printed(site, name):
    (path,) = site.glob(f"lessons/*/{name}.html")
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    results = [output for output in page.select(".cell_output") if ": solved" in output.get_text()]
    assert len(results) == len(grading.find(name).tasks), "a reader gets each by opening"
    assert [output.get_text() for output in results if not output.find_parent("details")] == []


def test_the_students_notebook_has_starters_and_no_line_of_a_solution(site, name):
    notebook = nbformat.read(site / "notebooks" / f"{name}.ipynb", as_version=4)
    cells = {cell.source for cell in notebook.cells if cell.cell_type == "code"}
    for task in homework_notebooks.tasks(name):
        assert homework.starter(task) in cells
        assert task not in cells
    assert not any("# solution" in source for source in cells)
