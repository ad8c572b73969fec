"""Task 3: three measures of a text, tried on texts that nobody has seen."""

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch.nn import functional as F

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson7.homework.pretrained import Models

RUN = 3
"""Words of a run."""
UNSEEN = (
    "The ferry was late again, and nobody on the island was surprised.",
    "No, no, no, no, no, no!",
    "Rain fell on the roof. Rain fell on the road. Rain fell on the roof.",
    "Ducks",
    "",
)
READ = (
    "The ferry was late again, and nobody on the island was surprised.",
    "a",
    "",
    "Rain fell on the roof, rain fell on the roof, rain fell on the roof.",
    "Green ideas bargain under seventeen reluctant staircases.",
)
"""What perplexity is tried on."""
NEAR = 1e-4
CLOSE = 0.01
"""By how much a measure may be off, as a share of it where it is more than 1."""


def words(text: str) -> list[str]:
    """Cut a text into words, in small letters, as the notebook does."""
    return re.findall(r"[\w']+", text.lower())


def runs(text: str) -> list[tuple[str, ...]]:
    """Give all runs of ``RUN`` words of a text, in order."""
    found = words(text)
    return list(zip(*(found[start:] for start in range(RUN))))


def distinct_share(text: str) -> float:
    """Give the number of different words as a share of all; 0 where there is none."""
    found = words(text)
    return len(set(found)) / max(len(found), 1)


def repeated_share(text: str) -> float:
    """Give the share of runs of words that stood in the text before; 0 where there is no run."""
    found = runs(text)
    return 1 - len(set(found)) / len(found) if found else 0.0


@torch.no_grad()
def surprises(models: Models, text: str) -> torch.Tensor:
    """Give −ln of the probability of each token but the first, given all before it; shape (tokens − 1,)."""
    ids = models.decoder_tokens(text, return_tensors="pt").input_ids
    if ids.shape[1] < 2:
        return torch.empty(0)
    logits = models.decoder(ids).logits[0]  # (tokens, vocabulary)
    return F.cross_entropy(logits[:-1].float(), ids[0, 1:], reduction="none")


def perplexity_of(models: Models, text: str) -> float:
    """Give e to the power of the mean surprise in nats; nan for a text of fewer than two tokens."""
    return math.exp(surprises(models, text).mean().item())


def same(given: float, expected: float) -> bool:
    """Tell whether a measure is the expected one, nan where that is nan."""
    both = math.isnan(given) and math.isnan(expected)
    return both or math.isclose(given, expected, rel_tol=CLOSE, abs_tol=CLOSE)


def weighs(distinct: Any, repeated: Any, perplexity: Any, models: Models) -> Iterator[Finding]:
    """Try each function on texts of which nobody has seen a value."""
    for name, function, ours, look in (
        ("distinct", distinct, distinct_share, look_for_distinct),
        ("repeated", repeated, repeated_share, look_for_repeated),
    ):
        if found := next(share_mistakes(name, function, ours, look), None):
            yield found
            return
    yield right(f"two shares of {len(UNSEEN)} texts, the empty one among them")
    if found := next(perplexity_mistakes(perplexity, models), None):
        yield found
        return
    yield right("the perplexity of texts as the model itself gives it")


def share_mistakes(
    name: str, function: Any, ours: Callable[[str], float], look: Callable[[str, float], str]
) -> Iterator[Finding]:
    """Say of which text a function gives another share."""
    for text in UNSEEN:
        with calling(f"{name}({text!r})"):
            given = function(text)
        if given is None or given is ...:
            yield wrong(f"`{name}` returns nothing.", "end it with `return`.")
            return
        number = numbers_in([given])
        if number is None:
            yield wrong(f"`{name}` gives a {type(given).__name__}.", "one number from 0 to 1.")
            return
        if not abs(number[0] - ours(text)) <= NEAR:
            yield wrong(
                f"`{name}({text!r})` is {number[0]:.3f}, not {ours(text):.3f}.", look(text, number[0])
            )
            return


def look_for_distinct(text: str, given: float) -> str:
    """Say which mistake gives this share of distinct words."""
    found = words(text)
    if not found:
        return "a text without words has no share: give 0."
    if abs(given - len(set(found))) <= NEAR:
        return "that is a number of words: divide it by that of all words."
    if abs(given - len(set(text)) / len(text)) <= NEAR:
        return "these are letters: `words(text)` gives the words."
    if abs(given - len(set(text.split())) / len(text.split())) <= NEAR:
        return "*No,* and *no* are one word to `words(text)`."
    if abs(given - sum(found.count(word) == 1 for word in found) / len(found)) <= NEAR:
        return "these are words that come once; a word that comes twice is one different word."
    return "different words, as `set` gives them, over all words."


def look_for_repeated(text: str, given: float) -> str:
    """Say which mistake gives this share of repeated runs."""
    found = runs(text)
    if not found:
        return f"a text of fewer than {RUN} words has no run: give 0."
    cut = text.split()
    if abs(given - (1 - len(set(zip(cut, cut[1:], cut[2:]))) / (len(cut) - 2))) <= NEAR:
        return "`words(text)` cuts off commas and capitals: *No,* and *no* are one word."
    if abs(given - (1 - distinct_share(text))) <= NEAR:
        return "these are single words; a run are three words after each other."
    if abs(given - len(set(found)) / len(found)) <= NEAR:
        return "these are the runs that are new: 1 minus that."
    if abs(given - (len(found) - len(set(found)))) <= NEAR:
        return "that is how many: divide by the number of runs."
    if abs(given - sum(found.count(run) > 1 for run in found) / len(found)) <= NEAR:
        return "the first time a run stands there it repeats nothing: count from the second on."
    apart = [run for run in found[::RUN] if len(run) == RUN]
    if abs(given - (1 - len(set(apart)) / len(apart))) <= NEAR:
        return "runs begin at every word, not at every third."
    return f"a text of n words has n − {RUN - 1} runs; those that stood there before, over all."


def perplexity_mistakes(perplexity: Any, models: Models) -> Iterator[Finding]:
    """Say of which text a function gives another perplexity, and which slip that is."""
    for text in READ:
        with calling(f"perplexity({text!r})"), torch.no_grad():
            given = perplexity(text)
        if given is None or given is ...:
            yield wrong("`perplexity` returns nothing.", "end it with `return`.")
            return
        number = numbers_in([given])
        if number is None:
            yield wrong(f"`perplexity` gives a {type(given).__name__}.", "one number, as from `.item()`.")
            return
        expected = perplexity_of(models, text)
        if not same(number[0], expected):
            yield wrong(
                f"`perplexity({text!r})` is {number[0]:.4g}, not {expected:.4g}.",
                look_for_perplexity(models, text, number[0]),
            )
            return


@torch.no_grad()
def look_for_perplexity(models: Models, text: str, given: float) -> str:
    """Say which slip gives this perplexity."""
    each = surprises(models, text)
    if not len(each):
        return "a text of fewer than two tokens has no surprise: give `math.nan`."
    ids = models.decoder_tokens(text, return_tensors="pt").input_ids
    logits = models.decoder(ids).logits[0].float()

    def mean_exp(values: torch.Tensor) -> float:
        return values.mean().exp().item()

    slips = {
        "that is the mean surprise in nats: perplexity is e to the power of it.": each.mean().item(),
        "that is the mean surprise in bits: perplexity is 2 to the power of it.": each.mean().item()
        / math.log(2),
        "the base does not fit: e with ln, or 2 with log₂.": 2 ** each.mean().item(),
        "e to the power of the *mean* over tokens, not of their sum.": each.sum().exp().item(),
        "that is a mean of perplexities: take the mean first, e to the power of it then.": each.exp()
        .mean()
        .item(),
        "its n tokens have n − 1 surprises: nobody is asked for the first.": (each.sum() / len(ids[0]))
        .exp()
        .item(),
        "the answer at a place is about the **next** token: shift by one.": mean_exp(
            F.cross_entropy(logits, ids[0], reduction="none")
        ),
        "with `labels` the model shifts by itself: here it is shifted twice.": mean_exp(
            F.cross_entropy(logits[:-2], ids[0, 2:], reduction="none")
        ),
        "the wrong way round: the answer at place k is about token k + 1, not k − 1.": mean_exp(
            F.cross_entropy(logits[1:], ids[0, :-1], reduction="none")
        ),
    }
    for look, slip in slips.items():
        if math.isclose(given, slip, rel_tol=CLOSE):
            return look
    return "the logits at places 0 … n − 2 against the tokens at places 1 … n − 1, no token left out."
