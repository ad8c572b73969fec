"""Sentiment from an encoder: the mean of its last states and one linear layer, as a model of transformers."""

from functools import cache
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F
from transformers import AutoConfig, AutoModelForSequenceClassification, BertConfig, BertModel
from transformers.modeling_outputs import SequenceClassifierOutput
from transformers.models.bert.modeling_bert import BertPreTrainedModel

from academy.lessons.lesson7.light import load_light
from academy.nets.minilm import on_minilm

FILE = Path(__file__).parent / "results" / "sentiment.safetensors"
"""What ``lessons/7-transformers/train_sentiment.py`` has learned."""
NAMES = {"id2label": {0: "negative", 1: "positive"}, "label2id": {"negative": 0, "positive": 1}}


class MeanBertConfig(BertConfig):
    """Tells transformers which class reads the files of such a model."""

    model_type = "mean-bert"


class MeanBert(BertPreTrainedModel):
    """An encoder, the mean of its last states, and a linear layer."""

    config_class = MeanBertConfig

    def __init__(self, config: MeanBertConfig) -> None:
        super().__init__(config)
        self.bert = BertModel(config, add_pooling_layer=False)
        self.classifier = nn.Linear(config.hidden_size, config.num_labels)  # type: ignore[arg-type]
        self.post_init()

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        labels: torch.Tensor | None = None,
        **others: Any,
    ) -> SequenceClassifierOutput:
        """Classify texts.

        Args:
            input_ids: Word pieces, shape (count, longest), int64.
            attention_mask: Shape (count, longest), int64: 0 where there is padding.
            labels: Classes, shape (count,), int64, for the loss; without them there is none.
            others: For the encoder, as ``output_attentions``.

        Returns:
            ``logits`` of shape (count, labels), and ``loss``, the mean cross-entropy in nats.
        """
        encoded = self.bert(input_ids, attention_mask, **others)
        real = attention_mask[:, :, None]
        mean = (encoded.last_hidden_state * real).sum(dim=1) / real.sum(dim=1)  # (count, width)
        logits = self.classifier(mean)
        loss = None if labels is None else F.cross_entropy(logits, labels)
        return SequenceClassifierOutput(loss=loss, logits=logits, attentions=encoded.attentions)


AutoConfig.register("mean-bert", MeanBertConfig, exist_ok=True)
AutoModelForSequenceClassification.register(MeanBertConfig, MeanBert, exist_ok=True)


def untrained() -> Any:
    """Put a linear layer of zeros on MiniLM, for which both labels are as likely."""
    model = on_minilm(MeanBert, **NAMES)
    nn.init.zeros_(model.classifier.weight)
    nn.init.zeros_(model.classifier.bias)
    return model


@cache
def sentiment_model() -> Any:
    """Load MiniLM with what was learned about sentiment, in evaluation mode; everybody gets the same one.

    Raises:
        AssetUnavailable: If MiniLM cannot be had.
    """
    return load_light(MeanBert, FILE, **NAMES)
