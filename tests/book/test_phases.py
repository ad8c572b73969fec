"""Handlers act in the order of the table, around those of other extensions; no concern is forgotten."""

import importlib
import logging
from types import SimpleNamespace

import pytest
from academy_book import phases, strict
from academy_book.events import Phase, after_good_build, connect
from sites import ROOT
from sphinx.events import EventManager

MODULES = sorted(path.stem for path in (ROOT / "book/academy_book").glob("[!_]*.py"))


def test_handlers_act_in_the_order_of_the_table_before_or_after_all_others():
    said = []

    def says(word):
        return lambda *_: said.append(word)

    events = EventManager(SimpleNamespace(pdb=False))
    events.connect("build-finished", says("another's, by default"), 500)
    connect(
        events,
        [
            Phase("build-finished", [says("first"), says("second")], before_others=True),
            Phase("build-finished", [says("third"), says("fourth")]),
            Phase("build-finished", [says("fifth")]),
        ],
    )
    events.connect("build-finished", says("another's, late"), 900)
    events.emit("build-finished", None)
    ours = ["third", "fourth", "fifth"]
    assert said == ["first", "second", "another's, by default", "another's, late", *ours]


@pytest.mark.parametrize("name", MODULES)
def test_a_file_that_brings_something_is_asked_for_it(name):
    module = importlib.import_module(f"academy_book.{name}")
    assert hasattr(module, "declare") == (module in phases.DECLARING)


@pytest.mark.parametrize(
    ("exception", "kind", "acts"),
    [(None, "html", True), (ValueError("planted"), "html", False), (None, "", False)],
)
def test_what_follows_a_good_build_follows_no_failure_and_no_check_of_links(exception, kind, acts):
    built = []
    after_good_build(built.append)(SimpleNamespace(builder=SimpleNamespace(format=kind)), exception)
    assert bool(built) == acts


@pytest.mark.parametrize(("kind", "kept"), [("ref", False), ("image", True)])
def test_only_a_warning_that_counts_has_the_next_build_read_all_pages(tmp_path, kind, kept):
    (tmp_path / "environment.pickle").touch()
    config = SimpleNamespace(suppress_warnings=["image.*"])
    app = SimpleNamespace(config=config, doctreedir=tmp_path, keep_going=False)
    warnings = strict.Warnings(app)
    try:
        logging.getLogger("sphinx.tests").warning("planted", extra={"type": kind, "subtype": "any"})
        warnings.forget(app, None)
    finally:
        logging.getLogger("sphinx").removeHandler(warnings)
    assert (tmp_path / "environment.pickle").exists() == kept
