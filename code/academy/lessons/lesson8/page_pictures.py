"""What the chapter's page lets readers search: things the towers never saw, and some they were trained on."""

from collections.abc import Mapping, Sequence

import torch

from academy.data.emoji import Emoji, emoji_pictures
from academy.lessons.lesson8.concepts import concept_of, concept_split
from academy.lessons.lesson8.dual_encoder import DualEncoder
from academy.lessons.lesson8.pair_vectors import STEPS, picture_vectors
from academy.nets import minilm
from academy.web.sheets import sheet

TRAINED = 100
"""Things among them that were trained on."""
STYLES = {"fluent": "Fluent", "openmoji": "OpenMoji"}
"""A style that training saw, and one that it did not see; with their names for people."""
SIDE, COLUMNS = 72, 24


def page_things() -> tuple[Emoji, ...]:
    """List the 200 things of the test, then things of 100 other concepts, evenly from those trained on."""
    split = concept_split()
    firsts: dict[str, Emoji] = {}
    for each in split.train:
        firsts.setdefault(concept_of(each.name), each)
    trained = [*firsts.values()]
    places = torch.linspace(0, len(trained) - 1, TRAINED).round().long().tolist()
    return (*split.test, *(trained[place] for place in places))


def page_vectors(towers: DualEncoder) -> torch.Tensor:
    """Give the unit vectors of all pictures, style after style, shape (600, 384)."""
    things = page_things()
    return torch.cat([towers.pictures(picture_vectors(things, style)) for style in STYLES])


def in_bytes(vectors: torch.Tensor) -> torch.Tensor:
    """Keep the direction of each vector as whole steps, int8, of the same shape."""
    return (vectors / vectors.abs().amax(dim=1, keepdim=True) * STEPS).round().to(torch.int8)


def page_data(towers: DualEncoder) -> tuple[Mapping[str, torch.Tensor], Mapping[str, Sequence[str]]]:
    """Give what ``export_data`` takes: pictures with vectors and names, and the vocabulary of word pieces."""
    things = page_things()
    drawings = torch.cat([emoji_pictures(things, [style], SIDE).images for style in STYLES])
    tensors = {"pictures": sheet(drawings, COLUMNS), "vectors": in_bytes(page_vectors(towers))}
    vocabulary = minilm.tokenizer().get_vocab()
    texts = {
        "names": [each.name for each in things],
        "seen": [each.name for each in things[-TRAINED:]],
        "styles": [*STYLES.values()],
        "vocabulary": sorted(vocabulary, key=vocabulary.__getitem__),
    }
    return tensors, texts


def piece_batches(texts: Sequence[str], size: int = 16) -> list[torch.Tensor]:
    """Turn texts into batches of equally many word pieces, as the page gives them to its encoder.

    Args:
        texts: As people write them.
        size: Most texts of a batch.

    Returns:
        Each of shape (texts, pieces), float32; together all texts, ordered by their length.
    """
    pieces = minilm.tokenizer()(list(texts), truncation=True, max_length=minilm.LONGEST).input_ids
    batches = []
    for length in sorted({len(each) for each in pieces}):
        alike = torch.tensor([each for each in pieces if len(each) == length], dtype=torch.float32)
        batches += alike.split(size)
    return batches
