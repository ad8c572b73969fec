"""The start page in a browser: as a file, without a script, in both color schemes, on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_fits_a_phone(make, tmp_path, browser, scheme):
    make(tmp_path / "kit")
    page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    page.goto((tmp_path / "kit" / "index.html").as_uri())
    assert Axe().run(page).response["violations"] == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 320, "nothing is beside the screen"
    for link in page.locator("a").all():
        assert link.bounding_box()["height"] >= 24 or link.evaluate("a => a.closest('td')"), link.inner_text()
    page.close()
