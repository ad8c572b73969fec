"""Homework 3: sizes and fields of layers, curves read, a loop mended, a CNN on a budget, and its maps."""

from academy.homework.tasks import Homework
from academy.lessons.lesson3.homework.budget import fits
from academy.lessons.lesson3.homework.feature_maps import reads
from academy.lessons.lesson3.homework.mended import mends
from academy.lessons.lesson3.homework.receptive_fields import sees
from academy.lessons.lesson3.homework.sizes import counts
from academy.lessons.lesson3.homework.split_by_garment import splits
from academy.lessons.lesson3.homework.watched_curves import diagnoses

homework = Homework(
    "homework3",
    [
        ("sizes and parameters", counts),
        ("what a unit sees", sees),
        ("what is wrong here", diagnoses),
        ("a loop to mend", mends),
        ("a split without copies", splits),
        ("a CNN within a budget", fits),
        ("what maps answer to", reads),
    ],
)
check = homework.check
