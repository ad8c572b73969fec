"""The race's steps in the browser's own engine, against PyTorch."""

import math

import pytest
import torch
from sfc32 import Random

STEPS = 200
KNOBS = [
    {"momentum": 0.9, "beta1": 0.9, "beta2": 0.999, "rates": {"sgd": 0.02, "momentum": 0.005, "adam": 0.1}},
    {"momentum": 0.5, "beta1": 0.5, "beta2": 0.99, "rates": {"sgd": 0.01, "momentum": 0.01, "adam": 0.02}},
]
"""Rates at which no runner bounces for long: there any rounding grows, in PyTorch as in the page."""
SURFACES = {
    "valley": (lambda x, y: (x**2 + 50 * y**2) / 2, [-2.4, 1.2], 0),
    "saddle": (lambda x, y: x**2 / 2 + (y**2 - 1) ** 2 / 4, [1.6, 0.01], 0),
    "beale": (
        lambda x, y: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2,
        [0.5, 1.5],
        0,
    ),
    "noisy": (lambda x, y: (x**2 + 4 * y**2) / 2, [-2.4, 1.6], 2),
}
"""Loss, start, and standard deviation of the slope's noise; written down apart from the page's."""

OPTIMIZERS = {
    "sgd": lambda weights, knobs: torch.optim.SGD(weights, lr=knobs["rate"]),
    "momentum": lambda weights, knobs: torch.optim.SGD(weights, lr=knobs["rate"], momentum=knobs["momentum"]),
    "adam": lambda weights, knobs: torch.optim.Adam(
        weights, lr=knobs["rate"], betas=(knobs["beta1"], knobs["beta2"])
    ),
}


def torch_path(surface, optimizer, knobs, seed=1):
    """Walk with PyTorch, its slopes from autograd, its noise from the same generator."""
    loss, start, spread = SURFACES[surface]
    chance = Random(seed, "noise of the slope")
    weights = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    rule = OPTIMIZERS[optimizer]([weights], knobs)
    places, losses = [weights.tolist()], [loss(*weights).item()]
    for _ in range(STEPS):
        rule.zero_grad()
        loss(*weights).backward()
        weights.grad += torch.tensor([spread * chance.normal(), spread * chance.normal()])
        rule.step()
        places.append(weights.tolist())
        losses.append(loss(*weights).item())
    return torch.tensor(places), torch.tensor(losses)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("surface", SURFACES)
def test_every_step_is_that_of_pytorch(calculate, surface, optimizer):
    for choice in KNOBS:
        knobs = {**choice, "rate": choice["rates"][optimizer]}
        places, losses = torch_path(surface, optimizer, knobs)
        _, start, noise = SURFACES[surface]
        found = calculate(
            "race",
            "return race.run(given.optimizer, given);",
            {
                "optimizer": optimizer,
                "surface": surface,
                "start": start,
                "noise": noise,
                "seed": 1,
                "steps": STEPS,
                f"{optimizer}Rate": knobs["rate"],
                **knobs,
            },
        )
        torch.testing.assert_close(torch.tensor(found["places"]), places, rtol=0, atol=1e-5)
        torch.testing.assert_close(torch.tensor(found["losses"]), losses, rtol=0, atol=1e-5)


def test_the_noise_is_gaussian_and_differs_between_seeds(calculate):
    first, second = (
        torch.tensor(
            list(
                calculate(
                    "race", "return [...race.noiseOf(given)];", {"noise": 2, "seed": seed, "steps": 20_000}
                )
            )
        )
        for seed in (1, 2)
    )
    assert first.mean().item() == pytest.approx(0, abs=4 * 2 / math.sqrt(40_000))
    assert first.std().item() == pytest.approx(2, rel=0.02)
    assert not torch.equal(first, second)


def test_a_runner_that_flies_off_stops_where_numbers_end(calculate):
    found = calculate(
        "race state",
        "const {settings} = state.decode('surface=valley&sgdRate=1&steps=1000');"
        "return race.run('sgd', settings);",
    )
    assert found["isLost"]
    assert found["arrival"] == -1
    assert len(found["places"]) < 20
    assert all(math.isfinite(value) for place in found["places"] for value in place)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_smallest_loss_of_a_surface_is_zero(calculate, surface):
    minimum = {"saddle": [0, 1], "beale": [3, 0.5]}.get(surface, [0, 0])
    loss, slope = calculate(
        "surfaces",
        "const {loss, slope} = surfaces.SURFACES[given[0]]; return [loss(...given[1]), slope(...given[1])];",
        [surface, minimum],
    )
    assert [loss, *slope] == pytest.approx([0, 0, 0])
