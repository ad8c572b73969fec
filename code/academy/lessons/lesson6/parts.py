"""Parts of speech: do the neighbors of a noun be nouns?"""

from collections import defaultdict

import torch
from torch.nn import functional as F

from academy.assets.cache import fetch
from academy.data.text import PARTS_OF_SPEECH
from academy.data.word_vectors import WordVectors


def parts_of_speech() -> dict[str, str]:
    """Give the part of speech of each of WordNet's words that has one only.

    Raises:
        AssetUnavailable: If they cannot be had.
    """
    seen: defaultdict[str, set[str]] = defaultdict(set)
    for part in PARTS_OF_SPEECH:
        for line in (fetch("wordnet") / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if not line.startswith(" "):  # the license
                # Place, file, kind, how many words in hexadecimal; then each word and a number.
                fields = line.split(" ", 4)
                for word in fields[4].split(" ")[: 2 * int(fields[3], 16) : 2]:
                    seen[word.lower()].add(part)
    return {word: parts.pop() for word, parts in seen.items() if len(parts) == 1}


def same_part_of_speech(known: WordVectors, parts: dict[str, str], count: int = 10) -> float:
    """Say how often the neighbors of a word have its part of speech, all parts weighing alike.

    Words without a part do not count, not as neighbors either.

    Args:
        known: Words and vectors.
        parts: The part of speech of words.
        count: How many neighbors to look at.

    Returns:
        The mean over parts of the share of neighbors that have the same, from 0 to 1.
    """
    rows = [row for row, word in enumerate(known.words) if word in parts]
    numbers = {part: number for number, part in enumerate(dict.fromkeys(parts.values()))}
    own = torch.tensor([numbers[parts[known.words[row]]] for row in rows])
    directions = F.normalize(known.vectors[rows])
    shares = []
    for start in range(0, len(rows), 1000):
        similarities = directions[start : start + 1000] @ directions.T  # (part, rows)
        similarities[torch.arange(len(similarities)), start + torch.arange(len(similarities))] = -torch.inf
        best = similarities.topk(count).indices
        shares.append((own[best] == own[start : start + 1000, None]).float().mean(dim=1))
    together = torch.cat(shares)
    return float(torch.stack([together[own == number].mean() for number in own.unique()]).mean())
