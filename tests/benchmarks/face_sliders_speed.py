"""How many faces a second the page shows while a slider moves and while it walks; reported, not asserted.

Needs the built book: ``python tests/benchmarks/face_sliders_speed.py _build/html``.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser import launch, serve
from face_sliders_page import LARGE, LESSON
from playwright.sync_api import Page

SECONDS = 4

MEASURE = """
async ([seconds, act]) => {
    const canvas = document.querySelector(".face-sliders .face canvas");
    const slider = document.querySelector(".face-sliders .sliders input");
    const walk = document.querySelector(".face-sliders .play");
    const frame = () => new Promise(requestAnimationFrame);
    let [faces, frames, turn] = [0, 0, 0];
    new MutationObserver(() => faces++).observe(canvas, {attributeFilter: ["aria-label"]});
    if (act === "walk") walk.click();
    const start = performance.now();
    while (performance.now() - start < 1000 * seconds) {
        if (act === "slide") {
            slider.value = 3 * Math.sin(turn++ / 10);
            slider.dispatchEvent(new Event("input", {bubbles: true}));
        }
        await frame();
        frames++;
    }
    const taken = (performance.now() - start) / 1000;
    return [faces / taken, frames / taken];
}
"""


def report(page: Page, act: str) -> None:
    """Let faces change, and print how many are shown a second."""
    faces, frames = page.evaluate(MEASURE, [SECONDS, act])
    print(f"{act}: {faces:.0f} faces in {frames:.0f} frames a second")


def main(site: Path) -> None:
    """Measure a slider that moves in each frame, and a walk."""
    with launch() as browser, serve(site) as address:
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.goto(address + LESSON)
        page.locator("[data-interactive=face-sliders]").evaluate("(place) => place.scrollIntoView()")
        page.get_by_role("button", name="Fetch the network").click()
        page.locator(f"{LARGE}[aria-label*=sliders]").wait_for()
        page.get_by_text("The network is here: the face follows").wait_for()
        for act in ("slide", "walk"):
            report(page, act)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
