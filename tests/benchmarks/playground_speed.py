"""How many steps a second the playground takes while it draws every frame; reported, not asserted."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser import launch
from interactive_page import bare_page, visitor
from playground_page import ALIVE, NAME
from playwright.sync_api import Page

SECONDS = 4
STATES = ["", "batch=full", "activation=gelu", "hidden=16,16,16,16,16,16,16,16,16,16"]

MEASURE = """
async (seconds) => {
    const numbers = document.querySelector("[data-number=steps]");
    const steps = () => Number(numbers.textContent.replace(",", ""));
    const frame = () => new Promise(requestAnimationFrame);
    document.querySelector(".playground .play").click();
    while (steps() < 200) await frame();
    let frames = 0, pictures = 0, last = steps();
    const [first, start] = [last, performance.now()];
    while (performance.now() - start < 1000 * seconds) {
        await frame();
        frames++;
        pictures += steps() !== last;
        last = steps();
    }
    const taken = (performance.now() - start) / 1000;
    return {steps: (last - first) / taken, frames: frames / taken, pictures: pictures / taken};
}
"""


def report(page: Page, state: str) -> None:
    """Let a playground train, and print what it does a second."""
    found = page.evaluate(MEASURE, SECONDS)
    print(
        f"{state or '2-8-8-1, batches of 32'}: {found['steps']:.0f} steps a second, "
        f"{found['pictures']:.0f} pictures in {found['frames']:.0f} frames a second"
    )


def main() -> None:
    """Measure each state on a page of its own."""
    with (
        TemporaryDirectory() as folder,
        launch() as browser,
        bare_page(Path(folder), NAME) as address,
        visitor(browser, address, NAME, ALIVE) as visit,
    ):
        for state in STATES:
            page = visit(state, viewport={"width": 1440, "height": 1600})
            report(page, state)
            page.close()


if __name__ == "__main__":
    main()
