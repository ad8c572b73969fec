"""Masked words: a head for MiniLM that guesses hidden words, trained on what WordNet says of meanings."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch.nn import functional as F
from transformers import BertForMaskedLM

from academy.data.text import batch, glosses
from academy.lessons.lesson7.light import load_light
from academy.nets.minilm import tokenizer

FILE = Path(__file__).parent / "results" / "mask_head.safetensors"
"""What ``lessons/7-transformers/train_mask_head.py`` has learned."""
HELD_OUT = 4_000
"""Glosses that no training sees."""
LONGEST = 48
"""Word pieces of a gloss; one in a hundred has more, and loses them."""
HIDDEN_SHARE = 0.15
CUT_SHARE = 0.25
"""Glosses of a training batch that end at their only hidden piece, so that the head knows both questions."""


class Glosses(NamedTuple):
    """The word pieces of glosses, marks included; none is in both parts."""

    train: list[list[int]]
    held_out: list[list[int]]


class Question(NamedTuple):
    """A gloss with one hidden word."""

    ids: list[int]
    """Word pieces with marks, the hidden one replaced."""
    place: int
    answer: int
    """The id that was hidden."""


class Masked(NamedTuple):
    """A batch of glosses with hidden pieces."""

    ids: torch.Tensor
    """Shape (count, longest), int64."""
    real: torch.Tensor
    """Shape (count, longest), bool: false where there is padding."""
    hidden: torch.Tensor
    """Shape (count, longest), bool."""
    answers: torch.Tensor
    """Shape (hidden,), int64: in the order of the hidden pieces."""


@cache
def masked_model() -> Any:
    """Load MiniLM with its head for masked words, in evaluation mode.

    Raises:
        AssetUnavailable: If MiniLM cannot be had.
    """
    return load_light(BertForMaskedLM, FILE)


@cache
def gloss_pieces() -> Glosses:
    """Cut all different glosses of WordNet into word pieces, and hold some out, always the same ones.

    Raises:
        AssetUnavailable: If WordNet or MiniLM cannot be had.
    """
    texts = list(dict.fromkeys(glosses()))
    ids = tokenizer()(texts, truncation=True, max_length=LONGEST).input_ids
    order = torch.randperm(len(ids), generator=torch.Generator().manual_seed(0)).tolist()
    shuffled = [ids[place] for place in order]
    return Glosses(shuffled[HELD_OUT:], shuffled[:HELD_OUT])


def masked(sentences: Sequence[list[int]], generator: torch.Generator | None = None) -> Masked:
    """Hide pieces at random: ``HIDDEN_SHARE`` of them, at least one, or the last one of a text cut there.

    Args:
        sentences: Word pieces with their marks at both ends.
        generator: Of the random numbers.
    """
    rows, chosen = [], []
    for pieces in sentences:
        scores = torch.rand(len(pieces) - 2, generator=generator)  # the marks are never hidden
        count = max(1, round(HIDDEN_SHARE * len(scores)))
        places = 1 + scores.topk(count).indices
        if torch.rand(1, generator=generator) < CUT_SHARE:
            places = places[:1]
            pieces = pieces[: int(places) + 1]
        rows.append(pieces)
        chosen.append(places)
    ids, real = batch(rows)
    hidden = torch.zeros_like(real)
    for row, places in enumerate(chosen):
        hidden[row, places] = True
    return Masked(ids.where(~hidden, tokenizer().mask_token_id), real, hidden, ids[hidden])


def masked_loss(model: Any, given: Masked) -> torch.Tensor:
    """Give the mean cross-entropy of the hidden pieces, in nats: words are scored at their places alone."""
    states = model.bert(given.ids, given.real.long()).last_hidden_state  # (count, longest, width)
    return F.cross_entropy(model.cls(states[given.hidden]), given.answers)


def questions(sentences: Sequence[list[int]], seed: int = 0) -> list[Question]:
    """Hide one whole word in each sentence; sentences without one are left out.

    Args:
        sentences: Word pieces with their marks at both ends.
        seed: Of the choice.
    """
    generator = torch.Generator().manual_seed(seed)
    found = []
    for ids in sentences:
        pieces = tokenizer().convert_ids_to_tokens(ids)
        places = [
            place
            for place in range(1, len(ids) - 1)
            if pieces[place].isalpha() and not pieces[place + 1].startswith("##")
        ]
        if places:
            place = places[int(torch.randint(len(places), (1,), generator=generator))]
            hidden = [*ids[:place], tokenizer().mask_token_id, *ids[place + 1 :]]
            found.append(Question(hidden, place, ids[place]))
    return found


def without_right(question: Question) -> Question:
    """Take away all that comes after the hidden word."""
    return question._replace(ids=question.ids[: question.place + 1])


@torch.no_grad()
def guesses(model: Any, asked: Sequence[Question], count: int = 5, batch_size: int = 64) -> torch.Tensor:
    """Give the likeliest words.

    Args:
        model: A ``BertForMaskedLM`` on MiniLM.
        asked: The questions.
        count: How many words each.
        batch_size: Questions that it reads at once.

    Returns:
        Ids, shape (questions, count), int64, the likeliest first.
    """
    found = []
    for start in range(0, len(asked), batch_size):
        part = asked[start : start + batch_size]
        ids, real = batch([question.ids for question in part])
        states = model.bert(ids, real.long()).last_hidden_state
        places = torch.tensor([question.place for question in part])
        scores = model.cls(states[torch.arange(len(part)), places])  # (questions, vocabulary)
        found.append(scores.topk(count).indices)
    return torch.cat(found)


def hits(found: torch.Tensor, asked: Sequence[Question]) -> torch.Tensor:
    """Say where the answer is among the guesses.

    Args:
        found: Ids, shape (questions, count), int64.
        asked: The questions.

    Returns:
        Shape (questions, count), bool: in column ``k`` whether it is among the first ``k + 1``.
    """
    answers = torch.tensor([question.answer for question in asked])
    return (found == answers[:, None]).cumsum(dim=1).bool()


class Counted:
    """What counts say of a hidden word: how often words occur, and which follow the word before."""

    def __init__(self, sentences: Sequence[list[int]]) -> None:
        """Count words; signs and ends of words are never an answer, so they are not counted.

        Args:
            sentences: Word pieces with their marks.
        """
        size = len(tokenizer())
        is_word = torch.tensor([piece.isalpha() for piece in tokenizer().convert_ids_to_tokens(range(size))])
        pairs = torch.tensor([pair for ids in sentences for pair in pairwise(ids)])  # (pairs, 2)
        pairs = pairs[is_word[pairs[:, 1]]]
        self.words = torch.bincount(pairs[:, 1], minlength=size)
        numbers, self.counts = (pairs[:, 0] * size + pairs[:, 1]).unique(return_counts=True)
        self.starts = torch.searchsorted(numbers, torch.arange(size + 1) * size)
        self.followers = numbers % size

    def frequent(self, asked: Sequence[Question], count: int = 5) -> torch.Tensor:
        """Guess the most frequent words, whatever is asked; shape (questions, count), int64."""
        return self.words.topk(count).indices.expand(len(asked), -1)

    def after(self, asked: Sequence[Question], count: int = 5) -> torch.Tensor:
        """Guess what most often follows the word before; where that is too little, frequent words.

        Returns:
            Ids, shape (questions, count), int64.
        """
        often = self.words.topk(2 * count).indices.tolist()
        rows = []
        for question in asked:
            before = question.ids[question.place - 1]
            own = slice(int(self.starts[before]), int(self.starts[before + 1]))
            best = self.followers[own][self.counts[own].argsort(descending=True, stable=True)[:count]]
            rows.append(list(dict.fromkeys([*best.tolist(), *often]))[:count])
        return torch.tensor(rows)
