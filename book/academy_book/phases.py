"""What acts when: the story of a build, from taking the folder to giving it back.

A new concern is a file with a handler, named here in the phase that it needs. Within a phase the order
counts where a comment says so; put a handler without such a need last but for those that say "last".
"""

from types import ModuleType

from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

from academy_book import (
    assets_page,
    chapters,
    colab_cells,
    colophon,
    course,
    decks,
    departed,
    execution,
    figures,
    findable,
    folds,
    formulas,
    freshness,
    front_matter,
    homework,
    images,
    in_depth,
    interactives,
    kernels,
    launch,
    lean,
    lesson_top,
    models,
    notebooks,
    one_build,
    outputs,
    page_head,
    predict,
    repairs,
    search_index,
    search_words,
    steps,
    strict,
    styles,
    teaching,
    untranslated,
)
from academy_book.events import Phase, connect

DECLARING: list[ModuleType] = [
    freshness,
    formulas,
    interactives,
    predict,
    colophon,
    assets_page,
    folds,
    repairs,
    images,
    course,
    teaching,
    lesson_top,
    lean,
    search_words,
]
"""The files that bring nodes, directives, roles, settings or scripts: each does so in `declare(app)`."""


def phases(app: Sphinx) -> list[Phase]:
    """Return the phases of one build, with what they keep from one to another."""
    turn, site, warnings = one_build.Turn(), departed.Site(), strict.Warnings(app)
    return [
        # Nothing may touch the build's folder before it is ours.
        Phase("config-inited", [turn.take, kernels.tell, execution.take_one_thread], before_others=True),
        Phase("builder-inited", [site.begin]),
        # Which pages are read, and what they say.
        Phase("env-get-outdated", [freshness.with_new_files]),
        Phase("env-before-read-docs", [homework.restore_numbers, execution.execute]),
        Phase("source-read", [front_matter.require, freshness.fingerprint]),
        # A page is read: titles get their marks before Sphinx collects them; then what the page is as it was
        # written, then what is made of its figures.
        Phase("doctree-read", [in_depth.mark], before_others=True),
        Phase(
            "doctree-read",
            [
                outputs.refuse_errors,
                formulas.check,
                chapters.remember,
                homework.require,
                figures.require_words,
                figures.prepare,
                interactives.move_figures,  # which are prepared by now
                interactives.tell_values,
                models.remember,
            ],
        ),
        # All pages are read: which are written, and with which numbers.
        Phase("env-updated", [departed.clear, colophon.always_write, teaching.always_write, course.check]),
        Phase("env-get-updated", [homework.drop_numbers]),  # Sphinx has numbered
        Phase("env-check-consistency", [notebooks.check, decks.check]),
        # A page is written: the notebook sees it as its author wrote it, then come the looks of the page.
        Phase(
            "doctree-resolved",
            [
                colophon.fill,
                teaching.fill,
                notebooks.export,
                homework.show_tasks,  # makes folds of its own
                folds.make_folds,
                colab_cells.label,
                lesson_top.add_head,
            ],
        ),
        Phase(
            "html-page-context",
            [
                interactives.add_script,
                predict.add_script,
                launch.fill_header,
                steps.add_mark,
                page_head.fill_head,
                untranslated.mark,
                lean.lighten,  # last: all scripts of the page are known
            ],
        ),
        Phase("html-collect-pages", [findable.missing_page, search_index.complete]),
        # All pages are written: listings and files for the decks, the decks, and what looks at all of it.
        Phase(
            "build-finished",
            [
                figures.list_figures,
                models.keep_current,
                chapters.write_listing,
                formulas.copy_styles,
                findable.write_map,
                decks.build,  # which read the listings
                styles.write,  # the rules that some page uses
                warnings.forget,  # whoever warned
                site.end,  # whatever was written
                turn.give_back,
            ],
        ),
    ]


def register(app: Sphinx) -> ExtensionMetadata:
    """Register all concerns with Sphinx."""
    for module in DECLARING:
        module.declare(app)
    connect(app, phases(app))
    return {"parallel_read_safe": True, "parallel_write_safe": True, "env_version": 5}
