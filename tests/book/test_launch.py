"""Every button that leaves a lesson leads to a file that its host can open."""

import re
from urllib.parse import urlsplit

import nbformat
import pytest
from bs4 import BeautifulSoup
from sites import ROOT

PAGES = sorted(
    path.relative_to(ROOT) for path in ROOT.glob("lessons/*/*.md") if re.search(r"\d+\.md$", path.name)
)


@pytest.fixture(params=PAGES, ids=lambda page: page.stem)
def page(request, site):
    """A lesson's page as parsed HTML, with its path on the site."""
    path = site / request.param.with_suffix(".html")
    return path, BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def addresses(page, host):
    return {link["href"] for link in page.find_all("a", href=True) if urlsplit(link["href"]).netloc == host}


def test_colab_opens_the_exported_notebook(page, site):
    path, html = page
    (address,) = addresses(html, "colab.research.google.com")
    prefix = "https://colab.research.google.com/github/agasy18/pa-academy-ai-2025/blob/notebooks/"
    assert address.startswith(prefix)
    assert (site / "notebooks" / address.removeprefix(prefix)).is_file()
    assert address.endswith(f"/{path.stem}.ipynb")


def test_binder_opens_the_exported_notebook(page, site):
    path, html = page
    (address,) = addresses(html, "mybinder.org")
    prefix = "https://mybinder.org/v2/gh/agasy18/pa-academy-ai-2025/notebooks?urlpath=lab/tree/"
    assert address.startswith(prefix)
    assert (site / "notebooks" / address.removeprefix(prefix)).is_file()
    assert address.endswith(f"/{path.stem}.ipynb")


def test_the_download_is_the_exported_notebook(page, site):
    path, html = page
    downloads = {link["href"] for link in html.find_all("a", href=True) if link["href"].endswith(".ipynb")}
    local = {href for href in downloads if not urlsplit(href).netloc}
    assert local
    for href in local:
        notebook = (path.parent / href).resolve()
        assert notebook == (site / "notebooks" / f"{path.stem}.ipynb").resolve()
        nbformat.validate(nbformat.read(notebook, as_version=4))


def test_each_notebook_begins_by_installing_only_what_is_missing(page, site):
    path, _ = page
    notebook = nbformat.read(site / "notebooks" / f"{path.stem}.ipynb", as_version=4)
    first = notebook.cells[0]
    assert first.cell_type == "code"
    assert 'find_spec("academy") is None' in first.source
    assert "git+https://github.com/agasy18/pa-academy-ai-2025" in first.source
