"""Task 6: networks with a fault each, and right ones unlike ours. None is trained: they know the answers."""

import pytest
import torch
from academy.lessons.lesson3.homework import budget
from academy.lessons.lesson3.homework.moved_clothes import MovedClothes
from torch import nn

COUNT = 300
"""Pictures kept back, and pictures unseen."""


def clothes(seed):
    chance = torch.Generator().manual_seed(seed)
    images = torch.randint(256, (COUNT, 1, 28, 28), generator=chance, dtype=torch.uint8)
    images[:, 0, 0, 0] = torch.arange(COUNT) % 256
    images[:, 0, 0, 1] = torch.arange(COUNT) // 256 + 2 * seed
    return MovedClothes(images, torch.randint(10, (COUNT,), generator=chance), torch.arange(COUNT))


KEPT, UNSEEN = clothes(1), clothes(2)


class Knows(nn.Module):
    """Answers a share of the pictures rightly, kept back and unseen, from a table."""

    def __init__(self, kept, unseen, parameters=18_000, convolution=True, change=lambda logits: logits):
        super().__init__()
        used = 10 if convolution else 0
        self.convolution = nn.Conv2d(1, 1, 3) if convolution else nn.Identity()
        self.weights = nn.Parameter(torch.zeros(parameters - used))
        self.change = change
        table = torch.zeros(6, 256, dtype=torch.int64)
        for part, share in ((KEPT, kept), (UNSEEN, unseen)):
            rightly = torch.arange(COUNT) < round(share * COUNT)
            column, row = part.images[:, 0, 0, :2].long().T
            table[row, column] = torch.where(rightly, part.labels, (part.labels + 1) % 10)
        self.register_buffer("table", table)

    def forward(self, pixels):
        column, row = (255 * pixels[:, 0, 0, :2]).round().long().T
        return self.change(10 * nn.functional.one_hot(self.table[row, column], 10).float())


def full(kept=0.7, unseen=0.68, **options):
    return Knows(kept, unseen, convolution=False, **options).eval()


def shared(kept=0.76, unseen=0.76, **options):
    return Knows(kept, unseen, **options).eval()


@pytest.fixture
def result(checked, monkeypatch):
    """Checks two networks, with scores of three seeds around their own."""
    monkeypatch.setattr(budget, "unseen_clothes", lambda: UNSEEN)

    def found(baseline=None, cnn=None, **others):
        answers = {
            "baseline": full() if baseline is None else baseline,
            "cnn": shared() if cnn is None else cnn,
            "baseline_scores": [0.7, 0.69, 0.71],
            "cnn_scores": [0.75, 0.76, 0.77],
            "tried": {"average": 0.74, "flat": 0.75},
            "chosen": "flat",
            "kept_back": (KEPT.images / 255, KEPT.labels),
        }
        return checked(6, **answers | others)

    return found


class Batchwise(Knows):
    def forward(self, pixels):
        return super().forward(pixels) + pixels.mean()


def noisy(logits):
    return logits + torch.rand_like(logits)


WRONG = [
    ({"cnn": Knows}, "the class Knows, no network"),
    ({"baseline": 0.7}, "a float, no network"),
    ({"cnn": shared(parameters=20_001)}, "has 20,001 parameters; the budget is 20,000"),
    ({"baseline": full(parameters=20_001)}, "has 20,001 parameters"),
    ({"cnn": Knows(0.76, 0.76).train()}, "`cnn.eval()`"),
    ({"cnn": shared(change=lambda logits: logits[:, :9])}, "not (8, 10)"),
    ({"cnn": shared(change=noisy)}, "is dropout on?"),
    ({"cnn": Batchwise(0.76, 0.76).eval()}, "other logits alone than in company"),
    ({"cnn": full(0.76, 0.76)}, "`cnn` has no convolution"),
    ({"baseline": shared(0.7, 0.68)}, "`baseline` has a convolution"),
    ({"baseline": full(parameters=7_850)}, "far fewer than the budget"),
    ({"tried": [0.7, 0.8]}, "`tried` is [0.7, 0.8]"),
    ({"tried": {"one": 0.7}}, "of two designs or more"),
    ({"tried": {"one": 70.0, "two": 71.0}}, "from 0 to 1"),
    ({"tried": {"flat": 0.75, "other": 0.75}}, "is it the same design twice?"),
    ({"tried": {"flat": 0.75, "average": 0.8}}, "the best is 'average', with 0.8000"),
    ({"chosen": 0.75}, "`chosen` is 0.75; of `tried` the best is 'flat'"),
    ({"cnn": shared(change=lambda logits: logits.softmax(dim=1))}, "leave the softmax out"),
    ({"cnn_scores": [0.76, 0.77]}, "of 3 or more"),
    ({"cnn_scores": 0.76}, "of 3 or more"),
    ({"cnn_scores": [76.0, 77.0, 75.0]}, "from 0 to 1 a seed"),
    ({"cnn_scores": [0.76, 0.76, 0.76]}, "before the network is made"),
    ({"cnn_scores": [0.76, 0.77, 0.76]}, "is one seed there twice?"),
    ({"cnn_scores": [0.83, 0.84, 0.85]}, "measured on `kept_back`"),
    ({"baseline_scores": [0.5, 0.51, 0.52]}, "measured on `kept_back`"),
    ({"baseline_scores": [0.7, 0.76, 0.79]}, "more seeds make it narrower"),
    ({"baseline": full(unseen=0.5)}, "a weak baseline proves nothing"),
    ({"cnn": shared(unseen=0.7, parameters=12_000)}, "more channels in the last layers"),
    ({"cnn": shared(unseen=0.7)}, "with batch normalization"),
    ({"baseline": full(unseen=0.72), "cnn": shared(unseen=0.74)}, "leads `baseline` by less than 4.0 points"),
    ({"cnn": lambda pixels: pixels}, "no network"),
]


@pytest.mark.parametrize(("wrong", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, wrong, helps):
    found = result(**wrong)
    assert not found.solved
    assert helps in str(found)


RIGHT = {
    "as they are": {},
    "tensors of scores, five seeds": {
        "cnn_scores": torch.tensor([0.75, 0.76, 0.77, 0.76, 0.75]),
        "baseline_scores": (0.7, 0.69, 0.71, 0.7, 0.72),
    },
    "all of the budget, large logits": {
        "cnn": shared(parameters=20_000, change=lambda logits: 100 * logits),
        "baseline": full(parameters=16_000),
    },
    "double precision, more designs": {
        "cnn": shared(change=lambda logits: logits.double()),
        "tried": {name: torch.tensor(0.7 + number / 100) for number, name in enumerate("abcde")},
        "chosen": "e",
    },
    "log-probabilities": {"cnn": shared(change=lambda logits: logits.log_softmax(dim=1))},
    "inside a module": {"baseline": nn.Sequential(nn.Identity(), full()).eval()},
}


@pytest.mark.parametrize("answers", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(result, answers):
    found = result(**answers)
    assert found.solved, str(found)
