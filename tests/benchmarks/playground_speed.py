"""How many steps a second the playground takes while it draws every frame; reported, not asserted."""

import pytest
from playground_page import bare, visit  # noqa: F401

SECONDS = 4

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


@pytest.mark.parametrize(
    "state", ["", "batch=full", "activation=gelu", "hidden=16,16,16,16,16,16,16,16,16,16"]
)
def test_steps_a_second(visit, state):  # noqa: F811
    page = visit(state, viewport={"width": 1440, "height": 1600})
    found = page.evaluate(MEASURE, SECONDS)
    print(
        f"\n{state or '2-8-8-1, batches of 32'}: {found['steps']:.0f} steps a second, "
        f"{found['pictures']:.0f} pictures in {found['frames']:.0f} frames a second"
    )
