"""Homework 1: counting, training, comparing, and the smallest networks for the spiral."""

from academy.homework.tasks import Homework
from academy.lessons.lesson1.homework.deepest_network import deepest
from academy.lessons.lesson1.homework.one_thing_at_a_time import sensitivity
from academy.lessons.lesson1.homework.parameter_count import counts_parameters
from academy.lessons.lesson1.homework.shallowest_network import shallowest
from academy.lessons.lesson1.homework.training_loop import trains
from academy.lessons.lesson1.homework.two_architectures import two_architectures
from academy.lessons.lesson1.homework.when_a_difference_counts import believes

homework = Homework(
    "homework1",
    [
        ("count the parameters", counts_parameters),
        ("the training loop", trains),
        ("two architectures", two_architectures),
        ("the rule of this book", believes),
        ("one thing at a time", sensitivity),
        ("the shallowest network", shallowest),
        ("the deepest network", deepest),
    ],
)
check = homework.check
