"""What networks answered is kept for what decides it, and for nothing else."""

import torch
from academy.competitions.fashion.answers import Answers, kept


def test_parts_that_read_alike_run_together_are_told_apart(tmp_path):
    answers = [Answers(torch.tensor([digit]), 0) for digit in (1, 2)]
    cuts = [(b"ab", b"c"), (b"a", b"bc")]
    for parts, answer in zip(cuts, answers):
        assert kept(tmp_path, parts, 1, lambda answer=answer: answer) == answer
    assert len(list(tmp_path.iterdir())) == 2
