"""Trains the head for masked words that Lesson 7 brings along; about 20 minutes of one core.

What it learns lies in the package as ``mask_head.safetensors``, what it is worth in ``masked_words.json``.
"""

import time

import torch
from academy.learn.batches import Epochs
from academy.learn.hooks import Evaluation, every, stepping
from academy.learn.sweeps import write_sweep
from academy.learn.training import train
from academy.lessons.lesson7.buckets import BucketedIndices
from academy.lessons.lesson7.light import light_parameters, save_light
from academy.lessons.lesson7.masked_words import (
    FILE,
    Counted,
    gloss_pieces,
    guesses,
    hits,
    masked,
    masked_loss,
    masked_model,
    questions,
    without_right,
)
from academy.nets.minilm import on_minilm
from torch.optim.lr_scheduler import OneCycleLR
from transformers import BertForMaskedLM

SEED, STEPS, BATCH_SIZE, RATE = 0, 1_500, 64, 2e-3
LOOK, ASKED = 300, 2_000
"""Held-out glosses that are looked at while it trains; the others decide what it is worth."""


def main() -> None:
    """Train, keep what was learned, and ask."""
    begin = time.perf_counter()
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    sentences = gloss_pieces()
    model = on_minilm(BertForMaskedLM)
    parameters = list(light_parameters(model).values())
    optimizer = torch.optim.AdamW(parameters, lr=RATE, fused=True)
    schedule = OneCycleLR(optimizer, RATE, total_steps=STEPS, pct_start=0.1)
    looks = questions(sentences.held_out[:LOOK])

    def measure() -> dict[str, float]:
        right = hits(guesses(model, looks), looks)[:, 0].double().mean().item()
        print(f"{time.perf_counter() - begin:.0f} s: {right:.3f}", flush=True)
        save_light(FILE, model)
        return {"right": right}

    lengths = torch.tensor([len(ids) for ids in sentences.train])
    batches = (
        masked([sentences.train[place] for place in chosen.tolist()])
        for chosen in Epochs(BucketedIndices(lengths, BATCH_SIZE))
    )
    train(
        model,
        lambda given: masked_loss(model, given),
        optimizer,
        batches,
        STEPS,
        after_step=[stepping(schedule), every(100, Evaluation(model, measure), last=STEPS)],
    )
    masked_model.cache_clear()  # what was kept is asked, rounded as it is
    asked = questions(sentences.held_out[LOOK : LOOK + ASKED])
    counted = Counted(sentences.train)
    left = [without_right(question) for question in asked]
    answers = {
        "frequent": counted.frequent(asked),
        "after the word before": counted.after(asked),
        "left side": guesses(masked_model(), left),
        "both sides": guesses(masked_model(), asked),
    }
    rows = [
        {"method": method, "first": round(right[0], 4), "first five": round(right[4], 4)}
        for method, found in answers.items()
        for right in [hits(found, asked).double().mean(dim=0).tolist()]
    ]
    settings = {
        "seeds": [SEED],
        "steps": STEPS,
        "batch_size": BATCH_SIZE,
        "rate": RATE,
        "glosses": len(sentences.train),
        "questions": len(asked),
        "parameters": sum(each.numel() for each in parameters),
    }
    write_sweep("lessons/lesson7/masked_words", settings, rows, time.perf_counter() - begin)


if __name__ == "__main__":
    main()
