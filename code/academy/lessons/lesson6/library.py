"""word2vec as gensim has it, from the same text and settings."""

from collections.abc import Iterator

import torch
from gensim.models import Word2Vec  # type: ignore[import-untyped]

from academy.data.word_vectors import WordVectors
from academy.lessons.lesson6.corpus import Corpus
from academy.lessons.lesson6.word2vec import Recipe


def sentences_of(corpus: Corpus) -> Iterator[list[str]]:
    """Give the words of each sentence that has any, the rare ones left out."""
    _, lengths = corpus.sentences.unique_consecutive(return_counts=True)
    for ids in corpus.ids.split(lengths.tolist()):
        yield [corpus.words[number] for number in ids.tolist()]


def by_gensim(corpus: Corpus, recipe: Recipe, rate: float = 0.025) -> WordVectors:
    """Learn vectors with gensim on one thread: one pair after the other, with SGD.

    Args:
        corpus: The text.
        recipe: Its optimizer's settings do not apply; epochs are whole.
        rate: gensim's learning rate at the start, ``alpha``.

    Returns:
        The same words in the same order, with gensim's input vectors.
    """
    model = Word2Vec(
        list(sentences_of(corpus)),
        sg=int(recipe.skip_gram),
        vector_size=recipe.dimensions,
        window=recipe.window,
        negative=recipe.negatives,
        ns_exponent=recipe.noise_power,
        sample=recipe.threshold if recipe.threshold < 1 else 0,  # 0 keeps all
        epochs=int(recipe.epochs),
        alpha=rate,
        min_count=1,
        workers=1,
        seed=recipe.seed,
    )
    return WordVectors(corpus.words, torch.from_numpy(model.wv[list(corpus.words)]))
