"""Task 6: two networks within one budget of weights, judged on moved clothes that nobody has seen."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.learn.classification import predict
from academy.lessons.lesson3.homework.moved_clothes import unseen_clothes
from academy.show.numbers import difference

BUDGET = 20_000
"""Parameters that a network may have."""
SPENT = 16_000
"""How many the full network must have at least, so that the comparison is fair."""
BASELINE = 0.63
"""What a full network of that size exceeds by far, of unseen clothes, when it is trained with care."""
LEAST = 0.72
"""What the convolutional network has to reach there."""
LEAD = 0.04
"""By how much it has to be ahead there."""
SEEDS = 3
NEAR = 0.003
"""By how much an accuracy may be off, as of rounding."""
CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.Conv3d)
"""What a full network has none of."""


def fits(
    baseline: Any, cnn: Any, baseline_scores: Any, cnn_scores: Any, tried: Any, chosen: Any, kept_back: Any
) -> Iterator[Finding]:
    """Count parameters, judge both networks on unseen clothes, and compare seeds with seeds."""
    found = list(net_mistakes("baseline", baseline)) or list(net_mistakes("cnn", cnn))
    found = found or list(kind_mistakes(baseline, cnn))
    if found:
        yield from found[:1]
        return
    yield right(f"{parameters(baseline):,} and {parameters(cnn):,} parameters, of {BUDGET:,}")
    found = list(tried_mistakes(tried)) or list(chosen_mistakes(tried, chosen))
    found += list(score_mistakes("baseline", baseline_scores, baseline, kept_back))
    found += list(score_mistakes("cnn", cnn_scores, cnn, kept_back))
    if found:
        yield from found[:1]
        return
    lead = difference(cnn_scores, baseline_scores, paired=False)
    if lead.mean <= lead.margin:
        yield wrong(
            f"Kept back, `cnn_scores` lead by {points(lead.mean)} ± {points(lead.margin)} points: "
            "the interval holds 0.",
            "more seeds make it narrower, a better CNN moves it.",
        )
        return
    yield right(f"over the seeds it leads by {points(lead.mean)} ± {points(lead.margin)} points, kept back")
    yield from judged(baseline, cnn)


def points(share: float) -> str:
    """Write a share in percentage points."""
    return f"{100 * share:.1f}"


def parameters(net: nn.Module) -> int:
    """Count the numbers that training may change, or that were frozen."""
    return sum(each.numel() for each in net.parameters())


def net_mistakes(name: str, net: Any) -> Iterator[Finding]:
    """Say why what is handed in is no network at rest, too large, or not the same alone and in company."""
    if not isinstance(net, nn.Module):
        kind = f"the class {net.__name__}" if isinstance(net, type) else f"a {type(net).__name__}"
        yield wrong(f"`{name}` is {kind}, no network.", "an `nn.Module`, made and trained.")
        return
    if (count := parameters(net)) > BUDGET:
        yield wrong(
            f"`{name}` has {count:,} parameters; the budget is {BUDGET:,}.",
            "where do most of them sit? Print each layer's, as `shapes` of the chapter does.",
        )
        return
    if net.training:
        yield wrong(f"`{name}` is in training mode.", f"after the training: `{name}.eval()`.")
        return
    some = unseen_clothes().images[:8] / 255
    with calling(f"{name}(pixels), of shape (8, 1, 28, 28)"), torch.no_grad():
        logits, again = net(some), net(some)
        alone = torch.cat([net(each[None]) for each in some])
    if not torch.is_tensor(logits) or tuple(logits.shape) != (8, 10):
        shape = f"shape {tuple(logits.shape)}" if torch.is_tensor(logits) else f"a {type(logits).__name__}"
        yield wrong(f"`{name}` gives {shape} for eight pictures, not (8, 10).", "a logit for each kind.")
    elif not torch.allclose(logits, again, atol=1e-4):
        yield wrong(f"`{name}` gives the same pictures other logits.", f"is dropout on? `{name}.eval()`.")
    elif not torch.allclose(logits, alone, atol=1e-3):
        yield wrong(
            f"`{name}` gives a picture other logits alone than in company.",
            "in use nothing may depend on the batch: `track_running_stats` stays as it is.",
        )
    elif logits.min() >= 0 and torch.allclose(logits.sum(dim=1), torch.ones_like(logits[:, 0]), atol=1e-3):
        yield wrong(
            f"`{name}` gives each of eight pictures ten numbers from 0 to 1 whose sum is 1.",
            "logits, not probabilities: leave the softmax out, `F.cross_entropy` has it inside.",
        )


def kind_mistakes(baseline: nn.Module, cnn: nn.Module) -> Iterator[Finding]:
    """Say which of the two is not of its kind, or spends too little."""
    if any(isinstance(layer, CONVOLUTIONS) for layer in baseline.modules()):
        yield wrong("`baseline` has a convolution.", "full layers alone, as in Lesson 2.")
    elif not any(isinstance(layer, nn.Conv2d) for layer in cnn.modules()):
        yield wrong("`cnn` has no convolution.", "`nn.Conv2d` layers, as in the chapter.")
    elif (count := parameters(baseline)) < SPENT:
        yield wrong(
            f"`baseline` has {count:,} parameters, far fewer than the budget of {BUDGET:,}.",
            f"a fair baseline may spend as much: at least {SPENT:,}. What hidden width is that?",
        )


def tried_mistakes(tried: Any) -> Iterator[Finding]:
    """Say what is wrong with the table of designs to choose from."""
    values = numbers_in(tried.values()) if isinstance(tried, dict) else None
    if values is None:
        yield wrong(f"`tried` is {tried!r}.", "a dict from a design's name to its accuracy.")
    elif len(values) < 2 or not all(0 < value <= 1 for value in values):
        yield wrong(
            f"`tried` has {values}.", "the accuracies, from 0 to 1, of two designs or more, on `kept_back`."
        )
    elif len(set(values)) < len(values):
        yield wrong(
            f"`tried` has one number under two names: {values}.",
            "is it the same design twice? If two differ and only tie, another seed tells them apart.",
        )


def chosen_mistakes(tried: dict[Any, Any], chosen: Any) -> Iterator[Finding]:
    """Say when the chosen design is not the best of those that were tried."""
    best = max(tried, key=lambda name: float(tried[name]))
    if chosen != best:
        yield wrong(
            f"`chosen` is {chosen!r}; of `tried` the best is {best!r}, with {float(tried[best]):.4f}.",
            "let `kept_back` choose: `max(tried, key=tried.get)`. That design is the one to train from the "
            "other seeds.",
        )


def score_mistakes(name: str, scores: Any, net: nn.Module, kept_back: Any) -> Iterator[Finding]:
    """Say what is wrong with the accuracies of the seeds."""
    numbers = numbers_in(scores)
    if numbers is None or len(numbers) < SEEDS or not all(0 <= each <= 1 for each in numbers):
        yield wrong(f"`{name}_scores` is {scores!r}.", f"an accuracy from 0 to 1 a seed, of {SEEDS} or more.")
        return
    if len(set(numbers)) == 1:
        yield wrong(
            f"`{name}_scores` has {numbers[0]:.4f} for each seed.",
            "call `torch.manual_seed(seed)` before the network is made: its weights are the first draw.",
        )
        return
    if len(set(numbers)) < SEEDS:
        given = ", ".join(f"{each:.4f}" for each in numbers)
        yield wrong(
            f"`{name}_scores` has {given}: {len(set(numbers))} different numbers, not {SEEDS}.",
            "is one seed there twice? If two seeds only tie, add one more.",
        )
        return
    measured = accuracy_of(net, *kept_back)
    if min(abs(each - measured) for each in numbers) > NEAR:
        given = ", ".join(f"{each:.4f}" for each in numbers)
        yield wrong(
            f"`{name}_scores` has {given}; `{name}` names {measured:.4f} of `kept_back` rightly.",
            f"`{name}` is one of the networks of these seeds, measured on `kept_back` with its last weights.",
        )


def accuracy_of(net: nn.Module, pixels: torch.Tensor, labels: torch.Tensor) -> float:
    """Give the share of pictures that a network names rightly."""
    return (predict(net, pixels).argmax(dim=1) == labels).double().mean().item()


def judged(baseline: nn.Module, cnn: nn.Module) -> Iterator[Finding]:
    """Judge both on moved clothes that nobody has seen; a refusal says no number that designs could chase."""
    unseen = unseen_clothes()
    pixels = unseen.images / 255
    full, shared = (accuracy_of(net, pixels, unseen.labels) for net in (baseline, cnn))
    if full < BASELINE:
        yield wrong(
            f"`baseline` names less than {BASELINE:.0%} of unseen moved clothes; with care it names more.",
            "a weak baseline proves nothing: a rate of 0.01 with Adam, and some hundred steps.",
        )
    elif shared < LEAST:
        yield wrong(f"`cnn` names less than the expected {LEAST:.0%} of unseen moved clothes.", look(cnn))
    elif shared - full < LEAD:
        yield wrong(
            f"On unseen moved clothes `cnn` leads `baseline` by less than {points(LEAD)} points.",
            look(cnn),
        )
    else:
        yield right(
            f"{shared:.1%} of {len(pixels):,} moved clothes that nobody has seen; the baseline {full:.1%}"
        )


def look(cnn: nn.Module) -> str:
    """Say where to look for more accuracy."""
    if parameters(cnn) < SPENT:
        return (
            f"of {BUDGET:,} parameters only {parameters(cnn):,} are spent: more channels in the last layers."
        )
    if not any("Norm" in type(layer).__name__ for layer in cnn.modules()):
        return "with batch normalization the same few steps lead farther."
    return "more epochs, or other designs: fewer weights in the last linear layer, more in convolutions."
