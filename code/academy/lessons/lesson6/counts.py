"""Word vectors by counting: what stands around a word, how surprising that is, and its main directions."""

import numpy as np
import torch
from scipy.sparse import coo_array, csr_array
from sklearn.utils.extmath import randomized_svd

from academy.lessons.lesson6.corpus import Corpus

SMOOTHING = 0.75
"""Power of the counts of contexts: rare ones seem less surprising."""


def cooccurrences(corpus: Corpus, window: int) -> csr_array:
    """Count how often each word stands near each other one, in the same sentence.

    Args:
        corpus: Where to count.
        window: How many places to both sides are near.

    Returns:
        Shape (words, words), float64, symmetric.
    """
    size = len(corpus.words)
    counts = csr_array((size, size))
    ids, sentences = corpus.ids.numpy(), corpus.sentences.numpy()
    for distance in range(1, window + 1):
        together = sentences[:-distance] == sentences[distance:]
        pairs = ids[:-distance][together], ids[distance:][together]
        counts = counts + coo_array((np.ones(together.sum()), pairs), (size, size)).tocsr()
    return counts + counts.T


def ppmi(counts: csr_array, smoothing: float = SMOOTHING) -> csr_array:
    """Give the positive pointwise mutual information: log P(word, context) / P(word) P(context), at least 0.

    Args:
        counts: Shape (words, contexts).
        smoothing: Power of the counts of contexts in P(context); 1 leaves them as they are.

    Returns:
        Of the same shape, in nats.

    Source: O. Levy, Y. Goldberg and I. Dagan, *Improving distributional similarity with lessons learned from
    word embeddings*, 2015.
    """
    pairs = counts.tocoo()
    words, contexts = counts.sum(axis=1), counts.sum(axis=0) ** smoothing
    expected = words[pairs.row] * contexts[pairs.col] / contexts.sum()
    information = np.log(pairs.data / expected).clip(min=0)
    found = coo_array((information, (pairs.row, pairs.col)), counts.shape).tocsr()
    found.eliminate_zeros()
    return found


def svd_vectors(matrix: csr_array, dimensions: int = 100, power: float = 0.5, seed: int = 0) -> torch.Tensor:
    """Give each row of a matrix as its place along the directions in which the rows vary most.

    Args:
        matrix: Shape (words, contexts).
        dimensions: How many directions.
        power: Of the singular values that scale them: 1 keeps distances, 0 makes all count alike.
        seed: Of the method, which begins by chance.

    Returns:
        Shape (words, dimensions), float32, the largest singular value first.
    """
    left, values, _ = randomized_svd(matrix, dimensions, random_state=seed)
    return torch.from_numpy(left * values**power).float()
