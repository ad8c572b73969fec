"""Task 6: the nearest neighbors of a word, in vectors of others and in one's own."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from academy.data.word_vectors import word_vectors
from academy.homework.tasks import Finding, calling, right, wrong
from academy.lessons.lesson6.homework.numbering import UNK, encoded

ASKED = ("good", "bad", "great", "terrible")
COUNT = 6
TOY_WORDS = ["north", "northeast", "east", "far north", "south", "nowhere", "tiny north"]
TOY = torch.tensor([[0.0, 1.0], [1.0, 1.1], [2.0, 0.1], [1.0, 9.0], [0.1, -1.0], [0.0, 0.0], [-0.004, 0.01]])
TOY_WANTED = ["far north", "tiny north", "northeast"]
TIED = 1e-4
"""By how much cosines may differ and their words change places."""
SAME = 1e-3
"""By how much a direction may differ from that of the model's row, as of rounding."""


def finds(
    nearest: Any,
    packaged: Any,
    own: Any,
    own_words: Any,
    own_vectors: Any,
    model: Any,
    encode: Any,
    vocabulary: Any,
) -> Iterator[Finding]:
    """Try the function on a few directions, then look up both tables again."""
    found = list(toy_mistakes(nearest))
    if found:
        yield from found
        return
    yield right("the highest cosines first, the word itself left out, zeros far away")
    vectors = word_vectors()
    mine = own_space(own_words, own_vectors)
    if isinstance(mine, Finding):
        yield mine
        return
    found = list(row_mistakes(*mine, model, encode, vocabulary))
    if found:
        yield from found
        return
    for name, table, words, rows in (
        ("packaged", packaged, list(vectors.words), vectors.vectors),
        ("own", own, *mine),
    ):
        found = list(table_mistakes(name, table, words, rows))
        if found:
            yield from found[:1]
            return
        yield right(f"`{name}`: good is beside {', '.join(list(table['good'])[:3])}")


def toy_mistakes(nearest: Any) -> Iterator[Finding]:
    """Say what is wrong with neighbors in the plane."""
    with calling('nearest("north", words, vectors, 3)'):
        found = nearest("north", list(TOY_WORDS), TOY.clone(), 3)
    if found is None or found is ...:
        yield wrong("`nearest` returns nothing.", "end it with `return` and the list of words.")
        return
    if isinstance(found, str) or not isinstance(found, list | tuple):
        yield wrong(f"`nearest` gives a {type(found).__name__}, not a list.", "a list of words.")
        return
    if list(found) == TOY_WANTED:
        return
    yield wrong(
        f"Of {len(TOY_WORDS)} arrows the three nearest to north are {list(found)}, not {TOY_WANTED}.",
        look_for_neighbors(list(found)),
    )


def look_for_neighbors(found: list[Any]) -> str:
    """Say which mistake gives these neighbors."""
    given = TOY[0]
    unit = F.normalize(TOY, dim=1)

    def first(scores: torch.Tensor, start: int = 1) -> list[str]:
        order = scores.argsort(descending=True, stable=True).tolist()
        return [TOY_WORDS[place] for place in order if start == 0 or place != 0][:3]

    if any(not isinstance(each, str) for each in found):
        return "words, not their places or cosines: `words[place]`."
    if len(found) != 3:
        return "as many words as `count` says."
    if "north" in found:
        return "a word is its own nearest neighbor: leave it out."
    slips = {
        "that is the dot product, in which long vectors win: divide by both lengths.": first(TOY @ given),
        "that is the distance; the cosine does not see how long vectors are.": first(
            -(TOY - given).norm(dim=1)
        ),
        "these are the farthest: the highest cosine comes first.": first(-(unit @ unit[0])),
        "these are by the size of the cosine; −1 is the opposite.": first((unit @ unit[0]).abs()),
    }
    for look, slip in slips.items():
        if found == slip:
            return look
    if "nowhere" in found:
        return "0 / 0 is nan, which comes first in an order: `F.normalize` has no nan, or add 1e-8."
    if sorted(found) == sorted(TOY_WANTED):
        return "these are the right ones in another order: the highest cosine first."
    return "the cosine is the dot product of both vectors, each divided by its length."


def own_space(words: Any, vectors: Any) -> tuple[list[str], torch.Tensor] | Finding:
    """Return one's own words and vectors, or what is wrong with them."""
    if isinstance(words, str) or not isinstance(words, list | tuple):
        return wrong(f"`own_words` is a {type(words).__name__}.", "a list of words.")
    if isinstance(vectors, np.ndarray):
        vectors = torch.from_numpy(vectors)
    if not torch.is_tensor(vectors) or vectors.dim() != 2 or len(vectors) != len(words):
        shape = f"shape {tuple(vectors.shape)}" if torch.is_tensor(vectors) else type(vectors).__name__
        return wrong(
            f"`own_vectors` is {shape} for {len(words):,} words.",
            "a tensor with a row for each word, in the order of `own_words`.",
        )
    if lacking := [word for word in ASKED if word not in words]:
        return wrong(f"`own_words` has no {lacking[0]!r}.", "let frequent words of `learned` be in it.")
    if special := [word for word in ("<pad>", "<unk>") if word in words]:
        return wrong(f"`own_words` has {special[0]!r}, which is no word.", "leave the first two ids out.")
    return list(words), vectors.detach().float().cpu()


def row_mistakes(
    words: list[str], vectors: torch.Tensor, model: Any, encode: Any, vocabulary: Any
) -> Iterator[Finding]:
    """Say which of one's own words has another row than in the model's table, where that can be found."""
    if not isinstance(model, nn.Module):
        yield wrong(f"`model` is a {type(model).__name__}, no network.", "solve task 5 first.")
        return
    ids = encoded(encode, words, vocabulary) or []
    if len(ids) != len(words):
        yield wrong("`encode` does not give an id for each of `own_words`.", "solve task 2 first.")
        return
    if UNK in ids:
        yield wrong(
            f"`own_words` has {words[ids.index(UNK)]!r}, which `vocabulary` does not know.",
            "a word without an id has no row of its own: leave it out.",
        )
        return
    matrices = [each.float().cpu() for each in model.state_dict().values() if each.dim() == 2]
    tables = [
        table[ids]
        for matrix in matrices
        for table in (matrix, matrix.T)
        if len(table) > max(ids) and table.shape[1] == vectors.shape[1]
    ]
    lengths = [(F.normalize(rows, dim=1) - F.normalize(vectors, dim=1)).norm(dim=1) for rows in tables]
    if lengths and all(length.max() > SAME for length in lengths):
        place = int(lengths[0].argmax())
        yield wrong(
            f"The row of `own_vectors` for {words[place]!r} is not that of the model's table at its id, "
            f"{ids[place]}.",
            "take rows by id, as `table[ids]` with `ids = encode(own_words, vocabulary)`; again, if you "
            "have trained again.",
        )


def table_mistakes(name: str, table: Any, words: list[str], vectors: torch.Tensor) -> Iterator[Finding]:
    """Say which word of a table has other neighbors."""
    if not isinstance(table, Mapping) or any(word not in table for word in ASKED):
        yield wrong(
            f"`{name}` is no dict with lists for {', '.join(ASKED)}.",
            "`{word: nearest(word, words, vectors, 6) for word in ASKED}`.",
        )
        return
    places = {word: place for place, word in reversed(list(enumerate(words)))}
    unit = F.normalize(vectors, dim=1)
    for word in ASKED:
        given = table[word]
        if isinstance(given, str) or not isinstance(given, list | tuple):
            yield wrong(f"`{name}[{word!r}]` is a {type(given).__name__}.", "a list of six words.")
            return
        scores = unit @ unit[places[word]]
        scores[[place for place, each in enumerate(words) if each == word]] = -2
        best = scores.topk(COUNT)
        wanted = [words[place] for place in best.indices.tolist()]
        if len(given) != COUNT:
            yield wrong(f"`{name}[{word!r}]` has {len(given)} words, not {COUNT}.", "`count` is 6.")
            return
        unknown = [each for each in given if not isinstance(each, str) or each not in places]
        if unknown:
            yield wrong(f"`{name}[{word!r}]` has {unknown[0]!r}, which has no vector here.", "give words.")
            return
        found = torch.stack([scores[places[each]] for each in given])
        if not torch.allclose(found, best.values, atol=TIED):
            yield wrong(
                f"`{name}[{word!r}]` is {list(given)}; by their vectors it is {wanted}.",
                "are these the vectors you looked in, and the words in their order?",
            )
            return
