"""What is above what: towers trained on single things, on pairs, and on pairs beside swapped ones."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch

from academy.learn.hooks import stepping
from academy.learn.training import train
from academy.lessons.lesson8.compositions import Pair, both_orders, known_pairs, unseen_pairs
from academy.lessons.lesson8.contrastive import Pairs, Recipe, batches, emoji_pairs, text_features, untrained
from academy.lessons.lesson8.drawn_vectors import composition_vectors, pooled_whole
from academy.lessons.lesson8.dual_encoder import DualEncoder

WAYS = ("single things", "pairs", "pairs beside swapped ones")
POOLED = ("whole picture", "both halves")
RECIPE = Recipe(hidden=256, steps=300, batch_size=256)
Batch = tuple[torch.Tensor, torch.Tensor]


def pooled(part: str, way: str) -> torch.Tensor:
    """Give the vectors of pictures of two things: of the whole picture, or of its halves side by side.

    Args:
        part: ``train`` or ``test``.
        way: One of ``POOLED``.

    Returns:
        Shape (count, 256) or (count, 512): pairs in one order, then in the other.
    """
    halves = composition_vectors(part)
    return pooled_whole(halves) if way == POOLED[0] else torch.cat([*halves], dim=1)


def captions(pairs: Sequence[Pair]) -> torch.Tensor:
    """Give MiniLM's features of captions, shape (count, 384)."""
    return text_features(tuple(each.caption for each in pairs))


def single_things(way: str) -> Pairs:
    """Give the pairs of pictures of one thing and its names; both halves show the same."""
    single = emoji_pairs(RECIPE)
    return single if way == POOLED[0] else Pairs(single.pictures.repeat(1, 1, 2), single.texts)


def mixed_batches(way: str, how: str, seed: int) -> Iterator[Batch]:
    """Draw batches of single things, one half of them with pairs in their place where the way has pairs.

    Pairs come 128 in a batch: by chance in one of their orders, or 64 in both.
    """
    single = single_things(way)
    if how == WAYS[0]:
        yield from batches(single, Recipe(batch_size=RECIPE.batch_size, seed=seed))
    pictures, texts = pooled("train", way), captions(both_orders(known_pairs()))
    chance, half = torch.Generator().manual_seed(seed), RECIPE.batch_size // 2
    for seen, read in batches(single, Recipe(batch_size=half, seed=seed)):
        chosen = chosen_pairs(len(pictures) // 2, half, how, chance)
        yield torch.cat([seen, pictures[chosen]]), torch.cat([read, texts[chosen]])


def chosen_pairs(pairs: int, count: int, how: str, chance: torch.Generator) -> torch.Tensor:
    """Choose pairs for a batch: places among the pairs in one order, then in the other."""
    order = torch.randperm(pairs, generator=chance)
    if how == WAYS[2]:
        return torch.cat([order[: count // 2], order[: count // 2] + pairs])
    return order[:count] + pairs * torch.randint(2, (count,), generator=chance)


def trained_for_order(way: str, how: str, seed: int, locked: bool = False) -> DualEncoder:
    """Train towers on single things or on pairs.

    Args:
        way: One of ``POOLED``.
        how: One of ``WAYS``.
        seed: Of all that is random.
        locked: Whether the texts' tower learns nothing.

    Returns:
        The towers, in evaluation mode.
    """
    torch.manual_seed(seed)
    model = untrained(replace(RECIPE, locked=locked), single_things(way))
    optimizer = torch.optim.AdamW(model.parameters(), lr=RECIPE.rate, weight_decay=RECIPE.weight_decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RECIPE.rate, total_steps=RECIPE.steps + 1)
    train(
        model,
        lambda batch: model(*batch),
        optimizer,
        mixed_batches(way, how, seed),
        RECIPE.steps,
        after_step=[stepping(schedule)],
    )
    return model.eval()


def one_replaced(pairs: Sequence[Pair]) -> list[Pair]:
    """Replace the lower thing of each pair by that of the next."""
    return [Pair(each.above, after.below) for each, after in zip(pairs, [*pairs[1:], pairs[0]])]


@torch.no_grad()
def chosen_rightly(model: DualEncoder, way: str) -> dict[str, torch.Tensor]:
    """Ask which of two captions belongs to each test picture; chance is one half.

    Args:
        model: The towers.
        way: What its pictures are pooled to, one of ``POOLED``.

    Returns:
        Whether the right one was chosen, bool, shape (200,): against the caption with another ``thing``,
        and against that in the other ``order``. The second hundred are the first pairs, swapped.
    """
    shown = both_orders(unseen_pairs())
    others = {"thing": one_replaced(shown), "order": [each.swapped for each in shown]}
    pictures = model.pictures(pooled("test", way))
    right = (pictures * model.texts(captions(shown))).sum(dim=1)
    return {
        name: right > (pictures * model.texts(captions(wrong))).sum(dim=1) for name, wrong in others.items()
    }
