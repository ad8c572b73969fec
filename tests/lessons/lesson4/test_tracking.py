"""A drawn thing is followed by its features, and lost while it cannot be seen."""

import pytest
import torch
from academy.lessons.lesson4.tracking import STRIDE, Frame, Place, best_place, follow, sequence, windows
from academy.nets.pretrained import image_backbone


@pytest.fixture(scope="module")
def frames() -> list[Frame]:
    return sequence()


@pytest.fixture(scope="module")
def places(frames: list[Frame]) -> list[Place]:
    return follow(image_backbone(), frames)


@pytest.mark.slow
def test_there_are_40_frames_and_each_is_drawn_the_same_again(frames: list[Frame]) -> None:
    assert len(frames) == 40
    for one, other in zip(frames, sequence()):
        assert torch.equal(one.image, other.image)


@pytest.mark.slow
def test_where_the_thing_is_seen_whole_it_is_found_within_a_place_of_the_map(
    frames: list[Frame], places: list[Place]
) -> None:
    whole = [(frame, place) for frame, place in zip(frames, places) if frame.seen == 1]
    assert len(whole) > 10
    for frame, place in whole:
        assert place.found
        assert abs(place.row - frame.row) <= STRIDE
        assert abs(place.column - frame.column) <= STRIDE


@pytest.mark.slow
def test_where_the_thing_is_hidden_or_gone_it_is_lost(frames: list[Frame], places: list[Place]) -> None:
    hidden = [place for frame, place in zip(frames, places) if frame.seen == 0]
    assert len(hidden) > 5
    assert not any(place.found for place in hidden)


@pytest.mark.slow
def test_it_is_hidden_in_the_middle_and_gone_at_the_end(frames: list[Frame]) -> None:
    seen = [frame.seen for frame in frames]
    assert seen[0] == 1
    assert seen[-1] == 0
    assert 0 in seen[: seen.index(1.0, 20)]


def test_a_window_is_found_where_it_was_cut_out() -> None:
    features = torch.randn(1, 3, 8, 12, generator=torch.Generator().manual_seed(0))
    every = windows(features)
    assert every.shape == (1, 3 * 4 * 4, 5, 9)
    similarity = torch.einsum("f,fhw->hw", every[0, :, 2, 7], every[0])
    place = best_place(similarity, limit=0.9)
    assert (place.row, place.column, place.found) == (2 * STRIDE, 7 * STRIDE, True)
    assert place.similarity == pytest.approx(1)
