"""Task 4: one request in five wordings, one wording in four settings, and a table of measures."""

import math
from collections.abc import Iterator, Mapping
from statistics import fmean, geometric_mean
from typing import Any

import torch

from academy.homework.given_values import numbers_in
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson7.homework.given_texts import list_mistakes
from academy.lessons.lesson7.homework.measures import (
    distinct_share,
    perplexity_of,
    repeated_share,
    same,
    words,
)
from academy.lessons.lesson7.homework.pretrained import Models

WORDINGS, SETTINGS = 5, 4
UNSEEN = ("Name a fruit.", "In one short sentence, tell a child what a bridge is for.")
LENGTH = 6
"""Tokens that are written here."""
HOT = {"do_sample": True, "temperature": 5.0, "top_k": 0}
"""A setting under which no text is what greedy writing gives."""
COLD = {"temperature": 1e-4}
"""What makes of a draw the greedy text."""
MEASURES = ("words", "distinct", "repeated", "perplexity")


def tells(
    write: Any, wordings: Any, answers: Any, settings: Any, samples: Any, table: Any, models: Models
) -> Iterator[Finding]:
    """Have two requests answered in company and alone, then measure the student's texts again."""
    found = next(form_mistakes(wordings, answers, settings, samples, table), None)
    found = found or next(write_mistakes(write, models), None)
    if found:
        yield found
        return
    yield right("the model's own words after each request, the same in company and alone")
    if found := next(answer_mistakes(write, wordings, answers), None):
        yield found
        return
    yield right("your answers begin as `write` begins them")
    if found := next(table_mistakes(answers, samples, table, models), None):
        yield found
        return
    yield right(f"`table` has the measures of {len(table)} rows")


def rows_of(answers: Any, samples: Any) -> dict[Any, list[Any]]:
    """Give the texts of each row of the table: an answer a wording, the samples of a setting."""
    return {place: [answer] for place, answer in enumerate(answers)} | {
        name: list(texts) for name, texts in samples.items()
    }


def form_mistakes(wordings: Any, answers: Any, settings: Any, samples: Any, table: Any) -> Iterator[Finding]:
    """Say what is not of the form that the task asks for."""
    for name, value in (("wordings", wordings), ("answers", answers)):
        yield from list_mistakes(name, value, WORDINGS)
        if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
            yield wrong(f"`{name}` has other things than texts in it.", "a list of texts in quotes.")
            return
    if len(set(wordings)) < len(wordings):
        yield wrong("Two of `wordings` are the same.", f"{WORDINGS} ways to ask for one thing.")
    if len(answers) != len(wordings):
        yield wrong(f"There are {len(answers)} answers to {len(wordings)} wordings.", "one for each.")
    if not isinstance(settings, Mapping) or not all(isinstance(each, Mapping) for each in settings.values()):
        yield wrong("`settings` is no dict of dicts.", 'as `{"greedy": {"do_sample": False}, …}`.')
        return
    if len({repr(sorted(each.items(), key=str)) for each in settings.values()}) < SETTINGS:
        yield wrong(
            f"`settings` has fewer than {SETTINGS} that differ.", "another temperature, top-k or top-p."
        )
    if all(each.get("do_sample") for each in settings.values()):
        yield wrong("All of `settings` sample.", "one of them greedy, as a baseline: `do_sample=False`.")
    if not isinstance(samples, Mapping) or samples.keys() != settings.keys():
        yield wrong(
            "`samples` has other names than `settings`.", "a list of texts under the name of each setting."
        )
        return
    for name, texts in samples.items():
        if (
            not isinstance(texts, list | tuple)
            or not texts
            or not all(isinstance(each, str) for each in texts)
        ):
            yield wrong(f"`samples[{name!r}]` is no list of texts.", "what `write` gives.")
        elif settings[name].get("do_sample") and len(texts) < 3:
            yield wrong(
                f"`samples[{name!r}]` has {len(texts)}.",
                "where chance decides, three texts or more: one is an accident.",
            )
    yield from table_form_mistakes(rows_of(answers, samples), table)


def table_form_mistakes(rows: dict[Any, list[Any]], table: Any) -> Iterator[Finding]:
    """Say what keeps the table from being one."""
    if not isinstance(table, Mapping):
        yield wrong(
            f"`table` is a {type(table).__name__}, not a dict.", "a row under each place and each name."
        )
        return
    for name in rows:
        row = table.get(name)
        if not isinstance(row, Mapping) or any(
            numbers_in([row.get(measure)]) is None for measure in MEASURES
        ):
            yield wrong(
                f"`table[{name!r}]` is no row of four numbers.",
                f"a dict with {', '.join(MEASURES)}; under each place from 0, and each name of a setting.",
            )
            return


def written(write: Any, requests: list[str], **settings: Any) -> list[str] | Finding:
    """Return what `write` gives, or what is wrong with it."""
    torch.manual_seed(0)
    with calling(f"write({requests}, {LENGTH})"):
        given = write(list(requests), LENGTH, **settings)
    if given is None or given is ...:
        return wrong("`write` returns nothing.", "end it with `return` and the list of texts.")
    if isinstance(given, str) or not isinstance(given, list | tuple) or len(given) != len(requests):
        return wrong(
            f"`write` gives {len(given) if isinstance(given, list | tuple) else 'a ' + type(given).__name__} "
            f"for {len(requests)} requests.",
            "a list with a text for each.",
        )
    if not all(isinstance(each, str) for each in given):
        return wrong(
            f"`write` gives a list of {type(given[0]).__name__}.", "texts: `batch_decode` makes them of ids."
        )
    return list(given)


@torch.no_grad()
def alone(models: Models, request: str, template: bool = True) -> str:
    """Write greedily after one request, without company and padding."""
    words_before = request
    if template:
        talk = [{"role": "user", "content": request}]
        words_before = models.decoder_tokens.apply_chat_template(
            talk, tokenize=False, add_generation_prompt=True
        )
    batch = models.decoder_tokens(words_before, return_tensors="pt")
    ids = models.decoder.generate(**batch, max_new_tokens=LENGTH, do_sample=False)
    text: str = models.decoder_tokens.decode(ids[0, batch.input_ids.shape[1] :], skip_special_tokens=True)
    return text


def write_mistakes(write: Any, models: Models) -> Iterator[Finding]:
    """Say where `write` gives other words than the model, greedily, or the same ones where chance decides."""
    given = written(write, list(UNSEEN))
    if isinstance(given, Finding):
        yield given
        return
    expected = [alone(models, request) for request in UNSEEN]
    for place, (request, text, wanted) in enumerate(zip(UNSEEN, given, expected)):
        if text.strip() != wanted.strip():
            yield wrong(
                f"To {request!r}, `write` answers {text!r}; the model answers {wanted!r}.",
                look_for_answer(models, place, request, text, wanted),
            )
            return
    if isinstance(hot := written(write, list(UNSEEN[:1]), **HOT), Finding):
        yield hot
    elif hot == given[:1]:
        yield wrong(
            f"With {HOT} `write` answers as without.", "hand the settings on: `generate(…, **settings)`."
        )
    elif isinstance(cold := written(write, list(UNSEEN[:1]), **HOT | COLD), Finding):
        yield cold
    elif cold[0].strip() != expected[0].strip():
        yield wrong(
            f"With {HOT | COLD} `write` answers {cold[0]!r}; the model answers {expected[0]!r}.",
            "so close to 0 a draw is the likeliest token: hand all settings on, `generate(…, **settings)`.",
        )


def look_for_answer(models: Models, place: int, request: str, text: str, wanted: str) -> str:
    """Say which mistake gives this answer."""
    if request in text:
        return "the request is no part of the answer: leave out as many ids as the batch is long."
    if "<|" in text:
        return "marks are no words: `skip_special_tokens=True`."
    if len(text.strip()) > len(wanted.strip()) and text.strip().startswith(wanted.strip()):
        return "`length` says how many tokens: `max_new_tokens=length`."
    if wanted.strip().startswith(text.strip()):
        return "the answer is cut: `max_new_tokens=length` counts new tokens, `max_length` the request, too."
    if text.strip() == alone(models, request, template=False).strip():
        return "the model was tuned on talks: `apply_chat_template` with `add_generation_prompt=True`."
    if place == 0:
        return (
            "the shorter of two requests goes wrong: is the padding on the left, and does `generate` get the "
            "`attention_mask`? If both do: `do_sample=False` unless the settings say otherwise."
        )
    return "`generate` greedily, with the chat template, unless the settings say otherwise."


def answer_mistakes(write: Any, wordings: Any, answers: Any) -> Iterator[Finding]:
    """Say whether the first or the last of the student's answers does not begin as `write` does."""
    asked = [wordings[0], wordings[-1]]
    given = written(write, asked)
    if isinstance(given, Finding):
        yield given
        return
    for wording, answer, text in zip(asked, (answers[0], answers[-1]), given):
        if not answer.strip().startswith(text.strip().rstrip("\ufffd")):
            yield wrong(
                f"To {wording!r}, `answers` has {answer[:60]!r}; greedily `write` begins {text!r}.",
                "`answers` are written greedily, in the order of `wordings`: run the cell again.",
            )
            return


def table_mistakes(answers: Any, samples: Any, table: Any, models: Models) -> Iterator[Finding]:
    """Say which number of the table is not that of its texts."""
    ours = {
        "words": lambda text: float(len(words(text))),
        "distinct": distinct_share,
        "repeated": repeated_share,
        "perplexity": lambda text: perplexity_of(models, text),
    }
    for name, texts in rows_of(answers, samples).items():
        for measure in MEASURES:
            found = [ours[measure](text) for text in texts]
            expected = geometric_mean(found) if measure == "perplexity" else fmean(found)
            given = float(table[name][measure])
            if not same(given, expected):
                yield wrong(
                    f"`table[{name!r}][{measure!r}]` is {given:.4g}; its texts have {expected:.4g}.",
                    look_for_mean(given, expected, fmean(found)),
                )
                return


def look_for_mean(given: float, expected: float, plain: float) -> str:
    """Say which mistake gives this number for a row."""
    if math.isnan(expected):
        return "a text of fewer than two tokens has no perplexity, and its row's mean is nan."
    if same(given, plain):
        return "that is a mean of perplexities: take the mean of their logarithms, e to the power of it then."
    return "the mean over the texts of the row, each measured alone."
