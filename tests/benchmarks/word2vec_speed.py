"""Speed of Lesson 6's word2vec beside gensim's; run as a script it renews what the page of benchmarks draws.

Both learn from the same text with the same dimension, window, negatives and subsampling, for one epoch, by
turns. Times are the processor's, of one thread: other work on the machine hardly changes them.
"""

import time
from collections.abc import Callable

import torch
from academy.learn.sweeps import Row, write_sweep
from academy.lessons.lesson6.corpus import Corpus, gloss_corpus
from academy.lessons.lesson6.library import by_gensim
from academy.lessons.lesson6.word2vec import Recipe, word2vec

ROUNDS = 3
CONTESTANTS: dict[str, Callable[[Corpus, Recipe], object]] = {"ours": word2vec, "gensim": by_gensim}


def race(corpus: Corpus, recipe: Recipe, rounds: int = ROUNDS) -> Row:
    """Time both by turns and compare their fastest rounds."""
    taken: dict[str, list[float]] = {name: [] for name in CONTESTANTS}
    for _ in range(rounds):
        for name, learn in CONTESTANTS.items():
            begin = time.process_time()
            learn(corpus, recipe)
            taken[name].append(time.process_time() - begin)
    ours, gensim = (min(taken[name]) for name in CONTESTANTS)
    words = recipe.epochs * len(corpus.ids)
    return {
        "architecture": "skip-gram" if recipe.skip_gram else "CBOW",
        "our_words_a_second": round(words / ours),
        "gensims_words_a_second": round(words / gensim),
        "ratio": round(gensim / ours, 3),
    }


def main() -> None:
    """Race both architectures and write the result."""
    torch.set_num_threads(1)
    begin = time.perf_counter()
    corpus = gloss_corpus()
    rows = [race(corpus, Recipe(skip_gram=skip_gram, epochs=1)) for skip_gram in (True, False)]
    print(*rows, sep="\n")
    settings = {
        "rounds": ROUNDS,
        "tokens": len(corpus.ids),
        "words": len(corpus.words),
        "words a second": "of the text, processor time of one thread; an epoch goes through all of it",
    }
    write_sweep("benchmarks/word2vec", settings, rows, time.perf_counter() - begin)


if __name__ == "__main__":
    main()
