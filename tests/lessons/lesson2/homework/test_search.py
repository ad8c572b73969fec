"""Task 5: tables, choices and trials with a fault each, and right ones unlike ours."""

import pytest


def rows(change):
    """A table whose rows were changed, its best row being the choice."""

    def answers(names):
        table = [changed for index, row in enumerate(names["table"]) if (changed := change(index, dict(row)))]
        return {"table": table, "choice": max(table, key=lambda row: row["check_accuracy"])}

    return answers


def worst_choice(names):
    return {"choice": min(names["table"], key=lambda row: row["check_accuracy"])}


def faulty_trial(change):
    """A trial that changes the recipe before it follows it."""
    return lambda names: {"trial": lambda recipe: names["trial"](recipe | change(recipe))}


def seedless(names):
    """A trial that forgets its seed: each run is another."""
    seeds = iter(range(1000, 2000))
    return {"trial": lambda recipe: names["trial"](recipe | {"seed": next(seeds)})}


def flattered(names):
    """A table whose best row has a number it did not reach."""
    best = names["choice"] | {"check_accuracy": 0.9}
    return {"table": [best if row == names["choice"] else row for row in names["table"]], "choice": best}


def best_by_another_rule(names):
    """A choice with the accuracy of an epoch whose loss is not the least."""
    choice = names["choice"]
    _, history = names["trial"](choice)
    best = choice["best"] % choice["epochs"] + 1
    row = choice | {"best": best, "check_accuracy": history["check_accuracy"][best - 1]}
    others = [other | {"check_accuracy": 0.5} for other in names["table"] if other != choice]
    return {"table": [row, *others], "choice": row}


def one_made_up(names):
    """A table in which the best row beside the choice was made up."""
    ranked = sorted(names["table"], key=lambda row: -row["check_accuracy"])
    ranked[1] = ranked[1] | {
        "check_accuracy": ranked[0]["check_accuracy"] - 0.001,
        "rate": ranked[1]["rate"] / 30,
    }
    return {"table": ranked}


def best_by_accuracy(names):
    """A table whose epochs go by the accuracy, in runs where it is greatest when the loss is, too."""

    def trial(recipe):
        net, history = names["trial"](recipe)
        greatest = max(history["check_loss"])
        return net, history | {"check_accuracy": [loss / greatest for loss in history["check_loss"]]}

    table = []
    for row in names["table"]:
        accuracies = trial(recipe_of(row))[1]["check_accuracy"]
        table.append(row | {"best": accuracies.index(1) + 1, "check_accuracy": 1.0})
    return {"trial": trial, "table": table, "choice": table[0]}


def recipe_of(row):
    return {key: value for key, value in row.items() if key not in ("best", "check_accuracy")}


WRONG = [
    (worst_choice, "the greatest `check_accuracy`"),
    (rows(lambda index, row: row | {"test_accuracy": 0.84}), "the test set waits for Task 7"),
    (rows(lambda index, row: row if index < 6 else None), "`table` has 6 runs"),
    (rows(lambda index, row: row | {"rate": 0.01}), "give each its own learning rate"),
    (rows(lambda index, row: row | {"optimizer": "Adam"}), "All runs have the same optimizer"),
    (rows(lambda index, row: row | {"hidden": [64]}), "All runs have the same hidden layers"),
    (rows(lambda index, row: row | {"check_accuracy": 84.0}), "is no share"),
    (lambda names: {"choice": 0.84}, "`choice` is no row of `table`"),
    (seedless, "inside `trial`"),
    (faulty_trial(lambda recipe: {"seed": 0}), "Another `seed` in the recipe changes nothing"),
    (faulty_trial(lambda recipe: {"rate": 0.001}), "Another `rate` in the recipe changes nothing"),
    (faulty_trial(lambda recipe: {"hidden": [64]}), "Another `hidden` in the recipe changes nothing"),
    (faulty_trial(lambda recipe: {"optimizer": "Adam"}), "Another `optimizer` in the recipe changes nothing"),
    (faulty_trial(lambda recipe: {"epochs": 3}), "asks for 1 epoch, the history has 3"),
    (flattered, "belongs to the epoch `best`"),
    (best_by_another_rule, "`best_epoch(history)`"),
    (one_made_up, "Run again, the row with ["),
    (best_by_accuracy, "the least `check_loss`, not the greatest accuracy"),
]


@pytest.mark.parametrize(("answers", "helps"), WRONG, ids=[helps for _, helps in WRONG])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, helps):
    found = result(5, answers)
    assert not found.solved
    assert helps in str(found)


def test_a_right_answer_written_differently_is_accepted(result):
    found = result(5, lambda names: {"table": (*names["table"],), "choice": dict(names["choice"])})
    assert found.solved, str(found)


def test_recipes_with_a_key_of_the_students_own_are_accepted(result, decaying):
    found = result(5, decaying)
    assert found.solved, str(found)
