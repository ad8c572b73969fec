"""Homework 7: pipelines, prompts, fine-tuning and attention, of pretrained models."""

from academy.homework.tasks import Homework
from academy.lessons.lesson7.homework.baseline import splits
from academy.lessons.lesson7.homework.descriptions import describes
from academy.lessons.lesson7.homework.heads import finds
from academy.lessons.lesson7.homework.measures import weighs
from academy.lessons.lesson7.homework.own_sentences import judges
from academy.lessons.lesson7.homework.pairs import compares
from academy.lessons.lesson7.homework.prompts import tells
from academy.lessons.lesson7.homework.tuning import tunes

homework = Homework(
    "homework7",
    [
        ("sentences of your own", judges),
        ("one thing changed", compares),
        ("measures of a text", weighs),
        ("wordings and settings", tells),
        ("a split and a baseline", splits),
        ("fine-tuning", tunes),
        ("three heads", finds),
        ("a description, tested", describes),
    ],
)
check = homework.check
