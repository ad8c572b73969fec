"""The playground's mathematics in the browser's own engine, against PyTorch and the package."""

import math
from itertools import pairwise, product

import pytest
import torch
from academy.data.spiral_density import spiral_accuracy, spiral_ceiling
from torch import nn

MODULES = {
    "relu": nn.ReLU,
    "leaky_relu": nn.LeakyReLU,
    "elu": nn.ELU,
    "gelu": nn.GELU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "sine": None,
}
STEPS = 10
TOLERANCE = {"rtol": 0, "atol": 1e-5}


class Sine(nn.Module):
    def forward(self, values):
        return values.sin()


OPTIMIZERS = {
    "sgd": lambda parameters, decay: torch.optim.SGD(parameters, lr=0.1, weight_decay=decay),
    "momentum": lambda parameters, decay: torch.optim.SGD(
        parameters, lr=0.1, momentum=0.9, weight_decay=decay
    ),
    "adam": lambda parameters, decay: torch.optim.Adam(parameters, lr=0.1, weight_decay=decay),
}

TRAIN = """
const {activation, optimizer, widths, parameters, inputs, labels, steps, decay} = given;
const net = new network.Network(widths, activation);
net.parameters.set(parameters);
const rule = new optimizers.Optimizer(optimizer, parameters.length);
const pass = new network.Pass(net, labels.length);
const seen = Float64Array.from(inputs);
const result = {logits: [], losses: [], gradients: [], parameters: []};
for (let step = 0; step < steps; step++) {
    const logits = pass.forward(seen, labels.length);
    result.logits.push([...logits].slice(0, labels.length));
    result.losses.push(network.lossOf(logits, labels));
    pass.backward(labels);
    result.gradients.push([...net.gradient]);
    rule.step(net.parameters, net.gradient, 0.1, decay);
    result.parameters.push([...net.parameters]);
}
return result;
"""


def torch_net(widths, activation):
    make = MODULES[activation] or Sine
    layers = []
    for inputs, outputs in pairwise(widths):
        layers += [nn.Linear(inputs, outputs), make()]
    return nn.Sequential(*layers[:-1]).double()


def flat(tensors):
    return torch.cat([tensor.detach().reshape(-1) for tensor in tensors])


@pytest.mark.parametrize(("activation", "optimizer"), [*product(MODULES, OPTIMIZERS)])
def test_ten_steps_are_those_of_pytorch(calculate, activation, optimizer):
    torch.manual_seed(0)
    widths, decay = [3, 6, 5, 1], 0.01
    model = torch_net(widths, activation)
    points = 2 * torch.randn(40, 3, dtype=torch.float64)
    labels = torch.randint(2, (40,)).double()
    ours = calculate(
        "network shared/optimizers",
        TRAIN,
        {
            "activation": activation,
            "optimizer": optimizer,
            "widths": widths,
            "parameters": flat(model.parameters()).tolist(),
            "inputs": points.T.reshape(-1).tolist(),
            "labels": labels.tolist(),
            "steps": STEPS,
            "decay": decay,
        },
    )
    rule = OPTIMIZERS[optimizer](model.parameters(), decay)
    for step in range(STEPS):
        logits = model(points).squeeze(1)
        loss = nn.functional.binary_cross_entropy_with_logits(logits, labels)
        rule.zero_grad()
        loss.backward()
        gradient = flat(parameter.grad for parameter in model.parameters())
        rule.step()
        for name, expected in {
            "logits": logits.detach(),
            "losses": loss.detach(),
            "gradients": gradient,
            "parameters": flat(model.parameters()),
        }.items():
            found = torch.tensor(ours[name][step], dtype=torch.float64)
            torch.testing.assert_close(
                found, expected, **TOLERANCE, msg=lambda text, at=(name, step): f"{at}: {text}"
            )


def test_loss_and_gradient_stay_finite_far_out(calculate):
    found = calculate(
        "network",
        "return [network.lossOf([800, -800, 800], [1, 0, 0]), network.countRight([1, -1, 0], [1, 0, 1])];",
    )
    assert found == [pytest.approx(800 / 3), 2]


def test_the_start_is_that_of_pytorchs_linear_layers(calculate):
    weights = calculate(
        "network",
        "const net = new network.Network([16, 16, 16, 1], 'relu');"
        "net.initialize(given); return [...net.parameters];",
        3,
    )
    weights = torch.tensor(weights)
    assert weights.abs().max() <= 1 / 4
    assert weights.abs().max() > 0.99 / 4
    assert weights.std().item() == pytest.approx(0.25 / math.sqrt(3), rel=0.05)
    assert abs(weights.mean().item()) < 0.02


def test_the_inputs_are_what_their_names_say(calculate):
    found = calculate("network", "return [...network.inputsOf([0.5, -0.3], Object.keys(network.FEATURES))];")
    x, y = 0.5, -0.3
    assert found == pytest.approx([x, y, x * x, y * y, x * y, math.sin(x), math.sin(y)])


def test_the_same_seed_gives_the_same_run_and_another_seed_another(calculate):
    found = calculate(
        "run state",
        """
        const after = (seed) => {
            const one = new run.Run({...state.USUAL, seed, size: 200});
            for (let step = 0; step < 50; step++) one.step();
            return [...one.network.parameters];
        };
        return [after(1), after(1), after(2)];
        """,
    )
    assert found[0] == found[1]
    assert found[0] != found[2]


def test_a_batch_holds_each_point_once_an_epoch(calculate):
    counts = calculate(
        "run state",
        """
        const one = new run.Run({...state.USUAL, size: 100, batch: 32});
        const seen = new Map();
        for (let step = 0; step < 3; step++) {
            const labels = one.nextBatch();
            for (let n = 0; n < labels.length; n++) {
                const x = one.batchInputs[n];
                seen.set(x, (seen.get(x) ?? 0) + 1);
            }
            one.steps++;
        }
        return [...seen.values()];
        """,
    )
    assert counts == [1] * 80


@pytest.mark.parametrize("noise", [0.05, 0.15, 0.3])
def test_the_ceiling_is_the_packages(calculate, noise):
    found = calculate("data", "return data.ceiling('spiral', given);", noise)
    assert found == pytest.approx(spiral_ceiling(noise), abs=2e-4)


@pytest.mark.parametrize("shape", ["spiral", "circles", "moons"])
def test_the_densities_say_how_often_each_square_is_hit(calculate, shape):
    total, right, ceiling = calculate(
        "data shared/random",
        """
        const {points, shares} = data.cells(given, 0.2);
        const side = Math.sqrt(points.length / 2);
        const step = points[2] - points[0];
        const drawn = data.drawPoints(given, 200000, 0.2, new random.Random(5));
        let right = 0;
        for (let n = 0; n < drawn.labels.length; n++) {
            const [column, row] = [0, 1].map((k) => Math.round((drawn.points[2 * n + k] - points[0]) / step));
            const cell = row * side + column;
            right += (shares[1][cell] > shares[0][cell]) === (drawn.labels[n] === 1);
        }
        const total = [...shares[0], ...shares[1]].reduce((sum, each) => sum + each, 0);
        return [total, right / drawn.labels.length, data.ceiling(given, 0.2)];
        """,
        shape,
    )
    assert total == pytest.approx(1, abs=1e-4)
    assert right == pytest.approx(ceiling, abs=0.003)


def test_the_spiral_is_that_of_the_lesson(calculate):
    from academy.data.spiral_density import spiral_densities

    found = calculate(
        "data shared/random",
        "const d = data.drawPoints('spiral', 20000, 0.15, new random.Random(9));"
        "return [[...d.points], [...d.labels]];",
    )
    points = torch.tensor(found[0]).reshape(-1, 2)
    labels = torch.tensor(found[1])
    assert labels.sum() == 10_000
    right = (spiral_densities(points).argmax(dim=1) == labels).double().mean().item()
    assert right == pytest.approx(spiral_ceiling(), abs=0.008)  # three standard errors


def test_the_exact_accuracy_is_the_packages(calculate):
    accuracy, parameters = calculate(
        "run state competition",
        """
        const one = new run.Run({...state.USUAL, hidden: [8], activation: "tanh"});
        for (let step = 0; step < 500; step++) one.step();
        return [competition.exactAccuracy(one), [...one.network.parameters]];
        """,
    )
    model = torch_net([2, 8, 1], "tanh").float()
    nn.utils.vector_to_parameters(torch.tensor(parameters), model.parameters())
    assert accuracy == pytest.approx(spiral_accuracy(model), abs=2e-4)


def test_the_curve_ends_at_the_step_that_was_seen_last(calculate):
    ends = calculate(
        "curve",
        """const drawn = new curve.Curve(document.createElement("canvas"));
        const ends = [];
        for (let step = 0; step < 20000; step += 7) {
            drawn.add(step, 1, 1);
            drawn.add(step, 1, 1);
            ends.push([step, drawn.moments.at(-1).step, drawn.moments.length, drawn.moments[0].step]);
        }
        return ends;""",
    )
    assert all(step == end for step, end, _, _ in ends)
    assert {first for _, _, _, first in ends} == {0}
    assert max(count for _, _, count, _ in ends) <= 601
    assert ends[-1][2] >= 300, "as many as can be seen"
