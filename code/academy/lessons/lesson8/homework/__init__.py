"""Homework 8: pictures classified and found by words, from prompts and their intervals to a search app."""

from academy.homework.tasks import Homework
from academy.lessons.lesson8.homework.app import answers
from academy.lessons.lesson8.homework.intervals import bounds
from academy.lessons.lesson8.homework.labels import counts_labels
from academy.lessons.lesson8.homework.search import searches
from academy.lessons.lesson8.homework.templates import chooses
from academy.lessons.lesson8.homework.zero_shot import classifies

homework = Homework(
    "homework8",
    [
        ("a classifier without examples", classifies),
        ("more than luck?", bounds),
        ("which template?", chooses),
        ("what labels are worth", counts_labels),
        ("search with words", searches),
        ("an app that answers", answers),
    ],
)
check = homework.check
