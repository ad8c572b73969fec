"""What captions are worth: BLEU, the share that is right, what is wrong in the others; and two guesses."""

from collections import Counter
from collections.abc import Sequence

import torch
from nltk.translate.bleu_score import SmoothingFunction, corpus_bleu

from academy.lessons.lesson8.caption_scenes import COLORS, RELATIONS, SHAPES, Scenes

PARTS = ("color", "shape", "relation")


def bleu(found: Sequence[str], wanted: Sequence[str]) -> float:
    """Give BLEU-4 of captions against one true caption each, from 0 to 1.

    Source: K. Papineni and others, *BLEU: a method for automatic evaluation of machine translation*, 2002.
    """
    references = [[text.split()] for text in wanted]
    smoothed = (
        SmoothingFunction().method1
    )  # counts nothing at all as a tenth: untrained captions have a score
    score: float = corpus_bleu(references, [text.split() for text in found], smoothing_function=smoothed)
    return score


def exact(found: Sequence[str], wanted: Sequence[str]) -> float:
    """Give the share of captions that are right in each word."""
    return sum(ours == true for ours, true in zip(found, wanted)) / len(wanted)


def attributes(text: str) -> dict[str, list[str]] | None:
    """Read colors, shapes and relation off a caption; None if it has not the form of one."""
    for relation in RELATIONS:
        first, _, second = text.partition(f" {relation} ")
        objects = [part.split() for part in (first, second)]
        if all(
            len(part) == 3 and part[0] == "a" and part[1] in COLORS and part[2] in SHAPES for part in objects
        ):
            return {
                "color": [part[1] for part in objects],
                "shape": [part[2] for part in objects],
                "relation": [relation],
            }
    return None


def wrong(found: Sequence[str], wanted: Sequence[str]) -> dict[str, float]:
    """Give the share of colors, shapes and relations that are wrong; of a caption without the form, all."""
    counts = {part: [0, 0] for part in PARTS}
    for ours, true in zip(map(attributes, found), map(attributes, wanted)):
        for part in PARTS:
            names = true[part] if true else []
            said = ours[part] if ours else [""] * len(names)
            counts[part][0] += sum(one != other for one, other in zip(said, names))
            counts[part][1] += len(names)
    return {part: missed / all_of_them for part, (missed, all_of_them) in counts.items()}


def scores(found: Sequence[str], wanted: Sequence[str]) -> dict[str, float]:
    """Give all scores of captions by name: ``bleu``, ``exact`` and the wrong shares of ``PARTS``."""
    return {"bleu": bleu(found, wanted), "exact": exact(found, wanted)} | wrong(found, wanted)


def most_frequent(train: Scenes, count: int) -> list[str]:
    """Give the most frequent caption of training pictures, as often as asked: a guess without a picture."""
    ((text, _),) = Counter(sorted(train.captions())).most_common(1)
    return [text] * count


def nearest(train: Scenes, asked: Scenes) -> list[str]:
    """Give for each picture the caption of the training picture whose pixels are nearest."""
    distances = torch.cdist(asked.pictures.flatten(1), train.pictures.flatten(1))  # (asked, train)
    captions = train.captions()
    return [captions[place] for place in distances.argmin(dim=1).tolist()]
