"""Task 5: crowds and verdicts with a fault each, and a crowd unlike ours."""

from academy.lessons.lesson1.homework import homework
from academy.lessons.lesson1.homework.one_thing_at_a_time import unlike_the_base, varied
from academy.nets.mlp import mlp


def test_wrong_crowds_are_caught_each_with_a_sentence_that_helps(names):
    crowds, verdicts = names["crowds"], names["verdicts"]
    relu_layers = [mlp([2, 4, 4, 1]) for _ in range(8)]
    wrong = [
        (crowds | {"rate": crowds["base"]}, verdicts, "`crowds['rate']` is the base itself"),
        (crowds | {"rate": crowds["activation"]}, verdicts, "another activation than the base"),
        (crowds | {"activation": crowds["rate"]}, verdicts, "bends like the base"),
        (crowds | {"activation": crowds["layers"]}, verdicts, "change the activation alone"),
        (crowds | {"layers": relu_layers}, verdicts, "has ReLU, the base Tanh"),
        (crowds | {"base": crowds["activation"]}, verdicts, "does not bend like tanh"),
        (crowds | {"base": crowds["layers"]}, verdicts, "has layers [2, 4, 4, 1], not [2, 8, 1]"),
        (crowds | {"layers": crowds["rate"]}, verdicts, "has the layers of the base, [2, 8, 1]"),
        (crowds | {"base": crowds["base"][:1] * 8}, verdicts, "one seed before the crowd"),
        (crowds | {"base": crowds["base"][:7]}, verdicts, "no list of 8 networks or more"),
        (crowds, verdicts | {"rate": False}, "your verdict is False"),
        ({"base": crowds["base"]}, verdicts, "no 'layers' and no 'activation' and no 'rate'"),
        ([*crowds.values()], verdicts, "it is a dict with the keys"),
    ]
    for answer, verdict, helps in wrong:
        result = homework.result(5, {"crowds": answer, "verdicts": verdict})
        assert not result.solved, helps
        assert helps in str(result)


def test_a_base_of_plain_tensors_is_not_taken_for_another_activation(names, by_hand):
    crowd = [by_hand(8) for _ in range(8)]
    assert not list(unlike_the_base(crowd))
    assert not list(varied("layers", crowd, names["crowds"]["layers"]))
