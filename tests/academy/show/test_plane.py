import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from academy.show.figures import LARGEST_SVG, as_svg
from academy.show.plane import field, grid, grid_lines, plane, scatter


@pytest.fixture
def axes():
    figure, axes = plt.subplots()
    yield axes
    plt.close(figure)


def test_each_class_has_its_own_color_and_its_own_marker(axes):
    scatter(axes, torch.tensor([[0.0, 0.0], [1.0, 1.0], [2.0, 0.0]]), torch.tensor([0, 1, 1]))
    first, second = axes.collections
    assert len(first.get_offsets()) == 1
    assert len(second.get_offsets()) == 2
    assert not np.array_equal(first.get_facecolor(), second.get_facecolor())
    assert len(first.get_paths()[0]) != len(second.get_paths()[0])


def test_the_boundary_is_drawn_where_the_probability_is_one_half(axes):
    field(axes, lambda points: torch.sigmoid(3 * (points[:, 0] - 2 * points[:, 1] + 0.3)))
    vertices = axes.collections[0].get_paths()[0].vertices
    assert len(vertices) > 10
    assert np.abs(vertices[:, 0] - 2 * vertices[:, 1] + 0.3).max() < 1e-3


def test_the_tint_has_the_color_of_the_likelier_class_in_the_right_place(axes):
    field(axes, lambda points: (points[:, 0] > 0).float(), resolution=50)
    tint = axes.images[0].get_array()
    assert tint[25, 5, 2] > tint[25, 5, 0]  # left: blue
    assert tint[25, 45, 0] > tint[25, 45, 2]  # right: orange
    assert tint[..., 3].max() < 0.5  # points and both themes show through


def test_a_net_that_is_undecided_nowhere_has_no_boundary(axes):
    field(axes, lambda points: torch.full((len(points),), 0.9))
    assert not axes.collections


def test_a_picture_of_a_whole_spiral_is_small_enough_to_stay_a_vector_figure():
    points = torch.randn(800, 2)
    axes = plane(points, torch.arange(800) % 2, lambda x: x.norm(dim=1).sigmoid(), "title")
    try:
        assert len(as_svg(axes.figure).encode()) < LARGEST_SVG
        assert axes.get_aspect() == 1
    finally:
        plt.close(axes.figure)


def test_grid_lines_are_straight_and_span_the_square():
    lines = grid_lines(steps=3, extent=2.0, samples=5)
    assert lines.shape == (6, 5, 2)
    assert lines[0, :, 0].tolist() == [-2.0] * 5  # the first is vertical
    assert lines[0, :, 1].tolist() == [-2.0, -1.0, 0.0, 1.0, 2.0]
    assert lines[5, :, 1].tolist() == [2.0] * 5  # the last is horizontal


def test_the_tint_is_stronger_where_the_decision_is_surer(axes):
    field(axes, lambda points: (points[:, 0] + 1.5) / 3, resolution=51)
    strength = axes.images[0].get_array()[25, :, 3]
    assert strength[25] == pytest.approx(0, abs=1e-6)
    assert strength[0] == pytest.approx(0.42)
    np.testing.assert_allclose(strength, strength[::-1], atol=1e-6)
    assert (np.diff(strength[25:]) > 0).all()


def test_a_plane_is_a_square_with_its_title():
    axes = plane(torch.zeros(2, 2), torch.tensor([0, 1]), title="Two points", extent=2)
    try:
        assert "Two points" in (axes.get_title(), axes.get_title(loc="left"))  # where, the style decides
        assert axes.get_xlim() == axes.get_ylim() == (-2, 2)
        assert (axes.get_xlabel(), axes.get_ylabel()) == ("$x_1$", "$x_2$")
    finally:
        plt.close(axes.figure)


def test_a_grid_is_drawn_where_its_lines_are(axes):
    lines = torch.rand(3, 4, 2, generator=torch.Generator().manual_seed(0))
    grid(axes, lines)
    drawn = np.stack([line.get_xydata() for line in axes.lines])
    np.testing.assert_allclose(drawn, lines.numpy())
