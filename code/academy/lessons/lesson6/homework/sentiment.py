"""Task 5: a classifier of sentiment, judged on sentences that nobody has seen."""

from collections.abc import Iterator
from typing import Any

import torch
from torch import nn

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson6.homework.sentences import Sentences, split

LEAST = 0.72
"""Accuracy that a mean of vectors and a linear layer exceed by far; the commoner answer has a half."""
TRAINED = 0.56
"""Below which accuracy a classifier knows as good as nothing."""
NEAR = 0.003
"""By how much an accuracy may be off, as of rounding."""
BATCH = 256


def classifies(
    model: Any,
    accuracy: Any,
    tokenize: Any,
    encode: Any,
    vocabulary: Any,
    pad: Any,
    learned: Any,
    kept_back: Any,
) -> Iterator[Finding]:
    """Give the model sentences alone and in company, and count what it tells rightly."""

    def rows(texts: list[str]) -> list[Any]:
        with calling("encode(tokenize(text), vocabulary)"):
            return [encode(tokenize(text), vocabulary) for text in texts]

    def scores(part: Sentences) -> torch.Tensor:
        given = rows(part.texts)
        batches = [given[start : start + BATCH] for start in range(0, len(given), BATCH)]
        with torch.no_grad():
            return torch.cat([model(*pad(each)).detach().cpu().flatten() for each in batches])

    four = kept_back.texts[:4]
    found = list(form_mistakes(model, pad, rows(four), rows([" ".join(4 * four)])))
    if found:
        yield from found[:1]
        return
    yield right("a logit for each sentence, the same alone and in company")
    unseen = split()[2]
    unseen_scores = scores(unseen)
    judged = share_right(unseen_scores, unseen)
    if judged < LEAST:
        yield level_mistake(judged, unseen_scores, share_right(scores(learned), learned))
        return
    yield right(f"{judged:.1%} of {len(unseen.texts):,} sentences that nobody has seen")
    given, measured = numbers_in([accuracy]), share_right(scores(kept_back), kept_back)
    if given is None:
        yield wrong(f"`accuracy` is a {type(accuracy).__name__}.", "a number from 0 to 1.")
    elif abs(given[0] - measured) <= NEAR:
        yield right(f"and {measured:.1%} of those kept back, as you measured")
    else:
        yield accuracy_mistake(given[0], measured, share_right(scores(learned), learned))


def share_right(scores: torch.Tensor, part: Sentences) -> float:
    """Give the accuracy of logits."""
    return ((scores > 0) == part.positive).double().mean().item()


def form_mistakes(model: Any, pad: Any, rows: list[Any], long_row: list[Any]) -> Iterator[Finding]:
    """Say why what is handed in is no model at rest, or what its logits depend on."""
    if not isinstance(model, nn.Module):
        kind = f"the class {model.__name__}" if isinstance(model, type) else f"a {type(model).__name__}"
        yield wrong(f"`model` is {kind}, no network.", "an `nn.Module`, made and trained.")
        return
    if model.training:
        yield wrong("`model` is in training mode.", "after the training: `model.eval()`.")
        return
    with calling("model(*pad(rows)) on four sentences"), torch.no_grad():
        found = model(*pad(rows))
    if not torch.is_tensor(found) or tuple(found.shape) not in ((4,), (4, 1)):
        shape = f"shape {tuple(found.shape)}" if torch.is_tensor(found) else f"a {type(found).__name__}"
        two = torch.is_tensor(found) and tuple(found.shape) == (4, 2)
        yield wrong(
            f"`model(ids, mask)` gives {shape} for four sentences, not (4,).",
            "one logit a sentence, above 0 for positive ones: of two, return their difference."
            if two
            else "one number a sentence, above 0 for positive ones: `linear(mean).squeeze(1)`.",
        )
        return
    yield from company_mistakes(model, pad, rows, long_row, found.flatten())


def company_mistakes(
    model: nn.Module, pad: Any, rows: list[Any], long_row: list[Any], found: torch.Tensor
) -> Iterator[Finding]:
    """Say where a sentence's logit depends on the length of the others."""
    with torch.no_grad():
        again = model(*pad(rows)).flatten()
        company = model(*pad([*rows, *long_row])).flatten()[: len(rows)]
    if not torch.allclose(found, again, atol=1e-4):
        yield wrong("Two calls give the same sentences other logits.", "is dropout still on? `model.eval()`.")
    elif not torch.allclose(found, company, atol=1e-3):
        yield wrong(
            f"Beside a long sentence a logit changes from {found[0]:.3f} to {company[0]:.3f}.",
            "what fills up takes part: use `masked_mean`, with the mask that comes with the batch.",
        )


def level_mistake(judged: float, scores: torch.Tensor, learned: float) -> Finding:
    """Say why a model is not good enough."""
    said = f"`model` tells {judged:.1%} of sentences that nobody has seen rightly; {LEAST:.0%} are expected."
    if not torch.isfinite(scores).all():
        look = "some logits are not finite: is there a nan in the mean of an empty sentence?"
    elif 0 <= scores.min() < scores.max() <= 1:
        look = "these are probabilities: return the logit, and leave the sigmoid to the loss."
    elif judged < 1 - TRAINED:
        look = "signs are turned around: a logit above 0 for **positive** sentences."
    elif learned > LEAST:
        look = (
            f"of those it learned from it tells {learned:.1%}: overfitted. Fewer steps, dropout, `least` 2."
        )
    elif judged < TRAINED:
        look = "that is as good as chance: is it trained, with logits and labels of the same order?"
    else:
        look = "it has not learned all it can: more steps, or a higher learning rate, as 0.01 with Adam."
    return wrong(said, look)


def accuracy_mistake(given: float, kept_back: float, learned: float) -> Finding:
    """Say what was measured in place of the accuracy on the sentences kept back."""
    look = "the share of `kept_back.positive` that equals `logit > 0`, with `model` as it now is."
    if abs(given - learned) <= NEAR:
        look = "that is on the sentences it learned from."
    elif abs(given / 100 - kept_back) <= NEAR:
        look = "that is a percentage; a share is from 0 to 1."
    elif abs(1 - given - kept_back) <= NEAR:
        look = "that is the share of mistakes."
    return wrong(f"`accuracy` is {given:.3f}; of those kept back it is {kept_back:.3f}.", look)
