"""The transformer that reads days, over three seeds; about 40 seconds of one core."""

from dataclasses import asdict

from academy.learn.sweeps import Row, Sweep, Workers, command
from academy.lessons.lesson7.dates import FORMS, HELD_OUT, by_rule, held_out
from academy.lessons.lesson7.translating import Recipe, exact, trained, translated

SEEDS = [0, 1, 2]


def run(seed: int) -> Row:
    """Train one, and measure how often each form of held-out days is read without an error."""
    model = trained(Recipe(seed=seed))
    test = held_out()
    return scores(translated(model, [day.text for day in test]))


def scores(found: list[str]) -> Row:
    """Give the share of exact dates, of all and of each form."""
    test = held_out()
    forms = {}
    for form in FORMS:
        some = [place for place, day in enumerate(test) if day.form == form]
        forms[form] = round(exact([found[place] for place in some], [test[place] for place in some]), 4)
    return {"exact": round(exact(found, test), 4), "forms": forms}


def main(workers: Workers) -> None:
    """Train over seeds, and write the rule's scores beside them."""
    settings = {
        "seeds": SEEDS,
        "recipe": {key: value for key, value in asdict(Recipe()).items() if key != "seed"},
        "held_out": HELD_OUT,
        "rule": scores([by_rule(day.text) for day in held_out()]),
    }
    rows = [{"seed": seed} for seed in SEEDS]
    sweep = Sweep(rows, run, "lessons/lesson7/dates", settings)
    sweep.write([row | result for row, result in zip(rows, sweep.results(workers))])


if __name__ == "__main__":
    command(main)
