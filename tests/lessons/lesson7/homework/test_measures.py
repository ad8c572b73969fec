"""Task 3: shares and perplexities with a slip each, and right ones written differently."""

import math
from collections import Counter

import pytest
import torch
from academy.lessons.lesson7.homework import measures
from academy.lessons.lesson7.homework.measures import words
from torch.nn import functional as F


def distinct(text):
    return len(set(words(text))) / len(words(text)) if words(text) else 0


def repeated(text):
    found = words(text)
    seen, again = set(), 0
    for start in range(len(found) - 2):
        run = " ".join(found[start : start + 3])
        again += run in seen
        seen.add(run)
    return again / max(len(found) - 2, 1)


def ids_and_logits(models, text):
    ids = models.decoder_tokens(text, return_tensors="pt").input_ids
    with torch.no_grad():
        return ids[0], models.decoder(ids).logits[0]


def nan_if_short(function):
    """What the task asks for where there are no two tokens."""
    return lambda models: lambda text: function(models)(text) if len(text) > 1 else math.nan


@nan_if_short
def perplexity(models):
    def by_labels(text):
        ids = models.decoder_tokens(text, return_tensors="pt").input_ids
        return models.decoder(ids, labels=ids).loss.exp()

    return by_labels


@nan_if_short
def step_by_step(models):
    """In bits, each token asked for alone."""

    def found(text):
        ids, _ = ids_and_logits(models, text)
        bits = 0.0
        for place in range(1, len(ids)):
            with torch.no_grad():
                chances = models.decoder(ids[None, :place]).logits[0, -1].double().softmax(dim=-1)
            bits -= math.log2(chances[ids[place]])
        return 2 ** (bits / (len(ids) - 1))

    return found


@nan_if_short
def by_gather(models):
    def found(text):
        ids, logits = ids_and_logits(models, text)
        chances = logits.log_softmax(dim=-1)[:-1].gather(1, ids[1:, None])
        return math.exp(-chances.mean().item())

    return found


def by_counter(text):
    counts = Counter(words(text))
    return len(counts) / max(counts.total(), 1)


@pytest.mark.parametrize("make", [perplexity, step_by_step, by_gather])
@pytest.mark.parametrize("share", [distinct, by_counter])
def test_a_right_answer_written_differently_is_accepted(checked, models, make, share):
    found = checked(3, distinct=share, repeated=repeated, perplexity=make(models))
    assert found.solved, str(found)


def test_shares_are_those_counted_by_hand():
    assert measures.repeated_share("Rain, rain, rain, rain") == 0.5
    assert measures.repeated_share("a b c a b c a b c") == pytest.approx(4 / 7)
    assert measures.distinct_share("No, no, yes!") == pytest.approx(2 / 3)
    assert measures.repeated_share("one two") == measures.distinct_share("?!") == 0


def test_a_text_of_one_token_has_no_perplexity(models):
    assert math.isnan(measures.perplexity_of(models, "a"))
    assert math.isnan(measures.perplexity_of(models, ""))


def runs(text):
    found = words(text)
    return list(zip(found, found[1:], found[2:]))


def cut_at_spaces(text):
    found = text.split()
    return list(zip(found, found[1:], found[2:]))


def slip(compute):
    """Make a perplexity of what a slip gives of ids and logits."""
    return nan_if_short(lambda models: lambda text: compute(*ids_and_logits(models, text)))


def surprise(ids, logits, **settings):
    return F.cross_entropy(logits[:-1], ids[1:], **settings)


def of_runs(text, count):
    return count(runs(text)) if runs(text) else 0


WRONG = [
    ({"distinct": lambda text: None}, "`distinct` returns nothing"),
    ({"distinct": lambda text: len(set(words(text)))}, "divide it by that of all words"),
    ({"distinct": lambda text: len(set(text)) / max(len(text), 1)}, "these are letters"),
    ({"distinct": lambda text: len(set(text.split())) / max(len(text.split()), 1)}, "are one word"),
    (
        {
            "distinct": lambda text: (
                sum(n == 1 for n in Counter(words(text)).values()) / max(len(words(text)), 1)
            )
        },
        "a word that comes twice is one different word",
    ),
    ({"distinct": lambda text: len(set(words(text))) / len(words(text))}, "ZeroDivisionError"),
    ({"distinct": words}, "gives a list"),
    ({"repeated": lambda text: 1 - distinct(text) if words(text) else 0}, "these are single words"),
    ({"repeated": lambda text: of_runs(text, lambda found: len(set(found)) / len(found))}, "1 minus that"),
    (
        {"repeated": lambda text: of_runs(text, lambda found: len(found) - len(set(found)))},
        "that is how many",
    ),
    (
        {
            "repeated": lambda text: of_runs(
                text, lambda found: sum(found.count(run) > 1 for run in found) / len(found)
            )
        },
        "count from the second on",
    ),
    ({"repeated": lambda text: 1 - len(set(runs(text))) / len(runs(text))}, "ZeroDivisionError"),
    (
        {
            "repeated": lambda text: (
                1 - len(set(cut_at_spaces(text))) / len(cut_at_spaces(text)) if cut_at_spaces(text) else 0
            )
        },
        "cuts off commas and capitals",
    ),
    ({"perplexity": lambda models: lambda text: None}, "`perplexity` returns nothing"),
    (
        {"perplexity": lambda models: lambda text: perplexity(models)(text) if len(text) > 1 else 0},
        "math.nan",
    ),
    ({"perplexity": lambda models: lambda text: math.nan}, "is nan, not"),
    ({"perplexity": slip(surprise)}, "the mean surprise in nats"),
    (
        {"perplexity": slip(lambda ids, logits: surprise(ids, logits) / math.log(2))},
        "the mean surprise in bits",
    ),
    ({"perplexity": slip(lambda ids, logits: 2 ** surprise(ids, logits))}, "the base does not fit"),
    (
        {"perplexity": slip(lambda ids, logits: surprise(ids, logits, reduction="sum").exp())},
        "not of their sum",
    ),
    (
        {"perplexity": slip(lambda ids, logits: surprise(ids, logits, reduction="none").exp().mean())},
        "a mean of perplexities",
    ),
    (
        {"perplexity": slip(lambda ids, logits: (surprise(ids, logits, reduction="sum") / len(ids)).exp())},
        "n − 1 surprises",
    ),
    ({"perplexity": slip(lambda ids, logits: F.cross_entropy(logits, ids).exp())}, "shift by one"),
    ({"perplexity": slip(lambda ids, logits: F.cross_entropy(logits[:-2], ids[2:]).exp())}, "shifted twice"),
    (
        {"perplexity": slip(lambda ids, logits: F.cross_entropy(logits[1:], ids[:-1]).exp())},
        "the wrong way round",
    ),
    ({"perplexity": slip(lambda ids, logits: torch.tensor(7.0))}, "no token left out"),
]


@pytest.mark.parametrize(("change", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(checked, models, change, helps):
    given = {"distinct": distinct, "repeated": repeated, "perplexity": perplexity} | change
    found = checked(3, **given | {"perplexity": given["perplexity"](models)})
    assert not found.solved
    assert helps in str(found)
