"""Which piece of a text decides what a classifier says of it: by attention, by its gradient, by hiding it."""

from collections.abc import Callable, Sequence
from typing import Any

import torch

from academy.nets.minilm import encoded, tokenizer
from academy.nets.modes import evaluating

Importance = Callable[[Any, torch.Tensor], torch.Tensor]
"""Takes a classifier and the ids of one text with its marks, shape (length,); gives of each piece but the
marks how much it matters, shape (length − 2,)."""


def ids_of(text: str) -> torch.Tensor:
    """Give the ids of a text with its marks, shape (length,), int64."""
    ids: torch.Tensor = encoded([text]).input_ids[0]
    return ids


def score_of(model: Any, ids: torch.Tensor) -> torch.Tensor:
    """Give how far a classifier is for positive.

    Args:
        model: Gives two logits, the second for positive.
        ids: Of texts of one length, shape (count, length), int64.

    Returns:
        Shape (count,): the difference of the logits.
    """
    logits: torch.Tensor = model(input_ids=ids, attention_mask=torch.ones_like(ids)).logits
    return logits[:, 1] - logits[:, 0]


@torch.no_grad()
def attention_of(model: Any, ids: torch.Tensor) -> torch.Tensor:
    """Give the attention of each layer, the mean over its heads: shape (layers, length, length)."""
    with evaluating(model):
        found = model(input_ids=ids[None], attention_mask=torch.ones_like(ids[None]), output_attentions=True)
    return torch.cat(found.attentions).mean(dim=1)


def by_attention(model: Any, ids: torch.Tensor) -> torch.Tensor:
    """Take how much the last layer looks at each piece: the mean over heads and over pieces that look."""
    return attention_of(model, ids)[-1].mean(dim=0)[1:-1]


def by_all_attention(model: Any, ids: torch.Tensor) -> torch.Tensor:
    """Follow attention through all layers, half of each passing by: attention rollout.

    Source: S. Abnar and W. Zuidema, *Quantifying attention flow in transformers*, 2020, arXiv:2005.00928.
    """
    passing = torch.eye(len(ids))
    flow = passing
    for weights in attention_of(model, ids):
        flow = (weights + passing) / 2 @ flow  # (length, length)
    return flow.mean(dim=0)[1:-1]


def by_gradient(model: Any, ids: torch.Tensor) -> torch.Tensor:
    """Take the size of each piece's embedding times the score's gradient at it."""
    with evaluating(model):
        embedded = model.bert.embeddings.word_embeddings(ids[None]).detach().requires_grad_()
        states = model.bert(inputs_embeds=embedded, attention_mask=torch.ones_like(ids[None]))
        scores = model.classifier(states.last_hidden_state.mean(dim=1))[0]
        (gradient,) = torch.autograd.grad(scores[1] - scores[0], embedded)
    changes: torch.Tensor = (gradient * embedded.detach()).sum(dim=-1)[0]  # (length,)
    return changes.abs()[1:-1]


@torch.no_grad()
def by_hiding(model: Any, ids: torch.Tensor) -> torch.Tensor:
    """Hide each piece behind the mark for hidden words, and take how far the score moves."""
    places = torch.arange(1, len(ids) - 1)
    hidden = ids.repeat(len(places), 1)
    hidden[torch.arange(len(places)), places] = tokenizer().mask_token_id
    with evaluating(model):
        scores = score_of(model, torch.cat([ids[None], hidden]))
    return (scores[1:] - scores[0]).abs()


def rank_correlation(first: torch.Tensor, second: torch.Tensor) -> float:
    """Say how far two lists of different numbers have the same order: Spearman's, from −1 to 1."""
    ranks = torch.stack([each.argsort().argsort().double() for each in (first, second)])
    return float(torch.corrcoef(ranks)[0, 1])


@torch.no_grad()
def flips(model: Any, ids: torch.Tensor, places: Sequence[int]) -> list[bool]:
    """Say whether hiding a piece turns the answer around.

    Args:
        model: Gives two logits, the second for positive.
        ids: Of one text with its marks, shape (length,).
        places: Of the pieces, the first one after the mark being 0; each is hidden alone.
    """
    hidden = ids.repeat(len(places), 1)
    hidden[torch.arange(len(places)), 1 + torch.tensor(places)] = tokenizer().mask_token_id
    with evaluating(model):
        scores = score_of(model, torch.cat([ids[None], hidden]))
    return ((scores[1:] > 0) != (scores[0] > 0)).tolist()
