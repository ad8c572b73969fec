"""Task 6: an encoder fine-tuned with Trainer, kept as a checkpoint, and judged as it is read again."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson7.homework.baseline import answers_right, part_of, rows_in
from academy.lessons.lesson7.homework.chances import NEAR, number_mistake
from academy.lessons.lesson7.homework.things import KINDS, Entries, unseen

LEAST = 0.75
"""Accuracy on entries that nobody has seen; ours is right about more than four in five."""
SIZES, RATES = 3, 2
WEIGHTS = "model.safetensors"
UNSAFE = (".bin", ".pt", ".pth", ".pkl")
"""Ends of files that may hold pickles."""
BATCH = 64


def tunes(
    rates: Any,
    curve: Any,
    folder: Any,
    reloaded: Any,
    tuned_right: Any,
    validation: Any,
    test: Any,
    counted: Any,
    entries: Entries,
) -> Iterator[Finding]:
    """Read the checkpoint again, and judge it on entries nobody has seen and on the student's own parts."""
    found = next(form_mistakes(rates, curve, len(entries.texts)), None) or next(folder_mistakes(folder), None)
    if found:
        yield found
        return
    with calling(f"AutoModelForSequenceClassification.from_pretrained({str(folder)!r})"):
        model, tokens = read(folder)
    if found := next(model_mistakes(model, tokens, reloaded), None):
        yield found
        return
    yield right("the checkpoint gives the same answers as `reloaded`, whose labels are the six kinds")
    new = unseen()
    answers = answers_of(model, tokens, new.texts)
    share, rival = (answers == new.kinds).double().mean().item(), answers_right(counted, new)
    if share < LEAST or share <= rival:
        yield level_mistake(share, rival, answers)
        return
    yield right(f"{share:.1%} of {len(new.texts)} entries that nobody has seen; counted words {rival:.1%}")
    for name, given, rows in (
        (f"curve[{max(curve)}]", curve[max(curve)], validation),
        ("tuned_right", tuned_right, test),
    ):
        chosen = rows_in(rows, entries)
        if not chosen:
            yield wrong("A part of the split is no list of rows.", "solve task 5 first.")
            return
        part = part_of(entries, chosen)
        expected = (answers_of(model, tokens, part.texts) == part.kinds).double().mean().item()
        which = "validation" if rows is validation else "test"
        if found := number_mistake(
            name, given, expected, f"the share of `{which}` that the kept model judges rightly"
        ):
            yield found
            return
    yield right(f"{tuned_right:.1%} of `test`, measured with the model that was kept")


def form_mistakes(rates: Any, curve: Any, entries: int) -> Iterator[Finding]:
    """Say what keeps two dicts from being a choice and a learning curve."""
    for name, value, least in (("rates", rates, RATES), ("curve", curve, SIZES)):
        if not isinstance(value, Mapping) or len(value) < least:
            found = f"has {len(value)}" if isinstance(value, Mapping) else f"is a {type(value).__name__}"
            yield wrong(
                f"`{name}` {found}.",
                f"a dict of {least} or more: from what was tried to the accuracy on `validation`.",
            )
            return
        numbers = numbers_in(list(value.values()))
        if (
            numbers_in(list(value)) is None
            or numbers is None
            or not all(0 <= number <= 1 for number in numbers)
        ):
            yield wrong(f"`{name}` is {dict(value)!r}.", "numbers under numbers, accuracies from 0 to 1.")
            return
    sizes = sorted(curve)
    if any(larger < 2 * size for size, larger in pairwise(sizes)) or not 0 < sizes[0] < sizes[-1] <= entries:
        yield wrong(
            f"The sizes of `curve` are {sizes}.",
            "numbers of entries to train with, each at least twice the one before.",
        )
    best = max(map(float, rates.values()))
    if all(abs(float(share) - best) > NEAR for share in curve.values()):
        yield wrong(
            f"The best of `rates` has {best:.3f}, which no size of `curve` has.",
            "the training with the better rate is the curve's point at `sizes[1]`.",
        )


def folder_mistakes(folder: Any) -> Iterator[Finding]:
    """Say what keeps a folder from being a checkpoint that can be read safely."""
    if not isinstance(folder, str | Path):
        yield wrong(
            f"`folder` is a {type(folder).__name__}.", "the path of the folder, as a text or a `Path`."
        )
        return
    names = {path.name for path in Path(folder).glob("*")} if Path(folder).is_dir() else set()
    if unsafe := sorted(name for name in names if name.endswith(UNSAFE) and name != "training_args.bin"):
        yield wrong(
            f"`folder` has {unsafe[0]}, which may hold code.",
            "`model.save_pretrained(folder)` writes safetensors.",
        )
    elif WEIGHTS not in names:
        yield wrong(f"`folder` has no {WEIGHTS}.", "`model.save_pretrained(folder)`.")
    elif "tokenizer_config.json" not in names:
        yield wrong(
            "`folder` has no tokenizer.",
            "`tokenizer().save_pretrained(folder)`: ids mean nothing without it.",
        )


def read(folder: Any) -> tuple[Any, Any]:
    """Read a checkpoint: safetensors and JSON alone."""
    return (
        AutoModelForSequenceClassification.from_pretrained(
            folder, local_files_only=True, use_safetensors=True, trust_remote_code=False
        ).eval(),
        AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False),
    )


@torch.no_grad()
def answers_of(model: Any, tokens: Any, texts: Sequence[str]) -> torch.Tensor:
    """Give the kinds that a classifier names, shape (count,), int64."""
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    found = torch.empty(len(texts), dtype=torch.int64)
    for start in range(0, len(order), BATCH):
        chosen = order[start : start + BATCH]
        found[chosen] = logits_of(model, tokens, [texts[place] for place in chosen]).argmax(dim=1)
    return found


def logits_of(model: Any, tokens: Any, texts: Sequence[str]) -> torch.Tensor:
    """Give the logits of texts, shape (count, kinds), float32, on the processor."""
    batch = tokens(list(texts), padding=True, truncation=True, return_tensors="pt").to(model.device)
    logits: torch.Tensor = model(input_ids=batch.input_ids, attention_mask=batch.attention_mask).logits
    return logits.float().cpu()


@torch.no_grad()
def model_mistakes(model: Any, tokens: Any, reloaded: Any) -> Iterator[Finding]:
    """Say why the model that the student has in hand is not the one of the folder."""
    names = tuple(model.config.id2label[place] for place in range(model.config.num_labels))
    if names != KINDS:
        yield wrong(
            f"The labels in the checkpoint are {', '.join(map(str, names))}.",
            "name them where the model is made: `id2label=dict(enumerate(KINDS))`.",
        )
        return
    if not isinstance(reloaded, torch.nn.Module):
        yield wrong(
            f"`reloaded` is a {type(reloaded).__name__}.",
            "`AutoModelForSequenceClassification.from_pretrained(folder)`.",
        )
        return
    if reloaded.training:
        yield wrong("`reloaded` is in training mode.", "`reloaded.eval()`.")
        return
    few = unseen().texts[:: len(unseen().texts) // 6]
    difference = (logits_of(model, tokens, few) - logits_of(reloaded, tokens, few)).abs().max().item()
    if not difference < 1e-3:
        yield wrong(
            f"`reloaded` differs from the checkpoint by {difference:.2g} in its logits.",
            "read it from the folder as it now is: was another model saved there since?",
        )


def level_mistake(share: float, rival: float, answers: torch.Tensor) -> Finding:
    """Say why a model is not good enough."""
    if answers.unique().numel() == 1:
        look = (
            f"it answers {KINDS[int(answers[0])]} each time: is it trained, with a rate that is not too high?"
        )
    elif share < 1.5 / len(KINDS):
        look = "that is as good as chance: have texts and labels one order? Was the trained model saved?"
    else:
        look = "more steps, or more entries; a rate from 1e-4 to 1e-3 where the upper layers alone learn."
    return wrong(
        f"The checkpoint is right about {share:.1%} of entries that nobody has seen, counted words about "
        f"{rival:.1%}; {LEAST:.0%} are expected.",
        look,
    )
