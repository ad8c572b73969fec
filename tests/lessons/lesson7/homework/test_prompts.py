"""Task 4: answers of a small decoder, written with a fault each, and rightly in ways unlike ours."""

import math
from statistics import fmean

import pytest
import torch
from academy.lessons.lesson7.homework import measures
from transformers import pipeline

WORDINGS = ["Name a bird.", "Please name one bird for me.", "A bird?", "bird, one word", "Tell me a bird."]
SETTINGS = {
    "greedy": {"do_sample": False},
    "cool": {"do_sample": True, "temperature": 0.5},
    "plain": {"do_sample": True},
    "few": {"do_sample": True, "top_k": 3},
}


def prompt_of(models, request):
    talk = [{"role": "user", "content": request}]
    return models.decoder_tokens.apply_chat_template(talk, tokenize=False, add_generation_prompt=True)


def batched(models, side="left", template=True, mask=True, whole=False, limit="max_new_tokens", passed=True):
    """Write in one batch; every argument is a way to go wrong."""

    @torch.no_grad()
    def write(requests, length, **settings):
        prompts = [prompt_of(models, request) if template else request for request in requests]
        batch = models.decoder_tokens(prompts, return_tensors="pt", padding=True, padding_side=side)
        if not mask:
            batch["attention_mask"] = torch.ones_like(batch.attention_mask)
        settings = {"do_sample": False} | (settings if passed else {})
        limits = {limit: length + (batch.input_ids.shape[1] - 3 if limit == "max_length" else 0)}
        ids = models.decoder.generate(**batch, **limits, **settings)
        return models.decoder_tokens.batch_decode(ids[:, 0 if whole else batch.input_ids.shape[1] :], True)

    return write


def alone(models):
    """One request after the other, by hand, without padding and cache."""

    @torch.no_grad()
    def write(requests, length, do_sample=False, temperature=1.0, top_k=0):
        texts = []
        for request in requests:
            ids = models.decoder_tokens(prompt_of(models, request), return_tensors="pt").input_ids
            start = ids.shape[1]
            for _ in range(length):
                logits = models.decoder(ids).logits[:, -1] / temperature
                if top_k:
                    logits[logits < logits.topk(top_k).values[:, -1:]] = -torch.inf
                drawn = logits.softmax(dim=-1).multinomial(1)
                ids = torch.cat([ids, drawn if do_sample else logits.argmax(dim=-1, keepdim=True)], dim=1)
            texts.append(models.decoder_tokens.decode(ids[0, start:]))
        return tuple(texts)

    return write


def by_pipeline(models):
    talk = pipeline("text-generation", model=models.decoder, tokenizer=models.decoder_tokens, device="cpu")

    def write(requests, length, **settings):
        prompts = [prompt_of(models, request) for request in requests]
        settings = {"do_sample": False} | settings
        found = talk(prompts, max_new_tokens=length, return_full_text=False, batch_size=8, **settings)
        return [answer["generated_text"] for (answer,) in found]

    return write


def row_of(models, texts):
    perplexities = torch.tensor([measures.perplexity_of(models, text) for text in texts])
    return {
        "words": fmean(len(measures.words(text)) for text in texts),
        "distinct": fmean(map(measures.distinct_share, texts)),
        "repeated": fmean(map(measures.repeated_share, texts)),
        "perplexity": perplexities.log().mean().exp().item(),
    }


def answered(models, write):
    answers = write(WORDINGS, 8)
    samples = {name: write([WORDINGS[0]] * 3, 8, **setting) for name, setting in SETTINGS.items()}
    rows = {place: [text] for place, text in enumerate(answers)} | samples
    table = {name: row_of(models, texts) for name, texts in rows.items()}
    return {
        "write": write,
        "wordings": WORDINGS,
        "answers": answers,
        "settings": SETTINGS,
        "samples": samples,
        "table": table,
    }


@pytest.fixture(scope="module")
def answers(models):
    """A right answer to all of the task."""
    torch.manual_seed(0)
    return answered(models, batched(models))


@pytest.mark.parametrize("write", [batched, alone, by_pipeline])
def test_a_right_answer_written_differently_is_accepted(checked, models, write):
    found = checked(4, **answered(models, write(models)))
    assert found.solved, str(found)


def without(write, name):
    """Lose one of the settings on the way."""
    return lambda requests, length, **settings: write(
        requests, length, **{each: value for each, value in settings.items() if each != name}
    )


WRITES = [
    (lambda models: lambda requests, length, **settings: None, "`write` returns nothing"),
    (lambda models: lambda requests, length, **settings: "bird", "gives a str for 2 requests"),
    (lambda models: lambda requests, length, **settings: ["bird"], "gives 1 for 2 requests"),
    (lambda models: lambda requests, length, **settings: [1, 2], "gives a list of int"),
    (lambda models: batched(models, side="right"), "is the padding on the left"),
    (lambda models: batched(models, mask=False), "`attention_mask`"),
    (lambda models: batched(models, template=False), "`apply_chat_template`"),
    (lambda models: batched(models, whole=True), "no part of the answer"),
    (lambda models: batched(models, limit="max_length"), "the answer is cut"),
    (lambda models: batched(models, passed=False), "hand the settings on"),
    (lambda models: without(batched(models), "temperature"), "hand all settings on"),
    (
        lambda models: lambda requests, length, **settings: batched(models)(requests, 12),
        "`max_new_tokens=length`",
    ),
    (lambda models: lambda requests, length: batched(models)(requests, length), "TypeError"),
]


@pytest.mark.parametrize(("write", "helps"), WRITES, ids=[f"{n} {w[1]}" for n, w in enumerate(WRITES)])
def test_a_wrong_function_is_caught_with_a_sentence_that_helps(checked, models, answers, write, helps):
    found = checked(4, **answers | {"write": write(models)})
    assert not found.solved
    assert helps in str(found)


def with_row(given, name, **numbers):
    return {"table": given["table"] | {name: given["table"][name] | numbers}}


def with_short(models, given, short, **numbers):
    """A sample too short to have a perplexity, and what its row says of it."""
    texts = [short, *given["samples"]["few"][1:]]
    row = row_of(models, texts) | numbers
    return {"samples": given["samples"] | {"few": texts}, "table": given["table"] | {"few": row}}


@pytest.mark.parametrize("short", ["", "a"])
def test_a_row_with_a_text_too_short_has_no_perplexity_and_no_number_instead(checked, models, answers, short):
    assert checked(4, **answers | with_short(models, answers, short)).solved
    found = checked(4, **answers | with_short(models, answers, short, perplexity=7.0))
    assert not found.solved
    assert "a text of fewer than two tokens has no perplexity" in str(found)


def test_a_mean_of_perplexities_is_named(checked, models, answers):
    plain = fmean(measures.perplexity_of(models, text) for text in answers["samples"]["plain"])
    found = checked(4, **answers | with_row(answers, "plain", perplexity=plain))
    assert not found.solved
    assert "that is a mean of perplexities" in str(found)


def swapped(texts):
    return [texts[1], texts[0], *texts[2:]]


WRONG = [
    (lambda given: {"wordings": WORDINGS[:4], "answers": given["answers"][:4]}, "`wordings` has 4"),
    (lambda given: {"wordings": [WORDINGS[0]] * 5}, "Two of `wordings` are the same"),
    (lambda given: {"answers": [*given["answers"], "bird"]}, "There are 6 answers to 5 wordings"),
    (lambda given: {"answers": [None] * 5}, "other things than texts"),
    (lambda given: {"answers": swapped(given["answers"])}, "in the order of `wordings`"),
    (lambda given: {"settings": list(SETTINGS.values())}, "no dict of dicts"),
    (lambda given: {"settings": SETTINGS | {"few": {"do_sample": True}}}, "fewer than 4 that differ"),
    (
        lambda given: {"settings": SETTINGS | {"greedy": {"do_sample": True, "top_k": 9}}},
        "All of `settings` sample",
    ),
    (lambda given: {"samples": dict(enumerate(given["samples"].values()))}, "other names than `settings`"),
    (lambda given: {"samples": given["samples"] | {"few": ["one"]}}, "one is an accident"),
    (lambda given: {"samples": given["samples"] | {"few": "one"}}, "no list of texts"),
    (lambda given: {"table": list(given["table"].values())}, "`table` is a list"),
    (lambda given: {"table": {name: given["table"][name] for name in SETTINGS}}, "`table[0]` is no row"),
    (lambda given: with_row(given, "few", perplexity=3.0), "`table['few']['perplexity']` is 3"),
    (lambda given: with_row(given, "few", perplexity=math.nan), "`table['few']['perplexity']` is nan"),
    (lambda given: with_row(given, 0, distinct=9.0), "each measured alone"),
    (lambda given: with_row(given, 2, words="many"), "`table[2]` is no row"),
]


@pytest.mark.parametrize(("change", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_table_is_caught_with_a_sentence_that_helps(checked, answers, change, helps):
    found = checked(4, **answers | change(answers))
    assert not found.solved
    assert helps in str(found)
