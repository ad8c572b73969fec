"""Homework 2: a small search on pictures, from the split to the test set and a photo."""

from academy.homework.tasks import Homework
from academy.lessons.lesson2.homework.is_it_luck import doubts
from academy.lessons.lesson2.homework.mistakes_and_test_set import tests_once
from academy.lessons.lesson2.homework.net_from_description import builds
from academy.lessons.lesson2.homework.photo import reads_photos
from academy.lessons.lesson2.homework.search import searches
from academy.lessons.lesson2.homework.split_and_scale import splits_and_scales
from academy.lessons.lesson2.homework.training_loop import fits
from academy.lessons.lesson2.homework.when_to_stop import stops

homework = Homework(
    "homework2",
    [
        ("split and scale", splits_and_scales),
        ("a net from its description", builds),
        ("train, and write down", fits),
        ("when to stop", stops),
        ("the search", searches),
        ("is it luck?", doubts),
        ("the mistakes, and the test set once", tests_once),
        ("a photo", reads_photos),
    ],
)
check = homework.check
