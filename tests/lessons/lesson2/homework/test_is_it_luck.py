"""Task 6: races of rivals with a fault each, and right ones unlike ours."""

import numpy as np
import pytest
import torch
from academy.lessons.lesson2.homework import homework


def scores_of_table(names):
    return {"seeds": [0, 1, 2, 3]}


def against(rival):
    """The choice against another row."""
    return lambda names: {"rivals": [names["choice"], rival(names)]}


def same_kind(names):
    """The choice's layers and optimizer, at another rate."""
    choice = names["choice"]
    like = [row for row in names["table"] if all(row[key] == choice[key] for key in ("hidden", "optimizer"))]
    return next(row for row in like if row["rate"] != choice["rate"])


def weakest(names):
    others = [row for row in names["table"] if row["optimizer"] != names["choice"]["optimizer"]]
    return min(others, key=lambda row: row["check_accuracy"])


def made_up_for_the_rival(names):
    return {"scores": names["scores"] + torch.tensor([[0.0], [0.02]])}


def one_number_for_all(names):
    return {"scores": names["scores"][:, :1].expand(2, 4), "verdict": True}


def by_another_epoch(number_of):
    """Scores of all seeds by another epoch than the best one."""

    def answers(names):
        histories = [
            [names["trial"](rival | {"seed": seed})[1] for seed in names["seeds"]]
            for rival in names["rivals"]
        ]
        return {"scores": torch.tensor([[number_of(history) for history in row] for row in histories])}

    return answers


def made_up_scores(names):
    return {"scores": names["scores"] + 0.02}


WRONG = [
    (scores_of_table, "fresh seeds"),
    (made_up_scores, "and the accuracy on pictures kept back"),
    (one_number_for_all, "the same number for all seeds"),
    (by_another_epoch(lambda history: history["check_accuracy"][0]), "after another epoch"),
    (by_another_epoch(lambda history: history["check_accuracy"][-1]), "after another epoch"),
    (by_another_epoch(lambda history: max(history["check_accuracy"])), "after another epoch"),
    (lambda names: {"verdict": "may be luck"}, "of type str"),
    (lambda names: {"seeds": 5}, "`seeds` is no list of numbers"),
    (lambda names: {"verdict": not names["verdict"]}, "twice its error"),
    (made_up_for_the_rival, "`scores[1][0]` is"),
    (lambda names: {"rivals": [names["choice"]] * 2}, "Both rivals have hidden layers"),
    (against(same_kind), "Both rivals have hidden layers"),
    (against(weakest), "the greatest `check_accuracy` among the rows"),
    (lambda names: {"rivals": names["rivals"][::-1]}, "is not your choice"),
    (lambda names: {"seeds": [1, 2, 3], "scores": names["scores"][:, :3]}, "There are 3 different seeds"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[helps for _, helps in WRONG])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(6, answers)
    assert not found.solved
    assert helps in str(found)


def test_a_right_answer_written_differently_is_accepted(result):
    found = result(
        6, lambda names: {"scores": names["scores"].tolist(), "verdict": torch.tensor(names["verdict"])}
    )
    assert found.solved, str(found)


def test_recipes_with_a_key_of_the_students_own_are_accepted(result, decaying):
    found = result(6, decaying)
    assert found.solved, str(found)


def rival_ahead(names):
    """Scores that are true, with a choice that the rival beats clearly."""
    worse, better = sorted(names["rivals"], key=lambda row: row["hidden"])
    raced = [worse | {"epochs": 1}, better]
    chosen = raced[0] | {"check_accuracy": better["check_accuracy"] + 0.001, "best": 1}
    return {"choice": chosen, "table": [*names["table"], chosen], "rivals": raced, **race(names, raced)}


def race(names, rivals):
    """Scores of rivals, and the verdict."""
    seeds = [1, 2, 3, 4]
    histories = [[names["trial"](rival | {"seed": seed})[1] for seed in seeds] for rival in rivals]
    scores = [
        [history["check_accuracy"][np.argmin(history["check_loss"])] for history in row] for row in histories
    ]
    return {"seeds": seeds, "scores": scores, "verdict": True}


def test_a_rival_that_is_ahead_is_named(names):
    result = homework.result(6, names | rival_ahead(names))
    assert result.solved, str(result)
    assert "the second is ahead by " in str(result)
