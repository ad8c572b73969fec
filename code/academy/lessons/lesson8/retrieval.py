"""How well things of one kind find things of another: ranks, recall and hubs."""

import torch


def ranks(similarities: torch.Tensor) -> torch.Tensor:
    """Rank the right answer of each query, whose place is that of the query; 1 is best.

    Args:
        similarities: Shape (queries, answers), as many answers as queries; of equal ones, the right
            answer counts as the last.

    Returns:
        Shape (queries,), int64.
    """
    right = similarities.diagonal()[:, None]
    return (similarities >= right).sum(dim=1)


def recall(similarities: torch.Tensor, count: int) -> float:
    """Give the share of queries whose right answer is among the first ``count``."""
    return (ranks(similarities) <= count).double().mean().item()


def median_rank(similarities: torch.Tensor) -> float:
    """Give the middle of the ranks of right answers, or the mean of the two in the middle."""
    return ranks(similarities).double().quantile(0.5).item()


def times_found(similarities: torch.Tensor, count: int) -> torch.Tensor:
    """Count how often each answer is among the first ``count`` of a query: a hub is there very often.

    Source: M. Radovanović, A. Nanopoulos and M. Ivanović, *Hubs in Space*, JMLR 11, 2010.

    Returns:
        Shape (answers,), int64; its mean is ``count`` × queries / answers.
    """
    found = similarities.topk(count, dim=1).indices
    return torch.bincount(found.flatten(), minlength=similarities.shape[1])
