"""What is demanded of every homework: its page, its notebooks, and its grades."""

import json

import homework_notebooks
import nbformat
import pytest
from academy.cli import app
from academy.homework import grading
from academy_book import homework
from sites import ROOT
from typer.testing import CliRunner


@pytest.fixture(params=grading.homeworks())
def name(request):
    return request.param


def graded(name, notebook, folder):
    """Save a notebook, grade it as a teacher does, and return its grade and the exit status."""
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook, path)
    done = CliRunner().invoke(app, ["check", name, str(path), "--json", "--seconds", "500"])
    (grade,) = json.loads(done.stdout)
    return grade, done.exit_code


def test_every_page_has_its_checks_and_all_checks_have_their_page():
    assert grading.homeworks() == sorted(page.stem for page in ROOT.glob("lessons/*/homework*.md"))


def test_a_homework_has_the_name_by_which_it_is_found(name):
    assert grading.find(name).name == name


def test_the_books_solutions_have_the_full_score(name):
    names, printed = homework_notebooks.run_solved(name)
    found = grading.find(name)
    assert all(found.result(number, names).solved for number in range(1, len(found.tasks) + 1))
    assert printed.count(": solved\n") == len(found.tasks)


def test_a_blank_notebook_runs_and_no_task_of_it_is_solved(name):
    _, printed = homework_notebooks.run_blank(name)
    assert printed.count("not yet solved") == len(grading.find(name).tasks)


def test_the_grader_gives_the_solutions_the_full_score(name, tmp_path):
    grade, status = graded(name, homework_notebooks.solved(name), tmp_path)
    assert grade["sentence"] == "Everything is right."
    assert grade["score"] == grade["of"] == len(grading.find(name).tasks)
    assert status == 0


def test_the_grader_gives_a_blank_notebook_nothing_and_says_what_its_first_task_lacks(name, tmp_path):
    grade, status = graded(name, homework_notebooks.blank(name), tmp_path)
    first = grading.find(name).result(1, homework_notebooks.run_blank(name)[0])
    lacking = next(finding.text for finding in first.findings if not finding.right)
    assert grade["sentence"] == f"Task 1: {lacking}"
    assert (grade["score"], grade["of"]) == (0, len(grading.find(name).tasks))
    assert status == 1


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


def test_the_students_notebook_has_starters_and_no_line_of_a_solution(site, name):
    notebook = nbformat.read(site / "notebooks" / f"{name}.ipynb", as_version=4)
    cells = {cell.source for cell in notebook.cells if cell.cell_type == "code"}
    for task in homework_notebooks.tasks(name):
        assert homework.starter(task) in cells
        assert task not in cells
    assert not any("# solution" in source for source in cells)
