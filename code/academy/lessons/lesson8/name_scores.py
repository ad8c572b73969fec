"""How near a name that was said is to the true one: word for word, by shared words, and by meaning."""

from collections import Counter
from collections.abc import Sequence

import torch
from torch.nn import functional as F

from academy.nets import minilm


def exact(said: Sequence[str], true: Sequence[str]) -> torch.Tensor:
    """Tell for each name whether it was said word for word: 1 or 0, shape (count,), float32."""
    return torch.tensor([float(one == other) for one, other in zip(said, true, strict=True)])


def word_f1(said: Sequence[str], true: Sequence[str]) -> torch.Tensor:
    """Give the F1 of the words of each name, shape (count,), float32.

    F1 is the harmonic mean of two shares: said words that are true, and true words that were said.

    Source: P. Rajpurkar and others, *SQuAD*, 2016, arXiv:1606.05250.
    """
    return torch.tensor([f1_of(one.split(), other.split()) for one, other in zip(said, true, strict=True)])


def f1_of(said: Sequence[str], true: Sequence[str]) -> float:
    """Give the F1 of the words of one name; a word that stands twice counts twice."""
    shared = (Counter(said) & Counter(true)).total()
    return 2 * shared / (len(said) + len(true))


def meaning(said: Sequence[str], true: Sequence[str]) -> torch.Tensor:
    """Give the cosine of MiniLM's vectors of each two names, shape (count,), float32.

    Raises:
        AssetUnavailable: If MiniLM cannot be had.
    """
    names = sorted({*said, *true})
    vectors = dict(zip(names, F.normalize(minilm.features(names), dim=1)))
    pairs = zip(said, true, strict=True)
    return torch.stack([vectors[one] @ vectors[other] for one, other in pairs])


MEASURES = {"exact": exact, "word_f1": word_f1, "meaning": meaning}


def scores(said: Sequence[str], true: Sequence[str]) -> dict[str, torch.Tensor]:
    """Give each measure of each name, shape (count,)."""
    return {name: measure(said, true) for name, measure in MEASURES.items()}
