"""An LSTM that reads a sentence word piece by word piece, and says after each how it feels so far."""

from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

from academy.atomic import atomic_path
from academy.data.sentences import Sentences
from academy.learn.seeds import seed_everything
from academy.lessons.lesson7.fitting import BATCH_SIZE, fitted, share
from academy.nets.minilm import LONGEST, WIDTH, minilm, tokenizer
from academy.nets.modes import evaluating
from academy.nets.recurrent import LSTM, Gates

HIDDEN = 32
FILE = Path(__file__).with_name("results") / "lstm_sentiment.safetensors"


class LSTMSentiment(nn.Module):
    """Our LSTM and a linear layer, on the vectors that MiniLM has for word pieces before it reads them."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = LSTM(WIDTH, HIDDEN)
        self.answer = nn.Linear(HIDDEN, 1)

    def forward(self, vectors: torch.Tensor) -> tuple[torch.Tensor, Gates]:
        """Read vectors of shape (count, length, ``WIDTH``).

        Returns:
            Logits that the text so far is positive, shape (count, length), and the gates of each step.
        """
        states, gates = self.lstm(vectors)
        logits: torch.Tensor = self.answer(states)[:, :, 0]
        return logits, gates


def ids_of(texts: Sequence[str]) -> list[torch.Tensor]:
    """Give the ids of each text's word pieces, without the marks around them."""
    cut = tokenizer()(list(texts), add_special_tokens=False, truncation=True, max_length=LONGEST)
    return [torch.tensor(ids) for ids in cut.input_ids]


def vectors_of(ids: torch.Tensor) -> torch.Tensor:
    """Look word pieces up in MiniLM's table: shape (..., ``WIDTH``), of length about 1, no gradient."""
    table = minilm().embeddings.word_embeddings.weight
    return F.normalize(F.embedding(ids, table.detach()), dim=-1)


def trained(sentences: Sentences, steps: int, seed: int) -> LSTMSentiment:
    """Train an LSTM to judge whole sentences."""
    seed_everything(seed)
    model = LSTMSentiment()
    rows = list(zip(ids_of(sentences.texts), sentences.positive))

    def draw() -> list[tuple[torch.Tensor, torch.Tensor]]:
        return [rows[place] for place in torch.randint(len(rows), (BATCH_SIZE,)).tolist()]

    def loss_of(batch: list[tuple[torch.Tensor, torch.Tensor]]) -> torch.Tensor:
        ids, positive = zip(*batch)
        return F.binary_cross_entropy_with_logits(last_logits(model, ids), torch.stack(positive))

    return fitted(model, loss_of, draw, steps)


def last_logits(model: LSTMSentiment, ids: Sequence[torch.Tensor]) -> torch.Tensor:
    """Give a logit for each text, after its last word piece: shape (count,)."""
    logits, _ = model(vectors_of(pad_sequence(list(ids), batch_first=True)))
    last = torch.tensor([len(each) - 1 for each in ids])
    found: torch.Tensor = logits.gather(1, last[:, None])[:, 0]
    return found


@torch.no_grad()
def judged_rightly(model: LSTMSentiment, sentences: Sentences) -> float:
    """Give the share of sentences that a model judges as people did."""
    with evaluating(model):
        found = torch.cat([last_logits(model, [ids]) for ids in ids_of(sentences.texts)])
    return share((found > 0) == (sentences.positive > 0))


def keep_weights(model: LSTMSentiment, file: Path = FILE) -> None:
    """Write a model's weights as float16, whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with atomic_path(file) as unfinished:
        save_file({name: each.half() for name, each in model.state_dict().items()}, unfinished)


def lesson_lstm(file: Path = FILE) -> LSTMSentiment:
    """Load the LSTM that ``train_lstm_sentiment.py`` trained, frozen and in evaluation mode."""
    model = LSTMSentiment()
    model.load_state_dict(load_file(file))
    return model.eval().requires_grad_(False)
