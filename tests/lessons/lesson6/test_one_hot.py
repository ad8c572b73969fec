"""A table of vectors is a matrix that lists of one 1 and zeros are multiplied with."""

import torch
from torch import nn
from torch.nn import functional as F


def test_an_embedding_is_one_hot_times_a_matrix_in_value_and_slope():
    torch.manual_seed(0)
    table = nn.Embedding(7, 3, dtype=torch.float64)
    matrix = table.weight.detach().clone().requires_grad_()
    ids, wanted = torch.tensor([[2, 5, 2], [0, 6, 2]]), torch.randn(2, 3, 3, dtype=torch.float64)

    looked_up, multiplied = table(ids), F.one_hot(ids, 7).double() @ matrix
    torch.testing.assert_close(looked_up, multiplied)

    for vectors in (looked_up, multiplied):
        ((vectors - wanted) ** 2).sum().backward()
    torch.testing.assert_close(table.weight.grad, matrix.grad)
    assert (table.weight.grad[[1, 3, 4]] == 0).all()
    assert (table.weight.grad[2] != 0).all()
