"""What is demanded of every chapter: how it begins, what it takes, and what its longer runs recorded."""

import ast
import importlib.util
import json
import re

import chapter_cells
import pytest
from academy.learn.sweeps import PACKAGE, read_sweep
from academy_book import freshness, front_matter, reading
from sites import ROOT

CHAPTERS = sorted(ROOT.glob("lessons/*/lesson*.md"))
MOST_WORDS = 4000
MOST_LINES = 15
FOR_THE_BOOK = {"glue", "claim"}
PLUMBING = FOR_THE_BOOK | {"house_style", "seed_everything", "read_sweep"}
WHAT_TO_TAKE = re.compile(r"^:::+\{admonition\} What to take\n:class: what-to-take$", re.MULTILINE)
SCRIPTS = sorted(ROOT.glob("lessons/**/*.py"))
SWEEPS = sorted(
    path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/results/", "/")
    for path in PACKAGE.glob("lessons/*/results/*.json")
)


@pytest.fixture(params=CHAPTERS, ids=lambda chapter: chapter.stem)
def chapter(request):
    return request.param


def cells(chapter):
    return list(freshness.code_cells(chapter.read_text(encoding="utf-8")))


def test_there_are_chapters_and_sweeps_to_look_at():
    assert {chapter.stem for chapter in CHAPTERS} >= {"lesson1", "lesson2"}
    assert {name.split("/")[1] for name in SWEEPS} >= {"lesson1", "lesson2"}


def test_it_sets_the_style_and_the_seed_before_it_computes(chapter):
    statements = [line for cell in cells(chapter) for line in map(ast.unparse, ast.parse(cell).body)]
    computing = [line for line in statements if not line.startswith(("import ", "from "))]
    assert computing[:2] == ["house_style()", "seed_everything(0)"]


def test_its_core_path_is_read_in_an_evening(chapter):
    core, _ = reading.efforts(chapter.read_text(encoding="utf-8"))
    assert core["words"] <= MOST_WORDS


def open_cells(chapter):
    """The cells that stand open; those in solutions are folded with them."""
    return [cell for cell in chapter_cells.cells(chapter, with_solutions=False) if cell.is_open]


def test_no_open_cell_is_too_long_to_be_taken_in_at_once(chapter):
    long = {cell.first_line: reading.lines(cell.source) for cell in open_cells(chapter)}
    assert {line: count for line, count in long.items() if count > MOST_LINES} == {}


def test_open_cells_teach_and_hold_no_plumbing(chapter):
    plumbing = {cell.first_line: PLUMBING & cell.reads for cell in open_cells(chapter)}
    assert {line: found for line, found in plumbing.items() if found} == {}
    assert [cell.source for cell in open_cells(chapter) if len(cell.imports) == len(cell.tree.body)] == []


def test_what_only_the_book_needs_is_removed_and_nothing_that_is_seen_needs_it(chapter):
    removed, kept = [], []
    for cell in chapter_cells.cells(chapter):
        (removed if "remove-cell" in cell.tags else kept).append(cell)
    assert [cell.first_line for cell in kept if FOR_THE_BOOK & cell.reads] == []
    made_out_of_sight = {name for cell in removed for name in cell.makes}
    made_in_sight = {name for cell in kept for name in cell.makes}
    needed = {name for cell in kept for name in cell.reads}
    assert (made_out_of_sight - made_in_sight) & needed == set()


def test_the_first_picture_comes_before_any_open_cell_with_imports(chapter):
    cells = chapter_cells.cells(chapter)
    first = next(position for position, cell in enumerate(cells) if cell.draws)
    assert [cell.source for cell in cells[: first + 1] if cell.is_open and cell.imports] == []


def test_it_says_once_and_before_its_summary_what_to_take(chapter):
    before, summary = chapter.read_text(encoding="utf-8").split("\n## In short\n")
    assert len(WHAT_TO_TAKE.findall(before)) == 1
    assert "what-to-take" not in summary


def test_it_takes_nothing_that_belongs_to_another_lesson(chapter):
    imported = {name for cell in cells(chapter) for name in freshness.imports(cell)}
    slices = {name.split(".")[2] for name in imported if name.startswith("academy.lessons.")}
    assert slices <= {chapter.stem}


def test_it_has_a_deck_and_names_it(chapter):
    named = front_matter.read(chapter.read_text(encoding="utf-8"))["lesson"]["deck"]
    assert named == chapter.stem
    assert (ROOT / "slides" / f"{named}.md").is_file()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_what_a_script_beside_a_lesson_imports_is_there(script):
    """Also of those that take too long to run in a test."""
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("academy"):
            module = importlib.import_module(node.module)
            assert all(hasattr(module, alias.name) or is_module(node, alias) for alias in node.names)


def is_module(node, alias):
    return importlib.util.find_spec(f"{node.module}.{alias.name}") is not None


@pytest.mark.parametrize("name", SWEEPS)
def test_a_sweep_says_how_to_repeat_it_and_nothing_about_the_place_it_ran_in(name):
    sweep = read_sweep(name)
    assert sweep["settings"]["seeds"]
    assert {"python", "torch"} <= sweep["versions"].keys()
    assert sweep["rows"]
    text = json.dumps(sweep)
    assert not re.search(r"/[a-z]+/", text)
    assert "NaN" not in text, "not JSON"
