"""Task 5: crowds of networks that differ from a base in one thing each, and verdicts on them."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F

from academy.homework.comparing import compared, judged
from academy.homework.given_values import is_truth, numbers_in
from academy.homework.tasks import Finding, right, wrong
from academy.homework.watching import same_weights
from academy.learn.ensembles import train_together
from academy.lessons.lesson1.homework.spiral_networks import (
    accuracy_of,
    activations,
    gives_logits,
    layer_sizes,
)
from academy.nets.mlp import mlp

CROWD = 8
BASE = [2, 8, 1]
VARIED = ("layers", "activation", "rate")
STEPS, RATE = 800, 0.01
SEED = 150_828
"""Of fresh starts; a small seed is likely a student's own."""
FARTHEST, FARTHEST_IN_ERRORS = 0.003, 4
"""By how much the mean loss of a crowd may differ from one trained anew: so much, and so many errors."""


def sensitivity(
    crowds: Any, other_rate: Any, verdicts: Any, train_points: Any, train_labels: Any
) -> Iterator[Finding]:
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
    if (rates := numbers_in([other_rate])) is None or rates[0] == RATE or not rates[0] > 0:
        yield wrong(
            f"`other_rate` is {other_rate!r}.",
            f"the rate of `crowds['rate']`, above 0 and other than {RATE}.",
        )
        return
    scores = {}
    for key in ("base", *VARIED):
        found = list(usable_crowd(key, crowds[key]))
        if found:
            yield from found
            return
        scores[key] = torch.tensor([accuracy_of(net) for net in crowds[key]])
    found = list(unlike_the_base(crowds["base"]))
    for key in VARIED:
        found += varied(key, crowds["base"], crowds[key])
    for key in ("base", *VARIED) if not found else ():
        found += trained_otherwise(
            key, crowds[key], rates[0] if key == "rate" else RATE, train_points, train_labels
        )
    yield from found
    for key in VARIED:
        difference, error = compared(scores[key], scores["base"])
        said = f"{key}: {100 * difference:+.1f} ± {100 * error:.1f} percentage points against the base"
        if not is_truth(verdicts[key]):
            yield wrong(
                f"`verdicts['{key}']` is {verdicts[key]!r}, of type {type(verdicts[key]).__name__}.",
                "`True` or `False`, as your rule `counts` returns them.",
            )
        elif bool(verdicts[key]) in judged(difference, error, scores[key], scores["base"]):
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


def trained_otherwise(
    key: str, crowd: list[nn.Module], rate: float, points: torch.Tensor, labels: torch.Tensor
) -> Iterator[Finding]:
    """Train such a crowd anew, from fresh starts, and say where the losses are others."""
    if not any(hasattr(layer, "reset_parameters") for layer in crowd[0].modules()):
        return  # built by hand: nobody but its author knows how it starts
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        anew = [started_anew(net) for net in crowd[:CROWD]]
        train_together(anew, points, labels, STEPS, rate)
    theirs, ours = losses_of(crowd, points, labels), losses_of(anew, points, labels)
    difference, error = compared(theirs, ours)
    if abs(difference) > FARTHEST + FARTHEST_IN_ERRORS * error:
        yield wrong(
            f"`crowds['{key}']` has a loss of {theirs.mean():.3f} on the training points; {len(anew)} such "
            f"networks, trained anew for {STEPS} steps at rate {rate:g}, have {ours.mean():.3f}.",
            f"was it trained, for {STEPS} steps like all others, and at this rate? One thing at a time: "
            f"`crowds['rate']` at `other_rate`, the others at {RATE}.",
        )


def started_anew(net: nn.Module) -> nn.Module:
    """Copy a network, and draw new weights where its layers know how."""
    copy = deepcopy(net)
    for layer in copy.modules():
        if callable(reset := getattr(layer, "reset_parameters", None)):
            reset()
    return copy


@torch.no_grad()
def losses_of(crowd: list[nn.Module], points: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Return the cross-entropy of each network, shape (count,)."""
    logits = [net(points).reshape(-1) for net in crowd]
    return torch.stack([F.binary_cross_entropy_with_logits(each, labels) for each in logits])


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
