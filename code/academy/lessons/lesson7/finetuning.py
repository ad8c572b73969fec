"""Fine-tuning with transformers' Trainer, and its rival: a linear layer on a frozen encoder."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import torch
from sklearn.linear_model import LogisticRegression
from torch import nn
from transformers import DataCollatorWithPadding, PrinterCallback, Trainer, TrainingArguments

from academy.data.sentences import Sentences
from academy.lessons.lesson7.light import light_parameters
from academy.lessons.lesson7.sentiment import untrained
from academy.nets.minilm import LONGEST, by_length, encoded, features, tokenizer
from academy.nets.modes import evaluating

Part = Literal["all", "light"]
"""What learns: all of the encoder, or its biases, its normalizations and the head."""


@dataclass(frozen=True)
class Recipe:
    """All that decides a fine-tuning."""

    part: Part = "all"
    rate: float = 1e-4
    """Highest of AdamW; it rises over a tenth of the steps, and falls to 0."""
    steps: int = 600
    batch_size: int = 32
    weight_decay: float = 0.01
    seed: int = 0


def examples_of(sentences: Sentences) -> list[dict[str, Any]]:
    """Give what a Trainer reads: of each sentence ``input_ids``, ``attention_mask`` and ``labels``."""
    encoded = tokenizer()(list(sentences.texts), truncation=True, max_length=LONGEST)
    labels = sentences.positive.long().tolist()
    return [
        {"input_ids": ids, "attention_mask": mask, "labels": label}
        for ids, mask, label in zip(encoded.input_ids, encoded.attention_mask, labels)
    ]


def arguments(recipe: Recipe, folder: str) -> TrainingArguments:
    """Write a recipe as a Trainer reads it; it computes on the processor, and reports and keeps nothing."""
    return TrainingArguments(
        output_dir=folder,
        learning_rate=recipe.rate,
        lr_scheduler_type="linear",
        warmup_steps=recipe.steps // 10,
        weight_decay=recipe.weight_decay,
        max_steps=recipe.steps,
        per_device_train_batch_size=recipe.batch_size,
        train_sampling_strategy="group_by_length",  # little padding: half the time
        seed=recipe.seed,
        use_cpu=True,
        disable_tqdm=True,
        report_to="none",
        logging_strategy="no",
        save_strategy="no",
    )


def fine_tuned(recipe: Recipe, sentences: Sentences, first: LogisticRegression | None = None) -> Any:
    """Fine-tune MiniLM.

    Args:
        recipe: How.
        sentences: To train on.
        first: What the linear layer begins with, as of :func:`linear_on_frozen`; without it, with zeros.

    Returns:
        The model, in evaluation mode.

    Raises:
        AssetUnavailable: If MiniLM cannot be had.
    """
    torch.manual_seed(recipe.seed)
    model = untrained()
    if first is not None:
        set_linear(model.classifier, first)
    if recipe.part == "light":
        light_parameters(model)
    with tempfile.TemporaryDirectory() as folder:
        trainer = Trainer(
            model,
            arguments(recipe, folder),
            train_dataset=examples_of(sentences),
            data_collator=DataCollatorWithPadding(tokenizer()),
        )
        trainer.remove_callback(PrinterCallback)  # it prints what nothing else turns off
        trainer.train()
    return model.eval()


def linear_on_frozen(sentences: Sentences, strength: float = 1.0) -> LogisticRegression:
    """Fit a logistic regression on the encoder's features of sentences."""
    return LogisticRegression(C=strength, max_iter=5_000).fit(features(sentences.texts), sentences.positive)


@torch.no_grad()
def set_linear(layer: nn.Linear, regression: LogisticRegression) -> None:
    """Give a layer with two logits the weights with which their difference is that of a regression."""
    for row, sign in enumerate((-0.5, 0.5)):
        layer.weight[row] = sign * torch.from_numpy(regression.coef_[0])
        layer.bias[row] = sign * float(regression.intercept_[0])


@torch.no_grad()
def logits_of(model: Any, texts: Sequence[str], batch_size: int = 64) -> torch.Tensor:
    """Give what a classifier of sequences says of texts, in evaluation mode.

    Args:
        model: A ``BertForSequenceClassification`` with MiniLM's word pieces.
        texts: As people write them.
        batch_size: Texts that it reads at once, all about equally long.

    Returns:
        Shape (count, labels), float32, in the order of the texts.
    """
    found = torch.empty(len(texts), model.config.num_labels)
    order = torch.tensor(by_length(texts), dtype=torch.int64)
    with evaluating(model):
        for chosen in order.split(batch_size):
            found[chosen] = model(**encoded([texts[place] for place in chosen.tolist()])).logits
    return found


def scores(model: Any, texts: Sequence[str]) -> torch.Tensor:
    """Give how far a classifier is for positive, shape (count,), float32: the difference of its logits."""
    logits = logits_of(model, texts)
    return logits[:, 1] - logits[:, 0]
