"""Homework 4: a search for similar pictures, from a trained network to an app that answers."""

from academy.homework.tasks import Homework
from academy.lessons.lesson4.homework.app import answers
from academy.lessons.lesson4.homework.backbone import gives_features
from academy.lessons.lesson4.homework.features import collects_features
from academy.lessons.lesson4.homework.measures import measures_search
from academy.lessons.lesson4.homework.preparation import prepares
from academy.lessons.lesson4.homework.search import searches

homework = Homework(
    "homework4",
    [
        ("a backbone that gives features", gives_features),
        ("a picture as the backbone expects it", prepares),
        ("features of a set", collects_features),
        ("the most alike", searches),
        ("how good is the search?", measures_search),
        ("an app that answers", answers),
    ],
)
check = homework.check
