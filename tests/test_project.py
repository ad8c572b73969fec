"""What stands in several files of the project says the same in all of them; the commands explain failures."""

import json
import os
import re
import shutil
import stat
import subprocess
import tomllib
from itertools import chain

import nbformat
import pytest
import yaml
from academy.cli import apps
from sites import ROOT

CONFIGURATION = yaml.safe_load((ROOT / "_config.yml").read_text())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
WANTED = [*PROJECT["dependencies"], *chain(*PROJECT["optional-dependencies"].values())]
CHECKERS = json.loads((ROOT / "package.json").read_text())["devDependencies"]
REPOSITORY = CONFIGURATION["repository"]["url"]
SITE = CONFIGURATION["html"]["baseurl"]
TITLE = CONFIGURATION["title"]


def test_title_site_and_repository_are_the_same_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["title"] == TITLE
    assert citation["url"] == SITE == PROJECT["urls"]["Homepage"]
    assert citation["repository-code"] == REPOSITORY == PROJECT["urls"]["Repository"]
    assert citation["version"] == PROJECT["version"]
    readme = (ROOT / "README.md").read_text()
    assert readme.startswith(f"# {TITLE}\n")
    assert SITE in readme
    for name in ("index.md", "book/setup.md", ".binder/environment.yml", "tests/colab/environment.py"):
        named = set(re.findall(r"https://github\.com/[\w-]+/[\w-]+", (ROOT / name).read_text()))
        assert named <= {REPOSITORY}, name


def test_the_lock_pins_every_requirement_and_names_no_index():
    lock = (ROOT / "requirements.txt").read_text()
    pinned = {re.split(r"[=\[]", line)[0].lower() for line in lock.splitlines() if "==" in line}
    for requirement in WANTED:
        name = re.split(r"[<>=\[]", requirement)[0].lower().replace("_", "-")
        assert name in pinned, f"{name} is not in the lock: make lock"
    assert "://" not in lock
    assert "index-url" not in lock


def test_the_lock_of_the_checkers_pins_them_and_names_no_registry():
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, version in CHECKERS.items():
        assert locked[f"node_modules/{name}"]["version"] == version, "npm install renews the lock"
    assert not [name for name, package in locked.items() if "resolved" in package]


@pytest.mark.parametrize("name", ["torch", "torchvision", "numpy"])
def test_the_package_leaves_colabs_own_versions_alone(name):
    assert name in PROJECT["dependencies"], "named without a version"


def test_contributing_names_every_dependency_and_every_extension():
    contributing = (ROOT / "CONTRIBUTING.md").read_text().lower()
    for requirement in WANTED:
        name = re.split(r"[<>=\[]", requirement)[0].lower()
        assert name in contributing or name.startswith("types-"), (
            f"CONTRIBUTING does not say why {name} is there"
        )
    for name in CHECKERS:
        assert f"{name} |" in contributing, f"CONTRIBUTING does not say why {name} is there"
    for path in {*(ROOT / "book/academy_book").glob("*.py")} - {ROOT / "book/academy_book/__init__.py"}:
        assert f"`{path.name.lower()}`" in contributing, f"CONTRIBUTING does not say what {path.name} does"


def test_the_parts_of_the_suite_that_run_side_by_side_are_all_of_it():
    workflow = yaml.safe_load((ROOT / ".github/workflows/book.yml").read_text())
    parts = [part["tests"].split() for part in workflow["jobs"]["test"]["strategy"]["matrix"]["include"]]
    named = {path for part in parts for pattern in part for path in ROOT.glob(pattern)}
    files = {path for path in ROOT.glob("tests/**/test_*.py")}
    missed = [path for path in files if not {path, *path.parents} & named]
    assert not missed, "no part of the matrix in .github/workflows/book.yml runs them"


def make(folder, *arguments, path=None):
    variables = {**os.environ, **({"PATH": path} if path else {})}
    command = ["make", "--no-print-directory", "-C", folder, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=variables, check=False)


@pytest.fixture
def bare(tmp_path):
    """A checkout in which nothing is installed."""
    for name in ("Makefile", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def program(path, script):
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_without_python_make_says_what_to_install(bare):
    done = make(bare, "book", "PYTHON=python-that-is-not-there")
    assert done.returncode != 0
    assert "There is no python-that-is-not-there here. Install Python 3.11 or newer" in done.stdout


def test_an_old_python_is_refused_in_one_sentence(bare):
    old = program(bare / "bin/old", 'case "$1" in -V) echo Python 3.9.1;; *) exit 1;; esac')
    done = make(bare, "book", f"PYTHON={old}")
    assert done.returncode != 0
    assert f"The book needs Python 3.11 or newer; {old} is Python 3.9.1." in done.stdout


def test_without_venv_make_names_the_package(bare):
    broken = program(bare / "bin/python", 'case "$1" in -m) exit 1;; *) exit 0;; esac')
    done = make(bare, "book", f"PYTHON={broken}")
    assert done.returncode != 0
    assert "apt install python3-venv" in done.stdout


def test_without_network_make_says_so_and_leaves_no_half_made_state(bare):
    script = (
        'case "$2" in venv) mkdir -p .venv/bin; cp "$0" .venv/bin/python;; pip) exit 1;; *) exit 0;; esac'
    )
    offline = program(bare / "bin/python", script)
    done = make(bare, "book", f"PYTHON={offline}")
    assert done.returncode != 0
    assert "there is no network, or pip's index does not answer" in done.stdout
    assert not (bare / ".venv/ready").exists()


@pytest.fixture
def without_checkers(bare):
    """A checkout in which all is installed but what checks the JavaScript."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, bare)
    (bare / ".venv/bin").mkdir(parents=True)
    (bare / ".venv/ready").touch()
    return bare


def test_where_npm_cannot_install_make_says_so_and_tries_again_next_time(without_checkers):
    program(without_checkers / "bin/npm", "mkdir -p node_modules; exit 1")
    path = f"{without_checkers / 'bin'}:{os.environ['PATH']}"
    done = make(without_checkers, "node_modules/ready", path=path)
    assert done.returncode != 0
    assert "there is no network, or npm's registry does not answer" in done.stdout
    assert not (without_checkers / "node_modules/ready").exists()


def test_without_an_npm_make_takes_that_of_the_requirements_and_once_for_each_lock(without_checkers):
    tools = without_checkers / "bin"
    tools.mkdir()
    for name in ("make", "sh", "mkdir", "touch", "echo"):
        (tools / name).symlink_to(shutil.which(name))
    program(without_checkers / ".venv/bin/npm", 'mkdir -p node_modules; echo "$1" >> npm.log')
    for _ in range(2):
        assert make(without_checkers, "node_modules/ready", path=str(tools)).returncode == 0
    os.utime(without_checkers / "package-lock.json", (2**32, 2**32))
    assert make(without_checkers, "node_modules/ready", path=str(tools)).returncode == 0
    assert (without_checkers / "npm.log").read_text().split() == ["ci", "ci"]


OLD_NAMES = {
    "lesson1_demo": "lesson1",
    "lesson1_homework": "homework1",
    "lesson2_Pytorch_MNIST": "lesson2",
    "lesson3_Pytorch_MNIST_cnn": "lesson3",
    "lesson4_data_augmentation": "lesson4",
    "lesson6_word_embeddings": "lesson6",
    "lesson7_transformers_attention": "lesson7",
}
"""Notebooks of the earlier course, and what each has become."""


@pytest.fixture
def published(tmp_path):
    """Publishes a site with the notebooks named, and gives a command of git in the repository it went to."""
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)

    def publish(names):
        site = tmp_path / "site"
        (site / "notebooks").mkdir(parents=True, exist_ok=True)
        for name in names:
            cell = nbformat.v4.new_code_cell(f"name = {name!r}")
            nbformat.write(nbformat.v4.new_notebook(cells=[cell]), site / f"notebooks/{name}.ipynb")
        (site / "index.html").write_text("not for the branch")
        subprocess.run(["tar", "-cf", tmp_path / "site.tar", "-C", site, "."], check=True)
        script = ["bash", ROOT / "tools/publish_notebooks.sh", tmp_path / "site.tar", remote]
        return subprocess.run(script, check=False, capture_output=True, text=True)

    def git(*words):
        return subprocess.run(["git", "-C", remote, *words], capture_output=True, text=True).stdout

    return publish, git


def test_the_branch_notebooks_holds_the_notebooks_in_one_commit(published):
    publish, git = published
    for _ in range(2):
        assert publish(OLD_NAMES.values()).returncode == 0
    listed = set(git("ls-tree", "-r", "--name-only", "notebooks").split())
    assert listed == {
        *(f"{new}.ipynb" for new in OLD_NAMES.values()),
        *(f"notebooks/{old}.ipynb" for old in OLD_NAMES),
        ".binder/environment.yml",
    }
    assert git("rev-list", "--count", "notebooks").strip() == "1"


def test_a_notebook_under_its_old_name_runs_and_says_where_it_is_now(published):
    publish, git = published
    assert publish(OLD_NAMES.values()).returncode == 0
    for old, new in OLD_NAMES.items():
        notebook = nbformat.reads(git("show", f"notebooks:notebooks/{old}.ipynb"), as_version=4)
        nbformat.validate(notebook)
        notice, cell = notebook.cells
        assert f"{old}.ipynb" in notice.source
        owner = REPOSITORY.removeprefix("https://github.com/")
        assert f"colab.research.google.com/github/{owner}/blob/notebooks/{new}.ipynb" in notice.source
        assert cell.source == f"name = {new!r}"


def test_where_an_old_name_would_lead_nowhere_nothing_is_published(published):
    publish, git = published
    done = publish(["lesson1"])
    assert done.returncode != 0
    assert "The README leads from notebooks/lesson1_homework.ipynb to homework1.ipynb" in done.stderr
    assert git("branch", "--list") == ""


def test_what_the_readme_says_of_the_earlier_course_is_there():
    readme = (ROOT / "README.md").read_text()
    table = readme.partition("## If you know the earlier course")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| (`[^|]+`) \| ([^|]+) \|$", table, re.MULTILINE))
    notebooks = {old: new for old, new in rows.items() if ".ipynb" in old}
    assert list(notebooks) == [f"`notebooks/{old}.ipynb`" for old in OLD_NAMES]
    for new in notebooks.values():
        (name,) = re.findall(r"\[`(\w+)\.ipynb`\]", new)
        assert list(ROOT.glob(f"lessons/*/{name}.md")), f"no page makes {name}.ipynb"
    assert rows.keys() - notebooks.keys() == {
        "`projects/face_autoencoder`, `python -m projects.face_autoencoder.src.app`",
        "`slides/lessonN.html`",
    }
    commands = {command.name for command in apps.registered_commands}
    assert set(re.findall(r"academy app (\w+)", table)) == {"faces"} <= commands
    assert len(list(ROOT.glob("slides/lesson*.md"))) == 8


def test_the_front_page_shows_every_app_with_a_small_picture_and_its_command():
    front_page = (ROOT / "index.md").read_text()
    for command in apps.registered_commands:
        name = command.name or command.callback.__name__
        picture = f"book/pictures/app-{name}.webp"
        assert f"]({picture})" in front_page, f"{name} has no picture: python tools/app_pictures.py"
        assert (ROOT / picture).stat().st_size <= 40_000
        assert f"\nacademy app {name}\n" in front_page
        assert f"app: {name}\n" in front_page, "no lesson leads to it"
