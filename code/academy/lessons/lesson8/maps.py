"""Maps of the common space: pictures and texts drawn on a plane, near ones near."""

import warnings

import numpy as np
import torch
from sklearn.manifold import TSNE

from academy.lessons.lesson8.gap import Placed

SEED = 0


def by_tsne(placed: Placed) -> np.ndarray:
    """Map pictures and then texts together by t-SNE on cosines, shape (2 × pairs, 2), float32.

    Source: L. van der Maaten and G. Hinton, *Visualizing Data Using t-SNE*, JMLR 9, 2008.
    """
    mapped: np.ndarray = TSNE(metric="cosine", random_state=SEED).fit_transform(torch.cat(placed).numpy())
    return mapped


def by_umap(placed: Placed) -> np.ndarray:
    """Map pictures and then texts together by UMAP on cosines, shape (2 × pairs, 2), float32.

    Source: L. McInnes, J. Healy and J. Melville, *UMAP*, 2018, arXiv:1802.03426.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that a fixed seed means one thread
        from umap import UMAP

        mapped: np.ndarray = UMAP(metric="cosine", random_state=SEED).fit_transform(torch.cat(placed).numpy())
    return mapped


def mixed(positions: np.ndarray, neighbors: int = 10) -> float:
    """Give the share of a point's nearest that are of the other kind; near one half where kinds are mixed.

    Args:
        positions: Pictures and then as many texts, shape (2 × pairs, dimensions).
        neighbors: Points that are looked at beside each.
    """
    points = torch.from_numpy(np.asarray(positions)).double()
    distances = torch.cdist(points, points).fill_diagonal_(torch.inf)
    nearest = distances.topk(neighbors, largest=False).indices  # (points, neighbors)
    is_text = torch.arange(len(points)) >= len(points) // 2
    return (is_text[nearest] != is_text[:, None]).double().mean().item()
