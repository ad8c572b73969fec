"""Homework 1: counting, training, comparing, and the smallest networks for the spiral."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, cast

import torch
from torch import nn

from academy.data.plane import spirals
from academy.data.spiral_density import spiral_accuracy
from academy.homework.comparing import compared, judged
from academy.homework.tasks import Finding, Homework, right, wrong
from academy.homework.watching import Gradients, same_weights
from academy.nets.mlp import mlp

homework = Homework("homework1")
check = homework.check

PASS = 0.83
FIRST_PASS = 0.80
MOST_SHALLOW_UNITS = 8
HIDDEN_LAYERS_OF_DEEP = 10
MOST_DEEP_UNITS = 40
CROWD = 8
BASE = [2, 8, 1]
ENOUGH = 0.1
"""By how much the loss of Task 2 must fall; Adam makes it fall by more, plain gradient descent by less."""
SLOPE_WHEN_WRONG = torch.tensor(3.0).sigmoid().item()
VARIED = ("layers", "activation", "rate")


@homework.task("count the parameters")
def counts_parameters(parameters_of: Any) -> Iterator[Finding]:
    """Compare with the parameters of real networks."""
    for widths in ([2, 1], [2, 8, 1], [2, 8, 8, 1], [3, 5, 4, 2]):
        real = sum(each.numel() for each in mlp(widths).parameters())
        try:
            found = parameters_of(list(widths))
        except (IndexError, ValueError) as error:
            yield wrong(
                f"`parameters_of({widths})` raises {type(error).__name__}: {error}.",
                "it is asked for any number of layers: go through the pairs of neighbors in the list.",
            )
            return
        if found is None or found is ...:
            yield wrong("`parameters_of` returns nothing.", "end the function with `return` and the number.")
            return
        if isinstance(found, str | list | tuple):
            yield wrong(
                f"`parameters_of` returns a {type(found).__name__}.",
                "return one number, the sum over the layers.",
            )
            return
        if found == real:
            yield right(f"{widths} has {real}")
            continue
        mistakes = {
            sum(a * b for a, b in pairwise(widths)): "each neuron has a bias besides its weights.",
            sum((a + 1) * b for a, b in pairwise(widths[:-1])): "the output neuron has parameters, too.",
            sum(a * (b + 1) for a, b in pairwise(widths)): "the bias belongs to the layer that receives: "
            "from m to k units there are (m + 1) · k.",
        }
        look = "a layer from m to k units has (m + 1) · k parameters; add up the layers."
        yield wrong(f"{widths} has {real} parameters, yours says {found}.", mistakes.get(found, look))
        return


@homework.task("the training loop")
def trains(train: Any) -> Iterator[Finding]:
    """Train a small network with the student's loop, and watch its weights and gradients."""
    points, labels = spirals(640, generator=torch.Generator().manual_seed(1))
    labels = labels.float()
    net = fresh_net()
    gradients = Gradients(net)
    returned = train(net, points, labels, 3, 0.01)
    gradients.unhook()
    if same_weights(net, fresh_net()):
        step = "`optimizer.step()`, and whose parameters the optimizer was given; "
        step += "`zero_grad()` belongs before `backward()` or after `step()`."
        look = step if gradients.passes else "`loss.backward()` computes the slopes, once in each step."
        if isinstance(returned, nn.Module) and returned is not net:
            look = "train `model`, the network that is given; you return another one."
        yield wrong("After 3 steps no weight has moved.", look)
        return
    yield right("the weights of the network that it is given move")
    if gradients.piled_up:
        yield wrong(
            "Each step adds the slopes of all earlier steps to its own.",
            "`optimizer.zero_grad()`, once in each step: PyTorch adds to what it finds.",
        )
    else:
        yield right("each step uses its own slopes alone")
    if returned is not net:
        yield wrong(
            f"`train` returns {type(returned).__name__}, not the network that it was given.",
            "end it with `return model`, so that `net = train(mlp(…), …)` works.",
        )
    yield from learns(train, points, labels)


def learns(train: Any, points: torch.Tensor, labels: torch.Tensor) -> Iterator[Finding]:
    """See whether all that is asked for matters: steps, learning rate, labels, and the loss."""
    start, end, slow, swapped, still = [fresh_net() for _ in range(5)]
    train(still, points, labels, 0, 0.01)
    if not same_weights(still, start):
        yield wrong("Asked for 0 steps, it trains all the same.", "the loop: `for step in range(steps)`.")
        return
    moved, slope = step_when_wrong(train, points)
    if not moved:
        yield wrong("Asked for 1 step, it takes none.", "the loop: `for step in range(steps)`.")
        return
    train(end, points, labels, 400, 0.01)
    train(slow, points, labels, 400, 0.001)
    train(swapped, points, 1 - labels, 400, 0.01)
    first, last, slower = [loss_of(net, points, labels) for net in (start, end, slow)]
    said = f"400 steps at rate 0.01 bring the loss from {first:.3f} to {last:.3f}"
    if not last < first - ENOUGH:
        yield wrong(
            f"{said}; with Adam it falls by {ENOUGH} or more.",
            "the optimizer, the loss (the cross-entropy of the logits, each beside its own label), "
            "and whether `return` stands after the loop.",
        )
    elif not loss_of(swapped, points, 1 - labels) < loss_of(start, points, 1 - labels) - ENOUGH:
        yield wrong(
            "Given other labels, it does not learn them.",
            "use `points` and `labels`, the arguments, not `train_points` and `train_labels`.",
        )
    elif abs(slower - last) < 1e-3:
        yield wrong("Rates 0.01 and 0.001 give the same loss.", "give `learning_rate` to the optimizer.")
    elif slope is not None and slope < SLOPE_WHEN_WRONG / 2:
        yield wrong(
            f"{said}. But where logits are 3 and labels 0, the slope of its loss is {slope:.2f}; "
            f"that of the cross-entropy is {SLOPE_WHEN_WRONG:.2f}.",
            "the loss: sure and wrong costs a lot. `F.binary_cross_entropy_with_logits` takes the logits.",
        )
    else:
        yield right(said)


def step_when_wrong(train: Any, points: torch.Tensor) -> tuple[bool, float | None]:
    """Ask for one step of a network that is sure and wrong: its logits are 3, all labels 0.

    Returns:
        Whether it moved, and the slope along the bias of its output; None where no slope is seen to arrive.
    """
    net, slopes = fresh_net(), []
    output = cast(nn.Linear, net[-1])
    with torch.no_grad():
        output.weight.zero_()
        output.bias.fill_(3.0)
    hook = output.bias.register_hook(lambda slope: slopes.append(slope.item()))
    train(net, points, torch.zeros(len(points)), 1, 0.01)
    hook.remove()
    return bool((output.bias != 3).any()), slopes[0] if slopes else None


@homework.task("two architectures")
def two_architectures(first_net: Any, second_net: Any) -> Iterator[Finding]:
    """Measure both on all the points there could be."""
    nets = {"first_net": first_net, "second_net": second_net}
    if found := [each for name, net in nets.items() for each in unusable(name, net)]:
        yield from found
        return
    for name, net in nets.items():
        yield from reaches(name, net, FIRST_PASS)
    sizes = layer_sizes(first_net)
    if sizes is not None and sizes == layer_sizes(second_net):
        yield wrong(f"Both have layers {sizes}.", "give one another number of layers or of units.")


@homework.task("the rule of this book")
def believes(counts: Any) -> Iterator[Finding]:
    """Ask the student's rule about accuracies whose answer was worked out by hand."""
    better, worse = torch.tensor([0.84, 0.86] * 8), torch.tensor([0.82, 0.84] * 8)
    wide_better, wide_worse = torch.tensor([0.81, 0.89] * 8), torch.tensor([0.79, 0.87] * 8)
    less = torch.tensor([0.775, 0.855] * 8)
    many, few = torch.tensor([0.86, 0.88] * 50), torch.tensor([0.78, 0.90] * 2)
    cases = [  # the errors of the differences are 0.37, 0.37, 1.5, 1.5 and 3.5 percentage points
        (better, worse, True, "5.5 errors: an error of a mean is its spread through √n."),
        (worse, better, True, "5.5 errors, whichever comes first: take its size without the sign."),
        (wide_better, wide_worse, False, "1.4 errors, fewer than two."),
        (wide_better, less, True, "2.4 errors: not the errors of the means add, but their squares."),
        (many, few, False, "0.9 errors: each mean has its own spread and its own number of runs."),
    ]
    for one, other, expected, because in cases:
        found = counts(one, other)
        if found is None or found is ...:
            yield wrong("`counts` returns nothing.", "end it with `return`, and True or False.")
            return
        said = f"{described(one)} against {described(other)}"
        if bool(found) != expected:
            yield wrong(f"{said}: yours says {bool(found)}.", f"this difference is {because}")
            return
        yield right(f"{said}: {'counts' if expected else 'does not count'}")


def described(scores: torch.Tensor) -> str:
    """Say mean, spread and number of accuracies."""
    return f"{scores.mean():.1%} ± {scores.std():.1%} over {len(scores)} runs"


@homework.task("one thing at a time")
def sensitivity(crowds: Any, verdicts: Any) -> Iterator[Finding]:
    """Measure each crowd, see what was varied, and judge the differences anew."""
    for name, value in (("crowds", crowds), ("verdicts", verdicts)):
        keys = (["base"] if name == "crowds" else []) + list(VARIED)
        lacking = [key for key in keys if not isinstance(value, Mapping) or key not in value]
        if lacking:
            yield wrong(
                f"`{name}` has no {' and no '.join(map(repr, lacking))}.",
                f"it is a dict with the keys {keys}.",
            )
            return
    scores = {}
    for key in ("base", *VARIED):
        found = list(usable_crowd(key, crowds[key]))
        if found:
            yield from found
            return
        scores[key] = torch.tensor([accuracy_of(net) for net in crowds[key]])
    yield from unlike_the_base(crowds["base"])
    for key in VARIED:
        yield from varied(key, crowds["base"], crowds[key])
        difference, error = compared(scores[key], scores["base"])
        said = f"{key}: {100 * difference:+.1f} ± {100 * error:.1f} percentage points against the base"
        if bool(verdicts[key]) in judged(difference, error, scores[key], scores["base"]):
            yield right(said)
        else:
            yield wrong(
                f"{said}; your verdict is {verdicts[key]}.",
                "use your rule `counts` on accuracies on fresh points; a verdict is True or False.",
            )


def unlike_the_base(base: list[nn.Module]) -> Iterator[Finding]:
    """Say where the base is not the one that the task asks for."""
    sizes, wanted = layer_sizes(base[0]), mlp(BASE, nn.Tanh)
    if sizes != BASE:
        yield wrong(f"`crowds['base']` has layers {sizes}, not {BASE}.", "the base has eight hidden units.")
    elif same_shapes(base[0], wanted) and not same_answers(base[0], wanted):
        yield wrong("`crowds['base']` does not bend like tanh.", "`mlp` takes `nn.Tanh`; its usual is ReLU.")


def usable_crowd(key: str, crowd: Any) -> Iterator[Finding]:
    """Say what keeps a list of networks from being a crowd."""
    nets = list(crowd) if isinstance(crowd, Sequence) else []
    if len(nets) < CROWD or not all(isinstance(net, nn.Module) for net in nets):
        yield wrong(
            f"`crowds['{key}']` is no list of {CROWD} networks or more.",
            f"`[mlp(…) for _ in range({CROWD})]`.",
        )
        return
    if any(layer_sizes(net) != layer_sizes(nets[0]) for net in nets):
        yield wrong(
            f"The networks of `crowds['{key}']` differ in layers.", "only the start differs in a crowd."
        )
    elif all(same_weights(nets[0], net) for net in nets[1:]):
        yield wrong(
            f"All networks of `crowds['{key}']` are the same.",
            "one seed before the crowd, not one before each network; and not one network many times.",
        )
    elif not gives_logits(nets[0]):
        yield wrong(f"`crowds['{key}']` does not give a logit a point.", "2 inputs, 1 output.")


def varied(key: str, base: list[nn.Module], crowd: list[nn.Module]) -> Iterator[Finding]:
    """Say where a crowd varies something else than its name says."""
    sizes = layer_sizes(base[0]), layer_sizes(crowd[0])
    if key == "layers":
        if sizes[0] == sizes[1]:
            yield wrong(f"`crowds['layers']` has the layers of the base, {sizes[0]}.", "change the widths.")
        bends = activations(base[0]), activations(crowd[0])
        if all(bends) and bends[0] != bends[1]:
            yield wrong(
                f"`crowds['layers']` has {' and '.join(sorted(bends[1]))}, "
                f"the base {' and '.join(sorted(bends[0]))}.",
                "change the layers alone.",
            )
        return
    if sizes[0] != sizes[1]:
        yield wrong(
            f"`crowds['{key}']` has layers {sizes[1]}, the base {sizes[0]}.", f"change the {key} alone."
        )
        return
    alike = same_answers(base[0], crowd[0])
    if key == "activation" and alike:
        yield wrong("`crowds['activation']` bends like the base.", "give `mlp` another activation.")
    if key == "rate" and not alike:
        yield wrong("`crowds['rate']` has another activation than the base.", "change the rate alone.")
    if key == "rate" and same_weights(base[0], crowd[0]):
        yield wrong("`crowds['rate']` is the base itself.", "train new networks, at another rate.")


@homework.task("the shallowest network")
def shallowest(shallow_net: Any) -> Iterator[Finding]:
    """One hidden layer, few units, above 83%."""
    yield from small("shallow_net", shallow_net, 1, MOST_SHALLOW_UNITS)


@homework.task("the deepest network")
def deepest(deep_net: Any) -> Iterator[Finding]:
    """Ten hidden layers, few units, above 83%."""
    yield from small("deep_net", deep_net, HIDDEN_LAYERS_OF_DEEP, MOST_DEEP_UNITS)


def small(name: str, net: Any, layers: int, most_units: int) -> Iterator[Finding]:
    """Check the number of hidden layers and units, the bends between them, and the accuracy."""
    if found := list(unusable(name, net)):
        yield from found
        return
    sizes = layer_sizes(net)
    if sizes is None:
        yield wrong(
            f"The layers of `{name}` cannot be read.", "build it from `nn.Linear`, first layer first."
        )
        return
    hidden = sizes[1:-1]
    if len(hidden) != layers:
        yield wrong(
            f"`{name}` has {len(hidden)} hidden layer{'s' * (len(hidden) != 1)}, {hidden}, not {layers}.",
            "a hidden layer stands between the inputs and the output neuron; these two are not counted.",
        )
    if straight := unbent_layers(net):
        yield wrong(
            f"No activation follows {', '.join(f'layer {number}' for number in straight)} of `{name}`.",
            "what the chapter says of networks without the bend: two such layers are one.",
        )
    parameters = sum(each.numel() for each in net.parameters())
    units = f"`{name}` has {sum(hidden)} hidden units and {parameters} parameters"
    if sum(hidden) > most_units:
        yield wrong(f"{units}; at most {most_units} units are wanted.", "which layer can be narrower?")
    else:
        yield right(units)
    yield from reaches(name, net, PASS)


def unusable(name: str, net: Any) -> Iterator[Finding]:
    """Say what keeps an answer from being a network for points of the plane."""
    if not isinstance(net, nn.Module):
        found = f"`{name}` is of type {type(net).__name__}, not a network."
        yield wrong(found, "keep what `train` or `mlp` gives back.")
    elif unlike := {str(each.dtype) for each in net.parameters()} - {"torch.float32"}:
        found = f"The weights of `{name}` are {' and '.join(sorted(unlike))}, and the points torch.float32."
        yield wrong(found, f"`{name} = {name}.float()` changes them back.")
    elif not gives_logits(net):
        found = f"`{name}` does not turn points of shape (count, 2) into one number each."
        yield wrong(found, "its first width, 2, and its last, 1.")


def reaches(name: str, net: nn.Module, wanted: float) -> Iterator[Finding]:
    """Measure a network on all the points there could be; where it fails, say what that looks like."""
    accuracy = accuracy_of(net)
    said = f"`{name}` is right on {accuracy:.2%} of fresh points"
    if accuracy > wanted:
        yield right(said)
        return
    with torch.no_grad():
        answers = net(spirals(1000, generator=torch.Generator().manual_seed(2))[0])
    if answers.max() - answers.min() < 0.01:
        look = "it gives all points nearly the same answer: was it silent from its start?"
    elif answers.min() >= 0 and answers.max() <= 1:
        look = "all its answers lie between 0 and 1: leave out the sigmoid at the end, if it has one, for "
        look += "logits are wanted; if it has none, was it trained?"
    elif len(bends := activations(net)) > 1 and "ReLU" in bends:
        look = "a ReLU cuts off what is negative: `deepened` keeps the answers of a net whose layers all end "
        look += "in a ReLU, of no other."
    elif accuracy < 0.25:
        look = "it is nearly always wrong, so it knows the arms and swaps their names: look at the labels."
    elif accuracy < 0.55:
        look = "that is a coin: was it trained, and did its loss fall?"
    else:
        look = "another start may do better; so may more steps, another rate, another activation."
    yield wrong(f"{said}; more than {wanted:.0%} is wanted.", look)


def accuracy_of(net: nn.Module) -> float:
    """Return the exact accuracy on fresh points, in the mode that a network answers in."""
    was_training = net.training
    try:
        return spiral_accuracy(net.eval())
    finally:
        net.train(was_training)


def gives_logits(net: nn.Module) -> bool:
    """Tell whether a network gives one finite number for each point of the plane."""
    try:
        with torch.no_grad():
            answers = net(torch.randn(7, 2))
    except RuntimeError:
        return False
    return (
        isinstance(answers, torch.Tensor)
        and answers.shape in ((7,), (7, 1))
        and bool(answers.isfinite().all())
    )


def layer_sizes(net: nn.Module) -> list[int] | None:
    """Read the widths from input to output off the weight matrices; None if these make no chain."""
    sizes = [2]
    for rows, columns in (parameter.shape for parameter in net.parameters() if parameter.dim() == 2):
        if sizes[-1] not in (rows, columns):
            return None
        sizes.append(rows if columns == sizes[-1] else columns)
    return sizes


def activations(net: nn.Module) -> set[str]:
    """Name PyTorch's activations in a network; none are seen where a forward pass writes them out."""
    return {
        type(each).__name__
        for each in net.modules()
        if type(each).__module__ == "torch.nn.modules.activation"
    }


def unbent_layers(net: nn.Module) -> list[int]:
    """Find the linear layers, counted from 1, whose sums the next layer receives as they are.

    The sums are replaced by random ones on the way: a ReLU that passes its positive input on, as between
    the passing layers of `deepened`, is told from no activation by what it does to these.
    """
    sums: list[torch.Tensor] = []
    straight: list[int] = []

    def before(layer: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
        if sums and torch.equal(inputs[0], sums[-1]):
            straight.append(len(sums))

    def after(layer: nn.Module, inputs: tuple[torch.Tensor, ...], output: torch.Tensor) -> torch.Tensor:
        sums.append(torch.randn_like(output))
        return sums[-1]

    linear = [layer for layer in net.modules() if isinstance(layer, nn.Linear)]
    hooks = [layer.register_forward_pre_hook(before) for layer in linear]
    hooks += [layer.register_forward_hook(after) for layer in linear]
    with torch.no_grad():
        net(torch.randn(64, 2))
    for hook in hooks:
        hook.remove()
    return straight


def same_shapes(one: nn.Module, other: nn.Module) -> bool:
    """Tell whether the weights of two networks have the same shapes, in the same order."""
    return [each.shape for each in one.parameters()] == [each.shape for each in other.parameters()]


def same_answers(one: nn.Module, other: nn.Module) -> bool:
    """Tell whether two networks of one shape compute the same from the same weights: bend alike."""
    points = torch.randn(64, 2)
    own = [parameter.detach().clone() for parameter in other.parameters()]
    with torch.no_grad():
        for mine, theirs in zip(other.parameters(), one.parameters()):
            mine.copy_(theirs)
        alike = torch.allclose(one(points).reshape(-1), other(points).reshape(-1), atol=1e-5)
        for mine, kept in zip(other.parameters(), own):
            mine.copy_(kept)
    return alike


def fresh_net() -> nn.Sequential:
    """Build the same network each time, without touching the student's random numbers."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return mlp([2, 8, 1])


def loss_of(net: nn.Module, points: torch.Tensor, labels: torch.Tensor) -> float:
    """Return the cross-entropy of a network's logits."""
    with torch.no_grad():
        return nn.functional.binary_cross_entropy_with_logits(net(points).squeeze(-1), labels).item()
