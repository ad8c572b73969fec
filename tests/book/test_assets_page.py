"""The page “Data and models” says of each asset what the registry says."""

import shutil
import subprocess
import sys

import pytest
from academy.assets.registry import Asset, assets
from bs4 import BeautifulSoup
from sites import ROOT

pytestmark = pytest.mark.slow

CONFIGURATION = f"""
import sys
sys.path.insert(0, {str(ROOT / "book")!r})
from academy_book import assets_page, folds
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence"]
nitpicky = True
smartquotes = False
def setup(app):
    assets_page.declare(app)
    folds.declare(app)
    app.connect("doctree-resolved", folds.make_folds)
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> BeautifulSoup:
    """Build a site of this page alone, where a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "conf.py").write_text(CONFIGURATION)
    shutil.copy(ROOT / "book" / "data-and-models.md", folder / "index.md")
    command = [sys.executable, "-m", "sphinx", "-W", "-b", "html", folder, folder / "html"]
    build = subprocess.run(command, capture_output=True, text=True, check=False)
    assert build.returncode == 0, build.stderr
    return BeautifulSoup((folder / "html" / "index.html").read_text(), "html.parser")


@pytest.mark.parametrize("asset", assets().values(), ids=lambda asset: asset.name)
def test_each_asset_has_a_card_and_a_row_that_links_to_it(page: BeautifulSoup, asset: Asset) -> None:
    anchor = page.find(id=f"asset-{asset.name}")
    card = " ".join((anchor if anchor.name == "section" else anchor.parent).get_text().split())
    for said in (asset.title, asset.made, asset.avoid, asset.license, asset.attribution):
        assert said in card
    for source in asset.sources:
        assert source.describe() in card
    for file in asset.files:
        assert f"{file.sha256} {file.path}" in card
    assert [f"#asset-{asset.name}"] == [
        link["href"] for link in page.select("table a") if link.get_text() == asset.name
    ]


def test_the_page_says_how_much_there_is(page: BeautifulSoup) -> None:
    rows = {row.a.get_text(): row.select("td")[2].get_text() for row in page.select("tbody tr") if row.a}
    assert float(rows["fashion-mnist"]) == 55.0
    assert len(rows) == len(assets())
