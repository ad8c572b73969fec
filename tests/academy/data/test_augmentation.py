import torch
from academy.data.augmentation import erased, mirrored


def seeded():
    return torch.Generator().manual_seed(0)


def test_half_of_the_images_are_mirrored_and_the_others_stay():
    images = torch.rand(1000, 2, 3, 5)
    changed = mirrored(images, seeded())
    stayed = [torch.equal(own, old) for own, old in zip(changed, images)]
    swapped = [torch.equal(own, old[:, :, [4, 3, 2, 1, 0]]) for own, old in zip(changed, images)]
    assert all(one != other for one, other in zip(stayed, swapped))
    assert 450 < sum(stayed) < 550


def test_a_square_around_any_pixel_is_black_and_the_rest_as_it_was():
    images = torch.rand(5000, 2, 9, 12) + 1
    changed = erased(images, 3, seeded())
    black = changed == 0
    assert torch.equal(changed[~black], images[~black])
    assert torch.equal(black[:, 0], black[:, 1])
    rows, columns = black[:, 0].any(2), black[:, 0].any(1)
    assert torch.equal(black[:, 0], rows[:, :, None] & columns[:, None])
    for lines, length in ((rows, 9), (columns, 12)):
        patterns = {tuple(line.nonzero().flatten().tolist()) for line in lines}
        inside = {(middle - 1, middle, middle + 1) for middle in range(1, length - 1)}
        assert patterns == inside | {(0, 1), (length - 2, length - 1)}


def test_a_square_of_an_even_side_has_that_side():
    areas = (erased(torch.ones(2000, 1, 20, 20), 8, seeded()) == 0).sum(dim=(1, 2, 3))
    assert areas.max() == 64
    assert areas.min() == 16


def test_a_generator_decides_alone():
    images = torch.rand(20, 1, 8, 8)
    for change in (mirrored, lambda *given: erased(given[0], 4, given[1])):
        assert torch.equal(change(images, seeded()), change(images, seeded()))
