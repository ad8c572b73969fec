"""A name for a picture, said by a language model that stays frozen: the picture becomes two made-up words."""

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

from academy.lessons.lesson8.naming import NamedPictures, Namer
from academy.lessons.lesson8.pair_vectors import WIDTH
from academy.nets.smollm2 import Decoder

BEFORE, AFTER, END = "I see a", ". It is a", "."
"""What stands before the made-up words, what after them, and what ends the name that follows."""
MADE_UP = 2
"""Words that a picture becomes."""
RIDGE, STRETCH = 3.0, 2.0
"""How much the regression shrinks its weights, and what its answers are then multiplied by."""
LONGEST = 10
"""Tokens that are said at most."""
NOTHING = -100
"""Stands after the end of a name; no loss is counted there."""


class PrefixNamer(Namer):
    """A frozen language model that goes on after *I see a … . It is a*, with vectors for the gap.

    Args:
        decoder: The language model, which is frozen, and its tokenizer.
        features: Numbers in a picture's vector.

    Source: R. Mokady, A. Hertz and A. Bermano, *ClipCap*, 2021, arXiv:2111.09734; that a linear layer
    can do is from J. Merullo and others, *Linearly Mapping from Image to Text Space*, 2023,
    arXiv:2209.15162.
    """

    def __init__(self, decoder: Decoder, features: int = WIDTH) -> None:
        super().__init__()
        self.frozen = (decoder.model.requires_grad_(False),)  # in a tuple: no part of what is trained or kept
        self.tokenizer = decoder.tokenizer
        self.made_up = nn.Linear(features, MADE_UP * self.table.shape[1])

    @property
    def language_model(self) -> Any:
        """The frozen model."""
        return self.frozen[0]

    @property
    def table(self) -> torch.Tensor:
        """The language model's vectors of all tokens, shape (tokens, width)."""
        found: torch.Tensor = self.language_model.get_input_embeddings().weight
        return found

    def prefix(self, pictures: torch.Tensor) -> torch.Tensor:
        """Give what the language model reads first, shape (count, prefix, width)."""
        before, after = (self.table[self.tokenizer(text).input_ids] for text in (BEFORE, AFTER))
        made_up = self.made_up(pictures).unflatten(1, (MADE_UP, -1))  # (count, made-up words, width)
        count = len(pictures)
        return torch.cat([before.expand(count, -1, -1), made_up, after.expand(count, -1, -1)], dim=1)

    def forward(self, pictures: torch.Tensor, tokens: torch.Tensor) -> torch.Tensor:
        """Give logits of the next token, after the prefix and after each token.

        Args:
            pictures: Shape (count, features), float32.
            tokens: Tokens said so far, shape (count, length), int64.

        Returns:
            Shape (count, 1 + length, tokens).
        """
        read = torch.cat([self.prefix(pictures), self.table[tokens]], dim=1)
        kept = 1 + tokens.shape[1]
        logits: torch.Tensor = self.language_model(inputs_embeds=read, logits_to_keep=kept).logits
        return logits

    def tokens(self, names: Sequence[str]) -> list[torch.Tensor]:
        """Cut names, each after a space and with a period behind it."""
        cut = self.tokenizer([f" {name}{END}" for name in names]).input_ids
        return [torch.tensor(ids) for ids in cut]

    def loss(self, pictures: torch.Tensor, names: Sequence[str]) -> torch.Tensor:
        """Give the mean cross-entropy of a token of the names, each told after those before it."""
        tokens = pad_sequence(self.tokens(names), batch_first=True, padding_value=NOTHING)
        logits = self(pictures, tokens[:, :-1].clamp(min=0))
        return F.cross_entropy(logits.flatten(0, 1), tokens.flatten(), ignore_index=NOTHING)

    @torch.no_grad()
    def begin_with(self, known: NamedPictures) -> None:
        """Make of each picture the first and the last token of its name, as well as a linear layer can.

        This is ridge regression, which needs no language model but its table. Its answers are shrunk
        towards the mean, so they are stretched again.
        """
        ends = [(tokens[0].item(), tokens[-2].item()) for tokens in self.tokens(known.names)]
        wanted = self.table[torch.tensor(ends)].flatten(1)  # (count, 2 · width)
        mean, pictures = wanted.mean(dim=0), known.vectors
        shrunk = pictures.T @ pictures + RIDGE * torch.eye(pictures.shape[1])
        weights = torch.linalg.solve(shrunk, pictures.T @ (wanted - mean))  # (features, 2 · width)
        self.made_up.weight.copy_(STRETCH * weights.T)
        self.made_up.bias.copy_(mean)

    @torch.no_grad()
    def say(self, pictures: torch.Tensor) -> list[str]:
        """Name pictures, shape (count, features): each time the likeliest token, until the end."""
        prefix = self.prefix(pictures)
        said = self.language_model.generate(
            inputs_embeds=prefix,
            attention_mask=torch.ones(prefix.shape[:2], dtype=torch.int64),
            max_new_tokens=LONGEST,
            do_sample=False,
            eos_token_id=self.tokenizer(END).input_ids[-1],
        )
        return [text.partition(END)[0].strip() for text in self.tokenizer.batch_decode(said)]
