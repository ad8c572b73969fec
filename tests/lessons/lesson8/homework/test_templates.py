"""Task 3: choices on the wrong part, other numbers, intervals and verdicts, and right answers."""

import numpy as np
import pytest
import torch
from academy.lessons.lesson8.homework.templates import BARE
from scipy import stats

pytestmark = pytest.mark.slow

NAMES = (
    "{}",
    "a kind of {}",
    "an icon of a {}",
    "a drawing of a {}",
    "the {}",
    "a photo of a {}",
    "not a {}",
)


def interval(one, other, level=0.95):
    apart = one.double().numpy() - other.double().numpy()
    reach = stats.norm.ppf((1 + level) / 2) * apart.std() / len(apart) ** 0.5
    return apart.mean() - reach, apart.mean() + reach


def share(rights):
    return rights.double().mean().item()


@pytest.fixture(scope="module")
def candidates():
    """Seven templates, their ensemble, and one that answers with the same class each time."""
    single = {name: [name] for name in NAMES}
    return single | {"all": list(NAMES), "no word": ["a photo of a dog"]}


@pytest.fixture(scope="module")
def rights(given, solving, candidates):
    """Of both parts, which pictures each candidate is right about."""
    return {
        part: {
            name: solving.classify(given[part].numbers, solving.class_vectors(given["words"], templates))[0]
            == given[part].labels
            for name, templates in candidates.items()
        }
        for part in ("validation", "test")
    }


@pytest.fixture(scope="module")
def answers(solving, candidates, rights):
    """A right answer to all of the task. The one without the word is worse than any luck."""
    table = {name: share(right) for name, right in rights["validation"].items()}
    chosen = max(table, key=table.get)
    bare = rights["test"][BARE]
    others = [name for name in candidates if name != BARE]
    return {
        "class_vectors": solving.class_vectors,
        "classify": solving.classify,
        "candidates": candidates,
        "validation_right": table,
        "chosen": chosen,
        "test_right": share(rights["test"][chosen]),
        "gains": {name: interval(rights["test"][name], bare) for name in others},
        "clear": ["no word"],
    }


def test_the_set_has_what_these_tests_need(answers, rights):
    on_test = {name: share(right) for name, right in rights["test"].items()}
    assert max(on_test, key=on_test.get) != answers["chosen"]
    assert answers["gains"]["no word"][1] < -0.2


@pytest.fixture
def result(checked, answers):
    return lambda **changed: checked(3, **answers | changed)


def best_on_test(rights):
    on_test = rights["test"]
    most = max(map(share, on_test.values()))
    on_validation = rights["validation"]
    return min(
        (name for name in on_test if share(on_test[name]) == most),
        key=lambda name: share(on_validation[name]),
    )


def other_than_chosen(answers, rights):
    return min(answers["validation_right"], key=answers["validation_right"].get)


def unpaired(answers, rights):
    bare = rights["test"][BARE]
    return {name: interval(right, bare.flip(0)) for name, right in rights["test"].items()}


def gains_on_validation(answers, rights):
    bare = rights["validation"][BARE]
    return {name: interval(right, bare) for name, right in rights["validation"].items()}


WRONG = [
    (lambda a, r: {"validation_right": [0.5] * 9}, "`validation_right` is a list"),
    (lambda a, r: {"validation_right": {"{}": 0.5}}, "`candidates` has 9"),
    (
        lambda a, r: {"validation_right": {name: share(each) for name, each in r["test"].items()}},
        "these are accuracies on the test",
    ),
    (
        lambda a, r: {"validation_right": {name: 100 * each for name, each in a["validation_right"].items()}},
        "a percentage",
    ),
    (
        lambda a, r: {"validation_right": a["validation_right"] | {"all": 0.123}},
        "its mean, with the functions",
    ),
    (lambda a, r: {"chosen": ["{}"]}, "the name of one of `candidates`"),
    (lambda a, r: {"chosen": best_on_test(r)}, "it is the best on the test, which must play no part"),
    (lambda a, r: {"chosen": other_than_chosen(a, r)}, "the best there has"),
    (lambda a, r: {"test_right": a["validation_right"][a["chosen"]]}, "by which it was chosen"),
    (lambda a, r: {"test_right": 0.123}, "the chosen candidate is right about"),
    (lambda a, r: {"gains": [0.1]}, "`gains` is a list"),
    (lambda a, r: {"gains": {"all": (0, 0.1)}}, "`gains` has 1"),
    (lambda a, r: {"gains": unpaired(a, r)}, "on the test it should be"),
    (lambda a, r: {"gains": gains_on_validation(a, r)}, "both on `test`"),
    (
        lambda a, r: {"gains": {name: (-high, -low) for name, (low, high) in a["gains"].items()}},
        "right of the candidate",
    ),
    (lambda a, r: {"clear": "no word"}, "a list with the names"),
    (lambda a, r: {"clear": ["another"]}, "a list with the names"),
    (lambda a, r: {"clear": []}, "and is not in `clear`"),
    (lambda a, r: {"clear": ["no word", "all"]}, "and is in `clear`"),
    (lambda a, r: {"classify": lambda numbers, classes: None}, "solve task 1 first"),
    (lambda a, r: {"candidates": {"all": ["{}"]}}, "run its cell"),
]


@pytest.mark.parametrize(("change", "helps"), WRONG, ids=[f"{n} {w[1]}" for n, w in enumerate(WRONG)])
def test_a_wrong_answer_is_caught_with_a_sentence_that_helps(result, answers, rights, change, helps):
    found = result(**change(answers, rights))
    assert not found.solved
    assert helps in " ".join(str(found).split())


def test_what_is_beyond_zero_by_itself_alone_is_not_clear(result, answers, given):
    """Five pictures lost and none won: 2.3 standard errors are enough for one, not for one of eight."""
    test, words, known = given["test"], given["words"], answers["class_vectors"]

    def classify(numbers, classes):
        found, chances = answers["classify"](numbers, classes)
        if numbers is test.numbers and torch.equal(classes, known(words, ["the {}"])):
            found = answers["classify"](numbers, known(words, [BARE]))[0]
            lost = (found == test.labels).nonzero()[:5, 0]
            found[lost] = (found[lost] + 1) % 12
        return found, chances

    right, bare = (
        classify(test.numbers, known(words, [name]))[0] == test.labels for name in ("the {}", BARE)
    )
    gains = answers["gains"] | {"the {}": interval(right, bare)}
    assert gains["the {}"][1] < 0
    changed = {"classify": classify, "gains": gains}
    assert result(**changed).solved
    found = " ".join(str(result(**changed, clear=["no word", "the {}"])).split())
    assert "of 8 would be beyond it by luck" in found
    assert "level=1 - 0.05 / 8" in found


def as_arrays(a, r):
    return {
        "validation_right": {name: np.float32(each) for name, each in a["validation_right"].items()},
        "gains": {name: torch.tensor(each) for name, each in a["gains"].items()} | {BARE: (0, 0)},
        "clear": {"no word"},
        "test_right": torch.tensor(a["test_right"]),
    }


def by_bootstrap(a, r):
    places = torch.randint(144, (3000, 144), generator=torch.Generator().manual_seed(5))
    bare = r["test"][BARE].double()

    def drawn(right):
        apart = (right.double() - bare)[places].mean(dim=1)
        return apart.quantile(torch.tensor([0.025, 0.975], dtype=torch.float64)).tolist()

    return {"gains": {name: drawn(right) for name, right in r["test"].items() if name != BARE}}


RIGHT = {
    "as it is": lambda a, r: {},
    "arrays, tensors and a set": as_arrays,
    "by the bootstrap": by_bootstrap,
    "in another order": lambda a, r: {
        "validation_right": dict(reversed(a["validation_right"].items())),
        "gains": dict(reversed(a["gains"].items())),
        "clear": ("no word",),
    },
    "answers in lists": lambda a, r: {
        "classify": lambda *given: tuple(each.tolist() for each in a["classify"](*given))
    },
}


@pytest.mark.parametrize("change", RIGHT.values(), ids=RIGHT)
def test_a_right_answer_written_differently_is_accepted(result, answers, rights, change):
    found = result(**change(answers, rights))
    assert found.solved, str(found)
